from dataclasses import replace
from math import isclose
from random import Random

import pytest

from builders import a_document
from themes.records.corpus import DocumentKind
from themes.records.residual import Severity
from themes.residual.intruder import ANSWERS, EVENT, by_answers, by_event, intruder_findings
from themes.residual.invented import Person, Seen, invented_people, marginals


def story(case_id: str, text: str):
    return a_document(f"d-{case_id}", text, case_id=case_id, kind=DocumentKind.STORY)


def seen(answers, texts, *, partitions=1):
    documents = [story(case_id, text) for case_id, text in texts.items()]
    size = max(1, -(-len(documents) // partitions))
    cut = [documents[at : at + size] for at in range(0, len(documents), size)]
    return Seen("sees all", answers, lambda: cut)


TWO = {"c1": {"region": "Wales"}, "c2": {"region": "Kent"}}
TEXTS = {"c1": "kittens everywhere", "c2": "marmalade everywhere"}


def test_weights_are_as_worked_out_by_hand():
    """One case in two says Wales: (0.9 / 0.5 + 0.1) against 0.1, each with half of the prior."""
    (search,) = by_answers(seen(TWO, TEXTS), [Person("c1", {"region": "Wales"}, frozenset())])
    assert search.likeliest == pytest.approx({"c1": 1.9 / 2, "c2": 0.1 / 2})
    assert isclose(search.total, 1.0)
    # 0.95 / (1 + 1) is less than one half: with so few answers known, nobody is named
    assert search.named() is None


def test_a_word_of_the_event_counts_by_how_rare_it_is():
    """ "kittens" stands in one of two texts: (2/3) / (1/2) + 1/3 = 5/3; without it 1/3."""
    (search,) = by_event(seen({}, TEXTS), [Person("c1", {}, frozenset({"kittens"}))])
    assert search.likeliest == pytest.approx({"c1": 5 / 3 / 2, "c2": 1 / 3 / 2})


def test_a_word_that_nobody_wrote_says_nothing():
    (search,) = by_event(seen({}, TEXTS), [Person("c1", {}, frozenset({"elsewhere"}))])
    assert search.likeliest == pytest.approx({"c1": 0.5, "c2": 0.5})


def test_the_right_one_is_named_where_much_is_known_and_nobody_where_all_are_alike():
    answers = {f"c{n}": {"region": "Wales"} for n in range(20)}
    texts = {f"c{n}": f"unusual{n} happened{n} yesterday{n} somewhere" for n in range(20)}
    knows = Person("c7", {"region": "Wales"}, frozenset({"unusual7", "happened7"}))
    assert [s.named() for s in by_event(seen(answers, texts), [knows])] == ["c7"]
    alike = dict.fromkeys(texts, "the same letter for everybody alive")
    assert [s.named() for s in by_event(seen(answers, alike), [replace(knows, event=frozenset({"letter"}))])] == [None]


def test_two_texts_of_one_person_count_together_and_partitions_do_not_matter():
    documents = [
        a_document("d1", "kittens everywhere", case_id="c1", kind=DocumentKind.STORY),
        a_document("d2", "marmalade everywhere", case_id="c2", kind=DocumentKind.STORY),
        a_document("d3", "kittens kittens", case_id="c1", kind=DocumentKind.STORY),
    ]
    person = Person("c1", {}, frozenset({"kittens"}))
    # in two of three texts: (2/3)/(2/3) + 1/3 = 4/3; the prior of c1 is shared by its two texts
    for cut in ([documents], [[d] for d in documents]):
        (search,) = by_event(Seen("sees all", {}, lambda cut=cut: cut), [person])
        assert search.likeliest == pytest.approx({"c1": 4 / 3 / 2, "c2": 1 / 3 / 2})


def a_crowd(people: int):
    chance = Random("a crowd")
    words = [f"wording{n}" for n in range(400)]
    answers = {f"c{n:03}": {"region": f"r{n % 4}", "scheme": f"s{n % 3}"} for n in range(people)}
    return answers, {case_id: " ".join(chance.choices(words, k=30)) for case_id in answers}


def test_the_invented_people_are_half_writers_half_strangers_and_the_same_in_any_order():
    answers, texts = a_crowd(60)
    people = invented_people(seen(answers, texts), seed=1, most=20)
    assert [person.case_id is None for person in people] == [False] * 20 + [True] * 20
    turned = dict(reversed(texts.items()))
    assert invented_people(seen(answers, turned, partitions=7), seed=1, most=20) == people
    assert invented_people(seen(answers, texts), seed=2, most=20) != people
    known = [(person.case_id, column, value) for person in people[:20] for column, value in person.answers.items()]
    right = sum(answers[case_id][column] == value for case_id, column, value in known)
    assert 0.8 < right / len(known) < 1


def test_marginals_are_shares_of_those_who_answered():
    answers = {"c1": {"region": "Wales"}, "c2": {"region": "Kent"}, "c3": {"region": "Wales"}, "c4": {}}
    assert marginals(answers) == {"region": [("Wales", 2 / 3), ("Kent", 1 / 3)]}


def test_who_knows_an_event_finds_more_and_each_share_has_its_interval():
    answers, texts = a_crowd(120)
    rows = {row.kind: row for row in intruder_findings(seen(answers, texts), seed=3, published=True)}
    few = rows[f"sees all and {ANSWERS}: rightly named"]
    many = rows[f"sees all and {EVENT}: rightly named"]
    assert few.figure < 0.05
    assert many.figure > 0.3
    assert (few.severity, many.severity) == (Severity.LOW, Severity.HIGH)
    assert many.out_of == 120
    assert all(row.low <= row.figure <= row.high for row in rows.values())
    named = rows[f"sees all and {EVENT}: somebody named"]
    assert many.figure <= named.figure


def test_the_interval_is_wilsons():
    """0 of 50: the upper end is .07135 (evidence.md)."""
    answers = {f"c{n}": {} for n in range(50)}
    alike = dict.fromkeys(answers, "everybody received exactly the same letter")
    rows = [
        r for r in intruder_findings(seen(answers, alike), seed=1, published=True) if r.kind.endswith("rightly named")
    ]
    assert [(r.figure, r.low, r.high, r.out_of) for r in rows] == [(0, 0, 0.0713, 50)] * 2


def test_what_nobody_publishes_does_not_stand_against_the_edition():
    answers, texts = a_crowd(120)
    rows = intruder_findings(seen(answers, texts), seed=3, published=False)
    assert {row.severity for row in rows} == {Severity.LOW, Severity.MEDIUM}


def test_without_texts_there_is_nobody_to_look_for():
    assert intruder_findings(seen({"c1": {"region": "Wales"}}, {}), seed=1, published=True) == []
