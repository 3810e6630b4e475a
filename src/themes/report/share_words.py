"""A share in words: as a neighbour would say it, and for whoever wants to calculate."""

from themes.coarser import is_count
from themes.estimate.shares import NOT_FOUND
from themes.records.estimate import Prevalence
from themes.records.project import Release


def in_words(p: Prevalence) -> str:
    """A share as a neighbour would say it; empty where none is told.

    >>> in_words(Prevalence("a", "", "", "", 200, 60, 0.3, 0.22, 0.38, "estimated"))
    'about 3 in 10 people, between 22 and 38 in 100'
    >>> in_words(Prevalence("a", "", "", "", 60, 20, 1 / 3, 1 / 3, 1 / 3, "estimated"))
    '33 in 100 people'
    """
    if p.share is None or p.low is None or p.high is None or is_count(p):
        return ""
    if p.method == NOT_FOUND:
        return f"not found in review: at most {in_100(p.high)} in 100 people"
    if p.low == p.high:
        return f"{in_100(p.share)} in 100 people"
    tenths = int(10 * p.share + 0.5)
    many = f"{tenths} in 10" if 1 <= tenths <= 9 and p.share >= 0.095 else f"{in_100(p.share)} in 100"
    return f"about {many} people, between {in_100(p.low)} and {in_100(p.high)} in 100"


def in_figures(p: Prevalence) -> str:
    """The same for whoever wants to calculate: share, 95 % interval, of how many."""
    if p.share is None or p.low is None or p.high is None:
        return ""
    of = f"; N = {p.cases:,}" if p.cases else ""
    return f"{100 * p.share:.1f} %, 95 % interval {100 * p.low:.1f} to {100 * p.high:.1f} %{of}; {p.method}"


def in_100(share: float) -> int:
    """A share as so many in 100."""
    return int(100 * share + 0.5)


def estimates_in(release: Release) -> dict[tuple[str, str, str, str], Prevalence]:
    """The estimates of a release, by theme, group, question and period."""
    return {(p.theme_id, p.group, p.question, p.period): p for p in release.prevalences if not is_count(p)}
