import pytest

from themes.code.tone import leaning, tone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was kind.", (1, 0)),
        ("She was not kind.", (0, 1)),
        ("Nobody was kind.", (0, 2)),
        ("The form was confusing.", (0, 1)),
        ("I wish staff were kind.", (0, 0)),
        ("Oh brilliant, more forms.", (1, 3)),
        ("It was a form.", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_good_and_bad_words_are_counted(text, expected):
    assert tone(text) == expected


def test_meaning_leans_to_one_side_where_no_word_tells():
    good, bad = leaning(["She came to every review with me.", "The plan had been printed before I sat down."])
    assert good > bad
