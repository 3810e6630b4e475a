import csv
import hashlib
import zipfile

import pytest
from openpyxl import load_workbook

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_project, a_segment
from themes.disclosure import release
from themes.errors import ProtectionError, StoreError
from themes.export.catalog import EXPORTERS
from themes.export.spreadsheets import CUT, safe, write_csv, write_public, write_quotes, write_xlsx
from themes.export.tables import WITHHELD
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, Release
from themes.records.release import Approval
from themes.records.span import Span

RISK = "I took all of them at once."

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff=1", "\xa0=1",
    "＝1", "＋1", "－1", "＠SUM(A1)", "=HYPERLINK(\"http://example.org\",\"x\")",
)  # fmt: skip


def edition(*texts: str, **fields) -> Release:
    cases = tuple(a_case(f"c{n}", region="Wales") for n in range(12))
    documents = tuple(a_document(f"d{n}", text, case_id=f"c{n}", speaker="claimant") for n, text in enumerate(texts))
    segments = tuple(a_segment(f"d{n}:0-9", text, case_id=f"c{n}") for n, text in enumerate(texts))
    given = {
        "cases": cases,
        "documents": documents,
        "segments": segments,
        "codings": tuple(a_coding(s.segment_id, polarity="negative") for s in segments),
        "codebook": a_codebook(a_code(parent_id="A", include=("letters",)), groups={"A": "Compulsion"}),
    }
    return release(a_project(**{**given, **fields}), Audience.TEAM)


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheets(path):
    return {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in load_workbook(path)}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_not(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["They were kind.", "1 - 2", "a@b", "'=1", "", None, -5, 0.5])
def test_other_cells_stay_as_they_are(cell):
    assert safe(cell) == cell


def test_every_table_goes_to_a_file_that_excel_reads_as_utf8(tmp_path):
    write_csv(edition("Café – they were kind."), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "codebook.csv", "codings.csv", "data_dictionary.csv", "excerpts.csv",
    ]  # fmt: skip
    assert (tmp_path / "excerpts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert csv_rows(tmp_path / "excerpts.csv") == [
        {
            "excerpt": "d0:0-9", "document": "d0", "case": "c0", "kind": "comment", "month": "", "speaker": "",
            "attribute: region": "Wales", "prompt": "", "text": "Café – they were kind.", "codes": "sanctions",
        }
    ]  # fmt: skip
    assert csv_rows(tmp_path / "codings.csv") == [
        {
            "excerpt": "d0:0-9", "code": "sanctions", "coder": "machine", "applies": "yes", "score": "0.8",
            "calibrated": "no", "unclear": "no", "polarity": "negative", "modality": "", "speaker": "", "service": "",
            "made_at": "", "codebook_version": "", "reason": "",
        }
    ]  # fmt: skip
    assert csv_rows(tmp_path / "codebook.csv")[0]["group"] == "Compulsion"
    explained = {(row["table"], row["column"]) for row in csv_rows(tmp_path / "data_dictionary.csv")}
    assert explained == {
        (path.stem, column)
        for path in tmp_path.glob("*.csv")
        if path.stem != "data_dictionary"
        for column in csv_rows(path)[0]
    }


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_exporter_writes_a_formula(tmp_path, name):
    EXPORTERS[name](edition(*FORMULAS), tmp_path)
    for path in tmp_path.glob("*.csv"):
        for row in csv_rows(path):
            assert [cell for cell in row.values() if cell and safe(cell) != cell] == []
    for path in tmp_path.glob("*.xlsx"):
        cells = [cell for rows in sheets(path).values() for row in rows for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert [cell.value for cell in cells if isinstance(cell.value, str) and safe(cell.value) != cell.value] == []
        assert sum(cell.value == "'=1+1" for cell in cells) == 1


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_excerpt_flagged_for_risk_to_life_is_in_no_export(tmp_path, name):
    flagged = edition(RISK, "They were kind.", flags=(RiskFlag("d0:0-9", "d0", 0.9, "overdose"),))
    EXPORTERS[name](flagged, tmp_path)
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                content = b"".join(book.read(member) for member in book.namelist())
        assert b"took all of them" not in content


@pytest.mark.parametrize("name", ["csv", "xlsx", "quotes"])
def test_an_excerpt_flagged_for_risk_to_life_is_blanked_with_a_note(tmp_path, name):
    flagged = edition(RISK, "They were kind.", flags=(RiskFlag("d0:0-9", "d0", 0.9, "overdose"),))
    EXPORTERS[name](flagged, tmp_path)
    texts = {str(c.value) for p in tmp_path.glob("*.xlsx") for rows in sheets(p).values() for row in rows for c in row}
    texts |= {cell for path in tmp_path.glob("*.csv") for row in csv_rows(path) for cell in row.values()}
    assert WITHHELD in texts


def test_quotes_say_of_writers_only_what_enough_people_share(tmp_path):
    texts = [f"They were kind, number {n}." for n in range(12)]
    write_quotes(edition(*texts), tmp_path)
    assert csv_rows(tmp_path / "quotes.csv")[0] == {
        "code": "Sanctions", "polarity": "negative", "quote": texts[0],
        "writer": "speaker: claimant; month: 2013-04; region: Wales", "kind": "comment", "prompt": "",
        "excerpt": "d0:0-9",
    }  # fmt: skip


def test_in_public_a_quote_is_of_no_kind_that_too_few_wrote_and_answers_no_rare_question(tmp_path):
    cases = tuple(a_case(f"c{n}") for n in range(13))
    kinds = [DocumentKind.ANSWER] * 12 + [DocumentKind.STORY]
    prompts = ["What was it like?"] * 11 + ["What else?", None]
    documents = tuple(
        a_document(f"d{n}", f"They were kind, number {n}.", case_id=f"c{n}", kind=kind, prompt=prompt)
        for n, (kind, prompt) in enumerate(zip(kinds, prompts, strict=True))
    )
    segments = tuple(
        a_segment(f"{d.document_id}:0-9", d.text[:9], case_id=d.case_id, span=Span(0, 9), prompt=d.prompt)
        for d in documents
    )
    project = a_project(
        cases=cases, documents=documents, segments=segments, codings=tuple(a_coding(s.segment_id) for s in segments)
    )
    approval = Approval("Ann Example", "2026-01-05", frozenset(s.segment_id for s in segments))
    write_public(release(project, Audience.PUBLIC, approval=approval), tmp_path)
    told = [(row["kind"], row["prompt"]) for row in csv_rows(tmp_path / "quotes.csv")]
    assert told == [("answer", "What was it like?")] * 11 + [("answer", ""), ("", "")]


def test_a_hidden_name_is_exported_without_attributes(tmp_path):
    texts = [f"They were kind, number {n}." for n in range(12)]
    hidden = a_document("d0", texts[0], case_id="c0", speaker="claimant", name_hidden=True)
    others = tuple(a_document(f"d{n}", texts[n], case_id=f"c{n}", speaker="claimant") for n in range(1, 12))
    write_csv(edition(*texts, documents=(hidden, *others)), tmp_path)
    first, second, *_ = csv_rows(tmp_path / "excerpts.csv")
    assert (first["speaker"], first["month"], first["attribute: region"]) == ("", "", "")
    assert (second["speaker"], second["month"], second["attribute: region"]) == ("claimant", "2013-04", "Wales")


def test_an_article_is_no_case(tmp_path):
    article = a_document("d0", "We help.", case_id="c0", kind=DocumentKind.ARTICLE)
    write_csv(edition("We help.", documents=(article,)), tmp_path)
    assert csv_rows(tmp_path / "excerpts.csv")[0]["case"] == ""


def test_what_xlsx_cannot_hold_is_marked_and_what_is_too_long_says_so(tmp_path):
    write_xlsx(edition("a\x00b\x0bc", "x" * 40_000), tmp_path)
    rows = sheets(tmp_path / "excerpts.xlsx")["excerpts"]
    texts = [row[8].value for row in rows[1:]]
    assert texts[0] == "a\ufffdb\ufffdc"
    assert (len(texts[1]), texts[1].endswith(CUT)) == (32_767, True)


def test_a_table_too_long_for_a_sheet_goes_on_in_the_next(tmp_path):
    write_xlsx(edition("One is kind.", "Two is kind.", "Three is kind."), tmp_path, most_rows=2)
    book = sheets(tmp_path / "excerpts.xlsx")
    texts = {name: [row[8].value for row in rows] for name, rows in book.items() if name.startswith("excerpts")}
    assert texts == {
        "excerpts": ["text", "One is kind.", "Two is kind."],
        "excerpts 2": ["text", "Three is kind."],
    }


def test_equal_releases_give_equal_files(tmp_path):
    digests = []
    for name in ("one", "two"):
        for export in EXPORTERS.values():
            export(edition("They were kind.", "=1"), tmp_path / name)
        files = sorted((tmp_path / name).iterdir())
        digests.append([(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files])
    assert digests[0] == digests[1]
    assert len(digests[0]) == 14
    with zipfile.ZipFile(tmp_path / "one" / "excerpts.xlsx") as book:
        assert {member.date_time for member in book.infolist()} == {(2024, 1, 8, 6, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2024-01-08T06:00:00Z") == 2


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path):
    for name, file in (("csv", "excerpts.csv"), ("xlsx", "excerpts.xlsx"), ("quotes", "quotes.csv")):
        in_the_way = tmp_path / name / file
        in_the_way.mkdir(parents=True)
        with pytest.raises(StoreError, match=file):
            EXPORTERS[name](edition("They were kind."), tmp_path / name)
        assert list((tmp_path / name).iterdir()) == [in_the_way]


def test_offsets_hold_where_an_excerpt_is_withheld():
    flagged = edition(RISK, flags=(RiskFlag("d0:0-9", "d0", 0.9, "overdose"),))
    assert len(flagged.segments[0].text) == len(RISK)
    assert Span(0, 9).of(flagged.documents[0].text) != RISK[:9]


def test_tables_for_the_public_are_refused_to_a_release_for_the_team(tmp_path):
    with pytest.raises(ProtectionError, match="for the team"):
        write_public(release(a_project(), Audience.TEAM), tmp_path)
    assert list(tmp_path.iterdir()) == []
