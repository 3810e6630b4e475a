from themes.deidentify.wording.passages import around


def test_passages_that_meet_are_one() -> None:
    assert around("a1b2" + "c" * 20 + "3", [(1, 2), (3, 4), (24, 25)], before=3, beyond=2) == [(0, 6), (21, 27)]


def test_the_end_of_a_passage_is_no_end_of_the_text() -> None:
    assert around("aged 47" + " " * 9 + "days", [(5, 7)], before=9, beyond=5) == [(0, 20)]
    assert around("aged 47" + " " * 3 + "days and more", [(5, 7)], before=9, beyond=5) == [(0, 12)]


def test_a_text_without_a_place_has_no_passage() -> None:
    assert around("It rained.", [], before=9, beyond=9) == []
