import re

from themes.deidentify.passages import around


def test_passages_that_meet_are_one() -> None:
    assert around("a1b2" + "c" * 20 + "3", re.compile(r"\d"), before=3, beyond=2) == [(0, 6), (21, 27)]


def test_the_end_of_a_passage_is_no_end_of_the_text() -> None:
    number = re.compile(r"\d+")
    assert around("aged 47" + " " * 9 + "days", number, before=9, beyond=5) == [(0, 20)]
    assert around("aged 47" + " " * 3 + "days and more", number, before=9, beyond=5) == [(0, 12)]


def test_a_text_without_a_hint_has_no_passage() -> None:
    assert around("It rained.", re.compile(r"\d"), before=9, beyond=9) == []
