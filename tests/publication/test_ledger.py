"""The ledger of releases, and what all of them together give away."""

from dataclasses import replace

import pytest

from builders import a_case, a_code, a_codebook, a_document, a_prevalence, a_project, a_theme
from themes.coarser import ESTIMATED
from themes.disclosure import release
from themes.errors import StoreError
from themes.publication.ledger import Given, Published, as_published, attacked, given_away, in_ledger, note_published
from themes.records.codebook import Question
from themes.records.project import Audience
from themes.records.release import Approval
from themes.whole_numbers import Contradiction

OLD = ("age=0", "age=1")
AT = "2026-01-05T06:00:00+00:00"


def a_release(run_id, total, *counts):
    rows = [a_prevalence("food", total, cases=None)]
    rows += [a_prevalence("food", count, group=f"age={n}", cases=None) for n, count in enumerate(counts)]
    return Published(run_id, tuple(rows), {"age": frozenset(row.group for row in rows[1:])})


def test_what_was_published_is_read_back_as_it_was(tmp_path):
    first = a_release("r1", 50, 30, None, None)
    assert in_ledger(tmp_path) == []
    note_published(tmp_path, first, at=AT)
    assert in_ledger(tmp_path) == [first]


def test_a_ledger_that_was_changed_is_refused(tmp_path):
    note_published(tmp_path, a_release("r1", 50, 30, None, None), at=AT)
    log = tmp_path / "release-log.jsonl"
    log.write_text(log.read_text().replace("30", "35"))
    with pytest.raises(StoreError, match="changed by hand"):
        in_ledger(tmp_path)


def open_to_subtraction(run_id):
    """Rounded to five, four groups of 15 are at least 52 people, and 50 are at most that: nobody is in the fifth."""
    return a_release(run_id, 50, 15, 15, 15, 15, None)


def test_a_hidden_count_that_subtraction_tells_is_given_away():
    assert given_away(open_to_subtraction("r1"), []) == [Given("r1", "food", "age=4", "", "")]
    assert given_away(a_release("r1", 60, 15, 15, 15, 15, None), []) == []


def test_an_earlier_edition_may_bound_what_a_new_one_hides():
    # Nobody leaves: the group that is hidden now is 13 at least, and with the three shown beside it 13 at most.
    new = a_release("r2", 50, 15, 15, 15, None, None)
    assert given_away(new, []) == []
    found = given_away(new, [open_to_subtraction("r1")])
    assert [(each.run_id, each.group) for each in found] == [("r2", "age=3"), ("r2", "age=4")]


def test_what_was_out_before_is_no_reason_against_a_new_edition():
    later = Published("r2", (a_prevalence("cars", 40, cases=None),), {})
    assert given_away(later, [open_to_subtraction("r1")]) == []


def test_counts_that_contradict_one_another_are_told():
    with pytest.raises(Contradiction):
        given_away(a_release("r1", 20, 30, 30, None), [])


def test_somebody_who_left_is_no_contradiction():
    assert given_away(a_release("r2", 40, 30, None, None), [a_release("r1", 50, 40, None, None)]) == []


def census(with_theme, cases, group=""):
    share = with_theme / cases
    return a_prevalence(
        "food", with_theme, group=group, cases=cases, share=share, low=share, high=share, method="estimated from all"
    )


def test_an_edition_is_published_with_what_everybody_answered_and_exact_shares():
    cases = [a_case(f"c{n}", age=str(n % 2), **({"town": "Ham"} if n else {})) for n in range(40)]
    documents = [a_document(f"d{n}", case_id=f"c{n}", written="2013-04" if n else None) for n in range(40)]
    rows = (
        a_prevalence("", 40, cases=40),
        a_prevalence("food", 20, cases=40),
        census(20, 40),
        census(8, 20, group="age=0"),
        replace(census(18, 40), theme_id="cars", low=0.2),
    )
    project = a_project(
        cases=tuple(cases),
        documents=tuple(documents),
        prevalences=rows,
        themes=(a_theme("food"),),
        codebook=a_codebook(a_code("food", questions=("Q1",)), questions=(Question("Q1", "Why?"),)),
    )
    edition = release(project, Audience.PUBLIC, approval=Approval("Ann", AT))
    published = as_published(edition, project)
    assert [(p.theme_id, p.group, p.cases_with, p.share) for p in published.counts] == [
        ("", "", 40, None),
        ("food", "", 20, None),
        ("food", "", 20, 0.5),
    ]  # nobody is told how many of age 0 there are: the counts name no group
    assert published.complete == {
        "age": frozenset({"age=0", "age=1"}),
        "kind": frozenset({"kind=comment"}),
    }
    assert (published.bearing, published.wrote_once, published.fewest) == ({"Q1": ("food",)}, True, 10)


def test_exact_shares_are_read_back_and_attacked_with_the_counts(tmp_path):
    hidden = a_prevalence("food", None, group="age=2", cases=None)
    counts = (
        a_prevalence("food", 50, cases=None),
        *(a_prevalence("food", 20, group=g, cases=None) for g in OLD),
        hidden,
    )
    told = replace(census(50, 100, group="age=2"), cases_with=None, share=0.02, low=0.02, high=0.02, method=ESTIMATED)
    release_ = Published("r1", (*counts, told), {"age": frozenset({*OLD, "age=2"})}, fewest=10)
    note_published(tmp_path, release_, at=AT)
    assert in_ledger(tmp_path) == [release_]
    # Of 98 to 102 people .02 to the nearest .05 are at most 4, and what the others leave of the total is at least 4.
    found = attacked([release_], within=3)
    assert [(each.count[2], each.low, each.high) for each in found] == [("age=2", 4, 4)]


def test_reviewers_who_hold_something_else_than_was_suggested_are_no_contradiction():
    counts = (a_prevalence("food", 50, cases=100), a_prevalence("food", None, group="age=1", cases=20))
    reviewed = census(70, 100)
    assert given_away(Published("r1", (*counts, reviewed), {}, fewest=10), []) == []
