from builders import a_segment
from themes.theme.overlap import Overlap, overlaps

TEXTS = [a_segment(f"d{n}:0-9", "So many forms", case_id=f"c{n}") for n in range(10)]


def test_codes_that_a_theme_has_more_often_than_all_texts_come_by_their_share():
    codes = {"d0:0-9": ["a", "a"], "d1:0-9": ["a", "b"], "d2:0-9": ["a", "b"], "d3:0-9": ["b"], "d8:0-9": ["b"]}
    assert overlaps(TEXTS[:4], TEXTS, codes) == [Overlap("a", 3, 0.75), Overlap("b", 3, 0.75)]


def test_a_code_of_two_people_or_no_more_frequent_than_anywhere_is_not_told():
    codes = {s.segment_id: ["everywhere"] for s in TEXTS} | {"d0:0-9": ["everywhere", "rare"]}
    assert overlaps(TEXTS[:4], TEXTS, codes) == []
