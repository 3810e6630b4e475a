"""Ages, in figures and in words: told with "years old", or by who is said to be, turn or have been a number."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import any_of, plain_names
from themes.deidentify.wording.passages import around
from themes.deidentify.wording.vaguer import MONTH, ONE_AFTER_TENS, TEENS, TENS, UNITS

SPELLED = rf"(?:{'|'.join(TENS)})(?:[ \-](?:{'|'.join((*UNITS, *ONE_AFTER_TENS))}))?"
TEEN = "|".join(list(TEENS)[3:])
NUMBER = rf"(?:1[01]\d|\d{{1,2}}|{SPELLED}|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
GROWN = rf"(?:1[3-9]|[2-9]\d|{SPELLED}|{TEEN})(?: and a half)?"
YOUNG = rf"(?:\d|1[0-2]|{'|'.join(list(UNITS)[1:])}|ten|eleven|twelve)(?: and a half)?"
AND_MORE = rf"(?:(?:,? and |, ?| & |/){NUMBER})+"
FAMILY = (
    r"(?:wife|husband|partner|mum|mam|mom|mother|dad|father|son|daughter|brother|sister|nan|gran|granny"
    r"|grandad|grandma|uncle|aunt|auntie|cousin|nephew|niece|"
    r"friend|mate|boyfriend|girlfriend|fianc[eé]e?|stepson|stepdaughter|twin|lad|girl|boy|baby|kid|child"
    r"|youngest|oldest|eldest|ex|maw|da|faither|mither|wean|bairn|nana|granda|grandpa|grandson|granddaughter)"
)
CHILDREN = (
    r"(?:kids|children|boys|girls|lads|lasses|sons|daughters|grandkids|grandchildren|twins|bairns|weans|little ones)"
)
WORKERS = rf"(?:{any_of('staff')}|solicitor|doctor|gp|teacher|manager|landlady|widow|widower)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# What a number counts, or makes vaguer: "I'm 20 minutes late", "he was 30 points short", "I'm sixty-odd".
NOT_COUNTING = (
    r"(?! ?[\-–]? ?(?:odd|ish|something|somethings|plus)\b|\+|s\b|[.,:]\d| ?[\-–/] ?\d| ?[%£°]| ?(?:per"
    r"|percent|p|k|m|kg|mg"
    r"|ml|km|st|ft|foot|feet|stone|mph|am|pm|mil|mill|million|hundred|thousand|grand|quid|pence|hrs?"
    r"|mins?|wks?|mths?|yrs?|of|out"
    r"|to|or|more|less|people|men|women|children|hour|minute|day|week|month|year|mile|point|page|pounds?)\b"
    r"| (?!(?:is|was|has|his|hers|us|as|yes|always|sometimes|perhaps|christmas|this|plus|thus"
    r"|years)\b)[a-z]+s\b| years?\b)"
)
# What may follow an age that is said without "years old": the end, a mark, or a word that no counted thing begins with.
NO_UNIT = (
    r"(?! ?[\-–]? ?(?:odd|ish|something)\b)"
    r"(?=\s*(?:$|[.,;:!?)\n(–\-]|(?:now|and|this|next|last|with|but|so|when|then|who|yet|still|already|today"
    r"|tomorrow|or so|soon|i|because|since|while|which|though|although|having|living|by|"
    r"at the time|in (?:a|the|my|"
    rf"{MONTH})|on {MONTH}|on (?:my|the|benefits)|at christmas)\b))(?![.,:]\d|%| ?[\-–] ?\d)"
)
WHEN = (
    rf"(?:(?:next|this|last|come|on) (?:{MONTH}|{WEEKDAY}|birthday|christmas|easter|spring|summer|autumn|winter)\b"
    rf"|in (?:{MONTH}(?![a-z])|(?:a|\d{{1,2}}|{'|'.join((*UNITS, *TEENS))}) (?:days?|weeks?|months?)\b)"
    r"|next (?:week|month|year)\b|(?:on|in) (?:my|his|her) next birthday\b)"
)
LEFT = (
    r"(?:left|leave|leaving|started|finished|retired?|kicked|thrown|chucked|married|widowed|pregnant|died"
    r"|school|work|care)"
)
HESITANT = (
    r"(?: (?:now|only|just|nearly|almost|already|over|about|around|still|turning|approaching|coming up to"
    r"|pushing|gone|a|well))*"
)
WE = r"(?:I ?['’]?a?m|I was|I were|(?:ah|a|i) wis|ah was|ah['’]?m|I['’]?ll be|I will be)"
THEY = (
    r"(?:(?<!until )(?<!till )(?<!til )(?<!unless )(?:s?he|who) ?(?:is|['’]?s)|(?:s?he|who|they) (?:was"
    r"|were|are|will be)"
    r"|(?:s?he|who|they)['’](?:re|ll be))"
)
# "20m" is a length or a sum, "20 female" a crowd, unless somebody is being described.
DESCRIBED = (
    rf"\b(?:i|i ?['’]?a?m|(?:s?he|who) ?(?:is|['’]s)|they ?(?:are|['’]re)|single|hi|hello|{FAMILY}|man|woman|bloke"
    r"|lady)[,:]? (?:an? )?"
)
OPENING = r"(?:^|[.!?\n(\[]) ?"
NO_CROWD = r"(?! ?,? ?/? ?(?:fe)?male(?: and \d| (?!is\b|was\b|has\b)\w+s\b| (?:staff|people|men|women)\b))"
NO_LENGTH = (
    r"(?:(?=f)|(?<=\ba \d\d)(?=m from\b)|(?!m ?(?:from|away|off|long|high|deep|wide|tall|of|to|up|down|above|below|back"
    r"|behind|past|in front)\b))"
)
"""After an age and "m": "20m from the door" is a length; "a 52m from Hull" is somebody, as "47f from" always is."""
AS_ONE_IS = (
    r"(?:here|with|from|in|on|and|single|married|divorced|living|lives|who|ex|disabled|looking|unemployed|based|up)"
)
"""What follows an age and a sex that stand for somebody: "47f here"."""
NOT_AS_A_ROAD_IS = r"(?:here|with|single|married|divorced|living|disabled|looking|unemployed|ex)"
"""The same after "M47", which may be a motorway."""
NO_CODE = r"(?![^.!?\n]{0,40}\b(?:note|code|icd|diagnos))"
"""F32 and F43 are what a sick note says as well."""
SEX_AFTER = re.compile(r"/?[mf](?![\w'’/])", re.IGNORECASE)
SEX_BEFORE = re.compile(r"(?<![\w'’/])[mf]/?$", re.IGNORECASE)
OF_ANY_AGE = tuple(
    hinted(form, re.IGNORECASE)
    for form in (
        (
            rf"\b(?:aged?|age is|age was|age of|age:|ages) ?(?P<age>{NUMBER})\b(?!%|[.]\d|[ \-](?:to|and|or) \d"
            rf"| ?[–\-] ?\d)"
        ),
        (rf"(?<!people )(?<!those )(?<!anyone )\baged? (?P<ages>{NUMBER}{AND_MORE})\b{NOT_COUNTING}"),
        (rf"\b{CHILDREN}(?:,? who)?(?: are| were| is|,| aged) (?P<ages>{NUMBER}{AND_MORE})\b{NOT_COUNTING}"),
        (
            rf"(?<![\w£.,])(?P<age>{NUMBER}[ \-]?(?:years?|yrs?|y)?\.?[ \-]?(?:old|auld|of age|young))\b(?! (?:age"
            rf"|friend|boy network|{any_of('things_of_an_age')}))"
        ),
        rf"(?<![\w£.,])(?P<age>{NUMBER}[ \-]?(?:y[./]?o|yrs? o))\b",
        rf"(?<![\w£.,])(?P<age>{NUMBER}[ \-](?:weeks?|wks?|months?|mths?|days?)[ \-](?:old|auld))\b",
        (
            rf"\b(?:I am|I ?['’]?m|(?:when|since|before|till|until|after) I (?:was|were)|{THEY}) "
            rf"(?P<age>{YOUNG})(?=\s*(?:$|[.!?\n]))"
        ),
        (
            rf"\b(?:{CHILDREN}|mine(?: are)?)[:?]? \(?(?P<ages>{NUMBER}{AND_MORE})"
            r"(?=\s*(?:$|[.,;!?)\n]|and\b|now\b))"
        ),
        (
            rf"\b(?:(?:left|leave|leaving|finished|quit) school (?:at|aged) (?P<age>{GROWN}|1[0-2]|ten|eleven|twelve)"
            rf"|(?:in(?:to)? care|came (?:over|to this country)) (?:at|from|aged) (?P<other>{NUMBER}))"
            r"(?!\w| ?(?:am|pm|o['’]?clock)\b|[:.]\d)"
        ),
        rf"\b(?:{THEY}|{FAMILY} (?:is|was)) (?P<age>{NUMBER} years and {NUMBER} (?:days|weeks|months))\b",
        r"\bhappy (?P<age>\d{1,2}(?:st|nd|rd|th))\b(?! (?:anniversary|year|wedding|of))",
        rf"\b(?:who|baby|s?he)(?:['’]?s| is| was) (?P<age>{NUMBER} (?:months|weeks|days))(?=\s*(?:$|[.,;!?)\n]|and\b))",
        (
            rf"\b(?:my|ma|our|his|her|their) (?:\w+ )?{FAMILY}(?: \w+)? ?(?:is|['’]s|was)(?: (?:only|just|now|nearly"
            rf"|almost))? (?P<age>{YOUNG})(?=\s*(?:$|[.,;!?\n]|and\b|now\b))"
        ),
        (
            rf"\b(?:turned|turning|turns|hit|reached) (?P<age>{GROWN}|{YOUNG})(?= (?:on|in|last|this|next|here"
            r"|there|a|the|while|during|inside)\b)"
        ),
        rf"\b{FAMILY}(?: [A-Z]\w+)?, (?P<age>{GROWN}|\d),",
        (
            r"\b(?:turn(?:ed|ing|s)?|hit(?:ting|s)?|reach(?:ed|ing)?|my|his|her) "
            r"(?P<age>the big (?:[2-9][\-. ]?(?:0|oh?)|(?:two|three|four|five|six|seven|eight|nine)[\- ]oh?))(?!\w)"
        ),
    )
)
"""Forms in which a number may be as small as one."""
OF_GROWN = tuple(
    hinted(form, re.IGNORECASE)
    for form in (
        rf"\b(?:{WE}|{THEY}|{FAMILY}(?: [a-z]+)? ?(?:is|['’]s|was|will be)){HESITANT} (?P<age>{GROWN})\b{NOT_COUNTING}",
        rf"(?:^|[.!?\n]\s?)am (?P<age>{GROWN})\b{NOT_COUNTING}",
        rf"\b{WORKERS}(?:,? who)? (?:is|was) (?P<age>{GROWN}){NO_UNIT}",
        rf"(?P<name>(?-i:(?<![\w\-])[A-Z][\w'’\-]{{1,40}}+)) (?:is|was|wis) (?P<age>{GROWN}){NO_UNIT}",
        rf"\b(?:s?he|I)(?:['’]?d| had) (?:only |just )?been (?P<age>{GROWN})(?= for\b)",
        (
            r"\b(?:turned|turning|turns|turn|nearly|almost|approaching|pushing|nearing|just gone|being|"
            r"(?:when|since|till"
            r"|until|before) I (?:was|were)|now|going on|getting on for|knocking on(?: for)?|the (?:wrong"
            r"|right) side of)"
            rf" (?P<age>{GROWN}){NO_UNIT}"
        ),
        rf"(?:^|[.,;:(!?] ?|\b(?:be|is|am|was|m|s|turns?|turning) )(?P<age>{GROWN})(?= {WHEN})",
        (
            rf"\bat (?P<age>(?:1[89]|[2-9]\d|{SPELLED}))(?= (?:I|you|he"
            rf"|she|nobody|no ?one|who|with|my|and|years)\b|[,.!](?!\d)|\s*$|\n| I['’]m| it['’]s)(?! and \d)"
        ),
        rf"\b{LEFT}\b[^.;:!?\n\d]{{0,40}} at (?P<age>{GROWN})\b(?! (?-i:[A-Z][a-z])){NOT_COUNTING}",
        rf"(?-i:(?<![\w\-])[A-Z][\w'’\-]{{1,40}}+), (?P<age>{SPELLED}|{TEEN}), (?=[a-z])",
        rf"(?<=[^\W\d]), (?P<age>[1-9]\d)\b{NOT_COUNTING}(?:, | (?!(?-i:[A-Z][a-z])))(?!{MONTH}(?![a-z]))(?=[a-z])",
        (
            rf"\b(?:man|woman|bloke|lady|person|claimant|adult|grandad|granddad|grandmother|widow|widower|{FAMILY}) of"
            rf" (?P<age>{GROWN})\b(?! (?:them|us|the|those|these|people))"
        ),
        (
            r"(?<=\()(?P<age>[1-9]\d)(?=\)|, (?!\d))"
            r"|(?<=\()(?:m|f|male|female)[ ,/]*(?P<other>[1-9]\d)(?=\))"
        ),
        (
            rf"(?:{DESCRIBED}[(\[]?|{OPENING})(?P<age>[1-9]\d)[ ,/]{{0,2}}(?=(?:fe)?male\b){NO_CROWD}"
            rf"|(?<![\w£$€.,])(?P<other>[1-9]\d)(?:, ?| ?/ ?)(?=(?:fe)?male\b){NO_CROWD}"
            r"|\b(?:male|female)[ ,/]{1,2}(?P<third>[1-9]\d)\b(?!%| ?%)"
        ),
        (
            rf"{DESCRIBED}[(\[]?(?P<age>[1-9]\d)(?=[MF]\b){NO_LENGTH}"
            rf"|(?:\bme [(\[]|\b(?:me|as an?) (?=..(?-i:[MF])))(?P<other>[1-9]\d)(?=[MF]\b){NO_LENGTH}"
            r"|[(\[](?P<third>[1-9]\d)(?=(?-i:[MF])[)\],;/ ])"
            rf"|{OPENING}(?P<fourth>[1-9]\d)(?=(?-i:[MF])(?:[,.]| (?:from|who|{NOT_AS_A_ROAD_IS})\b)"
            rf"|f(?:,| {AS_ONE_IS}\b)|m (?:here|single|disabled|married|divorced)\b)"
        ),
        (
            rf"{DESCRIBED}[(\[]?(?-i:[MF]) ?/?(?P<age>[1-9]\d)\b{NO_CODE}{NOT_COUNTING}"
            r"|(?<=[(\[])[mf]/?(?P<other>[1-9]\d)(?=[)\],;/ ])"
            rf"|{OPENING}(?:f(?=..{NO_CODE})|m(?=..,? {NOT_AS_A_ROAD_IS}\b)) ?/?(?P<third>[1-9]\d)"
            rf"(?=(?:,| ?$)| {AS_ONE_IS}\b)"
            r"|(?<![\w£$€.,/])(?P<fourth>1[6-9]|[2-9]\d)(?=/[mf](?![\w/])(?! (?:a|per|each)\b))"
        ),
        r"(?<![\w/])[mf]/(?P<age>1[6-9]|[2-9]\d)(?![\w/%])",
        (
            r"\b(?:my|his|her|their|our|'s|’s) (?P<age>(?:1[3-9]|[2-9]\d)(?:st|nd|rd|th)|twenty[ \-]?first"
            r"|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth)(?= birthday| year|[.,;!]| this"
            r"| next| last| in )"
        ),
        rf"(?:^|[.!?\n] ?)(?P<age>{GROWN})(?= (?:now|here|this|next)\b){NOT_COUNTING}",
    )
)
"""Forms of thirteen and more."""
GLUED = r"(?:ages?|aged|age is|age was|age of)?"
ANY_NUMBER = hinted(rf"\d|\b{GLUED}(?:{'|'.join((*TENS, *TEENS, *UNITS))})", re.IGNORECASE)
GROWN_NUMBER = hinted(rf"\d\d|\b{GLUED}(?:{'|'.join(TENS)}|{TEEN})|tieth\b", re.IGNORECASE)
ONE_NUMBER = re.compile(rf"\b{NUMBER}\b", re.IGNORECASE)
BEFORE, BEYOND = 120, 80
"""Characters before and after a number in which the words stand that make it an age; the longest form takes half of
them."""
NOT_REACHED = re.compile(
    r"\b(?:pension(?:['’]?s| is| age)?(?: at)?|\(now|under|over|like (?:s?he['’]?s|I ?['’]?m)) $", re.IGNORECASE
)
"""Before a number that a rule sets or a comparison names, not one that somebody has reached."""


def ages_in(text: str) -> Iterator[tuple[int, int]]:
    """Where a text tells somebody's age; ages that are vague already, "in my fifties" and "sixty-odd", are none.

    >>> text = "I turned forty last March, and my nan is 93."
    >>> sorted(text[start:end] for start, end in ages_in(text))
    ['93', 'forty']
    """
    told: set[tuple[int, int]] = set()
    for forms, number in ((OF_ANY_AGE, ANY_NUMBER), (OF_GROWN, GROWN_NUMBER)):
        passages = around(text, (m.span() for m in number.finditer(text)), before=BEFORE, beyond=BEYOND)
        searched = [form.pattern for form in forms if form.may_be_in(text)] if passages else []
        for match in (match for form in searched for passage in passages for match in form.finditer(text, *passage)):
            named = match.groupdict().get("name")
            if named and named.casefold() not in plain_names():
                continue
            for start, end in _numbers(match):
                if (start, end) not in told and not NOT_REACHED.search(text, max(0, start - 30), start):
                    told.add((start, end))
                    yield start, end


def _numbers(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the age stands that was found, or each of those in a row."""
    found = match.groupdict()
    if found.get("ages"):
        start = match.start("ages")
        yield from ((start + one.start(), start + one.end()) for one in ONE_NUMBER.finditer(found["ages"]))
        return
    group = next(part for part in ("age", "other", "third", "fourth") if found.get(part))
    yield _with_sex(match.string, *match.span(group))


def _with_sex(text: str, start: int, end: int) -> tuple[int, int]:
    """An age with the letter that is glued to it: "47F", "m/52"."""
    if not text[start:end].isdigit():
        return start, end
    after, before = SEX_AFTER.match(text, end), SEX_BEFORE.search(text, max(0, start - 3), start)
    return before.start() if before else start, after.end() if after else end
