"""What the weights make of a text: that they are added up as the bundles say, however much is remembered."""

import numpy as np
import pytest

from invented_weights import some_weights
from themes.deidentify.weigh import sums as sums_module
from themes.deidentify.weigh.evidence import look, rule_bundles, text_bundles, votes_of
from themes.deidentify.weigh.forms import Form
from themes.deidentify.weigh.hearing import ruled
from themes.deidentify.weigh.sequence import sequence_places
from themes.deidentify.weigh.sums import Sums
from themes.deidentify.weigh.weights import FAMILIES, VECTOR, shipped
from themes.errors import ModelError

TEXTS = [
    "My adviser Sadiqa never looked up, and her boss Mr Quillon was worse. sadiqa's boss, I mean.",
    "i told shaz at the front desk that i cant lift",
    "Sent by Oriel Pemble, thanks. oriel rang again - twice; Oriel Pemble!",
    "@wren It 's off , says Tarn Wexcombe #hull www.example.com",
    "WE LIVE IN HAWORTH AND SHE WAS SECTIONED AT THE LIMES",
    "Seán O'Brien-Smith (47) of Haworth",
    "no",
    " … ",
]


def test_the_weights_of_all_features_of_all_bundles_are_added_once() -> None:
    sums = Sums(some_weights(frame_before_a_b_=0.25, frame_after_c_d_=1.0))
    word = [("frame", ("before", "a", "b", "")), ("frame", ("after", "c", "d", ""))]
    for _ in range(2):
        assert sums.of([word, [word[0], word[0]]]).tolist() == [[1.25], [0.5]]
    assert sums.of([]).shape == (0, 1)


def test_sums_stay_right_when_what_is_remembered_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums_module, "MOST_REMEMBERED", 3)
    sums = Sums(some_weights(frame_before_a_b_=0.25))
    words = [[("frame", ("before", "a", "b", ""))], *([("frame", ("after", str(n), "", ""))] for n in range(5))]
    for _ in range(3):
        assert sums.of(words).ravel().tolist() == [0.25, 0, 0, 0, 0, 0]


def test_what_could_not_be_added_up_is_not_remembered_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sums = Sums(some_weights())
    sums.weights.vectors[1] = 1.0
    word = [[("own", (Form("karen", "karen", "lower", opens=False),))]]

    def fails(_: str, *__: object) -> None:
        raise ModelError("The word vectors are not there.")

    monkeypatch.setattr(sums_module, "word_pair", fails)
    seen = look("karen")
    for _ in range(2):
        with pytest.raises(ModelError):
            sums.of(word)
        with pytest.raises(ModelError):
            sums.of_text(seen, [[("rules", ((), "lower", "", "", ""))]])
    monkeypatch.setattr(sums_module, "word_pair", lambda *_: np.ones(2 * VECTOR, np.float32))
    assert sums.of(word).tolist() == [[2.0 * VECTOR]]
    assert sums.of_text(seen, [[("rules", ((), "lower", "", "", ""))]]).tolist() == [[2.0 * VECTOR]]


def test_a_text_adds_up_to_what_its_bundles_add_up_to() -> None:
    quick, slow = Sums(shipped()), Sums(shipped())
    for text in (*TEXTS, *TEXTS):
        seen = look(text)
        rules = list(rule_bundles(seen, votes_of(seen, ruled(text))))
        bundles = [[*plain, *said] for plain, said in zip(text_bundles(seen), rules, strict=True)]
        assert quick.of_text(seen, rules).tolist() == slow.of(bundles).tolist()


def test_the_second_hearing_adds_up_the_weights_of_what_stands_around() -> None:
    weights = shipped()
    random = np.random.default_rng(0)
    for text in TEXTS:
        seen = look(text)
        odds = random.normal(-2, 4, (len(seen.words), len(FAMILIES))).astype(np.float32)
        added = Sums(weights).of_surroundings(seen, odds, FAMILIES)
        assert added.shape == odds.shape
        places = sequence_places(seen, odds, FAMILIES)
        for word in range(len(odds)):
            for column, family in enumerate(FAMILIES):
                model = weights.models.index(f"{family} last")
                by_hand = sum(float(weights.table[place, model]) for place in places[word, column])
                assert added[word, column] == pytest.approx(by_hand, abs=1e-4)


def test_a_text_adds_up_to_the_same_when_what_is_remembered_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def added(ledger: Sums) -> list[object]:
        said = []
        for seen in map(look, TEXTS):
            rules = list(rule_bundles(seen, votes_of(seen, ruled(seen.text))))
            first = ledger.of_text(seen, rules)
            second = ledger.of_surroundings(seen, np.zeros((len(seen.words), len(FAMILIES)), np.float32), FAMILIES)
            said += [first.tolist(), second.tolist()]
        return said

    kept = added(Sums(shipped()))
    monkeypatch.setattr(sums_module, "MOST_REMEMBERED", 3)
    assert added(Sums(shipped())) == kept
