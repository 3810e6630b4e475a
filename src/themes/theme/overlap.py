"""Where emergent themes and codes meet: what a theme adds to the codebook, and what it only repeats."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from themes.records.segment import Segment
from themes.theme.groups import FEWEST_CASES


@dataclass(frozen=True, slots=True)
class Overlap:
    """A code among the texts of a theme."""

    code_id: str
    cases: int
    """How many of the theme's cases have texts of it that bear the code; at least three."""
    share: float
    """Of the theme's texts, how many bear the code, 0 to 1."""


def overlaps(
    members: Sequence[Segment], everything: Sequence[Segment], codes_of: Mapping[str, Collection[str]], *, most: int = 3
) -> list[Overlap]:
    """The codes that a theme's texts bear more often than texts in general, the most frequent first.

    Args:
        members: The theme's segments.
        everything: All segments, the theme's among them.
        codes_of: The codes that apply to a segment, by its id; none where it is missing.
        most: At most so many.
    """
    cases: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, int] = defaultdict(int)
    outside: dict[str, int] = defaultdict(int)
    for segment in everything:
        for code in set(codes_of.get(segment.segment_id, ())):
            outside[code] += 1
    for segment in members:
        for code in set(codes_of.get(segment.segment_id, ())):
            inside[code] += 1
            cases[code].add(segment.case_id)
    found = [
        Overlap(code, len(cases[code]), inside[code] / len(members))
        for code in inside
        if len(cases[code]) >= FEWEST_CASES and inside[code] * len(everything) > outside[code] * len(members)
    ]
    return sorted(found, key=lambda overlap: (-overlap.share, overlap.code_id))[:most]
