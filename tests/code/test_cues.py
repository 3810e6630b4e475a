import time

import numpy as np
import pytest

from builders import a_code, a_codebook, a_segment
from themes.code.cues import STRONG, WEAK, CueFound, find_cues, plainly_denied, score_cues
from themes.records.span import Span

SANCTIONS = a_code(
    "sanctions", polarity="negative_only", cues=("sanction*", "stopped * money", "food bank", "late?", "doctor's note")
)
TRUST = a_code("trust", cues=("listen*", "a&e"))
CODEBOOK = a_codebook(SANCTIONS, TRUST)


def cues(text, **fields):
    return [found.cue for found in find_cues(a_segment(text=text, **fields), CODEBOOK) if not found.denied]


def test_a_surrogate_holds_no_cue():
    assert cues("I drove buses for [food bank M42KT9] and [Sanction house W2K9]") == []
    assert cues("The [charity M42KT9] food bank") == ["food bank"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I got SANCTIONED twice, what a sanction", ["sanction*", "sanction*"]),
        ("They stopped all my money", ["stopped * money"]),
        ("They stopped money", ["stopped * money"]),
        ("They stopped me seeing any of the money", []),
        ("the food-bank", ["food bank"]),
        ("food for the bank", []),
        ("a doctors note", ["doctor's note"]),
        ("My doctor’s note", ["doctor's note"]),
        ("I was late", ["late?"]),
        ("A later date", []),
        ("I ended up in A&E", ["a&e"]),
        ("", []),
    ],
)
def test_cues_are_found_as_the_codebook_explains_them(text, expected):
    assert cues(text) == expected


@pytest.mark.parametrize("text", ["I'd go", "I’d go", "I'll go", "We're late", "She'll see"])
def test_a_contraction_is_not_the_word_it_would_be_without_its_apostrophe(text):
    codebook = a_codebook(a_code("c", cues=("id?", "ill", "were", "shell", "I'm off")))
    assert find_cues(a_segment(text=text), codebook) == []


def test_a_cue_with_an_apostrophe_is_found_in_either_form():
    codebook = a_codebook(a_code("c", cues=("I'd go", "don't care", "id?")))
    assert [one.cue for one in find_cues(a_segment(text="I’d go"), codebook)] == ["I'd go"]
    assert [one.cue for one in find_cues(a_segment(text="I dont care"), codebook)] == ["don't care"]
    assert [one.cue for one in find_cues(a_segment(text="They wanted ID."), codebook)] == ["id?"]


def test_a_word_without_end_is_searched_no_longer_than_cues_are():
    began = time.process_time()
    assert cues(f"sanction{'a' * 200_000} and sanctions") == ["sanction*", "sanction*"]
    assert time.process_time() - began < 3  # every beginning of it would be 20 billion letters


def test_of_overlapping_cues_the_longest_counts():
    codebook = a_codebook(a_code("c", cues=("bank", "food bank")))
    assert [found.cue for found in find_cues(a_segment(text="the food bank"), codebook)] == ["food bank"]


def test_a_denied_cue_of_a_negative_only_code_is_marked():
    assert find_cues(a_segment(text="I have never been sanctioned."), CODEBOOK) == [
        CueFound("sanctions", "sanction*", STRONG, denied=True)
    ]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I have never been sanctioned.", {"sanctions"}),
        ("I was not late.", set()),  # of a weak cue a denial may be what is told
        ("I was never sanctioned, and then they sanctioned me.", set()),
        ("They never listened to me.", set()),
        ("I was never sanctioned, and they never listened.", {"sanctions"}),
    ],
)
def test_a_code_is_plainly_denied_where_a_strong_cue_is_and_none_stands(text, denied):
    assert plainly_denied(a_segment(text=text), CODEBOOK) == denied


def test_a_cue_is_denied_within_its_gap_too():
    codebook = a_codebook(a_code("c", polarity="negative_only", cues=("money * stopped", "couldn't pay * rent")))
    texts = ("My money was never stopped", "My money, all of it, stopped", "I couldn't pay all the rent")
    assert [[one.denied for one in find_cues(a_segment(text=text), codebook)] for text in texts] == [
        [True],
        [False],
        [False],
    ]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("I haven't got childcare", False),
        ("I'm not reliable", False),
        ("I had no trouble with childcare", True),
        ("I have no fines", True),
    ],
)
def test_what_the_codebook_says_is_lacking_is_not_denied_but_lacked(text, denied):
    cues = ("childcare", "no childcare", "reliab*", "unreliab*", "fines")
    codebook = a_codebook(a_code("barriers", polarity="negative_only", cues=cues))
    assert [one.denied for one in find_cues(a_segment(text=text), codebook)] == [denied]


def test_whom_an_apostrophe_makes_a_subject_begins_a_clause():
    assert cues("I couldn't get up and I'd been sanctioned") == ["sanction*"]


def test_a_bipolar_code_takes_denials_too():
    assert cues("She never listened") == ["listen*"]


def test_cues_in_a_quotation_do_not_count():
    assert cues("sanctions work. I was late.", quoted=(Span(0, 15),)) == ["late?"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing of the kind", [0, 0]),
        ("I was late", [WEAK, 0]),
        ("sanctioned", [STRONG, 0]),
        ("sanctioned, food bank, nobody would listen", [1 - (1 - STRONG) ** 2, STRONG]),
        ("never been sanctioned", [-1, 0]),
        ("never sanctioned, but late", [-1, 0]),
        ("never sanctioned but they stopped my money", [STRONG, 0]),
    ],
)
def test_a_score_grows_with_cues_and_turns_with_a_denial(text, expected):
    np.testing.assert_allclose(score_cues([a_segment(text=text)], CODEBOOK), [expected])


def test_no_segments_give_no_scores():
    assert score_cues([], CODEBOOK).shape == (0, 2)
