"""Codings made in another program, held against our runs and taken in as decisions of another coder.

Their texts are not taken in: a text of the file must be, word for word, one of a run, and only places come over. So
nothing that was forgotten or corrected since can come back. No coding there is a yes; that one is missing is not a no.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from themes.records.anchor import Hold
from themes.records.codebook import Codebook
from themes.records.coding import Coding, is_machine
from themes.records.corpus import Document
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.records.exchange import (
    ExchangedCode,
    ExchangedCoding,
    ExchangedProject,
    ExchangedSource,
    coding_guid,
    guid,
)
from themes.store.files import read_json
from themes.store.run_folder import RunFolder
from themes.store.tables import from_plain
from themes.withholding import BLOCK


class Became(StrEnum):
    """What became of a coding of the file."""

    NEW = "taken in"
    THERE = "there already"
    MACHINE = "a machine's, not a person's"
    REPEATED = "the same as was suggested or decided here, and left out as you asked"
    WHOLE_TEXT = "on a whole text, not an excerpt"
    NO_TEXT = "in a text that no run has, or that was changed"
    NO_CODE = "with a code that the codebook does not have"


@dataclass(frozen=True)
class TakenIn:
    """What a file gives."""

    decisions: tuple[Decision, ...]
    became: Mapping[Became, int]
    """Each coding of the file is counted once."""
    repeats: int
    """Of those taken in, how many say what was suggested or decided here of the very same stretch."""
    coders: tuple[str, ...]
    """Whose codings were taken in."""
    unknown_codes: Mapping[str, int]
    """Ids, in the file, of codes that the codebook lacks, with how many codings each has."""


@dataclass(frozen=True)
class _Ours:
    """What a run holds that codings of the file are held against."""

    run_id: str
    codebook: Codebook
    codes: Mapping[str, str]
    """Codes of the file by guid to those of the codebook."""
    said: frozenset[tuple[str, str]]
    """Segment and code, as machines suggested or people decided."""
    by_machines: frozenset[str]
    """The guids under which those of machines were given away."""
    by_people: frozenset[str]
    """The same of people's."""
    held: frozenset[tuple[str, str, str]]
    """Segment, code and coder of the yeses that people said and that still hold."""


@dataclass(frozen=True, slots=True)
class _Match:
    run: RunFolder
    document: Document


def taken_in(
    project: ExchangedProject,
    runs: Sequence[RunFolder],
    *,
    corpus: str,
    coder_of: Callable[[str], str],
    known: Iterable[Decision],
    now: datetime,
    without_repeats: bool = False,
) -> TakenIn:
    """The codings of a file as decisions on our excerpts.

    Args:
        project: The file.
        runs: The corpus's finished runs, oldest first. Each text is looked for from the newest on.
        corpus: Its name.
        coder_of: From a user's name or id in the file to a coder of ours.
        known: All decisions on the corpus so far.
        now: Codings that carry no time, or one to come, count as made now.
        without_repeats: Leave out what was suggested or decided here of the very same stretch: for a program that
            gives all codings of a file to whoever opened it.

    What the file only brings back, a person's coding as it was given away, is there already, whatever name it is to
    come in under.
    """
    known = list(known)
    matches = _matched(project.sources, runs, corpus)
    ours = {
        run.path: _ours(run, project.codes, corpus, known)
        for run in {m.run.path: m.run for m in matches.values()}.values()
    }
    names = {user.guid: user.name for user in project.users}
    counts, unknown, repeats = Counter[Became](), Counter[str](), 0
    known_ids, new = {decision.decision_id for decision in known}, list[Decision]()
    for source in project.sources:
        match = matches.get(source.guid)
        for coding in source.codings:
            name = (names.get(coding.user_guid) or coding.user_guid).strip()
            there = ours[match.run.path] if match else None
            became = _first_sight(coding, name, match, there)
            if became is Became.NO_CODE:
                unknown[coding.code_guid] += 1
            if became is Became.NEW and match and there:
                decision = _decision(coding, match, there, coder_of(name), now)
                place = (decision.segment_id, decision.code_id)
                repeated = place in there.said
                holds = there.held & {(*place, name), (*place, decision.coder_id)}
                if holds or decision.decision_id in known_ids:
                    became = Became.THERE
                elif repeated and without_repeats:
                    became = Became.REPEATED
                else:
                    known_ids.add(decision.decision_id)
                    new.append(decision)
                    repeats += repeated
            counts[became] += 1
    return TakenIn(tuple(new), counts, repeats, tuple(sorted({one.coder_id for one in new})), unknown)


def people_in(project: ExchangedProject) -> set[str]:
    """The people who coded in the file, by name or id; machines are none."""
    names = {user.guid: user.name for user in project.users}
    coded = {coding.user_guid for source in project.sources for coding in source.codings}
    return {name for user in coded if not is_machine(name := (names.get(user) or user).strip())}


def _first_sight(coding: ExchangedCoding, name: str, match: _Match | None, ours: _Ours | None) -> Became:
    """What becomes of a coding, whatever else was decided."""
    if is_machine(name) or (ours and coding.guid in ours.by_machines):
        return Became.MACHINE
    if ours and coding.guid in ours.by_people:
        return Became.THERE
    if coding.span is None:
        return Became.WHOLE_TEXT
    if match is None or ours is None or coding.span.end > len(match.document.text):
        return Became.NO_TEXT
    return Became.NEW if coding.code_guid in ours.codes else Became.NO_CODE


def _decision(coding: ExchangedCoding, match: _Match, ours: _Ours, coder_id: str, now: datetime) -> Decision:
    assert coding.span is not None
    segment_id = f"{match.document.document_id}:{coding.span.start}-{coding.span.end}"
    code_id = ours.codes[coding.code_guid]
    digest = hashlib.sha256("\0".join((segment_id, code_id, coder_id)).encode()).hexdigest()
    return Decision(
        decision_id=f"elsewhere-{digest[:24]}",
        run_id=ours.run_id,
        segment_id=segment_id,
        code_id=code_id,
        verdict=Verdict.ADD,
        coder_id=coder_id,
        made_at=_made(coding.made_at, now),
        codebook_version=ours.codebook.version,
    )


def _matched(sources: Sequence[ExchangedSource], runs: Sequence[RunFolder], corpus: str) -> dict[str, _Match]:
    """Each source of the file with the text of a run that it is, found by id, name or words."""
    wanted = {source.guid: source for source in sources if source.text.strip()}
    matches: dict[str, _Match] = {}
    for run in reversed(runs):
        if len(matches) == len(wanted):
            break
        by_words: dict[str, list[Document]] = defaultdict(list)
        by_id: dict[str, Document] = {}
        for document in run.read(Document):
            by_words[document.text.rstrip()].append(document)
            by_id[guid(corpus, "text", document.document_id)] = by_id[document.document_id] = document
        for source in wanted.values():
            if source.guid not in matches and (found := _same_text(source, by_id, by_words)):
                matches[source.guid] = _Match(run, found)
    return matches


def _same_text(
    source: ExchangedSource, by_id: Mapping[str, Document], by_words: Mapping[str, Sequence[Document]]
) -> Document | None:
    """The text of a run that is coded, not a copy of it. By words alone only where one text has them."""
    named = by_id.get(source.guid) or by_id.get(source.name.removesuffix(".txt"))
    if named and not named.duplicate_of and _same_words(source.text.rstrip(), named.text.rstrip()):
        return named
    alike = [document for document in by_words.get(source.text.rstrip(), ()) if not document.duplicate_of]
    return alike[0] if len(alike) == 1 else None


def _same_words(theirs: str, ours: str) -> bool:
    """What was withheld from the export stands there as blocks."""
    return len(theirs) == len(ours) and all(a in (b, BLOCK) for a, b in zip(theirs, ours, strict=True))


def _codes(given: Iterable[ExchangedCode], codebook: Codebook, corpus: str) -> dict[str, str]:
    """Codes of the file by their guid to those of the codebook: the same id, or the same name."""
    by_guid = {guid(corpus, "code", code.code_id): code.code_id for code in codebook.codes}
    by_name: dict[str, set[str]] = defaultdict(set)
    for code in codebook.codes:
        for name in {code.code_id, code.name, code.label}:
            by_name[" ".join(name.casefold().split())].add(code.code_id)
    found = {}
    for theirs in _flat(given):
        named = by_name.get(" ".join(theirs.name.casefold().split()), set()) if theirs.name.strip() else set()
        if code_id := by_guid.get(theirs.guid) or (next(iter(named)) if len(named) == 1 else None):
            found[theirs.guid] = code_id
    return found


def _flat(codes: Iterable[ExchangedCode]) -> Iterable[ExchangedCode]:
    for code in codes:
        yield code
        yield from _flat(code.children)


def _ours(run: RunFolder, codes: Sequence[ExchangedCode], corpus: str, known: Iterable[Decision]) -> _Ours:
    codebook = from_plain(Codebook, read_json(run.path / "codebook.json"))
    given = {(c.segment_id, c.code_id, c.coder_id) for c in run.read(Coding) if c.applies}
    machine = {said for said in given if is_machine(said[2])}
    carried = {
        (one.segment_id, one.code_id, one.coder_id)
        for one in run.read(CarriedDecision)
        if one.hold is not Hold.STALE and one.verdict in _YES
    }
    last = {
        (one.segment_id, one.code_id, one.coder_id): one.verdict for one in sorted(known, key=lambda one: one.made_at)
    }
    ever = {(one.segment_id, one.code_id, one.coder_id) for one in known if one.verdict in _YES}
    withdrawn = {said for said, verdict in last.items() if verdict not in _YES}
    held = (((given - machine) | carried) - withdrawn) | (last.keys() - withdrawn)
    return _Ours(
        run_id=run.path.name,
        codebook=codebook,
        codes=_codes(codes, codebook, corpus),
        said=frozenset((segment_id, code_id) for segment_id, code_id, _ in given | held),
        by_machines=frozenset(coding_guid(corpus, *said) for said in machine),
        by_people=frozenset(coding_guid(corpus, *said) for said in held | ever),
        held=frozenset(held),
    )


_YES = (Verdict.ACCEPT, Verdict.ADD)


def _made(told: str, now: datetime) -> str:
    """In UTC. A time without zone counts as UTC; a time to come would outlast every change of mind."""
    try:
        moment = datetime.fromisoformat(told)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        moment = now
    return min(moment, now.astimezone(UTC)).isoformat()
