"""The words that announce a person, and what a surrogate calls the person they announce.

A role is told only where the words right beside a name are sure of it, in the same sentence: "my adviser Karen", "an
adviser called Karen", "Karen, my adviser". Everybody else is a person.
"""

import re
from collections.abc import Sequence

from themes.deidentify.wording.lexicon import context, roles
from themes.records.span import Span

ROLE_OF = {word: role for role, words in roles().items() for word in words.split()}
KIN = frozenset(word for word, role in ROLE_OF.items() if role in {"relative", "friend"}) | context("kin_besides")
ROLES = (frozenset(ROLE_OF) - KIN) | context("roles_besides")
TITLES = context("titles")
TITLE_ROLES = {
    "dr": "doctor", "doctor": "doctor", "nurse": "nurse", "cllr": "councillor", "councillor": "councillor",
    "auntie": "relative", "aunt": "relative", "uncle": "relative",
}  # fmt: skip
MET = frozenset(word for word, role in ROLE_OF.items() if role != "councillor")
"""Who is said to be met is no public figure, though called like one: "my adviser Tom Jones"."""
REACH = 60
"""Characters before a name in which what announces it stands."""

_A_ROLE = rf"(?P<role>{'|'.join(sorted(map(re.escape, ROLE_OF), key=len, reverse=True))})"
_TITLE = rf"(?:(?:{'|'.join(sorted(map(re.escape, TITLES), key=len, reverse=True))})\.? )?"
BEFORE = re.compile(
    rf"(?P<whose>(?:\w+['’]s|\w+s['’]|my|me|his|her|our|their|your|the|an?) )?(?P<kind>[\w\-]+ )??(?<![\w\-]){_A_ROLE}"
    r"(?:,? (?:who|that) (?:is|was)|['’]s name|['’]s| is| was|s name)?"
    rf"(?:,? (?:called|named|is|was|by the name of)|,| ?[\-–:(])? ?(?:an? |the )?{_TITLE}$",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"(?P<comma>,)? (?:is |was )?(?:my|the|our|an?|his|her|their|your) (?P<kind>[\w\-]+ )??{_A_ROLE}(?![\w\-]|['’]s)"
    r"(?P<ends>(?=$|[.,;:!?)\n]| [\-–(]| (?:at|in|from|of|and|or|who|that|there)\b))?",
    re.IGNORECASE,
)
TOLD_OF_ONESELF = re.compile(
    rf"(?:\bi am|\bi['’]?m|\bmy name(?: is|['’]?s)|\bsigned|\bregards|\bsincerely|\bfaithfully)[,:]?\s{{1,2}}{_TITLE}$",
    re.IGNORECASE,
)
_OFFICERS = """
support key case link employment job outreach project youth advice welfare"""
OFFICERS = frozenset(_OFFICERS.split())
"""What kind of worker is an adviser: a factory worker is none."""
POSSESSIVE = re.compile(r"my|me|his|her|our|their|your|.*['’]s?", re.IGNORECASE)


def roles_of(text: str, people: Sequence[Span]) -> list[str | None]:
    """What each person is to the one who tells, in the order of the text. A role that is told of one is not the next
    one's: in "Robert is the manager, Rob the adviser" Rob is no manager."""
    told, since = [], 0
    for span in people:
        told.append(role_beside(text, span, since=since))
        behind = _behind(text, span.end)
        since = behind.end("role") if behind else since
    return told


def role_beside(text: str, span: Span, *, since: int = 0) -> str | None:
    """What a person is to the one who tells, where the words beside the name say so for certain.

    Args:
        since: The words before this offset tell of somebody else.

    >>> role_beside("my adviser Karen rang", Span(11, 16)), role_beside("my wife. Karen rang", Span(9, 14))
    ('adviser', None)
    """
    before = text[max(since, span.start - REACH) : span.start]
    if TOLD_OF_ONESELF.search(before):
        return None
    titled = re.search(r"(?<![\w\-])(\w+)\.? $", before)
    if titled and titled[1].casefold() in TITLE_ROLES:
        return TITLE_ROLES[titled[1].casefold()]
    told = BEFORE.search(before)
    if told:
        return _sure(told["role"], told["kind"], told["whose"])
    told = _behind(text, span.end)
    return _sure(told["role"], told["kind"], "my ") if told else None


def _behind(text: str, end: int) -> re.Match[str] | None:
    """The role that is told right behind a name, where it is surely that person's: "is my adviser", ", my coach,"."""
    told = AFTER.match(text, end)
    return told if told and (told["ends"] is not None or not told["comma"]) else None


def tells_of_oneself(text: str, span: Span) -> bool:
    """Whether a name is that of the writer: "I am Karen", "Regards, Karen"."""
    return TOLD_OF_ONESELF.search(text, max(0, span.start - REACH), span.start) is not None


def _sure(word: str, kind: str | None, whose: str | None) -> str | None:
    """The role that a word tells; none where it may be a part of a name, a title, or anybody: "Sister Agnes", "a lad",
    "a factory worker"."""
    plain = word.casefold()
    role = ROLE_OF[plain]
    if plain in {"worker", "consultant"} and (kind or "").strip().casefold() not in OFFICERS:
        return None
    owned = whose is not None and POSSESSIVE.fullmatch(whose.strip()) is not None
    if plain in {"lad", "lass"} and not owned:
        return None
    return role if owned or role not in {"relative", "friend"} or word[0].islower() else None
