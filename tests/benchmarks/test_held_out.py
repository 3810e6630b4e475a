"""The held-out texts are whole, rich enough to measure with, and read by nothing that learns."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.held_out import write_gold, write_questions
from benchmarks.marked_texts import LABELS, read_marked

ROOT = Path(__file__).parents[2]
HELD_OUT = ROOT / "tests" / "gates" / "deid_held_out.txt"
LEARNED_FROM = sorted((ROOT / "tests" / "benchmarks" / "deid_texts").glob("*.txt"))
WRITTEN_OFTEN = """AGE DATE LOCATION BRANCH HOSPITAL EMPLOYER JOB EVENT DEMOG CONDITION PHONE EMAIL CASE_REF
    ADDRESS""".split()


def eights(text: str) -> Iterator[tuple[str, ...]]:
    words = text.casefold().split()
    return zip(*(words[at:] for at in range(8)), strict=False)


def test_the_set_holds_what_it_is_to_measure() -> None:
    texts = read_marked(HELD_OUT)
    details = Counter(span["label"] for text in texts for span in text["spans"])

    assert len(texts) == 150
    assert set(details) == LABELS
    assert details["PERSON"] >= 350
    assert {label for label in WRITTEN_OFTEN if details[label] < 12} == set()
    assert sum(len(text["negatives"]) for text in texts) >= 250
    assert sum(not text["spans"] for text in texts) == 30


def test_a_text_is_as_long_as_people_write() -> None:
    assert [t["id"] for t in read_marked(HELD_OUT) if not 40 <= len(t["text"].split()) <= 140] == []


def test_no_two_held_out_texts_share_eight_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], str] = {}
    shared = {
        (seen[eight], text["id"])
        for text in read_marked(HELD_OUT)
        for eight in eights(text["text"])
        if seen.setdefault(eight, text["id"]) != text["id"]
    }

    assert shared == set()


def test_no_text_that_is_learned_from_shares_eight_words_with_a_held_out_one() -> None:
    held_out = {eight for text in read_marked(HELD_OUT) for eight in eights(text["text"])}
    shared = [
        (path.name, text["id"])
        for path in LEARNED_FROM
        for text in read_marked(path)
        if not held_out.isdisjoint(eights(text["text"]))
    ]

    assert shared == []


def test_nothing_but_the_measurement_names_the_file() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for folder in ("src", "flows", "tests", "scripts")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".toml", ".sh"} and HELD_OUT.name in path.read_text("utf-8")
    }

    assert readers == {"tests/benchmarks/held_out.py", "tests/benchmarks/test_held_out.py"}


def test_a_system_is_shown_no_marks(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    write_questions(asked)

    rows = [json.loads(line) for line in asked.read_text("utf-8").splitlines()]
    assert [(row["id"], row["text"], row.get("author")) for row in rows] == [
        (text["id"], text["text"], text["author"]) for text in read_marked(HELD_OUT)
    ]
    assert {field for row in rows for field in row} == {"id", "text", "author"}


def test_the_gold_file_is_what_the_scorer_reads(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    write_gold(gold)

    fields = ("id", "text", "spans", "negatives")
    assert [json.loads(line) for line in gold.read_text("utf-8").splitlines()] == [
        {field: text[field] for field in fields} for text in read_marked(HELD_OUT)
    ]
