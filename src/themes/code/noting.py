"""What is suggested beside each code: polarity, modality, who speaks, and the service it is about.

What was learned from invented excerpts decides, save where a rule is sure: a negative-only code is a bad thing unless
the writer argues for compulsion, a role that the writer names is theirs, and the service is the one that is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from themes.code.dimensions import argues_for_compulsion, polarity, role_named, service
from themes.code.dimensions_learned import dimension_weights, rules_say
from themes.records.codebook import Code, Codebook
from themes.records.segment import Segment

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
    accounts = _likeliest("polarity", once, known)
    speaking = _speaking({segment.document_id for segment in once}, documents, known)
    services = {segment.segment_id: service(segment) for segment in once} if "service" in known else {}
    noted = []
    for segment, code in zip(segments, codes, strict=True):
        argued = argues_for_compulsion(segment)
        side = polarity(segment, code) if code.polarity == "negative_only" else accounts.get(segment.segment_id)
        manner = "argued" if argued else modalities.get(segment.segment_id)
        values = {
            "polarity": side,
            "modality": manner,
            "speaker": speaking.get(segment.document_id),
            "service": services.get(segment.segment_id),
        }
        noted.append(Noted(**{name: value if value in known.get(name, ()) else None for name, value in values.items()}))
    return noted


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
