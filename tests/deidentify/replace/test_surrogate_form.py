import pytest

from themes.deidentify.replace.surrogate_form import fitted, sounds_like_a_vowel, surrogate_pattern, surrogate_places
from themes.records.span import Span


@pytest.mark.parametrize(
    "surrogate",
    [
        "[adviser K7QX2M]",
        "[Adviser K7QX2M]'s",
        "[person K7QX2]",
        "[family K7QX2M]",
        "[Ingeus office K7QX2M]",
        "[provider office K7QX2M]",
        "[charity office K7QX2M]",
        "[Disability, ethnicity and sexuality]",
        "[certain disability and sexuality]",
        "[religion]",
        "[language]",
        "[unnamed hospital K7QX2M]",
        "[certain employer K7QX2M]",
        "[place in West Yorkshire K7QX2M]",
        "[phone]",
        "[Date: May 2014]",
        "[date: 1990s]",
        "[some years]",
        "[age 40–49]",
        "[40–49-year-old]",
        "[ninety-or-older]",
        "[detail]",
    ],
)
def test_what_this_package_writes_is_left_alone(surrogate: str) -> None:
    assert surrogate_places(f"a {surrogate} b") == [Span(2, 2 + len(surrogate))]


@pytest.mark.parametrize(
    "written",
    [
        "[Karen Smith K7QX2M]",
        "[Karen office K7QX2M]",
        "[Karen and religion]",
        "[date: Karen]",
        "[person k7qx2m]",
        "[person Karen]",
        "[karen]",
        "x",
    ],
)
def test_a_name_in_brackets_is_no_surrogate(written: str) -> None:
    assert surrogate_pattern().search(written) is None
    assert surrogate_places(written) == []


@pytest.mark.parametrize(
    ("before", "detail", "says", "fits"),
    [
        ("She is an ", "Anne", "person", "unnamed person"),
        ("It was a ", "Tesco", "employer", "certain employer"),
        ("It was an ", "Asda", "employer", "employer"),
        ("It was a ", "Mears", "person", "person"),
        ("A ", "Tesco", "employer", "certain employer"),
        ("grade-a ", "Tesco", "employer", "employer"),
        ("", "Karen", "person", "Person"),
        ("", "karen", "person", "person"),
        ("It rained. ", "Karen", "person", "Person"),
        ("\u201cWell!\u201d (", "Karen", "person", "Person"),
        ("It rained\n\n", "Karen", "person", "Person"),
        ("so did\n", "Karen", "person", "person"),
        ("Ask Mrs. ", "Karen", "person", "person"),
        ("Ask J. ", "Karen", "person", "person"),
        ("Ask Prof. ", "Karen", "person", "person"),
        ("I like ", "Karen", "person", "person"),
        ("-", "Karen", "person", "person"),
    ],
)
def test_a_surrogate_fits_its_sentence(before: str, detail: str, says: str, fits: str) -> None:
    text = f"{before}{detail} it"
    assert fitted(says, text, Span(len(before), len(before) + len(detail))) == fits


@pytest.mark.parametrize(
    ("words", "vowel"),
    [
        ("adviser", True),
        ("NHS number", True),
        ("IP address", True),
        ("office", True),
        ("user name", False),
        ("DWP office", False),
        ("university", False),
        ("person", False),
        ("unnamed person", True),
        ("NI number", True),
        ("NHS Direct office", True),
        ("G4S office", False),
        ("A4e office", True),
        ("University office", False),
        ("European office", False),
        ("One Stop office", False),
        ("Onward office", True),
        ("Xerox office", False),
    ],
)
def test_an_stands_before_a_vowel_as_it_is_spoken(words: str, vowel: bool) -> None:
    assert sounds_like_a_vowel(words) is vowel
