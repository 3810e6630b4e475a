"""All that was found of emergent themes, as one object for a file: what `themes discover` writes beside its answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from themes.records.segment import Segment
from themes.records.theme import Theme
from themes.theme.emergent import Emergent
from themes.theme.merge import near_doubles
from themes.theme.overlap import overlaps
from themes.theme.trend import InPeriod, direction


def summary_of(
    found: Emergent,
    segments: Sequence[Segment],
    *,
    line_ids: Mapping[str, Any],
    codes_of: Mapping[str, Collection[str]],
    written: Mapping[str, str],
) -> dict[str, Any]:
    """The themes with their names, words, excerpts and figures; pairs that nearly say the same; what happened.

    Args:
        found: The themes.
        segments: All that were looked at.
        line_ids: The id that a reader knows each segment by.
        codes_of: Codes of each segment, where it has any.
        written: The month of each segment, "" where it has none.
    """
    text_of = {segment.segment_id: segment.text for segment in segments}
    theme_of = {member.segment_id: member.theme_id for member in found.memberships}
    members: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        if segment.segment_id in theme_of:
            members[theme_of[segment.segment_id]].append(segment)

    def shown(ids: Sequence[str]) -> list[dict[str, Any]]:
        return [{"id": line_ids[key], "text": text_of[key]} for key in ids]

    def described(theme: Theme) -> dict[str, Any]:
        texts = members[theme.theme_id]
        periods = _periods(texts, segments, written)
        return {
            "theme": theme.theme_id,
            "name": theme.name,
            "former_names": list(theme.former_names),
            "promoted_to": next(iter(theme.code_ids), None),
            "words": list(theme.words),
            "texts": len(texts),
            "cases": len({segment.case_id for segment in texts}),
            "first_seen": theme.first_seen,
            "found_again": theme.found_again,
            "excerpts": shown(theme.exemplar_ids),
            "edge": shown(theme.edge_ids),
            "dissenting": shown(theme.dissent_ids),
            "codes": [asdict(overlap) for overlap in overlaps(texts, segments, codes_of)],
            "months": [asdict(period) for period in periods],
            "trend": direction(periods),
        }

    registry = found.registry
    return {
        "note": found.note,
        "texts": len(segments),
        "unclear": len(segments) - len(theme_of),
        "themes": [described(theme) for theme in found.themes],
        "nearly_the_same": [asdict(pair) for pair in near_doubles(registry)] if registry and found.themes else [],
        "events": [asdict(event) for event in registry.events] if registry else [],
    }


def _periods(members: Sequence[Segment], everything: Sequence[Segment], written: Mapping[str, str]) -> list[InPeriod]:
    wrote, spoke = (_cases_by_month(segments, written) for segments in (everything, members))
    return [InPeriod(month, len(wrote[month]), len(spoke.get(month, ()))) for month in sorted(wrote)]


def _cases_by_month(segments: Sequence[Segment], written: Mapping[str, str]) -> dict[str, set[str]]:
    cases: dict[str, set[str]] = defaultdict(set)
    for segment in segments:
        if month := written.get(segment.segment_id):
            cases[month].add(segment.case_id)
    return cases
