"""Whom one text of a thread names is looked for in all of its texts, earlier ones too: "my lad Peregrine", and in the
next comment "peregrine was off again"."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from themes.deidentify.recognize.known_names import are_many, known_in, with_first_names
from themes.deidentify.recognize.small_names import said_as_a_name
from themes.deidentify.replace.surrogate_form import surrogate_places
from themes.deidentify.rereading import Answer, Answers
from themes.deidentify.weigh.evidence import look
from themes.deidentify.wording.lexicon import is_wide, ordinary_words, places, plain_names
from themes.deidentify.wording.stretches import Stretches, apart
from themes.deidentify.wording.words import kept_places, places_of_words, within
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

RECOGNIZER = "thread-name"
SURE = 0.6
"""How sure a name must be in one text to be looked for in the others."""
UNNAMED = "MISC"
"""The kind of what the release profile alone masks, and nobody can call by a name."""
FEWEST_LETTERS = 3
"""Of a name: initials are anybody's."""


def in_whole_threads(
    documents: Sequence[RawDocument], answers: Answers, *, keep_words: Sequence[str] = ()
) -> list[Answer | str]:
    """The answers, with the names that other texts of a thread tell: any case, possessive, one letter wrong.

    A name that is also an everyday word or a place counts where it is said as a name; an everyday word with a capital
    in the middle of a sentence is.

    Args:
        documents: Whole threads.
        answers: One per document: its details, or why it is kept out.
        keep_words: Words that the corpus wants kept, in any case.
    """
    told: defaultdict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for i, (document, answer) in enumerate(zip(documents, answers, strict=True)):
        for finding in answer.findings if isinstance(answer, Answer) else ():
            words = finding.span.of(document.text)
            if finding.label == "PERSON" and finding.score >= SURE and sum(map(str.isalpha, words)) >= FEWEST_LETTERS:
                told[document.thread][" ".join(words.split())].add(i)
    done = list(answers)
    for i, (document, answer) in enumerate(zip(documents, answers, strict=True)):
        elsewhere = with_first_names(name for name, where in told[document.thread].items() if where - {i})
        if isinstance(answer, Answer) and elsewhere:
            more = names_again(document.text, elsewhere, answer.findings, keep_words=keep_words)
            if more:
                named = Stretches(each.span for each in more)
                others = [each for each in answer.findings if each.label != UNNAMED or not named.touch(each.span)]
                everything = sorted([*others, *more], key=lambda finding: finding.span)
                done[i] = replace(answer, findings=answer.told.applied(document.text, everything))
    return done


def names_again(
    text: str, names: frozenset[str], findings: Sequence[Finding], *, keep_words: Sequence[str] = ()
) -> list[Finding]:
    """Where a text says one of the names, outside of what was found in it; in order, none overlapping another.

    What was found for the release profile alone, without a kind, may be a name all the same.
    """
    seen = look(text)
    kept = [place.span for place in kept_places(text)]
    told = [f.span for f in findings if f.label != UNNAMED]
    taken = Stretches([*told, *kept, *surrogate_places(text), *places_of_words(text, keep_words)])
    found = []
    for finding in known_in(text, names, recognizer=RECOGNIZER):
        for i in within(seen.words, finding.span):
            word = seen.words[i]
            span = Span(word.start, word.end)
            several = len(within(seen.words, finding.span)) > 1
            if not taken.touch(span) and not seen.forms[i].outside and (several or _is_meant(text, i)):
                found.append(Finding(span, "PERSON", IdentifierKind.DIRECT, 0.7, RECOGNIZER))
    return apart(text, found, lambda finding: (finding.span,))


def _is_meant(text: str, i: int) -> bool:
    seen = look(text)
    word = seen.words[i]
    place = word.plain in places() or is_wide(word.plain)
    everyday = word.plain in ordinary_words() and word.plain not in plain_names()
    if place or are_many(word) or (everyday and (word.opens or not word.capital)):
        return said_as_a_name(text, seen.words, i)
    return True
