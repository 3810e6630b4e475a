import csv
from dataclasses import replace

import pyreadstat
import pytest

from builders import a_code, a_codebook
from exchange_study import study, study_release
from themes.disclosure import release
from themes.errors import ProtectionError
from themes.export.cases import cases_by_codes, variable_names, write_cases, write_sav
from themes.records.corpus import Case
from themes.records.project import Audience
from themes.records.release import Approval

# case, region, texts, excerpts, decided, sanctions, kindness, kindness_of_staff
# c0 wrote d1 and d2, with three and two excerpts; people decided on all three of d1. What the machine suggests of
# "sanctioned me" as kindness of staff was refused; that of d1's first excerpt was not. c1 wrote a copy of d1.
ROWS = [("c0", "Wales", 2, 5, 3, 1, 1, 1), ("c1", "Wales", 1, 3, 3, 1, 1, 1), ("c10", "Wales", 1, 0, 0, 0, 0, 0)]
NAMES = ["case", "a_region", "texts", "excerpts", "decided", "c_sanctions", "c_kindness", "c_kindness_of_staff"]


def test_a_case_has_a_code_if_any_of_its_texts_has_a_copy_included():
    variables, rows = cases_by_codes(study_release())
    assert [variable.name for variable in variables] == NAMES
    assert (rows[:3], len(rows)) == (ROWS, 12)


def test_articles_and_language_models_count_for_nothing():
    codings = tuple(c for c in study().codings if c.segment_id.startswith("d3") or c.is_advice)
    _, rows = cases_by_codes(study_release(codings=codings))
    assert {cell for row in rows for cell in row[5:]} == {0}


def test_the_table_and_its_dictionary_are_csv_for_excel_too(tmp_path):
    write_cases(study_release(), tmp_path)
    assert (tmp_path / "cases.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[:2] == [NAMES, [str(cell) for cell in ROWS[0]]]
    with (tmp_path / "cases_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        explained = list(csv.DictReader(file))
    assert [row["variable"] for row in explained] == NAMES
    assert explained[6] == {
        "variable": "c_kindness", "label": "Kindness & help", "values": "0 = no; 1 = yes",
        "meaning": "1 if any excerpt has the code: About kindness.",
    }  # fmt: skip


def test_sav_holds_the_same_with_labels(tmp_path):
    write_sav(study_release(), tmp_path)
    frame, about = pyreadstat.read_sav(str(tmp_path / "cases.sav"))
    assert list(frame.columns) == NAMES
    assert [tuple(row) for row in frame.itertuples(index=False)][:3] == ROWS
    assert about.column_names_to_labels["c_kindness"] == "Kindness & help"
    assert about.variable_value_labels["c_kindness"] == {0: "not suggested", 1: "suggested or said"}
    assert about.variable_measure["c_kindness"] == "nominal"
    assert "c_kindness" not in {name for name, kind in about.readstat_variable_types.items() if kind == "string"}
    assert str(about.creation_time) == "2024-01-08 06:00:00"


def test_an_attribute_that_is_not_known_is_empty_in_sav(tmp_path):
    shown = study_release()
    cases = (shown.cases[0], Case("c1"), *shown.cases[2:])
    write_sav(replace(shown, cases=cases), tmp_path)
    frame, _ = pyreadstat.read_sav(str(tmp_path / "cases.sav"))
    assert frame["a_region"].tolist()[:3] == ["Wales", "", "Wales"]


def test_equal_releases_give_equal_files(tmp_path):
    for name in ("one", "two"):
        write_sav(study_release(), tmp_path / name)
    assert (tmp_path / "one" / "cases.sav").read_bytes() == (tmp_path / "two" / "cases.sav").read_bytes()


@pytest.mark.parametrize("write", [write_cases, write_sav])
def test_rows_of_people_are_refused_to_the_public(tmp_path, write):
    public = release(study(), Audience.PUBLIC, approval=Approval("A. Dmin", "2026-01-06"))
    with pytest.raises(ProtectionError, match="for the public"):
        write(public, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_names_are_such_as_r_stata_and_spss_take():
    wanted = ["case", "a_In work?", "a_in-work", "1st", "Größe", "", "c_" + "x" * 40, "c_" + "x" * 41]
    assert list(variable_names(wanted)) == [
        "case", "a_In_work", "a_in_work_2", "v_1st", "Gr_e", "v_", "c_" + "x" * 30, "c_" + "x" * 28 + "_2",
    ]  # fmt: skip


def test_a_corpus_without_attributes_or_cases_has_a_table_all_the_same(tmp_path):
    write_sav(study_release(cases=(), codebook=a_codebook(a_code("sanctions"))), tmp_path)
    frame, _ = pyreadstat.read_sav(str(tmp_path / "cases.sav"))
    assert (list(frame.columns), len(frame)) == (["case", "texts", "excerpts", "decided", "c_sanctions"], 0)
