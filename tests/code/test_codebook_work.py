import numpy as np

from builders import a_code, a_codebook, a_segment
from themes.code.codebook_work import confused, disputed, misleading, uncovered
from themes.code.decided import DecidedExcerpt, decided_excerpts, opinions
from themes.records.anchor import Hold
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.decision import CarriedDecision, Verdict

CODEBOOK = a_codebook(
    a_code("food", definition="What there is to eat.", cues=("soup",)), a_code("cars", definition="Cars and parking.")
)
BOTH = frozenset({"food", "cars"})
IDS = [f"d{n}:0-9" for n in range(5)]
SEGMENTS = {i: a_segment(i, case_id="c0" if i == IDS[1] else f"c-{i}") for i in IDS}


def excerpt(segment_id, *code_ids, complete=BOTH):
    return DecidedExcerpt(segment_id, frozenset(code_ids), complete, complete, frozenset())


def test_codes_of_which_the_coder_gives_one_where_people_give_the_other():
    excerpts = [*(excerpt(i, "food") for i in IDS[:4]), excerpt(IDS[4], "cars")]
    cars, food, both = [False, True], [True, False], [True, True]
    # In three of four excerpts that people called food the coder says cars instead; in the fourth it says both.
    assert confused(excerpts, np.array([cars, cars, cars, both, cars]), SEGMENTS, CODEBOOK) == [
        CodebookProposal(Work.CONFUSED, ("cars", "food"), 3, 4, 3, (IDS[0], IDS[1], IDS[2]))
    ]
    assert confused(excerpts, np.array([cars, cars, food, both, food]), SEGMENTS, CODEBOOK) == []


def test_a_code_that_was_not_considered_is_not_confused():
    excerpts = [excerpt(i, "food", complete=frozenset({"food"})) for i in IDS]
    assert confused(excerpts, np.array([[False, True]] * 5), SEGMENTS, CODEBOOK) == []


def test_examples_are_of_different_cases():
    shared = {i: a_segment(i, case_id="c0") for i in IDS[:2]} | {i: SEGMENTS[i] for i in IDS[2:]}
    (one,) = confused([excerpt(i, "food") for i in IDS], np.array([[False, True]] * 5), shared, CODEBOOK)
    assert (one.excerpts, one.cases, one.segment_ids) == (5, 4, (IDS[0], IDS[2], IDS[3]))


def test_codes_of_which_one_person_gives_the_first_and_another_the_second():
    def says(coder, segment_id, code_id):
        return [
            CarriedDecision("1", segment_id, segment_id, code, verdict, coder, "2026", "", None, Hold.SAME, "", covers)
            for code, verdict, covers in ((code_id, Verdict.ADD, ()), ("", Verdict.COMPLETE, ("cars", "food")))
        ]

    crossed = [one for i in IDS[:3] for one in [*says("A1", i, "food"), *says("A2", i, "cars")]]
    agreed = [*says("A1", IDS[3], "food"), *says("A2", IDS[3], "food"), *says("A1", IDS[4], "food")]
    held = opinions([*crossed, *agreed])
    # Two people coded four of the five.
    assert disputed(held, SEGMENTS) == [CodebookProposal(Work.DISPUTED, ("cars", "food"), 3, 4, 3, tuple(IDS[:3]))]
    assert [one.disputed for one in decided_excerpts(held)[:3]] == [BOTH] * 3


def test_a_codebook_whose_cue_speaks_where_people_say_no_is_too_wide():
    texts = ["He was in the soup.", "What a soup of papers.", "The soup of the day.", "Soup kitchens are a scandal."]
    segments = {f"d{n}:0-9": a_segment(f"d{n}:0-9", text) for n, text in enumerate(texts)}
    excerpts = [excerpt("d0:0-9"), excerpt("d1:0-9"), excerpt("d2:0-9", "food"), excerpt("d3:0-9")]
    assert misleading(excerpts, segments, CODEBOOK) == [
        CodebookProposal(Work.TOO_WIDE, ("food",), 3, 4, 3, ("d0:0-9", "d1:0-9", "d3:0-9"), words=("cue: soup",))
    ]


def test_a_codebook_that_is_silent_where_people_say_yes_is_too_narrow():
    texts = ["The gravy was cold.", "I like pie.", "Bread again.", "The soup was cold."]
    segments = {f"d{n}:0-9": a_segment(f"d{n}:0-9", text) for n, text in enumerate(texts)}
    found = misleading([excerpt(i, "food") for i in segments], segments, a_codebook(a_code("food", cues=("soup",))))
    assert found == [CodebookProposal(Work.TOO_NARROW, ("food",), 3, 4, 3, ("d0:0-9", "d1:0-9", "d2:0-9"))]


def test_nothing_is_misleading_where_nothing_is_decided():
    assert misleading([], {}, CODEBOOK) == []


def test_a_theme_that_no_code_covers_in_most_of_its_excerpts():
    segments = [a_segment(f"d{n}:0-9") for n in range(12)]
    themes = {f"d{n}:0-9": "t1" if n < 5 else "t2" for n in range(9)}
    found = uncovered(
        segments,
        themes,
        # One of five in t1, one of four in t2, three in no theme.
        left_uncoded=["d0:0-9", "d5:0-9", "d9:0-9", "d10:0-9", "d11:0-9", "d99:0-9"],
        untouched=["d1:0-9", "d2:0-9"],
    )
    assert found == [
        CodebookProposal(Work.UNCOVERED, (), 4, 5, 4, ("d10:0-9", "d11:0-9", "d5:0-9")),
        CodebookProposal(Work.UNCOVERED, (), 3, 5, 3, ("d0:0-9", "d1:0-9", "d2:0-9"), theme_id="t1"),
    ]
    assert uncovered(segments, themes, left_uncoded=["d0:0-9"], untouched=[]) == []
