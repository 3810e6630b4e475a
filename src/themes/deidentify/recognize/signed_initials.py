"""Initials by which people sign what they write: "– D.", "Yours, L.", "A.W. from Leeds", "jd" on the last line."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, is_wide, ordinary_words, places
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import kept_places, lower_case, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SIGNATURE = "signature"
"""The recogniser of who signs: no weight is asked about it."""
DOTTED = r"(?:[^\W\d_]\.(?: ?[^\W\d_]\b\.?){1,2}|[A-Z]\.)"
SOME = rf"(?P<name>{DOTTED}|[A-Z]{{1,3}}(?![\w'’])|[a-z]{{2}}(?![\w'’]))"
AFTERWARDS = r"[ .,]*(?:\([^)\n]{0,40}\)|[xX]{1,9})?\s*"
LONGEST = 60
"""Characters from the end of a text in which it is signed."""
CLOSED = re.compile(
    rf"(?:^|[\n.!?,][ \n]{{0,3}}|\s)(?i:{any_of('closings')})(?![^\W\d_])(?i: from)?"
    rf"[,.!:\-–—]?[ \n]{{0,4}}[\-–—]? ?{SOME}{AFTERWARDS}$"
)
"""Below or after words that close a letter."""
AFTER_DASH = re.compile(rf"(?:^|(?P<before>\S)(?P<gap>\s{{1,3}})|(?<=[.!?…]))[\-–—~]{{1,2}} ?{SOME}{AFTERWARDS}$")
ON_LAST_LINE = re.compile(rf"(?<=\n)[ \t]*{SOME}{AFTERWARDS}$")
AFTER_SENTENCE = re.compile(r"(?<=[.!?)] )(?P<name>[A-Z]{2,3})\s*$")
"""Who wrote a case note: "Review Mon. SB"."""
SPEAKER = re.compile(r"(?:^|(?<=\n))(?P<name>[A-Z]{2,3})(?=: ?\S)")
"""Who speaks in minutes, if somebody of these initials is named: "PD: Adjourn for ten?" where there is a P. Dolan."""
NAMED_IN_FULL = tuple(
    re.compile(rf"(?<!\w)(?=([A-Z])[\w'’\-]*\.? {middle}([A-Z])[a-z'’][\w'’\-]+)") for middle in ("", r"\w+ ")
)
"""A first name or its letter, and a surname, with or without a name between."""
WITH_PLACE = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?] ))(?P<name>[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\b\.?)?)(?:,| of| from| in)"
    r" (?P<place>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
)
"""Who writes, and from where: "A.W. from Leeds"."""
SAID_BY = hinted(
    rf"(?:\b(?i:{any_of('posted')}) (?i:by|from)|(?:^|(?<=\n))(?:From|By|Name|Signed|Author)(?:[:,]| by)?)"
    rf" (?P<name>{DOTTED}|[A-Z]{{2,3}})(?![\w'’])"
)
OTHER_DOTTED = re.compile(any_of("dotted_words").replace(".", r"\.?") + r"\b", re.IGNORECASE)
LETTERS_ALONE = re.compile(r"[A-Za-z]{0,4}[.)]?")
LONGEST_WORDLESS = 3
"""Letters from which on initials may be a word in capitals."""


def signed_initials_in(text: str) -> Iterator[Finding]:
    """Where a text is signed with initials; two small letters count at its end alone, and only if they are no word.

    >>> text = "A.W. from Leeds: They never rang.\\nCB"
    >>> sorted(finding.span.of(text) for finding in signed_initials_in(text))
    ['A.W.', 'CB']
    """
    end = len(text.rstrip())
    start = max(0, end - LONGEST)
    kept = Stretches(place.span for place in kept_places(text))
    signed = [
        match for form in (CLOSED, AFTER_DASH, ON_LAST_LINE, AFTER_SENTENCE) for match in form.finditer(text, start)
    ]
    signed += [match for form in (WITH_PLACE, SAID_BY) for match in form.finditer(text)]
    signed = [match for match in signed if _are_initials(match["name"]) and _signs(match)]
    for match in (*signed, *_speakers(text)):
        span = Span(*match.span("name"))
        if not kept.touch(span):
            yield Finding(span, "PERSON", IdentifierKind.DIRECT, 0.95, SIGNATURE)


def _speakers(text: str) -> list[re.Match[str]]:
    """Initials before what is said, of those whom the text names."""
    spoken = [match for match in SPEAKER.finditer(text) if match["name"].casefold() not in context("no_speakers")]
    named = {match[1] + match[2] for form in NAMED_IN_FULL for match in form.finditer(text)} if spoken else set()
    return [match for match in spoken if match["name"][0] + match["name"][-1] in named]


def _are_initials(written: str) -> bool:
    letters = re.sub(r"[\W_]", "", written).casefold()
    longer = len(letters) >= LONGEST_WORDLESS
    if "." in written.rstrip("."):
        return OTHER_DOTTED.match(written) is None and not (longer and letters in context("no_initials"))
    known = letters in context("no_initials") or letters in context("short_words")
    return not (known or (longer and letters in ordinary_words()))


def _signs(match: re.Match[str]) -> bool:
    """Whether what stands before initials, or after them, is what stands there where somebody signs."""
    text = match.string
    if match.re is WITH_PLACE:
        place = lower_case(match["place"])
        return any(each in places() or is_wide(each) for each in (place, place.split()[0]))
    if match.re is AFTER_DASH and match["before"]:
        if match["before"] in '.!?…"”)' or "\n" in match["gap"]:
            return True
        last = words_of(text[max(0, match.start() - LONGEST) : match.start("gap")])[-1:]
        said = {last[0].plain, last[0].plain.removesuffix("s")} if last else {""}
        lettered = said & (context("lettered_things") | context("before_letters"))
        return not (lettered or not last or last[0].shape == "digit" or match["name"].islower())
    if match.re is ON_LAST_LINE:  # and not the last of a list: "PIP", "ESA", "B"
        line = text[: match.start()].rstrip().rpartition("\n")[2]
        return LETTERS_ALONE.fullmatch(line.strip()) is None
    return True
