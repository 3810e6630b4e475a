"""Events that everybody around remembers: "the Mossford mill fire", "the day the crane came down"."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, ordinary_words
from themes.deidentify.wording.words import unwrapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

CAPITAL = r"(?<!\w)[A-Z][\w'’\-]{1,30}"
NAME = rf"{CAPITAL}(?: (?:of |on |in |upon )?{CAPITAL}){{0,3}}"
PLACE = rf"(?:the )?(?:{NAME}|number \d+)(?: [a-z]+(?= ?[,.;:!?\n]|$)){{0,2}}"
HAPPENED = any_of("events")
NAMED = hinted(
    rf"(?P<detail>(?:the )?(?P<name>{NAME})"
    rf"(?: (?!the|a|my|in|at|on|and|was)[a-z]+){{0,2}} {HAPPENED})(?!\w)(?: at {PLACE})?"
)
AT = hinted(rf"\b(?P<detail>(?:the |a )?(?:[a-z]+ ){{0,1}}{HAPPENED} (?:at|in|on|aboard|off) (?P<name>{PLACE}))")
THE_DAY = hinted(
    rf"\b(?P<detail>the (?:day|night|morning|weekend|evening) (?:that )?the (?:[\w'’\-]{{1,30}} ){{1,3}}"
    rf"{any_of('mishaps')}(?: (?:at|in|on|off|into|over) [^,.;:!?\n]{{3,40}})?)",
    re.IGNORECASE,
)
WENT = hinted(rf"\b(?P<detail>the (?:{NAME}|[a-z]+) {any_of('mishaps')} (?:at|in|on|off) {NAME})")
FRONT_PAGE = hinted(
    rf"\b(?P<detail>(?:on )?(?:the )?(?:front page|centre pages|page (?:\d+|one|two|three)) of (?:the )?(?-i:{NAME}))",
    re.IGNORECASE,
)
PLACE_THERE = (
    r"(?:our|the|my|their) (?:[a-z]+ ){0,2}?(?:row|street|road|block|flats?|village|school|works|factory"
    r"|mill|pit|mine|yard|harbour|club|church|chapel|mosque|pub|shop|tower|depot|plant|site|warehouse"
    r"|station|hotel|market|farm|docks?|pier|beach|quarry|lighthouse)"
)
SELDOM = (
    r"(?:explosion|blast|siege|derailment|sinking|landslide|massacre|shooting|stabbing|robbery|hijack"
    r"(?:ing)?|shipwreck|pile-up|bombing"
    r"|arson|mutiny|avalanche|helicopter crash|plane crash|train crash|ferry accident)"
)
"""What happens so seldom that even without a name it is remembered."""
SELDOM_AT = hinted(
    rf"\b(?P<detail>the (?:[a-z]+ )?{SELDOM}(?: (?:at|in|on|off|near) {PLACE_THERE})?)(?!\w)", re.IGNORECASE
)
FIRE_AT = hinted(
    rf"\b(?P<detail>the (?:[a-z]+ )?(?:fire|blaze|flood|murders?|collapse) (?:at|in) {PLACE_THERE})(?!\w)",
    re.IGNORECASE,
)
NIGHT_OF = hinted(
    r"\b(?P<detail>(?:on )?the (?:day|night|morning|weekend|evening|week|year) of the (?:(?:big|great|bad"
    rf"|[A-Z][\w'’]+) ){{0,2}}(?:[a-z]+ )?"
    rf"(?:{SELDOM}|fire|blaze|floods?|storm|blackout|riots?|murders?|blizzard|power cut|earthquake|tornado"
    r"|collapse)(?: (?:at|in|on) (?:the )?[\w'’]+)?)(?!\w)"
)
DAY_AT = hinted(
    r"\b(?P<detail>the (?:day|night|morning|week|year|summer|winter) (?:that |when )?the (?!letter|money"
    r"|payment|decision|phone|call|email|brown|job)"
    rf"(?:[\w'’\-]{{1,30}} ){{1,4}}?(?:at|in|on|off|into|over|under|through) (?:the )?{NAME})(?!\w)"
)
LOCAL_PAPER = hinted(
    rf"(?P<detail>\b(?:in|on) the (?P<name>{NAME}) (?:Echo|Argus|Gazette|Chronicle|Advertiser|Courier"
    r"|Mercury|Examiner|Journal|Herald|Weekly"
    r"|Free Press|Evening (?:News|Post|Telegraph|Times)|Citizen|Leader|Reporter|Observer)(?:,? "
    r"(?:front page|double page|page (?:\d+|one|two|three)|centre pages))?)(?!\w)"
)
HE_WHO = hinted(
    r"\b(?:I['’]?m|I am|I was|(?:[Mm]y|[Mm]e) [a-z]+(?: [A-Z]\w+)? (?:is|was|were)|(?:took part|was|were"
    r"|sang|played) in|(?:he|she) (?:is|was)|['’]s|that was|remember(?: me)?,?|known as)"
    r" (?P<detail>the (?!one\b|only\b|person\b|adviser\b)(?:[\w'’\-]+ ){1,4}?(?:who|that) (?:[a-z]+ed"
    r"|went|got|fell|won|found|broke|drove|swam|rode|sang"
    r"|ran|led|built|saw|caught|shot|fought|stood|blew|hid|stole|flew) (?!me\b)[^.,;:!?\n()]{3,60}?(?=\s*"
    r"(?:[.,;:!?\n()]|$|and\b)))"
)
OFFICE_WHO = hinted(
    rf"(?:^|[.!?\n]\s{{1,2}})(?P<detail>The (?:[\w'’\-]+ ){{0,2}}?(?:{any_of('offices_held')}"
    rf"|{any_of('trades')}) who [a-z]+ (?!me\b)[^.,;:!?\n()]{{3,60}})(?=[.!\n]|$)"
)
TOLD = re.compile(
    rf"\b(?:{HAPPENED}|{SELDOM}|{any_of('mishaps')}|pages?|(?:day|night|morning|weekend|week|year|summer"
    r"|winter) (?:of|that|when|the)|[io]n the|who|that)\b",
    re.IGNORECASE,
)
WIDELY_KNOWN = re.compile(rf"\b{any_of('widely_known_events')}\b", re.IGNORECASE)


def find_events(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Events of each document that few lived through."""
    return [list(events_in(document.text)) for document in documents]


def events_in(text: str) -> Iterator[Finding]:
    """The events of one text.

    >>> [f.span.of("After the Mossford mill fire I left") for f in events_in("After the Mossford mill fire I left")]
    ['the Mossford mill fire']
    >>> list(events_in("There was a fire. After Grenfell we all worried"))
    []
    """
    text = unwrapped(text)
    if not TOLD.search(text):
        return
    for form in (
        NAMED,
        AT,
        THE_DAY,
        WENT,
        FRONT_PAGE,
        SELDOM_AT,
        FIRE_AT,
        NIGHT_OF,
        DAY_AT,
        LOCAL_PAPER,
        HE_WHO,
        OFFICE_WHO,
    ):
        for match in form.finditer(text):
            if WIDELY_KNOWN.search(match.group()) or ("name" in match.groupdict() and not _names(match)):
                continue
            yield Finding(Span(*match.span("detail")), "EVENT", IdentifierKind.QUASI, 0.8, "events")


def _names(match: re.Match[str]) -> bool:
    """Whether the name of an event is one, not an everyday word with a capital: "House fire", "Car crash"."""
    first = match["name"].removeprefix("the ").split()[0].casefold()
    return first == "number" or not (
        first in context("never") or (first in ordinary_words() and " " not in match["name"])
    )
