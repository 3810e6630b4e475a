import time

import pytest

from themes.deidentify.recognize.told_numbers import told_numbers_in


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.label, finding.span.of(text)) for finding in told_numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ring o7seven00 900 one two three now", "o7seven00 900 one two three"),
        ("on o7seven00 9oo456.", "o7seven00 9oo456"),
        ("ring o7seven00 nine00 1two3 now", "o7seven00 nine00 1two3"),
        ("oh7seven double oh nine hundred 123", "oh7seven double oh nine hundred 123"),
        ("oh seven 7double-o, 900 1two3", "oh seven 7double-o, 900 1two3"),
        ("on 01632 96o one2three", "01632 96o one2three"),
    ],
)
def test_a_phone_may_have_words_within_its_figures(text: str, number: str) -> None:
    assert found(text) == [("PHONE", number)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("it is double Q 12 34 56 C", ("NINO", "double Q 12 34 56 C")),
        ("double-q123456", ("NINO", "double-q123456")),
        ("Sort code: twenty, thirty four, oh nine.", ("BANK", "twenty, thirty four, oh nine")),
        ("sortcode is two oh four one double seven", ("BANK", "two oh four one double seven")),
        ("sort code 20 dash thirty dash eleven", ("BANK", "20 dash thirty dash eleven")),
        ("Passcode: Hm8kQ2", ("CASE_REF", "Hm8kQ2")),
        ("my password was 'Quill2019'", ("CASE_REF", "Quill2019")),
        ("the passcode was: 4471A", ("CASE_REF", "4471A")),
        ("the key safe code is 2580 for the carers", ("CASE_REF", "2580")),
        ("keysafe: 2580", ("CASE_REF", "2580")),
        ("gate code 1066#", ("CASE_REF", "1066")),
        ("the door code is C4471Y.", ("CASE_REF", "C4471Y")),
    ],
)
def test_numbers_told_in_words_and_codes_to_get_in_are_found(text: str, what: tuple[str, str]) -> None:
    assert found(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "I owe 2one and four5six times",
        "double o 12 34 56, double Q 12 34, double q oIl oIl",
        "the sort code changed two or three times, sort code twenty thirty",
        "the password is wrong, passcode: none, access code: 12345, passcode: a1",
        "07700 900123",
        "the door code changed 3 times, a gate number 101, it is safe 24 hours, tax code 1257L, door code 12",
        "someone2 one1",
        "seven5 years and 12 months and 365 days and 2000 more",
    ],
)
def test_other_words_and_figures_are_no_such_number(text: str) -> None:
    assert found(text) == []


def test_endless_figures_take_no_endless_time() -> None:
    before = time.process_time()
    found("one1" + " 1" * 20_000)
    assert time.process_time() - before < 2
