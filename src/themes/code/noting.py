"""What is suggested beside each code: polarity, modality, who speaks, and the service it is about.

What was learned from invented excerpts decides, save where a rule is sure: a negative-only code is a bad thing unless
the writer argues for compulsion, a role that the writer names is theirs, and the service is the one that is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from themes.code.dimensions import argues_for_compulsion, polarity, role_named, service
from themes.code.dimensions_learned import dimension_weights, rules_say
from themes.code.stack import judge_by_codebook
from themes.code.tone import tone
from themes.code.wording import own_words
from themes.language import sentences
from themes.records.codebook import Code, Codebook
from themes.records.segment import Segment
from themes.records.span import Span

_NEGATIVE_ONLY = "negative_only"
_SPEAKS = 0.3
"""A sentence speaks of a code if the codebook by itself scores it at least so much of the segment's best. One that says
neither anything of the code nor anything good or bad does not count. Of the labelled excerpts, judged by what was
learned from others, a sentence such as "It was on a Tuesday." turned 12 to 16 in 100 accounts over; so it turns 5."""
_WITHOUT_DIMENSIONS = {"polarity": ("negative", "positive", "mixed", "neutral")}


@dataclass(frozen=True, slots=True)
class Noted:
    """What a codebook's dimensions may hold for one segment and code; None where it does not know the value."""

    polarity: str | None
    modality: str | None
    speaker: str | None
    service: str | None


def note(
    segments: Sequence[Segment], codes: Sequence[Code], codebook: Codebook, *, documents: Sequence[Segment]
) -> list[Noted]:
    """What is suggested of each segment and the code beside it.

    Args:
        segments: One for each code that it takes; a segment may stand here several times.
        codes: As many.
        codebook: Only the values of its dimensions are suggested. One without dimensions gets polarity alone.
        documents: All segments of the documents that `segments` are from: a writer is one person throughout.
    """
    known = codebook.dimensions or _WITHOUT_DIMENSIONS
    once = list({segment.segment_id: segment for segment in segments}.values())
    modalities = _likeliest("modality", once, known)
    accounts = _accounts(segments, codes, codebook, known)
    speaking = _speaking({segment.document_id for segment in once}, documents, known)
    services = {segment.segment_id: service(segment) for segment in once} if "service" in known else {}
    noted = []
    for segment, code in zip(segments, codes, strict=True):
        argued = argues_for_compulsion(segment)
        side = accounts.get((segment.segment_id, code.code_id))
        side = polarity(segment, code) if code.polarity == _NEGATIVE_ONLY else side
        manner = "argued" if argued else modalities.get(segment.segment_id)
        values = {
            "polarity": side,
            "modality": manner,
            "speaker": speaking.get(segment.document_id),
            "service": services.get(segment.segment_id),
        }
        noted.append(Noted(**{name: value if value in known.get(name, ()) else None for name, value in values.items()}))
    return noted


def _accounts(
    segments: Sequence[Segment], codes: Sequence[Code], codebook: Codebook, known: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], str]:
    """Segment id and code id to how the sentences that speak of the code tell of it, for codes with two sides."""
    pairs = {(s.segment_id, c.code_id): (s, c) for s, c in zip(segments, codes, strict=True)}
    pairs = {key: (s, c) for key, (s, c) in pairs.items() if c.polarity != _NEGATIVE_ONLY}
    if not pairs or "polarity" not in known:
        return {}
    parts = {s.segment_id: _sentences(s) for s, _ in pairs.values()}
    parts = {segment_id: several for segment_id, several in parts.items() if len(several) > 1}
    together = [part for several in parts.values() for part in several]
    speaks = judge_by_codebook(together, codebook).probabilities if together else np.zeros((0, 0))
    row_of = {part.segment_id: row for row, part in enumerate(together)}
    column_of = {code.code_id: column for column, code in enumerate(codebook.codes)}
    read = []
    for key, (segment, code) in pairs.items():
        several = parts.get(segment.segment_id, [])
        own = speaks[[row_of[part.segment_id] for part in several], column_of[code.code_id]] if several else np.zeros(0)
        kept = [p for p, score in zip(several, own, strict=True) if score >= _SPEAKS * own.max() or any(tone(p.text))]
        text = " ".join(part.text for part in kept)
        short = replace(segment, span=Span(0, len(text)), text=text, quoted=()) if len(kept) < len(several) else segment
        read.append(replace(short, segment_id=" ".join(key)))
    told = _likeliest("polarity", read, known)
    return {key: told[one.segment_id] for key, one in zip(pairs, read, strict=True) if one.segment_id in told}


def _sentences(segment: Segment) -> list[Segment]:
    """Each sentence of the writer's own words as a segment; it is a part of an answer, so the question is left out."""
    own = own_words(segment)
    return [
        replace(
            segment,
            segment_id=f"{segment.segment_id} {at}",
            span=Span(0, span.end - span.start),
            text=span.of(own),
            quoted=(),
            prompt=None,
        )
        for at, span in enumerate(sentences(own))
    ]


def _likeliest(dimension: str, segments: Sequence[Segment], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Segment id to the value that the codebook knows and that is learned to be the likeliest."""
    if dimension not in known or not segments:
        return {}
    weights = dimension_weights(dimension)
    columns = [at for at, value in enumerate(weights.values) if value in known[dimension]]
    if not columns:
        return {}
    best = weights.scores(segments, rules_say(dimension, segments))[:, columns].argmax(axis=1)
    return {segment.segment_id: weights.values[columns[at]] for segment, at in zip(segments, best, strict=True)}


def _speaking(wanted: set[str], documents: Sequence[Segment], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Document id to who speaks: as the source says, as the writer says outright, or by what all segments tell."""
    if "speaker" not in known:
        return {}
    by_document: dict[str, list[Segment]] = {}
    for segment in documents:
        if segment.document_id in wanted:
            by_document.setdefault(segment.document_id, []).append(segment)
    weights = dimension_weights("speaker")
    columns = [at for at, value in enumerate(weights.values) if value in known["speaker"]]
    speaking = {}
    for document, segments in by_document.items():
        told = next((segment.speaker for segment in segments if segment.speaker), None) or role_named(segments)
        if told is None and columns:
            summed = weights.scores(segments, rules_say("speaker", segments))[:, columns].sum(axis=0)
            told = weights.values[columns[int(np.argmax(summed))]]
        if told is not None:
            speaking[document] = told
    return speaking
