"""What may be said of who wrote a quote."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from themes.records.corpus import Document, DocumentKind
from themes.records.project import Release

type Said = tuple[tuple[str, str], ...]
"""Pairs such as ("speaker", "carer_family"), ("month", "2013-04"), ("region", "Wales")."""

KIND, QUESTION = "kind", "question"
"""What is said of a text and not of its writer: ("kind", "answer"), ("question", "What would you change?")."""


def may_say_of_writers(release: Release) -> Callable[[Document], Said]:
    """What may stand beside a quote: kind and question of the text, speaker, month and attributes of the writer, as far
    as enough cases share all of it at once.

    Each value alone is shared by `release.fewest_cases` cases; together they may point to one person. So they are
    added one by one, and one that would leave fewer cases is passed over.

    Returns:
        A function from a document to what may be said. Nothing for articles: an organisation is no case. `of_writer`
        leaves of it what is about the writer.
    """
    attributes = {case.case_id: dict(case.attributes) for case in release.cases}
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in release.documents:
        for pair in _pairs(document, attributes):
            holders[pair].add(document.case_id)
    known: dict[Said, Said] = {}

    def say(document: Document) -> Said:
        pairs = tuple(_pairs(document, attributes))
        if pairs not in known:
            known[pairs] = shared_together(pairs, holders, release.fewest_cases)
        return known[pairs]

    return say


def of_writer(said: Said) -> Said:
    """What is said of the writer alone."""
    return tuple(pair for pair in said if pair[0] not in {KIND, QUESTION})


def shared_together(pairs: Said, holders: Mapping[tuple[str, str], Collection[str]], fewest_cases: int) -> Said:
    """Of the pairs, in their order, those that enough cases share all at once.

    Args:
        pairs: What is known of one case.
        holders: Each pair with the cases of which it is known.
        fewest_cases: A pair that would leave fewer cases is passed over.
    """
    alike: set[str] | None = None
    said = []
    for pair in pairs:
        narrowed = set(holders[pair]) if alike is None else alike & set(holders[pair])
        if len(narrowed) >= fewest_cases:
            alike = narrowed
            said.append(pair)
    return tuple(said)


def _pairs(document: Document, attributes: Mapping[str, Mapping[str, str]]) -> Iterable[tuple[str, str]]:
    if document.kind is DocumentKind.ARTICLE:
        return
    yield KIND, str(document.kind)
    if document.prompt:
        yield QUESTION, document.prompt
    if document.speaker:
        yield "speaker", document.speaker
    if document.written:
        yield "month", document.written
    yield from sorted(attributes.get(document.case_id, {}).items())
