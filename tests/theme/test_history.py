"""Births, deaths, returns and splits are recorded."""

from dataclasses import replace

import numpy as np

from planted_vectors import a_registry, planted, texts_about
from themes.records.theme import ThemeEvent, What
from themes.theme.emergent import emergent_themes
from themes.theme.history import found_events, history
from themes.theme.identity import rename, with_newborns


def happened(events):
    return [(e.what, e.theme_id, e.texts, e.others) for e in events]


def grown(registry, count):
    return replace(registry, themes=with_newborns(registry.themes, count, seed=1, run_id="run-2"))


def test_at_first_all_are_born():
    registry = a_registry()
    events = found_events(None, registry, None, np.array([0, 0, 1, 2, -1]), run_id="run-1", on="2026-01-05")
    ids = [t.theme_id for t in registry.themes]
    assert happened(events) == [(What.BIRTH, i, n, ()) for i, n in zip(ids, (2, 1, 1), strict=True)]
    assert {(e.run_id, e.on) for e in events} == {("run-1", "2026-01-05")}


def test_what_comes_mostly_from_a_theme_that_goes_on_has_split_from_it():
    known = a_registry()
    registry = grown(known, 5)
    before = np.array([0, 0, 0, 0, 1, 2, -1, -1, -1])
    now = np.array([0, 3, 3, 0, 1, 2, 4, 4, 3])
    one, *_, fourth, fifth = (t.theme_id for t in registry.themes)
    assert happened(found_events(known, registry, before, now, run_id="r", on="")) == [
        (What.SPLIT, one, 3, (fourth,)),
        (What.BIRTH, fifth, 2, ()),
    ]


def test_newcomers_that_merely_had_no_nearer_theme_have_not_split_from_it():
    known = a_registry()
    registry = grown(known, 4)
    before = np.array([0, 0, 0, 0, 0, 0, 1, 2])
    now = np.array([0, 0, 0, 3, 3, 3, 1, 2])
    one, *_, fourth = (t.theme_id for t in registry.themes)

    def told(far):
        return happened(found_events(known, registry, before, now, run_id="r", on="", far=np.array(far, bool)))

    assert told([0, 0, 0, 1, 1, 1, 0, 0]) == [(What.SPLIT, one, 3, (fourth,))]
    assert told([0, 0, 1, 1, 1, 1, 0, 0]) == [(What.BIRTH, fourth, 3, ())]


def test_what_only_new_texts_speak_of_is_born():
    vectors, group = planted([90, 30, 40])
    segments = texts_about(group)
    first = emergent_themes(segments[:120], vectors[:120], seed=1, run_id="run-1")
    later = emergent_themes(segments, vectors, seed=1, known=first.registry, run_id="run-2")
    assert [e.what for e in later.registry.events[len(first.registry.events) :]] == [What.BIRTH]


def test_a_death_says_where_the_texts_are_now():
    known = a_registry()
    first, second, _ = (t.theme_id for t in known.themes)
    before, now = np.array([0, 0, 0, 1, 2]), np.array([1, 1, -1, 1, 2])
    assert happened(found_events(known, known, before, now, run_id="r", on="")) == [(What.DEATH, first, 0, (second,))]
    scattered = np.array([1, 2, -1, 1, 2])
    assert happened(found_events(known, known, before, scattered, run_id="r", on="")) == [(What.DEATH, first, 0, ())]


def test_a_theme_dies_once_and_returns_when_somebody_speaks_of_it():
    known = a_registry()
    first = known.themes[0].theme_id
    silent = found_events(known, known, np.array([1, 2]), np.array([1, 2]), run_id="r2", on="")
    assert happened(silent) == [(What.DEATH, first, 0, ())]
    then = replace(known, events=tuple(silent))
    assert found_events(then, then, np.array([1, 2]), np.array([1, 2]), run_id="r3", on="") == []
    assert happened(found_events(then, then, np.array([0, 1, 2]), np.array([0, 1, 2]), run_id="r4", on="")) == [
        (What.RETURN, first, 1, ())
    ]


def test_runs_add_to_the_history_and_take_nothing_from_it():
    vectors, group = planted([40, 40, 40])
    segments = texts_about(group)
    first = emergent_themes(segments, vectors, seed=1, run_id="run-1", on="2026-01-05")
    same = emergent_themes(segments, vectors, seed=1, known=first.registry, run_id="run-2", on="2026-01-12")
    assert [(e.what, e.texts) for e in first.registry.events] == [
        (What.BIRTH, sum(m.theme_id == e.theme_id for m in first.memberships)) for e in first.registry.events
    ]
    assert same.registry.events == first.registry.events
    fewer = group != 2
    later = emergent_themes(
        [s for s, stays in zip(segments, fewer, strict=True) if stays],
        vectors[fewer],
        seed=1,
        known=same.registry,
        run_id="run-3",
        on="2026-01-19",
    )
    assert later.registry.events[:3] == first.registry.events
    assert [(e.what, e.on) for e in later.registry.events[3:]] == [(What.DEATH, "2026-01-19")]


def test_a_name_that_a_spreadsheet_would_calculate_is_only_text():
    registry = a_registry()
    first = registry.themes[0].theme_id
    named = rename(registry, first, "a\tb\nc", by="=ann")
    event = ThemeEvent(What.RENAME, first, "r", "2026-01-05", None, (), "=ann", "d")
    assert history(replace(named, events=(event,))).splitlines()[1] == (
        f"2026-01-05\trename\t{first} (a b c)\t\t\t'=ann\tr"
    )
