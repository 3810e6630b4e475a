import numpy as np

from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.forms import FEATURES
from themes.deidentify.weigh.sequence import FEATURE_SORTS, MARKS, TOLD, sequence_places, told

SEEN = look("jo bloggs, jo")
ODDS = np.array([[3.4], [-0.2], [-7.0]], np.float32)


def test_a_word_hears_its_neighbours_and_the_same_word_elsewhere() -> None:
    known = [dict(zip(TOLD, row, strict=True)) for row in (told(SEEN, ODDS)[:, 0]).tolist()]
    steps = [[row[step] - 9 for step in ("far", "left", "here", "right", "beyond", "like")] for row in known]
    assert steps == [[-9, -9, 3, 0, -5, -5], [-9, 3, 0, -5, -9, -9], [3, 0, -5, -9, -9, 3]]
    assert [(MARKS[row["before"]], MARKS[row["after"]]) for row in known] == [("|", "j"), ("j", ","), (",", "|")]
    coarse = [[row[f"~{step}"] for step in ("left", "here", "right")] for row in known]
    assert coarse == [[0, 3, 2], [3, 2, 1], [2, 1, 0]]  # nowhere, hardly, perhaps, rather
    assert known[0]["cell"] == known[2]["cell"] != known[1]["cell"]


def test_words_that_stand_once_hear_nothing_from_elsewhere() -> None:
    assert set(told(look("jo bloggs"), ODDS[:2])[:, 0, TOLD.index("like")].tolist()) == {0}


def test_a_feature_stands_in_one_place_whatever_text_it_is_in() -> None:
    alone = sequence_places(look("jo bloggs"), np.array([[3.0], [0.0]], np.float32), ["person"])
    among = sequence_places(SEEN, ODDS, ["person"])
    assert alone.shape == (2, 1, len(FEATURE_SORTS))
    same = (alone[0, 0] == among[0, 0]).tolist()
    differ = [sort for sort, is_same in zip(FEATURE_SORTS, same, strict=True) if not is_same]
    # Only "jo" elsewhere, and what is two words away, tell the two apart.
    assert differ == [
        ("~here", "after", "~right", "~beyond"),
        ("~like", "here"),
        ("like",),
        ("~like", "shape", "~here"),
    ]
    assert among.min() >= 0 and among.max() < FEATURES


def test_each_family_and_each_sort_has_places_of_its_own() -> None:
    places = sequence_places(SEEN, np.repeat(ODDS, 2, axis=1), ["person", "place"])
    assert not set(places[:, 0].ravel().tolist()) & set(places[:, 1].ravel().tolist())
    assert all(len(set(word.tolist())) == len(FEATURE_SORTS) for word in places[:, 0])


def test_places_are_spread_over_all_that_there_are() -> None:
    random = np.random.default_rng(0)
    seen = look(" ".join(f"word{n}" for n in range(3000)))
    places = np.unique(sequence_places(seen, random.normal(0, 3, (3000, 1)).astype(np.float32), ["person"]))
    halves, _ = np.histogram(places, bins=8, range=(0, FEATURES))
    assert halves.min() > 0.75 * halves.mean()


def test_places_are_those_that_the_weights_were_learned_with() -> None:
    assert sequence_places(SEEN, ODDS, ["person"])[0, 0, :4].tolist() == [244982, 198670, 248526, 77679]
