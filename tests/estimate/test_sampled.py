"""From records to what the estimator is given."""

import numpy as np
import pytest

from builders import a_coding, a_document, a_segment
from themes.estimate.reviewed import as_scores
from themes.estimate.sampled import sampled
from themes.records.corpus import DocumentKind
from themes.records.sample import SampledCase

FOOD = {"food": ["food"]}
NAN = np.nan


def a_case_drawn(case_id, *, probability=0.5, is_drawn=True):
    return case_id, SampledCase(case_id, probability, is_drawn=is_drawn, is_double=False)


def said(segment_id, applies, code_id="food", *, coder="A1", sampling="probability"):
    return a_coding(segment_id, code_id, coder_id=coder, applies=applies, probability=None, sampling=sampling)


def suggested(segment_id, probability, code_id="food"):
    return a_coding(segment_id, code_id, probability=probability)


def one_case(*codings, drawn=True):
    """A case of two excerpts in two texts, and whether it has the theme."""
    documents = [a_document("d1", case_id="c1"), a_document("d2", case_id="c1")]
    segments = [a_segment("d1:0-9", case_id="c1"), a_segment("d2:0-9", case_id="c1")]
    return sampled(documents, segments, codings, dict([a_case_drawn("c1", is_drawn=drawn)]), FOOD)


def outcome(*codings, drawn=True):
    return one_case(*codings, drawn=drawn).reviewed.outcomes.tolist()[0][0]


def test_a_case_has_a_theme_if_any_excerpt_has():
    assert outcome(said("d1:0-9", False), said("d2:0-9", True)) == 1
    assert outcome(said("d1:0-9", False), said("d2:0-9", False)) == 0


def test_another_stretch_of_its_texts_counts_as_well():
    assert outcome(said("d1:0-9", False), said("d2:0-9", False), said("d2:3-7", True)) == 1


@pytest.mark.parametrize(
    "codings",
    [
        [],
        [said("d1:0-9", True)],
        [said("d1:0-9", True), said("d2:0-9", True, "cars")],
        [said("d1:0-9", True), said("d2:0-9", False, sampling="purposive")],
        [said("d1:0-9", True), said("d2:0-9", False, sampling=None)],
        [said("d1:0-9", True), said("d2:0-9", False, coder="language model: x")],
        [said("d1:0-9", True), said("d2:0-9", False), said("d2:0-9", True, coder="A2")],
    ],
)
def test_what_was_not_judged_in_whole_by_people_for_the_sample_is_not_known(codings):
    assert np.isnan(outcome(*codings))
    assert one_case(*codings).unfinished.tolist() == [1]


def test_of_several_coders_the_majority_holds():
    both = [said("d1:0-9", False), said("d2:0-9", True)]
    assert outcome(*both, said("d2:0-9", False, coder="A2"), said("d2:0-9", False, coder="A3")) == 0
    assert outcome(*both, said("d2:0-9", True, coder="A2"), said("d2:0-9", False, coder="A3")) == 1


def test_who_was_not_drawn_does_not_estimate_whatever_was_said():
    found = one_case(said("d1:0-9", False), said("d2:0-9", True), drawn=False)
    assert np.isnan(found.reviewed.outcomes).all()
    assert (found.drawn, found.unfinished.tolist()) == (0, [0])


def test_the_score_is_the_highest_of_any_excerpt_and_code():
    documents = [a_document("d1", case_id="c1")]
    segments = [a_segment("d1:0-5", case_id="c1"), a_segment("d1:5-9", case_id="c1")]
    codings = [suggested("d1:0-5", 0.2), suggested("d1:5-9", 0.7, "meals"), suggested("d1:5-9", 0.9, "cars")]
    themes = {"food": ["food", "meals"], "cars": ["cars"], "none": ["bikes"]}
    found = sampled(documents, segments, codings, dict([a_case_drawn("c1")]), themes)
    assert found.reviewed.theme_ids == ("food", "cars", "none")
    assert found.reviewed.scores[0] == pytest.approx(as_scores([0.7, 0.9, 0.0]))


def test_who_sent_in_the_same_text_shares_score_review_and_chance():
    documents = [
        a_document("d1", case_id="c1"),
        a_document("d2", case_id="c2", duplicate_of="d1"),
        a_document("d3", case_id="c3", duplicate_of="d1"),
        a_document("d4", case_id="c3"),
    ]
    segments = [a_segment("d1:0-9", case_id="c1"), a_segment("d4:0-9", case_id="c3")]
    codings = [suggested("d1:0-9", 0.6), suggested("d4:0-9", 0.1), said("d1:0-9", True)]
    sample = dict([a_case_drawn("c1", probability=0.3), a_case_drawn("c3", probability=0.4)])
    found = sampled(documents, segments, codings, sample, FOOD)
    given = found.reviewed
    assert given.case_ids == ("c1", "c2", "c3")
    assert given.clusters == ("c1", "c1", "c3")
    assert given.probabilities.tolist() == [0.3, 0.3, 0.4]
    assert given.outcomes[:2].tolist() == [[1], [1]]
    # The third wrote something else, which nobody has read yet.
    assert np.isnan(given.outcomes[2, 0])
    assert given.scores[:, 0] == pytest.approx(as_scores([0.6, 0.6, 0.1]))
    assert (found.drawn, found.unfinished.tolist()) == (2, [1])


def test_articles_are_nobodys_and_who_came_later_is_counted():
    documents = [
        a_document("d1", case_id="c1"),
        a_document("d2", case_id="c2"),
        a_document("d3", case_id="c3"),
        a_document("d9", case_id="c9", kind=DocumentKind.ARTICLE),
    ]
    segments = [a_segment(f"d{n}:0-9", case_id=f"c{n}") for n in (1, 2, 3, 9)]
    sample = dict([a_case_drawn("c1"), a_case_drawn("c2", probability=0.0, is_drawn=False)])
    found = sampled(documents, segments, [], sample, FOOD)
    assert found.reviewed.case_ids == ("c1",)
    assert found.came_later == 2
    assert found.of(["c1", "c3"]).tolist() == [True]


def test_who_sent_in_one_text_of_several_has_that_one_alone():
    documents = [
        a_document("d1", case_id="c1"),
        a_document("d2", case_id="c1"),
        a_document("d3", case_id="c2", duplicate_of="d1"),
    ]
    segments = [a_segment("d1:0-9", case_id="c1"), a_segment("d2:0-9", case_id="c1")]
    codings = [said("d1:0-9", False), said("d2:0-9", True), suggested("d1:0-9", 0.2), suggested("d2:0-9", 0.9)]
    given = sampled(documents, segments, codings, dict([a_case_drawn("c1")]), FOOD).reviewed
    assert given.outcomes.tolist() == [[1], [0]]
    assert given.scores[:, 0] == pytest.approx(as_scores([0.9, 0.2]))
    assert given.clusters == ("c1", "c1")
    half = sampled(documents, segments, codings[:1], dict([a_case_drawn("c1")]), FOOD)
    # The copied text is read and the other is not: the two, who count as one, are unfinished.
    assert half.reviewed.is_reviewed.tolist() == [[False], [True]]
    assert (half.drawn, half.unfinished.tolist()) == (1, [1])


def test_of_one_question_only_what_answers_it_has_to_be_reviewed():
    documents = [
        a_document("d1", case_id="c1", prompt="Why?"),
        a_document("d2", case_id="c1"),
        a_document("d3", case_id="c2", prompt="Why?", duplicate_of="d2"),
        a_document("d4", case_id="c3"),
    ]
    segments = [a_segment(f"{d}:0-9", case_id=c) for d, c in (("d1", "c1"), ("d2", "c1"), ("d4", "c3"))]
    codings = [said("d1:0-9", False), said("d2:0-9", True)]
    sample = dict([a_case_drawn("c1"), a_case_drawn("c3")])
    found = sampled(documents, segments, codings, sample, FOOD, among={"d1", "d3"})
    # The first said something else elsewhere; the second sent in just that as an answer.
    assert found.reviewed.case_ids == ("c1", "c2")
    assert found.reviewed.outcomes.tolist() == [[0], [1]]
    assert (found.drawn, found.came_later) == (1, 0)


def test_without_texts_there_is_nobody():
    found = sampled([], [], [], {}, FOOD)
    assert (found.reviewed.case_ids, found.drawn, found.unfinished.tolist(), found.came_later) == ((), 0, [0], 0)
