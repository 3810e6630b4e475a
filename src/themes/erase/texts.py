"""The documents and segments of a run without those that go, and what of the others points to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from themes.clean.duplicates import exact_digest, link_duplicates, signature
from themes.deidentify.withdraw.quoted import own_words, short_quotations, short_runs
from themes.deidentify.withdraw.tombstones import Tombstones, blanked
from themes.erase.journal import Erasure
from themes.records.corpus import Document, DocumentKind
from themes.records.replaced import ReplacementMap
from themes.records.segment import Segment
from themes.records.span import Span

ON_PAGES = frozenset({DocumentKind.ARTICLE, DocumentKind.COMMENT})


@dataclass(frozen=True)
class Left:
    """A run's documents once some are gone, by id, in their order."""

    before: Mapping[str, Document]
    now: Mapping[str, Document]

    @property
    def gone(self) -> list[Document]:
        return [document for document_id, document in self.before.items() if document_id not in self.now]

    @property
    def stood_in_for(self) -> list[Document]:
        """Documents that were a copy of one that is gone and have to be coded now."""
        return [
            document
            for document_id, document in self.now.items()
            if document.duplicate_of is None and self.before[document_id].duplicate_of is not None
        ]

    def segment(self, segment: Segment) -> Segment:
        """A segment of a document that stays, with withdrawn words in it blanked out."""
        old, new = self.before[segment.document_id].text, self.now[segment.document_id].text
        if old == new:
            return segment
        span = segment.span
        at_before = old.rfind(segment.before, 0, span.start)
        at_after = old.find(segment.after, span.end)
        return replace(
            segment,
            text=span.of(new),
            before=new[at_before : at_before + len(segment.before)] if at_before >= 0 else "",
            after=new[at_after : at_after + len(segment.after)] if at_after >= 0 else "",
        )


def left_of(documents: Sequence[Document], erasure: Erasure, tombstones: Tombstones) -> Left:
    """What is left of a run's documents.

    The writers of the others keep their words, and lose only what belongs to those who go: a pointer to the text they
    answered, quotations that repeat it, and their names where a mask was missed or taken away. Where the first of
    several copies goes, the first of the others takes its place.
    """
    before = {document.document_id: document for document in documents}
    gone = {document.document_id for document in documents if erasure.takes(document)}
    copies = [d for d in documents if d.duplicate_of in gone and d.document_id not in gone]
    links = link_duplicates(
        (d.document_id, d.written or "", signature(d.text), exact_digest(d.text, d.case_id, d.prompt)) for d in copies
    )
    now = {}
    pages = _Pages(documents, gone)
    for document in documents:
        if document.document_id in gone:
            continue
        kept = document
        if document.duplicate_of in gone:
            kept = replace(kept, duplicate_of=links.get(document.document_id))
        if document.reply_to in gone | erasure.document_ids:
            kept = replace(kept, reply_to=None)
        repeated = [span for span in document.quotations if tombstones.repeats(span.of(document.text))]
        repeated += pages.quoted_in(document)
        if document.document_id in erasure.attributed:
            repeated += tombstones.repeated_in(document.text)
        repeated += _named_in(document, erasure, tombstones)
        now[document.document_id] = _without_words(kept, repeated) if repeated else kept
    return Left(before, now)


def _named_in(document: Document, erasure: Erasure, tombstones: Tombstones) -> list[Span]:
    """Where a text of the same thread says the name of somebody who goes: not where a surrogate stands already."""
    thread = erasure.threads.get(document.document_id)
    if thread is None:
        return []
    surrogates = ReplacementMap(document.replacements).surrogates
    named = tombstones.names_in(document.text, thread)
    return [span for span in named if not any(map(span.overlaps, surrogates))]


class _Pages:
    """Texts of pages by their page: only there does a short quotation point to a text."""

    def __init__(self, documents: Sequence[Document], gone: Collection[str]) -> None:
        self._theirs: dict[str, set[str]] = defaultdict(set)
        self._left: dict[str, list[Document]] = defaultdict(list)
        pages = {d.source.file for d in documents if d.document_id in gone and d.kind in ON_PAGES}
        for document in documents:
            page = document.source.file
            if page not in pages or document.kind not in ON_PAGES:
                continue
            if document.document_id in gone:
                self._theirs[page] |= short_runs(document.text)
            else:
                self._left[page].append(document)

    def quoted_in(self, document: Document) -> list[Span]:
        """Where a text that stays quotes a few words of one that goes, and that nobody else of the page says."""
        page = document.source.file
        if document.kind not in ON_PAGES or page not in self._theirs:
            return []
        return short_quotations(
            document.text,
            document.quotations,
            theirs=self._theirs[page].__contains__,
            others=lambda: (own_words(d.text, d.quotations) for d in self._left[page] if d is not document),
        )


def _without_words(document: Document, spans: Iterable[Span]) -> Document:
    repeated = list(spans)
    return replace(
        document,
        text=blanked(document.text, repeated),
        release_replacements=tuple(
            each for each in document.release_replacements if not any(each.span.overlaps(span) for span in repeated)
        ),
    )
