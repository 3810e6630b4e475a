"""What a surrogate looks like, and how what it says fits the sentence it stands in."""

import re
from functools import cache

from themes.deidentify.replace.policy import release_keeps, rules
from themes.deidentify.wording.lexicon import kept_names
from themes.deidentify.wording.regions import place_kinds
from themes.deidentify.wording.roles import ROLE_OF
from themes.deidentify.wording.traits import KINDS
from themes.deidentify.wording.vaguer import MONTHS
from themes.records.span import Span

PROVIDERS = frozenset({"providers", "charities", "state"})
"""The groups of keep.toml whose names an office keeps: "[Ingeus office K7QX2M]"."""
KINDS_OF_OFFICES = {"providers": "provider", "charities": "charity"}
"""What stands for the name where a profile masks organisations: "[provider office K7QX2M]"."""
LANGUAGE = "language"
OFFICES = ("jobcentre", "foodbank", "Citizens Advice", "assessment centre", "prison", "branch")
HEALTH = ("hospice", "ward", "surgery", "hospital")
TAG = r"[A-HJ-NP-Z][2-9][A-HJ-NP-Z2-9]{3,12}"
AGED = r"(?:age \d\d?–\d\d?|age 90 or over|\d\d?–\d\d?-year-old|ninety-or-older)(?:, (?:fe)?male)?"
TIMES = (
    rf"date: (?:(?:{'|'.join(MONTHS)}) )?(?:19|20)\d\d|date: (?:{'|'.join(MONTHS)})|date: (?:19|20)\d0s"
    r"|date: day and month|some (?:years|months)"
)
BEFORE_VOWEL, BEFORE_CONSONANT = "unnamed", "certain"
"""What is put in where the article before a detail would not suit its surrogate: "an [unnamed hospital K7QX2M]"."""

SENTENCE_START = re.compile(
    r"(?:^|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\b(?:Rev|Sgt))(?<!\b(?:Prof|Cllr))[.!?…][\"'”’)\]]*\s+"
    r"|\n\s*\n\s*)[\"'“‘(]*$"
)
"""Not after "Dr." or an initial."""
ARTICLE = re.compile(r"(?<![\w'’.\-])(an?) $", re.IGNORECASE)


@cache
def surrogate_pattern() -> re.Pattern[str]:
    """Every surrogate that this package writes, and nothing else in brackets: a name in front of a tag is none."""
    tagged = {rule.says for rule in rules().values() if rule.tagged} | {*OFFICES, *HEALTH, *place_kinds()}
    tagged |= {f"{provider} office" for provider in (*providers(), *KINDS_OF_OFFICES.values())}
    tagged |= {"person", "family", *ROLE_OF.values()}
    plain = {rule.says for rule in rules().values() if not rule.tagged} | {"detail", LANGUAGE}
    kind = rf"(?:{_any(set(KINDS.values()))})"
    traits = rf"{kind}(?:, {kind})*(?: and {kind})?"
    says = rf"(?:{_any(tagged)}) (?-i:{TAG})|{_any(plain)}|{traits}|{AGED}|{TIMES}"
    # In any case, for a sentence may begin with it; but for the tag.
    return re.compile(rf"\[(?:(?:{BEFORE_VOWEL}|{BEFORE_CONSONANT}) )?(?:{says})\](?:'s)?", re.IGNORECASE)


def surrogate_places(text: str) -> list[Span]:
    """Where a text already holds surrogates. They are left alone when a text is read again."""
    return [Span(*match.span()) for match in surrogate_pattern().finditer(text)] if "[" in text else []


@cache
def providers() -> frozenset[str]:
    return frozenset(kept.name for kept in kept_names() if kept.group in PROVIDERS)


@cache
def _as_listed() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(providers())}


def called_office(name: str, group: str, profile: str) -> str:
    """What the office of an organisation is called: by its name as it is listed, or by what it is where the profile
    masks such names.

    >>> called_office("maximus", "providers", "coding"), called_office("maximus", "providers", "release")
    ('Maximus office', 'provider office')
    """
    if profile == "release" and not release_keeps(group):
        return f"{KINDS_OF_OFFICES[group]} office"
    plain = name.replace("’", "'")
    return f"{_as_listed().get(plain.casefold(), plain)} office"


def fitted(says: str, text: str, span: Span) -> str:
    """What a surrogate says, as it suits its place: after "a" or "an", at the start of a sentence.

    >>> fitted("hospital", "in an infirmary", Span(6, 15)), fitted("person", "Karen rang.", Span(0, 5))
    ('unnamed hospital', 'Person')
    """
    article = ARTICLE.search(text, max(0, span.start - 4), span.start)
    if article and (article[1].casefold() == "an") != sounds_like_a_vowel(says):
        return f"{BEFORE_CONSONANT if sounds_like_a_vowel(says) else BEFORE_VOWEL} {says}"
    if text[span.start].isupper() and SENTENCE_START.search(text[max(0, span.start - 12) : span.start]):
        return says[:1].upper() + says[1:]
    return says


def sounds_like_a_vowel(words: str) -> bool:
    """Whether "an" goes before it.

    >>> [w for w in ("adviser", "NHS number", "user name", "DWP office", "office") if sounds_like_a_vowel(w)]
    ['adviser', 'NHS number', 'office']
    """
    first = words.split(maxsplit=1)[0]
    if first.isupper() and len(first) > 1:
        return first[0] in "AEFHILMNORSX"
    return first[0].casefold() in "aeiou" and not re.match(r"u(?:s|ni)|eu|one\b", first, re.IGNORECASE)


def _any(says: set[str]) -> str:
    return "|".join(map(re.escape, sorted(says)))
