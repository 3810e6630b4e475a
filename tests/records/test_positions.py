import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.records.positions import PLAIN, Counting, Places, with_line_feeds

WRITTEN = "a😡b\r\nc\rd\n"
"""With line feeds: a 😡 b \\n c \\n d \\n"""


@pytest.mark.parametrize(
    ("counting", "places"),
    [
        (PLAIN, [0, 1, 2, 3, 5, 6, 7, 8, 9]),
        (Counting(line_end_is_one=True), [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        (Counting(utf16=True), [0, 1, 3, 4, 6, 7, 8, 9, 10]),
        (Counting(utf16=True, line_end_is_one=True), [0, 1, 3, 4, 5, 6, 7, 8, 9]),
        (Counting(byte_order_mark=True), [1, 2, 3, 4, 6, 7, 8, 9, 10]),
    ],
)
def test_each_way_of_counting_has_its_places(counting, places):
    there = Places(WRITTEN, counting)
    assert there.text == "a😡b\nc\nd\n"
    assert [there.counted(offset) for offset in range(9)] == places
    assert [there.code_point(place) for place in places] == list(range(9))


def test_a_place_within_a_character_or_outside_the_text_is_none():
    assert Places("a😡b", Counting(utf16=True)).code_point(2) is None
    assert Places("a\r\nb", PLAIN).code_point(2) is None
    assert [Places("ab", PLAIN).code_point(place) for place in (-1, 3)] == [None, None]
    assert Places("a😡", Counting(utf16=True)).code_point(4) is None


def test_an_inclusive_end_is_the_last_character():
    assert Places("kind.", Counting(inclusive=True)).span(0, 3) == (0, 4)
    assert Places("kind.", Counting(inclusive=True)).span(0, 5) is None


def test_a_stretch_of_no_length_is_none():
    assert Places("kind.", PLAIN).span(2, 2) is None


@given(st.text(alphabet="a😡\r\né"), st.builds(Counting, st.booleans(), st.booleans(), st.just(False), st.booleans()))
def test_every_place_comes_back(written, counting):
    there = Places(written, counting)
    assert there.text == with_line_feeds(written)
    assert [there.code_point(there.counted(at)) for at in range(len(there.text) + 1)] == list(
        range(len(there.text) + 1)
    )
