"""What a chunk of the raw files gives: texts, and apart from them what is empty, unfit or withdrawn."""

from pathlib import Path

import pytest

from flows.work import reading
from flows_small_corpus import make_corpus
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones, marks_of
from themes.read.corpus import chunks
from themes.read.spec import read_spec
from themes.records.corpus import Quarantined, SourceRef
from themes.records.raw import RawDocument

ANSWERS = [
    "They were kind.",
    "",
    "Too much of it.",
    "They went away and never wrote to me about it again.",
    "Odd, too.",
]


def unfit(raw: RawDocument) -> RawDocument | Quarantined:
    """Cleaning that refuses texts with "too" in them."""
    return Quarantined(SourceRef("survey.csv"), "Unfit.") if "too" in raw.text.casefold() else raw


def test_every_candidate_has_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = read_spec(make_corpus(tmp_path / "small", answers=ANSWERS))
    with (spec.raw / "survey.csv").open("a", encoding="utf-8") as survey:
        survey.write("099,2014-01-03,North,one,cell,more\n")
    monkeypatch.setattr(reading, "clean", unfit)
    (chunk,) = chunks(spec)
    with Vault.throw_away() as vault:
        everything = reading.read_texts(spec, chunk, Tombstones(vault))
        assert [raw.text for raw in everything.texts] == [ANSWERS[0], ANSWERS[3]]
        assert (everything.empty, len(everything.quarantined), everything.withdrawn) == (1, 3, [])

        raw = {each.text: each for each in reading.read_chunk(spec, chunk) if isinstance(each, RawDocument)}
        gone = [raw[ANSWERS[2]], raw[ANSWERS[3]]]
        marks = marks_of(vault.keyed, gone, whole_rows=True, shared=lambda words: False)
        with vault.writing() as database:
            database.executemany("INSERT INTO tombstones VALUES (?)", [(mark,) for mark in sorted(marks)])
        left = reading.read_texts(spec, chunk, Tombstones(vault))
    assert [raw.text for raw in left.texts] == [ANSWERS[0]]
    assert [raw.text for raw in left.withdrawn] == [ANSWERS[3], ANSWERS[2]]
    assert (left.empty, len(left.quarantined)) == (1, 2)
