"""Phrases that a web search would find: eight words in a row that also stand in a public text of the corpus.

What is public: articles, and the comments below them. Whoever types eight words of a comment into a search engine
finds the comment, and its writer's name beside it; and a story that says the same eight words as a public comment
ties the one to the other.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from themes.records.corpus import Document, DocumentKind
from themes.records.residual import Measure, Residual, Severity
from themes.records.span import Span
from themes.release_text import as_released
from themes.residual.words import words_between_surrogates

WORDS = 8
"""A run of words that no two people write by chance; also what trust.md's rule for quotes goes by."""

PUBLIC = frozenset({DocumentKind.ARTICLE, DocumentKind.COMMENT})
IS_PUBLIC = "stands on a public page"
ALSO_PUBLIC = "also stands on a public page"

AT_ONCE = 4_000_000
"""Phrases of public texts held in memory: 32 MB. Where there are more, the texts are gone through again."""

type Partitions = Callable[[], Iterable[Sequence[Document]]]
"""Gives the documents anew, partition by partition."""


def phrase_findings(partitions: Partitions, *, at_once: int = AT_ONCE) -> list[Residual]:
    """The stretches of people's texts that a search of the web would find.

    A comment is public itself: one finding for all of it, if it has eight words between two surrogates. Of stories
    and answers, each longest stretch made of phrases that stand in an article or a comment. Never an article.

    Args:
        partitions: The documents of a run. Gone through twice, and once more for every further `at_once` phrases.
        at_once: How many public phrases to hold in memory.

    Returns:
        In the order of the documents; `figure` is the words in the stretch, `span` its place in the released text.
        MEDIUM: it stands against the edition that quotes it, not against all.
    """
    public = sum(len(_keys(d)) for part in partitions() for d in part if d.kind in PUBLIC)
    slices = max(1, -(-public // at_once))
    found: dict[str, set[int]] = {}
    for number in range(slices) if public else ():
        known = _public_phrases(partitions, number, slices)
        for document in _private(partitions):
            keys = _keys(document)
            # Only those of this slice can be in it; the others' turn comes.
            places = np.searchsorted(known, keys)
            here = np.nonzero(known[np.minimum(places, len(known) - 1)] == keys)[0] if len(known) else []
            if len(here):
                found.setdefault(document.document_id, set()).update(map(int, here))
    return [finding for part in partitions() for d in part for finding in _findings(d, found.get(d.document_id, set()))]


def _public_phrases(partitions: Partitions, number: int, slices: int) -> npt.NDArray[np.uint64]:
    parts = [
        keys[keys % np.uint64(slices) == number]
        for part in partitions()
        for document in part
        if document.kind in PUBLIC
        for keys in [_keys(document)]
    ]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.uint64)


def _private(partitions: Partitions) -> Iterator[Document]:
    return (document for part in partitions() for document in part if document.kind not in PUBLIC)


def _phrases(document: Document) -> Iterator[tuple[str, Span]]:
    """Each eight words in a row, with their place; never across a surrogate."""
    for stretch in words_between_surrogates(as_released(document)):
        for at in range(len(stretch) - WORDS + 1):
            inside = stretch[at : at + WORDS]
            yield " ".join(word for word, _ in inside), Span(inside[0][1].start, inside[-1][1].end)


def _keys(document: Document) -> npt.NDArray[np.uint64]:
    """One number a phrase, in the order of the text; equal phrases have equal numbers, on any machine."""
    digests = b"".join(hashlib.blake2b(words.encode(), digest_size=8).digest() for words, _ in _phrases(document))
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _findings(document: Document, found: set[int]) -> Iterator[Residual]:
    if document.kind is DocumentKind.ARTICLE or not (found or document.kind in PUBLIC):
        return
    spans = [span for _, span in _phrases(document)]
    if document.kind in PUBLIC:
        if spans:
            yield _finding(document, IS_PUBLIC, Span(spans[0].start, spans[-1].end))
        return
    whole: Span | None = None
    for at in sorted(found):
        if whole is not None and spans[at].start < whole.end:
            whole = Span(whole.start, spans[at].end)
            continue
        if whole is not None:
            yield _finding(document, ALSO_PUBLIC, whole)
        whole = spans[at]
    if whole is not None:
        yield _finding(document, ALSO_PUBLIC, whole)


def _finding(document: Document, kind: str, span: Span) -> Residual:
    words = len(span.of(as_released(document).text).split())
    return Residual(
        Measure.PHRASES,
        kind,
        words,
        Severity.MEDIUM,
        document_id=document.document_id,
        case_id=document.case_id,
        span=span,
    )
