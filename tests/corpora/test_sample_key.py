"""The sample corpus and its key agree: what the key says of a text can be found, word for word, in the raw files."""

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "corpora" / "back-to-work-sample"
KEYS = sorted((SAMPLE / "key").glob("*.jsonl"))
OWN_WORDS_RUN = 8  # consecutive words that no two texts may share: the project's rule against template writing
FEWEST_EXCERPTS = 8  # of each code, in the blog page and the stories alone

BIPOLAR = {
    "assessment",
    "provider_understanding",
    "adviser_relationship",
    "work_and_recovery",
    "job_fit",
    "employer_adjustments",
    "choice_control",
    "specialist_support",
    "past_provision",
    "carers_family",
    "access_bureaucracy",
}
NEGATIVE_ONLY = {
    "coercion",
    "sanctions",
    "generic_support",
    "provider_incentives",
    "health_harm",
    "stigma_dignity",
    "barriers_to_work",
}
CODES = BIPOLAR | NEGATIVE_ONLY
POLARITIES = {"negative", "positive", "mixed", "neutral"}
LABELS = {
    *("PERSON", "LOCATION", "POSTCODE", "ADDRESS", "PHONE", "EMAIL", "URL", "HANDLE", "NINO", "NHS_NUMBER", "DOB"),
    *("DATE", "AGE", "BRANCH", "HOSPITAL", "SCHOOL", "EMPLOYER", "CONDITION", "JOB", "EVENT", "DEMOG", "CASE_REF"),
    *("BANK", "VEHICLE", "IP"),
}
FIELDS = {
    *("file", "place", "text", "author", "name_hidden", "kind", "prompt", "speaker", "details", "excerpts", "fate"),
}
KINDS = {"article", "comment", "story", "answer"}
FATES = {"text", "empty", "duplicate", "off_topic"}
SPEAKERS = {
    *("claimant", "carer_family", "provider_adviser", "jcp_staff", "health_professional", "employer"),
    *("policy_campaigner", "politician", "researcher", "public", "unknown"),
}

Row = dict[str, Any]


@cache
def rows_of(key: Path) -> list[Row]:
    return [json.loads(line) for line in key.read_text(encoding="utf-8").splitlines()]


def every_row() -> Iterator[tuple[str, Row]]:
    for key in KEYS:
        for number, row in enumerate(rows_of(key), 1):
            yield f"{key.name} line {number}", row


def rows_with_own_words() -> Iterator[tuple[str, Row]]:
    return ((where, row) for where, row in every_row() if row["fate"] != "duplicate")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def squeezed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def cells_of_sheets(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    book.close()
    return "\n".join(cells)


def paragraphs_and_cells(path: Path) -> str:
    from docx import Document
    from docx.table import Table

    blocks = []
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            blocks.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            blocks.append(block.text)
    return "\n".join(blocks)


def decoded(path: Path) -> str:
    received = path.read_bytes()
    try:
        return received.decode("utf-8-sig")
    except UnicodeDecodeError:
        return received.decode("cp1252")


@cache
def seen_by_a_reader(path: Path) -> str:
    """All words of a raw file, in reading order, white space squeezed."""
    if path.suffix == ".xlsx":
        return squeezed(cells_of_sheets(path))
    if path.suffix == ".docx":
        return squeezed(paragraphs_and_cells(path))
    text = decoded(path)
    if path.suffix == ".html":
        from lxml import html

        return squeezed(html.document_fromstring(text).text_content())
    if path.suffix == ".csv":
        return squeezed(unescape("\n".join(cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)))
    return squeezed(text)


def runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1))}


def overlapping(spans: list[Row]) -> list[tuple[Row, Row]]:
    ordered = sorted(spans, key=lambda span: (span["start"], span["end"]))
    return [(one, other) for one, other in pairwise(ordered) if other["start"] < one["end"]]


def test_the_blog_page_and_the_stories_have_a_key():
    assert {"blog.jsonl", "stories.jsonl"} <= {key.name for key in KEYS}


def test_each_line_has_the_fields_of_a_key_with_known_values():
    wrong = [
        where
        for where, row in every_row()
        if FIELDS - set(row)
        or row["kind"] not in KINDS
        or row["fate"] not in FATES
        or row["speaker"] not in SPEAKERS
        or not isinstance(row["name_hidden"], bool)
        or (row["name_hidden"] and row["author"] is not None)
    ]
    assert wrong == []


def test_texts_are_composed_unicode_with_plain_line_ends():
    wrong = [
        where
        for where, row in every_row()
        if row["text"] != unicodedata.normalize("NFC", row["text"]) or "\r" in row["text"]
    ]
    assert wrong == []


def test_offsets_slice_to_the_words_given():
    wrong = [
        (where, span["start"])
        for where, row in every_row()
        for span in [*row["details"], *row["excerpts"]]
        if not span["words"].strip() or row["text"][span["start"] : span["end"]] != span["words"]
    ]
    assert wrong == []


def test_look_alikes_slice_to_their_text_and_are_no_details():
    wrong = [
        (where, alike["start"])
        for where, row in every_row()
        for alike in row.get("negatives", [])
        if row["text"][alike["start"] : alike["end"]] != alike["text"]
        or any(alike["start"] < detail["end"] and detail["start"] < alike["end"] for detail in row["details"])
    ]
    assert wrong == []


def test_details_do_not_overlap_and_neither_do_excerpts():
    wrong = [where for where, row in every_row() if overlapping(row["details"]) or overlapping(row["excerpts"])]
    assert wrong == []


def test_a_detail_lies_inside_an_excerpt_or_outside_it():
    wrong = [
        (where, detail["start"])
        for where, row in every_row()
        for detail in row["details"]
        for excerpt in row["excerpts"]
        if detail["start"] < excerpt["end"]
        and excerpt["start"] < detail["end"]
        and not (excerpt["start"] <= detail["start"] and detail["end"] <= excerpt["end"])
    ]
    assert wrong == []


def test_the_texts_stand_in_the_raw_files():
    missing = [
        where
        for where, row in every_row()
        if squeezed(row["text"]) not in seen_by_a_reader(SAMPLE / "raw" / row["file"])
    ]
    assert missing == []


@pytest.mark.parametrize("folder", ["pages", "stories"])
def test_every_page_and_story_has_its_line_in_the_key(folder: str):
    raw = {path.relative_to(SAMPLE / "raw").as_posix() for path in (SAMPLE / "raw" / folder).iterdir()}
    assert raw == {row["file"] for _, row in every_row() if row["file"].startswith(folder)}


def test_a_place_is_named_once():
    places = Counter((row["file"], row["place"]) for _, row in every_row())
    assert [place for place, times in places.items() if times > 1] == []


def test_a_duplicate_repeats_an_earlier_text():
    seen: list[set[tuple[str, ...]]] = []
    wrong = []
    for where, row in every_row():
        if row["fate"] == "empty":
            continue
        runs = runs_of_words(row["text"], 3)
        if row["fate"] == "duplicate" and not any(len(runs & other) >= 0.6 * len(runs | other) for other in seen):
            wrong.append(where)
        seen.append(runs)
    assert wrong == []


def test_empty_and_off_topic_texts_carry_no_excerpts():
    wrong = [where for where, row in every_row() if row["fate"] in {"empty", "off_topic"} and row["excerpts"]]
    assert wrong == []


def test_no_two_texts_share_eight_consecutive_words():
    first_seen: dict[tuple[str, ...], str] = {}
    shared = []
    for where, row in rows_with_own_words():
        words = words_of(row["text"])
        for start in range(len(words) - OWN_WORDS_RUN + 1):
            run = tuple(words[start : start + OWN_WORDS_RUN])
            if first_seen.setdefault(run, where) != where:
                shared.append((first_seen[run], where))
    assert shared == []


def test_codes_and_polarities_are_those_of_the_codebook():
    wrong = [
        (where, excerpt["start"])
        for where, row in every_row()
        for excerpt in row["excerpts"]
        if not excerpt["codes"]
        or not set(excerpt["codes"]) <= CODES
        or len(set(excerpt["codes"])) != len(excerpt["codes"])
        or excerpt["polarity"] not in POLARITIES
    ]
    assert wrong == []


def test_only_arguments_for_compulsion_make_a_negative_code_positive():
    # The codebook: an argument in favour of compulsion or sanctions is coded, with polarity positive.
    positive = {
        code
        for _, row in every_row()
        for excerpt in row["excerpts"]
        if excerpt["polarity"] == "positive"
        for code in excerpt["codes"]
    }
    assert positive & NEGATIVE_ONLY <= {"coercion", "sanctions"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_is_told_often_enough_on_the_page_and_in_the_stories(code: str):
    polarities = Counter(
        excerpt["polarity"]
        for key in (SAMPLE / "key" / "blog.jsonl", SAMPLE / "key" / "stories.jsonl")
        for row in rows_of(key)
        if row["fate"] != "duplicate"
        for excerpt in row["excerpts"]
        if code in excerpt["codes"]
    )
    assert polarities.total() >= FEWEST_EXCERPTS
    assert code in NEGATIVE_ONLY or {"positive", "negative"} <= set(polarities)


def test_every_label_is_there_and_no_other():
    assert {detail["label"] for _, row in every_row() for detail in row["details"]} == LABELS


def test_the_page_has_a_hidden_name_and_says_what_it_promised():
    page = next(row["file"] for _, row in every_row() if row["kind"] == "article")
    assert "Tick to hide your name" in seen_by_a_reader(SAMPLE / "raw" / page)
    assert any(row["name_hidden"] for _, row in every_row() if row["file"] == page)


@pytest.mark.parametrize("name", ["codebook.toml", "labelled.jsonl"])
def test_the_sample_is_coded_by_the_packaged_codebook(name: str) -> None:
    packaged = Path(__file__).parents[2] / "src/themes/codebooks/back-to-work" / name
    assert (SAMPLE / name).read_bytes() == packaged.read_bytes()
