"""Places that point at a person: an office by its town, a hospital, a school, a workplace, a village."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.lexicon import (
    context,
    given_names,
    hospitals,
    is_wide,
    kept_names,
    ordinary_words,
    places,
    surnames,
    wide_places,
)
from themes.deidentify.words import Word, kept_places, lower_case, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

CAP = r"(?:St\.? |Saint )?[A-Z][\w'’\-]+(?: (?:of|and|&|the|upon|on|in|St\.?) (?=[A-Z])| [A-Z][\w'’\-]+(?=\W)){0,3}?"
OFFICE = (
    r"(?:[Jj]ob ?[Cc]entre(?: [Pp]lus)?|JOBCENTRE|JCP|jcp|[Jj]ob [Cc]lub|CAB|[Cc]itizens'? [Aa]dvice(?: [Bb]ureau)?|[Ff]ood ?[Bb]ank|"
    r"[Aa]ssessment [Cc]entre|[Mm]edical [Ee]xamination [Cc]entre|[Bb]enefits? [Oo]ffice|[Dd]ole [Oo]ffice|[Cc]arers'? [Cc]entre|[Ll]aw [Cc]entre|Mind\b|Age UK|"
    r"[Cc]ommunity [Cc]entre|[Ll]eisure [Cc]entre|[Ss]ports [Cc]entre|Centre\b|[Ll]ibrary|[Tt]ribunal [Cc]entre|[Ww]ork [Pp]rogramme [Oo]ffice|[Hh]ousing [Aa]ssociation|[Pp]robation|branch\b|office\b)"
)
HEALTH = (
    r"(?:(?:[Gg]eneral |[Rr]oyal |[Dd]istrict |[Cc]ommunity |[Mm]emorial |[Cc]ottage |[Pp]sychiatric |[Mm]ental [Hh]ealth |[Tt]eaching |[Uu]niversity |[Cc]hildren'?s |[Ww]omen'?s |[Dd]ental )?"
    r"(?:[Hh]ospitals?|HOSPITAL|Infirmary|infirmary|[Hh]ospice)|[Ww]ard\b|[Cc]linic\b|[Mm]edical [Cc]entre|[Hh]ealth [Cc]entre|[Ss]urgery|[Mm]edical [Pp]ractice|[Gg]roup [Pp]ractice|"
    r"[Dd]ay [Cc]entre|[Dd]ay [Uu]nit|[Cc]risis [Hh]ouse|[Cc]risis [Tt]eam|CMHT|cmht|[Cc]ommunity [Mm]ental [Hh]ealth [Tt]eam|[Rr]ecovery [Tt]eam|[Rr]ecovery [Uu]nit|[Rr]ehab(?:ilitation)? [Uu]nit|[Pp]sychiatric [Uu]nit|"
    r"[Mm]ental [Hh]ealth [Uu]nit|[Aa]cute [Uu]nit|[Ss]ecure [Uu]nit|[Uu]nit\b|RSU|[Cc]are [Hh]ome|[Nn]ursing [Hh]ome|[Ww]alk[ \-]in [Cc]entre|NHS (?:Foundation )?Trust|[Hh]ealth [Bb]oard|Priory|A&E|[Hh]ealth and [Ss]ocial [Cc]are [Tt]rust)"
)
SCHOOL = (
    r"(?:[Pp]rimary [Ss]chool|[Hh]igh [Ss]chool|[Ss]econdary [Ss]chool|[Ii]nfants?'? [Ss]chool|[Jj]unior [Ss]chool|[Gg]rammar(?: [Ss]chool)?|[Ss]pecial [Ss]chool|[Ss]chool|[Aa]cademy|[Cc]omprehensive|[Cc]omp\b|Primary\b|High\b|"
    r"[Ss]ixth [Ff]orm(?: [Cc]ollege)?|[Tt]echnical [Cc]ollege|[Cc]ollege|[Nn]ursery|[Uu]niversity|[Uu]ni\b|[Pp]oly(?:technic)?\b)"
)
FIRM = (
    r"(?:Ltd\.?|Limited|PLC|plc|LLP|& Sons?|and Sons?|& Co\b|& Daughters?|Bros\b|Brothers\b|Bakery|Bakeries|Builders|Garage|Cafe|Café|Butchers|Motors|Logistics|Foods|Cleaning|Cleaners|Haulage|Engineering|Farm\b|Farms|"
    r"Nurseries|Garden Centre|Hotel|Arms\b|Inn\b|Tavern|Takeaway|Kitchens|Plumbing|Roofing|Joinery|Electrical|Printers|Textiles|Packaging|Plastics|Solicitors|Accountants|Care Services|Homecare|Salon|Hairdressers|Taxis|Cars\b|Coaches|Carpets|Furniture|Bathrooms|Windows|Security|Recruitment|Laundry|Mills?\b|Chippy|Fisheries|Brewery|Quarry|Colliery|Fabrications|Supplies|Services|Herald|Gazette|Transport|Distribution|Stores\b)"
)
UNIT = (("BRANCH", OFFICE), ("HOSPITAL", HEALTH), ("SCHOOL", SCHOOL), ("EMPLOYER", FIRM))
UNIT_FORMS = tuple(
    (
        label,
        re.compile(rf"(?<![\w\-])(?P<name>{CAP}),? (?P<what>{what})(?: (?:Ltd|Limited|LLP|plc|& Sons?))?(?![\w\-])"),
    )
    for label, what in UNIT
)
# In small letters the place must be one the gazetteer knows: "barnsley jobcentre", never "local jobcentre".
SMALL_FORMS = tuple(
    (label, re.compile(rf"(?<![\w\-])(?P<name>[a-z][a-z'’\-]+(?: [a-z][a-z'’\-]+)?) (?P<what>{what})(?![\w\-])"))
    for label, what in UNIT[:3]
)
OF_FORM = re.compile(
    r"\b(?P<name>(?:University|College|School|Hospital|Academy|Infirmary|Hospice) (?:of|for) (?:the )?[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
)
WARD = re.compile(
    r"\b(?P<name>[Ww]ard (?:\d{1,3}[A-Za-z]?|[A-Z]\d{0,2}|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)\b|[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)? [Ww]ard\b)"
)
SAINT = re.compile(
    r"(?<!\w)(?P<name>(?:St\.?|Saint) [A-Z][a-z]+(?:['’]s?)?)(?! (?:Day|Cross|Church|church|Trust|Street|Road|Helens|Albans|Ives|Neots|Austell|Andrews|Asaph|Davids|Mungo|Giles|John))"
)
ADMITTED = re.compile(
    r"\b(?:sectioned|admitted|readmitted|in-?patient|out-?patient|detained|discharged|transferred|hospitalised|treated|rushed|bluelighted|blue-lighted|stay|stint|spell|weeks|months|days|nights|bed|ward|consultant|psychiatrist|A&E|casualty|appointment|respite|detox|rehab|therapy|counselling|under section)"
    r"(?: (?:\d+ )?\w+){0,3}? (?:at|to|in|on|from|into|up at|over at|down at) (?:the )?(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+){0,3})"
)
# A house by its name alone: only where the text speaks of being a patient.
ENDED_UP = re.compile(
    r"\b(?:ended up|landed|wound up|went|put me|took me|taken|moved|came out|got out|let out|released|kept me|locked up|locked me up|back|visited me|visit me|voluntarily|informal|patient|visiting|discharged me) "
    r"(?:in|into|to|at|of|on|from|back in|back to) (?:the )?(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+){0,2})"
)
PATIENT = re.compile(
    r"\b(?:section(?:ed)?|ward|psychiatric|hospital|in-?patient|psych unit|crisis team|overdose[d]?|breakdown|psychosis|psychotic|suicidal|detox|rehab|mental health unit|nurses?|discharged)\b",
    re.IGNORECASE,
)
LIVES_IN = re.compile(
    r"\b(?:live|lives|lived|living|moved|born|grew up|brought up|based|raised|village,|village called|village named|hamlet called|place called|estate called|village of|(?:tiny|small|little|rural|remote|pit|mining) (?:village|hamlet|place|town) (?:called|near|outside|of)) (?:(?:of|in|to|near|at|just outside|outside|up in|down in|over in|out in) )?(?P<name>[A-Z][\w'’]+(?:(?:[ \-](?:on|in|upon|le|la|under|by|near|the|cum|next)[ \-](?:the[ \-])?|[ \-])[A-Z][\w'’\-]+){0,2})"
)
WORKED = re.compile(
    r"\b(?:work|works|worked|working|job|employed|shifts?|placement|trial|volunteer|volunteers|volunteered|volunteering|apprenticeship|apprentice|temping|temped|cleaner|cleaning|driver|drove|cashier|cook|chef|waitress|waiter|porter|welder|fitter|labourer|joiner|plumber|electrician|engineer|technician|machinist|packer|picker|operative|assistant|administrator|secretary|clerk|carer|baker|butcher|guard|gardener|barmaid|barman|hairdresser|mechanic|years|boss|"
    r"receptionist|warehouse|manager|interview|started|contract|redundant|redundancy|sacked|laid off|let go|position|role)"
    r"(?: \w+){0,2}? (?:at|for|with|by|from) (?:the )?(?P<name>[A-Z][\w'’&\-]+(?: (?:& |and (?=[A-Z]))?[A-Z][\w'’\-]+){0,3})"
)
FIRM_CALLED = re.compile(
    r"\b(?:firm|company|shop|factory|business|employer|warehouse|pub|caf[eé]|agency|employers|outfit|charity shop) (?:called|named) (?P<name>[A-Z][\w'’&\-]+(?: [A-Z][\w'’\-]+){0,3})"
)
OFFICE_ON = re.compile(
    r"\b(?i:job ?centre|jcp|office|foodbank|cab)(?: [Pp]lus)? (?:on|at|by|near|opposite) (?:the )?(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
)
HOUSE = re.compile(
    r"(?<!\w)(?P<name>[A-Z][a-z'’\-]+(?: [A-Z][a-z'’\-]+)? (?:House|Lodge|Villa|Grange|Court|Hall|Place))(?!\w)"
)
NOT_A_HOUSE = re.compile(
    r"^(?:Council|White|Full|Open|Big|Brother|Town|City|Village|Music|Crown|High|County|Magistrates|Supreme|Royal|Albert|Somerset|Richmond|Caxton|Tothill|The|My|Our|Their)\b"
)
LIVES = re.compile(
    r"\b(?:in|from|near|at|to|outside|around|round|through|via|of|between|and|village of|hamlet of|town of|live|leave|left)(?: (?:the|a|little|small|tiny|rural|sunny|rainy|good old|nearby|village of|town of|hamlet of)){0,3} (?P<name>[A-Z][\w'’\-]+(?:(?:[ \-](?:on|in|upon|le|la|under|by|near|the|cum|next|St|super)[ \-](?:the[ \-])?)?[ \-]?[A-Z][\w'’\-]+){0,2})"
)
SMALL_LIVES = re.compile(
    r"\b(?:live|lives|lived|living|moved|born|based|house|flat|village|here|grew up|brought up|stuck|stay|staying|surgery|jobcentre|come|came|am|i'm|im) (?:in|to|near|from|of|at|out in|up in|down in|over in) (?P<name>[a-z][a-z'’\-]{3,}(?: [a-z][a-z'’\-]+){0,2})"
)
LANDMARK = re.compile(
    r"^(?:The|This|That|These|Those|My|Our|Your|His|Her|Their|A|An|Any|Every|Each|Some|No|New|Old|Local|Nearest|Main|Big|Same|Other|Another|One|First|Last|Next|Private|Public|Special|State|Mental|Psychiatric|General|Acute|Day|Primary|Secondary|Sunday|Night|Medical|Royal|National|Many|Which|What|When|At|In|On|From|To|And|But|So|If|Is|Was|Did|Even|Just|Only|Both|All|Most|Went|Had|Intensive|Care|Work|Job|Head|Call|Contact|City|Town|Shopping|Assessment|Garden|Arts|Visitor|Drop|Drop-in|Detention|Test|Conference|Civic|Health|Advice|Employment|Training|GP|NHS|UK|Back|Post|High|Grammar|Community|Children'?s|Adult|Outpatients?|Maternity|Emergency|Crisis|Recovery|Support|Home|Further|Higher|Open|Middle|Boarding|Law|Art|Drama|Medical|Fire|Police)\b"
)
BIG_UNITS = frozenset(
    {"open university", "royal college", "mental health", "care home", "primary care", "great ormond street"}
)


def find_places(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Offices, hospitals, schools, workplaces and places of each document, with overlaps.

    `recognizer`: "unit" where the words say what it is, "place" where the gazetteer knows it, "place-context" where only
    the words around do.
    """
    return [list(places_in(document.text)) for document in documents]


def places_in(text: str) -> Iterator[Finding]:
    """The places of one text.

    >>> [(f.label, f.span.of("sent to Ingeus Leeds")) for f in places_in("sent to Ingeus Leeds") if f.label == "BRANCH"]
    [('BRANCH', 'Ingeus Leeds')]
    """
    yield from _branches(text)
    yield from _units(text)
    kept = [place.span for place in kept_places(text) if not place.short]
    yield from _settlements(text, kept)
    for match in ADMITTED.finditer(text):
        if (
            _nameable(match["name"], kept, match.start("name"))
            and not is_wide(match["name"])
            and match["name"].split()[0].casefold() not in surnames()
        ):
            yield _found(match.span("name"), "HOSPITAL", 0.8, "unit")
    for match in FIRM_CALLED.finditer(text):
        if _nameable(match["name"], kept, match.start("name")):
            yield _found(match.span("name"), "EMPLOYER", 0.9, "unit")
    for match in OFFICE_ON.finditer(text):
        if (
            _nameable(match["name"], kept, match.start("name"))
            and not is_wide(match["name"])
            and match["name"].split()[0].casefold() not in given_names()
        ):
            yield _found(match.span("name"), "ADDRESS", 0.8, "unit")
    for span in _hospitals_in(text):
        yield _found((span.start, span.end), "HOSPITAL", 0.9, "unit")
    if PATIENT.search(text):
        for match in HOUSE.finditer(text):
            if not NOT_A_HOUSE.match(match["name"]) and not LANDMARK.match(match["name"]):
                yield _found(match.span("name"), "HOSPITAL", 0.9, "unit")
        for match in ENDED_UP.finditer(text):
            first = match["name"].split()[0].casefold()
            known = (
                is_wide(match["name"])
                or first in given_names() | surnames() | wide_places()
                or first in ordinary_words()
                and first in places()
            )
            if _nameable(match["name"], kept, match.start("name")) and not known:
                yield _found(match.span("name"), "HOSPITAL", 0.7, "unit")
    for match in WORKED.finditer(text):
        if (
            _nameable(match["name"], kept, match.start("name"))
            and not is_wide(match["name"])
            and match["name"].split()[0].casefold() not in places()
        ):
            yield _found(match.span("name"), "EMPLOYER", 0.7, "unit")


def _hospitals_in(text: str) -> Iterator[Span]:
    low = lower_case(text)
    for name in hospitals():
        plain = lower_case(name)
        at = low.find(plain)
        while at >= 0:
            end = at + len(plain)
            edges = low[max(0, at - 1) : at] + low[end : end + 1]
            written = text[at:end]
            if not any(edge.isalnum() for edge in edges) and (
                written == name or (not name.isupper() and " " in name) or (len(name) > 6 and not name.isupper())
            ):
                yield Span(at, end)
            at = low.find(plain, end)


def _branches(text: str) -> Iterator[Finding]:
    """A provider or a charity with a place right behind it: "Ingeus Leeds", "Maximus, Hull"."""
    for kept in kept_places(text):
        if kept.group not in {"providers", "charities", "state"} or kept.short:
            continue
        # "Mind in Halifax" is a charity's name; "Maximus in Hull" is a provider and a town, which both stay.
        after = (AFTER_CHARITY if kept.group == "charities" else AFTER).match(text, kept.span.end)
        if after and _known_place(after["name"]):
            yield _found((kept.span.start, kept.span.end + len(after.group().rstrip())), "BRANCH", 0.9, "unit")
        before = BEFORE.search(text, max(0, kept.span.start - 40), kept.span.start)
        if before and kept.group == "providers" and _known_place(before["name"]):
            yield _found((before.start("name"), kept.span.end), "BRANCH", 0.9, "unit")


BEFORE = re.compile(r"(?<![\w\-])(?P<name>[A-Za-z][\w'’\-]{3,}) $")
AFTER_CHARITY = re.compile(
    r"(?:,? (?:in )?| \(| ?[\-–] ?)(?P<name>[A-Z][\w'’\-]+(?: (?:upon |on |under |le )?[A-Z][\w'’\-]+)?)\)?"
)
AFTER = re.compile(
    r"(?:,? | \(| ?[\-–] ?)(?P<name>(?!in\b|on\b|at\b)[A-Za-z][\w'’\-]+(?: (?:upon |on |under |le )?[A-Z][\w'’\-]+)?)\)?(?! (?:and|or) )?"
)
UNIT_LEADERS = frozenset(
    kept.name.casefold() for kept in kept_names() if kept.group in {"state", "schemes", "employers", "culture"}
)


def _units(text: str) -> Iterator[Finding]:
    for label, form in UNIT_FORMS:
        for match in form.finditer(text):
            start = _first_name_word(text, match)
            if start is not None:
                yield _found((start, match.end()), label, 0.9, "unit")
    for label, form in SMALL_FORMS:
        for match in form.finditer(text):
            name = match["name"].split()
            if (
                match["name"] in places()
                and match["name"] not in ordinary_words()
                or is_wide(match["name"])
                and match["name"] not in VAGUE
            ):
                yield _found(match.span(), label, 0.8, "unit")
            elif _town(name[-1]):
                yield _found((match.end("name") - len(name[-1]), match.end()), label, 0.8, "unit")
    for form, label in ((OF_FORM, ""), (WARD, "HOSPITAL"), (SAINT, "HOSPITAL")):
        for match in form.finditer(text):
            if not LANDMARK.match(match["name"]) or match["name"][:4].casefold() == "ward":
                kind = label or ("SCHOOL" if match["name"][:2] in {"Un", "Co", "Sc", "Ac"} else "HOSPITAL")
                yield _found(match.span("name"), kind, 0.9, "unit")


VAGUE = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "down",
        "reading",
        "bath",
        "sale",
        "deal",
        "ware",
        "march",
        "street",
        "battle",
        "uk",
        "us",
    }
)


def _first_name_word(text: str, match: re.Match[str]) -> int | None:
    """Where the name of a unit begins, everyday words before it left out; None if nothing names it."""
    start, end = match.span("name")
    pieces = [Span(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    while pieces and (
        LANDMARK.match(pieces[0].of(text))
        or pieces[0].of(text).casefold().rstrip(",")
        in context("never") | UNIT_LEADERS | {"and", "&", "of", "the", "in", "on", "at", "i", "upon", "for"}
    ):
        pieces.pop(0)
    if not pieces or match.group()[pieces[0].start - start :].casefold().startswith(tuple(BIG_UNITS)):
        return None
    name = text[pieces[0].start : end].casefold()
    opens = pieces[0].start == 0 or text[max(0, pieces[0].start - 2) : pieces[0].start].strip(" ") in {
        ".",
        "!",
        "?",
        "\n",
    }
    if opens and len(pieces) == 1 and name in ordinary_words() and name not in places() and name not in surnames():
        return None
    if name in UNIT_LEADERS or (
        match["what"] in {"office", "branch", "Unit", "clinic", "surgery", "library"}
        and name in {"dwp", "post", "head", "jobcentre", "job centre", "gp", "nhs", "atos"}
    ):
        return None
    return pieces[0].start


def _settlements(text: str, kept: list[Span]) -> Iterator[Finding]:
    for match in LIVES.finditer(text):
        name = match["name"]
        for size in range(len(re.split(r"[ \-]", name)), 0, -1):
            part = re.match(rf"[^ \-]+(?:[ \-][^ \-]+){{{size - 1}}}", name)
            if part and POSS.sub("", part.group()).casefold() in places().keys() | wide_places():
                span = (match.start("name"), match.start("name") + len(POSS.sub("", part.group())))
                if _nameable(part.group(), kept, span[0]):
                    yield _found(span, "LOCATION", 0.8, "place")
                break
    for match in LIVES_IN.finditer(text):
        first = match["name"].split()[0].casefold()
        if (
            _nameable(match["name"], kept, match.start("name"))
            and not is_wide(match["name"])
            and first not in ordinary_words() | wide_places()
        ):
            yield _found(match.span("name"), "LOCATION", 0.8, "place")
    for match in SMALL_LIVES.finditer(text):
        pieces = match["name"].split()
        for size in range(len(pieces), 0, -1):
            part = " ".join(pieces[:size])
            if part in places() and part not in ordinary_words() and part not in context("never"):
                yield _found((match.start("name"), match.start("name") + len(part)), "LOCATION", 0.8, "place")
                break
    for word in words_of(text):
        if _lonely_place(word) and not any(span.start <= word.start < span.end for span in kept):
            yield _found((word.start, word.end), "LOCATION", 0.5, "place-name")


POSS = re.compile(r"['’]s$")


def _lonely_place(word: Word) -> bool:
    """A capital word that is a village and nothing else: no surname, no ordinary word, no name."""
    return (
        word.shape == "title" and len(word.plain) > 4 and word.plain in places() and not is_wide(word.plain)
        and word.plain not in ordinary_words() and word.plain not in surnames()
    )  # fmt: skip


def _known_place(name: str) -> bool:
    plain = name.casefold()
    if not name[0].isupper():
        return _town(plain)
    return (
        (plain in places() or plain in wide_places() or plain.split()[0] in places().keys() | wide_places())
        and plain not in context("never")
        and plain not in VAGUE - {"bath", "reading"}
    )


def _town(plain: str) -> bool:
    """Whether a word in small letters can be nothing but a place."""
    return (
        plain in places().keys() | wide_places()
        and plain not in VAGUE
        and plain not in context("never")
        and len(plain) > 3
        and (is_wide(plain) or plain not in ordinary_words())
    )


def _nameable(name: str, kept: list[Span], start: int) -> bool:
    first = re.split(r"[ \-]", name)[0].casefold()
    return first not in context("never") and not LANDMARK.match(name) and not any(span.start <= start < span.end for span in kept)


def _found(span: tuple[int, int], label: str, score: float, recognizer: str) -> Finding:
    return Finding(Span(*span), label, IdentifierKind.QUASI, score, recognizer)
