"""From the records of a run and of the sample to what the estimator is given."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.reviewed import Reviewed, as_scores
from themes.estimate.standing import people_documents
from themes.records.coding import MACHINE_ID, Coding, is_machine
from themes.records.corpus import Document
from themes.records.sample import SampledCase
from themes.records.segment import Segment

BY_CHANCE = "probability"
"""The `sampling` of a decision that may estimate."""


@dataclass(frozen=True)
class Sampled:
    """What the estimator is given, and what is missing from it."""

    reviewed: Reviewed
    drawn: int
    """How many of its cases were drawn; who sent in the same text counts once, here and in the next."""
    unfinished: npt.NDArray[np.int64]
    """How many of these are not reviewed for each theme: not read yet, read before a code changed its meaning, or
    disputed; shape (n_themes,)."""
    came_later: int
    """Cases left out because they came after the last batch was drawn, so that they had no chance."""

    def of(self, case_ids: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Whether each case is one of these, as `estimate` takes a group."""
        wanted = set(case_ids)
        return np.array([case_id in wanted for case_id in self.reviewed.case_ids], bool)


def sampled(
    documents: Sequence[Document],
    segments: Iterable[Segment],
    codings: Iterable[Coding],
    sample: Mapping[str, SampledCase],
    codes_of: Mapping[str, Sequence[str]],
) -> Sampled:
    """Cases, scores and outcomes of all whom the documents are from.

    A case has a theme if somebody gave one of its codes to any of its excerpts, or to another stretch of its texts. It
    is reviewed for a theme if every excerpt was judged on every one of its codes, as part of the sample, and no
    judgement is a draw between coders: a case read in part would be known only where it has the theme. Whose every text
    is somebody else's, sent in again, shares that person's scores, review and chance; who also wrote something else is
    known by that alone.

    Args:
        documents: Those that are counted: all, or those that answer one question, or are from one period. Articles
            are passed over.
        segments: Their excerpts, or more.
        codings: The machine's, one for each excerpt and code; and people's, of each coder one, with `applies` and
            `sampling`: those that are not "probability" do not estimate. Stale ones must not be among them.
        sample: Every case that could have been drawn, by id.
        codes_of: The codes of each theme.
    """
    counted = people_documents(documents)
    case_of = {document.document_id: document.case_id for document in counted if document.duplicate_of is None}
    excerpts: dict[str, list[str]] = defaultdict(list)
    for segment in segments:
        if segment.document_id in case_of:
            excerpts[case_of[segment.document_id]].append(segment.segment_id)
    held_with = {case_id: held for case_id, held in sorted(_held_with(counted).items()) if excerpts.get(held)}
    case_ids = tuple(c for c, held in held_with.items() if held in sample and sample[held].probability > 0)
    clusters = tuple(held_with[case_id] for case_id in case_ids)
    of_machine, of_people = _machines_and_peoples(codings, case_of)

    place = {held: row for row, held in enumerate(sorted(set(clusters)))}
    probabilities = np.array([sample[held].probability for held in place])
    most, outcomes = np.zeros((len(place), len(codes_of))), np.full((len(place), len(codes_of)), np.nan)
    columns_of = _columns_of(codes_of)
    for coding in of_machine:
        row = place.get(case_of[_document_of(coding.segment_id)], -1)
        for column in columns_of[coding.code_id] if row >= 0 else ():
            most[row, column] = max(most[row, column], coding.probability or 0.0)
    for held, row in place.items():
        if sample[held].is_drawn:
            outcomes[row] = [_outcome(excerpts[held], of_people[held], codes) for codes in codes_of.values()]
    is_drawn = np.array([sample[held].is_drawn for held in place], bool)
    rows = np.array([place[held] for held in clusters], int)
    return Sampled(
        Reviewed(case_ids, tuple(codes_of), as_scores(most)[rows], outcomes[rows], probabilities[rows], clusters),
        drawn=int(is_drawn.sum()),
        unfinished=np.isnan(outcomes[is_drawn]).sum(axis=0).astype(np.int64),
        came_later=len(held_with) - len(case_ids),
    )


def _held_with(counted: Iterable[Document]) -> dict[str, str]:
    """Whose review tells of each case: its own, or of one whose every text is a copy, the first writer's."""
    writer = {document.document_id: document.case_id for document in counted}
    own = {document.case_id for document in counted if document.duplicate_of is None}
    held = {case_id: case_id for case_id in own}
    for document in sorted(counted, key=lambda d: d.duplicate_of or ""):
        if document.case_id not in own and document.duplicate_of in writer:
            held.setdefault(document.case_id, writer[document.duplicate_of])
    return held


def _columns_of(codes_of: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = defaultdict(list)
    for column, code_ids in enumerate(codes_of.values()):
        for code_id in code_ids:
            columns[code_id].append(column)
    return columns


def _machines_and_peoples(
    codings: Iterable[Coding], case_of: Mapping[str, str]
) -> tuple[list[Coding], dict[str, dict[tuple[str, str], list[bool]]]]:
    """The machine's codings of these documents; and what people said for the sample: by case, then excerpt and code."""
    of_machine: list[Coding] = []
    of_people: dict[str, dict[tuple[str, str], list[bool]]] = defaultdict(lambda: defaultdict(list))
    for coding in codings:
        case_id = case_of.get(_document_of(coding.segment_id))
        if case_id is not None and coding.coder_id == MACHINE_ID:
            of_machine.append(coding)
        elif case_id is not None and not is_machine(coding.coder_id) and coding.sampling == BY_CHANCE:
            of_people[case_id][coding.segment_id, coding.code_id].append(coding.applies)
    return of_machine, of_people


def _outcome(
    excerpts: Sequence[str], judged: Mapping[tuple[str, str], Sequence[bool]], code_ids: Sequence[str]
) -> float:
    """1 or 0 where all excerpts were judged without a draw, else NaN."""
    had_to_be = {(segment_id, code_id) for segment_id in excerpts for code_id in code_ids}
    if not had_to_be <= judged.keys():
        return float("nan")
    balances = [2 * sum(said) - len(said) for (_, code_id), said in judged.items() if code_id in code_ids]
    if 0 in balances:
        return float("nan")
    return float(max(balances, default=0) > 0)


def _document_of(segment_id: str) -> str:
    return segment_id.rpartition(":")[0]
