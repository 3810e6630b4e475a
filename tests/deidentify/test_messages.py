"""What is said of files, rows and columns names nobody, whoever wrote the names in it."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from themes.deidentify.messages import screened_message, screened_quarantine, shown_file_names
from themes.deidentify.vault.vault import Vault
from themes.errors import CorpusError
from themes.records.corpus import Quarantined, SourceRef
from themes.records.spec import CorpusSpec


@pytest.fixture
def corpus(tmp_path: Path) -> CorpusSpec:
    """A corpus with two files, the name of one of which names somebody."""
    raw = tmp_path / "invented" / "raw" / "stories"
    raw.mkdir(parents=True)
    (raw / "karen_smith.txt").touch()
    (raw / "story-07.txt").touch()
    return CorpusSpec(tmp_path / "invented", "invented", ())


@pytest.fixture
def kept(corpus: CorpusSpec) -> Iterator[Vault]:
    """The vault of the corpus, which is still there once it is closed."""
    with closing(Vault.open(corpus.folder)) as vault:
        yield vault


def number_of_karen(corpus: CorpusSpec, vault: Vault) -> int:
    """The files are numbered in the order of their keyed hashes."""
    names = ["stories/karen_smith.txt", "stories/story-07.txt"]
    return 1 + sorted(names, key=lambda name: vault.digest(f"file\0{name}")).index(names[0])


def test_a_file_has_a_number_in_the_place_of_a_name_that_tells(corpus: CorpusSpec, kept: Vault) -> None:
    assert shown_file_names(corpus, kept) == {
        "stories/karen_smith.txt": f"file {number_of_karen(corpus, kept)}.txt",
        "stories/story-07.txt": "stories/story-07.txt",
    }


def test_a_reason_keeps_its_words_and_loses_who_is_named(corpus: CorpusSpec, kept: Vault) -> None:
    brenda = kept.surrogate("person", "person", "brenda")
    file = f"file {number_of_karen(corpus, kept)}.txt"
    given = [
        Quarantined(SourceRef("stories/karen_smith.txt", "row 3"), "stories/karen_smith.txt holds no text.", 2),
        Quarantined(SourceRef("stories/story-07.txt", "column 'Was Brenda kind?'"), "karen_smith.txt came first."),
        Quarantined(SourceRef("old/karen_smith.txt", "row 9, column 3"), "It is empty."),
    ]
    assert screened_quarantine(iter(given), spec=corpus, vault=kept) == [
        Quarantined(SourceRef(file, "row 3"), f"{file} holds no text.", 2),
        Quarantined(SourceRef("stories/story-07.txt", f"column 'Was {brenda} kind?'"), f"{file} came first."),
        Quarantined(SourceRef(f"old/{file}", "row 9, column 3"), "It is empty."),
    ]


def test_where_nothing_was_kept_out_no_recogniser_is_asked(
    corpus: CorpusSpec, kept: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("themes.deidentify.messages.RECOGNIZERS", {})
    assert screened_quarantine([], spec=corpus, vault=kept) == []


def test_an_error_is_told_without_names(corpus: CorpusSpec, kept: Vault) -> None:
    brenda = kept.surrogate("person", "person", "brenda")
    file = f"file {number_of_karen(corpus, kept)}.txt"
    error = CorpusError("stories/karen_smith.txt has no column 'Was Brenda kind?'; stories/story-07.txt has.")
    assert screened_message(error, corpus) == (f"{file} has no column 'Was {brenda} kind?'; stories/story-07.txt has.")


def test_of_an_error_that_cannot_be_screened_only_the_kind_is_told(corpus: CorpusSpec, kept: Vault) -> None:
    Path(os.environ["THEMES_KEY_FILE"]).chmod(0o644)
    assert screened_message(CorpusError("Was Brenda kind?"), corpus) == (
        "CorpusError: what it says may name somebody, and could not be screened. Try `themes check`."
    )


def test_a_longer_name_is_hidden_before_one_within_it(tmp_path: Path) -> None:
    raw = tmp_path / "invented" / "raw"
    raw.mkdir(parents=True)
    for name in ("karen.txt", "my karen.txt"):
        (raw / name).touch()
    corpus = CorpusSpec(tmp_path / "invented", "invented", ())
    with closing(Vault.open(corpus.folder)) as vault:
        shown = shown_file_names(corpus, vault)
    assert sorted(shown.values()) == ["file 1.txt", "file 2.txt"]
    message = screened_message(CorpusError("my karen.txt is not karen.txt."), corpus)
    assert message == f"{shown['my karen.txt']} is not {shown['karen.txt']}."
