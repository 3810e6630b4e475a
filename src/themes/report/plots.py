"""Draw counts as SVG. No text of a participant ever comes here: labels are names of codes, months and groups.

Each drawing takes its width in points, since a picture for a desk is too small to read on a phone.
Colours: Okabe and Ito (2008), told apart by people who are colour-blind.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import Any

from themes.reader_words import MONTHS

BLUE, ORANGE, GREY = "#0072B2", "#B34700", "#6B6B6B"
INK, LINE = "#123456", "#654321"
"""Stand for the reader's own text and rule colours, which differ by day and by night."""
TIE, TIE_UNASKED = "#123457", "#654322"
"""Stand for blue and orange that are lighter by night."""
BY_STAND_IN = {
    INK: "currentColor",
    LINE: "var(--rule-strong)",
    TIE: f"var(--tie, {BLUE})",
    TIE_UNASKED: f"var(--tie-unasked, {ORANGE})",
}

ON_PAPER = {INK: "#14191d", LINE: "#8a8378", TIE: BLUE, TIE_UNASKED: ORANGE}

Count = int | None


class Drawing(str):
    """A picture as an SVG element, which can be had as PNG too, for formats that take no SVG."""

    _figure: Any

    def __new__(cls, svg: str, figure: Any) -> "Drawing":
        drawing = super().__new__(cls, svg)
        drawing._figure = figure
        return drawing

    def png(self) -> bytes:
        """The same picture on white, 200 dots to the inch. Equal drawings give equal bytes."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        written = io.BytesIO()
        self._figure.patch.set_alpha(1)
        _recolour(self._figure)
        canvas: Any = FigureCanvasAgg(self._figure)
        canvas.figure.savefig(written, format="png", dpi=200, facecolor="white", metadata={"Software": None})
        return written.getvalue()


def _recolour(figure: Any) -> None:
    """Give whatever stands for the reader's own colours those of paper."""
    from matplotlib.colors import to_hex

    for artist in figure.findobj():
        for kind in ("color", "edgecolor", "facecolor"):
            given = getattr(artist, f"get_{kind}", lambda: None)()
            if isinstance(given, str | tuple) and given != "none":
                paper = ON_PAPER.get(to_hex(given))
                if paper:
                    getattr(artist, f"set_{kind}")(paper)


def bars(labels: Sequence[str], counts: Sequence[Count], *, width: float, hidden: str, colour: str = BLUE) -> str:
    """Horizontal bars with the number at the end; a hidden number is a dotted stub with words.

    Args:
        labels: One per bar, from the top.
        counts: People, None where hidden.
        width: In points, 72 to the inch.
        hidden: What to write instead of a hidden number.
        colour: Of the bars.
    """
    wide = width > 450
    largest = max((count or 0 for count in counts), default=0) or 1
    with drawing(width, 0.30 * 72 * len(labels) * (1 if wide else 1.75) + 14) as (figure, axes):
        left = min(_label_width(labels, 10.5) / width, 0.5) if wide else 0.0
        ends = _label_width([hidden], 10) / width if None in counts else 0.0
        axes.set_position((left, 0, 0.93 - left - 0.2 * ends, 1))
        for place, (label, count) in enumerate(zip(labels, counts, strict=True)):
            if count is None:
                axes.barh(place, 0.06 * largest, 0.62 if wide else 0.36, facecolor="none", edgecolor=LINE, ls=":", lw=1)
            else:
                axes.barh(place, count, 0.62 if wide else 0.36, color=colour)
            end = 0.06 * largest if count is None else count
            says = hidden if count is None else f"{count:,}"
            axes.text(
                end + 0.015 * largest, place, says, va="center", size=10, weight="normal" if count is None else "bold"
            )
            if wide:
                axes.text(-0.02 * largest, place, label, ha="right", va="center", size=10.5)
            else:
                axes.text(0, place - 0.42, label, ha="left", va="center", size=10.5)
        axes.set(xlim=(0, largest * 1.02), ylim=(len(labels) - 0.45, -0.75 if not wide else -0.55))
        axes.axis("off")
        return svg_of(figure)


def shares(
    labels: Sequence[str], ends: Sequence[tuple[float, float, float]], *, width: float, colours: Sequence[str]
) -> str:
    """A mark for each share, on a line for its interval, from 0 to 100 in 100.

    Args:
        labels: One per share, from the top.
        ends: (share, lower end, upper end), each 0 to 1.
        width: In points.
        colours: One per share.
    """
    wide = width > 450
    with drawing(width, 0.30 * 72 * len(labels) * (1 if wide else 1.75) + 34) as (figure, axes):
        left = min(_label_width(labels, 10.5) / width, 0.5) if wide else 0.0
        axes.set_position((left, 0.0, 0.9 - left, 1))
        for mark in range(0, 101, 25):
            axes.plot((mark, mark), (-0.45, len(labels) - 0.4), color=LINE, lw=0.4, ls=":")
            axes.text(mark, len(labels) - 0.2, str(mark), ha="center", va="top", size=9)
        for place, (label, (share, low, high), colour) in enumerate(zip(labels, ends, colours, strict=True)):
            axes.plot((100 * low, 100 * high), (place, place), color=colour, lw=3, alpha=0.45, solid_capstyle="butt")
            axes.barh(place, 1.4, 0.5, left=100 * share - 0.7, color=colour)  # a marker would need <defs>, taken out
            axes.text(100 * high + 2, place, f"{100 * share:.0f}", va="center", size=10, weight="bold")
            if wide:
                axes.text(-3, place, label, ha="right", va="center", size=10.5)
            else:
                axes.text(0, place - 0.42, label, ha="left", va="center", size=10.5)
        axes.set(xlim=(-1.5, 104), ylim=(len(labels) + 0.35, -0.75))
        axes.axis("off")
        return svg_of(figure)


def flow(steps: Sequence[tuple[str, int, str]], *, width: float) -> str:
    """One bar in stretches: what became of all the texts, each (label, texts, colour)."""
    total = sum(texts for _, texts, _ in steps) or 1
    with drawing(width, 46) as (figure, axes):
        axes.set_position((0, 0, 1, 1))
        at = 0.0
        for _, texts, colour in steps:
            if texts:
                share = texts / total
                axes.barh(0, share, 0.9, left=at, color=colour, edgecolor="white", lw=1.5)
                if share > 0.09:
                    axes.text(
                        at + share / 2, 0, f"{texts:,}", ha="center", va="center", size=12, color="white", weight="bold"
                    )
                at += share
        axes.set(xlim=(0, 1), ylim=(-0.5, 0.5))
        axes.axis("off")
        return svg_of(figure)


def heat_map(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[Count]], *, width: float) -> str:
    """Counts in a grid, darker where there are more people; a hidden number is a dot in an empty cell.

    Args:
        rows: Labels from the top.
        columns: Labels from the left; short ones, or few.
        counts: Shape (n_rows, n_columns). -1 for a place that has no cell.
        width: In points.
    """
    from matplotlib.colors import LinearSegmentedColormap

    # A step in the middle: between the two halves neither dark nor white figures would be readable.
    steps = [(0, "#DCEBF6"), (0.5, "#8FC1E3"), (0.5, BLUE), (1, "#003A5C")]
    blues = LinearSegmentedColormap.from_list("blues", steps)
    shown = [count for row in counts for count in row if count and count > 0]
    smallest, largest = min(shown, default=0), max(shown, default=1)
    labels = _label_width(rows, 9.5)
    cell = min((width - labels) / max(len(columns), 1), 110)
    heads = [fill(label, max(8, int(cell / 5.6))) for label in columns]
    row_height = 25.0
    body, head = row_height * len(rows), 8 + 12.5 * max((label.count("\n") + 1 for label in heads), default=1)
    with drawing(width, head + body + 2) as (figure, axes):
        height = head + body + 2
        axes.set_position((labels / width, 2 / height, cell * len(columns) / width, body / height))
        for y, row in enumerate(counts):
            for x, count in enumerate(row):
                if count == -1:
                    continue
                depth = 0.0 if count is None else (count - smallest) / max(largest - smallest, 1)
                shade = "none" if count is None else blues(depth)
                edge = LINE if count is None else shade
                axes.barh(y, 0.95, 0.9, left=x - 0.475, facecolor=shade, edgecolor=edge, lw=0.4)
                ink = INK if count is None else ("white" if depth > 0.5 else "#10222E")
                axes.text(x, y, "·" if count is None else f"{count:,}", ha="center", va="center", size=9.5, color=ink)
        for y, label in enumerate(rows):
            axes.text(-0.5 - 8 / cell, y, label, ha="right", va="center", size=9.5)
        for x, label in enumerate(heads):
            axes.text(x, -0.62, label, ha="center", va="bottom", size=9.5, linespacing=1.15)
        axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
        axes.axis("off")
        return svg_of(figure)


def _label_width(labels: Sequence[str], size: float) -> float:
    """Points that the longest label takes, on the safe side: fonts differ from reader to reader."""
    return 0.6 * size * max((len(label) for label in labels), default=0) + 12


def months(series: Sequence[tuple[str, Sequence[Count]]], periods: Sequence[str], *, width: float) -> str:
    """Small charts, one a series, of people by month. A hidden month is a dotted stub.

    Args:
        series: (name, counts), with a count for each period.
        periods: Months such as "2013-04", ascending, without gaps.
        width: In points.
    """
    columns = 2 if width > 450 else 1
    lines = -(-len(series) // columns)
    with drawing(width, 96 * lines, grid=(lines, columns)) as (figure, grid):
        figure.subplots_adjust(
            left=0.01, right=0.99, top=1 - 0.2 / lines, bottom=0.19 / lines, hspace=0.62, wspace=0.08
        )
        largest = max((count or 0 for _, counts in series for count in counts), default=0) or 1
        for place, axes in enumerate(grid):
            axes.axis("off")
            if place >= len(series):
                continue
            name, counts = series[place]
            own = max((count or 0 for count in counts), default=0) or largest
            for x, count in enumerate(counts):
                if count is None:
                    axes.bar(x, own * 0.12, 0.7, facecolor="none", edgecolor=LINE, ls=":", lw=0.8)
                else:
                    axes.bar(x, count, 0.72, color=BLUE)
                    if len(periods) <= 14:
                        axes.text(x, count + own * 0.03, f"{count}", ha="center", size=8.5)
            axes.axhline(0, color=LINE, lw=0.8)
            axes.set(xlim=(-0.6, len(periods) - 0.4), ylim=(0, own * 1.25))
            axes.set_title(fill(name, 46), size=10, loc="left", color=INK, pad=5, weight="bold")
            for x, label in _month_marks(periods):
                # Of many narrow bars the first label would stand half outside.
                at_edge = x == 0 and len(periods) > 14
                axes.text(x - 0.6 * at_edge, -own * 0.06, label, ha="left" if at_edge else "center", va="top", size=8.5)
        return svg_of(figure)


def _month_marks(periods: Sequence[str]) -> list[tuple[int, str]]:
    every = max(1, -(-len(periods) // 6))
    return [(x, f"{MONTHS[int(p[5:7]) - 1][:3]} {p[2:4]}") for x, p in enumerate(periods) if x % every == 0]


@contextmanager
def drawing(width: float, height: float, *, grid: tuple[int, int] | None = None) -> Iterator[tuple[Any, Any]]:
    """A figure of so many points and its axes, in the report's type; with a grid, a list of axes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
        "text.color": INK,
        "text.parse_math": False,  # a label with two $ is a label
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width / 72, height / 72))
        figure.patch.set_alpha(0)
        if grid is None:
            yield figure, figure.add_subplot()
        else:
            yield figure, list(figure.subplots(*grid, squeeze=False).flat)


def svg_of(figure: Any) -> str:
    """The figure as an element for a page: no prologue, no ids, the page's own font and text colour."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    written = io.StringIO()
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(written, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    view_box = re.findall(r'viewBox="[\d. ]+"', svg)[0]
    svg = re.sub(r"<svg[^>]*>", f'<svg {view_box} aria-hidden="true" focusable="false">', svg, count=1)
    # Nothing is drawn outside its axes, so the clip paths go, and with them the only ids that something needs.
    svg = re.sub(r"<!--.*?-->|<(metadata|style|defs)[ >].*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (?:id|clip-path)="[^"]*"| transform="rotate\(-0 [^"]*"', "", svg)
    svg = re.sub(r"font-family: [^;\"]*;?|(?<=px )'DejaVu Sans'[^;\"]*", "", svg)
    for stand_in, colour in BY_STAND_IN.items():
        svg = svg.replace(stand_in, colour)
    return Drawing(re.sub(r">\s+<", "><", svg).strip(), figure)
