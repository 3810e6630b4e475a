"""What is known of themes once some texts are gone: learned anew from those that stay, each where it was."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from themes.records.segment import Segment
from themes.records.theme import ThemeEvent, What
from themes.theme.clusters import Floats, without_gaps
from themes.theme.groups import FEWEST_CASES, Groups, assigned, described, directions_from
from themes.theme.identity import KnownTheme, Registry
from themes.theme.keywords import cases_by_term, terms_of, words_of


def relearned(
    registry: Registry,
    vectors: Floats,
    stays: NDArray[np.bool_],
    *,
    earlier: Registry | None = None,
    run_id: str = "",
) -> Registry | None:
    """The registry with nothing in it learned from the texts that are gone; ids, names and their order stay.

    Its history stays as well: counts of this run are made again, those of earlier runs are taken from the registry of
    the run before, and where that is not there they are taken back.

    A theme that only those texts were about is taken from the registry of the run before, or dropped. One that no
    text of this run is about stays where it was.

    Args:
        registry: What was known, the texts that go among them.
        vectors: Shape (n_texts, n_dims): all texts of the run, in any order.
        stays: Shape (n_texts,): which of them stay.
        earlier: The registry of the run before, already without them.
        run_id: The run whose registry it is.

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
    counts = {registry.themes[group].theme_id: int((spoken == group).sum()) for group in range(len(registry.themes))}
    return Registry(
        tuple(themes),
        replace(
            now,
            directions=np.vstack([group.direction for group in kept]),
            weights=np.vstack([group.weights for group in kept]).T,
            offsets=np.array([group.offset for group in kept], np.float32),
            reach=np.array([group.reach for group in kept], np.float32),
        ),
        _events(registry, ids, counts, earlier, run_id),
    )


def _events(
    registry: Registry, ids: Collection[str], counts: Mapping[str, int], earlier: Registry | None, run_id: str
) -> tuple[ThemeEvent, ...]:
    """The history without themes that are gone, and without counts in which the texts that are gone still are."""
    before = {_without_count(event): event for event in earlier.events} if earlier is not None else {}

    def anew(event: ThemeEvent) -> ThemeEvent:
        others = tuple(other for other in event.others if other in ids)
        bare = replace(event, others=others)
        if event.texts is None or event.what is What.DEATH:
            return bare
        if event.run_id == run_id:
            about = event.others[0] if event.what is What.SPLIT and event.others else event.theme_id
            return replace(bare, texts=counts.get(about, 0))
        known = before.get(_without_count(event))
        return replace(bare, texts=known.texts if known else None)

    return tuple(anew(event) for event in registry.events if event.theme_id in ids)


def _without_count(event: ThemeEvent) -> ThemeEvent:
    return replace(event, texts=None, others=())


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
    """The registry, in which names made of words that too few people still use in the theme are taken back.

    Args:
        registry: Knows the theme; a name that an analyst gave stays.
        theme_id: The theme; those merged into it lose such names too, and all lose such former names.
        gone: Segments that belonged to it and are gone.
        left: Those that still do.
    """
    used = cases_by_term(left)
    theirs = {term for segment in gone for term in terms_of(segment.text)}

    def may_stay(name: str) -> bool:
        return all(word not in theirs or len(used.get(word, ())) >= FEWEST_CASES for word in words_of(name))

    def without(theme: KnownTheme) -> KnownTheme:
        return replace(
            theme,
            name=theme.name if theme.named_by is not None or may_stay(theme.name) else "",
            former_names=tuple(f for f in theme.former_names if f.named_by is not None or may_stay(f.name)),
        )

    counted = {theme.theme_id for theme in registry.counted_under(theme_id)}
    themes = tuple(without(theme) if theme.theme_id in counted else theme for theme in registry.themes)
    return replace(registry, themes=themes)
