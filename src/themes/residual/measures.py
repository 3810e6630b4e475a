"""All measures over a corpus, put together, each finding with an id."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from themes.attribution import shared_together
from themes.records.corpus import Case, DocumentKind
from themes.records.residual import Residual
from themes.release_text import answers_as_released
from themes.residual.groups import Known, group_findings, known_of, told_in_text
from themes.residual.intruder import intruder_findings
from themes.residual.invented import Partitions, Seen
from themes.residual.masked import MaskedWords
from themes.residual.phrases import phrase_findings

EVERYTHING = "sees all texts and answers"
QUOTABLE = "sees what may be quoted"


def corpus_findings(
    partitions: Partitions, cases: Sequence[Case], *, quotable: Partitions, fewest_cases: int, seed: int
) -> list[Residual]:
    """What can only be said of the corpus as a whole. Texts stand in memory one partition at a time.

    Args:
        partitions: The documents of the run.
        cases: Its cases.
        quotable: The documents whose writers agreed to be quoted, as far as they may be shown at all.
        fewest_cases: Answers that fewer people gave all at once are never shown beside a quote.
        seed: Of the intruder's invented people.
    """
    masked = MaskedWords()
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for part in partitions():
        masked.add(part)
        for document in part:
            told[document.case_id] |= told_in_text(document)
    answers = {case.case_id: case.attributes for case in cases}
    strictly = {case.case_id: answers_as_released(case) for case in cases}
    everything = Seen(EVERYTHING, answers, partitions)
    public = Seen(QUOTABLE, _beside_quotes(strictly, fewest_cases), quotable)
    return [
        *group_findings(known_of(cases, told)),
        *phrase_findings(partitions),
        *intruder_findings(everything, seed=seed, published=False),
        *intruder_findings(public, seed=seed, published=True),
        *masked.findings(),
    ]


def published_words(cases: Iterable[Case], partitions: Partitions, fewest_cases: int) -> dict[str, set[str]]:
    """The short words that a public edition may show, by column, "speaker" and "question", in the release profile.

    Args:
        cases: Of the run.
        partitions: Its documents.
        fewest_cases: An answer or a speaker of fewer people is never shown.
    """
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    words: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for pair in answers_as_released(case).items():
            holders[pair].add(case.case_id)
    for part in partitions():
        for document in part:
            if document.kind is not DocumentKind.ARTICLE:
                holders["speaker", document.released_speaker or document.speaker or ""].add(document.case_id)
                words["question"].add(document.released_prompt or document.prompt or "")
    for (name, value), who in holders.items():
        if len(who) >= fewest_cases:
            words[name].add(value)
    told = {name: {value for value in values if value.strip()} for name, values in words.items()}
    return {name: values for name, values in told.items() if values}


def _beside_quotes(answers: Known, fewest_cases: int) -> dict[str, dict[str, str]]:
    """The answers that may stand beside a quote: those that enough people gave all at once."""
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case_id, row in answers.items():
        for pair in row.items():
            holders[pair].add(case_id)
    return {
        case_id: dict(shared_together(tuple(sorted(row.items())), holders, fewest_cases))
        for case_id, row in answers.items()
    }


def with_ids(findings: Iterable[Residual]) -> list[Residual]:
    """The findings with ids of their own, such as "second_pass-3f9a2c81".

    The id is a hash of what was found and where, without the figure: it stays while the finding does.
    """
    numbered = []
    for finding in findings:
        span = (finding.span.start, finding.span.end) if finding.span else ()
        what = repr((finding.measure.value, finding.kind, finding.document_id, finding.case_id, span)) + finding.column
        digest = hashlib.sha256(what.encode()).hexdigest()[:8]
        numbered.append(replace(finding, finding_id=f"{finding.measure.value}-{digest}"))
    return numbered
