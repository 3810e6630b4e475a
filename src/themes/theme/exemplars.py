"""The excerpts that show a theme: typical ones, and some from its edge."""

from collections.abc import Collection, Mapping, Sequence

from themes.records.segment import Segment

_FEWEST_WORDS = 4
_MOST_WORDS = 80


def exemplars(
    members: Sequence[Segment],
    closeness: Mapping[str, float],
    *,
    withheld: Collection[str] = frozenset(),
    typical: int = 4,
    edge: int = 2,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Segment ids of typical excerpts, the most typical first, and of excerpts at the edge, the furthest first.

    At most one per case over both, so that one talkative respondent does not speak for a theme. Excerpts of 4 to 80
    words come before shorter and longer ones, which say too little or hide what they say. Ties go by id.

    Args:
        members: The theme's segments.
        closeness: How near each lies to the theme's middle, by segment id; or how probable it is.
        withheld: Ids that no reader may be shown: they are never chosen.
        typical: How many typical ones, at most.
        edge: How many from the edge, at most; 0 where closeness is a guess and its low end is error, not edge.
    """
    allowed = sorted(
        (segment for segment in members if segment.segment_id not in withheld),
        key=lambda segment: (not _reads_well(segment), -closeness[segment.segment_id], segment.segment_id),
    )
    first_by_case = {segment.case_id: segment for segment in reversed(allowed)}
    chosen = [segment for segment in allowed if first_by_case[segment.case_id] is segment][:typical]
    spoken = {segment.case_id for segment in chosen}

    furthest: dict[str, str] = {}
    for segment in sorted(allowed, key=lambda s: (not _reads_well(s), closeness[s.segment_id], s.segment_id)):
        if segment.case_id not in spoken:
            furthest.setdefault(segment.case_id, segment.segment_id)
    return tuple(segment.segment_id for segment in chosen), tuple(furthest.values())[:edge]


def _reads_well(segment: Segment) -> bool:
    return _FEWEST_WORDS <= len(segment.text.split()) <= _MOST_WORDS
