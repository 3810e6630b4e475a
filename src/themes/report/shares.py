"""Shares from a reviewed sample: first as a neighbour would say them, the figures beside."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.estimate.shares import WITHHELD
from themes.reader_words import number
from themes.records.estimate import Difference, Prevalence
from themes.records.project import Audience, Release
from themes.records.theme import Theme
from themes.report import plots
from themes.report.figures import Figure, as_id, at_both_widths
from themes.report.share_words import estimates_in, in_100, in_figures, in_words
from themes.report.words import month_name, named, plain

LUCK = 0.05
"""A difference that luck alone would give this often, or less, is told as one."""
MOST_TOLD = 8
MOST_PICTURED = 4
"""Themes of which a picture has each group: more make a picture longer than a page."""


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """One line: a theme, how many speak of it, and the figures for whoever wants them."""

    theme_id: str
    name: str
    says: str
    figures: str


@dataclass(frozen=True, slots=True)
class SharesPart:
    """What the report tells of shares; None of it without a reviewed sample."""

    people: int | None
    figure: Figure | None
    told: tuple[ThemeShare, ...]
    hidden: tuple[str, ...]
    """Names of themes whose number is hidden."""
    withheld: tuple[tuple[str, tuple[str, ...]], ...]
    """(reason, names of themes)"""
    groups: tuple[str, ...]
    """How groups differ."""
    compared: str
    """How many comparisons that is of."""
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    """(heading, rows of group, theme, share, interval)"""
    pictures: Mapping[str, Figure]
    """Heading to a picture of the themes that most people speak of, group by group."""
    changes: tuple[str, ...]
    drift: tuple[str, ...]


def shares_part(release: Release, themes: Sequence[Theme]) -> SharesPart | None:
    """What is told of the shares of these themes; None if nothing was estimated."""
    estimates = estimates_in(release)
    of_all = {theme.theme_id: estimates.get((theme.theme_id, "", "", "")) for theme in themes}
    rows = {theme_id: p for theme_id, p in of_all.items() if p is not None}
    if not rows:
        return None
    names = {theme.theme_id: theme.name for theme in themes}
    told = sorted((p for p in rows.values() if p.share is not None), key=lambda p: (-(p.share or 0), names[p.theme_id]))
    untold = [p for p in rows.values() if p.share is None]
    reasons: dict[str, list[str]] = {}
    for p in untold:
        if p.method.startswith(WITHHELD):
            reasons.setdefault(p.method.removeprefix(WITHHELD), []).append(names[p.theme_id])
    return SharesPart(
        people=next((p.cases for p in rows.values()), None),
        figure=_figure(told, names) if told else None,
        told=tuple(ThemeShare(p.theme_id, names[p.theme_id], in_words(p), in_figures(p)) for p in told),
        hidden=tuple(names[p.theme_id] for p in untold if not p.method.startswith(WITHHELD)),
        withheld=tuple((reason, tuple(of)) for reason, of in reasons.items()),
        groups=tuple(_groups_that_differ(release.differences, estimates, names))[:MOST_TOLD],
        compared=_how_many(release.differences),
        tables=tuple(_tables(estimates.values(), names)),
        pictures=_pictures(estimates.values(), {p.theme_id: names[p.theme_id] for p in told[:MOST_PICTURED]}),
        changes=tuple(_changes(release.differences, names)),
        drift=tuple(_drift(release, names)),
    )


def _figure(told: Sequence[Prevalence], names: Mapping[str, str], *, name: str = "shares") -> Figure:
    labels = [f"{names[p.theme_id]}: {_of_whom(p)}" if p.group else names[p.theme_id] for p in told]
    ends = [(p.share or 0.0, p.low or 0.0, p.high or 0.0) for p in told]
    return at_both_widths(
        name,
        "Of 100 people who wrote, how many speak of each theme. The mark is the best guess, the band is where "
        "the true number lies 95 times in 100.",
        lambda width: plots.shares(labels, ends, width=width, colours=[plots.BLUE] * len(told)),
        ("Theme", "Of 100 people", "At least", "At most"),
        [
            (label, *(f"{100 * each:.0f}" for each in (share, low, high)))
            for label, (share, low, high) in zip(labels, ends, strict=True)
        ],
    )


def _groups_that_differ(
    differences: Iterable[Difference],
    estimates: Mapping[tuple[str, str, str, str], Prevalence],
    names: Mapping[str, str],
) -> Iterator[str]:
    found = [d for d in differences if not d.is_between_runs and d.p is not None and d.p <= LUCK]
    for d in sorted(found, key=lambda d: (not d.planned, d.p, d.theme_id)):
        one, other = (estimates.get((d.theme_id, group, "", "")) for group in (d.one, d.other))
        if d.theme_id in names and one and other and d.difference is not None:
            more, fewer = (one, other) if d.difference > 0 else (other, one)
            yield (
                f"“{names[d.theme_id]}”: {_group(more.group)} speak of it more than {_group(fewer.group)}: "
                f"{in_words(more)}, and {in_words(fewer)}."
            )


def _group(group: str) -> str:
    """A group as a sentence has it: people whose scheme is "IPS"."""
    name, _, value = group.partition("=")
    return f"people with {plain(name)} “{plain(value)}”"


def _how_many(differences: Iterable[Difference]) -> str:
    compared = [d for d in differences if not d.is_between_runs and d.p is not None]
    if not compared:
        return ""
    held = sum(d.p is not None and d.p <= LUCK for d in compared)
    times = f"We compared groups {number(len(compared), 'time')}."
    if not held:
        return f"{times} No difference is larger than luck alone could give in so many tries."
    larger = number(held, "difference is", "differences are")
    return f"{times} {larger} larger than luck alone would give in so many tries."


def _tables(
    estimates: Iterable[Prevalence], names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    by_heading: dict[str, list[tuple[str, ...]]] = {}
    for p in estimates:
        if p.share is not None and p.theme_id in names and (p.group or p.question or p.period):
            row = (_of_whom(p), names[p.theme_id], in_words(p), in_figures(p))
            by_heading.setdefault(_heading(p), []).append(row)
    for heading, rows in by_heading.items():
        if len({row[0] for row in rows}) > 1:
            yield heading, tuple(rows)


def _heading(p: Prevalence) -> str:
    return f"By {plain(p.group.partition('=')[0])}" if p.group else "By question" if p.question else "By month"


def _of_whom(p: Prevalence) -> str:
    return plain(p.group.partition("=")[2]) or p.question or month_name(p.period)


def _pictures(estimates: Iterable[Prevalence], names: Mapping[str, str]) -> dict[str, Figure]:
    """Shares of these themes in each group, one picture an attribute; what is no group of people has none."""
    by_heading: dict[str, list[Prevalence]] = {}
    for p in estimates:
        if p.theme_id in names and p.group and p.share is not None:
            by_heading.setdefault(_heading(p), []).append(p)
    order = list(names)
    return {
        heading: _figure(
            sorted(found, key=lambda p: (order.index(p.theme_id), _of_whom(p))),
            {p.theme_id: names[p.theme_id] for p in found},
            name=f"shares-{as_id(heading[3:])}",
        )
        for heading, found in by_heading.items()
        if len({p.group for p in found}) > 1
    }


def _changes(differences: Iterable[Difference], names: Mapping[str, str]) -> Iterator[str]:
    moved = [d for d in differences if d.is_between_runs and d.theme_id in names]
    if not moved:
        return
    surely = [d for d in moved if d.p is not None and d.p <= LUCK]
    for d in surely:
        change, low, high = d.difference or 0.0, d.low or 0.0, d.high or 0.0
        ends = sorted((abs(low), abs(high)))
        yield (
            f"“{names[d.theme_id]}”: {'more' if change > 0 else 'fewer'} people speak of it than in the run before, by "
            f"{in_100(abs(change))} in 100 (between {in_100(ends[0])} and {in_100(ends[1])})."
        )
    if not surely:
        yield "No share has moved by more than luck may explain since the run before."
    broken: dict[str, list[str]] = {}
    for d in moved:
        if d.reason:
            broken.setdefault(d.reason, []).append(names[d.theme_id])
    for reason, of in broken.items():
        yield f"No change is told of {named(of)}. {reason}"


def _drift(release: Release, names: Mapping[str, str]) -> Iterator[str]:
    drifted = {
        look: [d for d in release.drift if d.look == look and d.drifted] for look in ("scores", "texts", "review")
    }
    if drifted["texts"]:
        yield "People who came after the sample was drawn write unlike those before. Shares need not be wrong for that."
    if of := [names[d.theme_id] for d in drifted["scores"] if d.theme_id in names]:
        yield f"The computer scores their texts unlike earlier ones, of: {named(of)}."
    if of := [names[d.theme_id] for d in drifted["review"] if d.theme_id in names]:
        yield f"Reviewers find in their texts what earlier reviews do not lead to expect, of: {named(of)}."
        yield "Draw a new sample."
    elif release.audience is Audience.TEAM and release.drift:
        yield "What reviewers find in later texts does not contradict earlier reviews, as far as that can be told."


def saturation_in_words(release: Release) -> list[str]:
    """Whether new people still bring new codes: for the team; empty where there is nothing to tell."""
    points = release.saturation
    if not points or len(release.cases) < release.fewest_cases:
        return []
    last, half = points[-1], points[max(0, len(points) // 2 - 1)]
    says = [
        (
            f"Half of the people, {half.cases}, already speak of {half.codes:.0f} of the {last.codes:.0f} codes that "
            f"were found. That is the mean over many orders in which they might have come."
        )
    ]
    if last.saturated_after is not None:
        says.append(f"After about {last.saturated_after:.0f} people, two more brought hardly a new code.")
    if last.codes_at_least and last.codes_at_least > last.codes + 0.5:
        says.append(f"At least {last.codes_at_least:.0f} codes may be there, some not spoken of yet.")
    return [*says, "This describes what was read. It is no proof that nothing is left to find."]


def most_spoken_of(part: SharesPart | None, most: int = 3) -> list[str]:
    """Sentences for the beginning of the report."""
    if part is None or not part.told:
        return []
    first = part.told[:most]
    return [f"{share.says[:1].upper()}{share.says[1:]}, speak of “{share.name}”." for share in first]
