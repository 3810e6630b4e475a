import numpy as np
import pytest

from themes.deidentify.decide.told_ages import may_be_an_age, told_ages
from themes.deidentify.weigh.evidence import look


def heard(text: str, *sure: str) -> list[str]:
    seen = look(text)
    odds = np.array([5.0 if word.plain in sure else -9.0 for word in seen.words], np.float32)
    return [finding.span.of(text) for finding in told_ages(seen, odds, 0.0)]


@pytest.mark.parametrize(
    ("text", "sure", "age"),
    [
        ("Mum 42, long-term sick", "42", "42"),
        ("Ivy is ninety. She did the post", "ninety", "ninety"),
        ("My cousin was two and a half then", "two", "two and a half"),
        ("diagnosed at 18 months, so", "18", "18 months"),
        ("our Jo's sixty two now", "sixty", "sixty two"),
        ("Mum 42 two kids", "42", "42"),
        ("me F47, him older", "f47", "F47"),
        ("a lass of 19 yrs old", "19", "19 yrs old"),
        ("wee Jo, saxty wan, there", "saxty", "saxty wan"),
        ("wee Jo, thurty-ane, there", "thurty-ane", "thurty-ane"),
        ("he is 54yo and tired", "54yo", "54yo"),
        ("our lad, 18m old", "18m", "18m"),
        ("our lad, 6 w old", "6", "6 w old"),
        ("me, 42/f, him older", "42", "42"),
    ],
)
def test_an_age_is_the_number_and_what_belongs_to_it(text: str, sure: str, age: str) -> None:
    assert heard(text, sure) == [age]


def test_what_the_weights_do_not_hold_is_no_age() -> None:
    assert heard("Mum 42, long-term sick") == []


@pytest.mark.parametrize("word", ["1998", "120", "0", "00", "once", "thursday", "months", "0800", "3.5", "100m2"])
def test_what_nobody_can_be_is_no_age(word: str) -> None:
    assert not may_be_an_age(word)


def test_a_word_that_is_no_number_is_no_age_however_sure_the_weights_are() -> None:
    assert heard("Mum old, tired", "old") == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("it was £84.80", "84"), ("the report was 34 pages", "34"), ("about 40%", "40"), ("seventy odd", "seventy"),
     ("at 10.30", "10"), ("no #47", "47"), ("the 36 bus", "36"), ("on the M62 then", "m62"), ("I'm 20m from it", "20m"),
     ("it owed 20M then", "20m"), ("20 m of rope", "20"), ("for 6w now", "6w"), ("L-quill-42.", "42"), ("x_42", "42"),
     ("42/a7", "42"), ("42-7", "42")],
)  # fmt: skip
def test_what_counts_something_is_no_age_however_sure_the_weights_are(text: str, word: str) -> None:
    assert heard(text, word) == []


def test_the_finding_says_how_likely_it_is() -> None:
    seen = look("Mum 42")
    found = list(told_ages(seen, np.array([-9.0, 0.0], np.float32), -1.0))
    assert [(each.label, each.recognizer, round(each.score, 2)) for each in found] == [("AGE", "told-age", 0.5)]
