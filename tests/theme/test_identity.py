from dataclasses import asdict, replace

import numpy as np
import pytest

from planted_vectors import a_registry
from themes.errors import StoreError
from themes.theme.identity import (
    KnownTheme,
    give_names,
    read_registry,
    rename,
    with_newborns,
    write_registry,
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


def test_a_registry_comes_back_from_its_folder_as_it_was(tmp_path):
    registry = a_registry()
    write_registry(tmp_path / "registry", registry)
    again = read_registry(tmp_path / "registry")
    assert again.themes == registry.themes
    for name, value in asdict(registry.groups).items():
        assert np.array_equal(getattr(again.groups, name), value), name
    assert sorted(p.name for p in (tmp_path / "registry").iterdir()) == ["registry.json"]


def test_an_empty_folder_holds_no_registry(tmp_path):
    assert read_registry(tmp_path) is None


@pytest.mark.parametrize("damage", ["", "{}", '{"format": 1, "themes": []}', "[1]"])
def test_a_damaged_registry_is_refused_not_begun_anew(tmp_path, damage):
    (tmp_path / "registry.json").write_text(damage)
    with pytest.raises(StoreError, match=r"registry\.json is damaged or of another version"):
        read_registry(tmp_path)


def test_a_registry_cut_short_is_refused(tmp_path):
    write_registry(tmp_path, a_registry())
    path = tmp_path / "registry.json"
    path.write_text(path.read_text()[:-200])
    with pytest.raises(StoreError):
        read_registry(tmp_path)


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
