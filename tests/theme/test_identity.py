from dataclasses import replace

from planted_vectors import a_registry
from themes.theme.identity import (
    FormerName,
    KnownTheme,
    give_names,
    rename,
    with_newborns,
)


def test_new_ids_depend_on_seed_and_number_alone():
    assert [t.theme_id for t in with_newborns((), 2, seed=1, run_id="a")] == [
        t.theme_id for t in with_newborns((), 3, seed=1, run_id="b")
    ][:2]
    assert with_newborns((), 1, seed=1, run_id="a") != with_newborns((), 1, seed=2, run_id="a")


def test_known_themes_stay_in_front_as_they_were():
    old = (KnownTheme("t-old", "Forms", "run-1", named_by="an analyst"),)
    assert with_newborns(old, 2, seed=1, run_id="run-2")[0] == old[0]


def test_ids_never_meet():
    ids = [theme.theme_id for theme in with_newborns((), 3000, seed=1, run_id="a")]
    assert len(set(ids)) == 3000


def test_an_analysts_name_is_not_replaced():
    registry = a_registry()
    first, second = (theme.theme_id for theme in registry.themes[:2])
    named = give_names(rename(registry, first, "Fear of the post", by="an analyst"), {first: "Letters", second: "Sums"})
    assert [(t.name, t.named_by) for t in named.themes[:2]] == [("Fear of the post", "an analyst"), ("Sums", None)]


def test_a_merged_theme_stands_for_what_it_was_merged_into():
    registry = a_registry()
    one, two, *rest = registry.themes
    merged = replace(registry, themes=(one, replace(two, merged_into=one.theme_id), *rest))
    assert merged.stands_for(1) == one


def test_a_name_that_is_replaced_is_kept_with_who_gave_it():
    registry = a_registry()
    first = registry.themes[0].theme_id
    registry = give_names(registry, {first: "Letters"})
    registry = rename(rename(registry, first, "Post", by="ann"), first, "Fear of the post", by="bob")
    assert registry.themes[0].name == "Fear of the post"
    assert registry.themes[0].former_names == (FormerName("Letters"), FormerName("Post", "ann"))
    again = rename(registry, first, "Post", by="ann")
    assert again.themes[0].former_names == (FormerName("Letters"), FormerName("Fear of the post", "bob"))


def test_a_theme_tells_the_names_of_what_was_merged_into_it():
    registry = a_registry()
    one, two, three = registry.themes
    themes = (
        replace(one, name="Post", former_names=(FormerName("Letters"),)),
        replace(two, name="Phone", merged_into=one.theme_id, former_names=(FormerName("Calls", "ann"),)),
        replace(three, name="Post", merged_into=two.theme_id),
    )
    registry = replace(registry, themes=themes)
    assert registry.counted_under(one.theme_id) == themes
    assert registry.names_once_had(one.theme_id) == ("Letters", "Calls", "Phone")
    assert registry.names_once_had(two.theme_id) == ("Calls",)
