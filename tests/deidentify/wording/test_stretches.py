"""Spans in order, what is left beside them, and where one should end."""

import pytest

from themes.deidentify.wording.stretches import Stretches, apart, outside, snapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def found(start: int, end: int, label: str = "PERSON", recognizer: str = "names", score: float = 0.9) -> Finding:
    return Finding(Span(start, end), label, IdentifierKind.DIRECT, score, recognizer)


def test_what_lies_over_a_place_is_found_also_behind_a_short_one() -> None:
    stretches = Stretches([Span(10, 12), Span(0, 20), Span(3, 5), Span(20, 22)])
    assert stretches.over(Span(11, 21)) == [Span(0, 20), Span(10, 12), Span(20, 22)]
    assert stretches.over(Span(5, 10)) == [Span(0, 20)]
    assert stretches.over(Span(22, 30)) == []


def test_spans_that_only_meet_do_not_touch() -> None:
    stretches = Stretches([Span(3, 5), Span(7, 9)])
    assert [stretches.touch(Span(*ends)) for ends in ((0, 3), (5, 7), (9, 12), (0, 4), (4, 8), (8, 20))] == [
        False, False, False, True, True, True,
    ]  # fmt: skip
    assert [stretches.hold(offset) for offset in range(10)] == [
        False, False, False, True, True, False, False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(2, 12)]),
        ([(4, 6)], [(2, 4), (6, 12)]),
        ([(0, 6), (8, 9)], [(6, 8), (9, 12)]),
        ([(0, 9), (4, 6), (10, 15)], [(9, 10)]),
        ([(2, 12)], []),
        ([(0, 4), (4, 20)], []),
    ],
)
def test_of_a_finding_stays_what_lies_outside(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    assert outside(found(2, 12), [Span(*ends) for ends in taken]) == [found(*ends) for ends in left]


def sure_first(finding: Finding) -> tuple[float, int]:
    return (-finding.score, finding.span.start)


def test_the_first_keeps_its_stretch_and_the_others_what_sticks_out() -> None:
    text = "Karen Wimbush of Leeds Mill"
    surname, name, place = found(6, 13, score=0.99), found(0, 22, score=0.8), found(17, 27, "BRANCH", score=0.7)
    assert apart(text, [place, name, surname], sure_first) == [
        found(0, 5, score=0.8),
        surname,
        found(14, 22, score=0.8),
        found(23, 27, "BRANCH", score=0.7),
    ]


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        (found(0, 12, score=0.5), []),  # "Jo" alone is a scrap
        (found(0, 12, "PHONE", "patterns", score=0.5), [found(0, 2, "PHONE", "patterns", score=0.5)]),
        (found(3, 16, score=0.5), [found(13, 16, score=0.5)]),  # three letters are none
        (found(0, 16, score=0.5), [found(13, 16, score=0.5)]),
        (found(3, 16, "ORG", score=0.5), []),  # a part of these says nothing
        (found(3, 16, "CODE", score=0.5), []),
        (found(3, 16, "AGE", score=0.5), []),
        (found(3, 16, "DATE", score=0.5), []),
        (found(3, 16, "LOCATION", score=0.5), []),
        (found(13, 16, "ORG", score=0.5), [found(13, 16, "ORG", score=0.5)]),  # a whole one stands
        (found(0, 2, score=0.5), [found(0, 2, score=0.5)]),  # … however short
        (found(2, 3, score=0.5), []),  # a blank is nothing
    ],
)
def test_a_scrap_or_a_part_of_what_only_counts_whole_is_left_out(later: Finding, kept: list[Finding]) -> None:
    first = found(3, 12, score=0.9)
    assert apart("Jo Wimbushes Ann.", [later, first], sure_first) == sorted([first, *kept], key=lambda f: f.span)


@pytest.mark.parametrize(
    ("text", "span", "snug"),
    [
        ("ask Karen now", Span(3, 10), "Karen"),
        ("ask Karen's mum", Span(4, 11), "Karen"),
        ("ask Karen’s mum", Span(4, 11), "Karen"),
        ("ask Karen Wren's mum", Span(4, 16), "Karen Wren's"),  # of several words it may be part of the name
        ("ask Jo's mum", Span(4, 8), "Jo"),
        ("the A's won", Span(4, 7), "A's"),
        ("the 90's won", Span(4, 8), "90's"),
        ("call +44 20!", Span(4, 12), "+44 20"),
        ("at @wren_, yes", Span(2, 10), "@wren_"),
        ("on (020) 79 now", Span(2, 11), "(020) 79"),
        ("was [x] there", Span(3, 7), "[x"),
        ("rang (020 79) then", Span(5, 12), "(020 79)"),
        ("rang (020 79", Span(5, 12), "(020 79"),
        ("rang (020) 79) then", Span(5, 13), "(020) 79"),
        ("rang 020 79) then", Span(5, 11), "020 79"),
    ],
)
def test_a_span_is_without_what_is_at_its_edges(text: str, span: Span, snug: str) -> None:
    settled = snapped(text, span)
    assert settled is not None
    assert settled.of(text) == snug
    assert settled.start == text.index(snug)


@pytest.mark.parametrize("text", ["...", "  ", "", "- ,"])
def test_where_only_marks_are_nothing_is_left(text: str) -> None:
    assert snapped(text, Span(0, len(text))) is None


def test_the_ending_of_the_name_before_is_left_out() -> None:
    text = "Sharon's  clinic 's there"
    assert [snapped(text, Span(*ends)) for ends in ((6, 16), (7, 16), (16, 19))] == [
        Span(10, 16), Span(10, 16), Span(18, 19),
    ]  # fmt: skip


def test_what_is_left_of_a_phrase_around_a_town_is_more_than_words_that_tell_nothing() -> None:
    text = "the only lad in Goole at the club"
    phrase, town, club = found(0, 33, "DEMOG"), found(16, 21, "LOCATION", score=0.99), found(29, 33, "JOB", score=0.95)
    assert apart(text, [phrase, town, club], sure_first) == [found(0, 15, "DEMOG"), town, club]
    formed = found(0, 33, "DEMOG", recognizer="patterns")
    assert found(22, 28, "DEMOG", recognizer="patterns") in apart(text, [formed, town, club], sure_first)
