import numpy as np
import pytest

from builders import a_code, a_codebook, a_segment
from themes.code.layer import log_odds_of
from themes.code.stack import FEWEST_LABELLED, SUGGESTED_CUT_OFF, fit, judge_by_codebook, with_question
from themes.records.coding import LabelledSegment
from themes.records.span import Span

FOOD = [
    "The soup was cold",
    "Dinner came late",
    "Tasty lunch",
    "The bread was stale",
    "Nice pudding",
    "No vegetables",
    "Burnt toast",
]
CARS = [
    "The car park was full",
    "Nowhere to park",
    "Parking is dear",
    "Long way from the car",
    "The barrier stuck",
    "A ticket on my car",
]
NEITHER = [
    "It rained",
    "I read a book",
    "My sister called",
    "The walls are blue",
    "We live here",
    "It was May",
    "He is tall",
]
CODEBOOK = a_codebook(a_code("food", name="Food", definition=""), a_code("cars", name="Cars", definition=""))


def labelled(extra=""):
    rows = [(t, {"food"}) for t in FOOD] + [(t, {"cars"}) for t in CARS] + [(t, set()) for t in NEITHER]
    rows += [(f"{text} {extra or 'again'}", codes) for text, codes in rows]
    return [LabelledSegment(a_segment(f"d{at}:0-1", t), frozenset(codes)) for at, (t, codes) in enumerate(rows)]


@pytest.fixture(scope="module")
def stack():
    return fit(labelled(), CODEBOOK, seed=1)


def test_without_labels_scores_are_ranked_and_not_calibrated():
    judgement = judge_by_codebook([a_segment(text="The soup was cold")], CODEBOOK)
    assert judgement.probabilities.shape == (1, 2)
    assert judgement.probabilities[0, 0] > judgement.probabilities[0, 1]
    assert (judgement.calibrated.tolist(), judgement.cut_offs.tolist()) == ([False, False], [SUGGESTED_CUT_OFF] * 2)


def test_with_labels_probabilities_are_calibrated(stack):
    judgement = stack.judge(
        [a_segment(text=text) for text in ("The soup was stale", "I could not park the car", "It was blue")], CODEBOOK
    )
    assert judgement.calibrated.all()
    applied = judgement.probabilities >= judgement.cut_offs
    assert applied.tolist() == [[True, False], [False, True], [False, False]]


def test_a_code_that_no_label_names_keeps_the_codebooks_score():
    codebook = a_codebook(*CODEBOOK.codes, a_code("pets", name="Pets", definition="Dogs and cats.", cues=("dog",)))
    segments = [a_segment(text="My dog barked"), a_segment(text="Cold soup")]
    judgement = fit(labelled(), codebook, seed=1).judge(segments, codebook)
    assert judgement.calibrated.tolist() == [True, True, False]
    assert judgement.probabilities[0, 2] >= judgement.cut_offs[2] > judgement.probabilities[1, 2]


def test_fitting_twice_gives_the_same(stack):
    segments = [a_segment(text="The soup was stale")]
    again = fit(labelled(), CODEBOOK, seed=1)
    np.testing.assert_array_equal(
        stack.judge(segments, CODEBOOK).probabilities, again.judge(segments, CODEBOOK).probabilities
    )


def test_too_few_labels_fit_nothing():
    assert fit(labelled()[: FEWEST_LABELLED - 1], CODEBOOK, seed=1) is None


def test_labels_without_any_code_fit_nothing():
    none = [LabelledSegment(one.segment, frozenset()) for one in labelled()]
    assert fit(none, CODEBOOK, seed=1) is None


def test_labels_without_any_no_fit_nothing():
    both = [LabelledSegment(one.segment, frozenset({"food", "cars"})) for one in labelled()]
    assert fit(both, CODEBOOK, seed=1) is None


def test_labels_of_one_text_fit_nothing():
    segments = [a_segment(f"d{at}:0-1", FOOD[0]) for at in range(40)]
    codes = [frozenset({"food"} if at % 2 else ()) for at in range(40)]
    assert fit([LabelledSegment(*one) for one in zip(segments, codes, strict=True)], CODEBOOK, seed=1) is None


def test_a_single_no_is_enough_to_fit():
    food = a_codebook(a_code("food", name="Food", definition=""))
    texts = [f"{text} {extra}" for extra in ("again", "today", "as ever", "on Monday", "then") for text in FOOD]
    rows = [LabelledSegment(a_segment(f"d{at}:0-1", t), frozenset({"food"})) for at, t in enumerate(texts)]
    rows[3] = LabelledSegment(rows[3].segment, frozenset())
    likely = fit(rows, food, seed=1).judge([a_segment(text="The soup was cold")], food).probabilities
    assert likely[0, 0] > 0.9


def test_labels_of_one_case_are_learned_from_all_the_same():
    one_case = [
        LabelledSegment(a_segment(f"d{at}:0-1", one.segment.text, case_id="c"), one.code_ids)
        for at, one in enumerate(labelled())
    ]
    new = [a_segment(text=text) for text in ("The soup was stale", "I could not park the car", "It was blue")]
    judged = fit(one_case, CODEBOOK, seed=1).judge(new, CODEBOOK)
    assert (judged.probabilities >= judged.cut_offs).tolist() == [[True, False], [False, True], [False, False]]


def test_no_segments_are_judged_as_none(stack):
    assert judge_by_codebook([], CODEBOOK).probabilities.shape == (0, 2)
    assert stack.judge([], CODEBOOK).probabilities.shape == (0, 2)


PARTLY = [
    ("The canteen ran out of gravy", {"food"}, {"food"}),
    ("Gravy on everything", {"food"}, {"food"}),
    ("They sold gravy from a van", {"food"}, {"food"}),
]


def partly():
    return [
        LabelledSegment(a_segment(f"p{at}:0-1", text), frozenset(codes), frozenset(asked))
        for at, (text, codes, asked) in enumerate(PARTLY)
    ]


def test_a_segment_decided_in_part_teaches_the_codes_it_was_decided_for(stack):
    taught = fit([*labelled(), *partly()], CODEBOOK, seed=1)
    new = [a_segment(text="Gravy again")]
    before, after = (log_odds_of(one.judge(new, CODEBOOK).probabilities)[0, 0] for one in (stack, taught))
    assert after > before + 1


def test_what_was_not_decided_is_no_no():
    cars = [LabelledSegment(one.segment, one.code_ids, frozenset({"food", "cars"})) for one in partly()]
    silent, refused = (fit([*labelled(), *more], CODEBOOK, seed=1) for more in (partly(), cars))
    new = [a_segment(text="They sold gravy from a car")]
    assert silent.judge(new, CODEBOOK).probabilities[0, 1] > refused.judge(new, CODEBOOK).probabilities[0, 1]


def test_segments_decided_in_part_alone_fit_nothing():
    some = [LabelledSegment(one.segment, one.code_ids, frozenset({"food"})) for one in labelled()]
    assert fit(some, CODEBOOK, seed=1) is None


def test_short_answers_alone_are_read_with_their_question():
    asked = "Who drove you there?"
    answers = ("My wife, in our old red car", "My wife drove me in her car", "Nobody")
    read = [with_question(a_segment(text=text, prompt=asked)) for text in answers]
    assert [one.text for one in read] == [answers[0], answers[1], "Who drove you there? Nobody"]
    assert (read[2].prompt, read[2].span) == (None, Span(0, 27))
    assert with_question(a_segment(text="Nobody")).text == "Nobody"


def test_what_a_short_answer_repeats_of_others_is_not_read():
    quoting = a_segment(text="Yes. So it goes.", prompt="Was it so?", quoted=(Span(5, 16),))
    assert with_question(quoting).text == "Was it so? Yes."
