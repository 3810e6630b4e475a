"""The cases from which a sample is drawn, and how likely each speaks of each code before anybody has reviewed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.records.coding import Coding
from themes.records.segment import Segment

SLOPE = 0.45
"""How far a case's highest score counts on the scale of log odds. Of many excerpts the highest score is too sure of
itself; this is the slope to which the estimator's calibration is shrunk where it has seen few reviews."""
_SUREST = 1e-6
_ENOUGH_STEPS = 60

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """All cases of a run that can be reviewed, by id."""

    case_ids: tuple[str, ...]
    excerpts: Numbers
    """How many each case has, shape (n_cases,), at least 1: what it costs to review it."""
    code_ids: tuple[str, ...]
    chances: Numbers
    """How likely it is that a case speaks of a code, shape (n_cases, n_codes), 0 to 1."""


def frame_of(segments: Iterable[Segment], codings: Iterable[Coding], code_ids: Sequence[str]) -> Frame:
    """The frame of a run.

    Args:
        segments: All excerpts of the texts that count, articles and duplicates left out.
        codings: The machine's, one for each excerpt and code; others, and those of other excerpts, are passed over.
        code_ids: Of the columns.
    """
    case_of = {segment.segment_id: segment.case_id for segment in segments}
    case_ids = tuple(sorted(set(case_of.values())))
    row_of = {case_id: row for row, case_id in enumerate(case_ids)}
    column_of = {code_id: column for column, code_id in enumerate(code_ids)}
    excerpts = np.zeros(len(case_ids))
    for each in case_of.values():
        excerpts[row_of[each]] += 1
    most = np.zeros((len(case_ids), len(column_of)))
    for coding in codings:
        case_id, column = case_of.get(coding.segment_id), column_of.get(coding.code_id)
        if case_id is not None and column is not None and coding.probability is not None:
            row = row_of[case_id]
            most[row, column] = max(most[row, column], coding.probability)
    return Frame(case_ids, excerpts, tuple(code_ids), starting_chances(most))


def starting_chances(most: Numbers) -> Numbers:
    """How likely each case speaks of each code, before any review tells better.

    The log odds of the highest score, flattened by `SLOPE`, and moved so that as many cases are expected to have the
    code as the scores themselves would have it.

    Args:
        most: The highest probability of any excerpt, shape (n_cases, n_codes).
    """
    if not most.size:
        return most
    sure = np.clip(most, _SUREST, 1 - _SUREST)
    flat = SLOPE * np.log(sure / (1 - sure))
    # The sum grows with what is added: halve the interval in which the right addition lies.
    low, high = np.full(most.shape[1], -50.0), np.full(most.shape[1], 50.0)
    for _ in range(_ENOUGH_STEPS):
        middle = (low + high) / 2
        too_many = _expit(flat + middle).mean(axis=0) > sure.mean(axis=0)
        low, high = np.where(too_many, low, middle), np.where(too_many, middle, high)
    return _expit(flat + (low + high) / 2)


def _expit(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-odds)))
