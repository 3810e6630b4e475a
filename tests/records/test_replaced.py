"""The way between a text and the same text with surrogates in it, there and back."""

from hypothesis import given
from hypothesis import strategies as st

from themes.records.privacy import Replacement
from themes.records.replaced import ReplacementMap
from themes.records.span import Span

# "Is Karen at Hull?" with both masked: "Is [person K7QX2M] at [town]?"
WAY = ReplacementMap(
    (Replacement(Span(3, 8), "PERSON", "[person K7QX2M]"), Replacement(Span(12, 16), "LOCATION", "[town]"))
)
BEFORE, AFTER = "Is Karen at Hull?", "Is [person K7QX2M] at [town]?"


def test_where_things_stand_in_either_text() -> None:
    assert [span.of(BEFORE) for span in WAY.details] == ["Karen", "Hull"]
    assert [span.of(AFTER) for span in WAY.surrogates] == ["[person K7QX2M]", "[town]"]
    assert WAY.clear(AFTER) == [(0, "Is "), (8, " at "), (16, "?")]
    assert WAY.length_before(AFTER) == len(BEFORE)


def test_edges_of_details_are_exact_and_what_lies_within_is_moved_outward() -> None:
    assert WAY.after(Span(8, 12)) == (Span(18, 22), True)  # " at "
    assert WAY.after(Span(3, 16)) == (Span(3, 28), True)  # "Karen at Hull"
    assert WAY.after(Span(5, 9)) == (Span(3, 19), False)  # "ren "
    assert WAY.before(Span(2, 25)) == (Span(2, 16), False)  # " [person K7QX2M] at [to"
    assert WAY.after(Span(6, 7)) == (Span(3, 18), False)
    assert WAY.after(Span(17, 17)) == (Span(29, 29), True)


def test_without_replacements_nothing_moves() -> None:
    assert ReplacementMap(()).after(Span(2, 5)) == (Span(2, 5), True)
    assert ReplacementMap(()).clear("They.") == [(0, "They.")]


@st.composite
def replaced_texts(draw: st.DrawFn) -> tuple[str, str, ReplacementMap]:
    """A text, the same with some of it replaced, and the way between them. Details may touch."""
    pieces = draw(st.lists(st.tuples(st.booleans(), st.text("ab c", min_size=1, max_size=6)), max_size=8))
    before, after, replacements = "", "", []
    for masked, words in pieces:
        surrogate = draw(st.sampled_from(["[x]", "[person K7QX2M]"])) if masked else words
        if masked:
            replacements.append(Replacement(Span(len(before), len(before) + len(words)), "PERSON", surrogate))
        before, after = before + words, after + surrogate
    return before, after, ReplacementMap(tuple(replacements))


@given(replaced_texts(), st.data())
def test_there_and_back_is_where_one_was(texts: tuple[str, str, ReplacementMap], data: st.DataObject) -> None:
    before, after, way = texts
    start = data.draw(st.integers(0, len(before)))
    span = Span(start, data.draw(st.integers(start, len(before))))
    there, exact = way.after(span)
    back, back_is_exact = way.before(there)
    assert there.end <= len(after)
    assert back_is_exact  # it is at edges by now
    assert back.contains(span)
    assert (back == span) == exact
    assert all(before.startswith(words, at) for at, words in way.clear(after))
    assert way.length_before(after) == len(before)
