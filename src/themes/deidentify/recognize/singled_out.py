"""People singled out: by being the only one, "the only blind woman in the office"; by a role that one person has, "the
falconer at Hexley Castle"; by a trade that few have, "a thatcher"."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, context, ordinary_words, origins, phrases
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.traits import traits_in
from themes.deidentify.wording.words import kept_places, unwrapped, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

CAPITAL = r"(?<!\w)[A-Z][\w'’\-]{1,30}"
NAME = rf"(?-i:(?:St\.? )?{CAPITAL}(?: (?:of (?:the )?|on |in |upon )?{CAPITAL}){{0,3}})"
PIECE = r"(?<!\w)[\w'’\-]{1,30}(?!\w)"
SMALL = r"(?<!\w)[a-z][\w'’\-]{0,30} "
CLAUSE = r"[^.,;:!?\n()]{3,70}?(?=\s*(?:[.,;:!?\n()]|$))"
"""The rest of what is said, up to the next mark."""
LAST_NOUN = r"(?: [a-z]+(?= ?[,.;:!?\n]|$))?"
# Not "the only thing", "the first time": these single nobody out.
NOBODY = any_of("no_one_person")
THING = (
    r"(?:stop|step|mile|minute|hour|day|week|month|year|bus|train|room|chair|toilet|phone|computer|page|form|letter|call"
    r"|way|chance|choice|option|rule|reason|answer|question|word)"
)
"""After "only one", what is no person: "only one stop from my house"."""
AGENT = rf"(?<!\w)[a-z]{{2,20}}{any_of('trade_endings')}"
WHO = rf"(?:(?!{NOBODY}\b){PIECE} ){{0,5}}?(?:{any_of('persons')}|{any_of('trades')}|(?P<agent>{AGENT}))"
GOES_ON = (
    r"(?:and|but|so|or|i|you|he|she|it|we|they|who|that|which|was|were|is|are|had|has|did|said|told|then|when|because|till"
    r"|until|if|not|please|everyone|everybody)"
)
"""Words with which another clause begins: "First woman I spoke to was rude", "the only one on the course and they"."""
WHERE = (
    rf"(?:in|at|on|from|round|around|within|of|for|to|with|left|ever)\b"
    rf"(?: (?:the|my|our|a|this|that|whole|entire|all|of))*(?: (?!{GOES_ON}\b){PIECE}){{1,3}}"
)
ONLY = hinted(
    r"\b(?P<detail>(?:(?:the |an? )?(?:only|last|first|sole)|the (?:oldest|youngest|tallest|shortest"
    r"|longest[ \-]serving))"
    rf" (?!{NOBODY}\b|one {THING}\b|(?:man|woman|person|one) for (?:the|this|that) job\b)"
    rf"{WHO}(?: (?!{GOES_ON}\b)[a-z]+){{0,2}}? {WHERE})",
    re.IGNORECASE,
)
ONLY_TO = hinted(
    rf"\b(?P<detail>the (?:only|first|last) (?!{NOBODY}\b)(?:{PIECE} ){{1,4}}?{any_of('persons')}"
    rf"(?P<agent>)? (?:ever )?to {CLAUSE})",
    re.IGNORECASE,
)
KNOWN_AS = hinted(
    r"\b(?:(?:I['’]?m|I am|I was|he['’]?s|he is|he was|she['’]?s|she is|she was|we['’]re|we were|who"
    r"(?:['’]s| is| was))"
    rf"(?: best| better| still| only| locally)? known(?: locally| round here| to everyone)? (?:as|for)"
    r"|(?:every ?(?:one|body)|they all|people|folk)(?: round here| here| still)? (?:knows?|calls?|called"
    r"|knew) (?:me|him|her|us)(?: as)?)"
    rf" (?P<detail>(?:the|being the) {CLAUSE})",
    re.IGNORECASE,
)
KIN_OF = hinted(
    rf"\b(?P<detail>the (?:{any_of('offices_held')}|{any_of('trades')})['’]s (?:ex[ \-]?|late )?"
    r"(?:wife|husband|widow|widower|son|daughter|partner|mother|father|brother|sister|girlfriend|boyfriend)"
    rf"(?: (?:at|of|in|on|from) (?:the )?{NAME})?)",
    re.IGNORECASE,
)
ORIGIN = rf"(?-i:{origins()})"
FROM_THERE = hinted(
    rf"\b(?P<detail>the {ORIGIN} (?:{any_of('persons')}|{AGENT}) (?:at|in|on|with|from|over|by|above) "
    r"(?:the|our|my) [a-z]+"
    rf"(?: [a-z]+(?= ?[,.;:!?\n]|$))?)",
    re.IGNORECASE,
)
AT_ONCE = hinted(
    r"\b(?P<detail>(?:(?:mum|mam|mother|dad|father|parents?|gran|nan) (?:of|to) (?:\w+ ){0,2}?|an? "
    r"|one of (?:the )?|my |our )"
    r"(?:identical |conjoined |\d+ sets? of )?(?:triplets?|quadruplets?|quads|quintuplets?|quins|quints"
    r"|sextuplets?|conjoined twins?))\b"
    r"(?! (?:bike|biking))",
    re.IGNORECASE,
)
BORN_AT_ONCE = r"(?:triplets|quadruplets|quads|quintuplets|quins|quints|sextuplets)"
BEFORE_THEM = ("had", "have", "has", "having", "expecting", "with", "raising", "the", "are", "were", "us")
HAD_AT_ONCE = hinted(
    rf"(?:{'|'.join(rf'(?<=\b{word} )' for word in BEFORE_THEM)})(?P<detail>{BORN_AT_ONCE})\b(?! (?:bike|biking|hurt))",
    re.IGNORECASE,
)
"""Brothers and sisters born at once, wherever they are spoken of: "we had triplets"."""
ONE_OF_A_KIND = hinted(
    r"\b(?P<detail>one of (?:only |just |the )?(?:last |only |few |first )*(?:two|three|four|five|six"
    r"|seven|eight|nine|ten|a handful|\d{1,2})"
    r"(?: of)?(?: (?!of|in|at|on|and|or|that|which|was|is|to)[\w'’\-]+){0,3}?"
    r" (?:women|men|families|children|people|patients|surgeons|daughters|sons|left|from|survivors"
    r"|siblings|workers|members|[a-z]{3,}(?:ers|ors|ists|men|women))"
    rf"(?: left)?(?: (?:in|on|at|from|left in|of)(?: the| our| all)*(?: {PIECE}){{1,3}}))(?=\s*"
    r"(?:[.,;:!?\n()]|$|and\b|who\b|with\b|so\b|but\b))",
    re.IGNORECASE,
)
ONE_OF_FEW = hinted(
    r"\b(?P<detail>(?:one of|there are|there were|there is|only) (?:only |just |about |the (?:last |only )?)?"
    r"(?:a handful|two|three|four|five|six|seven|eight|nine|ten|eleven|a dozen|\d{1,2})(?: left)?(?: of)? "
    r"(?:(?:women|men|families|children|patients|cases)"
    rf"(?: (?:in|with|on|left|from) (?:the )?(?:{NAME}|{PIECE}))?"
    rf"|(?:people|persons|of us|us|them) (?:in|on|left in|from) (?:the )?{NAME}))",
    re.IGNORECASE,
)
WITH_THE = hinted(
    rf"\b(?P<detail>the (?:{SMALL})?{any_of('offices_held')} with (?:the|one) [a-z]+(?: [a-z]+)?)(?=\s*"
    r"(?:[.,;:!?\n()]|$))",
    re.IGNORECASE,
)
LAST_OF = hinted(
    rf"\b(?P<detail>one of the (?:last|only) (?:two|three|four|five|six|seven|eight|nine|ten|\d{{1,2}}) "
    rf"(?:left|from|of|still)(?: {PIECE}){{1,3}}?)"
    r"(?=\s*(?:[.,;:!?\n()]|$|and\b))",
    re.IGNORECASE,
)
HEAD_OF_TRADE = hinted(
    rf"\b(?P<detail>(?:(?:the|a|an) )?(?:chief|principal|master|head|lead) (?P<role>{AGENT}) (?:for|of|at"
    rf"|on|to|aboard) (?:the )?(?:{NAME}|[a-z]+(?: [a-z]+)?))",
    re.IGNORECASE,
)
THE_ONE = hinted(
    r"\b(?:was|am|were|been|as|be|is|i'm|I'm|I’m|im|he's|she's|hes|shes)"
    rf" (?P<detail>the (?:{SMALL}){{0,2}}(?P<role>{AGENT}) (?:in|of|at|on|for|to|aboard) (?:the|all of"
    rf"|the whole of) (?:{NAME}|[a-z]+(?: [a-z]+)?))(?=\s*(?:[.,;:!?\n()]|$|you\b|and\b|for\b|till\b"
    r"|until\b|when\b|who\b|so\b))"
)
TAIL = re.compile(
    r"(?: (?:of|at|on|for|in|aboard) (?:the |our )?(?!my\b|a\b|an\b|me\b|it\b|that\b|this\b|about\b"
    r"|over\b|\d)[\w'’\-]+)?(?: (?!and\b|but\b|for\b|so\b|when\b|until\b|till\b"
    r"|since\b|who\b|then\b|before\b|after\b|in\b|by\b|or\b|once\b|now\b|there\b|ago\b|too\b|again\b"
    r"|all\b|years?\b|until\b)[a-z]{3,}){0,2}(?=\s*(?:[.,;:!?\n()]|$))"
)
"""What may still belong to a role: "diver at the Thistle" "field"."""
WITH_IT = re.compile(
    r" with (?:the|this|my|his|her|it)\b(?: (?:same |rare )?(?:condition|disease|syndrome|disorder|illness|job|name))?",
    re.IGNORECASE,
)
OFFICE_OF = hinted(
    rf"\b(?P<detail>(?:the |an? )?(?:{SMALL}){{0,2}}?{any_of('offices_held')}"
    rf"(?: of the [a-z]+)?(?: (?:of|for|at|in|on|to|aboard) (?:the )?(?!{any_of('ministries')}\b){NAME}{LAST_NOUN})+)"
)
TRADE_AT = hinted(
    r"\b(?:was|am|were|been|as|be|is|i'm|I'm|I’m|he's|she's|wis|[Tt]hen|[Ff]ormer|[Ee]x|[Rr]etired)[ \-]"
    rf"(?P<detail>(?:(?P<the>the|an?|their|our) )?(?P<role>(?:{SMALL}){{0,3}}{AGENT})"
    rf" (?:of|at|on|for|to|aboard) (?:the )?(?P<where>{NAME}){LAST_NOUN})"
)
RARE_TRADE = hinted(
    r"\b(?P<detail>(?:(?:the|an?|our|retired|assistant|chief|head|heid|former|chartered|master|bespoke) ){0,3}"
    rf"{any_of('trades')}(?: (?:of|at|on|for|to|in|aboard) (?:the )?(?:{NAME}|[a-z]+(?: {NAME})))?)(?![\w\-])",
    re.IGNORECASE,
)
TITLE_HELD = hinted(
    rf"\b(?P<detail>(?:Miss|Ms|Mr|Mrs) {NAME},? (?:19|20)\d\d)\b"
    rf"|\b(?P<other>{NAME} champion(?:, \w+, (?:19|20)\d\d)?)\b"
)


def find_singled_out(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Phrases that single a person out of everybody around."""
    return [[*singled_out_in(document.text), *traits_in(document.text)] for document in documents]


def singled_out_in(text: str) -> Iterator[Finding]:
    """The phrases of one text that single somebody out.

    >>> {f.span.of("he is the falconer at Hexley") for f in singled_out_in("he is the falconer at Hexley")}
    {'the falconer at Hexley'}
    >>> list(singled_out_in("the only thing in the post, the first time at work, a cleaner at Tesco"))
    []
    """
    if not any(word.plain in TRIGGERS or word.plain.endswith(ENDINGS) for word in words_of(text)):
        return
    kept = Stretches(place.span for place in kept_places(text) if not place.short)
    text = unwrapped(text)
    yield from _by_clause(text)
    for label, form in (("DEMOG", ONLY), ("DEMOG", ONE_OF_FEW), ("JOB", OFFICE_OF), ("JOB", RARE_TRADE)):
        for match in form.finditer(text):
            start, end = match.span("detail")
            if form is ONLY and _nobody(match):
                continue
            if form is OFFICE_OF:
                start = _after_everyday(text, start, end)
            if label == "JOB" and (tail := TAIL.match(text, end)):
                end = tail.end()
            if form is ONE_OF_FEW and (more := WITH_IT.match(text, end)):
                end = more.end()
            yield _found(label, (start, end))
    for match in TRADE_AT.finditer(text):
        roles = match["role"].casefold().split()
        common = roles[-1] in context("common_roles") or (match["the"] in {"a", "an"} and roles[-1] in ordinary_words())
        if not common and not kept.hold(match.start("where")):
            tail = TAIL.match(text, match.end("detail"))
            yield _found("JOB", (match.start("detail"), tail.end() if tail else match.end("detail")))
    for match in TITLE_HELD.finditer(text):
        yield _found("DEMOG", match.span("detail" if match["detail"] else "other"))


def _by_clause(text: str) -> Iterator[Finding]:
    """Who somebody is known as, is kin to, does or is one of, as a whole clause says it."""
    for form in (KNOWN_AS, KIN_OF, FROM_THERE, AT_ONCE, HAD_AT_ONCE, ONE_OF_A_KIND, ONLY_TO, WITH_THE, LAST_OF):
        for match in form.finditer(text):
            yield _found("DEMOG", match.span("detail"))
    for form in (HEAD_OF_TRADE, THE_ONE):
        for match in form.finditer(text):
            role = match["role"].casefold()
            if role not in context("common_roles") and role not in ordinary_words():
                yield _found("JOB", match.span("detail"))


def _nobody(only: re.Match[str]) -> bool:
    """Whether "the first person", "the last quarter" is said, which singles nobody out."""
    everyday = only["agent"] is not None and only["agent"].casefold() in ordinary_words()
    return (
        everyday
        or re.match(
            r"(?:the |an? )?(?:first|last|oldest|youngest|tallest|shortest) (?:person|one)\b",
            only["detail"],
            re.IGNORECASE,
        )
        is not None
    )


def _after_everyday(text: str, start: int, end: int) -> int:
    """Where the phrase of an office begins: "was the Rabbi" begins at "the"."""
    while (word := re.match(r"[\w'’\-]+ ", text[start:end])) and word[0].strip().casefold() in NO_PART:
        start += word.end()
    return start


TRIGGERS = frozenset(
    [
        "only",
        "oldest",
        "youngest",
        "tallest",
        "shortest",
        "longest",
        "known",
        "the",
        "knows",
        "knew",
        "calls",
        "called",
        "last",
        "first",
        "sole",
        "one",
        "there",
        "miss",
        "ms",
        "mr",
        "mrs",
        "champion",
        *("triplet", "triplets", "quadruplets", "quads", "quintuplets", "quins", "quints", "sextuplets", "conjoined"),
    ]
)
ENDINGS = tuple(ending.strip() for ending in phrases("trade_endings")) + tuple(
    re.sub(r"[^a-z]", "", phrase.split()[-1].casefold())
    for name in ("trades", "offices_held")
    for phrase in phrases(name)
)
"""What the words end in by which a role is told: a text without any is not searched."""
NO_PART = context("never") - {"my", "our", "the", "a", "an", "old", "first", "last"}


def _found(label: str, span: tuple[int, int]) -> Finding:
    return Finding(Span(*span), label, IdentifierKind.QUASI, 0.8, "singled-out")
