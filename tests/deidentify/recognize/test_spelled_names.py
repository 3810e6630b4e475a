import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.spelled_names import spelled_names_in
from themes.records.spec import CorpusSpec


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in spelled_names_in(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("that's S-I-O-B-H-A-N, love", "S-I-O-B-H-A-N"),
        ("it is k-a-r-e-n", "k-a-r-e-n"),
        ("K A R E N she said", "K A R E N"),
        ("K.A.R.E.N", "K.A.R.E.N"),
        ("it's spelt Q-X-I-L-L-O", "Q-X-I-L-L-O"),
        ("my name is Q - X - I - L", "Q - X - I - L"),
    ],
)
def test_a_name_told_letter_by_letter_is_found(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text", ["the D-W-P-X form", "N-O-T-H-I-N-G happened", "A B C D and E", "P-I-P", "W R A G people", "i-n-g"]
)
def test_other_letters_apart_are_no_name(text: str) -> None:
    assert found(text) == []


def test_the_whole_of_it_is_masked_as_a_person(spec: CorpusSpec) -> None:
    text = "My adviser wrote it wrong, it is S-I-O-B-H-A-N."
    (details,) = details_of([a_raw_document(text)], spec=spec)
    assert ("PERSON", "S-I-O-B-H-A-N") in {(f.label, f.span.of(text)) for f in details}
