"""What can be undone, and done once more: act by act."""

from themes.records.decision import Decision, Verdict
from themes.review.acts import Act, Acts

ONE, TWO, THREE = (f"a{letter * 20}" for letter in "xyz")


def taken(*decision_ids: str) -> Acts:
    acts = Acts()
    for decision_id in decision_ids:
        acts.take(Decision(decision_id, "run", "d1:0-4", "food", Verdict.ADD, "ada", ""))
    return acts


def names(*acts: Act | None) -> list[str | None]:
    return [act and act.act_id for act in acts]


def test_an_act_is_all_that_was_decided_at_once() -> None:
    acts = taken(f"{ONE}.0", f"{ONE}.1", f"{TWO}.0", "from-a-file-7")
    assert names(*acts.live()) == [ONE, TWO]
    assert [one.decision_id for one in acts.live()[0].decisions] == [f"{ONE}.0", f"{ONE}.1"]
    assert acts.live()[0].coder_id == "ada"
    assert names(acts.last(), acts.last_undone()) == [TWO, None]


def test_what_was_undone_is_no_longer_last_and_can_be_done_once_more() -> None:
    undone = (f"{ONE}.0", f"{TWO}.0", f"u{TWO}.0")
    assert names(taken(*undone).last(), taken(*undone).last_undone()) == [ONE, TWO]
    again = (*undone, f"r{THREE}.0")
    assert names(taken(*again).last(), taken(*again).last_undone()) == [THREE, None]


def test_something_else_ends_what_could_be_done_once_more() -> None:
    acts = taken(f"{ONE}.0", f"u{ONE}.0", f"{TWO}.0")
    assert names(acts.last(), acts.last_undone()) == [TWO, None]


def test_nothing_done_is_nothing_to_undo() -> None:
    assert names(Acts().last(), Acts().last_undone()) == [None, None]
    assert Acts().live() == []
