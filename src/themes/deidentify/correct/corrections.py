"""The queue of corrections: an analyst says that a mask is wrong or missing, and the next run takes it up.

The analyst sees a text with surrogates; the stretch is brought back to the text before through the replacement map. The
words are read when a run meets that text again, and are kept in the vault alone: `corrections_in_force.py`.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from themes.deidentify.correct.correction_log import Line, append, lines_of
from themes.deidentify.correct.correction_words import NEAR, whole_words
from themes.deidentify.replace.policy import checked_profile, has_rule
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.stretches import Stretches
from themes.errors import WrongUse
from themes.records.corpus import Document
from themes.records.correction import Correction, CorrectionAction, Reach, Standing
from themes.records.privacy import Replacement
from themes.records.replaced import ReplacementMap
from themes.records.span import Span

REASONS = {
    "gone": "Its text is no longer below raw/.",
    "changed": "Its text was changed since; mark it again in the latest run.",
    "hidden": "The writer asked for their name to be hidden, which is kept for ever.",
    "withdrawn": "It is the name of somebody who asked to be forgotten, which is kept for ever.",
}
"""Why a correction is refused."""


def ask(
    vault: Vault,
    document: Document,
    span: Span,
    action: CorrectionAction,
    *,
    label: str = "",
    reach: Reach | None = None,
    profile: str = "coding",
    by: str,
    now: datetime,
) -> Correction:
    """Put a correction into the queue of a corpus.

    Args:
        vault: The vault of the corpus.
        document: The document as the analyst sees it.
        span: The stretch, in `document.text` or, for the release profile, in that text with `release_replacements`
            applied. A surrogate or a word that it touches counts as a whole.
        action: MASK what was missed, or is masked as something else; UNMASK what is no personal detail.
        label: For MASK, a label of policy.toml.
        reach: How far it goes. None: for MASK as far as the words mean the same (`usual_reach`); for UNMASK that
            stretch only. CORPUS with UNMASK keeps the words in every text.
        profile: "coding" or "release": which of the two texts the analyst sees.
        by: Who says so.
        now: When, with zone.

    Raises:
        WrongUse: If there is nothing to correct there, the label is unknown, nobody says so, or the document is not
            of this corpus.
    """
    if not by.strip():
        raise WrongUse("A correction needs the name of whoever makes it.")
    if not vault.rows("SELECT 1 FROM ids WHERE given = ?", document.document_id):
        raise WrongUse(f"The vault of this corpus knows no document {document.document_id}.")
    way = ReplacementMap(document.replacements)
    source, touched = _before(document, span, way, checked_profile(profile))
    if action is CorrectionAction.UNMASK:
        if not touched:
            raise WrongUse(f"Nothing is masked in document {document.document_id} at {span.start} to {span.end}.")
        if reach is Reach.THREAD:
            raise WrongUse("A wrong mask is taken away here, or in the whole corpus; not in a thread.")
        source = Span(min(detail.span.start for detail in touched), max(detail.span.end for detail in touched))
        label, reach = "", reach or Reach.HERE
    elif not has_rule(label):
        raise WrongUse(f"There is no label '{label}': policy.toml lists them.")
    elif any(detail.label == label and detail.span.contains(source) for detail in touched):
        raise WrongUse(f"Document {document.document_id} is masked at {span.start} to {span.end} as {label} already.")
    line = {
        "entry": "asked",
        "document_id": document.document_id,
        "span": [source.start, source.end],
        "action": action,
        "label": label,
        "reach": reach,
        "by": by.strip(),
        "at": now.isoformat(timespec="seconds"),
        "seen": _seen(vault, document, way, source),
    }
    (number,) = append(vault, [line])
    return next(each for each in corrections(vault) if each.number == number)


def take_back(vault: Vault, number: int, *, by: str, now: datetime) -> None:
    """Undo a correction, from the next run on. That it was made stays in the queue.

    Raises:
        WrongUse: If there is none of that number that could be taken back, or nobody says so.
    """
    live = {c.number for c in corrections(vault) if c.standing not in {Standing.REFUSED, Standing.TAKEN_BACK}}
    if number not in live or not by.strip():
        raise WrongUse(f"Correction {number} cannot be taken back: it is not in the queue, or nobody says so.")
    append(vault, [{"entry": "taken back", "of": number, "by": by.strip(), "at": now.isoformat(timespec="seconds")}])


def corrections(vault: Vault) -> list[Correction]:
    """The queue, oldest first, without words. What was erased with somebody's texts is not in it.

    Of two about the same words of a document the later counts, and the earlier is told as overruled. It stays in the
    queue, and counts again if the later one is taken back or refused.
    """
    lines = lines_of(vault)
    ends = ends_of(lines.values())
    found = [_correction(number, line, ends.get(number)) for number, line in asked_of(lines).items()]
    return [_overruled(each, found[at + 1 :]) for at, each in enumerate(found)]


def waiting(vault: Vault) -> set[str]:
    """The documents whose corrections no run has taken up yet."""
    return {c.document_id for c in corrections(vault) if c.standing is Standing.WAITING}


def corrections_digest(vault: Vault) -> str:
    """Keyed hash of what the queue asks for, in order, for the plan of a run: who asked, and when, is not in it."""
    wanted: dict[str, None] = {}
    for c in corrections(vault):
        if c.standing is not Standing.TAKEN_BACK:
            told = json.dumps([c.document_id, c.span.start, c.span.end, c.action, c.label, c.reach_asked])
            wanted.pop(told, None)  # said again, it counts as said last
            wanted[told] = None
    return vault.digest(json.dumps(list(wanted)))


def asked_of(lines: dict[int, Line | None]) -> dict[int, Line]:
    return {number: line for number, line in lines.items() if line and line["entry"] == "asked"}


def ends_of(lines: Iterable[Line | None]) -> dict[int, Line]:
    """What became of each correction, by its number: the last line about it."""
    return {line["of"]: line for line in lines if line and "of" in line}


def _before(document: Document, span: Span, way: ReplacementMap, profile: str) -> tuple[Span, list[Replacement]]:
    """A stretch as it stood before replacement, and the details in it, spans in the text before as well."""
    strict = ReplacementMap(document.release_replacements)
    if span.end > (strict.after(Span(0, len(document.text)))[0].end if profile == "release" else len(document.text)):
        raise WrongUse(f"Document {document.document_id} has no characters {span.start} to {span.end}.")
    coded = whole_words(document.text, strict.before(span)[0] if profile == "release" else span)
    source, _ = way.before(coded)
    further = document.release_replacements if profile == "release" else ()
    details = [
        *document.replacements,
        *(Replacement(way.before(detail.span)[0], detail.label, detail.surrogate) for detail in further),
    ]
    touched = [detail for detail in details if detail.span.overlaps(source)]
    if not touched and not any(map(str.isalnum, coded.of(document.text))):
        raise WrongUse(f"Document {document.document_id} has no words at {span.start} to {span.end}.")
    return source, touched


def _seen(vault: Vault, document: Document, way: ReplacementMap, source: Span) -> dict[str, object]:
    """What the analyst saw of the text in and around a stretch, by which it is known again: never behind a mask. Of the
    words around only keyed digests, for they may be somebody else's."""
    reach = Span(max(0, source.start - NEAR), source.end + NEAR)
    clear = [
        (max(at, reach.start), words[max(0, reach.start - at) : max(0, reach.end - at)])
        for at, words in way.clear(document.text)
    ]
    whole = next(words[source.start - at : source.end - at] for at, words in reversed(clear) if at <= source.start)
    return {
        "length": way.length_before(document.text),
        "clear": [(at, len(words), vault.digest(words)) for at, words in clear if words],
        "words": whole if len(whole) == source.end - source.start else "",
    }


def _overruled(correction: Correction, later: Iterable[Correction]) -> Correction:
    """The correction, told as overruled if later ones that stand as it stands leave nothing of it.

    In its place that is so if they say something of all of its words. One that goes further still counts elsewhere,
    unless a later one about the very same words goes as far.
    """
    if correction.standing not in {Standing.WAITING, Standing.IN_FORCE}:
        return correction
    above = [
        each
        for each in later
        if (each.document_id, each.standing) == (correction.document_id, correction.standing)
        and each.span.overlaps(correction.span)
        and (_width(correction) == 0 or (each.span == correction.span and _width(each) >= _width(correction)))
    ]
    covered = Stretches(each.span for each in above)
    if all(covered.hold(at) for at in range(correction.span.start, correction.span.end)):
        return replace(correction, standing=Standing.OVERRULED, by_later=max(each.number for each in above))
    return correction


def _width(correction: Correction) -> int:
    """How far it goes: what is not decided yet counts as a thread."""
    return {Reach.HERE: 0, Reach.CORPUS: 2}.get(correction.reach or Reach.THREAD, 1)


def _correction(number: int, line: Line, end: Line | None) -> Correction:
    standings = {"settled": Standing.IN_FORCE, "refused": Standing.REFUSED, "taken back": Standing.TAKEN_BACK}
    reach = (end or {}).get("reach") or line["reach"]
    return Correction(
        number=number,
        document_id=line["document_id"],
        span=Span(*line["span"]),
        action=CorrectionAction(line["action"]),
        label=line["label"],
        reach_asked=Reach(line["reach"]) if line["reach"] else None,
        reach=Reach(reach) if reach else None,
        by=line["by"],
        at=line["at"],
        standing=standings[end["entry"]] if end else Standing.WAITING,
        reason=REASONS[end["reason"]] if end and end["entry"] == "refused" else "",
    )
