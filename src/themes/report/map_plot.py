"""Draw what goes with what: names in a column under their groups, an arc for each two that the same people speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from themes.report.plots import INK, LINE, TIE, TIE_UNASKED, drawing, svg_of

ROW, HEAD = 21.0, 27.0
"""Points a row takes, and the name of a group with the space above it."""
LARGEST_DOT = 8.0
LINE_HEIGHT = 11.5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the column: the name of a group, or a theme below it."""

    label: str
    is_group: bool = False
    people: int | None = None
    """None where hidden: then its dot is hollow."""
    unasked: bool = False
    """A theme that no code stands for: its dot and its arcs have another colour, and its arcs are broken."""


@dataclass(frozen=True, slots=True)
class Arc:
    """Two rows, by their places from the top, and how many people speak of both."""

    one: int
    other: int
    people: int


def arcs(rows: Sequence[Row], ties: Sequence[Arc], *, width: float) -> str:
    """The column with its arcs, wider where more people speak of both.

    Args:
        rows: From the top.
        ties: Between rows that are no groups.
        width: In points, 72 to the inch.
    """
    from matplotlib.patches import Circle, PathPatch
    from matplotlib.path import Path

    wide = width > 450
    labels = [wrap(row.label, 60 if wide else 24) or [""] for row in rows]
    middles, bottom = _places(rows, labels)
    dots = (0.56 if wide else 0.52) * width
    most = max((row.people or 0 for row in rows), default=0) or 1
    widest = max((tie.people for tie in ties), default=0) or 1
    with drawing(width, bottom) as (figure, axes):
        axes.set_position((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(bottom, 0))
        axes.axis("off")
        for tie in sorted(ties, key=lambda tie: tie.people):
            top, low = sorted((middles[tie.one], middles[tie.other]))
            reach = dots + (width - dots - 6) * (0.25 + 0.75 * (low - top) / bottom) * 4 / 3
            points = [(dots, top), (reach, top), (reach, low), (dots, low)]
            unasked = rows[tie.one].unasked or rows[tie.other].unasked
            thick = 0.8 + 4.2 * tie.people / widest
            axes.add_patch(
                PathPatch(
                    Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]),
                    facecolor="none",
                    edgecolor=TIE_UNASKED if unasked else TIE,
                    lw=thick,
                    ls=(0, (4 / thick + 1, 2 / thick + 0.6)) if unasked else "-",
                )
            )
        for row, label, middle in zip(rows, labels, middles, strict=True):
            style = {"size": 10.5 if row.is_group else 10, "weight": "bold" if row.is_group else "normal"}
            if row.is_group:
                axes.text(0, middle, "\n".join(label), ha="left", va="center", color=INK, **style)
                continue
            axes.text(dots - 14, middle, "\n".join(label), ha="right", va="center", color=INK, linespacing=1.1, **style)
            radius = LARGEST_DOT * ((row.people or 0) / most) ** 0.5 if row.people else 3.0
            hollow = {"facecolor": "none", "edgecolor": LINE, "ls": ":", "lw": 1.0}
            full = {"color": TIE_UNASKED if row.unasked else TIE}
            axes.add_patch(Circle((dots, middle), max(radius, 2.0), **(full if row.people else hollow)))
        return svg_of(figure)


def _places(rows: Sequence[Row], labels: Sequence[Sequence[str]]) -> tuple[list[float], float]:
    """The middle of each row, from the top, and where the last one ends."""
    middles, at = [], 2.0
    for row, label in zip(rows, labels, strict=True):
        height = (HEAD if row.is_group else ROW) + LINE_HEIGHT * (len(label) - 1)
        middles.append(at + (height + (6 if row.is_group else 0)) / 2)
        at += height
    return middles, at + 4
