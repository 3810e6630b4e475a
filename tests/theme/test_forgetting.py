"""Themes learned anew from the texts that stay: theirs alone decide, and every text stays where it was."""

from dataclasses import replace

import numpy as np
import pytest

from builders import a_segment
from themes.records.theme import ThemeEvent, What
from themes.theme.forgetting import relearned, without_their_words
from themes.theme.groups import assigned, described, directions_from
from themes.theme.identity import FormerName, KnownTheme, Registry


def planted(per_group: int = 12, groups: int = 3, dims: int = 8, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Vectors around one axis a group, and the group of each."""
    generator = np.random.default_rng(seed)
    labels = np.repeat(np.arange(groups), per_group)
    noise = generator.normal(0, 0.05, (len(labels), dims))
    return (np.eye(dims)[labels] + noise).astype(np.float32), labels


def a_registry(vectors: np.ndarray, labels: np.ndarray) -> Registry:
    middle = vectors.mean(axis=0)
    themes = tuple(KnownTheme(f"t-{n}", f"Theme {n}", "run-1") for n in range(labels.max() + 1))
    return Registry(themes, described(directions_from(vectors, middle), labels, middle))


def labels_in(registry: Registry, vectors: np.ndarray) -> list[int]:
    return assigned(registry.groups, directions_from(vectors, registry.groups.middle))[0].tolist()


def test_what_is_learned_is_what_the_texts_that_stay_would_have_taught():
    vectors, labels = planted()
    stays = np.arange(len(labels)) % 5 != 0
    anew = relearned(a_registry(vectors, labels), vectors, stays)
    alone = a_registry(vectors[stays], labels[stays])
    assert anew is not None
    assert anew.themes == alone.themes
    for name in ("middle", "directions", "weights", "offsets", "reach"):
        np.testing.assert_array_equal(getattr(anew.groups, name), getattr(alone.groups, name))
    assert (anew.groups.floor, anew.groups.texts) == (alone.groups.floor, alone.groups.texts)


def test_every_text_stays_in_its_theme():
    vectors, labels = planted()
    stays = np.arange(len(labels)) % 5 != 0
    anew = relearned(a_registry(vectors, labels), vectors, stays)
    assert anew is not None
    assert labels_in(anew, vectors[stays]) == labels[stays].tolist()


def test_nothing_is_known_once_nothing_stays():
    vectors, labels = planted()
    assert relearned(a_registry(vectors, labels), vectors, np.zeros(len(labels), bool)) is None


def test_a_theme_of_theirs_alone_is_dropped_and_what_was_merged_into_it_stands_by_itself():
    vectors, labels = planted()
    registry = a_registry(vectors, labels)
    themes = registry.themes
    silent = (KnownTheme("t-0", "Theme 0", "run-1", merged_into="t-2"), themes[1], themes[2])
    now = labels != 0  # nobody speaks of what was merged either
    anew = relearned(Registry(silent, registry.groups), vectors[now], labels[now] != 2)
    assert anew is not None
    assert anew.themes == (KnownTheme("t-0", "Theme 0", "run-1"), themes[1])
    assert anew.groups.directions.shape == (2, 8)


def test_a_theme_into_which_others_were_merged_stays_where_those_are():
    vectors, labels = planted()
    registry = a_registry(vectors, labels)
    themes = (KnownTheme("t-0", "Theme 0", "run-1", merged_into="t-2"), *registry.themes[1:])
    anew = relearned(Registry(themes, registry.groups), vectors, labels != 2)
    assert anew is not None
    assert anew.themes == themes
    np.testing.assert_array_equal(anew.groups.directions[2], anew.groups.directions[0])


def test_a_theme_that_the_run_before_knew_from_others_is_taken_from_there():
    vectors, labels = planted()
    before, _ = planted(seed=6)
    earlier = a_registry(before, labels)
    anew = relearned(a_registry(vectors, labels), vectors, labels != 2, earlier=earlier)
    assert anew is not None
    assert [theme.theme_id for theme in anew.themes] == ["t-0", "t-1", "t-2"]
    np.testing.assert_array_equal(anew.groups.directions[2], earlier.groups.directions[2])


def test_a_theme_nobody_speaks_of_now_stays_where_it_was():
    vectors, labels = planted()
    registry = a_registry(vectors, labels)
    now = labels != 1
    stays = np.ones(int(now.sum()), bool)
    stays[0] = False
    anew = relearned(registry, vectors[now], stays)
    assert anew is not None
    assert [theme.theme_id for theme in anew.themes] == ["t-0", "t-1", "t-2"]
    np.testing.assert_array_equal(anew.groups.directions[1], registry.groups.directions[1])


GONE = [a_segment("d9:0-9", "Endless forms and letters")]


@pytest.mark.parametrize(
    ("cases", "named_by", "name"), [(3, None, "Forms"), (2, None, ""), (2, "analyst", "Forms"), (0, None, "")]
)
def test_a_name_stays_while_three_others_use_its_words(cases, named_by, name):
    vectors, labels = planted(groups=1)
    known = a_registry(vectors, labels)
    registry = Registry((KnownTheme("t-0", "Forms", "run-1", named_by=named_by),), known.groups)
    left = [a_segment(f"d{n}:0-9", "So many forms") for n in range(cases)]
    assert without_their_words(registry, "t-0", GONE, left).themes[0].name == name


def test_a_name_that_owes_them_nothing_stays():
    vectors, labels = planted(groups=1)
    registry = Registry((KnownTheme("t-0", "Kindness", "run-1"),), a_registry(vectors, labels).groups)
    assert without_their_words(registry, "t-0", GONE, []).themes[0].name == "Kindness"


def test_the_history_is_kept_and_its_counts_are_made_again():
    vectors, labels = planted()
    events = (
        ThemeEvent(What.BIRTH, "t-0", "run-1", "2026-01-05", 20),
        ThemeEvent(What.BIRTH, "t-1", "run-2", "2026-01-12", 12),
        ThemeEvent(What.SPLIT, "t-1", "run-2", "2026-01-12", 12, ("t-2",)),
        ThemeEvent(What.MERGE, "t-1", "run-2", "2026-01-12", None, ("t-0",), "ann", "d1"),
    )
    registry = replace(a_registry(vectors, labels), events=events)
    stays = np.ones(len(labels), bool)
    stays[[0, 12, 24]] = False
    anew = relearned(registry, vectors, stays, run_id="run-2")
    assert anew is not None
    assert [event.texts for event in anew.events] == [None, 11, 11, None]
    assert [replace(event, texts=None) for event in anew.events] == [replace(event, texts=None) for event in events]
    earlier = replace(registry, events=(replace(events[0], texts=19),))
    anew = relearned(registry, vectors, stays, earlier=earlier, run_id="run-2")
    assert anew is not None
    assert anew.events[0].texts == 19


def test_what_happened_to_a_theme_of_theirs_alone_is_forgotten_with_it():
    vectors, labels = planted()
    events = (
        ThemeEvent(What.BIRTH, "t-0", "run-1", "2026-01-05", 12),
        ThemeEvent(What.SPLIT, "t-1", "run-1", "2026-01-05", 12, ("t-0",)),
    )
    anew = relearned(replace(a_registry(vectors, labels), events=events), vectors, labels != 0, run_id="run-1")
    assert anew is not None
    assert [(event.theme_id, event.others) for event in anew.events] == [("t-1", ())]


def test_former_names_of_their_words_go_and_those_that_analysts_gave_stay():
    vectors, labels = planted(groups=2)
    known = a_registry(vectors, labels)
    former = (FormerName("Forms"), FormerName("Endless forms", "ann"), FormerName("Kindness"))
    themes = (
        KnownTheme("t-0", "Post", "run-1", named_by="ann", former_names=former),
        KnownTheme("t-1", "Letters", "run-1", merged_into="t-0"),
    )
    after = without_their_words(replace(known, themes=themes), "t-0", GONE, [])
    assert [f.name for f in after.themes[0].former_names] == ["Endless forms", "Kindness"]
    assert [theme.name for theme in after.themes] == ["Post", ""]
