"""The survey as a grid: a row a case, its attributes beside what it answered to each question."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from themes.records.corpus import DocumentKind
from themes.review.study import Study

LONGEST = 400
"""Code points of an answer that a cell shows; the whole of it is behind its link."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell shows."""

    segment_id: str
    """Its first excerpt, where it is read and coded; empty if none was cut."""
    text: str
    is_cut: bool
    codes: tuple[str, ...]
    """The names of the codes that any of its excerpts has."""
    at_risk: bool
    """The machine holds that it may tell of risk to life."""


@dataclass(frozen=True, slots=True)
class Row:
    """One case."""

    case_id: str
    attributes: tuple[str, ...]
    """In the order of `attribute_names`; empty where the case has none."""
    answers: tuple[tuple[Answer, ...], ...]
    """To each question, in the order of `questions`."""


def attribute_names(study: Study) -> list[str]:
    """All attributes that any case has."""
    return sorted({name for case in study.cases.values() for name in case.attributes})


def questions(study: Study) -> list[str]:
    """The questions of surveys, in the order in which they first come; "" for answers to none."""
    return list(dict.fromkeys(d.prompt or "" for d in study.documents.values() if d.kind is DocumentKind.ANSWER))


def cases_with(
    study: Study, *, attribute: str = "", value: str = "", any_of: Collection[str] | None = None
) -> list[str]:
    """The cases that answered a survey, as they stand, and pass a filter.

    Args:
        study: The run.
        attribute: Only cases that have this attribute …
        value: … with this value.
        any_of: Only cases with one of these excerpts; None: all.
    """
    found = dict.fromkeys(d.case_id for d in study.documents.values() if d.kind is DocumentKind.ANSWER)
    if attribute:
        found = {c: None for c in found if c in study.cases and study.cases[c].attributes.get(attribute) == value}
    if any_of is not None:
        having = {study.segments[each].case_id for each in any_of if each in study.segments}
        found = {c: None for c in found if c in having}
    return list(found)


def rows(study: Study, case_ids: Sequence[str], coded: Mapping[str, Collection[str]]) -> list[Row]:
    """Cases with what they answered.

    Args:
        study: The run.
        case_ids: From `cases_with`, or some of them.
        coded: Code to the excerpts that have it; empty to show none.
    """
    wanted, names, asked = set(case_ids), attribute_names(study), questions(study)
    by_case: dict[str, dict[str, list[Answer]]] = {case_id: {} for case_id in case_ids}
    for document in study.documents.values():
        if document.case_id in wanted and document.kind is DocumentKind.ANSWER:
            segments = study.by_document.get(document.document_id, ())
            codes = (c.name for c in study.codebook.codes if any(s in coded.get(c.code_id, ()) for s in segments))
            answer = Answer(
                segments[0] if segments else "",
                document.text[:LONGEST],
                len(document.text) > LONGEST,
                tuple(codes),
                any(each in study.flags for each in segments),
            )
            by_case[document.case_id].setdefault(document.prompt or "", []).append(answer)
    return [
        Row(
            case_id,
            tuple(study.cases[case_id].attributes.get(name, "") if case_id in study.cases else "" for name in names),
            tuple(tuple(by_case[case_id].get(prompt, ())) for prompt in asked),
        )
        for case_id in case_ids
    ]
