"""Cases × codes for statistics programs: one row a case, 0 or 1 under each code, and a dictionary of the columns.

For the team alone: each person has a row. As CSV for any program, and as .sav, which SPSS, R (haven) and Stata read
with labels.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from themes.errors import ProtectionError
from themes.estimate.standing import people_documents, standing
from themes.export.spreadsheets import write_csv_table
from themes.export.tables import Cell, Table
from themes.records.coding import is_machine
from themes.records.project import Audience, Release
from themes.store.files import whole_file

LONGEST_NAME = 32
"""Characters of a variable's name: Stata's limit, the smallest of the three."""
_LONGEST_LABEL = 120
_SAID: dict[int | float, str] = {0: "not suggested", 1: "suggested or said"}
_CREATED = slice(92, 109)
"""Where a .sav file says when it was made: "22 Nov 2612:00:00"."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its name for any statistics program, and what it is."""

    name: str
    label: str
    meaning: str
    is_code: bool = False
    is_text: bool = False


def write_cases(release: Release, folder: Path) -> None:
    """`cases.csv` and `cases_dictionary.csv`.

    Raises:
        ProtectionError: If the release is not for the team.
        StoreError: If a file cannot be written.
    """
    variables, rows = cases_by_codes(release)
    columns = {variable.name: variable.meaning for variable in variables}
    write_csv_table(Table("cases", columns, rows), folder / "cases.csv")
    about = {"variable": "Name of the column", "label": "Its name in words", "values": "", "meaning": "What it says"}
    explained = [(v.name, v.label, "0 = no; 1 = yes" if v.is_code else "", v.meaning) for v in variables]
    write_csv_table(Table("cases_dictionary", about, explained), folder / "cases_dictionary.csv")


def write_sav(release: Release, folder: Path) -> None:
    """`cases.sav`, with labels of variables and values. Equal releases give equal files.

    Raises:
        ProtectionError: If the release is not for the team.
        StoreError: If the file cannot be written.
    """
    import pandas as pd
    import pyreadstat

    variables, rows = cases_by_codes(release)
    kinds = {v.name: "object" if v.is_text else "float64" for v in variables}
    frame = pd.DataFrame(rows, columns=[v.name for v in variables]).astype(kinds)
    for variable in variables:
        if variable.is_text:
            frame[variable.name] = frame[variable.name].fillna("").astype(str)
    with whole_file(folder / "cases.sav") as partial:
        pyreadstat.write_sav(
            frame,
            str(partial),
            file_label="Cases by codes: for the team, not for publication",
            column_labels={v.name: v.label[:_LONGEST_LABEL] for v in variables},
            variable_value_labels={v.name: _SAID for v in variables if v.is_code},
            variable_measure={v.name: "nominal" if v.is_code or v.is_text else "scale" for v in variables},
            variable_format={v.name: "F8.0" for v in variables if not v.is_text},
            note=f"Run {release.run.run_id}. What a machine coded is suggested and unchecked.",
        )
        content = bytearray(partial.read_bytes())
        made = datetime.fromisoformat(release.run.started_at).strftime("%d %b %y%H:%M:%S").encode("ascii")
        content[_CREATED] = made  # else each file would be another
        partial.write_bytes(content)


def cases_by_codes(release: Release) -> tuple[list[Variable], list[Sequence[Cell]]]:
    """The columns and rows, cases in the release's order.

    A case has a code if any of its texts has, a copy of somebody else's words included; what people decided goes
    before what the machine suggested. Articles are no cases.

    Raises:
        ProtectionError: If the release is not for the team.
    """
    if release.audience is not Audience.TEAM:
        raise ProtectionError(f"Rows of cases were asked of a release for the {release.audience}.")
    documents = people_documents(release.documents)
    writers: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        writers[document.duplicate_of or document.document_id].add(document.case_id)
    texts = Counter(document.case_id for document in documents)
    document_of = {segment.segment_id: segment.document_id for segment in release.segments}
    said: dict[str, set[str]] = defaultdict(set)
    for coding in standing(release.codings):
        for case_id in writers.get(document_of.get(coding.segment_id, ""), ()):
            said[case_id].add(coding.code_id)
    by_people = {coding.segment_id for coding in release.codings if not is_machine(coding.coder_id)}
    excerpts, decided = Counter[str](), Counter[str]()
    for segment in release.segments:
        for case_id in writers.get(segment.document_id, ()):
            excerpts[case_id] += 1
            decided[case_id] += segment.segment_id in by_people
    attributes = sorted({name for case in release.cases for name in case.attributes})
    codes = release.codebook.codes
    rows: list[Sequence[Cell]] = [
        (
            case.case_id,
            *(case.attributes.get(name) for name in attributes),
            texts[case.case_id],
            excerpts[case.case_id],
            decided[case.case_id],
            *(int(code.code_id in said[case.case_id]) for code in codes),
        )
        for case in release.cases
    ]
    return _variables(release, attributes), rows


def _variables(release: Release, attributes: Sequence[str]) -> list[Variable]:
    about = f"What the source says of them; empty below {release.fewest_cases} people"
    told = [
        Variable("case", "Case", "Id of the person who wrote", is_text=True),
        *(Variable(f"a_{name}", name, about, is_text=True) for name in attributes),
        Variable("texts", "Texts", "How many texts they wrote"),
        Variable("excerpts", "Excerpts", "How many excerpts were cut from these"),
        Variable("decided", "Decided", "How many of the excerpts a person has decided on"),
        *(
            Variable(f"c_{code.code_id}", code.name, f"1 if any excerpt has the code: {code.definition}", is_code=True)
            for code in release.codebook.codes
        ),
    ]
    names = variable_names(variable.name for variable in told)
    return [replace(variable, name=name) for variable, name in zip(told, names, strict=True)]


def variable_names(wanted: Iterable[str]) -> Iterator[str]:
    """Names that R, Stata and SPSS take, no two alike: letters, figures and `_`, at most 32.

    >>> list(variable_names(["case", "a_in work?", "a_in-work!", "c_" + "x" * 40]))[1:3]
    ['a_in_work', 'a_in_work_2']
    """
    taken: set[str] = set()
    for name in wanted:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
        if not plain[:1].isalpha():
            plain = f"v_{plain}"
        made, number = plain[:LONGEST_NAME], 1
        while made.casefold() in taken:
            number += 1
            made = f"{plain[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        taken.add(made.casefold())
        yield made
