"""Who speaks of what: the ground that every count of people stands on.

Three rules are kept here and nowhere else: articles are no cases; the writer of a duplicate speaks of all that the
first text speaks of; of several codings of a segment with a code, the last one stands.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from themes.records.coding import Coding
from themes.records.corpus import Document, DocumentKind
from themes.records.segment import Segment


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A document of a case speaks of a subject: a code, a theme, or a claim in one direction."""

    subject: str
    case_id: str
    document_id: str
    month: str
    """"2013-04", "" where it is not known."""
    question: str
    """The question that was asked, "" where none was."""


def people_documents(documents: Iterable[Document]) -> list[Document]:
    """The documents that are somebody's account: all but articles."""
    return [document for document in documents if document.kind is not DocumentKind.ARTICLE]


def standing(codings: Iterable[Coding]) -> list[Coding]:
    """The codings that apply once changes of mind are heeded.

    Args:
        codings: In the order made. Dated ones count as made in the order of their dates, after all undated ones.
    """
    last = {(c.segment_id, c.code_id): c for c in sorted(codings, key=lambda c: c.made_at or "")}
    return [coding for coding in last.values() if coding.applies]


def mentions(
    subjects: Iterable[tuple[str, str]], segments: Iterable[Segment], documents: Iterable[Document]
) -> set[Mention]:
    """Every document, duplicates included, that speaks of a subject.

    Args:
        subjects: Pairs (segment_id, subject). Segments of articles, and unknown ones, are passed over.
        segments: Of the first texts; a duplicate has none of its own.
        documents: All of the corpus.
    """
    same_words: defaultdict[str, list[Document]] = defaultdict(list)
    for document in people_documents(documents):
        same_words[document.duplicate_of or document.document_id].append(document)
    document_of = {segment.segment_id: segment.document_id for segment in segments}
    return {
        Mention(subject, d.case_id, d.document_id, d.written or "", d.prompt or "")
        for segment_id, subject in subjects
        for d in same_words.get(document_of.get(segment_id, ""), ())
    }


def cases_by_subject(found: Iterable[Mention]) -> dict[str, set[str]]:
    """Each subject with the ids of the cases that speak of it."""
    cases: defaultdict[str, set[str]] = defaultdict(set)
    for mention in found:
        cases[mention.subject].add(mention.case_id)
    return dict(cases)
