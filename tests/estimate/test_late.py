"""Drift and saturation as records."""

from dataclasses import replace

import numpy as np

from builders import a_coding, a_document
from estimate.test_all_shares import a_study
from themes.estimate.late import drift_figures, drifted_in, saturation_points
from themes.records.estimate import DriftFigure


def vectors_of(study, far=()):
    random = np.random.default_rng(1)
    return {
        s.segment_id: (random.normal(size=4) + (3 if s.case_id in far else 0)).astype(np.float32)
        for s in study.segments
    }


LATE = {f"c{n:03}" for n in range(40, 60)}


def test_where_nobody_is_late_nothing_is_looked_at():
    study = a_study()
    everybody = {case.case_id for case in study.cases}
    for late in (set(), everybody):
        assert drift_figures(study, study.sampled(), late, vectors_of(study), seed=1) == []


def test_people_who_are_like_the_others_do_not_drift():
    study = a_study()
    found = drift_figures(study, study.sampled(), LATE, vectors_of(study), seed=1)
    assert [(each.look, each.theme_id, each.drifted) for each in found] == [
        ("scores", "food", False),
        ("texts", "", False),
        ("review", "food", False),
    ]


def test_texts_scores_and_reviews_that_are_unlike_the_earlier_ones_are_noticed():
    study = a_study(spoken=lambda n: n >= 40 or n % 4 == 0)
    codings = [
        replace(c, probability=0.9 if c.segment_id >= "d040" else 0.1) if c.coder_id == "machine" else c
        for c in study.codings
    ]
    scored = replace(study, codings=codings)
    by_look = {
        each.look: each for each in drift_figures(scored, scored.sampled(), LATE, vectors_of(study, LATE), seed=1)
    }
    assert by_look["scores"].drifted
    assert by_look["texts"].drifted
    same_scores = drift_figures(study, study.sampled(), LATE, vectors_of(study), seed=1)
    assert drifted_in(same_scores) == ["food"]


def test_only_reviews_ask_for_a_new_sample():
    figures = [DriftFigure(look, "food", 0.5, 0.001, True) for look in ("scores", "texts")]
    assert drifted_in(figures) == []


def test_saturation_counts_codes_that_people_speak_of():
    documents = [a_document(f"d{n}", case_id=f"c{n}") for n in range(3)]
    codings = [a_coding("d0:0-5", "food"), a_coding("d1:0-5", "food"), a_coding("d2:0-5", "food")]
    codings.append(a_coding("d2:0-5", "staff", applies=False))
    points = saturation_points(documents, codings, seed=1)
    assert [(p.cases, p.codes) for p in points] == [(1, 1.0), (2, 1.0), (3, 1.0)]
    assert saturation_points(documents, [], seed=1) == []
