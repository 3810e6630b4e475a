"""The pictures of a report: what each shows, its caption, and the same numbers as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from themes.estimate.breakdowns import EVERYONE
from themes.records.theme import Theme
from themes.report import plots
from themes.report.counts import Counts
from themes.report.words import month_name, plain

WIDE, NARROW = 680.0, 350.0
"""Points: for a desk and paper, and for a phone."""

MOST_THEMES = 12
"""A grid of more rows is a wall."""
MOST_CHARTS = 6

HIDDEN = "hidden"

FATES: Sequence[tuple[str, str, str]] = (
    ("coded", "at least one theme suggested", plots.BLUE),
    ("no_code", "read, no theme suggested", "#56708A"),
    ("duplicate", "says the same as an earlier text", "#6B6B6B"),
    ("empty", "blank, or “n/a”", "#8C6D1F"),
    ("quarantined", "could not be read safely", "#B34700"),
    ("withdrawn", "withdrawn by the writer", "#8F3B76"),
)
"""Fate, what it is called, its colour: each dark enough for white figures on it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its text alternative."""

    name: str
    caption: str
    wide: str
    """SVG for a desk and for paper."""
    narrow: str
    """SVG for a phone; empty if the wide one is to be scrolled there."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str], ...] = ()
    """(colour, what it stands for)"""


def people_by_theme(counts: Counts, themes: Sequence[Theme]) -> Figure | None:
    """Bars: in how many people's texts each theme was suggested."""
    if counts.reading_edition or not any(counts.is_counted(theme.theme_id) for theme in themes):
        return None
    names = {theme.theme_id: theme.name for theme in themes}
    order = counts.largest_first(sorted(names, key=names.__getitem__))
    numbers = [counts.people(theme_id) for theme_id in order]
    fewer = f"fewer than {counts.fewest_cases}"
    return at_both_widths(
        "themes",
        "Number of people in whose texts each theme was suggested. One person can speak of many themes. Unchecked.",
        lambda width: plots.bars([names[theme_id] for theme_id in order], numbers, width=width, hidden=fewer),
        ("Theme", "People"),
        [(names[theme_id], _shown(number, fewer)) for theme_id, number in zip(order, numbers, strict=True)],
    )


def what_became(texts: Mapping[str, int]) -> Figure | None:
    """One bar: every text that was read, by what became of it."""
    steps = [(label, texts.get(fate, 0), colour) for fate, label, colour in FATES]
    if not any(number for _, number, _ in steps):
        return None
    return at_both_widths(
        "fates",
        "Every text that was read has one place in this bar. Texts are counted here, not people.",
        lambda width: plots.flow(steps, width=width),
        ("What became of it", "Texts"),
        [(label, f"{number:,}") for label, number, _ in steps],
        legend=[(colour, f"{label}: {number:,}") for label, number, colour in steps if number],
    )


def who_spoke(counts: Counts, attribute: str, caption: str) -> Figure | None:
    """Bars: how many people, by kind of text or by who they are."""
    values = counts.values(attribute)
    numbers = [counts.people(EVERYONE, group=f"{attribute}={value}") for value in values]
    if not any(numbers):
        return None
    labels = [plain(value).capitalize() for value in values]
    return at_both_widths(
        f"who-{attribute}",
        caption,
        lambda width: plots.bars(labels, numbers, width=width, hidden=HIDDEN, colour="#56708A"),
        (plain(attribute).capitalize(), "People"),
        [(label, _shown(number)) for label, number in zip(labels, numbers, strict=True)],
    )


def themes_together(counts: Counts, themes: Sequence[Theme]) -> Figure | None:
    """A grid: how many people speak of both themes."""
    counted = _most_counted_first(counts, themes)
    chosen = counted[:MOST_THEMES]
    pairs = [
        (one.name, other.name, counts.people(one.theme_id, group=f"theme={other.theme_id}"))
        for place, one in enumerate(chosen)
        for other in chosen[:place]
    ]
    if not any(people for _, _, people in pairs):
        return None
    people = {(one, other): people for one, other, people in pairs}
    names = [theme.name for theme in chosen]
    grid = [[people.get((one, other), -1) for other in names[:-1]] for one in names]
    return Figure(
        "together",
        "Themes that the same people speak of. Each number is of people in whose texts both the theme on the left and "
        "the theme with the number above were suggested. A dot means that the number is hidden. "
        f"{_only(chosen, counted)}Unchecked.",
        plots.heat_map(
            [f"{name}  {place}" for place, name in enumerate(names, 1)],
            [str(place) for place in range(1, len(names))],
            grid,
            width=WIDE,
        ),
        "",
        ("Theme", "And theme", "People"),
        tuple((one, other, f"{both:,}") for one, other, both in pairs if both),
    )


def by_month(counts: Counts, themes: Sequence[Theme]) -> Figure | None:
    """Small charts: people by month, everyone first, then the themes with most months to show."""
    periods = _without_gaps([period for period in counts.periods() if len(period) == 7])

    def over_time(theme_id: str) -> list[int | None]:
        return [counts.people(theme_id, period=period) for period in periods]  # a month without texts: hidden too

    lines = [("Everyone who wrote", over_time(EVERYONE))]
    lines += [(theme.name, over_time(theme.theme_id)) for theme in _most_counted_first(counts, themes)]
    can_be_shown = [line for line in lines if sum(bool(number) for number in line[1]) >= 2]
    shown = can_be_shown[:MOST_CHARTS]
    if not shown or len(periods) < 2:
        return None
    return at_both_widths(
        "months",
        "People who wrote, by month, and the themes with at least two months that can be shown. A dotted stub means "
        f"that the number is hidden. Each chart has its own height. {_only(shown[1:], can_be_shown[1:])}Unchecked.",
        lambda width: plots.months(shown, periods, width=width),
        ("Month", *(name for name, _ in shown)),
        [
            (month_name(period), *(_shown(numbers[place]) for _, numbers in shown))
            for place, period in enumerate(periods)
        ],
    )


def compared_by(counts: Counts, attribute: str, themes: Sequence[Theme]) -> Figure | None:
    """A grid: themes by the groups of one attribute, with the size of each group."""
    groups = [value for value in counts.values(attribute) if counts.people(EVERYONE, group=f"{attribute}={value}")]
    counted = [
        theme
        for theme in _most_counted_first(counts, themes)
        if any(counts.people(theme.theme_id, group=f"{attribute}={value}") for value in groups)
    ]
    chosen = counted[:MOST_THEMES]
    told = [
        value
        for value in groups
        if any(counts.people(theme.theme_id, group=f"{attribute}={value}") for theme in chosen)
    ]
    if len(told) < 2:  # one group alone is no comparison
        return None
    sizes = [counts.people(EVERYONE, group=f"{attribute}={value}") for value in groups]
    grid = [[counts.people(theme.theme_id, group=f"{attribute}={value}") for value in groups] for theme in chosen]
    columns = [f"{plain(value)} ({size:,})" for value, size in zip(groups, sizes, strict=True)]
    return Figure(
        f"by-{as_id(attribute)}",
        f"People by “{plain(attribute)}” and theme. In brackets: how many people in the group wrote at all. Groups "
        f"differ in size, so compare with care; a dot means the number is hidden. {_only(chosen, counted)}Unchecked.",
        plots.heat_map([theme.name for theme in chosen], columns, grid, width=WIDE),
        "",
        ("Theme", *columns),
        tuple((theme.name, *(_shown(number) for number in row)) for theme, row in zip(chosen, grid, strict=True)),
    )


def _most_counted_first(counts: Counts, themes: Sequence[Theme]) -> list[Theme]:
    by_id = {theme.theme_id: theme for theme in themes}
    order = counts.largest_first(sorted(by_id, key=lambda theme_id: by_id[theme_id].name))
    return [by_id[theme_id] for theme_id in order if counts.people(theme_id)]


def _only(here: Sequence[object], could_be: Sequence[object]) -> str:
    """What a caption says where there is no room for all."""
    if len(here) == len(could_be):
        return ""
    return f"Only the {len(here)} themes that most people speak of are here, of {len(could_be)} that could be. "


def at_both_widths(
    name: str,
    caption: str,
    draw: Callable[[float], str],
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    legend: Sequence[tuple[str, str]] = (),
) -> Figure:
    """A figure drawn for a desk and for a phone, with the same numbers as a table."""
    return Figure(name, caption, draw(WIDE), draw(NARROW), columns, tuple(rows), tuple(legend))


def _shown(number: int | None, hidden: str = HIDDEN) -> str:
    return hidden if number is None else f"{number:,}"


def _without_gaps(periods: Sequence[str]) -> list[str]:
    if not periods:
        return []
    first, last = (int(p[:4]) * 12 + int(p[5:]) - 1 for p in (periods[0], periods[-1]))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def as_id(attribute: str) -> str:
    """A name as part of an id in the page.

    >>> as_id("Age band?")
    'age-band-'
    """
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in attribute.casefold())
