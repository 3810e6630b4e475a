"""From decisions to what people hold of each excerpt: codings that stand, and labelled segments to learn from.

Of one coder the last word counts. Of several the majority teaches, and a draw teaches nothing, until an adjudicator
settles it: then that counts alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from themes.code.noting import note
from themes.records.anchor import Hold
from themes.records.codebook import Codebook
from themes.records.coding import Coding, LabelledSegment, is_adjudicator
from themes.records.decision import CarriedDecision, Verdict
from themes.records.segment import Segment


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one coder holds of one excerpt and one code."""

    segment_id: str
    code_id: str
    coder_id: str
    applies: bool
    asked: bool
    """Whether the coder had to say yes or no; else the code came from them, and could only be a yes."""
    complete: bool
    """Whether the coder has said what there is to say of this excerpt, this code among it."""
    made_at: str
    codebook_version: str
    sampling: str | None


@dataclass(frozen=True, slots=True)
class DecidedExcerpt:
    """What people hold of one excerpt."""

    segment_id: str
    code_ids: frozenset[str]
    """Codes that apply."""
    asked: frozenset[str]
    """Codes they said yes or no to, and agree on by a majority."""
    complete: frozenset[str]
    """Of these, codes that somebody considered together with all others: what a coder may be measured by."""
    disputed: frozenset[str]
    """Codes on which as many say yes as no."""


def opinions(carried: Iterable[CarriedDecision]) -> list[Opinion]:
    """What each coder holds of each excerpt, by excerpt, coder and code.

    A decision about one code goes before "complete", which says no to the codes that were not given. Stale decisions
    say nothing. Who said yes to a code that was merged into another said yes to that one, until they decide about that
    one anew; who said no to it said nothing of the other.

    Args:
        carried: All decisions in a run, in the order in which they were written down.
    """
    last: dict[tuple[str, str], dict[str, CarriedDecision]] = defaultdict(dict)
    for one in sorted(carried, key=lambda d: d.made_at):
        if one.hold is not Hold.STALE:
            last[one.segment_id, one.coder_id][one.code_id] = one
    held = []
    for (segment_id, coder_id), by_code in sorted(last.items()):
        standing = _merged({i: one for i, one in by_code.items() if one.verdict is not Verdict.TAKE_BACK})
        complete = standing.pop("", None)
        covered = complete.covers if complete else ()
        for code_id in sorted({*standing, *covered}):
            given = standing.get(code_id)
            source = given or by_code[""]
            held.append(
                Opinion(
                    segment_id,
                    code_id,
                    coder_id,
                    applies=given is not None and given.verdict is not Verdict.REJECT,
                    asked=code_id in covered or source.verdict is not Verdict.ADD,
                    complete=code_id in covered,
                    made_at=source.made_at,
                    codebook_version=source.codebook_version,
                    sampling=source.sampling,
                )
            )
    return held


def _merged(standing: Mapping[str, CarriedDecision]) -> dict[str, CarriedDecision]:
    """One coder's last words on an excerpt, by the code that counts now."""
    told = {code_id: one for code_id, one in standing.items() if not one.merged_into}
    for one in standing.values():
        if not one.merged_into or one.verdict is Verdict.REJECT:
            continue
        own = told.get(one.merged_into)
        if own is None or (own.verdict is Verdict.REJECT and not _is_since(own.codebook_version, one.merged_in)):
            told[one.merged_into] = one
    return told


def _is_since(version: str, other: str) -> bool:
    """Whether a version of a codebook is another one or a later one; versions count up in their last number.

    >>> _is_since("0.2.10", "0.2.9"), _is_since("1", "2"), _is_since("", "2")
    (True, False, False)
    """
    one, two = ([int(number) for number in re.findall(r"\d+", told)] for told in (version, other))
    return bool(version) and one >= two


def decided_excerpts(held: Iterable[Opinion]) -> list[DecidedExcerpt]:
    """What people hold of each excerpt together, by segment id."""
    by_excerpt: dict[str, dict[str, list[Opinion]]] = defaultdict(lambda: defaultdict(list))
    for one in held:
        by_excerpt[one.segment_id][one.code_id].append(one)
    return [_together(segment_id, by_code) for segment_id, by_code in sorted(by_excerpt.items())]


def _together(segment_id: str, said_of: Mapping[str, Sequence[Opinion]]) -> DecidedExcerpt:
    by_code = {code_id: _counting(said) for code_id, said in said_of.items()}
    for_it = {code_id: sum(1 if one.applies else -1 for one in said) for code_id, said in by_code.items()}
    agreed = {code_id for code_id, balance in for_it.items() if balance}
    return DecidedExcerpt(
        segment_id,
        code_ids=frozenset(code_id for code_id in agreed if for_it[code_id] > 0),
        asked=frozenset(code_id for code_id in agreed if any(one.asked for one in by_code[code_id])),
        complete=frozenset(code_id for code_id in agreed if any(one.complete for one in by_code[code_id])),
        disputed=frozenset(by_code) - agreed,
    )


def _counting(said: Sequence[Opinion]) -> Sequence[Opinion]:
    """What was settled last, if anything was; else what everybody says."""
    settled = [one for one in said if is_adjudicator(one.coder_id)]
    return [max(settled, key=lambda one: one.made_at)] if settled else said


def as_labelled(
    excerpts: Iterable[DecidedExcerpt], segments: Mapping[str, Segment], codebook: Codebook
) -> list[LabelledSegment]:
    """What there is to learn from, in the order given; excerpts of which nothing is agreed are left out.

    Args:
        excerpts: What people hold.
        segments: The segments by id, all of them.
        codebook: An excerpt whose every code is agreed counts as decided throughout.
    """
    every = frozenset(code.code_id for code in codebook.codes)
    return [
        LabelledSegment(
            segments[one.segment_id], one.code_ids, None if every <= one.asked else one.asked, reviewed=True
        )
        for one in excerpts
        if one.asked or one.code_ids
    ]


def codings_of_people(held: Iterable[Opinion], segments: Sequence[Segment], codebook: Codebook) -> list[Coding]:
    """What people decided as codings, whose dimensions (polarity, modality, speaker, service) are suggested.

    They are dated, so they stand before the machine's, which are not.

    Args:
        held: Opinions on these segments, or others, which are passed over.
        segments: Whole documents, so that the speaker is suggested from all that a writer says.
        codebook: Holds every code that is decided on.
    """
    by_id = {segment.segment_id: segment for segment in segments}
    said = [one for one in held if one.segment_id in by_id]
    about = [by_id[one.segment_id] for one in said]
    suggested = note(about, [codebook[one.code_id] for one in said], codebook, documents=segments)
    codings = []
    for one, noted in zip(said, suggested, strict=True):
        codings.append(
            Coding(
                segment_id=one.segment_id,
                code_id=one.code_id,
                coder_id=one.coder_id,
                applies=one.applies,
                polarity=noted.polarity,
                modality=noted.modality,
                speaker=noted.speaker,
                service=noted.service,
                made_at=one.made_at,
                codebook_version=one.codebook_version or codebook.version,
                sampling=one.sampling,
            )
        )
    return codings
