"""The excerpts that show a theme: typical ones, some from its edge, and some that speak otherwise."""

from collections.abc import Collection, Mapping, Sequence

from themes.records.segment import Segment

_FEWEST_WORDS = 4
_MOST_WORDS = 80
_CLEARLY = 1.0


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


def dissenting(
    members: Sequence[Segment],
    closeness: Mapping[str, float],
    leaning: Mapping[str, float],
    *,
    shown: Collection[str] = frozenset(),
    withheld: Collection[str] = frozenset(),
    most: int = 2,
) -> tuple[str, ...]:
    """Segment ids of excerpts that lean clearly the other way than most of the theme, the furthest first.

    Only those that speak of the theme clearly (of its nearer three quarters) and read well, at most one per case, and
    none of a case that is shown already. None if the theme leans neither way.

    Args:
        members: The theme's segments.
        closeness: How near each lies to the theme's middle, by segment id.
        leaning: Praise above 0, complaint below, by segment id; in standard deviations over all texts.
        shown: Ids of segments that stand for the theme already.
        withheld: Ids that no reader may be shown.
        most: At most so many.
    """
    way = sum(leaning[segment.segment_id] > 0 for segment in members) * 2 - len(members)
    if not way:
        return ()
    sign = 1 if way > 0 else -1
    near = sorted(members, key=lambda s: (-closeness[s.segment_id], s.segment_id))[: -(-3 * len(members) // 4)]
    seen = {segment.case_id for segment in members if segment.segment_id in shown}
    otherwise: dict[str, str] = {}
    for segment in sorted(near, key=lambda s: (sign * leaning[s.segment_id], s.segment_id)):
        allowed = segment.segment_id not in withheld and segment.case_id not in seen and _reads_well(segment)
        if allowed and sign * leaning[segment.segment_id] <= -_CLEARLY:
            otherwise.setdefault(segment.case_id, segment.segment_id)
    return tuple(otherwise.values())[:most]


def _reads_well(segment: Segment) -> bool:
    return _FEWEST_WORDS <= len(segment.text.split()) <= _MOST_WORDS
