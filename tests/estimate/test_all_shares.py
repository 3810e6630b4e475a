"""All shares of a run, and how groups differ."""

from builders import a_case, a_coding, a_document, a_segment
from themes.estimate.all_shares import Studied, all_shares, group_differences, groups_of, run_differences
from themes.estimate.prevalence import estimate
from themes.records.sample import SampledCase


def a_study(people=60, *, spoken=lambda n: n % 3 == 0, drawn=1.0, columns=True):
    """All drawn and reviewed: every third speaks of food, all of the old if `spoken` says so."""
    ids = [f"{n:03}" for n in range(people)]
    documents = [
        a_document(f"d{i}", case_id=f"c{i}", prompt=("Why?", "How?")[n % 2], written=f"2013-0{1 + n % 2}")
        for n, i in enumerate(ids)
    ]
    segments = [a_segment(f"d{i}:0-15", document_id=f"d{i}", case_id=f"c{i}") for i in ids]
    codings = [a_coding(s.segment_id, "food", probability=0.5) for s in segments]
    codings += [
        a_coding(s.segment_id, "food", coder_id="A1", applies=spoken(n), probability=None, sampling="probability")
        for n, s in enumerate(segments)
    ]
    return Studied(
        [a_case(f"c{i}", **({"age": "old" if n % 2 else "young"} if columns else {})) for n, i in enumerate(ids)],
        documents,
        segments,
        codings,
        {f"c{i}": SampledCase(f"c{i}", drawn, True, False) for i in ids},
        {"food": ["food"]},
    )


def test_of_a_census_every_share_is_exact():
    study = a_study()
    rows = {(p.group, p.question, p.period): p for p in all_shares(study, study.sampled())}
    assert set(rows) == {
        *((group, "", "") for group in ("", "age=old", "age=young", "kind=comment")),
        *(("", question, "") for question in ("How?", "Why?")),
        *(("", "", month) for month in ("2013-01", "2013-02")),
    }
    assert (rows["", "", ""].cases, rows["", "", ""].cases_with) == (60, 20)
    assert rows["", "", ""].share == rows["", "", ""].low == rows["", "", ""].high == 1 / 3
    assert (rows["age=old", "", ""].cases, rows["age=old", "", ""].cases_with) == (30, 10)


def test_a_group_is_by_what_is_known_of_people_who_wrote():
    study = a_study(2)
    assert groups_of(study) == {"age=old": {"c001"}, "age=young": {"c000"}, "kind=comment": {"c000", "c001"}}


def test_groups_that_differ_are_told_and_what_was_planned_is_marked():
    study = a_study(spoken=lambda n: n % 2 == 1)
    (found,) = group_differences(study, study.sampled(), planned=["age"])
    assert (found.one, found.other, round(found.difference, 9), found.p) == ("age=old", "age=young", 1.0, 0.0)
    assert found.planned
    (found,) = group_differences(study, study.sampled(), planned=[])
    assert not found.planned


def test_where_nothing_can_be_compared_there_is_nothing():
    study = a_study(columns=False)
    assert group_differences(study, study.sampled(), planned=["age"]) == []


def test_a_difference_of_what_is_withheld_is_withheld_with_the_reason():
    study = a_study()
    (found,) = group_differences(study, study.sampled(), planned=[], drifted={"food"})
    assert (found.difference, found.p) == (None, None)
    assert found.reason == "New reviews contradict what the earlier ones taught: draw a new sample."


def test_a_change_between_runs_is_told_or_why_not():
    before, now = a_study(), a_study(spoken=lambda n: n % 2 == 0)
    shares = [estimate(study.sampled().reviewed) for study in (now, before)]
    (moved,) = run_differences(("r2", shares[0]), ("r1", shares[1]), {})
    assert (moved.one, moved.other, moved.planned, moved.is_between_runs) == ("r2", "r1", True, True)
    assert moved.difference == shares[0].share[0] - shares[1].share[0] > 0
    (broken,) = run_differences(("r2", shares[0]), ("r1", shares[1]), {"food": "The codebook changed."})
    assert (broken.difference, broken.reason) == (None, "The codebook changed.")
