"""The recognisers once more, over what they let through: what they find now would have been published."""

from collections.abc import Mapping, Sequence

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.findings import details_of
from themes.deidentify.policy import Action, action_for
from themes.deidentify.self_test import self_test
from themes.records.corpus import Document
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.residual import Measure, Residual, Severity
from themes.records.span import Span
from themes.records.spec import CorpusSpec
from themes.release_text import as_released, surrogates_in

SURE = 0.7
"""From here on a finding is no guess: near the cut-off (0.5) most second findings on the sample are street furniture
and foreign words."""
STAND_IN = "it"
"""Stands for a surrogate: a word that no recogniser takes for a name, and that no tagger is asked about."""


def second_pass(
    documents: Sequence[Document],
    *,
    spec: CorpusSpec,
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
) -> list[Residual]:
    """What is still found in the released texts, surrogates left out of account.

    What the release profile keeps on purpose (a ministry, a month) is not reported. A direct detail found with a
    score of at least `SURE` is HIGH; other direct details, and quasi-identifiers found with such a score, are MEDIUM.

    Args:
        documents: As a run keeps them, in any number. Articles are looked at too: they are quoted like the others.
        spec: Its own names, places and keep-words count.
        recognizers: What looks.

    Returns:
        In the order of the documents and of their texts; `span` in the released text, `figure` the score.

    Raises:
        ProtectionError: If a self-test fails: a recogniser that finds nothing would make every text look safe.
        ModelError: If a model is missing, empty or not the pinned one.
    """
    if not documents:
        return []
    self_test(recognizers)
    released = [as_released(document) for document in documents]
    plain = [_without_surrogates(document) for document in released]
    raws = [_as_read(document, text) for document, (text, _) in zip(released, plain, strict=True)]
    found = details_of(raws, spec=spec, recognizers=recognizers)
    return [
        _residual(document, finding, span)
        for document, (text, stand_ins), findings in zip(released, plain, found, strict=True)
        for finding in findings
        if action_for(finding.label, finding.span.of(text), "release") is not Action.KEEP
        for span in _back(finding.span, stand_ins, text)
    ]


def _without_surrogates(document: Document) -> tuple[str, list[tuple[Span, Span]]]:
    """The released text with a stand-in for each surrogate, and where each stands: (here, in the released text)."""
    parts, stand_ins, at, length = [], [], 0, 0
    for there in surrogates_in(document):
        parts += [document.text[at : there.start], STAND_IN]
        length += there.start - at
        stand_ins.append((Span(length, length + len(STAND_IN)), there))
        length += len(STAND_IN)
        at = there.end
    return "".join([*parts, document.text[at:]]), stand_ins


def _as_read(document: Document, text: str) -> RawDocument:
    # A thread of its own: who spoke in it is not known to whoever reads the release.
    return RawDocument(document.source, document.kind, text, "", document.document_id, thread=document.document_id)


def _back(span: Span, stand_ins: Sequence[tuple[Span, Span]], text: str) -> list[Span]:
    """A finding's stretches between stand-ins that say something, where they stand in the released text."""
    found, start, shift = [], span.start, 0
    for here, there in stand_ins:
        if here.end <= span.start:
            shift = there.end - here.end
        elif here.start < span.end:
            found.append((Span(start, max(start, here.start)), shift))
            start, shift = here.end, there.end - here.end
        else:
            break
    found.append((Span(min(start, span.end), span.end), shift))
    return [
        Span(part.start + moved, part.end + moved) for part, moved in found if sum(map(str.isalnum, part.of(text))) > 1
    ]


def severity_of(finding: Finding) -> Severity:
    """How grave it is that a detail was let through."""
    sure, direct = finding.score >= SURE, finding.kind is IdentifierKind.DIRECT
    return Severity.HIGH if sure and direct else Severity.MEDIUM if sure or direct else Severity.LOW


def _residual(document: Document, finding: Finding, span: Span) -> Residual:
    return Residual(
        Measure.SECOND_LOOK,
        finding.label,
        round(finding.score, 3),
        severity_of(finding),
        document_id=document.document_id,
        case_id=document.case_id,
        span=span,
    )
