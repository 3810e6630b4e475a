"""How likely a case speaks of each theme, learned from reviewed cases by a model that has not seen the case itself.

logit g = a + d_k + (b + e_k) s, of a case's score s and a theme k: all themes share a level and a slope, and each may
lean away from them as far as its reviewed cases say so. Sources: Zrnic and Candès (2024), "Cross-prediction-powered
inference", for holding each case out; the penalties were chosen in simulation (tests/benchmarks/interval_coverage.py).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.frame import SLOPE

FOLDS = 5
RIDGE_LEVEL, RIDGE_SLOPE, WEIGHT_OF_SLOPE = 2.0, 8.0, 4.0
"""How strongly each d_k and e_k is held at 0, and b at `SLOPE`: half of it times the square is added to the loss."""
RIDGE_COMMON = 0.01
"""Holds a: next to nothing, but it keeps a finite where no reviewed case has any theme, or all have all."""
_MOST_STEPS = 100
_CLOSE_ENOUGH = 1e-10

type Numbers = npt.NDArray[np.float64]


class NotConverged(ArithmeticError):
    """The solver did not come to rest, so there is no figure."""


@dataclass(frozen=True)
class Line:
    """A fitted model."""

    level: Numbers
    """a + d_k, shape (n_themes,)."""
    slope: Numbers
    """b + e_k, shape (n_themes,)."""

    def chances(self, scores: Numbers) -> Numbers:
        """g, shape (n_cases, n_themes), 0 to 1."""
        from scipy.special import expit

        return np.asarray(expit(self.level + self.slope * scores))


def cross_fitted(scores: Numbers, outcomes: Numbers, folds: npt.NDArray[np.int64]) -> Numbers:
    """ḡ, shape (n_cases, n_themes): of a reviewed case by the model that was fitted without its fold, of any other the
    mean over the models.

    Args:
        scores: Log odds, shape (n_cases, n_themes), finite.
        outcomes: 1 if the case has the theme, 0 if not, NaN where nobody reviewed it; same shape.
        folds: Of each case, shape (n_cases,), from 0; -1 for one that has no outcome. Cases that stay together have
            one fold.

    Raises:
        NotConverged: If a model cannot be fitted.
    """
    total, own = np.zeros_like(scores), np.zeros_like(scores)
    numbers = np.unique(folds[folds >= 0])
    line = None
    for fold in numbers:
        seen = (folds >= 0) & (folds != fold)
        line = fitted(scores[seen], outcomes[seen], start=line)
        chances = line.chances(scores)
        total += chances
        own[folds == fold] = chances[folds == fold]
    if not len(numbers):
        return fitted(scores[:0], outcomes[:0]).chances(scores)
    return np.where((folds >= 0)[:, None], own, total / len(numbers))


def fitted(scores: Numbers, outcomes: Numbers, *, start: Line | None = None) -> Line:
    """The model of these cases: Newton's method, each step halved until it gains.

    Args:
        scores: Shape (n_cases, n_themes).
        outcomes: 0, 1, or NaN where it is not known; same shape.
        start: Where to begin. The loss has one minimum: this saves steps and changes no figure.

    Raises:
        NotConverged: If it does not come to rest.
    """
    themes = scores.shape[1]
    known = ~np.isnan(outcomes)
    truth = np.where(known, outcomes, 0.0)
    held = np.concatenate([[RIDGE_COMMON, WEIGHT_OF_SLOPE], [RIDGE_LEVEL] * themes, [RIDGE_SLOPE] * themes])
    centre = np.concatenate([[0.0, SLOPE], np.zeros(2 * themes)])
    at = centre.copy() if start is None else _taken_apart(start, held)
    loss = _loss(at, scores, truth, known, held, centre)
    for _ in range(_MOST_STEPS):
        slope, curve = _slope_and_curve(at, scores, truth, known, held, centre)
        step = np.linalg.solve(curve, slope)
        gain = float(slope @ step)
        if not np.isfinite(gain):
            break
        if gain <= _CLOSE_ENOUGH:
            return _line(at - step)
        length = 1.0
        while length > 1e-9:
            there = at - length * step
            new = _loss(there, scores, truth, known, held, centre)
            if new <= loss - 1e-4 * length * gain:
                at, loss = there, new
                break
            length /= 2
        else:
            break
    raise NotConverged("The calibration did not come to rest. This is a fault in themes: no figure is given.")


def _loss(
    at: Numbers, scores: Numbers, truth: Numbers, known: npt.NDArray[np.bool_], held: Numbers, centre: Numbers
) -> float:
    line = _line(at)
    odds = line.level + line.slope * scores
    own = np.where(known, np.logaddexp(0.0, odds) - truth * odds, 0.0).sum()
    return float(own + held @ (at - centre) ** 2 / 2)


def _slope_and_curve(
    at: Numbers, scores: Numbers, truth: Numbers, known: npt.NDArray[np.bool_], held: Numbers, centre: Numbers
) -> tuple[Numbers, Numbers]:
    """First and second derivatives of the loss by a, b, each d and each e."""
    themes = scores.shape[1]
    chances = _line(at).chances(scores)
    too_high = np.where(known, chances - truth, 0.0)
    by_level, by_slope = too_high.sum(axis=0), (too_high * scores).sum(axis=0)
    slope = np.concatenate([[by_level.sum(), by_slope.sum()], by_level, by_slope]) + held * (at - centre)

    spread = np.where(known, chances * (1 - chances), 0.0)
    moments = [(spread * scores**power).sum(axis=0) for power in range(3)]
    curve = np.diag(held)
    places = [(0, 2 + np.arange(themes)), (1, 2 + themes + np.arange(themes))]
    for row, own_row in places:
        for column, own_column in places:
            moment = moments[row + column]
            curve[row, column] += moment.sum()
            curve[row, own_column] += moment
            curve[own_row, column] += moment
            curve[own_row, own_column] += moment
    return slope, curve


def _line(at: Numbers) -> Line:
    level, slope = at[2:].reshape(2, -1)
    return Line(at[0] + level, at[1] + slope)


def _taken_apart(line: Line, held: Numbers) -> Numbers:
    """A point that gives this model, near the cheapest one."""
    level, slope = float(line.level.mean()), float(line.slope.mean())
    return np.concatenate([[level, slope], line.level - level, line.slope - slope])
