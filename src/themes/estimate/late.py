"""Drift and saturation of a run as records: who came after the sample was first drawn, held against the others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from themes.estimate.all_shares import Studied
from themes.estimate.drift import Drift, residual_drift, score_drift, text_drift
from themes.estimate.reviewed import as_scores
from themes.estimate.sampled import Sampled
from themes.estimate.saturation import chao1, saturation
from themes.estimate.standing import people_documents, standing
from themes.records.coding import MACHINE_ID, Coding
from themes.records.corpus import Document
from themes.records.estimate import DriftFigure, SaturationPoint

SCORES, TEXTS, REVIEW = "scores", "texts", "review"


def drift_figures(
    studied: Studied,
    whole: Sampled,
    late: Collection[str],
    vectors: Mapping[str, npt.NDArray[np.float32]],
    *,
    seed: int,
) -> list[DriftFigure]:
    """The three looks at cases of late; none where there are no such cases, or no others.

    Args:
        studied: The run.
        whole: Its cases by all of their texts.
        late: Ids of cases that came after the sample was first drawn.
        vectors: Of each excerpt.
        seed: For the shuffles of the texts.

    Raises:
        NotConverged: If a calibration cannot be fitted.
    """
    case_of = {d.document_id: d.case_id for d in people_documents(studied.documents) if d.duplicate_of is None}
    case_ids = sorted(set(case_of.values()))
    is_late = np.array([case_id in set(late) for case_id in case_ids], bool)
    if not is_late.any() or is_late.all():
        return []
    theme_ids = tuple(studied.codes_of)
    scores = _scores(studied, case_of, case_ids)
    found = {SCORES: score_drift(theme_ids, scores[~is_late], scores[is_late])}
    sums: dict[str, list[npt.NDArray[np.float32]]] = defaultdict(list)
    for segment in studied.segments:
        if segment.document_id in case_of and segment.segment_id in vectors:
            sums[case_of[segment.document_id]].append(vectors[segment.segment_id])
    means = {case_id: np.mean(each, axis=0) for case_id, each in sums.items()}
    before, after = (
        np.array([means[c] for c, of_late in zip(case_ids, is_late, strict=True) if of_late is side and c in means])
        for side in (np.False_, np.True_)
    )
    found[TEXTS] = text_drift(before, after, seed=seed)
    found[REVIEW] = residual_drift(whole.reviewed, whole.of(late))
    return [row for look, drift in found.items() for row in _as_records(look, drift)]


def drifted_in(figures: Iterable[DriftFigure]) -> list[str]:
    """Themes in which new reviews contradict what the earlier ones taught: they need a new sample."""
    return [figure.theme_id for figure in figures if figure.look == REVIEW and figure.drifted]


def _scores(studied: Studied, case_of: Mapping[str, str], case_ids: Sequence[str]) -> npt.NDArray[np.float64]:
    row_of = {case_id: row for row, case_id in enumerate(case_ids)}
    columns: dict[str, list[int]] = defaultdict(list)
    for column, codes in enumerate(studied.codes_of.values()):
        for code_id in codes:
            columns[code_id].append(column)
    most = np.zeros((len(case_ids), len(studied.codes_of)))
    for coding in studied.codings:
        case_id = case_of.get(coding.segment_id.rpartition(":")[0])
        if coding.coder_id == MACHINE_ID and case_id is not None:
            for column in columns[coding.code_id]:
                at = row_of[case_id], column
                most[at] = max(most[at], coding.probability or 0.0)
    return as_scores(most)


def _as_records(look: str, drift: Drift) -> list[DriftFigure]:
    return [
        DriftFigure(
            look,
            theme_id,
            None if np.isnan(size) else float(size),
            None if np.isnan(p) else float(p),
            theme_id in drift.drifted,
        )
        for theme_id, size, p in zip(drift.theme_ids, drift.size, drift.p, strict=True)
    ]


def saturation_points(documents: Iterable[Document], codings: Iterable[Coding], *, seed: int) -> list[SaturationPoint]:
    """How many codes so many cases have together, by the codings that stand; articles apart."""
    case_of = {d.document_id: d.case_id for d in people_documents(documents)}
    codes_of: dict[str, set[str]] = {case_id: set() for case_id in case_of.values()}
    for coding in standing(codings):
        document_id = coding.segment_id.rpartition(":")[0]
        if document_id in case_of:
            codes_of[case_of[document_id]].add(coding.code_id)
    columns = sorted({code_id for codes in codes_of.values() for code_id in codes})
    if not columns:
        return []
    has_code = np.array([[code_id in codes_of[case_id] for code_id in columns] for case_id in sorted(codes_of)])
    curve = saturation(has_code, seed=seed)
    at_least = chao1(has_code.sum(axis=0))[0]
    return [
        SaturationPoint(cases, round(float(codes), 3), curve.saturated_after, at_least)
        for cases, codes in enumerate(curve.codes, 1)
    ]
