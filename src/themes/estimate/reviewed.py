"""What the estimator is given: all cases with their scores and chances, and what people found in some of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from themes.estimate.calibration import FOLDS, cross_fitted

SUREST = 1e-6
"""A score is taken for no surer than this."""

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reviewed:
    """All cases that could have been drawn, in any order.

    Raises:
        ValueError: If shapes do not fit, a case could not have been drawn, or a figure cannot be what it should.
    """

    case_ids: tuple[str, ...]
    theme_ids: tuple[str, ...]
    scores: Numbers
    """Of each case the highest of its excerpts', as log odds, shape (n_cases, n_themes)."""
    outcomes: Numbers
    """1 if any of the case's excerpts has the theme, 0 if none has, NaN if it was not reviewed for the theme; same
    shape. Only reviews of cases that were drawn by chance belong here."""
    probabilities: Numbers
    """Of being drawn, shape (n_cases,), above 0, at most 1."""
    clusters: tuple[str, ...] = ()
    """What each case stays together with, such as those who sent in the same text; empty: each stands alone."""

    def __post_init__(self) -> None:
        shape = (len(self.case_ids), len(self.theme_ids))
        if not (self.scores.shape == self.outcomes.shape == shape and self.probabilities.shape == shape[:1]):
            raise ValueError(
                f"{shape[0]} cases and {shape[1]} themes need scores and outcomes of that shape, and a probability "
                f"for each case; these are {self.scores.shape}, {self.outcomes.shape}, {self.probabilities.shape}"
            )
        if len(set(self.case_ids)) < shape[0] or len(self.clusters) not in {0, shape[0]}:
            raise ValueError("each case needs an id of its own, and all or none need a cluster")
        if not np.all((self.probabilities > 0) & (self.probabilities <= 1)):
            raise ValueError(
                "a case that could not have been drawn is in no sample: leave out those that came after it was drawn, "
                "and say so, or draw a batch that they can be in"
            )
        if not (np.all(np.isfinite(self.scores)) and np.all(np.isin(self.outcomes[~np.isnan(self.outcomes)], (0, 1)))):
            raise ValueError("scores must be finite, and outcomes 0, 1 or NaN")

    @property
    def is_reviewed(self) -> npt.NDArray[np.bool_]:
        """Whether people said of each case if it has each theme, shape (n_cases, n_themes)."""
        return ~np.isnan(self.outcomes)

    @cached_property
    def cluster_ids(self) -> npt.NDArray[np.str_]:
        """What each case stays together with, itself if nothing, shape (n_cases,)."""
        return np.array(self.clusters or self.case_ids, dtype=np.str_)

    @cached_property
    def chances(self) -> Numbers:
        """ḡ: how likely each case has each theme, by models that did not see the case, shape (n_cases, n_themes)."""
        folds = folds_of(self.cluster_ids, self.is_reviewed.any(axis=1))
        return cross_fitted(self.scores, self.outcomes, folds)


def folds_of(cluster_ids: npt.NDArray[np.str_], reviewed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The fold of each reviewed case, -1 of any other: folds of even size, whatever the order of the cases.

    Args:
        cluster_ids: Shape (n_cases,). Who stays together has one fold.
        reviewed: Whether each case is, same shape.
    """
    ids = sorted(set(cluster_ids[reviewed].tolist()), key=lambda each: hashlib.sha256(each.encode()).digest())
    fold_of = {cluster_id: place % FOLDS for place, cluster_id in enumerate(ids)}
    return np.array(
        [fold_of.get(each, -1) if known else -1 for each, known in zip(cluster_ids.tolist(), reviewed, strict=True)],
        np.int64,
    )


def as_scores(probabilities: Numbers | Sequence[float]) -> Numbers:
    """Log odds of a machine's probabilities.

    >>> as_scores([0.5, 0.9]).round(3).tolist()
    [0.0, 2.197]
    """
    sure = np.clip(np.asarray(probabilities, float), SUREST, 1 - SUREST)
    return np.asarray(np.log(sure / (1 - sure)))
