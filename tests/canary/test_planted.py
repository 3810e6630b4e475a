"""The canary corpus holds what it says, where a search must find it."""

from collections import Counter
from pathlib import Path

import pytest

from canary.planted import NEEDLES, PLANTED, plant_corpus
from themes.erase.search import Scanner
from themes.read.corpus import chunks, read_chunk
from themes.read.spec import read_spec
from themes.records.raw import RawDocument

KINDS = {
    "plain": 6,
    "caps": 4,
    "possessive": 4,
    "split": 4,
    "nfd": 3,
    "zero_width": 3,
    "entity": 3,
    "misspelt": 3,
    "email": 4,
    "mobile": 4,
    "ni": 3,
    "nhs": 3,
    "postcode": 4,
    "handle": 3,
    "url": 3,
    "author": 3,
    "file name": 1,
    "sheet name": 1,
    "column header": 1,
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    codebook = folder / "codebook.toml"
    codebook.write_text('name = "none"\n', encoding="utf-8")
    return plant_corpus(folder, codebook)


def test_sixty_identifiers_of_every_kind_are_planted() -> None:
    assert Counter(planted.kind for planted in PLANTED.values()) == KINDS
    assert sum(KINDS.values()) == 60


def test_every_planted_identifier_stands_in_the_corpus_and_the_scanner_finds_it(corpus: Path) -> None:
    found = {hit.identifier for hit in Scanner(NEEDLES).in_places([corpus / "raw"])}

    assert found == set(NEEDLES)


def test_the_corpus_can_be_read_as_its_corpus_toml_says(corpus: Path) -> None:
    spec = read_spec(corpus)
    read = Counter(
        item.kind if isinstance(item, RawDocument) else type(item)
        for chunk in chunks(spec)
        for item in read_chunk(spec, chunk)
    )

    # 24 respondents answered two questions, 6 one
    assert read == {"article": 1, "comment": 9, "story": 6, "answer": 24 * 2 + 6}


def test_no_needle_is_found_in_ordinary_text(corpus: Path) -> None:
    """The repository itself, this folder apart, holds none: a hit after a run comes from the corpus."""
    repository = Path(__file__).parents[2]
    places = [repository / name for name in ("src", "flows", "corpora", "README.md") if (repository / name).exists()]

    assert Scanner(NEEDLES).in_places(places) == []


def test_every_nhs_number_has_its_right_check_digit() -> None:
    for planted in PLANTED.values():
        if planted.kind == "nhs":
            digits = [int(digit) for digit in planted.needle]
            check = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
            assert (11 - check % 11) % 11 == digits[9]
