"""Themes that nobody asked for: found in the texts alone, with BERTopic as the host.

BERTopic's steps are kept (reduce, cluster, c-TF-IDF) and the first two are ours (`theme.groups`): its own leave a third
of the texts without a topic and give other topics at every run.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from themes.errors import StoreError
from themes.reader_words import number
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme, ThemeDecision
from themes.theme.decisions import TOO_FEW, PassedOver, decided, with_event
from themes.theme.describing import described_themes
from themes.theme.finding import divided, find_groups
from themes.theme.groups import FEWEST_CASES, nearest
from themes.theme.history import found_events
from themes.theme.identity import Registry, with_newborns

FEWEST_EXCERPTS = 50


@dataclass(frozen=True, eq=False)
class Emergent:
    """Themes found, what belongs to them, what the next run should know, and what readers should.

    A segment without a membership is unclear.
    """

    themes: list[Theme]
    memberships: list[Membership]
    registry: Registry | None
    note: str = ""
    passed_over: tuple[PassedOver, ...] = ()
    """Decisions that could not be carried out; each later run says so again, until somebody takes them back."""


def emergent_themes(
    segments: Sequence[Segment],
    vectors: NDArray[np.float32],
    *,
    seed: int,
    known: Registry | None = None,
    run_id: str,
    on: str = "",
    decisions: Iterable[ThemeDecision] = (),
    leaning: NDArray[np.float32] | None = None,
    withheld: Collection[str] = frozenset(),
) -> Emergent:
    """The themes among the segments; known ones keep their ids and names. Needs the whole corpus.

    The same segments in any order give the same result. Each is assigned afresh from where it lies, never by its id.

    Args:
        segments: At least 50 from three cases, or none are found and the note says why. One without a letter or a
            figure says nothing: it is unclear and does not count.
        vectors: Shape (n_segments, n_dims), in the order of the segments, all by one encoder.
        seed: Decides the starts of k-means and the ids of new themes.
        known: What an earlier call returned as `registry`.
        run_id: Said to be the first to have seen what is new.
        on: The date of the run, for the history.
        decisions: All that analysts ever decided about themes; what `known` has not carried out yet is carried out. A
            first run carries out none, and says which no later run can.
        leaning: Shape (n_segments,), praise above 0 and complaint below (`theme.leaning`), for excerpts that dissent.
        withheld: Ids of segments that no reader may be shown: they take part but are never exemplars.

    Returns:
        Themes, the one with most segments first, at most 40, each with up to four typical excerpts, two from its edge
        and two that dissent. Memberships by segment id, weighted by closeness. Without enough excerpts, `registry` is
        `known`.

    Raises:
        StoreError: If `known` comes from an encoder with other dimensions.
    """
    from threadpoolctl import threadpool_limits

    rows = [row for row, s in enumerate(segments) if any(map(str.isalnum, s.text))]
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
        before = far = None
        passed_over: tuple[PassedOver, ...] = ()
        if known is not None:
            before, likeness = nearest(known.groups, places)
            far = likeness < known.groups.reach[before]
            known, passed_over = _after_decisions(known, decisions, places, seed=seed, run_id=run_id, on=on)
        groups = find_groups(places, cases, seed=seed, known=known.groups if known else None)
        labels, closeness = nearest(groups, places)
        registry = Registry(
            with_newborns(known.themes if known else (), len(groups.directions), seed=seed, run_id=run_id),
            groups,
            known.events if known else (),
        )
        events = found_events(known, registry, before, labels, run_id=run_id, on=on, far=far)
        registry = replace(registry, events=(*registry.events, *events))
        if known is None:
            # Nobody can have decided about themes before they were found; the next run carries out what can be.
            passed_over = tuple(decided(registry, decisions, run_id=run_id, on=on).passed_over)

        theme_of = [registry.stands_for(label).theme_id if label >= 0 else None for label in labels]
        near = dict(zip((s.segment_id for s in ordered), closeness.tolist(), strict=True))
        leans = (
            None if leaning is None else dict(zip((s.segment_id for s in ordered), leaning[rows].tolist(), strict=True))
        )
        themes, registry = described_themes(
            registry, ordered, places, theme_of, near, seed=seed, leaning=leans, withheld=withheld
        )
    memberships = [
        Membership(segment.segment_id, theme_id, round(min(1.0, max(0.0, near[segment.segment_id])), 4))
        for segment, theme_id in zip(ordered, theme_of, strict=True)
        if theme_id is not None
    ]
    return Emergent(themes, memberships, registry, passed_over=passed_over)


def _too_few(excerpts: int, cases: int) -> str:
    return (
        f"Too few for themes: {number(excerpts, 'excerpt')} by {number(cases, 'person', 'people')}. "
        f"Patterns that hold need at least {FEWEST_EXCERPTS} excerpts by {FEWEST_CASES} people; "
        f"read the texts themselves."
    )


def _after_decisions(
    known: Registry,
    decisions: Iterable[ThemeDecision],
    places: NDArray[np.float32],
    *,
    seed: int,
    run_id: str,
    on: str,
) -> tuple[Registry, tuple[PassedOver, ...]]:
    """The registry after what analysts decided since; what they split is split by where its texts lie now."""
    done = decided(known, decisions, run_id=run_id, on=on)
    registry = done.registry
    for decision in done.splits:
        groups, count = divided(registry.groups, registry.place(decision.theme_id), places, seed=seed)
        if not count:
            done.passed_over.append(PassedOver(decision, TOO_FEW))
            continue
        themes = with_newborns(registry.themes, len(groups.directions), seed=seed, run_id=run_id)
        parts = tuple(theme.theme_id for theme in themes[len(registry.themes) :])
        registry = Registry(themes, groups, registry.events)
        registry = with_event(registry, decision, run_id=run_id, on=on, texts=count, others=parts)
    return registry, tuple(done.passed_over)
