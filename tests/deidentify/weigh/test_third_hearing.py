import numpy as np
import pytest

from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.own_votes import UNLIKELY, odds_told
from themes.deidentify.weigh.third_hearing import HEARD_AGAIN, NOBODY, RULED_OUT, heard_again, numbers_of
from themes.deidentify.weigh.trees import Forest
from themes.deidentify.weigh.weights import FAMILIES, shipped


def odds_of(person: list[float], **others: list[float]) -> np.ndarray:
    columns = {"person": person, **others}
    missing = [-9.0] * len(person)
    return np.array([columns.get(family, missing) for family in FAMILIES], np.float32).T


def saying(log_odds: float) -> Forest:
    """A forest that says the same of every word."""
    count = len(HEARD_AGAIN)
    leaf = np.zeros((count, 1, 1), np.int32)
    says = np.full((count, 1, 1), log_odds, np.float32)
    return Forest(leaf, says * 0, leaf, leaf, says, np.zeros(count, np.float32), np.array(1, np.int32))


def test_words_that_are_ruled_out_and_other_families_are_not_heard_again() -> None:
    seen = look("jo told us")
    odds = odds_of([1.0, RULED_OUT, -20.0], place=[-9.0, -1.0, -9.0], age=[2.0, 2.0, 2.0])
    again = heard_again(seen, odds, [{}, {}, {}], FAMILIES, saying(3.5), odds_told([{}] * 3))
    expected = odds.copy()
    expected[0, FAMILIES.index("person")] = expected[1, FAMILIES.index("place")] = 3.5
    assert again.tolist() == expected.tolist()
    assert odds[0, 0] == 1.0  # what was given stays as it was


def test_a_text_without_a_likely_word_asks_no_tree() -> None:
    seen = look("it was fine")
    odds = odds_of([-9.0, -9.0, -9.0])
    assert heard_again(seen, odds, [{}] * 3, FAMILIES, saying(3.5), odds_told([{}] * 3)).tolist() == odds.tolist()
    assert heard_again(look(" … "), odds[:0], [], FAMILIES, saying(3.5), odds_told([])).shape == (0, len(FAMILIES))


def test_the_trees_are_told_what_stands_around_a_word() -> None:
    seen = look("Jo met Sam, jo said")
    person = [2.0, -4.0, 6.0, 1.0, -8.0]
    votes = [{"spacy": 1.0, "own-tagger person": 0.5}, {}, {"own-tagger unit": 0.02}, {}, {}]
    numbers = numbers_of(seen, odds_of(person), votes, FAMILIES, odds_told(votes)).tolist()
    families, some = len(FAMILIES), len(HEARD_AGAIN)
    first, last = numbers[0], numbers[4]
    assert first[:families] == [2.0, *[-9.0] * (families - 1)]
    beside = [first[families + k * some] for k in range(4)]  # two before, one before, one after, two after
    assert beside == [NOBODY, NOBODY, -4.0, 6.0]
    around = [
        last[families + (4 + k) * some] for k in range(4)
    ]  # highest and mean of three, then of six to either side
    assert around[0] == 6.0
    assert around[1] == pytest.approx((-4.0 + 6.0 + 1.0 - 8.0 + 3 * NOBODY) / 7)
    assert around[2] == 6.0
    assert around[3] == pytest.approx((sum(person) + 8 * NOBODY) / 13)
    rest = first[families + 8 * some :]
    own, rest = rest[: families + 8 * some], rest[families + 8 * some :]
    assert own[:families] == [0.0, *[UNLIKELY] * (families - 1)]
    assert own[families : families + 4 * some : some] == [UNLIKELY] * 4
    assert own[families + 4 * some] == 0.0
    assert own[families + 5 * some] == pytest.approx(6 * UNLIKELY / 7)
    like, said, place, text = rest[:some], rest[some : some + 4], rest[some + 4 : some + 6], rest[some + 6 :]
    assert like[0] == 1.0  # "jo" again
    assert said == pytest.approx([1.0, 0.0, 0.0, 2])
    assert place == [0, 5]
    assert text[0] == 6.0
    assert text[some:] == pytest.approx([3 / 5, 3 / 5, 0.0])


def test_the_trees_that_ship_know_all_numbers_and_all_families() -> None:
    forest = shipped().forest
    assert forest is not None
    seen = look("jo told us")
    width = numbers_of(seen, odds_of([0.0] * 3), [{}] * 3, FAMILIES, odds_told([{}] * 3)).shape[1]
    assert len(forest.asks) == len(HEARD_AGAIN)
    assert forest.asks.min() >= 0
    assert forest.asks.max() < width
