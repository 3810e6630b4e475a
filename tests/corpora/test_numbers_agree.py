"""Numbers in sentences, in tables and in the Parquet files of a run are the same ones, and can be counted again.

Nothing here asks the program to count: Parquet is read by pyarrow, and people are counted in a few lines of their own.
"""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]

FEWEST = 10
SUGGESTED = re.compile(r"suggested in texts from ([\d,]+) people, unchecked", re.IGNORECASE)


def rows(run: Path, table: str) -> list[dict]:
    return [row for part in sorted((run / table).glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


def people_by_code(run: Path) -> dict[str, set[str]]:
    """Cases by code, counted anew from documents, segments and codings; who copied a text says what it says."""
    documents = {d["document_id"]: d for d in rows(run, "documents") if d["kind"] != "article"}
    writers = defaultdict(set)
    for document in documents.values():
        writers[document["duplicate_of"] or document["document_id"]].add(document["case_id"])
    place = {s["segment_id"]: s["document_id"] for s in rows(run, "segments")}
    found = defaultdict(set)
    for coding in rows(run, "codings"):
        if coding["applies"] and place.get(coding["segment_id"]) in documents:
            found[coding["code_id"]] |= writers[place[coding["segment_id"]]]
    return found


def counted(run: Path) -> dict[tuple[str, str, str], int | None]:
    """Parquet's own counts of people: (theme, group, period), no share among them."""
    return {
        (p["theme_id"], p["group"], p["period"]): p["cases_with"]
        for p in rows(run, "prevalences")
        if "unchecked" in p["method"] and not p["question"]
    }


def told(page: HTMLParser, place: str) -> int | None:
    """The number of people that the page tells below a heading; None where it is hidden."""
    sentence = " ".join(page.css_first(f"{place} .people").text().split())
    found = SUGGESTED.search(sentence)
    assert found or f"fewer than {FEWEST} people" in sentence or "is hidden" in sentence, sentence
    return int(found[1].replace(",", "")) if found else None


def table_of(page: HTMLParser, figure: str) -> tuple[list[str], dict[str, list[str]]]:
    table = page.css_first(f"#{figure} table")
    columns = [" ".join(cell.text().split()) for cell in table.css("thead th")]
    lines = [[" ".join(cell.text().split()) for cell in line.css("th, td")] for line in table.css("tbody tr")]
    return columns, {line[0]: line[1:] for line in lines}


@pytest.fixture(scope="module")
def run(sample_run) -> Path:
    return sample_run[0]


@pytest.fixture(scope="module")
def page(run) -> HTMLParser:
    return HTMLParser((run / "report" / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def names(run) -> dict[str, str]:
    return {theme["theme_id"]: theme["name"] for theme in rows(run, "themes") if theme["origin"] == "guided"}


def test_everybody_is_counted_once_in_the_first_sentence_in_parquet_and_anew(run, page):
    wrote = {d["case_id"] for d in rows(run, "documents") if d["kind"] != "article"}
    assert counted(run)["", "", ""] == len(wrote)
    assert page.css_first("#short li").text().startswith(f"{len(wrote):,} people wrote")
    assert f"{len(wrote):,} people" in page.css_first(".made").text()


def test_people_of_each_theme_are_the_same_in_sentence_table_parquet_csv_and_anew(run, page, names):
    anew = {code_id: len(people) for code_id, people in people_by_code(run).items()}
    parquet = {theme_id: people for (theme_id, group, period), people in counted(run).items() if not (group or period)}
    _, table = table_of(page, "figure-themes")
    with (run / "export" / "codings.csv").open(encoding="utf-8-sig", newline="") as file:
        in_csv = {line["code"] for line in csv.DictReader(file)}
    assert len(names) == 18
    for theme_id, name in names.items():
        assert parquet[theme_id] == anew[theme_id], name
        shown = anew[theme_id] if anew[theme_id] >= FEWEST else None
        assert told(page, f"#theme-{theme_id}") == shown, name
        if name in table:
            assert table[name][0] == (f"{shown:,}" if shown else table[name][0]), name
        assert (theme_id in in_csv) == bool(anew[theme_id])
    assert sum(name in table for name in names.values()) >= 10


def test_what_became_of_the_texts_is_what_the_manifest_says(run, page):
    counts = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["counts"]
    _, table = table_of(page, "figure-fates")
    numbers = [int(cells[0].replace(",", "")) for cells in table.values()]
    assert sum(numbers) == counts["read"]
    fates = ("coded", "no_code", "empty", "quarantined", "duplicate", "withdrawn")
    assert sorted(number for number in numbers if number) == sorted(counts[fate] for fate in fates if counts.get(fate))
    assert f"{counts['read']:,} texts were read" in " ".join(page.css_first("#read").text().split())


def test_questions_are_of_as_many_people_as_parquet_says(run, page):
    parquet = counted(run)
    questions = [section.id.removeprefix("question-") for section in page.css("section.question")]
    assert len(questions) == 7
    for question_id in questions:
        people = parquet[question_id, "", ""]
        assert told(page, f"#question-{question_id}") == (people if people >= FEWEST else None)


@pytest.mark.parametrize("attribute", ["kind", "scheme", "region"])
def test_each_number_of_a_comparison_stands_in_parquet(run, page, names, attribute):
    columns, table = table_of(page, f"figure-by-{attribute}")
    parquet = counted(run)
    groups = {group.partition("=")[2] for _, group, _ in parquet if group.startswith(f"{attribute}=")}
    in_words = {"survey answer": "answer"}
    ids = {name: theme_id for theme_id, name in names.items()}
    seen = 0
    for name, cells in table.items():
        for column, cell in zip(columns[1:], cells, strict=True):
            value = re.sub(r" \([\d,]+\)$", "", column)
            value = in_words.get(value, value)
            if name in ids and value in groups and re.fullmatch(r"[\d,]+", cell):
                assert int(cell.replace(",", "")) == parquet[ids[name], f"{attribute}={value}", ""], (name, column)
                assert int(cell.replace(",", "")) >= FEWEST
                seen += 1
    assert seen >= 3, "what the coder suggests decides how many there are; none would show nothing"
