"""What is known of themes once some texts are gone: learned anew from those that stay, each where it was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from themes.records.segment import Segment
from themes.theme.clusters import Floats, without_gaps
from themes.theme.groups import FEWEST_CASES, Groups, assigned, described, directions_from
from themes.theme.identity import KnownTheme, Registry
from themes.theme.keywords import cases_by_term, terms_of, words_of


def relearned(
    registry: Registry, vectors: Floats, stays: NDArray[np.bool_], *, earlier: Registry | None = None
) -> Registry | None:
    """The registry with nothing in it learned from the texts that are gone; ids, names and their order stay.

    A theme that only those texts were about is taken from the registry of the run before, or dropped. One that no
    text of this run is about stays where it was.

    Args:
        registry: What was known, the texts that go among them.
        vectors: Shape (n_texts, n_dims): all texts of the run, in any order.
        stays: Shape (n_texts,): which of them stay.
        earlier: The registry of the run before, already without them.

    Returns:
        None if no text stays: then nothing is known.
    """
    if not stays.any():
        return None
    before = registry.groups
    labels, _ = assigned(before, directions_from(vectors, before.middle))
    middle = np.asarray(vectors[stays].mean(axis=0), np.float32)
    units, spoken = directions_from(vectors[stays], middle), labels[stays]
    now = described(units, without_gaps(spoken), middle)
    places = {int(group): place for place, group in enumerate(np.unique(spoken))}
    silenced = set(labels[~stays].tolist()) - set(places)

    kept: list[_Group] = []
    for group, theme in enumerate(registry.themes):
        if group in places:
            kept.append(_Group.of(theme, now, places[group]))
        elif group not in silenced:
            kept.append(_Group.of(theme, before, group))
        elif merged := [g for g in places if registry.themes[g].merged_into == theme.theme_id]:
            kept.append(_Group.of(theme, now, places[merged[0]]))  # what was merged into it still counts as its own
        elif earlier is not None and theme.theme_id in {known.theme_id for known in earlier.themes}:
            kept.append(_Group.of(theme, earlier.groups, earlier.place(theme.theme_id)))
    ids = {group.theme.theme_id for group in kept}
    themes = (g.theme if g.theme.merged_into in {None, *ids} else replace(g.theme, merged_into=None) for g in kept)
    return Registry(
        tuple(themes),
        replace(
            now,
            directions=np.vstack([group.direction for group in kept]),
            weights=np.vstack([group.weights for group in kept]).T,
            offsets=np.array([group.offset for group in kept], np.float32),
            reach=np.array([group.reach for group in kept], np.float32),
        ),
    )


@dataclass(frozen=True, eq=False)
class _Group:
    """One theme, and where it lies."""

    theme: KnownTheme
    direction: Floats
    weights: Floats
    offset: float
    reach: float

    @staticmethod
    def of(theme: KnownTheme, groups: Groups, place: int) -> "_Group":
        return _Group(
            theme,
            groups.directions[place],
            groups.weights[:, place],
            float(groups.offsets[place]),
            float(groups.reach[place]),
        )


def without_their_words(
    registry: Registry, theme_id: str, gone: Iterable[Segment], left: Collection[Segment]
) -> Registry:
    """The registry, in which a name made of words that too few people still use in the theme is taken back.

    Args:
        registry: Knows the theme; a name that an analyst gave stays.
        theme_id: The theme.
        gone: Segments that belonged to it and are gone.
        left: Those that still do.
    """
    theme = registry.themes[registry.place(theme_id)]
    used = cases_by_term(left)
    theirs = {term for segment in gone for term in terms_of(segment.text)}
    rare = {word for word in words_of(theme.name) if word in theirs and len(used.get(word, ())) < FEWEST_CASES}
    if theme.named_by is not None or not rare:
        return registry
    return replace(
        registry,
        themes=tuple(replace(known, name="") if known.theme_id == theme_id else known for known in registry.themes),
    )
