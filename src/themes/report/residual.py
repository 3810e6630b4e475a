"""The page on residual risk: what could still point to somebody, for the team. It quotes nobody and names no answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from themes.reader_words import number
from themes.records.project import Release
from themes.records.residual import Measure, Residual, Severity
from themes.report import plots
from themes.report.figures import Figure, at_both_widths
from themes.report.html import write_page
from themes.report.methods import MASKED
from themes.report.words import capitalize_first, day, listed, plain
from themes.residual.groups import BELOW, FEW, JOINED, SINGLED_OUT_BY
from themes.residual.intruder import EVENT, RIGHTLY, STRANGERS
from themes.residual.masked import TEXTS
from themes.residual.measures import EVERYTHING, QUOTABLE
from themes.residual.phrases import IS_PUBLIC

PAGE = "residual-risk.html"
MOST_COMBINATIONS = 12
"""Bars of a picture; the table in the run folder has all."""


@dataclass(frozen=True)
class ResidualPage:
    """All that the page says; the template only lays it out."""

    release: Release
    made: str
    in_short: tuple[str, ...]
    found_again: tuple[tuple[str, int, int, int], ...]
    """(kind of detail, sure, likely, doubtful)"""
    alone: Figure | None
    phrases: tuple[str, ...]
    neighbour: Figure | None
    quotes_tried: bool
    """Whether there was anything that may be quoted."""
    masked_texts: Figure | None
    masked_kinds: tuple[tuple[str, str], ...]


def write_residual_page(release: Release, folder: Path) -> Path | None:
    """Write `residual-risk.html` beside the report.

    Returns:
        Its path; None if nothing was measured, or the release is not for the team, who alone may see it.

    Raises:
        StoreError: If the file cannot be written.
    """
    if not release.residual:
        return None
    return write_page(compose_residual(release), folder / PAGE, template=PAGE)


def compose_residual(release: Release) -> ResidualPage:
    """Choose what is said."""
    by = {measure: [f for f in release.residual if f.measure is measure] for measure in Measure}
    return ResidualPage(
        release=release,
        made=day(release.run.started_at),
        in_short=tuple(in_short(release)),
        found_again=tuple(_found_again(by[Measure.SECOND_LOOK])),
        alone=_alone(by[Measure.GROUPS]),
        phrases=tuple(_phrases(by[Measure.PHRASES])),
        neighbour=_neighbour(by[Measure.INTRUDER]),
        quotes_tried=any(finding.kind.startswith(QUOTABLE) for finding in by[Measure.INTRUDER]),
        masked_texts=_masked_texts(by[Measure.MASKED]),
        masked_kinds=tuple(_masked_kinds(by[Measure.MASKED])),
    )


def in_short(release: Release) -> Iterator[str]:
    """The page in a few sentences; nothing if nothing was measured."""
    by = {measure: [f for f in release.residual if f.measure is measure] for measure in Measure}
    if not release.residual:
        return
    again = Counter(finding.severity for finding in by[Measure.SECOND_LOOK])
    sure = again[Severity.HIGH]
    if not again:
        yield "On a second look, the computer found no personal detail in the texts."
    else:
        yield (
            f"On a second look, the computer found {number(again.total(), 'possible detail')} in the texts. "
            f"{sure or 'None'} of them {'are' if sure > 1 else 'is'} surely a name, a number or an address."
        )
    alone = [finding for finding in by[Measure.GROUPS] if finding.kind.startswith(SINGLED_OUT_BY)]
    if release.cases and not any(case.attributes for case in release.cases):
        yield "Nobody gave answers to tick, so none of these can point to anybody."
    elif release.cases:
        yield (
            f"{len(alone):,} of {number(len(release.cases), 'person', 'people')} can be singled out by their answers: "
            f"fewer than four others gave the same ones."
        )
    told = next((f for f in by[Measure.INTRUDER] if f.kind == f"{EVERYTHING} and {EVENT}: {RIGHTLY}"), None)
    if told is not None:
        yield (
            f"A neighbour may know some answers and one event: with all the texts, they would find the right person "
            f"for about {100 * told.figure:.0f} in 100."
        )
    share = next((f.figure for f in by[Measure.MASKED] if f.out_of and not f.kind.startswith(TEXTS)), 0.0)
    yield f"About {100 * share:.0f} in 100 words stand behind tags in the strictest form of the texts."


def _found_again(findings: Iterable[Residual]) -> Iterator[tuple[str, int, int, int]]:
    counts: dict[str, Counter[str]] = {}
    for finding in findings:
        counts.setdefault(finding.kind, Counter())[finding.severity] += 1
    order = sorted(counts, key=lambda kind: (-counts[kind][Severity.HIGH], -counts[kind].total(), kind))
    for kind in order:
        name = capitalize_first(MASKED.get(kind, plain(kind.casefold())))
        found = counts[kind]
        yield name, found[Severity.HIGH], found[Severity.MEDIUM], found[Severity.LOW]


def _alone(findings: Sequence[Residual]) -> Figure | None:
    few: dict[str, Residual] = {}
    some: dict[str, float] = {}
    for finding in findings:
        if finding.kind.startswith(BELOW):
            size, _, columns = finding.kind.removeprefix(BELOW).partition(": ")
            if size == str(FEW):
                few[columns] = finding
            else:
                some[columns] = finding.figure
    chosen = _few_columns_first(few)
    if not chosen:
        return None
    names = [_columns(columns) for columns in chosen]
    counts = [int(few[columns].figure) for columns in chosen]
    return at_both_widths(
        "alone",
        "People who share these answers with fewer than four others. The more is known of a person, the fewer are like "
        "them. No answer is named here: who looks for somebody should not find them on this page.",
        lambda width: plots.bars(names, counts, width=width, hidden="", colour=plots.ORANGE),
        ("Somebody who knows", "People in groups below 5", "In groups below 10", "Of"),
        [
            (name, f"{count:,}", f"{some.get(columns, 0):,.0f}", f"{few[columns].out_of or 0:,}")
            for name, count, columns in zip(names, counts, chosen, strict=True)
        ],
    )


def _few_columns_first(few: dict[str, Residual]) -> list[str]:
    """Each single answer that leaves somebody alone, then the worst pairs and threes, then all at once."""
    telling = [columns for columns in few if few[columns].figure]
    order = sorted(telling, key=lambda columns: (columns.count(JOINED) > 0, -few[columns].figure, columns))
    widest = max(telling, key=lambda columns: columns.count(JOINED), default=None)
    chosen = [columns for columns in order if columns.count(JOINED) < 2][: MOST_COMBINATIONS - 1]
    return chosen if widest is None or widest in chosen else [*chosen, widest]


def _columns(columns: str) -> str:
    names = [plain(name) for name in columns.split(JOINED)]
    return capitalize_first(listed(names)) if len(names) <= 3 else "All answers at once"


def _phrases(findings: Sequence[Residual]) -> Iterator[str]:
    comments = [finding for finding in findings if finding.kind == IS_PUBLIC]
    others = {finding.document_id for finding in findings if finding.kind != IS_PUBLIC}
    if comments:
        yield (
            f"{number(len(comments), 'comment')} of eight words or more can be found, since "
            f"{'it stands' if len(comments) == 1 else 'they stand'} on a public page."
        )
    if others:
        share = number(len(others), "story or answer shares", "stories or answers share")
        writers = "its writer" if len(others) == 1 else "their writers"
        yield f"{share} eight words in a row with a public page. That ties {writers} to it."
    elif findings:
        yield "No story or answer shares eight words in a row with one of these pages."
    if not findings:
        yield "No text shares eight words in a row with an article or a comment of this corpus."


def _neighbour(findings: Sequence[Residual]) -> Figure | None:
    shown = [finding for finding in findings if finding.kind.endswith((RIGHTLY, STRANGERS))]
    if not shown:
        return None
    labels = [_scene(finding.kind) for finding in shown]
    shares = [(finding.figure, finding.low or 0.0, finding.high or 0.0) for finding in shown]
    return at_both_widths(
        "neighbour",
        "How many in 100 invented people the neighbour names, with the range that holds the true share 95 times in "
        "100. Strangers wrote nothing here, so whoever is named for one of them is the wrong person.",
        lambda width: plots.shares(
            labels,
            shares,
            width=width,
            colours=[plots.ORANGE if finding.kind.endswith(RIGHTLY) else plots.GREY for finding in shown],
        ),
        ("What lies before the neighbour, and what they know", "In 100", "From", "To", "People tried"),
        [
            (label, *(f"{100 * share:.0f}" for share in ends), f"{finding.out_of or 0:,}")
            for label, ends, finding in zip(labels, shares, shown, strict=True)
        ],
        legend=((plots.ORANGE, "the right person is named"), (plots.GREY, "somebody is named for a stranger")),
    )


def _scene(kind: str) -> str:
    scene, _, what = kind.partition(": ")
    before = "All texts" if scene.startswith(EVERYTHING) else "Quotes only"
    knows = "answers and an event" if scene.endswith(EVENT) else "answers"
    return f"{before}, {knows}: {'right' if what == RIGHTLY else 'stranger'}"


def _masked_texts(findings: Sequence[Residual]) -> Figure | None:
    bands = [(f.kind.removeprefix(TEXTS), int(f.figure)) for f in findings if f.kind.startswith(TEXTS)]
    if not bands:
        return None
    labels = [capitalize_first(f"{band} of the words") if band != "nothing" else "No word" for band, _ in bands]
    counts = [texts for _, texts in bands]
    return at_both_widths(
        "masked",
        "Texts by how much of them stands behind tags.",
        lambda width: plots.bars(labels, counts, width=width, hidden="", colour="#56708A"),
        ("Behind tags", "Texts"),
        [(label, f"{texts:,}") for label, texts in zip(labels, counts, strict=True)],
    )


def _masked_kinds(findings: Sequence[Residual]) -> Iterator[tuple[str, str]]:
    for finding in findings:
        if not finding.kind.startswith(TEXTS):
            name = MASKED.get(finding.kind, plain(finding.kind.casefold()))
            yield capitalize_first(name), f"{1000 * finding.figure:.1f}"
