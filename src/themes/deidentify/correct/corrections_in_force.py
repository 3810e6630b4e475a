"""Corrections with their words: read once from the raw text, kept in the vault, gone by until somebody takes them back.

They are the corpus's private regression set: every document that is made later is held against them. What is in force
at the beginning of a run stays in force until its end; what is asked meanwhile waits for the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from themes.deidentify.correct.correction_log import Line, append, erase, lines_of
from themes.deidentify.correct.correction_words import Around, around, usual_reach
from themes.deidentify.correct.corrections import asked_of, ends_of
from themes.deidentify.recognize.known_names import known_in
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import LONGEST_NAME, Tombstones, said_words, set_marks
from themes.deidentify.wording.stretches import snapped
from themes.records.correction import CorrectionAction, Reach
from themes.records.raw import RawDocument
from themes.records.span import Span


@dataclass(frozen=True, slots=True)
class Settled:
    """A correction with its words. Never leaves `deidentify`."""

    number: int
    document_id: str
    lookup: bytes
    """Keyed hash of the document's key."""
    copies: str
    """Keyed hash of the document's text: the same in texts that are word for word the same."""
    thread: str = field(repr=False)
    span: Span
    action: CorrectionAction
    label: str
    reach: Reach
    words: str = field(repr=False)
    near: Around
    """What stood around them, by which their place is known again."""


def settle(vault: Vault, documents: Sequence[RawDocument], *, now: datetime) -> int:
    """Read the words of the corrections that wait, where their documents are among those given.

    Args:
        vault: The vault of the corpus.
        documents: Cleaned texts, whole threads.
        now: When, with zone.

    Returns:
        How many were settled, by words or by refusal.
    """
    left = _left(lines_of(vault))
    lookups = _lookups(vault, {line["document_id"] for line in left.values()})
    answers = []
    for document in documents:
        document_id = lookups.get(vault.keyed("id document", document.document_key))
        for number, line in left.items():
            if line["document_id"] == document_id:
                beside = [each for each in documents if each.thread == document.thread]
                answers.append({**_answer(vault, line, document, beside), "of": number, "at": _at(now)})
    append(vault, answers)
    return len(answers)


def take_up(vault: Vault, *, now: datetime) -> None:
    """Put in force what was settled, and refuse what waits for a text that was not met. Once, before a run reads."""
    lines = lines_of(vault)
    gone = [{"entry": "refused", "of": number, "reason": "gone", "at": _at(now)} for number in _left(lines)]
    if gone or any(number > _taken_up(lines) for number in lines):
        append(vault, [*gone, {"entry": "taken up", "at": _at(now)}])


def in_force(vault: Vault) -> list[Settled]:
    """The corrections that the run under way goes by, oldest first."""
    lines = lines_of(vault)
    counted = {number: line for number, line in lines.items() if number < _taken_up(lines)}
    ends = ends_of(counted.values())
    asked = {n: line for n, line in asked_of(counted).items() if ends[n]["entry"] == "settled"}
    return [
        Settled(
            number=number,
            document_id=line["document_id"],
            lookup=bytes.fromhex(ends[number]["lookup"]),
            copies=ends[number]["copies"],
            thread=ends[number]["thread"],
            span=Span(*ends[number]["span"]),
            action=CorrectionAction(line["action"]),
            label=line["label"],
            reach=Reach(ends[number]["reach"]),
            words=ends[number]["words"],
            near=_near(vault, ends[number]),
        )
        for number, line in asked.items()
    ]


def copies_of(vault: Vault, text: str) -> str:
    """The mark by which texts that are word for word the same are known."""
    return vault.keyed("corrected text", text).hex()


def forget_corrections(vault: Vault, document_ids: Iterable[str], names: frozenset[str] = frozenset()) -> int:
    """Erase what the queue holds on documents that are withdrawn. Returns how many corrections that were.

    Words that a correction masks in other people's texts are kept as keyed marks, so that they stay masked there.

    Args:
        vault: The vault of the corpus.
        document_ids: What is withdrawn.
        names: Names of those who withdraw altogether. What was said of those in others' texts is erased too: that
            nothing need be masked there, and that the name itself must be, which its marks see to.
    """
    gone, lines = set(document_ids), lines_of(vault)
    said = {line["of"]: line for line in lines.values() if line and line["entry"] == "settled"}
    about = [
        number
        for number, line in asked_of(lines).items()
        if line["document_id"] in gone or _is_of(line, said.get(number), names)
    ]
    ends = {number: line for number, line in lines.items() if line and line.get("of") in about}
    marks = {mark for line in ends.values() for mark in _marks(vault, line, lines[line["of"]])}
    with vault.writing():
        set_marks(vault, marks)
        erase(vault, [*about, *ends])
    return len(about)


def _answer(vault: Vault, line: Line, document: RawDocument, beside: Sequence[RawDocument]) -> Line:
    """The words of a correction, or why it is refused."""
    text, seen = document.text, line["seen"]
    span, words = Span(*line["span"]), str(seen["words"])
    mask = line["action"] == CorrectionAction.MASK
    fits = len(text) == seen["length"] and all(_is_there(vault, text, *clear) for clear in seen["clear"])
    if fits:
        span = snapped(text, span) or span
        words = span.of(text)
    elif not (mask and words):
        return {"entry": "refused", "reason": "changed"}
    if not mask and Tombstones(vault).names_in(words, document.thread):
        return {"entry": "refused", "reason": "withdrawn"}
    hidden = frozenset(each.author for each in beside if each.author and each.name_hidden)
    if not mask and known_in(words, hidden):
        return {"entry": "refused", "reason": "hidden"}
    return {
        "entry": "settled",
        "thread": document.thread,
        "lookup": vault.keyed("id document", document.document_key).hex(),
        "copies": copies_of(vault, text),
        "span": [span.start, span.end],
        "reach": line["reach"] or usual_reach(line["label"], words),
        "words": words,
        "around": astuple(around(text, span, vault.digest)) if fits else (0, 0, ""),
    }


def _is_there(vault: Vault, text: str, at: int, *seen: Any) -> bool:
    """Whether a text still has what an analyst saw in a place: a length and a digest, in older queues the words."""
    if len(seen) == 1:
        return text.startswith(seen[0], at)
    length, digest = seen
    return bool(vault.digest(text[at : at + length]) == digest)


def _near(vault: Vault, settled: Line) -> Around:
    """What stood around the words of a correction; older queues hold the words themselves."""
    if "around" in settled:
        return Around(*settled["around"])
    before, after = settled["before"], settled["after"]
    return Around(len(before), len(after), vault.digest(f"{before}{settled['words']}{after}"))


def _is_of(asked: Line, settled: Line | None, names: frozenset[str]) -> bool:
    """Whether a correction lifts one of the names, or has it beside what it lifts; or masks nothing but such a name."""
    if not names:
        return False
    words = settled["words"] if settled else asked["seen"]["words"]
    if asked["action"] == CorrectionAction.MASK:
        return bool(words) and all(known_in(word, names) for word in words.split())
    beside = [text for _, *seen in asked["seen"]["clear"] for text in seen if len(seen) == 1]  # of older queues
    beside += [settled[side] for side in ("before", "after") if side in settled] if settled else []
    return any(known_in(text, names) for text in (words, *beside))


def _marks(vault: Vault, end: Line, asked: Line | None) -> set[bytes]:
    masks = asked is not None and asked["action"] == CorrectionAction.MASK
    if end["entry"] != "settled" or not masks or end["reach"] == Reach.HERE:
        return set()
    said = said_words(end["words"])
    if len(said) > LONGEST_NAME:
        return set()
    thread = end["thread"] if end["reach"] == Reach.THREAD else ""
    return {vault.keyed("withdrawn name", f"{thread}\x1f{' '.join(said)}")}


def _left(lines: dict[int, Line | None]) -> dict[int, Line]:
    """The corrections that wait, by number."""
    ends = ends_of(lines.values())
    return {number: line for number, line in asked_of(lines).items() if number not in ends}


def _taken_up(lines: dict[int, Line | None]) -> int:
    """The line up to which the run under way goes."""
    return max((number for number, line in lines.items() if line and line["entry"] == "taken up"), default=0)


def _lookups(vault: Vault, document_ids: Iterable[str]) -> dict[bytes, str]:
    """Keyed hash of each document's key to its id."""
    rows = [row for i in sorted(document_ids) for row in vault.rows("SELECT lookup, given FROM ids WHERE given = ?", i)]
    return {bytes(lookup): given for lookup, given in rows}


def _at(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
