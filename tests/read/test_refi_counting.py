import pytest

from themes.read.refi_counting import Selection, counting_of
from themes.records.positions import PLAIN, Counting, Places

TEXT = "They were kind 👍🏽.\nThen they sanctioned me 😡 twice.\nThat is all."
QUOTES = ("They were kind", "they sanctioned me", "That is all.")


def written_by(counting, *, quotes=True, line_end="\n"):
    """The selections of a file that counts in this way."""
    written = TEXT.replace("\n", line_end)
    places = Places(written, counting)
    marked = "\ufeff" * counting.byte_order_mark + written
    for quote in QUOTES:
        start = TEXT.index(quote)
        end = places.counted(start + len(quote) - counting.inclusive)
        yield Selection(marked, places.counted(start), end, quote if quotes else "")


@pytest.mark.parametrize(
    ("counting", "line_end"),
    [
        (PLAIN, "\n"),
        (PLAIN, "\r\n"),
        (Counting(inclusive=True), "\n"),
        (Counting(utf16=True), "\n"),
        (Counting(utf16=True, inclusive=True), "\r\n"),
        (Counting(utf16=True, line_end_is_one=True), "\r\n"),
        (Counting(line_end_is_one=True), "\r\n"),
        (Counting(byte_order_mark=True), "\n"),
    ],
)
def test_the_way_a_file_counts_is_found_by_its_quotes(counting, line_end):
    assert counting_of(list(written_by(counting, line_end=line_end))) == counting


def test_a_byte_order_mark_that_is_not_counted_moves_nothing():
    given = [Selection("\ufeff" + s.written, s.start, s.end, s.quote) for s in written_by(PLAIN)]
    assert counting_of(given) == PLAIN


def test_without_quotes_ends_are_exclusive_and_characters_code_points():
    assert counting_of(list(written_by(PLAIN, quotes=False))) == PLAIN
    assert counting_of([]) == PLAIN


def test_without_quotes_a_place_outside_the_text_tells():
    end = len(TEXT) + 3  # three emoji more in UTF-16
    assert counting_of([Selection(TEXT, 0, end, "")]) == Counting(utf16=True)


def test_without_quotes_nvivo_is_taken_to_count_emoji_as_two():
    selections = list(written_by(Counting(utf16=True), quotes=False))[:1]
    assert counting_of(selections, origin="NVivo 14") == Counting(utf16=True)
    assert counting_of(list(written_by(PLAIN)), origin="NVivo 14") == PLAIN


def test_a_quote_that_lost_its_line_ends_is_still_one():
    assert counting_of([Selection("a b\nc d.", 0, 6, "a b c d")]) == Counting(inclusive=True)
