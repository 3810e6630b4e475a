"""A few words of somebody, quoted in their thread: theirs, unless others say the same."""

from collections.abc import Sequence

import pytest

from themes.deidentify.withdraw.quoted import own_words, short_quotations, short_runs
from themes.records.span import Span

GONE = "They sent me home in the rain. Karen's fault!"


def blanked_in(text: str, *marked: str, gone: str = GONE, others: Sequence[str] = ()) -> list[str]:
    """What would be blanked out of a text, the stretches in it that are marked as quotations given as words."""
    quotations = [Span(text.index(words), text.index(words) + len(words)) for words in marked]
    said = [own_words(other, ()) for other in others]
    found = short_quotations(text, quotations, theirs=short_runs(gone).__contains__, others=lambda: said)
    return [span.of(text) for span in found]


@pytest.mark.parametrize(
    "quoted", ["> sent me home in the rain", "> Sent me HOME", "> in the rain. Karen's fault", "sent  me\nhome"]
)
def test_a_marked_quotation_of_three_words_or_more_is_theirs(quoted: str) -> None:
    (found,) = blanked_in(f"{quoted}\nHow awful.", quoted)
    assert found == quoted.removeprefix("> ")


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'"])
def test_so_are_words_in_quotation_marks_that_nobody_marked(marks: str) -> None:
    assert blanked_in(f"As he said, {marks.format('they sent me home')}. Awful.") == ["they sent me home"]


def test_of_a_longer_quotation_their_words_alone_go() -> None:
    quoted = "Zebedee wrote: they sent me home in the rain – well"
    assert blanked_in(f"> {quoted}\nAwful.", quoted) == ["they sent me home in the rain"]
    assert blanked_in("Not “quite: they sent me home in the rain”, no.") == []


@pytest.mark.parametrize(
    "text",
    [
        "They sent me home in the rain, too.",
        "A “me home” it was.",
        "“They sent him home” is what I heard.",
        "I didn't go, they sent me home, he didn't",
    ],
)
def test_what_somebody_says_in_words_of_their_own_stays(text: str) -> None:
    assert blanked_in(text) == []


def test_three_words_in_a_longer_quotation_may_be_chance() -> None:
    assert blanked_in("> we saw they sent me letters", "we saw they sent me letters") == []


def test_what_others_who_stay_say_too_is_left() -> None:
    text, quoted = "> they sent me home\nSame.", "they sent me home"
    assert blanked_in(text, quoted, others=["Well, they sent me home at noon."]) == []
    assert blanked_in(text, quoted, others=["He said “they sent me home” yesterday."]) == [quoted]


def test_a_text_of_two_words_is_known_whole() -> None:
    assert blanked_in("> Never again!\nQuite.", "Never again!", gone="Never again.") == ["Never again"]
    assert blanked_in("> never\nQuite.", "never", gone="Never again.") == []
    assert short_runs("...") == set()
    assert blanked_in("> ...\nQuite.", "...") == []
