"""What analysts decide is kept, and every later run honours it, once."""

from dataclasses import replace

import pytest

from planted_vectors import a_registry, planted, texts_about
from themes.errors import StoreError
from themes.records.theme import ThemeDecision, What
from themes.theme.decisions import CIRCLE, FILE, OLDER, TOO_FEW, TOO_LATE, add_decision, decided, read_decisions
from themes.theme.emergent import emergent_themes
from themes.theme.merge import near_doubles

VECTORS, SUBJECT = planted([44, 32, 26, 18])
SEGMENTS = texts_about(SUBJECT)


def a_decision(what: What, theme_id: str, **fields: str) -> ThemeDecision:
    given = {"decision_id": f"d-{what.value}", "by": "ann", "made_at": "2026-02-01T10:00:00+00:00", **fields}
    return ThemeDecision(what=what, theme_id=theme_id, **given)


def ids(registry):
    return [theme.theme_id for theme in registry.themes]


def carried_out(registry, *decisions):
    return decided(registry, decisions, run_id="run-2", on="2026-02-02")


def test_a_decision_changes_the_registry_and_stands_in_its_history():
    registry = a_registry()
    one, two, three = ids(registry)
    done = carried_out(
        registry,
        a_decision(What.MERGE, two, other_id=one),
        a_decision(What.RENAME, one, name="Fear of the post"),
        a_decision(What.PROMOTE, three, code_id="sanctions"),
    )
    after = done.registry
    assert (done.splits, done.passed_over) == ([], [])
    assert [(t.name, t.merged_into, t.code_id) for t in after.themes] == [
        ("Fear of the post", None, None),
        ("", one, None),
        ("", None, "sanctions"),
    ]
    assert [(e.what, e.theme_id, e.others, e.by, e.on, e.run_id) for e in after.events] == [
        (What.MERGE, two, (one,), "ann", "2026-02-02", "run-2"),
        (What.PROMOTE, three, (), "ann", "2026-02-02", "run-2"),
        (What.RENAME, one, (), "ann", "2026-02-02", "run-2"),
    ]


def test_what_was_taken_back_is_not_carried_out_and_taking_back_is_no_event():
    registry = a_registry()
    one, two, _ = ids(registry)
    later = "2026-02-01T11:00:00+00:00"
    done = carried_out(
        registry,
        a_decision(What.SPLIT, two),
        a_decision(What.RENAME, one, name="Post"),
        a_decision(What.TAKE_BACK, one, decision_id="b1", takes_back="d-rename", made_at=later),
        a_decision(What.TAKE_BACK, two, decision_id="b2", takes_back="d-split", made_at=later),
    )
    assert (done.registry, done.splits, done.passed_over) == (registry, [], [])


def test_a_taking_back_that_came_too_late_is_said():
    registry = a_registry()
    one = ids(registry)[0]
    made = a_decision(What.RENAME, one, name="Post")
    late = a_decision(What.TAKE_BACK, one, decision_id="b1", takes_back="d-rename")
    after = carried_out(registry, made).registry
    again = carried_out(after, made, late)
    assert again.registry == after
    assert [(each.decision.decision_id, each.why) for each in again.passed_over] == [("b1", TOO_LATE)]
    assert str(again.passed_over[0]).endswith(f"what it takes back. Take its line out of {FILE}.")


def test_a_decision_is_carried_out_once():
    registry = a_registry()
    one = ids(registry)[0]
    decision = a_decision(What.RENAME, one, name="Post")
    after = carried_out(registry, decision).registry
    again = carried_out(after, decision)
    assert (again.registry, again.passed_over) == (after, [])


def test_the_later_of_two_names_stands_whatever_the_order_of_the_file():
    registry = a_registry()
    one = ids(registry)[0]
    first = a_decision(What.RENAME, one, name="Post", decision_id="a")
    second = replace(first, name="Letters", decision_id="b", made_at="2026-02-03")
    after = carried_out(registry, second, first).registry
    assert after.themes[0].name == "Letters"
    assert [f.name for f in after.themes[0].former_names] == ["Post"]


def test_a_theme_that_is_gone_and_a_circle_are_passed_over_and_said_so():
    registry = a_registry()
    one, two, three = ids(registry)
    done = carried_out(
        registry,
        a_decision(What.RENAME, "t-gone", name="Post"),
        a_decision(What.MERGE, one, other_id=two, decision_id="a"),
        a_decision(What.MERGE, two, other_id=one, decision_id="b"),
        a_decision(What.MERGE, three, other_id="t-lost", decision_id="c"),
    )
    assert [t.merged_into for t in done.registry.themes] == [two, None, None]
    assert [e.decision_id for e in done.registry.events] == ["a"]
    assert done.splits == []
    assert [(each.decision.decision_id, each.why) for each in done.passed_over] == [
        ("b", CIRCLE),
        ("c", "the registry has no theme t-lost"),
        ("d-rename", "the registry has no theme t-gone"),
    ]
    assert str(done.passed_over[1]) == (
        f"The decision c (merge: {three} and t-lost) was passed over: the registry has no theme t-lost. "
        f"Take it back on the page of its theme, or take its line out of theme-decisions.jsonl."
    )


def test_what_is_kept_apart_is_not_suggested_again():
    registry = a_registry()
    one, two, _ = ids(registry)
    directions = registry.groups.directions.copy()
    directions[1] = directions[0]
    registry = replace(registry, groups=replace(registry.groups, directions=directions))
    assert [(d.theme_id, d.other_id) for d in near_doubles(registry)] == [(one, two)]
    after = carried_out(registry, a_decision(What.KEEP_APART, one, other_id=two)).registry
    assert near_doubles(after) == []


def themes_of(emergent):
    return {m.segment_id: m.theme_id for m in emergent.memberships}


def of_text(emergent, segment_id):
    return themes_of(emergent).get(segment_id)


def test_a_split_divides_a_themes_texts_once_and_moves_no_others():
    first = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1")
    biggest = first.themes[0].theme_id
    split = [a_decision(What.SPLIT, biggest)]
    third = emergent_themes(SEGMENTS, VECTORS, seed=1, known=first.registry, run_id="run-2", decisions=split)
    (event,) = [e for e in third.registry.events if e.what is What.SPLIT]
    assert (event.theme_id, event.by, event.decision_id) == (biggest, "ann", "d-split")
    (part,) = event.others
    sizes = {t: sum(m.theme_id == t for m in third.memberships) for t in (biggest, part)}
    assert min(sizes.values()) >= 10
    assert {of_text(third, i) for i, t in themes_of(first).items() if t == biggest} <= {biggest, part, None}
    fourth = emergent_themes(SEGMENTS, VECTORS, seed=1, known=third.registry, run_id="run-3", decisions=split)
    assert [t.theme_id for t in fourth.themes] == [t.theme_id for t in third.themes]
    assert fourth.registry.events == third.registry.events


def test_decisions_come_back_from_their_file_as_they_were_made(tmp_path):
    made = [a_decision(What.RENAME, "t-1", name="Ängste\tvor Post"), a_decision(What.SPLIT, "t-2")]
    for decision in made:
        add_decision(tmp_path / "study", decision)
    assert read_decisions(tmp_path / "study") == made
    assert read_decisions(tmp_path) == []


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (a_decision(What.RENAME, "t-1"), "has no 'name'"),
        (a_decision(What.MERGE, "t-1"), "has no 'other_id'"),
        (a_decision(What.PROMOTE, "t-1"), "has no 'code_id'"),
        (a_decision(What.TAKE_BACK, "t-1"), "has no 'takes_back'"),
        (a_decision(What.RENAME, "t-1", name="x", by=" "), "has no 'by'"),
        (a_decision(What.BIRTH, "t-1"), "cannot be to birth"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(tmp_path, decision, said):
    with pytest.raises(StoreError, match=said):
        add_decision(tmp_path, decision)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("line", ["[1]", "{", '{"what": "rename"}', '{"what": "bake", "theme_id": "t"}'])
def test_a_line_that_is_no_decision_is_not_passed_over(tmp_path, line):
    (tmp_path / FILE).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(StoreError, match=r"Line 1 of .* is not a decision about a theme"):
        read_decisions(tmp_path)


@pytest.mark.parametrize("end", ["", "\n", '\n{"what": "ren'])
def test_a_decision_is_kept_behind_a_file_that_somebody_changed_by_hand(tmp_path, end):
    first, second = a_decision(What.RENAME, "t-1", name="Post"), a_decision(What.SPLIT, "t-2")
    add_decision(tmp_path, first)
    (tmp_path / FILE).write_text((tmp_path / FILE).read_text(encoding="utf-8").rstrip("\n") + end, encoding="utf-8")
    add_decision(tmp_path, second)
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line != end.strip()]
    (tmp_path / FILE).write_text("\n".join(kept), encoding="utf-8")
    assert read_decisions(tmp_path) == [first, second]


def test_a_field_that_is_empty_in_another_way_is_said_not_to_be_text(tmp_path):
    line = '{"decision_id": "d", "what": "rename", "theme_id": "t-1", "by": "ann", "made_at": "2026", "name": "Post"'
    (tmp_path / FILE).write_text(line + ', "other_id": null}\n', encoding="utf-8")
    with pytest.raises(StoreError, match=r"Line 1 of .* has a 'other_id' that is not text"):
        read_decisions(tmp_path)


def test_two_decisions_under_one_id_are_not_passed_over_but_the_same_line_twice_is_one(tmp_path):
    made = a_decision(What.RENAME, "t-1", name="Post")
    add_decision(tmp_path, made)
    add_decision(tmp_path, made)
    assert set(read_decisions(tmp_path)) == {made}
    add_decision(tmp_path, replace(made, name="Letters"))
    with pytest.raises(StoreError, match=r"Line 3 of .* has the decision_id d-rename of another decision"):
        read_decisions(tmp_path)


def test_a_run_says_which_decisions_it_passed_over():
    first = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1")
    assert first.passed_over == ()
    gone = a_decision(What.RENAME, "t-gone", name="Post")
    for _ in range(2):
        first = emergent_themes(SEGMENTS, VECTORS, seed=1, known=first.registry, run_id="run-2", decisions=[gone])
        assert [each.decision for each in first.passed_over] == [gone]


def test_a_split_that_cannot_be_made_is_said_and_tried_again():
    first = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1")
    smallest = first.themes[-1].theme_id
    for _ in range(2):
        first = emergent_themes(
            SEGMENTS,
            VECTORS,
            seed=1,
            known=first.registry,
            run_id="run-2",
            decisions=[a_decision(What.SPLIT, smallest)],
        )
        assert [each.why for each in first.passed_over] == [TOO_FEW]
        assert not [event for event in first.registry.events if event.what is What.SPLIT]


@pytest.mark.parametrize(("born", "name"), [("2026-02-03", ""), ("2026-02-02", "Post"), ("", "Post")])
def test_a_decision_older_than_a_theme_is_of_another_registry(born, name):
    first = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1", on=born)
    theme = first.themes[0].theme_id
    done = carried_out(first.registry, a_decision(What.RENAME, theme, name="Post"))
    named_now = done.registry.themes[done.registry.place(theme)]
    assert (named_now.name == "Post") is bool(name)
    assert [each.why for each in done.passed_over] == ([] if name else [OLDER.format(theme)])


def test_a_decision_older_than_a_theme_that_was_split_off_is_of_another_registry_too():
    first = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1", on="2025-12-01")
    split = a_decision(What.SPLIT, first.themes[0].theme_id)
    second = emergent_themes(
        SEGMENTS, VECTORS, seed=1, known=first.registry, run_id="run-2", on="2026-02-10", decisions=[split]
    )
    (part,) = [event.others[0] for event in second.registry.events if event.what is What.SPLIT]
    done = carried_out(second.registry, a_decision(What.RENAME, part, name="Post"))
    assert [each.why for each in done.passed_over] == [OLDER.format(part)]


def test_a_first_run_says_of_which_decisions_it_knows_nothing_as_the_next_one_does():
    found = emergent_themes(SEGMENTS, VECTORS, seed=1, run_id="run-1", on="2026-03-01")
    older = a_decision(What.RENAME, found.themes[0].theme_id, name="Post", decision_id="a")
    gone = a_decision(What.RENAME, "t-gone", name="Letters", decision_id="b")
    of_now = replace(older, name="Forms", decision_id="c", made_at="2026-03-01T10:00:00+00:00")
    known = None
    for run_id in ("run-1", "run-2"):
        told = emergent_themes(
            SEGMENTS, VECTORS, seed=1, known=known, run_id=run_id, on="2026-03-01", decisions=[older, gone, of_now]
        )
        known = told.registry
        assert [each.decision for each in told.passed_over] == [older, gone]
    assert known.themes[known.place(found.themes[0].theme_id)].name == "Forms"
