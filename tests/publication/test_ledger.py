"""The ledger of releases, and what all of them together give away."""

import pytest

from builders import a_case, a_prevalence, a_project, a_theme
from themes.disclosure import release
from themes.errors import StoreError
from themes.publication.ledger import Given, Published, as_published, given_away, in_ledger, note_published
from themes.records.project import Audience
from themes.records.release import Approval
from themes.subtraction import Contradiction

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


def test_an_edition_is_published_with_the_columns_that_everybody_answered():
    cases = [a_case(f"c{n}", age=str(n % 2), **({"town": "Ham"} if n else {})) for n in range(40)]
    rows = (
        a_prevalence("", 40, cases=40),
        a_prevalence("food", 20, cases=40),
        a_prevalence("food", 18, method="estimated"),
    )
    project = a_project(cases=tuple(cases), prevalences=rows, themes=(a_theme("food"),))
    edition = release(project, Audience.PUBLIC, approval=Approval("Ann", AT))
    published = as_published(edition, project)
    assert [(p.theme_id, p.cases_with) for p in published.counts] == [("", 40), ("food", 20)]
    assert published.complete == {"age": frozenset({"age=0", "age=1"})}
