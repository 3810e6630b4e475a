import io
import json

import numpy as np
import pytest

from builders import a_segment
from themes.code.dimensions_learned import (
    LEARNED,
    WEIGHTS,
    NotedExcerpt,
    _kept,
    dimension_weights,
    fitted_on,
    learn,
    noted_excerpts,
    packed,
    rules_say,
)

SOUPS = [
    NotedExcerpt(a_segment(text=f"{text} {at}."), {"polarity": value})
    for at in range(12)
    for text, value in (("The soup was cold and thin", "negative"), ("A generous bowl of hot soup", "positive"))
]


def test_a_value_is_learned_from_excerpts_that_note_it():
    weights = learn("polarity", SOUPS)
    new = [a_segment(text="The soup was cold again."), a_segment(text="A generous bowl, and hot.")]
    scores = weights.scores(new, rules_say("polarity", new))
    assert weights.values == ("negative", "positive")
    assert scores.argmax(axis=1).tolist() == [0, 1]
    np.testing.assert_allclose(scores.sum(axis=1), 1)


def test_a_rare_value_is_not_drowned():
    weights = learn("polarity", [*SOUPS[1::2], SOUPS[0]])
    assert weights.scores([SOUPS[0].segment], rules_say("polarity", [SOUPS[0].segment]))[0, 0] > 1 / 13


def test_what_no_rule_said_in_learning_is_no_evidence():
    weights = learn("polarity", SOUPS)
    (segment,) = [a_segment(text="Soup.")]
    np.testing.assert_array_equal(
        weights.scores([segment], ["unheard of"]),
        weights.scores([segment], ["never said"]),
    )


def test_the_weights_that_come_with_the_program_are_those_of_its_excerpts():
    assert json.loads(WEIGHTS.with_suffix(".json").read_text())["fitted_on"] == fitted_on()
    assert {"claimant", "carer_family", "employer"} <= set(dimension_weights("speaker").values)


@pytest.mark.parametrize("report", [None, "", "[]", '{"sha256": 1}'])
def test_weights_without_a_sound_report_are_not_used_and_nothing_fails(tmp_path, report):
    file = tmp_path / "weights.npz"
    assert _kept(file) is None
    file.write_bytes(WEIGHTS.read_bytes())
    assert report is None or file.with_suffix(".json").write_text(report, encoding="utf-8") == len(report)
    assert _kept(file) is None
    file.with_suffix(".json").write_bytes(WEIGHTS.with_suffix(".json").read_bytes())
    assert set(_kept(file)) == set(LEARNED)


def test_excerpts_of_all_themes_note_all_dimensions():
    excerpts = noted_excerpts()
    assert len(excerpts) > 1600
    assert len({one.segment.case_id for one in excerpts if not one.trap}) >= 30
    assert all(set(one.noted) == set(LEARNED) for one in excerpts)


@pytest.mark.slow
def test_the_kept_weights_come_out_again():
    weights = {name: learn(name, noted_excerpts()) for name in LEARNED}
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        assert set(kept.files) == set(np.load(io.BytesIO(packed(weights)), allow_pickle=False).files)
        for name, one in weights.items():
            np.testing.assert_allclose(kept[f"{name}/weights"], one.weights, atol=0.01)


def test_small_words_tell_apart_what_vectors_do_not():
    """Plain events: the same things happen, and what went before tells which way."""
    excerpts = [
        NotedExcerpt(a_segment(text=f"{who} {did} before I had {done}."), {"polarity": side})
        for who in ("She", "He", "They", "My boss")
        for did, done, side in (
            ("stopped", "finished", "negative"),
            ("left", "spoken", "negative"),
        )
    ] + [
        NotedExcerpt(a_segment(text=f"{who} {did} until I had {done}."), {"polarity": "positive"})
        for who in ("She", "He", "They", "My boss")
        for did, done in (("stayed", "finished"), ("waited", "spoken"))
    ]
    weights = learn("polarity", excerpts)
    assert set(weights.places) == {"words", "wording"}
    new = [
        a_segment(text="The nurse turned round until I had dressed."),
        a_segment(text="The nurse turned round before I had dressed."),
    ]
    assert weights.scores(new, rules_say("polarity", new)).argmax(axis=1).tolist() == [1, 0]
