"""What wording does to a text: its words, words that are reproduced, and texts that say nothing.

Words are compared without capitals, apostrophes and hyphens: "Don't" and "dont" are one word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from themes.records.segment import Segment
from themes.records.span import Span

_WORD = re.compile(r"[^\W_]+(?:[&'’ʼ][^\W_]+)*")
_MARKS = frozenset(".,;:!?…\n–—()")
_REMEMBERED = 8_192
"""Texts: more than are judged at once."""
_SHORT = 2_000
"""Characters of those, so that they take some hundred MB at most; a long text is asked about seldom."""
_APOSTROPHE = str.maketrans("", "", "'’ʼ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands. `opens`: a clause begins with it."""

    text: str
    span: Span
    opens: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text.

    >>> [word.text for word in words_of("They didn’t tick-box A&E.")]
    ['they', 'didnt', 'tick', 'box', 'a&e']
    """
    return list(_words_of(text) if len(text) <= _SHORT else _words_of.__wrapped__(text))


@lru_cache(maxsize=_REMEMBERED)  # every view and dimension asks for the same ones
def _words_of(text: str) -> tuple[Word, ...]:
    words = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        opens = between != " " and not _MARKS.isdisjoint(between)
        words.append(Word(match[0].casefold().translate(_APOSTROPHE), Span(*match.span()), opens))
        end = match.end()
    return tuple(words)


_QUOTED = re.compile(r"“[^”]{3,}”|(?<!\w)\"[^\"]{3,}\"(?!\w)|(?<!\w)‘[^’]{3,}’(?!\w)")
_FEWEST_QUOTED_WORDS = 2
"""A single one is a name for something ("shirkers"), not words reproduced."""
# Nobody whom the writer met says these, whoever else is named.
_ELSEWHERE = re.compile(
    r"\b(?:headlines?|front page|press release|verbatim|past(?:ed|ing)|cop(?:ied|ying) (?:this|that|it|from)|paragraph"
    r"|chapter|abstract|annex|quoting|according to|previous (?:comment|poster)|further up|(?:thread|post|comment) above"
    r"|(?:said|wrote|says|posted) above|you (?:said|say|wrote|write)"
    r"|(?:in|on|off|from) (?:an?|the|that|this|my|some) (?:\w+ ){0,2}(?:film|movie|book|novel|play|song|sitcom|soap"
    r"|video|drama|series|programme|panto(?:mime)?|episode|podcast))\b",
    re.IGNORECASE,
)
_SOURCE = (
    r"(?:ministers?|secretary of state|prime minister|chancellor|government|politicians?|mps?|duncan smith|ids"
    r"|spokes(?:man|woman|person)|think[- ]tanks?|articles?|reports?|newspapers?"
    r"|(?:the|a|this|todays?|sunday|white|green) papers?|news|speech|website|leaflet|booklet|brochure|flyer|poster"
    r"|advert|manifesto|guidance|policy|committee|inquiry|evaluation|survey|study|research|ombudsman|auditors?|the act"
    r"|bbc|quote[ds]?)"
)
_SOMEBODY_ELSE = re.compile(rf"\b{_SOURCE}\b", re.IGNORECASE)
_FIRST = r"(?:i|me|my|mine|we|us|our|i['’](?:m|ve|d|ll))"
_STAFF = (
    r"(?:advis[eo]r|coach|assessor|manager|boss|gaffer|nurse|doctor|gp|judge|panel|woman|man|lady|bloke|lad|lass|staff"
    r"|receptionist|provider|jobcentre|line|helpline|interviewer)"
)
_SAYS = r"(?:said|says|told|tells|asked|asks|goes|went|put it|let slip|replied)"
_IN_FRONT = re.compile(
    rf"\b(?:(?:told|asked|called|warned|promised|shouted at|(?:said|says|shouted) to) (?:{_FIRST}|him|her)"
    rf"|(?:he|she|they|{_STAFF})(?: there)? {_SAYS}|{_SAYS} (?:my|our|the|an?) (?:\w+ ){{0,2}}{_STAFF})\b",
    re.IGNORECASE,
)
_SOMEBODY_MET = re.compile(rf"\b(?:{_FIRST}|he|him|his|she|her)\b", re.IGNORECASE)
_PUBLIC_TALK = re.compile(
    rf"\b{_SOURCE}\b(?:(?!\b(?:they|he|she|i|we)\b)[^.!?\n\"“”]){{0,40}}?\b(?:says?|said|claims?|claimed|reckons?"
    r"|announce[sd]?|argue[sd]?|insist(?:s|ed)?|promise[sd]?|suggests?|told (?:parliament|the commons|the house|mps"
    r"|reporters))\b(?P<said>(?:[^\w.!?\n\"“”]+\w[\w'’-]*){3,})",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(r"^[^\S\n]*>[^\n]*", re.MULTILINE)


def reproduced(segment: Segment) -> list[Span]:
    """Stretches of the segment's text that repeat an article, a speech, a film or another comment.

    What reading marked as quotation, and quoted lines ("> …"). Quotation marks beside such a source, unless somebody
    whom the writer met says it. What such a source says of people at large ("The minister says claimants must …").
    What staff said to the writer is the writer's experience, and not among them.
    """
    return list(_reproduced(segment.text, segment.quoted))


@lru_cache(maxsize=_REMEMBERED)  # every view asks
def _reproduced(text: str, quoted: tuple[Span, ...]) -> tuple[Span, ...]:
    spans = [*quoted, *(Span(*match.span()) for match in _QUOTED_LINE.finditer(text))]
    quotes = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    if quotes:
        frame = without(text, quotes)
        if _ELSEWHERE.search(frame):
            spans += quotes
        elif _SOMEBODY_ELSE.search(frame) and not _IN_FRONT.search(frame):
            spans += [span for span in quotes if len(words_of(span.of(text))) >= _FEWEST_QUOTED_WORDS]
    for match in _PUBLIC_TALK.finditer(text):
        if not _SOMEBODY_MET.search(match["said"]):
            spans.append(Span(*match.span("said")))
    return tuple(spans)


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with the spans blanked out; offsets stay as they were."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def own_words(segment: Segment) -> str:
    """The segment's text with everything reproduced blanked out."""
    return without(segment.text, _reproduced(segment.text, segment.quoted))


_YES_OR_NO = re.compile(r"no|nope|yes|yep|yeah")
_NOTHING = re.compile(
    r"(?:n ?a|na|none|nil|nope|no|yes|yep|yeah|nothing|null|nan|same|same again|ditto|as above|see above|as before"
    r"|same as (?:above|before|last)|no comments?|no further comments?|nothing (?:else|more|further|to add|to say)"
    r"|not applicable|not sure|dont know|do not know|no idea|dk|prefer not to say|x+|test|lol|ok|okay|thanks"
    r"|thank you)"
)
_FURNITURE = re.compile(
    r"\b(?:leave a (?:reply|comment)|(?:we|this site) uses? cookies|cookies? (?:policy|settings|notice)"
    r"|accept (?:all )?cookies"
    r"|your e ?mail address will not|required fields are marked|donate (?:now|today|here)|subscribe (?:now|to our)"
    r"|sign up (?:to|for) our newsletter|share this|posted in|filed under|click here|all rights reserved|read more"
    r"|previous post|next post|skip to content|privacy policy|notify me of)\b"
)


_SPEAKS_OF_ONESELF = re.compile(r"\b(?:i|im|ive|id|ill|me|my|mine|myself|our|ours)\b")
"""By these words, no page speaks of itself: "the form said click here and my claim was closed" is an account."""


def says_nothing(text: str, question: str | None = None) -> bool:
    """Whether a text gives no account of anything: empty, "n/a", "see above", a link, furniture of a web page.

    "Yes" and "no" give one if there was a question; "none" may mean that no answer was given.

    >>> [says_nothing(text) for text in ("N/A", "none.", "See above", "None of them listened.")]
    [True, True, True, False]
    >>> says_nothing("No."), says_nothing("No.", "Were you heard?"), says_nothing("N/A", "Were you heard?")
    (True, False, True)
    >>> says_nothing("Accept all cookies to read more"), says_nothing("I cannot read more than a page at a time")
    (True, False)
    """
    bare = re.sub(r"https?://\S+|www\.\S+|\[[^\]]*\]", " ", text)
    plain = " ".join(word.text for word in words_of(bare))
    if question and _YES_OR_NO.fullmatch(plain):
        return False
    is_furniture = _FURNITURE.search(plain) is not None and _SPEAKS_OF_ONESELF.search(plain) is None
    return not plain or bool(_NOTHING.fullmatch(plain)) or is_furniture
