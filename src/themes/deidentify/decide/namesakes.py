"""Who shares a name with somebody famous or with a firm: "Ray Thatcher", "Mr Reed", "my social worker is Tom Jones"."""

import re
from collections.abc import Sequence
from functools import cache

from themes.deidentify.decide.word_runs import is_initial, side_by_side
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.wording.lexicon import all_names, context, more_surnames, surnames
from themes.deidentify.wording.roles import MET

FAMOUS = frozenset({"people", "culture"})
"""Groups of keep.toml that are names of people above all."""
FIRMS = frozenset({"providers", "employers"})
NAMESAKES = FAMOUS | FIRMS | {"charities"}
"""Groups names of which are people's as well; "my nurse Macmillan" is a charity's nurse."""
MET_AFTER = re.compile(
    r" (?:is|was) (?:my|our|his|her|their) (?P<who>[\w\-]+(?: [\w\-]+)?)"
    r"|(?:,| \() ?(?:my|our|his|her|their) (?P<apposed>[\w\-]+(?: [\w\-]+)?)(?=[,.;:!?)\n]|$)"
)
"""Who somebody is, told after the name: "is my social worker", ", my neighbour,"."""
CALLED_WHAT = re.compile(r" (?:an?|the|every|all) ")
"""After whom somebody calls something: "my dad called Tom Jones a genius"."""
CALLED_BY_NAME = MET - {"employer"}
LEADS = context("links") - {"at", "time"}
"""Between a role and the name, not "my adviser at Reed"."""
LONGEST_NAME = 8
"""Words of a name that is kept, and of what leads to it, that are looked at."""


def with_namesakes(seen: Look, held: Sequence[bool], likely: Sequence[bool]) -> list[bool]:
    """The held words of names, and right beside them those that only a famous name keeps: "Ray Thatcher", "Phil
    Goodall" where everybody knows a Dr Phil; a firm's after a title or a name alone: "Mr Reed", "Sarah Reed".

    Args:
        likely: Whether a word would be held if no list kept it.
    """
    more = list(held)
    for i, word in enumerate(seen.words):
        group = seen.kept[i].removesuffix("+s")
        if not (likely[i] and word.capital and group in NAMESAKES):
            continue
        before = i > 0 and held[i - 1] and side_by_side(seen.text, seen.words, i - 1)
        if group in FAMOUS:
            after = i + 1 < len(held) and held[i + 1] and side_by_side(seen.text, seen.words, i)
            more[i] = more[i] or before or after
        if group != "people" and all(part in _names() for part in word.plain.split("-")):
            initial = i > 0 and is_initial(seen.words[i - 1])
            same_line = i > 0 and (initial or seen.text[seen.words[i - 1].end] == " ")
            met = group in FIRMS and said_of_somebody_met(seen, i)
            more[i] = more[i] or (before and same_line) or _is_titled(seen, i) or met
    return more


@cache
def _names() -> frozenset[str]:
    return surnames() | more_surnames() | all_names()


def _is_titled(seen: Look, i: int) -> bool:
    """Whether "Mr" and its like stand before a word, or before the initials before it; not as part of what is kept."""
    group = seen.kept[i]
    while i > 1 and is_initial(seen.words[i - 1]):
        i -= 1
    if i == 0 or seen.text[seen.words[i - 1].end : seen.words[i].start] not in {" ", ". "}:
        return False
    return seen.kept[i - 1] != group and seen.words[i - 1].plain in context("titles_only")


def said_of_somebody_met(seen: Look, i: int) -> bool:
    """Whether a famous name is said of "my adviser", "my uncle" and their like: right after them, after "is" or
    "called", or before "is my neighbour"."""
    first, last = i, i
    while first and i - first < LONGEST_NAME and seen.kept[first - 1] == seen.kept[i]:
        first -= 1
    while last + 1 < len(seen.words) and last - i < LONGEST_NAME and seen.kept[last + 1] == seen.kept[i]:
        last += 1
    role = first - 1
    while role > max(0, first - LONGEST_NAME) and seen.words[role].plain in LEADS and not seen.words[role].opens:
        role -= 1
    if role >= 0 and seen.words[role].plain in CALLED_BY_NAME:
        if (
            seen.words[first - 1].plain == "called"
            and role == first - 2
            and CALLED_WHAT.match(seen.text, seen.words[last].end)
        ):
            return False
        return not re.search(r"[.!?\n]", seen.text[seen.words[role].end : seen.words[first].start])
    return told_who(seen, last)


def told_who(seen: Look, i: int) -> bool:
    """Whether right after a word stands who is called by it: "Mercedes was my adviser", "Brooklyn (my stepson)"."""
    told = MET_AFTER.match(seen.text, seen.words[i].end)
    if told is None:
        return False
    roles = told["who"].split() if told["who"] else told["apposed"].split()[-1:]
    return any(
        word.casefold() in CALLED_BY_NAME or word.casefold().removesuffix("s") in CALLED_BY_NAME for word in roles
    )
