import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_document
from themes.records.corpus import DocumentKind
from themes.records.segment import Segment
from themes.records.span import Span
from themes.segment import SEGMENTERS, segment

RUN_ON = (
    "i went to the jobcentre and they said i had to do the course and i said i was ill but they did not listen "
    "so i went anyway and then i felt worse on the bus and my mum had to come and get me and she lost a days pay "
    "because of it and they still stopped my money for leaving early and i am not going back there ever"
)


def test_a_segment_knows_its_place_its_question_and_its_neighbours():
    document = a_document("d7k2q", "First. Second one. Third.", prompt="What happened?", speaker="claimant")
    assert segment(document)[1] == Segment(
        segment_id="d7k2q:7-18",
        document_id="d7k2q",
        case_id="c-d7k2q",
        span=Span(7, 18),
        text="Second one.",
        prompt="What happened?",
        before="First.",
        after="Third.",
        speaker="claimant",
    )


def test_a_short_answer_is_one_segment():
    answer = a_document(text="No help. None at all.", kind=DocumentKind.ANSWER)
    assert [s.text for s in segment(answer)] == ["No help. None at all."]


def test_a_long_answer_is_cut_into_sentences():
    text = "They never asked me what I wanted to do with my days. " * 3
    answer = a_document(text=text, kind=DocumentKind.ANSWER)
    assert [s.text for s in segment(answer)] == ["They never asked me what I wanted to do with my days."] * 3


def test_a_run_on_is_cut_where_its_clauses_join():
    assert [s.text for s in segment(a_document(text=RUN_ON))] == [
        "i went to the jobcentre and they said i had to do the course and i said i was ill but they did not listen",
        "so i went anyway and then i felt worse on the bus and my mum had to come and get me and she lost a days pay",
        "because of it and they still stopped my money for leaving early and i am not going back there ever",
    ]


def test_a_run_on_without_any_joint_is_still_cut():
    segments = segment(a_document(text="form " * 200))
    assert all(len(s.text.split()) <= 80 for s in segments)
    assert "".join(s.text for s in segments).count("form") == 200


def test_a_surrogate_is_never_cut():
    text = "so then [the adviser, and she, but K7] " * 40
    assert sum(s.text.count("[the adviser, and she, but K7]") for s in segment(a_document(text=text))) == 40


def test_quotations_go_with_the_segments_they_touch():
    text = "He wrote “work is good. For all” in it. Nonsense."
    quoted = Span(text.index("“"), text.index("”") + 1)
    assert [s.quoted for s in segment(a_document(text=text, quotations=(quoted,)))] == [(Span(9, 32),), ()]


def test_a_segment_wholly_inside_a_quotation_is_still_a_segment():
    text = "All can work.\nI disagree."
    first, second = segment(a_document(text=text, quotations=(Span(0, 13),)))
    assert (first.quoted, second.quoted) == ((Span(0, 13),), ())


def test_an_article_without_a_named_speaker_is_not_taken_for_a_claimant():
    assert [s.speaker for s in segment(a_document(kind=DocumentKind.ARTICLE))] == ["unknown"]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("answer", ["It was late, but she came. Good.\n\nThanks."]),
        ("paragraph", ["It was late, but she came. Good.", "Thanks."]),
        ("sentence", ["It was late, but she came.", "Good.", "Thanks."]),
        ("clause", ["It was late, but she came.", "Good.", "Thanks."]),
    ],
)
def test_there_are_four_ways_to_cut(by, expected):
    assert [s.text for s in segment(a_document(text="It was late, but she came. Good.\n\nThanks."), by=by)] == expected


def test_clauses_are_shorter_than_sentences():
    text = "I had the form for weeks, but they wanted it the next day, so I rang them and then I gave up on it."
    assert [s.text for s in segment(a_document(text=text), by="clause")] == [
        "I had the form for weeks,",
        "but they wanted it the next day,",
        "so I rang them and then I gave up on it.",
    ]


def test_a_text_without_letters_has_no_segments():
    assert segment(a_document(text="… 😀 !!")) == []


@pytest.mark.parametrize("by", SEGMENTERS)
@given(text=st.text(alphabet="ab I.!?…\n\"'“”()[]😀,;-", max_size=400))
def test_segments_are_in_order_and_lose_no_letter(by, text):
    segments = segment(a_document(text=text), by=by)
    assert all(s.text == s.span.of(text) == s.text.strip() for s in segments)
    assert all(a.span.end <= b.span.start for a, b in pairwise(segments))
    assert "".join(re.findall(r"\w", " ".join(s.text for s in segments))) == "".join(re.findall(r"\w", text))


def test_a_very_long_text_is_cut_in_linear_time():
    text = "They stopped my money for three weeks. No one told me why. " * 20_000
    assert len(segment(a_document(text=text))) == 40_000
