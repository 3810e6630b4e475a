"""Decisions on a text that was made anew: none is lost, and none moves unseen."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_coding, a_document
from themes.records.anchor import Anchor, Hold, SegmentMove
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.privacy import Replacement
from themes.records.span import Span
from themes.review.anchors import (
    CHANGED,
    CUT,
    GONE,
    OUTSIDE,
    anchored,
    carried_over,
    hash_of_words,
    hashes_in,
    segment_moves,
    span_of,
)
from themes.store.run_folder import RunFolder

# Written: "Ten people: Ann, Bob, …, Joy." Before, nobody was masked; after ten corrections, everybody is.
NAMES = ("Ann", "Bob", "Cyd", "Dee", "Eve", "Flo", "Gus", "Hal", "Ivy", "Joy")
RAW = f"Ten people: {', '.join(NAMES)}. All were kind."


def masked(raw: str, *names: str, document_id: str = "d1", says: str = "[person {}]") -> Document:
    """The document in which those names are masked, in order."""
    text, at, replacements = "", 0, []
    for match in re.finditer("|".join(map(re.escape, names)) or "(?!)", raw):
        surrogate = says.format(match.group()[0])
        replacements.append(Replacement(Span(*match.span()), "PERSON", surrogate))
        text += raw[at : match.start()] + surrogate
        at = match.end()
    return a_document(document_id, text + raw[at:], replacements=tuple(replacements))


def at(words: str, text: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def decision(words: str, document: Document, **fields: object) -> Coding:
    span = at(words, document.text)
    return a_coding(f"{document.document_id}:{span.start}-{span.end}", coder_id="A. Nalyst", **fields)


BEFORE, AFTER = masked(RAW), masked(RAW, *NAMES)


@pytest.mark.parametrize(
    ("words", "now", "hold"),
    [
        ("Ten people:", "Ten people:", Hold.SAME),  # before them all
        ("All were kind.", "All were kind.", Hold.MOVED),  # behind them all
        ("Ann, Bob", "[person A], [person B]", Hold.MOVED),  # around two
        ("Cyd", "[person C]", Hold.MOVED),  # exactly one
        (", Dee, ", ", [person D], ", Hold.MOVED),
        ("v", "[person E]", Hold.STALE),  # within one
        ("lo, Gus", "[person F], [person G]", Hold.STALE),  # from within one
        ("Hal, Iv", "[person H], [person I]", Hold.STALE),  # into one
        ("ob, Cyd, D", "[person B], [person C], [person D]", Hold.STALE),  # from one into another
        (RAW, AFTER.text, Hold.MOVED),  # all of it
    ],
)
def test_ten_masks_are_corrected_and_every_decision_is_where_it_was_or_flagged(
    words: str, now: str, hold: Hold
) -> None:
    anchor = anchored(at(words, BEFORE.text), BEFORE, AFTER)
    assert anchor.after is not None
    assert (anchor.after.of(AFTER.text), anchor.hold) == (now, hold)
    assert anchor.reason == (CUT if hold is Hold.STALE else "")
    assert anchor.segment_id == f"d1:{anchor.after.start}-{anchor.after.end}"


def test_taking_masks_away_brings_decisions_back_to_the_very_words() -> None:
    anchor = anchored(at("[person A], [person B]", AFTER.text), AFTER, BEFORE)
    assert anchor == Anchor("d1", Span(12, 34), Span(12, 20), Hold.MOVED)


def test_a_decision_on_part_of_a_surrogate_is_flagged_when_something_changed() -> None:
    part = at("person A", AFTER.text)
    assert anchored(part, AFTER, AFTER) == Anchor("d1", part, part, Hold.SAME)
    assert anchored(part, AFTER, BEFORE) == Anchor("d1", part, Span(12, 15), Hold.STALE, CUT)


def test_another_surrogate_of_the_same_length_is_no_silent_matter() -> None:
    other = masked(RAW, *NAMES, says="[places {}]")
    anchor = anchored(at("[person C]", AFTER.text), AFTER, other)
    assert (anchor.after, anchor.hold) == (anchor.before, Hold.MOVED)


def test_what_was_written_anew_has_no_place_for_old_decisions() -> None:
    for raw in (RAW + " Most.", RAW.replace("All", "Few")):
        assert anchored(Span(0, 3), BEFORE, masked(raw, "Ann")) == Anchor("d1", Span(0, 3), None, Hold.STALE, CHANGED)


def test_a_text_that_is_gone_or_a_place_that_never_was_is_said() -> None:
    beyond = Span(3, len(RAW) + 1)
    assert anchored(Span(0, 3), BEFORE, None) == Anchor("d1", Span(0, 3), None, Hold.STALE, GONE)
    assert anchored(beyond, BEFORE, BEFORE) == Anchor("d1", beyond, None, Hold.STALE, OUTSIDE)
    assert anchored(beyond, BEFORE, AFTER).segment_id is None


@pytest.fixture
def runs(tmp_path: Path) -> tuple[RunFolder, RunFolder]:
    """A run, and a later one: d1 has ten masks more, d2 is the same, d3 is gone."""
    same, gone = a_document("d2", "It rained."), a_document("d3", "It snowed.")
    before, after = RunFolder(tmp_path / "before"), RunFolder(tmp_path / "after")
    before.write(Document, 0, [BEFORE, same, gone])
    after.write(Document, 0, [AFTER, same])
    return before, after


def test_every_decision_is_carried_over_once(runs: tuple[RunFolder, RunFolder]) -> None:
    before, after = runs
    decisions = [
        decision("All were kind.", BEFORE, code_id="kindness"),
        decision("All were kind.", BEFORE, code_id="sanctions", applies=False),
        decision("ob, C", BEFORE),
        a_coding("d2:0-10"),
        a_coding("d3:0-10"),
        a_coding("d4:0-10"),
    ]
    carried = carried_over(decisions, *runs)
    moved = at("All were kind.", AFTER.text)
    assert [(each.coding.segment_id, each.anchor.hold) for each in carried] == [
        (f"d1:{moved.start}-{moved.end}", Hold.MOVED),
        (f"d1:{moved.start}-{moved.end}", Hold.MOVED),
        (decisions[2].segment_id, Hold.STALE),
        ("d2:0-10", Hold.SAME),
        ("d3:0-10", Hold.STALE),
        ("d4:0-10", Hold.STALE),
    ]
    assert [each.coding.code_id for each in carried] == [coding.code_id for coding in decisions]
    assert [each.coding.applies for each in carried] == [coding.applies for coding in decisions]
    proposed = carried[2].anchor.after
    assert proposed is not None
    assert proposed.of(AFTER.text) == "[person B], [person C]"
    assert [each.anchor.reason for each in carried[4:]] == [GONE, OUTSIDE]
    back = carried_over([each.coding for each in carried[:2]], after, before)
    assert [each.coding for each in back] == decisions[:2]


def test_where_segments_went_is_listed() -> None:
    ids = ["d1:0-11", "d1:13-20"]
    assert segment_moves({"d1": (BEFORE, AFTER)}, ids) == [
        SegmentMove("d1:0-11", "d1:0-11", Hold.SAME, ""),
        SegmentMove("d1:13-20", "d1:12-34", Hold.STALE, CUT),
    ]


def test_an_id_of_a_segment_is_read_from_its_end() -> None:
    assert span_of("d:1:2-3") == ("d:1", Span(2, 3))


words = st.text("abcdefgh ,.", min_size=1, max_size=40)


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[str, Document, Document]:
    """A text as written, and two documents made of it with masks wherever."""
    raw = draw(words)

    def version() -> Document:
        text, at, replacements = "", 0, []
        while at < len(raw):
            end = draw(st.integers(at + 1, len(raw)))
            if draw(st.booleans()):
                surrogate = draw(st.sampled_from(["[x]", "[person K7QX2M]"]))
                replacements.append(Replacement(Span(at, end), "PERSON", surrogate))
                text += surrogate
            else:
                text += raw[at:end]
            at = end
        return a_document("d1", text, replacements=tuple(replacements))

    return raw, version(), version()


@given(two_versions(), st.data())
def test_no_decision_is_lost_and_none_moves_unseen(
    versions: tuple[str, Document, Document], data: st.DataObject
) -> None:
    raw, before, after = versions
    start = data.draw(st.integers(0, len(before.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(before.text))))
    anchor = anchored(span, before, after)
    assert anchor.after is not None
    assert anchor.after.end <= len(after.text)
    if before.text == after.text and before.replacements == after.replacements:
        assert (anchor.hold, anchor.after) == (Hold.SAME, span)
        return
    # By hand, a character at a time: what of the raw text each character of either version stands for.
    from_before, from_after = _sources(raw, before), _sources(raw, after)
    meant = set().union(*from_before[span.start : span.end])
    shown = set().union(*from_after[anchor.after.start : anchor.after.end])
    assert meant <= shown
    assert (anchor.hold is Hold.STALE) or meant == shown
    if anchor.hold is Hold.SAME:
        assert (anchor.after, span.of(before.text)) == (span, anchor.after.of(after.text))


def _sources(raw: str, document: Document) -> list[set[int]]:
    """For each character of a document, the characters of the raw text that it stands for."""
    sources: list[set[int]] = []
    at = 0
    for replacement in document.replacements:
        sources += [{i} for i in range(at, replacement.span.start)]
        sources += [set(range(replacement.span.start, replacement.span.end))] * len(replacement.surrogate)
        at = replacement.span.end
    return sources + [{i} for i in range(at, len(raw))]


def test_the_words_of_a_stretch_are_known_again_by_their_hash(tmp_path):
    run = RunFolder(tmp_path)
    run.write(Document, 0, [a_document("d1", "Näive 🧑🏽 words.")])
    assert hashes_in(run, ["d1:0-5", "d1:6-8", "d1:6-99", "d2:0-5"]) == {
        "d1:0-5": hash_of_words("Näive"),
        "d1:6-8": hash_of_words("🧑🏽"),
    }
