"""A survey table: one document per filled answer to an open question, closed answers as attributes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from themes.read.dates import date_of_cell
from themes.read.rows import Row, tidy
from themes.read.survey_options import SurveyOptions, survey_options
from themes.read.survey_plan import Header, find_header, identity, opened, plan_rows
from themes.records.corpus import DocumentKind, Empty, Quarantined, SourceRef
from themes.records.raw import RawDocument, SetAside
from themes.records.spec import RowRange, SourceSpec

_YES = frozenset(("1", "y", "yes", "true", "x", "on", "tick", "ticked", "hide", "hidden", "✓", "✔", "☑"))
_ALL_ROWS = 2**62


@dataclass(frozen=True, slots=True)
class _Layout:
    name: str
    header: Header
    options: SurveyOptions
    rows: RowRange
    again: dict[int, int] = field(default_factory=dict)
    clashing: frozenset[int] = frozenset()

    def cell(self, row: Row, column: str | None) -> str:
        return tidy(row.cells[self.header.columns[column]]) if column else ""


def read_survey_table(
    path: Path, source: SourceSpec, *, name: str = "", rows: RowRange | None = None
) -> Iterator[RawDocument | Quarantined | Empty]:
    """The candidate texts of a table, or of some of its rows, in the order of rows and of `open` in corpus.toml.

    Args:
        path: A .csv, .tsv or .xlsx file.
        source: Its options: see `survey_options`.
        name: The file's name in records; the name of `path` if empty.
        rows: From `plan_rows`; None for the whole table.

    Yields:
        A RawDocument for each filled open cell, an Empty for each blank one, a Quarantined for each bad row. A row
        without any filled cell is not a row.

    Raises:
        Unreadable: If the file cannot be used as a whole.
        CorpusError: If an option is wrong.
    """
    options = survey_options(source)
    header = find_header(path, options)
    for part in [rows] if rows else plan_rows(path, options, rows_per_chunk=_ALL_ROWS):
        layout = _Layout(name or path.name, header, options, part, dict(part.again), frozenset(part.clashing))
        with opened(path, header, at=part) as table:
            for row in table:
                if row.number > part.last:
                    break
                if row.number >= part.first and not row.blank:
                    yield from _candidates(row, layout)


def _candidates(row: Row, layout: _Layout) -> Iterator[RawDocument | Quarantined | Empty]:
    problem = _problem(row, layout)
    if problem:
        place = SourceRef(layout.name, f"row {row.number}")
        yield SetAside(place, problem, candidates=len(layout.options.open), words="\n".join(row.cells))
        return
    who, repeat = identity(row, layout.header, layout.options), layout.again.get(row.number, 0)
    own_id = who.startswith("id")
    if not own_id:
        # Two rows without an id that say the same are two people, whatever else they may be.
        who = f"row\x1f{blake2b(who.encode(), digest_size=16).hexdigest()}\x1f{repeat}"
    case_key = f"{layout.name}\x1f{who}"
    for column in layout.options.open:
        at = layout.header.columns[column]
        if row.cells[at].strip():
            key = f"{case_key}\x1f{column}" + (f"\x1f{repeat}" if own_id and repeat else "")
            yield _document(row, layout, column, case_key=case_key, document_key=key)
        else:
            yield Empty(SourceRef(layout.name, f"row {row.number}, column {at + 1}"))


def _document(row: Row, layout: _Layout, column: str, *, case_key: str, document_key: str) -> RawDocument:
    options = layout.options
    at = layout.header.columns[column]
    written_cell = layout.cell(row, options.written)
    written = date_of_cell(written_cell) if written_cell else None
    notes: tuple[str, ...] = ()
    if options.written and written_cell and written is None:
        notes = (f"column {layout.header.columns[options.written] + 1} holds no date that can be used",)
    return RawDocument(
        source=SourceRef(layout.name, f"row {row.number}, column {at + 1}"),
        kind=DocumentKind.ANSWER,
        text=row.cells[at],
        case_key=case_key,
        document_key=document_key,
        thread=case_key,  # one row: a name known in it says nothing about other rows
        prompt=options.open[column],
        author=layout.cell(row, options.author) or None,
        name_hidden=layout.cell(row, options.name_hidden).casefold() in _YES,
        consent=layout.cell(row, options.consent) or options.consent_default,
        promises=options.promises,
        speaker=layout.cell(row, options.speaker) or options.speaker_default,
        written=written,
        attributes={
            attribute: cell for column, attribute in options.closed.items() if (cell := layout.cell(row, column))
        },
        notes=notes,
    )


def _problem(row: Row, layout: _Layout) -> str:
    if row.problem:
        return f"Row {row.number} cannot be read: {row.problem}. Correct it in the file."
    if len(row.cells) != layout.rows.width:
        return (
            f"Row {row.number} has {len(row.cells)} cells where the header has {layout.header.width}, so that answers "
            "may stand in the wrong columns. Put the text with the delimiter in it in quotation marks."
        )
    if row.number in layout.clashing:
        return (
            f"Row {row.number} has the id of an earlier row, but other answers. Give it its own id, or remove one of "
            "the two."
        )
    return ""
