import pytest

from themes.deidentify.recognize.stray_s import owns_with_stray_s
from themes.deidentify.wording.reading import read


def owners(text: str) -> list[str]:
    reading = read(text)
    return [word.plain for i, word in enumerate(reading.words) if owns_with_stray_s(reading, i)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gemmas advisor told her", ["gemmas"]),
        ("thats Janines desk", ["janines"]),
        ("sharons mum and karens old work coach", ["sharons", "karens"]),
        ("i saw davs work coach", ["davs"]),
        ("Oluwaseuns key worker rang", ["oluwaseuns"]),
        ("zebulonas adviser lost it", ["zebulonas"]),
    ],
)
def test_a_name_owns_somebody_without_an_apostrophe(text: str, names: list[str]) -> None:
    assert owners(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "my sons coach, my mums adviser, his nans mum",
        "the jobcentres adviser, the davs adviser",
        "benefits adviser, rights adviser, carers adviser",
        "dwps adviser, ingeuss adviser, unis adviser, leedss adviser, hrs adviser",
        "providors adviser and seretarys coach",
        "james adviser, hobbs coach, leeds adviser",
        "davs mum, davs house",
        "a4es adviser, hs adviser, s adviser",
        "xwrtqs adviser rang",
        "gemmas and mine",
        "gemmas",
    ],
)
def test_towns_offices_and_words_own_nobody_so(text: str) -> None:
    assert owners(text) == []
