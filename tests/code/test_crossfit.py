import numpy as np

from builders import a_code, a_codebook, a_segment
from themes.code import crossfit
from themes.code.crossfit import before_and_after, without_decisions
from themes.code.folds import folds_of, groups_of
from themes.code.stack import Judgement
from themes.records.coding import LabelledSegment

CODEBOOK = a_codebook(a_code("food"))
TAUGHT = [LabelledSegment(a_segment("t1:0-9", "Taught"), frozenset({"food"}))]
WORDS = ("apple", "bridge", "candle", "donkey", "engine", "forest", "guitar", "hammer", "island", "jacket")
DECIDED = [
    LabelledSegment(a_segment(f"d{n}:0-9", f"{word} {word}", case_id=f"c{n % 9}"), frozenset({"food"}))
    for n, word in enumerate(WORDS)
]


def test_each_excerpt_is_judged_by_a_coder_that_learned_from_all_others_but_its_fold(monkeypatch):
    seen = []

    def judge(segments, codebook, *, labelled, seed, frozen=None):
        seen.append(([s.segment_id for s in segments], [one.segment.segment_id for one in labelled]))
        # A coder that knows nothing but what it was given: it says yes as soon as it has a decision to go by.
        return Judgement(np.full((len(segments), 1), float(len(labelled) > 1)), np.array([True]), 0.5)

    monkeypatch.setattr(crossfit, "judge", judge)
    before, after = before_and_after(DECIDED, TAUGHT, CODEBOOK, seed=1)
    assert (before.sum(), after.all(), after.shape) == (0, True, (10, 1))
    assert without_decisions(DECIDED, TAUGHT, CODEBOOK, seed=1).tolist() == before.tolist()
    assert seen.pop() == seen[0]
    every = {one.segment.segment_id for one in DECIDED}
    (first, *folds) = seen
    assert first == ([one.segment.segment_id for one in DECIDED], ["t1:0-9"])
    assert sorted(segment_id for judged, _ in folds for segment_id in judged) == sorted(every)
    for judged, learned in folds:
        assert set(learned) == {"t1:0-9"} | (every - set(judged))
    # The first and the last are of one case.
    assert any({"d0:0-9", "d9:0-9"} <= set(judged) for judged, _ in folds)
    assert len(folds) == len(set(folds_of(groups_of([one.segment for one in DECIDED]), 1).tolist()))


def test_where_all_excerpts_are_of_one_case_nothing_can_be_held_out(monkeypatch):
    monkeypatch.setattr(
        crossfit, "judge", lambda segments, *_, **__: Judgement(np.ones((len(segments), 1)), np.array([True]), 0.5)
    )
    one_case = [LabelledSegment(a_segment(f"d{n}:0-9", w, case_id="c"), frozenset()) for n, w in enumerate(WORDS)]
    before, after = before_and_after(one_case, TAUGHT, CODEBOOK, seed=1)
    assert before.tolist() == after.tolist() == [[True]] * 10
