"""A text in pieces, and stretches whose ends move word by word. Offsets count code points."""

import pytest

from builders import a_document, a_masked_document
from themes.records.span import Span
from themes.review.passage import AROUND, Piece, ends_of_words, nudged, passage, starts_of_words, trimmed


def test_a_text_is_cut_where_anything_begins_or_ends():
    document = a_masked_document("d1", "I met ", ("Anna", "PERSON", "[person K7]"), " there.", quotations=(Span(0, 5),))
    shown = passage(document, Span(2, 17), [Span(0, 5), Span(2, 17), Span(18, 24)])
    mask = Span(6, 17)
    assert shown.pieces == [
        Piece(Span(0, 2), "I ", now=False, mask=None, quoted=True, depth=1),
        Piece(Span(2, 5), "met", now=True, mask=None, quoted=True, depth=2),
        Piece(Span(5, 6), " ", now=True, mask=None, quoted=False, depth=1),
        Piece(Span(6, 17), "[person K7]", now=True, mask=mask, quoted=False, depth=1),
        Piece(Span(17, 18), " ", now=False, mask=None, quoted=False, depth=0),
        Piece(Span(18, 24), "there.", now=False, mask=None, quoted=False, depth=1),
    ]
    assert (shown.cut_before, shown.cut_after) == (False, False)


def test_a_long_text_is_cut_at_words_around_the_excerpt_and_shown_whole_when_asked_for():
    document = a_document("d1", "word " * 5000)
    now = Span(12_000, 12_004)
    shown = passage(document, now)
    words = "".join(piece.text for piece in shown.pieces)
    assert (shown.cut_before, shown.cut_after) == (True, True)
    assert len(words) <= 2 * AROUND + 4
    assert words.startswith("word ") and words.split()[-1] == "word"
    assert shown.pieces[0].span.start == shown.start
    whole = passage(document, now, whole=True)
    assert "".join(piece.text for piece in whole.pieces) == document.text


TEXT = "Héllo 👩🏽‍🦽 wörld,  done."


@pytest.mark.parametrize(
    ("span", "which", "words"),
    [
        (Span(0, 5), "end-on", "Héllo 👩🏽‍🦽"),
        (Span(0, 10), "end-back", "Héllo"),
        (Span(11, 17), "start-back", "👩🏽‍🦽 wörld,"),
        (Span(0, 17), "start-on", "👩🏽‍🦽 wörld,"),
        (Span(13, 17), "start-back", "wörld,"),
        (Span(11, 17), "end-on", "wörld,  done."),
    ],
)
def test_an_end_moves_by_a_word_and_never_into_an_emoji(span, which, words):
    moved = nudged(TEXT, span, which)
    assert moved is not None
    assert moved.of(TEXT) == words


@pytest.mark.parametrize(
    ("span", "which"), [(Span(0, 5), "start-back"), (Span(0, 5), "end-back"), (Span(19, 24), "end-on")]
)
def test_an_end_stays_where_it_cannot_move(span, which):
    assert nudged(TEXT, span, which) is None


def test_words_begin_and_end_at_white_space():
    assert (starts_of_words(" a bc"), ends_of_words(" a bc")) == ([1, 3], [2, 5])
    assert trimmed("   ", Span(0, 3)) == Span(0, 3)
