"""Figures of a coder, and their intervals over repeated splits. They agree with the scorer of the development sets."""

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, label_ranking_average_precision_score

NAMES = ("micro F1", "macro F1", "mAP", "LRAP", "calibration", "at .95")


def figures(gold: np.ndarray, probabilities: np.ndarray, applied: np.ndarray) -> dict[str, float]:
    """Micro and macro F1 of what applies, mAP and LRAP of the ranking, calibration error at p >= .3, and the share of
    codes that could be accepted unseen at a precision of .95 (the cut chosen on one half, read off the other).

    Args:
        gold: What people gave, shape (n_segments, n_codes), as are the others.
        probabilities: 0 to 1.
        applied: Whether each code is given.
    """
    columns = [column for column in range(gold.shape[1]) if gold[:, column].any()]
    coded = gold.any(axis=1)
    half = np.arange(len(gold)) % 2 == 0
    both = [accepted(probabilities[one], gold[one], probabilities[~one], gold[~one]) for one in (half, ~half)]
    values = (
        f1_score(gold.ravel(), applied.ravel()),
        np.mean([f1_score(gold[:, c], applied[:, c], zero_division=0) for c in range(gold.shape[1])]),
        np.mean([average_precision_score(gold[:, c], probabilities[:, c]) for c in columns]),
        label_ranking_average_precision_score(gold[coded], probabilities[coded]),
        calibration_error(gold, probabilities),
        np.mean(both),
    )
    return {name: round(float(value), 3) for name, value in zip(NAMES, values, strict=True)}


def calibration_error(gold: np.ndarray, probabilities: np.ndarray, *, least: float = 0.3) -> float:
    """How far probabilities from `least` on lie from the shares that they stand for, over ten bins."""
    said, true = probabilities[probabilities >= least], gold[probabilities >= least]
    bins = np.minimum((said * 10).astype(int), 9)
    return float(sum(abs(said[bins == b].sum() - true[bins == b].sum()) for b in range(10)) / max(1, len(said)))


def accepted(p: np.ndarray, y: np.ndarray, p_other: np.ndarray, y_other: np.ndarray, wanted: float = 0.95) -> float:
    """Share of the other half's codes at or above the lowest cut that has the wanted precision on this half."""
    order = np.argsort(-p.ravel(), kind="stable")
    scores, hits = p.ravel()[order], np.cumsum(y.ravel()[order])
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True))
    enough = [at for at in ends if at >= 19 and hits[at] / (at + 1) >= wanted]
    return float(y_other[p_other >= scores[enough[-1]]].sum() / max(1, y_other.sum())) if enough else 0.0


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, and the ends of 95 % of splits such as these: mean ± 1.96 standard deviations."""
    mean, spread = float(np.mean(values)), float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return mean, mean - 1.96 * spread, mean + 1.96 * spread
