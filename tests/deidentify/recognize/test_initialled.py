import pytest

from themes.deidentify.recognize.initialled import initialled_in


def found(text: str) -> list[tuple[str, float]]:
    return sorted((finding.span.of(text), finding.score) for finding in initialled_in(text))


@pytest.mark.parametrize(
    ("text", "name", "score"),
    [
        ("Do J. K. Ramsbottom and I", "J. K. Ramsbottom", 0.9),
        ("J.K. Marsh rang", "J.K. Marsh", 0.9),
        ("what r. s. quigley looks like", "r. s. quigley", 0.9),
        ("a letter from P. Swallow", "P. Swallow", 0.9),
        ("IM D. WINTERBURN. SO", "D. WINTERBURN", 0.7),
        ("Mrs. P. Love, Decision Maker", "P. Love", 0.9),
        ("signed by R. O'Dowd", "R. O'Dowd", 0.9),
    ],
)
def test_initials_with_their_stops_begin_a_name(text: str, name: str, score: float) -> None:
    assert found(text) == [(name, score)]


@pytest.mark.parametrize(
    "text",
    [
        "It was plan B. Nobody rang",
        "take vitamin D. Winterburn has none",
        "at 9 a.m. Winterburn rang, i.e. Quigley did",
        "my M.P. Quigley",
        "e. g. this",
        "all in a. b. order",
        "it was T. Then we left",
        "Yesterday P. Green went",
    ],
)
def test_a_letter_that_tells_things_apart_begins_none(text: str) -> None:
    assert found(text) == []


def test_a_surname_in_small_letters_is_no_everyday_word() -> None:
    assert found("see a. b. letter and a. b. quigley") == [("a. b. quigley", 0.9)]
