from dataclasses import asdict, replace

import numpy as np
import pytest

from planted_vectors import a_registry
from themes.errors import StoreError
from themes.records.theme import ThemeEvent, What
from themes.theme.identity import rename
from themes.theme.registry_file import read_registry, write_registry


def eventful():
    registry = a_registry()
    one, two, _ = (theme.theme_id for theme in registry.themes)
    named = rename(rename(registry, one, "Post", by="ann"), one, "Fear of the post", by="ann")
    events = (
        ThemeEvent(What.BIRTH, one, "run-1", "2026-01-05", 30),
        ThemeEvent(What.MERGE, two, "run-2", "2026-02-05", None, (one,), "ann", "d-1"),
    )
    return replace(named, events=events)


def test_a_registry_comes_back_from_its_folder_as_it_was(tmp_path):
    registry = eventful()
    write_registry(tmp_path / "registry", registry)
    again = read_registry(tmp_path / "registry")
    assert again.themes == registry.themes
    assert again.events == registry.events
    for name, value in asdict(registry.groups).items():
        assert np.array_equal(getattr(again.groups, name), value), name
    assert sorted(p.name for p in (tmp_path / "registry").iterdir()) == ["history.tsv", "registry.json"]


def test_an_empty_folder_holds_no_registry(tmp_path):
    assert read_registry(tmp_path) is None


def test_a_registry_whose_history_alone_is_left_is_refused_not_begun_anew(tmp_path):
    write_registry(tmp_path, eventful())
    (tmp_path / "registry.json").unlink()
    with pytest.raises(StoreError, match="is gone, though its history is there"):
        read_registry(tmp_path)


@pytest.mark.parametrize("damage", ["", "{}", '{"format": 1, "themes": []}', "[1]"])
def test_a_damaged_registry_is_refused_not_begun_anew(tmp_path, damage):
    (tmp_path / "registry.json").write_text(damage)
    with pytest.raises(StoreError, match=r"registry\.json is damaged or of another version"):
        read_registry(tmp_path)


def test_a_registry_of_no_numbers_or_of_themes_merged_in_a_circle_is_refused(tmp_path):
    registry = a_registry()
    one, two, three = (theme.theme_id for theme in registry.themes)
    merged = zip(registry.themes, (two, three, one), strict=True)
    nowhere = replace(registry.groups, middle=registry.groups.middle * np.nan)
    for damaged in (
        replace(registry, groups=nowhere),
        replace(registry, groups=replace(registry.groups, floor=float("nan"))),
        replace(registry, themes=tuple(replace(theme, merged_into=into) for theme, into in merged)),
    ):
        write_registry(tmp_path, damaged)
        with pytest.raises(StoreError, match=r"registry\.json is damaged"):
            read_registry(tmp_path)
    chain = zip(registry.themes, (two, three, None), strict=True)
    write_registry(tmp_path, replace(registry, themes=tuple(replace(theme, merged_into=into) for theme, into in chain)))
    assert [theme.merged_into for theme in read_registry(tmp_path).themes] == [two, three, None]


def test_a_registry_cut_short_is_refused(tmp_path):
    write_registry(tmp_path, a_registry())
    path = tmp_path / "registry.json"
    path.write_text(path.read_text()[:-200])
    with pytest.raises(StoreError):
        read_registry(tmp_path)


def test_the_history_is_a_table_that_people_can_read(tmp_path):
    registry = eventful()
    one, two, _ = (theme.theme_id for theme in registry.themes)
    write_registry(tmp_path, registry)
    assert (tmp_path / "history.tsv").read_text(encoding="utf-8").splitlines() == [
        "date\twhat\ttheme\tother themes\ttexts\tdecided by\trun",
        f"2026-01-05\tbirth\t{one} (Fear of the post)\t\t30\t\trun-1",
        f"2026-02-05\tmerge\t{two}\t{one} (Fear of the post)\t\tann\trun-2",
    ]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"registry\.json could not be written"):
        write_registry(tmp_path / "file", a_registry())
