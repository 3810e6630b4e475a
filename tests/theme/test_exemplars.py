from builders import a_segment
from themes.theme.exemplars import dissenting, exemplars

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


def test_those_who_lean_clearly_the_other_way_dissent_one_per_case_and_none_shown_already():
    members = [a_segment(f"d{n}:0-9", TEXT, case_id=f"c{n // 2}") for n in range(12)]
    near = {s.segment_id: 1 - n / 100 for n, s in enumerate(members)}
    lean = dict.fromkeys(near, 1.5)
    lean |= {"d1:0-9": -1.2, "d2:0-9": -2.0, "d3:0-9": -3.0, "d4:0-9": -0.9, "d11:0-9": -5.0}
    assert dissenting(members, near, lean) == ("d3:0-9", "d1:0-9")  # d11 is at the edge, d4 hardly leans
    assert dissenting(members, near, lean, shown={"d0:0-9"}, withheld={"d3:0-9"}) == ("d2:0-9",)
    assert dissenting(members, near, {i: -value for i, value in lean.items()}) == ("d3:0-9", "d1:0-9")


def test_a_theme_that_leans_neither_way_has_no_dissent():
    members = [a_segment(f"d{n}:0-9", TEXT) for n in range(4)]
    near = dict.fromkeys((s.segment_id for s in members), 0.5)
    lean = {s.segment_id: 2.0 if n % 2 else -2.0 for n, s in enumerate(members)}
    assert dissenting(members, near, lean) == ()
