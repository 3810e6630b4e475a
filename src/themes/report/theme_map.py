"""The map of themes: codes under their groups, themes that no code stands for, and which the same people speak of."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from themes.records.codebook import Codebook
from themes.records.theme import Theme, ThemeOrigin
from themes.report.counts import Counts
from themes.report.figures import Figure, at_both_widths
from themes.report.map_plot import Arc, Row, arcs
from themes.report.plots import BY_STAND_IN, TIE, TIE_UNASKED

MOST_TIES = 20
"""More arcs than this are a ball of wool."""
MOST_TIES_UNASKED = 10
MOST_UNASKED = 8
UNASKED = "Themes that nobody asked for"
NO_GROUP = "Other themes"


def theme_map(
    book: Codebook, guided: Sequence[Theme], themes: Iterable[Theme], counts: Counts
) -> tuple[Figure | None, str]:
    """The map, and its strongest ties in a sentence.

    Args:
        book: For the groups.
        guided: The themes that are codes, in the codebook's order.
        themes: All themes of the release; of those that no code stands for, the largest are drawn.
        counts: Of the release: a tie that may not be told is not drawn.

    Returns:
        None and "" where no tie may be told.
    """
    unasked = _unasked(themes, book, counts)
    grouped = [(name, theme) for name, of in _by_group(book, guided) for theme in of]
    grouped += [(UNASKED, theme) for theme in unasked]
    group_of = {theme.theme_id: name for name, theme in grouped}
    ties = _ties([theme for _, theme in grouped], {theme.theme_id for theme in unasked}, counts)
    if not ties:
        return None, ""
    rows, place = _rows(grouped, counts)
    drawn = [Arc(place[one.theme_id], place[other.theme_id], people) for one, other, people in ties]
    legend = [(BY_STAND_IN[TIE], "two themes of the codebook")]
    if any(rows[arc.one].unasked or rows[arc.other].unasked for arc in drawn):
        legend.append((BY_STAND_IN[TIE_UNASKED], "with a theme that nobody asked for (broken line)"))
    figure = at_both_widths(
        "map",
        "A map of the themes, under their groups. An arc joins two themes that the same people speak of; the more "
        "people, the wider it is. A larger dot means more people; a hollow one that the number is hidden. Only the "
        f"{len(ties)} strongest ties that may be told are drawn. Unchecked.",
        lambda width: arcs(rows, drawn, width=width),
        ("Theme", "And theme", "Group of the first", "Group of the other", "People"),
        [
            (one.name, other.name, group_of[one.theme_id], group_of[other.theme_id], f"{people:,}")
            for one, other, people in ties
        ],
        legend=legend,
    )
    strongest = "; ".join(f"“{one.name}” and “{other.name}” ({people:,})" for one, other, people in ties[:3])
    return figure, f"The strongest ties, with how many people speak of both: {strongest}."


def _by_group(book: Codebook, guided: Sequence[Theme]) -> list[tuple[str, list[Theme]]]:
    groups: dict[str, list[Theme]] = {}
    for theme in guided:
        code = book[theme.code_ids[0]] if theme.code_ids and theme.code_ids[0] in book else None
        groups.setdefault(code.parent_id or "" if code else "", []).append(theme)
    order = [*book.groups, *(group for group in groups if group not in book.groups)]
    return [(book.groups.get(group, NO_GROUP), groups[group]) for group in order if group in groups]


def _unasked(themes: Iterable[Theme], book: Codebook, counts: Counts) -> list[Theme]:
    found = {
        theme.theme_id: theme
        for theme in themes
        if theme.origin is ThemeOrigin.EMERGENT and not any(code_id in book for code_id in theme.code_ids)
    }
    return [found[i] for i in counts.largest_first(sorted(found)) if counts.people(i)][:MOST_UNASKED]


def _ties(themes: Sequence[Theme], unasked: set[str], counts: Counts) -> list[tuple[Theme, Theme, int]]:
    """The strongest first. Those with themes that nobody asked for have places of their own: they are the smaller."""
    found = [
        (one, other, people)
        for one, other in combinations(themes, 2)
        if (people := counts.people(one.theme_id, group=f"theme={other.theme_id}"))
    ]
    found.sort(key=lambda tie: (-tie[2], tie[0].name, tie[1].name))
    new = [tie for tie in found if {tie[0].theme_id, tie[1].theme_id} & unasked][:MOST_TIES_UNASKED]
    asked = [tie for tie in found if not {tie[0].theme_id, tie[1].theme_id} & unasked][:MOST_TIES]
    return sorted([*asked, *new], key=lambda tie: -tie[2])


def _rows(grouped: Sequence[tuple[str, Theme]], counts: Counts) -> tuple[list[Row], dict[str, int]]:
    rows: list[Row] = []
    place = {}
    last = None
    for name, theme in grouped:
        if name != last:
            rows.append(Row(name, is_group=True))
            last = name
        place[theme.theme_id] = len(rows)
        rows.append(Row(theme.name, people=counts.people(theme.theme_id), unasked=name == UNASKED))
    return rows, place
