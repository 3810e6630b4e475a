"""Excerpts that nobody may be shown, blocked out wherever they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from themes.errors import ProtectionError
from themes.records.corpus import Document
from themes.records.project import Project
from themes.records.segment import Segment
from themes.records.theme import Theme

BLOCK = "█"
"""Stands for every character of a withheld excerpt, so that offsets still hold."""


def flagged_segments(project: Project) -> frozenset[str]:
    """The segments flagged for risk to life, those that overlap one, and those that quote one.

    Raises:
        ProtectionError: If a flag names an excerpt that is not there.
    """
    by_id = {segment.segment_id: segment for segment in project.segments}
    missing = [flag.segment_id for flag in project.flags if flag.segment_id not in by_id]
    if missing:
        raise ProtectionError(
            f"A flag for risk to life names the excerpt {missing[0]}, which is not in run {project.run.run_id}: it "
            f"cannot be withheld, so nothing was written. Run the corpus again."
        )
    flagged = [by_id[flag.segment_id] for flag in project.flags]
    spans = defaultdict(list)
    for segment in flagged:
        spans[segment.document_id].append(segment.span)
    words = [_folded(segment.text) for segment in flagged]

    def repeats(segment: Segment) -> bool:
        if any(segment.span.overlaps(span) for span in spans.get(segment.document_id, ())):
            return True
        quotes = [_folded(span.of(segment.text)) for span in segment.quoted]
        return any(len(quote) >= 12 and (quote in text or text in quote) for quote in quotes for text in words)

    return frozenset(s.segment_id for s in flagged) | {s.segment_id for s in project.segments if repeats(s)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def block_segments(segments: Sequence[Segment], withheld: frozenset[str]) -> tuple[Segment, ...]:
    touched = {segment.document_id for segment in segments if segment.segment_id in withheld}

    def blocked(segment: Segment) -> Segment:
        if segment.document_id not in touched:
            return segment
        text = BLOCK * len(segment.text) if segment.segment_id in withheld else segment.text
        return replace(segment, text=text, before="", after="")  # a neighbour's context may be the flagged sentence

    return tuple(blocked(segment) for segment in segments)


def block_documents(
    documents: Iterable[Document], segments: Iterable[Segment], withheld: frozenset[str]
) -> tuple[Document, ...]:
    spans = defaultdict(list)
    for segment in segments:
        if segment.segment_id in withheld:
            spans[segment.document_id].append(segment.span)

    def blocked(document: Document) -> Document:
        if document.duplicate_of in spans:  # says the same, perhaps not in the same places
            return replace(document, text=BLOCK * len(document.text))
        text = document.text
        for span in spans.get(document.document_id, ()):
            text = text[: span.start] + BLOCK * (span.end - span.start) + text[span.end :]
        return document if text is document.text else replace(document, text=text)

    return tuple(blocked(document) for document in documents)


def without_exemplars(theme: Theme, withheld: frozenset[str]) -> Theme:
    def shown(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in withheld)

    return replace(
        theme,
        exemplar_ids=shown(theme.exemplar_ids),
        edge_ids=shown(theme.edge_ids),
        dissent_ids=shown(theme.dissent_ids),
    )
