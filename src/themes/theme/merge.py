"""Themes that say nearly the same: they are pointed out, and an analyst decides."""

from dataclasses import dataclass, replace

from themes.records.theme import What
from themes.theme.clusters import NEARLY_THE_SAME
from themes.theme.identity import Registry


@dataclass(frozen=True, slots=True)
class NearDouble:
    """Two themes that an analyst may want to merge. `likeness` is a cosine, at most 1."""

    theme_id: str
    other_id: str
    likeness: float


def near_doubles(registry: Registry, *, at_least: float = NEARLY_THE_SAME) -> list[NearDouble]:
    """Pairs of themes that lie close together, the most alike first.

    Themes already merged are passed over, and pairs that an analyst wants apart, or has split.
    """
    likeness = registry.groups.directions @ registry.groups.directions.T
    standing = [place for place, theme in enumerate(registry.themes) if theme.merged_into is None]
    apart = {
        frozenset({event.theme_id, other})
        for event in registry.events
        for other in event.others
        if event.what is What.KEEP_APART or (event.what is What.SPLIT and event.by is not None)
    }
    pairs = [
        NearDouble(registry.themes[one].theme_id, registry.themes[other].theme_id, float(likeness[one, other]))
        for one in standing
        for other in standing
        if one < other and likeness[one, other] >= at_least
        if frozenset({registry.themes[one].theme_id, registry.themes[other].theme_id}) not in apart
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.theme_id, pair.other_id))


def merge(registry: Registry, theme_id: str, *, into: str) -> Registry:
    """The registry after an analyst merged one theme into another. Both keep their names; texts of both count as one.

    Raises:
        KeyError: If there is no such theme.
        ValueError: If that would merge a theme into itself, directly or by way of earlier merges.
    """
    place = registry.place(theme_id)
    if registry.stands_for(registry.place(into)).theme_id == theme_id:
        raise ValueError(f"theme {theme_id} cannot be merged into itself")
    themes = list(registry.themes)
    themes[place] = replace(themes[place], merged_into=into)
    return replace(registry, themes=tuple(themes))
