"""Street addresses: a number and a street, a house by name, a street alone; with the homes that are told without one.

Looked for from the word that ends a street's name backwards, so that a text without one costs nothing.
"""

import re
from collections.abc import Sequence

from themes.deidentify.recognize.homes import DIGITS, SAID_NUMBER, TEENS, TENS, homes_in
from themes.deidentify.wording.figures import AFTER_MONTH
from themes.deidentify.wording.lexicon import is_wide, ordinary_words
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

_SURE = """
street road rd lane ln avenue ave crescent cres terrace terr grove gardens gdns mews wynd drive close estate
cottages bungalows almshouses maisonettes lonnen"""
SURE = frozenset(_SURE.split())
"""What ends the name of a street and seldom anything else; "st" and the like only after a number."""
_UNSURE = """
st dr cl gr place pl court ct crt way walk row square sq hill rise view parade park green fold croft mount
bank parkway embankment promenade quay wharf tce gate side villas buildings vale heights meadow meadows drove brae
loan circus common end field fields yard garth ginnel approach broadway causeway bldgs"""
UNSURE = frozenset(_UNSURE.split())
_HOUSES = """
house tower towers lodge mansions point hall cottage farm hostel flats"""
HOUSES = frozenset(_HOUSES.split())
_NEVER_ALONE = """
st rd ln ave cl gr dr pl ct crt sq bank gate side end common field fields point hall"""
NEVER_ALONE = frozenset(_NEVER_ALONE.split())
"""What names no street without a number."""
VAGUE = frozenset(
    ("park", "parade", "green", "fold", "villas", "buildings", "drove", "circus", "yard", "approach", "square", "quay")
)
"""What says little without a number, unless somebody lives there."""
TYPE = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(SURE | UNSURE | HOUSES, key=len, reverse=True))})"
    r"(?:(?![^\W_])\.?|(?-i:(?<=[a-z])(?=[A-Z][a-z])))",
    re.I,
)
"""At the end of a word, or before a capital that was glued to it: "14 Elm StreetPriya"."""
PIECE = re.compile(r"[^\W_](?:[\w'’/\-]*[^\W_])?\.?")
NUMBER = re.compile(r"\d{1,4}[A-Za-z]?(?:[/\-–]\d{1,4}[A-Za-z]?)?")
HOME = re.compile(
    r"(?:(?<!\w)(?:(?:top|ground|basement|garden|(?:first|second|third|upper|lower)(?: |-)?floor)[\s\-](?:floor )?)?"
    r"(?:flat|apartment|apt|unit|room|flt|studio|bedsit)\.?(?:\s(?:no\.?|number))?\s{0,3}"
    r"(?:(?:\d{1,4}[A-Za-z]?(?:/\d{1,3})?|[A-Za-z])[\s,]{1,5}|,\s)?"
    r"|(?<!\w)(?:first|second|third|ground|top) floor(?: (?:left|right|back|front|rear))?,\s"
    r"|(?<![\w/£])[0-9B]/[0-9],\s|(?<!\w)(?:\d{1,4}[a-z]? )?(?:rear of|back of|behind) )$",
    re.IGNORECASE,
)
"""A home within a house: "flat 2,", "top flat,", "first floor back,", "2/1, " as in Scotland."""
SAID_BEFORE = re.compile(rf"(?<!\w)(?:(?:number|no)[\s,]{{1,3}}|no\.[\s,]{{0,3}})(?:{TENS} )?$", re.IGNORECASE)
"""Before the number of a house: "number 3, Fulwood Crescent"."""
IN_WORDS = re.compile(SAID_NUMBER, re.IGNORECASE)
TEN_AND_MORE = re.compile(rf"{TENS}(?:[ \-]{DIGITS})?|{TEENS}", re.IGNORECASE)
"""A number in words that is more than a count before a street in capitals, or where somebody lives: "seventeen Lumb
Rise", "lives at thirty six lister road", not "two"."""
WITHIN = re.compile(
    r",\s{1,2}(?:(?:(?:ground|first|second|third|top|upper|lower) floor|(?:top|garden|basement|ground) flat)"
    r"(?: (?:left|right|front|back|rear))?|(?:number|no\.?) ?\d{1,3}[A-Za-z]?)(?!\w)",
    re.IGNORECASE,
)
"""A home within a house, after its street: "Broadwater Hill, ground floor back"."""
BEFORE = re.compile(
    r"(?<![^\W_])(?:on|in|at|off|down|along|to|2|near|from|of|around|outside|round|is)(?: the)?\s{1,3}$"
    r"|(?<!\w)(?:street|road|address)(?: name)?\s?:\s{1,3}$",
    re.I,
)
LIVING = re.compile(
    r"(?<![^\W_])(?:live|lives|lived|living|stay|stays|staying|moved?|address|house|home|flat|room"
    r"|rehoused|evicted|tenants?"
    r"|grew up|send|sent|write|knock(?:ed)?|came|letter|form|summons|interview|found)(?![^\W_])[\w\s']{0,20}"
    r"(?<![^\W_])(?:in|at|to|on|is|of|from|into|2|outside|near)\s{1,3}$",
    re.IGNORECASE,
)
LIVING_AT = re.compile(r"(?<![^\W_])(?:liv(?:es?|ed|ing)|stay(?:s|ed|ing)?|address is)(?: at)?\s{1,3}$", re.IGNORECASE)
THERE = re.compile(r"(?<![^\W_])(?:at|outside|near)\s{1,3}$", re.IGNORECASE)
ROOM_AT = re.compile(
    r"(?<!\w)(?:flat|room|bedsit|apartment|apt|studio|pod|bed)\.? (?:no\.? |number )?\d{1,4}[a-z]?,?"
    r" (?:at|in|of) (?:the )?$",
    re.IGNORECASE,
)
"""Before a house: "room 14 at Beech Court"."""
_OFFICES = r"(?:office|branch|hub|centre|jcp|job ?cent(?:re|er)(?: ?plus)?|dole|surgery|clinic)"
_PROVIDERS = r"(?:ingeus|seetec|maximus|serco|a4e|atos|capita|g4s|remploy|pluss|people ?plus|shaw trust|reed)"
ON_A_STREET = re.compile(
    rf"(?<!\w)(?:(?:{_PROVIDERS} )?{_OFFICES}|{_PROVIDERS}(?: building)?) (?:on|off|down|along) (?:the )?$",
    re.IGNORECASE,
)
"""An office that its street tells, "ingeus on mill lane"; in small letters, too."""
_NAMED_HOUSES = """
bungalow cottage farm farmhouse forge grange house lodge manor manse rectory schoolhouse smithy stables vicarage
villa"""
NAMED_HOUSES = frozenset(_NAMED_HOUSES.split())
HOUSE_NAME = re.compile(r"(?P<name>(?:[A-Z][\w'’]+\s){0,2}[A-Z][\w'’]+),\s{0,3}$")
SMALL_HOUSE_NAME = re.compile(
    r"(?<!\w)(?P<name>(?:(?!(?:at|in|to|of|is|on|near|from|outside)\s)\w+\s){1,3}"
    r"(?:cottage|house|farm|lodge|villa|hall|bungalow|forge|barn|mill|manor|vicarage)"
    r"|(?<=\bat\s)\w{5,20}(?:\s\w{2,12})?),\s{0,3}$",
    re.IGNORECASE,
)
_UNITS = """
minute minutes min mins hour hours day days week weeks month months year years yrs mile miles metre metres
meter yard yards mph people men women man woman kids times time way ways lane star bed bedroom car cars foot
feet other others more points of in on at to by the a an and or for from with my your his her our their its
this that these those every each some any no not is was are were be been i you he she we they it down up off
out over per next last long short main high back front side fast slow dead ring bus cycle country busy right
left wrong same whole own only very so too just all first second third new old big quick cul"""
UNITS = frozenset(_UNITS.split())
"""What a number counts, and what stands before "road" without naming one."""
LOUD = frozenset(("ON", "IN", "AT", "OFF", "TO", "FROM", "NEAR", "BY", "DOWN", "ALONG", "OUTSIDE", "IS", "THE"))
"""What leads to a street's name, shouted: no part of it."""
KNOWN_STREET = re.compile(
    r"(?:downing|fleet|wall|coronation|sesame|benefits?|high|main|quality|memory|easy|carey|civvy) (?:street|lane)$",
    re.IGNORECASE,
)
"""What every town has, and what only sounds like a street: without a number it tells nobody's home."""
PUBLIC = re.compile(
    r"(?:county|crown|high|supreme|magistrates['’]?|family|sheriff|appeal|tribunal|small claims|care|green|driving"
    r"|town|village|city|guest|full|half|open|public|council|commons|dining|church|concert|music|power|publishing"
    r"|white|safe|halfway|big|work|first|market|work ?place|third|either|milky|hyde|car|theme|caravan|science|business"
    r"|retail|national|starting|turning|decimal|breaking|starting|end|view|sticking|melting|boiling|match"
    r"|bonus|talking|west|food"
    r"|data|piggy|blood|right|left|dead|front|back|south|north|east|parking|no) "
    r"(?:court|house|hall|place|way|park|bank|point|end|side|row|field|fields|view|square|hill|rise|walk"
    r"|gate|green|common|yard)$",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r" (?:agents?|fund|credit|team|programme|news|by|to|down|up|the|my|enough|that|which|of)\b", re.IGNORECASE
)


def find_addresses(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Street addresses of each document."""
    return [addresses_in(document.text) for document in documents]


def addresses_in(text: str) -> list[Finding]:
    """The street addresses of one text.

    >>> text = "I live at Rose Cottage, Elm Close."
    >>> [finding.span.of(text) for finding in addresses_in(text)]
    ['Rose Cottage, Elm Close']
    """
    spans: list[Span] = []
    for match in TYPE.finditer(text):
        start = _start(text, match, spans[-1].end if spans else -1)
        if start is not None:
            room = ROOM_AT.search(text, max(0, start - 40), start)
            start = room.start() if room else start
            if spans and re.fullmatch(r"[\s,]{1,4}", text[spans[-1].end : start]):
                start = spans.pop().start
            within = WITHIN.match(text, match.end())
            stop = text[match.end() - 1] == "." and _ends_sentence(text, match)
            spans.append(Span(start, within.end() if within else match.end() - stop))
    spans += [span for span in homes_in(text) if not any(street.contains(span) for street in spans)]
    return [Finding(span, "ADDRESS", IdentifierKind.DIRECT, 1.0, "addresses") for span in spans]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    return len(match.group()) > 5 or match.end() == len(text)


def _start(text: str, street: re.Match[str], reached: int) -> int | None:
    """Where the address starts whose street ends with this word; None if it is no street."""
    name = _name(text, street.start())
    if not name:
        return None
    words = [piece.group() for piece in name]
    kind = street.group().rstrip(".").casefold()
    number = _number(text, name[0].start())
    start = name[0].start() if number is None else number
    home = HOME.search(text, max(0, start - 40), start)
    if home and words[-1].islower() and words[-1] in UNITS:
        return None  # "Room 101 that place was"
    said = " ".join([*words, kind])
    begins = home.start() if home else start
    if PUBLIC.search(said) and not any(map(str.isdigit, text[begins : name[0].start()])):
        return None  # "behind Crown Court", "it fell flat, High Court judges said"
    if number is not None or home:
        fits = home is not None or words[0][0].isupper() or _counted_small(text, start, kind, words)
        return begins if fits else None
    if KNOWN_STREET.search(said) or NOT_AFTER.match(text, street.end()) or words[-1].casefold() in UNITS:
        return None
    capital = words[0][0].isupper() and street.group()[0].isupper() and words[0].casefold() not in UNITS
    if capital and reached >= 0 and re.fullmatch(r"[\s,]{1,4}", text[reached:start]):
        return start
    house = _house_name(text, start)
    begins = house.start("name") if house else start
    if capital and house and house["name"].split()[-1].casefold() in NAMED_HOUSES:
        return begins
    if not (_capital_alone(text, begins, kind) if capital else _small_alone(text, begins, kind, words[-1])):
        return None
    if house and not is_wide(house["name"].casefold()):  # "Rose Cottage, Elm Lane", but "Leeds, Elm Lane"
        return begins
    return name[-2].start() if len(name) > 2 else start  # "at Working Links Gorse Street"


def _name(text: str, end: int) -> list[re.Match[str]]:
    """The words of a street's name, back from its last word: up to four in capitals, up to two in small letters."""
    near = max(0, end - 70)
    pieces = list(PIECE.finditer(text, near, end))
    if not pieces or not re.fullmatch(r"\s{1,3}", text[pieces[-1].end() : end]) or not _may_name(pieces[-1].group()):
        return []
    name = [pieces.pop()]
    capital = name[0].group()[0].isupper()
    while pieces and len(name) < (4 if capital else 2):
        piece, gap = pieces[-1], text[pieces[-1].end() : name[0].start()]
        if not re.fullmatch(r" {1,2}", gap) or not (_joins(pieces) if capital else _counted_before(text, piece)):
            break
        name.insert(0, pieces.pop())
    return name


def _may_name(word: str) -> bool:
    """Whether a word may stand last in the name of a street: "12 mins. Ct conscious" has none."""
    return not word[0].isdigit() and (word[-1] != "." or word.casefold() in {"st.", "dr."})


def _joins(pieces: Sequence[re.Match[str]]) -> bool:
    """Whether the last of the words belongs to a name in capitals: "St. John's Road", "Isle of Man Road"."""
    word = pieces[-1].group()
    if word in {"of", "the", "and"}:
        return len(pieces) > 1 and pieces[-2].group()[0].isupper()
    if word in LOUD:
        return False
    return word[0].isupper() and (word[-1] != "." or word == "St.")


def _counted_before(text: str, piece: re.Match[str]) -> bool:
    """ "14 st johns road": a number stands before the word, so it belongs to the name."""
    return piece.group().casefold() not in UNITS and _number(text, piece.start()) is not None


def _number(text: str, end: int) -> int | None:
    """Where the number starts that stands before an offset."""
    pieces = list(PIECE.finditer(text, max(0, end - 20), end))
    if not pieces or not re.fullmatch(r"[\s,]{1,4}", text[pieces[-1].end() : end]):
        return None
    start = pieces[-1].start()
    said = SAID_BEFORE.search(text, max(0, start - 18), start)
    if said and (NUMBER.fullmatch(pieces[-1].group()) or IN_WORDS.fullmatch(pieces[-1].group())):
        return said.start()
    first = pieces[-2].start() if len(pieces) > 1 else start
    for begins in (first, start):  # "forty two Lister Court"
        if TEN_AND_MORE.fullmatch(text, begins, pieces[-1].end()):
            lived_in = LIVING_AT.search(text, max(0, begins - 20), begins) is not None
            return begins if text[end].isupper() or lived_in else None
    if not NUMBER.fullmatch(pieces[-1].group()):
        return None
    if AFTER_MONTH.search(text, max(0, start - 12), start):
        return None  # "on 3 May 2014 Elm Street was shut"
    return None if text[max(0, start - 1) : start] in {"£", ".", "/", "-", "$"} else start


def _counted_small(text: str, start: int, kind: str, words: Sequence[str]) -> bool:
    """In small letters only what leaves no doubt: "14 high road" could be a score, "at 14 acacia avenue" could not."""
    if any(word.casefold() in UNITS for word in words):
        return False
    strange = words[-1].casefold() not in ordinary_words()
    return kind in SURE or strange or len(kind) < 4 or _said(text, start) or _at(BEFORE, text, start)


def _capital_alone(text: str, start: int, kind: str) -> bool:
    if kind in SURE:
        return _at(BEFORE, text, start)
    return kind not in NEVER_ALONE and (_said(text, start) or (kind not in VAGUE and _at(THERE, text, start)))


def _small_alone(text: str, start: int, kind: str, last: str) -> bool:
    strange = last.casefold() not in ordinary_words()
    if kind in SURE - {"close", "drive", "estate"}:
        placed = _at(THERE, text, start) or ON_A_STREET.search(text, max(0, start - 40), start) is not None
        return _said(text, start) or placed or (strange and _at(BEFORE, text, start))
    if kind in NEVER_ALONE | VAGUE | HOUSES:
        return False
    return LIVING_AT.search(text, max(0, start - 20), start) is not None or (strange and _said(text, start))


def _said(text: str, start: int) -> bool:
    return LIVING.search(text, max(0, start - 60), start) is not None


def _at(form: re.Pattern[str], text: str, start: int) -> bool:
    return form.search(text, max(0, start - 14), start) is not None


def _house_name(text: str, start: int) -> re.Match[str] | None:
    """What stands as the name of a house, or a town, before a street: "Rose Cottage, Mill Lane"."""
    near = max(0, start - 50)
    return HOUSE_NAME.search(text, near, start) or SMALL_HOUSE_NAME.search(text, near, start)
