"""Rules for what is noted beside a code: polarity, modality, who speaks, and the service it is about.

Polarity, modality and speaker are suggested by what was learned (`dimensions_learned`), which hears these rules too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from themes.code.tone import leaning, tone
from themes.code.wording import own_words
from themes.records.codebook import Code
from themes.records.segment import Segment


def _rule(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_FAMILY = (
    r"(?:son|daughter|lad|boy|girl|child|kids?|husband|wife|partner|boyfriend|girlfriend|mum|mam|mother|dad"
    r"|father|brother"
    r"|sister|nephew|niece|uncle|aunt|nan|gran|grandson|granddaughter|friend|mate|neighbour|cousin)"
)
_FOR_COMPULSION = _rule(
    r"should (?:all )?(?:be made|have) to",
    r"(?:ought to|must|need to) be (?:made|forced|pushed)",
    r"(?:only|quite|perfectly) (?:fair|right)",
    r"(?:sanctions?|conditions?|conditionality|compulsion|a push|the threat) (?:do(?:es)? )?(?:work|works|help"
    r"|helps|are needed|is needed)",
    r"(?:i (?:agree|am) (?:with|in favour of|for)|in favour of|i support) (?:the )?(?:sanctions?|compulsion"
    r"|conditions|making)",
    r"something for (?:their|the) (?:money|benefits?)",
    r"(?:kick|push) up the (?:backside|bum|arse)",
    r"no (?:work|job),? no (?:money|benefits?|pay)",
)
_THREATENED = _rule(
    r"threat(?:en(?:ed|ing|s)?|s)?",
    r"or (?:else|lose|face|i(?:'| wi)ll lose)",
    r"(?:would|will|could|might|may|can) (?:be (?:stopped|sanctioned|cut|reduced|closed|taken)|lose|sanction"
    r"|cut (?:my|your|our|off)"
    r"|(?:stop|reduce|close|take) (?:my|your|our|his|her|the|their))",
    r"(?:have|having) (?:my|our|his|her) (?:money|benefits?) (?:taken|stopped|cut)",
    r"if (?:i|you|we|he|she|they) (?:did not|didn['’]?t|do not|don['’]?t|does not|doesn['’]?t|refuse[ds]?"
    r"|miss(?:ed)?|fail(?:ed)?|turned)",
    r"(?:warn(?:ed|ing)|hint(?:ed|ing)|final warning)",
    r"your (?:money|benefits?|claim) stops?",
)
_FEARED = _rule(
    r"(?:scared|afraid|frightened|terrified|fear(?:s|ed|ing|ful)?|dread(?:s|ed|ing)?|worr(?:y|ied|ies|ying)"
    r"|panic(?:king)?|anxious)"
    r"(?: (?:of|that|about|in case|it|they|i|we|to|not|every|each|the|my|what|when|for))",
    r"in case (?:they|i|it|he|she|we)",
    r"(?:live|living|lie awake|lying awake) in (?:fear|dread|terror)",
    r"hangs? over",
)
_WISHED = _rule(
    r"i(?: just| only)? wish",
    r"if only",
    r"(?:i|we|people|it)(?: would|['’]d) (?:really )?(?:like|love|prefer|welcome|be (?:good|nice|better|great"
    r"|helpful))",
    r"(?:should|ought to|needs? to) (?:be|have|get|give|let|ask|listen|train|offer|stop|sit|help|use|talk|treat"
    r"|know|learn)",
    r"(?:i|we|people like (?:me|us)|staff|advisers?|services?|employers?|providers?) (?:really )?(?:want"
    r"|needs?) (?!to work|the money)",
    r"what (?:we|i|people) (?:need|want)",
)
_ASKED = re.compile(
    r"^\W*(?:please\b|(?:give|let|ask|treat|stop|train|pay|trust) (?:us|people|them|me|staff|claimants|the)\b)", re.I
)
_HYPOTHETICAL = _rule(
    r"(?<!as )(?<!even )if (?:i|you|we|he|she|they|someone|anyone|people|it|there)",
    r"(?:would|might) (?:be|make|help|lose|get|never)",
    r"(?:imagine|suppose|supposing|what if)",
)
_I = _rule(r"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", r"i['’](?:m|ve|d|ll)")
_WITNESSED = _rule(
    rf"(?:my|our|his|her|their|a|the) {_FAMILY}(?:['’]s)?",
    r"(?:my|our|the) (?:clients?|patients?|customers?|neighbours?|members)",
    r"(?:people|somebody|someone|a (?:man|woman|lad|lady|chap|bloke|girl|guy)) (?:i|we) (?:know|knew|met|saw|see)",
    r"a (?:lad|lady|man|woman|chap|bloke|guy|girl|friend|neighbour) (?:at|in|from|on|next|who)",
    r"i(?:['’]ve| have)? (?:saw|seen|watched|heard|know (?:people|someone|somebody|a))",
)
_HE_OR_SHE = _rule("he", "him", "his", "she", "her", "hers")

# How a text must lean to be called bad or good.
_BAD_BELOW = 0.49
_GOOD_ABOVE = 0.51

_SPEAKERS: Mapping[str, re.Pattern[str]] = {
    "provider_adviser": _rule(
        r"(?:my|our) (?:clients?|participants?|customers|caseload)",
        r"(?:as|i am|i['’]m|i was|i worked as) an? (?:\w+ )?(?:employment )?(?:advis[eo]r|caseworker|job coach"
        r"|employment specialist|key ?worker)",
        r"(?:i|we) (?:work|worked|deliver|delivered) (?:for|at|on) (?:a|the) (?:provider|work programme|charity"
        r"|prime)",
        r"i deliver(?:ed)?",
        r"my (?:caseload|case load)",
    ),
    "jcp_staff": _rule(
        r"(?:as|i am|i['’]m|i was) a work coach",
        r"i (?:work|worked) (?:at|in|for) (?:the |a )?(?:jobcentre|job centre|jcp|dwp)",
    ),
    "health_professional": _rule(
        r"my patients?",
        r"(?:as|i am|i['’]m) an? (?:gp|doctor|nurse|psychiatrist|psychologist|occupational therapist|ot|cpn"
        r"|care co-?ordinator)",
        r"on (?:my|our) ward",
    ),
    "employer": _rule(
        r"(?:as|i am|i['’]m) an? (?:small )?(?:employer|business owner|manager of)",
        r"(?:my|our) (?:staff|employees|workforce)",
        r"i (?:run|own) a",
        r"we (?:employ|hired|recruited|took on)",
    ),
    "researcher": _rule(r"(?:our|my) (?:study|research|respondents|interviewees|sample)", r"as a researcher"),
    "policy_campaigner": _rule(
        r"(?:we|our (?:charity|campaign|organisation)) (?:call|calls|campaign|campaigns|urge) (?:on|for)"
    ),
    "politician": _rule(r"(?:as|i am) (?:an? )?(?:mp|councillor|minister)", r"my constituents?"),
    "carer_family": _rule(
        rf"(?:as|i am|i['’]m) (?:his|her|a|their) (?:full[- ]time )?(?:{_FAMILY}|carer|parent)",
        r"i (?:care|cared) for my",
        rf"my {_FAMILY} (?:was|is|has|had|got|gets|were|lost|went|took|tried|suffers|cannot|can['’]t|could|did"
        rf"|does|would|will|never|used)",
        r"taking (?:him|her) to",
        r"hides? (?:the )?\w+ from (?:him|her)",
    ),
    "claimant": _rule(
        r"my (?:own )?(?:claim|advis[eo]r|work coach|benefits?|money|esa|pip|jsa|assessment|assessor|appeal"
        r"|condition|illness"
        r"|depression|anxiety|diagnosis|medication|tablets|placement|sanction|payments?|psychiatrist|cpn"
        r"|recovery|cv|breakdown)",
        r"i (?:was|got|have been|['’]ve been|am|['’]m) (?:sanctioned|assessed|put|sent|told|made|forced|found"
        r"|on (?:esa|pip|jsa|uc))",
        r"i (?:claim|signed on|sign on|applied for)",
        r"(?:they|she|he) (?:told|sent|made|stopped|gave|asked|put|cut|treated|forced) me",
    ),
    "public": _rule(r"(?:my|our) tax(?:es)?", r"(?:we|us) taxpayers", r"why should (?:i|we) pay", r"as a taxpayer"),
}
_ROLES = tuple(speaker for speaker in _SPEAKERS if speaker not in {"carer_family", "claimant", "public"})
_SERVICES: Mapping[str, re.Pattern[str]] = {
    "access_to_work": _rule(r"access to work"),
    "work_and_health_programme": _rule(r"work (?:and|&) health programme", "whp"),
    "mandatory_work_activity": _rule(r"mandatory work activity", "mwa", r"community work placements?"),
    "work_choice": re.compile(r"\bWork Choice\b|\bwork choice (?:programme|scheme|provider|adviser)\b"),
    "work_programme": _rule(r"(?:the )?work programme?", "a4e", "ingeus"),
    "ips": re.compile(r"\bIPS\b|\b[Ii]ndividual [Pp]lacement (?:and|&) [Ss]upport\b|\b[Ee]mployment [Ss]pecialists?\b"),
    "wrag": _rule("wrag", r"work[- ]related activity(?: group)?"),
    "pip": re.compile(r"\bPIP\b|\bpip\b(?! to\b)|\b[Pp]ersonal [Ii]ndependence [Pp]ayment\b"),
    "universal_credit": re.compile(r"\b[Uu]niversal [Cc]redit\b|\bUC\b|\bLCW(?:RA)?\b"),
    "esa": re.compile(
        r"\bESA\b|\besa\b|\b[Ee]mployment (?:and|&) [Ss]upport [Aa]llowance\b|\b[Ww]ork [Cc]apability\b|\bWCA\b"
    ),
    "jsa": re.compile(r"\bJSA\b|\bjsa\b|\b[Jj]ob ?[Ss]eekers?['’]?s? [Aa]llowance\b"),
    "ib": re.compile(r"\bIB\b|\b[Ii]ncapacity [Bb]enefit\b"),
    "jobcentre_plus": _rule(
        r"job ?cent(?:re|er)s?(?: plus)?", "jcp", r"work coach(?:es)?", "dwp", r"sign(?:ing|ed)? on"
    ),
    "local_charity": _rule(
        r"local (?:charity|mind|project|group|organisation)", "drop-in", "clubhouse", "recovery college"
    ),
    "other": _rule(
        r"new deal", r"restart scheme", r"pathways to work", "remploy", "dla", r"disability living allowance"
    ),
}


def polarity(segment: Segment, code: Code) -> str:
    """negative, positive, mixed or neutral.

    A negative-only code is negative, except where the writer argues for compulsion: that is positive.
    """
    if code.polarity == "negative_only":
        return "positive" if argues_for_compulsion(segment) else "negative"
    return account(own_words(segment))


def account(text: str) -> str:
    """Whether a text is a negative, positive, mixed or neutral account of what it tells of."""
    good, bad = tone(text)
    if good and bad and re.search(r"\b(?:but|although|though|however|yet|except)\b", text, re.IGNORECASE):
        return "mixed"
    leans = float(leaning([text])[0])
    return "negative" if leans < _BAD_BELOW else "positive" if leans > _GOOD_ABOVE else "neutral"


def argues_for_compulsion(segment: Segment) -> bool:
    return bool(_FOR_COMPULSION.search(own_words(segment)))


# A question that asks for a wish: "Same adviser each time." answers it with one.
_ASKS_FOR_A_WISH = re.compile(
    r"\b(?:(?:(?:could|would|should) (?:you|we|they|be)|(?:you|we|they) (?:could|would|should)) (?:\w+ )?"
    r"(?:changed?|like|want|improved?|better|different|do)"
    r"|what (?:one thing|would help|could help|should)|do you (?:want|wish|need)|wish for)\b",
    re.IGNORECASE,
)
_TELLS_WHAT_WAS = re.compile(r"\b(?:was|were|had|did|took|got|gave|told|made|went|sent|said|\w{2,}ed)\b", re.IGNORECASE)


def modality(segment: Segment) -> str:
    """experienced, witnessed, threatened, feared, hypothetical, wished_for or argued."""
    text = own_words(segment)
    first_person = bool(_I.search(text))
    if argues_for_compulsion(segment):
        return "argued"
    if _FEARED.search(text):
        return "feared"
    if _THREATENED.search(text):
        return "threatened"
    if _WISHED.search(text) or _ASKED.search(text):
        return "wished_for"
    if segment.prompt and _ASKS_FOR_A_WISH.search(segment.prompt) and not _TELLS_WHAT_WAS.search(text):
        return "wished_for"
    if _HYPOTHETICAL.search(text):
        return "hypothetical"
    if _WITNESSED.search(text):
        return "witnessed"
    if first_person or _HE_OR_SHE.search(text) or re.search(r"\b(?:they|it) (?:was|were|had|did|took)\b", text):
        return "experienced"
    return "argued" if re.search(r"\b(?:is|are|does|do|will|always|people|they|government)\b", text) else "experienced"


def speakers(segments: Sequence[Segment]) -> dict[str, str]:
    """Document id to who speaks in it: as the source says, or by the most telling wording of all its segments.

    A writer is one person throughout: "My son is ill. They stopped his money." is a carer twice.
    """
    told: dict[str, str] = {}
    votes: dict[str, Counter[str]] = {}
    for segment in segments:
        if segment.speaker:
            told[segment.document_id] = segment.speaker
        counted = votes.setdefault(segment.document_id, Counter())
        text = own_words(segment)
        for speaker, rule in _SPEAKERS.items():
            counted[speaker] += len(rule.findall(text))
    return {document: told.get(document) or _most_telling(counted) for document, counted in votes.items()}


def role_named(segments: Sequence[Segment]) -> str | None:
    """The role that a writer names outright ("as an adviser", "my patients"); None for claimants, family and others."""
    texts = [own_words(segment) for segment in segments]
    return next((role for role in _ROLES if any(_SPEAKERS[role].search(text) for text in texts)), None)


def _most_telling(votes: Counter[str]) -> str:
    """A role named outright beats family, family beats the claimant's own words unless these are more."""
    for role in _ROLES:
        if votes[role]:
            return role
    if votes["carer_family"] and votes["carer_family"] >= votes["claimant"]:
        return "carer_family"
    return "claimant" if votes["claimant"] else "public" if votes["public"] else "unknown"


def service(segment: Segment) -> str:
    """The service that the segment names first, or else its question; "none" if neither names one."""
    for text in (own_words(segment), segment.prompt or ""):
        named = [(match.start(), name) for name, rule in _SERVICES.items() if (match := rule.search(text))]
        if named:
            return min(named, key=lambda found: found[0])[1]
    return "none"
