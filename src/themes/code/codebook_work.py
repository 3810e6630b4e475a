"""Work on the codebook that decisions point to: codes that are confused, texts of the codebook that mislead."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from themes.code.decided import DecidedExcerpt, Opinion
from themes.code.segments import reason
from themes.code.stack import SUGGESTED_CUT_OFF, judge_by_codebook
from themes.records.codebook import Code, Codebook
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.segment import Segment

FEWEST = 3
"""Excerpts that show the same; fewer may be chance."""
MOST = 10
"""Proposals of one kind, the most frequent first: more than anybody would work through."""
EXAMPLES = 3


def confused(
    excerpts: Sequence[DecidedExcerpt],
    applied: NDArray[np.bool_],
    segments: Mapping[str, Segment],
    codebook: Codebook,
) -> list[CodebookProposal]:
    """Pairs of codes of which the coder gives the first where people give the second, and not the first.

    Args:
        excerpts: Counted are codes that people considered with all others.
        applied: What the coder says of them unseen, shape (n_excerpts, n_codes).
        segments: By id.
        codebook: The codes.
    """
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    given: Counter[str] = Counter()
    for row, one in enumerate(excerpts):
        said = {code.code_id for column, code in enumerate(codebook.codes) if applied[row, column]} & one.complete
        theirs = one.code_ids & one.complete
        given.update(theirs)
        for pair in ((first, second) for first in said - theirs for second in theirs - said):
            pairs[pair].append(one.segment_id)
    return _most([_proposal(Work.CONFUSED, pair, ids, given[pair[1]], segments) for pair, ids in pairs.items()])


def disputed(held: Iterable[Opinion], segments: Mapping[str, Segment]) -> list[CodebookProposal]:
    """Pairs of codes of which one person gives the first and not the second, another the second and not the first."""
    by_excerpt: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    for one in held:
        by_excerpt[one.segment_id][one.coder_id][one.code_id] = one.applies
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    both: Counter[tuple[str, ...]] = Counter()
    for segment_id, by_coder in by_excerpt.items():
        seen, crossed = set(), set()
        for one_says, other_says in combinations(by_coder.values(), 2):
            for pair in combinations(sorted(set(one_says) & set(other_says)), 2):
                seen.add(pair)
                first, second = ([says[code_id] for code_id in pair] for says in (one_says, other_says))
                if sum(first) == 1 and second == first[::-1]:
                    crossed.add(pair)
        both.update(seen)
        for pair in crossed:
            pairs[pair].append(segment_id)
    return _most([_proposal(Work.DISPUTED, pair, ids, both[pair], segments) for pair, ids in pairs.items()])


def misleading(
    excerpts: Sequence[DecidedExcerpt], segments: Mapping[str, Segment], codebook: Codebook
) -> list[CodebookProposal]:
    """Codes whose own texts point the other way than people do, more often than not.

    "Too wide": of the excerpts to which the codebook by itself would give the code, people said no to most. "Too
    narrow": of the excerpts to which people gave the code, the codebook by itself would give it to few.
    """
    own = [segments[one.segment_id] for one in excerpts]
    speaks = judge_by_codebook(own, codebook).probabilities >= SUGGESTED_CUT_OFF if own else np.zeros((0, 0), bool)
    found = []
    for column, code in enumerate(codebook.codes):
        yes = {row for row, one in enumerate(excerpts) if code.code_id in one.code_ids}
        no = {row for row, one in enumerate(excerpts) if code.code_id in one.asked} - yes
        wide, narrow = {row for row in no if speaks[row, column]}, {row for row in yes if not speaks[row, column]}
        for what, wrong, out_of in (
            (Work.TOO_WIDE, wide, len(wide) + len(yes - narrow)),
            (Work.TOO_NARROW, narrow, len(yes)),
        ):
            if 2 * len(wrong) > out_of:
                words = _words_for(code, [own[row] for row in sorted(wrong)], codebook) if what is Work.TOO_WIDE else ()
                ids = [own[row].segment_id for row in wrong]
                found.append(_proposal(what, (code.code_id,), ids, out_of, segments, words=words))
    return _most(found)


def uncovered(
    segments: Iterable[Segment], themes: Mapping[str, str], left_uncoded: Iterable[str], untouched: Iterable[str]
) -> list[CodebookProposal]:
    """Themes that no code covers in most of their excerpts; and what people left without a code, in no such theme.

    Args:
        segments: What people wrote, articles apart.
        themes: Segment id to its emergent theme, none where it is unclear or the theme has become a code.
        left_uncoded: Excerpts of which people said that no code applies.
        untouched: Excerpts that are far from every code: none was suggested, not even in doubt.
    """
    by_id = {segment.segment_id: segment for segment in segments}
    size = Counter(theme_id for segment_id, theme_id in themes.items() if segment_id in by_id)
    reviewed = set(left_uncoded) & set(by_id)
    groups: dict[str, set[str]] = defaultdict(set)
    for segment_id in sorted(reviewed | (set(untouched) & set(by_id))):
        groups[themes.get(segment_id, "")].add(segment_id)
    whole = {theme_id: ids for theme_id, ids in groups.items() if theme_id and 2 * len(ids) > size[theme_id]}
    elsewhere = reviewed - {segment_id for ids in whole.values() for segment_id in ids}
    found = [
        _proposal(Work.UNCOVERED, (), ids, size[theme_id], by_id, theme_id=theme_id) for theme_id, ids in whole.items()
    ]
    return _most([*found, _proposal(Work.UNCOVERED, (), elsewhere, len(reviewed), by_id)])


def _proposal(
    what: Work,
    code_ids: tuple[str, ...],
    segment_ids: Iterable[str],
    out_of: int,
    segments: Mapping[str, Segment],
    *,
    words: tuple[str, ...] = (),
    theme_id: str = "",
) -> CodebookProposal:
    ids = sorted(set(segment_ids))
    one_a_case: dict[str, str] = {}
    for segment_id in ids:
        one_a_case.setdefault(segments[segment_id].case_id, segment_id)
    examples = tuple(one_a_case.values())[:EXAMPLES]
    return CodebookProposal(what, code_ids, len(ids), out_of, len(one_a_case), examples, words, theme_id)


def _most(proposals: Iterable[CodebookProposal]) -> list[CodebookProposal]:
    enough = [one for one in proposals if (one.excerpts or 0) >= FEWEST]
    return sorted(enough, key=lambda one: (-(one.excerpts or 0), one.what, one.code_ids, one.theme_id))[:MOST]


def _words_for(code: Code, segments: Sequence[Segment], codebook: Codebook) -> tuple[str, ...]:
    """What in the codebook spoke for the code most often."""
    counted = Counter(reason(segment, code, codebook) for segment in segments)
    return tuple(words for words, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:2])
