"""Texts read again with surrogates in them, until nothing more is found.

A surrogate changes what stands around it: a word that was glued to a number stands free, a tagger reads the sentence
otherwise, half of what two details shared is left over. So each text that was changed is read once more as it would
come out, and what is found then is masked as well. De-identifying the result changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from themes.deidentify.correct.corrected import Said
from themes.deidentify.replace.persons import Cast
from themes.deidentify.replace.policy import Action, action_on
from themes.deidentify.replace.surrogates import surrogates
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.stretches import apart
from themes.records.privacy import Finding, Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span

MOST_READINGS = 10
"""Of thousands of generated texts, of details glued to one another, none needed more than four."""
RESTLESS = (
    f"This text was read {MOST_READINGS} times over, each time without what had been found before, and the recognisers "
    f"still found something, so it is kept out. Look for what repeats, or shorten it."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The details of one text, and what corrections say of it."""

    findings: list[Finding]
    told: Said


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with surrogates, and what was replaced: spans of `coding` in the raw text, of `release` in this one."""

    text: str
    coding: tuple[Replacement, ...]
    release: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a profile would show it, and what it would replace: spans in the raw text."""

    text: str
    replacements: tuple[Replacement, ...]
    profile: str


Answers = Sequence[Answer | str]
"""One per document: its details, or why it is kept out."""
Casts = Callable[[Sequence[RawDocument], Answers], dict[str, Cast]]
"""From whole threads, and the answers for their documents, to whom each thread names."""
Look = Callable[[Sequence[RawDocument]], Sequence[list[Finding] | str]]
"""From documents to the details of each, or why it is kept out."""


def reread(
    documents: Sequence[RawDocument],
    answers: Answers,
    *,
    look: Look,
    casts: Casts,
    vault: Vault,
    profiles: Sequence[str] = ("coding",),
) -> Answers:
    """The answers, with what is found in the texts when they are read with surrogates in them.

    Args:
        documents: Whole threads.
        answers: One per document, from a first look.
        look: Looks for details; asked about changed texts only.
        casts: Whom the threads name, by which surrogates are chosen.
        vault: Gives surrogates. Nothing is written to it.
        profiles: As which of them shows the texts they are read.
    """
    done = list(answers)
    seen = {profile: [document.text for document in documents] for profile in profiles}
    due = {profile: {document.thread for document in documents} for profile in profiles}
    restless: set[int] = set()
    for _ in range(MOST_READINGS * len(profiles)):
        profile = next((profile for profile in profiles if due[profile]), "")
        if not profile:
            return done
        places = [i for i, document in enumerate(documents) if document.thread in due[profile]]
        due[profile] = set()
        threads = casts([documents[i] for i in places], [done[i] for i in places])
        changed: list[tuple[int, Answer, Shown]] = []
        for i in places:
            answer = done[i]
            if not isinstance(answer, str):
                shown = _as_shown(documents[i], answer.findings, vault, threads[documents[i].thread], profile)
                if shown.text != seen[profile][i]:
                    changed.append((i, answer, shown))
        again = [replace(documents[i], text=shown.text, quotations=()) for i, _, shown in changed]
        restless = set()
        for (i, answer, shown), more in zip(changed, look(again) if again else (), strict=True):
            seen[profile][i] = shown.text
            done[i] = more if isinstance(more, str) else _with_more(documents[i].text, answer, more, shown)
            if done[i] != answer:
                restless.add(i)
                for threads_due in due.values():
                    threads_due.add(documents[i].thread)
    return [RESTLESS if i in restless else answer for i, answer in enumerate(done)]


def replaced(raw: RawDocument, findings: Sequence[Finding], vault: Vault, thread: Cast) -> Replaced:
    """The text of a document with surrogates in the place of its details, which the vault keeps.

    Args:
        raw: The document.
        findings: Its details, in order, without overlap.
        vault: Gives surrogates.
        thread: Whom its thread names.
    """
    written = surrogates(raw.text, findings, vault, profile="coding", thread=thread)
    strictly = surrogates(raw.text, findings, vault, profile="release", thread=thread)
    text, places = _put_in(raw.text, findings, written)
    release = tuple(
        Replacement(place, finding.label, strict)
        for place, finding, words, strict in zip(places, findings, written, strictly, strict=True)
        if strict != words
    )
    return Replaced(text, _replacements(raw.text, findings, written), release)


def before(offset: int, replacements: Sequence[Replacement]) -> int:
    """Where an offset of the text with surrogates stood before; at either edge of a surrogate, at that edge of the
    detail.

    >>> before(18, [Replacement(Span(3, 8), "PERSON", "[person K7QX2M]")])
    8
    """
    shift = 0
    for replacement in replacements:
        start = replacement.span.start + shift
        if offset <= start:
            break
        shift += len(replacement.surrogate) - (replacement.span.end - replacement.span.start)
    return offset - shift


def _as_shown(raw: RawDocument, findings: Sequence[Finding], vault: Vault, thread: Cast, profile: str) -> Shown:
    """The text as a profile would show it; the vault stays as it is."""
    written = surrogates(raw.text, findings, vault, profile=profile, thread=thread, provisional=True)
    return Shown(_put_in(raw.text, findings, written)[0], _replacements(raw.text, findings, written), profile)


def _put_in(text: str, findings: Sequence[Finding], written: Sequence[str]) -> tuple[str, list[Span]]:
    """The text with words in the place of the findings, and where they stand in it."""
    parts, places = [], []
    at = length = 0
    for finding, words in zip(findings, written, strict=True):
        parts += [text[at : finding.span.start], words]
        start = length + finding.span.start - at
        length, at = start + len(words), finding.span.end
        places.append(Span(start, length))
    return "".join([*parts, text[at:]]), places


def _replacements(text: str, findings: Sequence[Finding], written: Sequence[str]) -> tuple[Replacement, ...]:
    return tuple(
        Replacement(finding.span, finding.label, words)
        for finding, words in zip(findings, written, strict=True)
        if words != finding.span.of(text)
    )


def _with_more(text: str, answer: Answer, more: Sequence[Finding], shown: Shown) -> Answer:
    """The answer with what is found in the text with surrogates; recognisers leave those alone."""
    masks = shown.replacements
    new = {
        replace(finding, span=Span(before(finding.span.start, masks), before(finding.span.end, masks)))
        for finding in more
        if action_on(finding, finding.span.of(shown.text), shown.profile) is not Action.KEEP
    }
    if not new:
        return answer
    masked = {replacement.span for replacement in masks}
    old = [finding for finding in answer.findings if finding.span in masked]
    kept = [finding for finding in answer.findings if finding.span not in masked]
    beside = apart(text, [*new, *kept], lambda finding: (finding not in new, finding.span))
    everything = sorted([*old, *beside], key=lambda finding: finding.span)
    return replace(answer, findings=answer.told.applied(text, everything))
