"""The recognisers once more, over what they let through: what they find now would have been published."""

from collections.abc import Collection, Mapping, Sequence

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import Action, action_for
from themes.deidentify.screening import names_no_group
from themes.deidentify.self_test import self_test
from themes.records.corpus import Document, DocumentKind, SourceRef
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.residual import Measure, Residual, Severity
from themes.records.spec import CorpusSpec
from themes.release_text import as_released

SURE = 0.7
"""From here on a finding is no guess: near the cut-off (0.5) most second findings on the sample are street furniture
and foreign words."""


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
    found = details_of([_as_read(document) for document in released], spec=spec, recognizers=recognizers)
    return [
        _residual(document, finding)
        for document, findings in zip(released, found, strict=True)
        for finding in findings
        if _says_something(finding, document.text)
        and action_for(finding.label, finding.span.of(document.text), "release") is not Action.KEEP
    ]


def second_pass_of_words(
    words: Mapping[str, Collection[str]],
    *,
    spec: CorpusSpec,
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
) -> list[Residual]:
    """What is still found in the short words that a public edition shows: closed answers, columns, speakers, questions.

    Each is read by itself. What describes many people at once is no finding (`names_no_group`). The words stand in no
    finding: it names the column, and stands for all of its answers of that kind.

    Args:
        words: Column, "speaker" or "question" to the words of the release profile.
        spec: As for `second_pass`.
        recognizers: What looks.

    Returns:
        By column and kind; `figure` the highest score, severity as for texts.

    Raises:
        ProtectionError, ModelError: As `second_pass`.
    """
    asked = [(column, text) for column in sorted(words) for text in sorted({column.replace("_", " "), *words[column]})]
    if not asked:
        return []
    self_test(recognizers)
    raw = [RawDocument(SourceRef("words"), DocumentKind.ANSWER, text, "", text, thread=text) for _, text in asked]
    highest: dict[tuple[str, str], Finding] = {}
    for (column, text), findings in zip(asked, details_of(raw, spec=spec, recognizers=recognizers), strict=True):
        for finding in findings:
            if _says_something(finding, text) and names_no_group(finding, text):
                at = column, finding.label
                highest[at] = max(finding, highest.get(at, finding), key=lambda each: each.score)
    return [
        Residual(Measure.SECOND_LOOK, label, round(found.score, 3), severity_of(found), column=column)
        for (column, label), found in sorted(highest.items())
    ]


def _as_read(document: Document) -> RawDocument:
    # A thread of its own: who spoke in it is not known to whoever reads the release.
    return RawDocument(
        document.source, document.kind, document.text, "", document.document_id, thread=document.document_id
    )


def _says_something(finding: Finding, text: str) -> bool:
    """Whether it is more than a scrap that a surrogate left of a detail."""
    return sum(map(str.isalnum, finding.span.of(text))) > 1


def severity_of(finding: Finding) -> Severity:
    """How grave it is that a detail was let through."""
    sure, direct = finding.score >= SURE, finding.kind is IdentifierKind.DIRECT
    return Severity.HIGH if sure and direct else Severity.MEDIUM if sure or direct else Severity.LOW


def _residual(document: Document, finding: Finding) -> Residual:
    return Residual(
        Measure.SECOND_LOOK,
        finding.label,
        round(finding.score, 3),
        severity_of(finding),
        document_id=document.document_id,
        case_id=document.case_id,
        span=finding.span,
    )
