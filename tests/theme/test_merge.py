from dataclasses import replace

import numpy as np
import pytest

from planted_vectors import a_registry
from themes.theme.merge import NearDouble, merge, near_doubles


def with_doubles():
    registry = a_registry()
    directions = registry.groups.directions.copy()
    directions[1] = directions[0]
    return replace(registry, groups=replace(registry.groups, directions=directions))


def test_themes_that_lie_together_are_pointed_out():
    registry = with_doubles()
    one, two = registry.themes[0].theme_id, registry.themes[1].theme_id
    (pair,) = near_doubles(registry)
    assert pair == NearDouble(one, two, pair.likeness)
    assert np.isclose(pair.likeness, 1)


def test_themes_already_merged_are_not_pointed_out_again():
    registry = with_doubles()
    one, two = registry.themes[0].theme_id, registry.themes[1].theme_id
    assert near_doubles(merge(registry, two, into=one)) == []


def test_merging_keeps_both_names_and_ids():
    registry = a_registry()
    one, two = registry.themes[0].theme_id, registry.themes[1].theme_id
    merged = merge(registry, two, into=one)
    assert [t.theme_id for t in merged.themes] == [t.theme_id for t in registry.themes]
    assert merged.stands_for(1).theme_id == one


def test_a_theme_is_not_merged_into_itself_by_way_of_another():
    registry = a_registry()
    one, two = registry.themes[0].theme_id, registry.themes[1].theme_id
    with pytest.raises(ValueError, match="into itself"):
        merge(merge(registry, two, into=one), one, into=two)
