from builders import a_segment
from themes.code.folds import folds_of, groups_of, groups_to_hold_out

STORY = "My adviser never once asked me what sort of work I could do with my back"


def test_cases_stay_together():
    segments = [a_segment(f"d{at}:0-1", f"Number {at} of many", case_id=f"c{at // 3}") for at in range(9)]
    assert groups_of(segments).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_near_duplicates_stay_together_and_chain_their_cases():
    segments = [
        a_segment("d1:0-1", STORY, case_id="a"),
        a_segment("d2:0-1", "It rained all day in the north", case_id="a"),
        a_segment("d3:0-1", f"{STORY.upper()}, or knees!", case_id="b"),
        a_segment("d4:0-1", "The soup was cold and nobody came", case_id="c"),
    ]
    assert groups_of(segments).tolist() == [0, 0, 0, 1]


def test_texts_on_one_subject_are_no_duplicates():
    texts = (STORY, "My adviser asked me every week what work I would like to do")
    assert groups_of([a_segment(f"d{at}:0-1", text) for at, text in enumerate(texts)]).tolist() == [0, 1]


def test_texts_of_few_letters_are_borne():
    assert groups_of([a_segment(f"d{at}:0-1", text) for at, text in enumerate(("", "no", "No.", "😀"))]).tolist() == [
        0, 1, 1, 0,
    ]  # fmt: skip


def test_short_answers_are_duplicates_only_to_the_same_question():
    asked = (
        ("Yes, always.", "Could you sleep?"),
        ("Yes, always.", "Were you heard?"),
        ("Yes always", "Could you sleep?"),
    )
    segments = [a_segment(f"d{at}:0-1", text, prompt=prompt) for at, (text, prompt) in enumerate(asked)]
    assert groups_of(segments).tolist() == [0, 1, 0]


def test_long_answers_are_duplicates_whatever_was_asked():
    segments = [a_segment(f"d{at}:0-1", STORY, prompt=prompt) for at, prompt in enumerate(("What went wrong?", None))]
    assert groups_of(segments).tolist() == [0, 0]


def test_a_case_with_more_than_half_of_all_is_held_out_in_parts():
    texts = (STORY, f"{STORY}, or knees", "The soup was cold and nobody came", "It rained all day in the north")
    segments = [a_segment(f"d{at}:0-1", text, case_id="abc"[max(0, at - 1)]) for at, text in enumerate(texts)]
    assert groups_to_hold_out(segments).tolist() == [0, 0, 1, 2]
    segments = [a_segment(f"d{at}:0-1", text, case_id="only") for at, text in enumerate(texts)]
    assert groups_of(segments).tolist() == [0, 0, 0, 0]
    assert groups_to_hold_out(segments).tolist() == [0, 0, 1, 2]


def test_groups_fall_into_five_folds_whole():
    groups = groups_of([a_segment(f"d{at}:0-1", f"Text {at}", case_id=f"c{at // 2}") for at in range(40)])
    folds = folds_of(groups, seed=3)
    assert set(folds.tolist()) == {0, 1, 2, 3, 4}
    assert all(len(set(folds[groups == group].tolist())) == 1 for group in groups)
    assert folds.tolist() != folds_of(groups, seed=4).tolist()


def test_no_segments_have_no_folds():
    assert folds_of(groups_of([]), seed=1).tolist() == []
