import numpy as np
import pytest

from builders import a_code, a_codebook, a_coding, a_segment
from themes.code import risk as risk_module
from themes.code.risk import (
    LONGEST,
    MOST_PIECES,
    NOT_READ,
    THRESHOLD,
    THRESHOLD_IN_SAFETY_CODE,
    flag_risk,
    risk,
    risk_told,
)
from themes.errors import ProtectionError
from themes.records.coding import READS_LIKE

CODEBOOK = a_codebook(a_code("health_harm", safety=True), a_code("sanctions"))


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("I'm not suicidal, but I can't see the point.", True),
        ("I am not suicidal but some days are hard.", True),
        ("I am not suicidal.", False),
        ("I have never been suicidal.", False),
        ("I never thought I would be suicidal.", True),
        ("I never self-harmed.", False),
        ("I never self-harmed until the letters came.", True),
        ("I haven't self harmed for two weeks.", True),
        ("No one noticed I was self-harming.", True),
        ("She asked why I hadn't killed myself.", True),
        ("I have never been so suicidal.", True),
        ("I can't stop self-harming.", True),
        ("No history of self-harm.", False),
        ("My brother hanged himself after.", True),
        ("SUICIDE", True),
        ("sucidal", True),
        ("kil my self", True),
        ("She OD'd.", True),
        ("that was odd", False),
        ("suicide squad", False),
        ("this form is killing me", False),
        ("I was killing myself trying to fill in the form", False),
        ("I tried killing myself with tablets", True),
        ("a deadline", False),
        ("dying to get back to work", False),
        ("a course on suicide prevention", False),
        ("an essay about self-harm", False),
        ("an essay about my suicide attempt", True),
        ("This is a world we don't want to live in.", True),
        ("I do not want to be in this world.", True),
        ("It's not a world I want to live in.", True),
        ("I don't want to live in Leeds.", False),
        ("We do not live in a perfect world.", False),
        ("All my life I didn't want to be a burden.", False),
        ("They sent me vacancies that don't exist.", False),
        ("I don't want to exist any more.", True),
        ("I wish I didn't exist.", True),
        ("I had a plan and they had a form.", False),
        ("My wife said, quite calm, that we'd all be better off without her.", True),
        ("I lie down outside her bedroom and listen.", True),
        ("I sat outside the office door for an hour.", False),
        ("She left the firm and we were better off without her.", False),
        ("", False),
    ],
)
def test_denial_figure_and_study_are_told_from_risk(text, flagged):
    assert (risk(text)[0] >= 0.5) is flagged


def test_a_flag_names_the_segment_and_the_kind_and_never_the_words():
    segment = a_segment("d7:0-40", "I took an overdose after the tribunal.")
    (flag,) = flag_risk([segment], [], CODEBOOK)
    assert (flag.segment_id, flag.document_id, flag.reason) == ("d7:0-40", "d7", "overdose")
    assert flag.score > 0.9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The form was long. I took an overdose after the letter came.\nNobody rang.", "overdose"),
        ("I am not suicidal. But I cannot see the point.", "suicide"),
        ("The form was long. Nobody rang.", ""),
        ("", ""),
        (" \n ", ""),
        ("x" * LONGEST + " I took an overdose.", NOT_READ),  # longer than a text may be
        ("I took an overdose." + " Then it rained." * MOST_PIECES, f"overdose, {NOT_READ}"),
        ("It rained. " * MOST_PIECES, ""),
    ],
)
def test_a_whole_text_is_looked_at_a_sentence_at_a_time(text, told):
    assert risk_told(text).startswith(told)
    assert bool(risk_told(text)) is bool(told)


def test_a_flag_that_no_wording_gives_says_so(monkeypatch):
    monkeypatch.setattr("themes.code.risk.learned_risk", lambda texts, scores: np.array([0.9] * len(texts)))
    plain = a_segment("d7:0-40", "I took an overdose after the tribunal.")
    meant, hinted = a_segment("d8:0-40", "I will not need a winter coat."), a_segment("d9:0-40", "I gave up the rope.")
    flags = flag_risk([plain, meant, hinted], [], CODEBOOK)
    assert [flag.reason for flag in flags] == ["overdose", READS_LIKE, READS_LIKE]
    assert [flag.is_plain for flag in flags] == [True, False, False]


def test_no_flag_hangs_on_the_letters_of_a_tag(monkeypatch):
    read: list[str] = []

    def learned_risk(texts, scores):
        read.extend(texts)
        return np.zeros(len(texts))

    monkeypatch.setattr("themes.code.risk.learned_risk", learned_risk)
    texts = [
        "[person K7QX2] and [age 30–39] left [hospital E3DG5X].",
        "[person ZZ9ZZ] and [age 30–39] left [hospital A1AAA1].",
    ]
    flag_risk([a_segment("d7:0-40", text) for text in texts], [], CODEBOOK)
    assert read == ["person and age 30–39 left hospital."] * 2


def test_any_code_or_none_will_do():
    segment = a_segment("d7:0-40", "I took an overdose after the tribunal.")
    assert flag_risk([segment], [a_coding("d7:0-40", "sanctions")], CODEBOOK)


def test_a_safety_code_lowers_the_threshold(monkeypatch):
    segment = a_segment("d7:0-40", "It pushed me over the edge.")
    between = (THRESHOLD_IN_SAFETY_CODE + THRESHOLD) / 2
    monkeypatch.setattr("themes.code.risk.learned_risk", lambda texts, scores: np.array([between]))
    assert flag_risk([segment], [a_coding("d7:0-40", "sanctions")], CODEBOOK) == []
    assert len(flag_risk([segment], [a_coding("d7:0-40", "health_harm")], CODEBOOK)) == 1


def test_a_safety_code_alone_flags_nothing():
    segment = a_segment("d7:0-40", "I could not sleep for a week.")
    assert flag_risk([segment], [a_coding("d7:0-40", "health_harm")], CODEBOOK) == []


def test_a_safety_code_that_does_not_apply_lowers_nothing():
    segment = a_segment("d7:0-40", "It pushed me over the edge.")
    assert flag_risk([segment], [a_coding("d7:0-40", "health_harm", applies=False)], CODEBOOK) == []


def test_a_but_in_the_next_sentence_counts():
    segment = a_segment("d7:0-40", "I'm not suicidal.", after="But I do not want to wake up.")
    assert len(flag_risk([segment], [], CODEBOOK)) == 1


@pytest.mark.parametrize("text", ["no " * 20_000, "i want to " * 10_000, "took all my " * 10_000, "a" * 200_000])
def test_long_texts_are_read_in_linear_time(text):
    assert risk(text)[0] < 0.5


def test_without_its_wordings_nothing_passes(monkeypatch, tmp_path):
    risk_module._wordings.cache_clear()
    monkeypatch.setattr(risk_module, "WORDINGS_FILE", tmp_path / "none.toml")
    with pytest.raises(ProtectionError, match="cannot be used"):
        flag_risk([a_segment()], [], CODEBOOK)
    risk_module._wordings.cache_clear()
