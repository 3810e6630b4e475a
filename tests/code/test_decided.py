from builders import a_code, a_codebook, a_segment
from themes.code.decided import DecidedExcerpt, as_labelled, codings_of_people, decided_excerpts, opinions
from themes.records.anchor import Hold
from themes.records.coding import LabelledSegment
from themes.records.decision import CarriedDecision, Verdict

HERE, THERE = "d1:0-15", "d2:0-15"
CODEBOOK = a_codebook(a_code("food"), a_code("cars"), a_code("pay"), version="3")
ALL = ("food", "cars", "pay")


def decides(verdict, code_id="", coder="A1", at="2026-01-06T09:00:00+00:00", on=HERE, hold=Hold.SAME, covers=()):
    covers = ALL if verdict == "complete" and not covers else covers
    return CarriedDecision("1", on, on, code_id, Verdict(verdict), coder, at, "", None, hold, "", covers)


def held(*carried):
    return [(one.code_id, one.coder_id, one.applies, one.asked, one.complete) for one in opinions(carried)]


def excerpt(*carried):
    (one,) = decided_excerpts(opinions(carried))
    return one


LATER = "2026-01-07T09:00:00+00:00"


def test_what_was_suggested_was_asked_and_what_was_added_was_not():
    assert held(decides("accept", "food"), decides("reject", "cars"), decides("add", "pay")) == [
        ("cars", "A1", False, True, False),
        ("food", "A1", True, True, False),
        ("pay", "A1", True, False, False),
    ]


def test_complete_says_no_to_all_codes_that_were_not_given():
    assert held(decides("complete"), decides("add", "pay", at=LATER)) == [
        ("cars", "A1", False, True, True),
        ("food", "A1", False, True, True),
        ("pay", "A1", True, True, True),
    ]


def test_complete_says_nothing_of_codes_that_were_not_there():
    assert held(decides("complete", covers=("food",)), decides("accept", "pay")) == [
        ("food", "A1", False, True, True),
        ("pay", "A1", True, True, False),
    ]


def test_the_last_word_of_a_coder_counts_whatever_the_order_of_lines():
    later = decides("reject", "food", at=LATER)
    assert held(later, decides("accept", "food")) == [("food", "A1", False, True, False)]


def test_what_is_taken_back_was_never_said():
    assert held(decides("accept", "food"), decides("take back", "food", at=LATER)) == []
    assert held(decides("complete"), decides("add", "pay"), decides("take back", at=LATER)) == [
        ("pay", "A1", True, False, False)
    ]


def test_a_stale_decision_says_nothing():
    assert held(decides("accept", "food", hold=Hold.STALE)) == []


def test_the_majority_decides_and_a_draw_is_disputed():
    three = [decides("accept", "food"), decides("accept", "food", "A2"), decides("reject", "food", "A3")]
    draw = [decides("accept", "cars"), decides("reject", "cars", "A2")]
    assert excerpt(*three, *draw) == DecidedExcerpt(
        HERE, frozenset({"food"}), frozenset({"food"}), frozenset(), frozenset({"cars"})
    )


def test_an_excerpt_whose_every_code_is_agreed_counts_as_decided_throughout():
    segments = {HERE: a_segment(HERE), THERE: a_segment(THERE)}
    throughout, partly = [decides("complete"), decides("accept", "food")], [decides("accept", "food", on=THERE)]
    excerpts = decided_excerpts(opinions([*throughout, *partly]))
    assert as_labelled(excerpts, segments, CODEBOOK) == [
        LabelledSegment(segments[HERE], frozenset({"food"}), None, reviewed=True),
        LabelledSegment(segments[THERE], frozenset({"food"}), frozenset({"food"}), reviewed=True),
    ]


def test_a_disputed_code_is_not_learned():
    carried = [decides("complete"), decides("complete", coder="A2"), decides("accept", "food", "A2")]
    (one,) = as_labelled([excerpt(*carried)], {HERE: a_segment(HERE)}, CODEBOOK)
    assert (one.code_ids, one.asked) == (frozenset(), frozenset({"cars", "pay"}))


def test_people_are_coders_and_their_codings_are_dated():
    (coding,) = codings_of_people(
        opinions([decides("reject", "food")]), [a_segment(HERE, "The soup was cold.")], CODEBOOK
    )
    assert (coding.code_id, coding.coder_id, coding.applies, coding.probability) == ("food", "A1", False, None)
    assert (coding.made_at, coding.codebook_version) == ("2026-01-06T09:00:00+00:00", "3")
    assert coding.polarity == "negative"


def test_what_is_said_of_other_segments_is_passed_over():
    assert codings_of_people(opinions([decides("accept", "food", on=THERE)]), [a_segment(HERE)], CODEBOOK) == []


def test_yes_to_a_merged_code_is_yes_to_what_it_went_into_and_no_says_nothing():
    from dataclasses import replace

    from themes.code.decided import opinions
    from themes.records.anchor import Hold
    from themes.records.decision import CarriedDecision, Verdict

    def said(code_id, verdict, at, version="1", **more):
        return CarriedDecision(
            f"{code_id}{at}", "d1:0-4", "d1:0-4", code_id, verdict, "ada", f"2026-01-0{at}", version, None, Hold.SAME,
            **more,
        )  # fmt: skip

    merged = {"merged_into": "staff", "merged_in": "2"}
    yes = said("food", Verdict.ADD, 1, **merged)
    no = replace(yes, verdict=Verdict.REJECT)
    for told, applies in [
        ([yes], [("staff", True)]),
        ([no], []),
        ([yes, said("staff", Verdict.REJECT, 2)], [("staff", True)]),
        ([no, said("staff", Verdict.ACCEPT, 2)], [("staff", True)]),
        ([no, said("staff", Verdict.REJECT, 2)], [("staff", False)]),
        ([yes, said("staff", Verdict.REJECT, 2, "2")], [("staff", False)]),
        ([yes, said("staff", Verdict.REJECT, 2, "2"), said("staff", Verdict.TAKE_BACK, 3, "2")], [("staff", True)]),
    ]:
        assert [(o.code_id, o.applies) for o in opinions(told)] == applies
