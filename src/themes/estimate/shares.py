"""Shares as records: of everybody and of groups, each with its interval, or with the reason why there is none."""

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from themes.estimate.prevalence import Estimates, estimate
from themes.estimate.sampled import Sampled
from themes.estimate.withheld import why_withheld
from themes.records.estimate import Prevalence

NOT_FOUND = "not found in review"
WITHHELD = "withheld: "
"""Opens the `method` of a share that may not be told; the reason follows."""


def shares(
    sampled: Sampled,
    groups: Mapping[str, npt.NDArray[np.bool_]],
    *,
    question: str = "",
    period: str = "",
    changed: Collection[str] = (),
    drifted: Collection[str] = (),
) -> list[Prevalence]:
    """The share of each theme, of everybody first, then of each group.

    Args:
        sampled: Cases of the question and period, by their texts of these alone.
        groups: "attribute=value" and who is in it, as `Sampled.of` gives it.
        question: Whose answers alone are in it.
        period: From which alone its texts are.
        changed: As `why_withheld` takes it; the next likewise.
        drifted: As `why_withheld` takes it.

    Returns:
        Counts of cases with a theme are estimates as well. A theme not found in review has a share of 0 and an upper
        end; one that is withheld has neither count nor share, and the reason as its method.
    """
    everybody = np.ones(len(sampled.reviewed.case_ids), bool)
    rows = []
    for group, inside in {"": everybody, **groups}.items():
        found = estimate(sampled.reviewed, inside)
        reasons = why_withheld(found, sampled, changed=changed, drifted=drifted)
        for column, theme_id in enumerate(found.theme_ids):
            if theme_id in reasons:
                method = WITHHELD + reasons[theme_id]
                rows.append(Prevalence(theme_id, group, question, period, found.cases, None, method=method))
            else:
                rows.append(_told(found, column, group, question, period))
    return rows


def _told(found: Estimates, column: int, group: str, question: str, period: str) -> Prevalence:
    is_found = found.reviewed_with[column] > 0
    share = float(found.share[column]) if is_found else 0.0
    return Prevalence(
        found.theme_ids[column],
        group,
        question,
        period,
        found.cases,
        round(share * found.cases),
        share,
        float(found.low[column]),
        float(found.high[column]),
        f"estimated from {found.reviewed[column]} reviewed by chance" if is_found else NOT_FOUND,
    )
