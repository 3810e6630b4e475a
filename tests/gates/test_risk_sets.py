"""The sets by which the flag for risk to life is judged are whole and apart."""

import json
import tomllib
from pathlib import Path

import pytest

from themes.read.codebook import packaged_codebook, read_codebook

HERE = Path(__file__).parent
LEARNED = HERE.parent / "benchmarks"


def texts_of(name):
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["risk_to_life.jsonl", "risk_look_alikes.jsonl"])
def test_a_set_has_sixty_different_texts(name):
    texts = texts_of(name)
    assert len(texts) == len({t["id"] for t in texts}) == len({t["text"] for t in texts}) == 60


def test_no_text_is_in_both_sets():
    risk, alike = ({t["text"] for t in texts_of(n)} for n in ("risk_to_life.jsonl", "risk_look_alikes.jsonl"))
    assert risk.isdisjoint(alike)


def learned_from():
    files = (LEARNED / "risk_texts.jsonl", LEARNED / "risk_texts_dark.jsonl", HERE / "risk.jsonl")
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line]


def test_the_flag_learns_from_none_of_their_texts():
    judging = {t["text"].casefold() for n in ("risk_to_life.jsonl", "risk_look_alikes.jsonl") for t in texts_of(n)}
    assert judging.isdisjoint(row["text"].casefold() for row in learned_from())


def test_dark_talk_without_risk_and_veiled_risk_are_both_learned_from():
    rows = [row for row in learned_from() if "kind" in row]
    assert len({row["text"] for row in rows}) == len(rows)
    assert {(row["kind"], row["risk"]) for row in rows} == {("dark", False), ("short", False), ("veiled", True)}
    assert sum(row["kind"] == "dark" for row in rows) >= 200
    assert sum(row["kind"] == "veiled" for row in rows) >= 60


def test_the_labelled_excerpts_that_tell_of_risk_are_there_and_none_is_in_doubt_too():
    read = tomllib.loads((LEARNED / "risk_excerpts.toml").read_text("utf-8"))
    labelled = read_codebook(packaged_codebook()).labelled
    assert labelled is not None
    known = {json.loads(line)["id"] for line in labelled.read_text("utf-8").splitlines()}
    assert {*read["tells"], *read["in_doubt"]} <= known
    assert not {*read["tells"]} & {*read["in_doubt"]}
