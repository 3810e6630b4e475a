"""Names by list and by what stands around them: "my adviser X", "called X", "Dr X", "our X", "thanks X", "X told
me"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from themes.deidentify.recognize.apposed import is_apposed, is_spoken_of
from themes.deidentify.recognize.initialled import initialled_in
from themes.deidentify.recognize.said_names import said_names_in
from themes.deidentify.recognize.signatures import INITIALS
from themes.deidentify.wording.lexicon import (
    all_names,
    any_of,
    context,
    given_names,
    is_wide,
    more_given_names,
    ordinary_words,
    places,
    plain_names,
    surnames,
    wide_places,
    word_names,
)
from themes.deidentify.wording.reading import Reading, Small, name_end, read, with_surname
from themes.deidentify.wording.roles import KIN, ROLES, TITLES
from themes.deidentify.wording.words import Word
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

AT_WORK = re.compile(
    rf",? (?:my|the|our|an?|his|her) (?:\w+ )?{any_of('staff')}\b"
    rf"|,? (?:from|at|in|on) (?:the |my |our )?{any_of('workplaces')}\b",
    re.IGNORECASE,
)
AS_ROLE = re.compile(
    rf",? (?:is|was|as|who is|who was|being) (?:my|the|our|his|her"
    rf"|their) (?:\w+ ){{0,2}}{any_of('staff_and_friends')}\b",
    re.IGNORECASE,
)
CALLED = frozenset({"called", "named", "nicknamed"})


def find_names(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Persons by list and context, with overlaps. `recognizer` says which:

    "given-name" a name that is nothing else; "word-name" one that is also a word, with a capital; "name-context"
    where the words
    around say that it is a person; "name-hint" where they suggest it.
    """
    return [list(names_in(document.text)) for document in documents]


@lru_cache(maxsize=1024)
def names_in(text: str) -> tuple[Finding, ...]:
    """The names of one text.

    >>> sorted({finding.span.of("my adviser Sadiqa was kind") for finding in names_in("my adviser Sadiqa was kind")})
    ['Sadiqa']
    """
    return (*_find(text), *initialled_in(text), *said_names_in(text))


def _find(text: str) -> Iterator[Finding]:
    reading = read(text)
    for i, word in enumerate(reading.words):
        yield from _listed(reading, i)
        if word.plain in ROLES or word.plain in KIN:
            yield from _after_role(reading, i)
        if word.plain in TITLES and reading.gap(i) in {" ", ". ", "."}:
            yield from _after_title(reading, i)
        yield from _after_word(reading, i)
        if word.shape == "lower":
            yield from _in_small_letters(reading, i)
        elif word.capital:
            yield from _around_verb(reading, i)


def _listed(reading: Reading, i: int) -> Iterator[Finding]:
    word = reading.words[i]
    if word.shape == "digit" or not (word.plain in given_names() or word.plain in word_names()) or reading.keeps(word):
        return
    end = with_surname(reading, i)
    if word.plain in plain_names():
        yield reading.person(i, end, "given-name", 0.9 if word.capital else 0.7)
    elif end > i + 1 and word.capital:
        sure = reading.words[end - 1].plain in surnames()
        yield reading.person(i, end, "name-context" if sure else "name-hint", 0.8)
    elif word.capital and not word.opens and word.plain not in context("month_names") and not is_wide(word.plain):
        yield reading.person(i, end, "word-name", 0.5)


def _after_role(reading: Reading, i: int) -> Iterator[Finding]:
    words, at = reading.words, i + 1
    if reading.gap(i) not in {" ", ", ", " - ", " – ", " (", ": "}:
        return
    while at < min(len(words), i + 5) and words[at].shape == "lower" and words[at].plain in context("links"):
        at += 1
    if at >= len(words) or words[at].opens:
        return
    linked = at > i + 1
    told = any(word.plain in CALLED or word.plain == "name" for word in words[i + 1 : at])
    if linked and not told and words[at].plain not in given_names():
        return  # "my adviser was Tina" names; "my adviser was great", "the manager is English" do not
    if (initials := INITIALS.match(reading.text, words[at].start)) and not reading.keeps(words[at]):
        yield _initials(initials)
        return
    ends_there = at + 1 == len(words) or reading.gap(at)[:1] in set(",.;!?\n)")
    ends_there = ends_there or is_spoken_of(reading, at)
    verb = words[at].plain in context("verbs") and not reading.next_is(at, context("speech"))
    unsure = verb or linked or reading.gap(i) != " "
    listed = plain_names() if unsure and not (linked and ends_there) else all_names()
    end = name_end(reading, at, small=Small(listed))
    if end > at:
        yield reading.person(at, end, "name-context", 1.0)


def _after_title(reading: Reading, i: int) -> Iterator[Finding]:
    words, at, title = reading.words, i + 1, reading.words[i]
    loud, clergy = title.plain in context("loud_titles"), title.plain in context("clergy_titles")
    if not (loud or clergy or title.capital):
        return
    first = words[at]
    given, surname = first.plain in given_names(), first.plain in surnames()
    everyday = first.plain in ordinary_words() and not given
    everyday = everyday and (not surname or first.plain in context("surname_words"))
    initial = first.end - first.start == 1
    if reading.text[title.start : title.end] == "MR" and everyday and not initial and not surname:
        return  # "the MR decision": a mandatory reconsideration
    end = name_end(reading, at)
    small = first.shape == "lower" and first.plain not in context("never")
    short = loud and (initial or (small and title.shape != "title"))
    capitals = loud and first.shape == "upper" and not everyday and not reading.keeps(first)
    if end == at and (short or capitals or (clergy and small and not everyday)):
        end = at + 1
    sure = loud or clergy or title.plain in context("sure_titles") or given or surname
    if end > at and (sure or not title.opens):
        yield reading.person(at, end, "name-context", 1.0 if sure else 0.6)


def _after_word(reading: Reading, i: int) -> Iterator[Finding]:
    plain = reading.words[i].plain
    if i + 1 >= len(reading.words):
        return
    after = reading.words[i + 1]
    if plain in CALLED and reading.joined(i) and not after.opens:
        yield from _called(reading, i)
    elif plain in {"name", "name's", "names"} and i and reading.words[i - 1].plain in context("named_by"):
        yield from _whose_name_is(reading, i)
    elif plain == "our" and reading.joined(i) and after.plain in all_names():
        if after.capital or after.plain in plain_names():
            yield reading.person(i + 1, i + 2, "name-context", 1.0)
    elif plain in context("nickname_words") and reading.joined(i) and after.capital and after.plain in given_names():
        the = i > 0 and reading.words[i - 1].plain == "the"  # "the Old Bill"
        if not (the or is_wide(after.plain) or reading.keeps(after)):
            yield reading.person(i + 1, with_surname(reading, i + 1), "name-context", 1.0)
    elif plain in context("greetings") and not reading.keeps(after) and reading.gap(i) in {" ", ", ", " - "}:
        yield from _greeted(reading, i)
    elif after.capital and (
        plain in {"i'm", "im", "this"} or (plain == "am" and i and reading.words[i - 1].plain == "i")
    ):
        at = i + 2 if plain == "this" and after.plain == "is" else i + 1
        if at < len(reading.words) and reading.words[at].plain in given_names():
            yield reading.person(at, max(at + 1, name_end(reading, at)), "name-context", 0.9)


def _called(reading: Reading, i: int) -> Iterator[Finding]:
    near = reading.words[max(0, i - 5) : i]
    person = any(word.plain in group for word in near for group in (context("person_words"), KIN, ROLES))
    if not person and any(word.plain in context("thing_words") for word in near[-3:]):
        return
    initials = INITIALS.match(reading.text, reading.words[i + 1].start) if person else None
    if initials:
        yield _initials(initials)
    end = name_end(reading, i + 1, small=Small(all_names()) if person else Small())
    if end > i + 1:
        yield reading.person(i + 1, end, "name-context", 1.0 if person else 0.5)


def _whose_name_is(reading: Reading, i: int) -> Iterator[Finding]:
    words, plain = reading.words, reading.words[i].plain
    at = i + 2 if words[i + 1].plain in {"is", "was", "being"} else i + 1
    said = at == i + 2 or plain != "name" or reading.gap(i).startswith(("'s ", "’s ")) or ":" in reading.gap(i)
    if at < len(words) and not words[at].opens and said:
        own = words[i - 1].plain in {"my", "his", "her", "real", "full"}
        end = name_end(reading, at, small=Small(all_names(), strangers=own), most=4)
        if end > at:
            yield reading.person(at, end, "name-context", 1.0)


def _greeted(reading: Reading, i: int) -> Iterator[Finding]:
    words, at = reading.words, i + 1
    while at < min(len(words), i + 4) and words[at].plain in context("after_greetings"):
        at += 1
    if at >= len(words) or (words[at].opens and "\n" in reading.text[words[i].end : words[at].start]):
        return
    name = words[at]
    known = name.plain in given_names()
    if known and (name.capital or name.plain in plain_names() or (at == i + 1 and name.plain not in context("verbs"))):
        yield reading.person(at, with_surname(reading, at), "name-context", 1.0)
    elif at == i + 1 and words[i].opens and name.capital and _stranger(reading, name):
        yield reading.person(at, at + 1, "name-context", 0.7)


def _in_small_letters(reading: Reading, i: int) -> Iterator[Finding]:
    """A name in small letters that is also a word, or misspelt: "spoke to mark", "my adviser karren said"."""
    words, word = reading.words, reading.words[i]
    plain = word.plain
    if plain in context("never") or plain in plain_names() or plain in KIN:
        return
    if plain in ROLES or plain in context("person_words"):
        return
    known = plain in word_names()
    if word.opens or i == 0 or reading.gap(i - 1) != " ":
        if known and AS_ROLE.match(reading.text, word.end):
            yield reading.person(i, i + 1, "name-context", 1.0)
        return
    before = words[i - 1].plain
    spoken = before in context("addressed") or (before == "to" and i > 1 and words[i - 2].plain in context("speaking"))
    if known and word.plain not in context("auxiliaries"):
        reported = before in {"said", "says", "reckons", "thinks"} and reading.next_is(i, context("claims"))
        # "spoke to mark about it", but not "spoke to mark scheme staff"
        ends_there = not reading.joined(i) or reading.next_is(i, context("speech") | context("never"))
        placed = AS_ROLE.match(reading.text, word.end) or AT_WORK.match(reading.text, word.end)
        if (spoken and ends_there) or reported or placed:
            yield reading.person(i, i + 1, "name-context", 1.0)
    elif word.plain not in ordinary_words() and word.plain not in places() and word.plain not in surnames():
        speaks = reading.next_is(i, context("speech"))
        announced = before in ROLES or before in KIN
        if (announced and speaks) or ((announced or spoken or speaks) and misspelt_name(word.plain)):
            yield reading.person(i, i + 1, "name-context", 0.8)


def _around_verb(reading: Reading, i: int) -> Iterator[Finding]:
    word = reading.words[i]
    apposed = is_apposed(reading, i)
    if word.plain in context("never") or (reading.keeps(word) and not apposed) or word.plain in wide_places():
        return
    known = word.plain in all_names() or (apposed and word.plain in more_given_names())
    if word.shape == "title" and (known or word.plain in surnames() or word.plain not in ordinary_words()):
        speaks = reading.next_is(i, context("speech"))
        after_verb = i > 0 and reading.gap(i - 1) == " " and reading.words[i - 1].plain in context("before_names")
        placed = apposed or AT_WORK.match(reading.text, word.end) is not None
        if reading.keeps(word) and not known:
            return
        if speaks or placed or (after_verb and not word.opens):
            end = with_surname(reading, i)
            sure = known and (placed or not word.opens or end > i + 1)
            yield reading.person(i, end, "name-context" if sure else "name-hint", 0.9 if sure and apposed else 0.7)
    if known:
        yield from _beside(reading, i, -1)
        yield from _beside(reading, i, 1)


def _beside(reading: Reading, i: int, step: int) -> Iterator[Finding]:
    """Names in a row: "Karen, Steve and Priya". One that is known speaks for a stranger beside it."""
    words, j = reading.words, i + step
    if not 0 <= j < len(words):
        return
    gap = reading.gap(min(i, j))
    if words[j].plain in {"and", "or"} and gap == " " and 0 <= j + step < len(words):
        j, gap = j + step, reading.gap(min(j, j + step)) + ", "
    if gap not in {", ", " & ", " + ", "/", " , "}:
        return
    other = words[j]
    if other.shape == "title" and other.plain not in context("never") and not reading.keeps(other):
        known = other.plain in all_names()
        if other.plain not in wide_places() and (known or other.plain not in ordinary_words()):
            yield reading.person(j, j + 1, "name-context" if known else "name-hint", 0.6 if known else 1.0)


@lru_cache(maxsize=4096)
def misspelt_name(plain: str) -> bool:
    """Whether a word is one letter off a given name of five letters or more, and no word of its own.

    >>> misspelt_name("karren"), misspelt_name("sanction")
    (True, False)
    """
    if len(plain) < 5 or plain in ordinary_words():
        return False
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    long_names = [name for name in plain_names() if len(name) > 4]
    return extractOne(plain, long_names, scorer=OSA.distance, score_cutoff=1) is not None


def _stranger(reading: Reading, word: Word) -> bool:
    return word.plain not in context("never") and word.plain not in ordinary_words() and not reading.keeps(word)


def _initials(match: re.Match[str]) -> Finding:
    return Finding(Span(*match.span("name")), "PERSON", IdentifierKind.DIRECT, 1.0, "name-context")
