from builders import a_segment
from themes.theme.exemplars import exemplars

TEXT = "It took them many weeks."


def test_the_nearest_are_typical_and_the_furthest_at_the_edge():
    members = [a_segment(f"d{n}:0-9", TEXT) for n in range(1, 6)]
    near = {f"d{n}:0-9": n / 10 for n in range(1, 6)}
    assert exemplars(members, near, typical=2, edge=1) == (("d5:0-9", "d4:0-9"), ("d1:0-9",))


def test_a_talkative_case_gives_one_exemplar_in_all():
    members = [a_segment("d1:0-9", TEXT), a_segment("d1:10-19", TEXT), a_segment("d2:0-9", TEXT)]
    near = {"d1:0-9": 0.9, "d1:10-19": 0.1, "d2:0-9": 0.5}
    assert exemplars(members, near) == (("d1:0-9", "d2:0-9"), ())


def test_a_withheld_excerpt_is_never_chosen():
    members = [a_segment("d1:0-9", TEXT), a_segment("d2:0-9", TEXT)]
    assert exemplars(members, {"d1:0-9": 0.9, "d2:0-9": 0.5}, withheld={"d1:0-9"}) == (("d2:0-9",), ())


def test_a_case_whose_best_excerpt_is_withheld_is_shown_by_its_next():
    members = [a_segment("d1:0-9", TEXT), a_segment("d1:10-19", TEXT)]
    assert exemplars(members, {"d1:0-9": 0.9, "d1:10-19": 0.5}, withheld={"d1:0-9"}) == (("d1:10-19",), ())


def test_an_excerpt_of_a_few_words_comes_behind_one_that_says_something():
    members = [a_segment("d1:0-9", "Terrible."), a_segment("d2:0-9", TEXT)]
    assert exemplars(members, {"d1:0-9": 0.9, "d2:0-9": 0.5}, typical=1, edge=0) == (("d2:0-9",), ())


def test_equals_are_told_apart_by_id_not_by_the_order_given():
    members = [a_segment(f"d{n}:0-9", TEXT) for n in range(1, 4)]
    near = dict.fromkeys((s.segment_id for s in members), 0.5)
    assert exemplars(members, near, typical=1, edge=1) == exemplars(members[::-1], near, typical=1, edge=1)
    assert exemplars(members, near, typical=1, edge=1) == (("d1:0-9",), ("d2:0-9",))
