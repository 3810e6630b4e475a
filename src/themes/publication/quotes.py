"""Which excerpts the public edition may quote, and which of those a web search would find."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from themes.estimate.standing import standing
from themes.records.coding import Coding
from themes.records.corpus import Document, DocumentKind
from themes.records.project import Project
from themes.records.residual import Measure, Residual, Severity
from themes.records.segment import Segment
from themes.records.span import Span
from themes.release_text import in_released, released_text
from themes.residual.phrases import WORDS
from themes.withholding import flagged_segments

MOST_A_CASE = 2
"""Excerpts of one person: more of them tell a life."""


def agreed_to_be_quoted(document: Document, consent_to_quote: Collection[str]) -> bool:
    """Whether the writer's consent is one of those that allow a quotation. Never an article: it is nobody's."""
    allowed = {words.strip().casefold() for words in consent_to_quote}
    given = (document.consent or "").strip().casefold()
    return document.kind is not DocumentKind.ARTICLE and given in allowed


def quotable(
    project: Project, consent_to_quote: Collection[str], *, left_out: Collection[str] = ()
) -> tuple[Segment, ...]:
    """The excerpts that the public edition may choose from.

    Args:
        project: A whole run.
        consent_to_quote: The words of consent that allow it; none: nobody is quoted.
        left_out: Ids of segments that somebody decided to leave out.

    Returns:
        In the project's order: segments with a code, of writers who agreed, without those withheld for risk to life,
        and without one in which the second pass is sure of a name or a number. At most `MOST_A_CASE` of a
        case: the surest, and the surest of another polarity.
    """
    documents = {d.document_id: d for d in project.documents if agreed_to_be_quoted(d, consent_to_quote)}
    never = flagged_segments(project) | frozenset(left_out)
    unsafe = spans_by_document(f for f in project.residual if f.measure is Measure.SECOND_LOOK and is_high(f))
    best = _best_codings(project.codings)
    of_case: dict[str, list[Segment]] = defaultdict(list)
    for segment in project.segments:
        document = documents.get(segment.document_id)
        if document is None or segment.segment_id not in best or segment.segment_id in never:
            continue
        if not any(in_released(segment.span, document).overlaps(span) for span in unsafe.get(segment.document_id, ())):
            of_case[segment.case_id].append(segment)
    chosen = {s.segment_id for segments in of_case.values() for s in _two_of(segments, best)}
    return tuple(segment for segment in project.segments if segment.segment_id in chosen)


def searchable(project: Project, segments: Iterable[Segment]) -> dict[str, int]:
    """Of the segments, those that share eight words in a row with a public text, and how many words in a row."""
    documents = {d.document_id: d for d in project.documents}
    public = spans_by_document(f for f in project.residual if f.measure is Measure.PHRASES)
    found = {}
    for segment in segments:
        document = documents[segment.document_id]
        here, text = in_released(segment.span, document), released_text(document)
        shared = [
            len(Span(max(here.start, span.start), min(here.end, span.end)).of(text).split())
            for span in public.get(segment.document_id, ())
            if here.overlaps(span)
        ]
        if max(shared, default=0) >= WORDS:
            found[segment.segment_id] = max(shared)
    return found


def is_high(finding: Residual) -> bool:
    return finding.severity is Severity.HIGH


def spans_by_document(findings: Iterable[Residual]) -> dict[str, list[Span]]:
    spans = defaultdict(list)
    for finding in findings:
        if finding.span is not None:
            spans[finding.document_id].append(finding.span)
    return spans


def _best_codings(codings: Iterable[Coding]) -> dict[str, Coding]:
    """Of each segment with a code, the coding that is surest; a person's word goes before the machine's."""
    best: dict[str, Coding] = {}
    for coding in standing(codings):
        held = best.get(coding.segment_id)
        if held is None or _surest_first(coding) < _surest_first(held):
            best[coding.segment_id] = coding
    return best


def _surest_first(coding: Coding) -> tuple[bool, float, str, str]:
    sure = 1.0 if coding.probability is None else coding.probability
    return coding.unclear, -sure, coding.segment_id, coding.code_id


def _two_of(segments: Iterable[Segment], best: dict[str, Coding]) -> list[Segment]:
    """The surest, and the surest that tells another experience; else the next."""
    order = sorted(segments, key=lambda s: _surest_first(best[s.segment_id]))
    first, rest = order[0], order[1:]
    dissent = [s for s in rest if best[s.segment_id].polarity != best[first.segment_id].polarity]
    return [first, *(dissent or rest)[: MOST_A_CASE - 1]]
