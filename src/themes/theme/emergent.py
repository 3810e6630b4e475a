"""Themes that nobody asked for: found in the texts alone, with BERTopic as the host.

BERTopic's steps are kept (reduce, cluster, c-TF-IDF) and the first two are ours (`theme.groups`): its own leave a third
of the texts without a topic and give other topics at every run.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.errors import StoreError
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.theme.exemplars import exemplars
from themes.theme.finding import find_groups
from themes.theme.groups import FEWEST_CASES, nearest
from themes.theme.identity import Registry, give_names, with_newborns
from themes.theme.keywords import cases_by_term, distinctive_terms, plain_name, shown_words, terms_of

FEWEST_EXCERPTS = 50
_RANKED_TERMS = 60


@dataclass(frozen=True, eq=False)
class Emergent:
    """Themes found, what belongs to them, what the next run should know, and what readers should.

    A segment without a membership is unclear.
    """

    themes: list[Theme]
    memberships: list[Membership]
    registry: Registry | None
    note: str = ""


def emergent_themes(
    segments: Sequence[Segment],
    vectors: NDArray[np.float32],
    *,
    seed: int,
    known: Registry | None = None,
    run_id: str,
    withheld: Collection[str] = frozenset(),
    exclude_documents: Collection[str] = frozenset(),
) -> Emergent:
    """The themes among the segments; known ones keep their ids and names. Needs the whole corpus.

    The same segments in any order give the same result. Each is assigned afresh from where it lies, never by its id.

    Args:
        segments: At least 50 from three cases, or none are found and the note says why.
        vectors: Shape (n_segments, n_dims), in the order of the segments, all by one encoder.
        seed: Decides the starts of k-means and the ids of new themes.
        known: What an earlier call returned as `registry`.
        run_id: Said to be the first to have seen what is new.
        withheld: Ids of segments that no reader may be shown: they take part but are never exemplars.
        exclude_documents: Ids of documents that are nobody's account, such as articles: they take no part.

    Returns:
        Themes, the one with most segments first, at most 40. Exemplars: up to four typical, the most typical first,
        then up to two from the edge. Memberships by segment id, weighted by closeness. Without enough excerpts,
        `registry` is `known`.

    Raises:
        StoreError: If `known` comes from an encoder with other dimensions.
    """
    from threadpoolctl import threadpool_limits

    rows = [row for row, s in enumerate(segments) if s.document_id not in exclude_documents]
    rows.sort(key=lambda row: (segments[row].segment_id, segments[row].text))
    ordered = [segments[row] for row in rows]
    places = np.asarray(vectors, np.float32)[rows]
    cases = np.unique([s.case_id for s in ordered], return_inverse=True)[1]
    if len(ordered) < FEWEST_EXCERPTS or cases.max() + 1 < FEWEST_CASES:
        return Emergent([], [], known, _too_few(len(ordered), len({s.case_id for s in ordered})))
    if known is not None and known.groups.middle.shape != places.shape[1:]:
        raise StoreError(
            f"The registry of themes was made by an encoder with {len(known.groups.middle)} dimensions, this one has "
            f"{places.shape[1]}. Choose the encoder it was made with, or begin a new registry."
        )

    # One thread: sums in another order differ in the last digit, and a text on an edge would change its theme.
    with threadpool_limits(limits=1):
        groups = find_groups(places, cases, seed=seed, known=known.groups if known else None)
        labels, closeness = nearest(groups, places)
    earlier = known.themes if known else ()
    registry = Registry(with_newborns(earlier, len(groups.directions), seed=seed, run_id=run_id), groups)

    theme_of = [registry.stands_for(label).theme_id if label >= 0 else None for label in labels]
    near = dict(zip((s.segment_id for s in ordered), closeness.tolist(), strict=True))
    themes, registry = described_themes(registry, ordered, places, theme_of, near, withheld=withheld)
    memberships = [
        Membership(segment.segment_id, theme_id, round(min(1.0, max(0.0, near[segment.segment_id])), 4))
        for segment, theme_id in zip(ordered, theme_of, strict=True)
        if theme_id is not None
    ]
    return Emergent(themes, memberships, registry)


def described_themes(
    registry: Registry,
    segments: Sequence[Segment],
    vectors: NDArray[np.float32],
    theme_of: Sequence[str | None],
    closeness: Mapping[str, float],
    *,
    withheld: Collection[str] = frozenset(),
) -> tuple[list[Theme], Registry]:
    """The themes that texts were found to belong to, with their words and excerpts, the one with most texts first.

    Args:
        registry: Knows the themes; those without a name get one.
        segments: All that take part, in the order of their ids.
        vectors: Shape (n_segments, n_dims).
        theme_of: The theme of each segment, None where it is unclear.
        closeness: How near each lies to its theme's middle, by segment id.
        withheld: Ids of segments that are never exemplars.
    """
    members: dict[str, list[Segment]] = {}
    for segment, theme_id in zip(segments, theme_of, strict=True):
        if theme_id is not None:
            members.setdefault(theme_id, []).append(segment)
    by_size = sorted(members, key=lambda theme_id: (-len(members[theme_id]), registry.place(theme_id)))
    spoken = {theme_id: cases_by_term(members[theme_id]) for theme_id in members}
    ranked = _ranked_terms(segments, vectors, theme_of)
    everywhere = cases_by_term(segments)
    for theme_id, terms in ranked.items():
        # c-TF-IDF also ranks what everybody says.
        telling = set(distinctive_terms(spoken[theme_id], everywhere))
        ranked[theme_id] = [term for term in terms if term in telling]
    registry = give_names(registry, _new_names(registry, spoken, by_size, ranked))
    themes = []
    for theme_id in by_size:
        typical, edge = exemplars(members[theme_id], closeness, withheld=withheld)
        words = shown_words(ranked[theme_id], spoken[theme_id])
        themes.append(_theme(registry, theme_id, words, (*typical, *edge)))
    return themes, registry


def _too_few(excerpts: int, cases: int) -> str:
    return (
        f"Too few for themes: {excerpts} excerpts by {cases} people. Patterns that hold need at least "
        f"{FEWEST_EXCERPTS} excerpts by {FEWEST_CASES} people; read the texts themselves."
    )


def _theme(registry: Registry, theme_id: str, words: tuple[str, ...], exemplar_ids: tuple[str, ...]) -> Theme:
    known = registry.themes[registry.place(theme_id)]
    return Theme(
        theme_id=theme_id,
        name=known.name or f"Unnamed theme {theme_id.removeprefix('t-')}",
        summary=f"Words often used here: {', '.join(words)}." if words else "Its texts share no telling words.",
        origin=ThemeOrigin.EMERGENT,
        exemplar_ids=exemplar_ids,
        words=words,
        first_seen=known.first_seen,
    )


def _new_names(
    registry: Registry, spoken: dict[str, dict[str, set[str]]], by_size: list[str], ranked: dict[str, list[str]]
) -> dict[str, str]:
    """Names for themes that have none, each unlike all others."""
    taken = {theme.name for theme in registry.themes}
    names = {}
    for theme_id in by_size:
        if not registry.themes[registry.place(theme_id)].name:
            names[theme_id] = plain_name(ranked[theme_id], spoken[theme_id], taken)
            taken.add(names[theme_id])
    return names


def _ranked_terms(
    segments: Sequence[Segment], vectors: NDArray[np.float32], theme_of: Sequence[str | None]
) -> dict[str, list[str]]:
    """The terms of each theme, the most telling first, by BERTopic's c-TF-IDF over the themes we hand it."""
    shared = sorted(term for term, cases in cases_by_term(segments).items() if len(cases) >= FEWEST_CASES)
    found = sorted({theme_id for theme_id in theme_of if theme_id is not None})
    if not shared:
        return {theme_id: [] for theme_id in found}

    from bertopic import BERTopic
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    labels = [found.index(theme_id) if theme_id is not None else -1 for theme_id in theme_of]
    host = BERTopic(
        embedding_model=None,
        umap_model=_AsGiven(),
        hdbscan_model=_Assigned(labels),
        vectorizer_model=CountVectorizer(analyzer=_taken_apart, vocabulary=shared),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        top_n_words=_RANKED_TERMS,
        language="multilingual",  # else it takes out letters that English does not have, and names with them
    )
    # It gets terms, not texts: it strings the texts of a topic together, and two of them must not make up a phrase.
    host.fit_transform(["|".join(terms_of(segment.text)) + "|" for segment in segments], vectors)
    # BERTopic numbers its topics by size; any member tells which is which.
    topic_of = dict(zip(labels, host.topics_, strict=True))
    return {
        theme_id: [str(term) for term, score in host.get_topic(topic_of[label]) if term and score > 0]
        for label, theme_id in enumerate(found)
    }


def _taken_apart(terms: str) -> list[str]:
    return [term.strip() for term in terms.split("|") if term.strip()]


class _AsGiven:
    """BERTopic's place for UMAP: vectors are reduced where groups are found."""

    def fit(self, vectors: NDArray[np.float32], y: Any = None) -> "_AsGiven":
        return self

    def transform(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        return vectors


class _Assigned:
    """BERTopic's place for HDBSCAN: the groups that `theme.groups` found; -1 is unclear."""

    def __init__(self, labels: list[int]) -> None:
        self.labels_ = labels

    def fit(self, vectors: NDArray[np.float32], y: Any = None) -> "_Assigned":
        return self
