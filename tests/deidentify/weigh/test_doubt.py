import numpy as np
import pytest

from themes.deidentify.weigh import doubt
from themes.deidentify.weigh.doubt import DOUBT, DOUBT_IN_POSTS, doubtful_stretches, stretches_with_doubtful_names
from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.weights import FAMILIES

POST = "RT "
"""What makes a text a post of a network."""
SURE = 99.0


@pytest.fixture
def odds(monkeypatch: pytest.MonkeyPatch):
    """Lets the first look give one word, "wexcombe", log-odds of one family; all other words are sure."""

    def give(family: str, value: float) -> None:
        def first_odds(text: str) -> np.ndarray:
            seen = look(text)
            told = np.full((len(seen.words), len(FAMILIES)), SURE)
            told[[word.plain == "wexcombe" for word in seen.words], FAMILIES.index(family)] = value
            return told

        monkeypatch.setattr(doubt, "first_odds", first_odds)
        doubt._stretches.cache_clear()

    yield give
    doubt._stretches.cache_clear()


@pytest.mark.parametrize("family", DOUBT)
def test_a_word_is_in_doubt_between_the_bounds_of_its_family(odds, family: str) -> None:
    text = "So it was. Wexcombe came. It was late."
    for bound, inwards in zip(DOUBT[family], (0.1, -0.1), strict=True):
        odds(family, bound)
        assert doubtful_stretches(text) == ()
        odds(family, bound + inwards)
        assert [span.of(text) for span in doubtful_stretches(text)] == ["Wexcombe came. "]


def test_in_posts_persons_are_in_doubt_for_longer(odds) -> None:
    between = (DOUBT["person"][0] + DOUBT_IN_POSTS["person"][0]) / 2
    odds("person", between)
    assert doubtful_stretches("so wexcombe came") == ()
    assert len(doubtful_stretches(POST + "so wexcombe came")) == 1


def test_spacy_is_asked_about_names_alone(odds) -> None:
    text = "so wexcombe came"
    for family in DOUBT:
        odds(family, sum(DOUBT[family]) / 2)
        assert len(doubtful_stretches(text)) == 1
        assert len(stretches_with_doubtful_names(text)) == (family in {"person", "place", "unit"})


def test_neighbours_are_asked_about_together_up_to_a_length(odds) -> None:
    odds("person", 0.0)
    text = "Wexcombe came. " * 40
    stretches = doubtful_stretches(text)
    assert [span.end - span.start for span in stretches] == [480, 120]
    assert "".join(span.of(text) for span in stretches) == text


def test_what_stands_in_no_sentence_of_ours_is_in_no_doubt(odds) -> None:
    odds("person", 0.0)
    assert doubtful_stretches("…") == ()
