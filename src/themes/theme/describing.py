"""What readers are told of emergent themes: a name, telling words, excerpts of three kinds, and whether they hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from themes.records.segment import Segment
from themes.records.theme import Theme, ThemeOrigin
from themes.theme.exemplars import dissenting, exemplars
from themes.theme.host import ranked_terms
from themes.theme.identity import Registry, give_names
from themes.theme.keywords import (
    cases_by_stem,
    cases_by_term,
    distinctive_terms,
    plain_name,
    shown_words,
    typical_terms,
)
from themes.theme.resampling import found_again


def described_themes(
    registry: Registry,
    segments: Sequence[Segment],
    vectors: NDArray[np.float32],
    theme_of: Sequence[str | None],
    closeness: Mapping[str, float],
    *,
    seed: int,
    leaning: Mapping[str, float] | None = None,
    withheld: Collection[str] = frozenset(),
) -> tuple[list[Theme], Registry]:
    """The themes that texts were found to belong to, with their words and excerpts, the one with most texts first.

    Args:
        registry: Knows the themes; those without a name get one.
        segments: All that take part, in the order of their ids.
        vectors: Shape (n_segments, n_dims).
        theme_of: The theme of each segment, None where it is unclear.
        closeness: How near each lies to its theme's middle, by segment id.
        seed: Decides the samples in which themes are looked for again.
        leaning: Praise above 0, complaint below, by segment id (`theme.leaning`); None: no excerpt is said to dissent.
        withheld: Ids of segments that are never shown.
    """
    members: dict[str, list[Segment]] = {}
    for segment, theme_id in zip(segments, theme_of, strict=True):
        if theme_id is not None:
            members.setdefault(theme_id, []).append(segment)
    by_size = sorted(members, key=lambda theme_id: (-len(members[theme_id]), registry.place(theme_id)))
    spoken = {theme_id: cases_by_term(members[theme_id]) for theme_id in members}
    ranked = ranked_terms(segments, vectors, theme_of)
    everywhere = cases_by_term(segments)
    distinctive = {theme_id: distinctive_terms(spoken[theme_id], everywhere) for theme_id in ranked}
    # c-TF-IDF also ranks what everybody says.
    telling = {
        theme_id: sorted(set(terms) & set(distinctive[theme_id]), key=terms.index) for theme_id, terms in ranked.items()
    }
    shown = {theme_id: exemplars(members[theme_id], closeness, withheld=withheld) for theme_id in members}
    typical = {
        theme_id: typical_terms([s for s in members[theme_id] if s.segment_id in ids], everywhere)
        for theme_id, (ids, _) in shown.items()
    }
    places = [-1 if theme_id is None else by_size.index(theme_id) for theme_id in theme_of]
    again = found_again(vectors, np.array(places, np.intp), seed=seed)
    named_by: dict[str, list[_Ranking]] = {}
    for theme_id in by_size:
        own, anywhere = (cases_by_stem(spoken[theme_id], cases) for cases in (spoken[theme_id], everywhere))
        of_all: list[_Ranking] = [
            (distinctive[theme_id], spoken[theme_id]),
            (distinctive_terms(own, anywhere), own),
            (ranked[theme_id], spoken[theme_id]),
        ]
        of_middle: list[_Ranking] = [(typical[theme_id], everywhere), (typical[theme_id], anywhere)]
        named_by[theme_id] = [*of_all, *of_middle]
    registry = give_names(registry, _new_names(registry, named_by))
    in_deviations = _in_deviations(leaning or {})
    themes = []
    for place, theme_id in enumerate(by_size):
        texts = members[theme_id]
        middle, edge = shown[theme_id]
        dissent = (
            dissenting(texts, closeness, in_deviations, shown={*middle, *edge}, withheld=withheld) if leaning else ()
        )
        themes.append(
            replace(
                _theme(registry, theme_id, shown_words(telling[theme_id], spoken[theme_id])),
                exemplar_ids=middle,
                edge_ids=edge,
                dissent_ids=dissent,
                found_again=again.get(place),
            )
        )
    return themes, registry


def _theme(registry: Registry, theme_id: str, words: tuple[str, ...]) -> Theme:
    known = registry.themes[registry.place(theme_id)]
    return Theme(
        theme_id=theme_id,
        name=known.name or f"Unnamed theme {theme_id.removeprefix('t-')}",
        summary=f"Words often used here: {', '.join(words)}." if words else "Its texts share no telling words.",
        origin=ThemeOrigin.EMERGENT,
        code_ids=(known.code_id,) if known.code_id else (),
        words=words,
        first_seen=known.first_seen,
        former_names=registry.names_once_had(theme_id),
    )


def _in_deviations(leaning: Mapping[str, float]) -> dict[str, float]:
    spread = float(np.std(list(leaning.values()))) if leaning else 0.0
    return {segment_id: value / spread if spread else 0.0 for segment_id, value in leaning.items()}


type _Ranking = tuple[list[str], Mapping[str, Collection[str]]]
"""Terms, the best first, and the cases that use each."""


def _new_names(registry: Registry, named_by: Mapping[str, Sequence[_Ranking]]) -> dict[str, str]:
    """Names for themes that have none, each unlike all others, by the first ranking that gives one.

    Words that tell the theme from the others, the commoner the better, each form by itself or else all forms of a word
    together; where it has none, those that most of it uses; where three of its cases share no word, those of its
    typical excerpts that three cases use anywhere.

    Args:
        registry: Knows the themes.
        named_by: Rankings by theme, in the order in which themes choose.
    """
    taken = {theme.name for theme in registry.themes}
    names = {}
    for theme_id, rankings in named_by.items():
        if not registry.themes[registry.place(theme_id)].name:
            found = (plain_name(terms, cases, taken) for terms, cases in rankings)
            names[theme_id] = next(filter(None, found), "")
            taken.add(names[theme_id])
    return names
