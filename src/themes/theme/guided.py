"""The themes a codebook asks for: one per code that applies anywhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from themes.records.codebook import Code, Codebook
from themes.records.coding import Coding
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.theme.exemplars import exemplars
from themes.theme.keywords import cases_by_term, distinctive_terms, shown_words


def guided_themes(
    codebook: Codebook,
    segments: Iterable[Segment],
    codings: Iterable[Coding],
    *,
    withheld: Collection[str] = frozenset(),
    run_id: str,
    earlier: Iterable[Theme] = (),
) -> tuple[list[Theme], list[Membership]]:
    """A theme for each code that applies anywhere, and the segments it applies to. Needs the whole corpus.

    Args:
        codebook: Its groups and codes give the order; `codebook[theme.theme_id].parent_id` is a theme's group.
        segments: Of people's accounts, not of articles; in any order.
        codings: Those that stand (`standing` of `themes.estimate.standing`), in any order; of other segments too.
        withheld: Ids of segments that no reader may be shown; they belong to themes but are never exemplars.
        run_id: The run that saw a theme first, unless `earlier` knows of an earlier one.
        earlier: Themes of the last run.

    Returns:
        Themes in the codebook's order, with `theme_id` the code's id and up to six exemplars, the most probable
        first; memberships by theme and segment id, weighted by probability, 1 where there is none.
    """
    by_id = {s.segment_id: s for s in segments}
    applied: dict[str, dict[str, float]] = defaultdict(dict)
    for coding in codings:
        if coding.segment_id in by_id:
            applied[coding.code_id][coding.segment_id] = 1.0 if coding.probability is None else coding.probability
    first_seen = {theme.theme_id: theme.first_seen for theme in earlier}
    everywhere = cases_by_term(by_id.values())

    themes, memberships = [], []
    for code in _in_order(codebook):
        weights = applied.get(code.code_id)
        if not weights:
            continue
        members = [by_id[segment_id] for segment_id in sorted(weights)]
        inside = cases_by_term(members)
        typical, _ = exemplars(members, weights, withheld=withheld, typical=6, edge=0)
        themes.append(
            Theme(
                theme_id=code.code_id,
                name=code.name,
                summary=code.definition,
                origin=ThemeOrigin.GUIDED,
                code_ids=(code.code_id,),
                exemplar_ids=typical,
                words=shown_words(distinctive_terms(inside, everywhere), inside),
                first_seen=first_seen.get(code.code_id) or run_id,
            )
        )
        memberships += [Membership(s.segment_id, code.code_id, weights[s.segment_id]) for s in members]
    return themes, memberships


def _in_order(codebook: Codebook) -> Sequence[Code]:
    groups = {group: place for place, group in enumerate(codebook.groups)}
    return sorted(codebook.codes, key=lambda code: groups.get(code.parent_id or "", len(groups)))
