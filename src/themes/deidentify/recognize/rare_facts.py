"""What few can say of themselves, by the way it is said: an unusual height, many children, an honour, a trade "by
trade", a mishap that makes the news, a programme that one was seen on."""

import re
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.hints import Hinted, hinted
from themes.deidentify.wording.lexicon import any_of, context, is_wide
from themes.deidentify.wording.words import unwrapped
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

OF_ONE = (
    r"(?:\bI(?:['’]?m| am| was|['’]?ve| have| had| got)|\bs?he(?:['’]s| is| was| has| had)|\bwho (?:is|was|has|had)"
    r"|\b(?:used to be|worked as|retired as)"
    r"|\b(?:[Mm]y|[Oo]ur|[Hh]er|[Hh]is) [a-z]+(?: [A-Z][a-z]+)? (?:is|was|has|had|got))"
)
"""Of whom something is said."""
ENDS = r"(?=\s*(?:[.,;:!?)\n]|$)| (?:and|who|so|but)\b)"
MANY = r"(?:eight|nine|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|[89]|1\d)"
"""So many children that few have them."""
HEIGHT = hinted(
    rf"{OF_ONE} (?:about |almost |nearly |over |under |only |just )?(?i:"
    r"(?P<detail>(?:(?:6|six) ?(?:foot|feet|ft|['’])(?:,? | and )?(?:[7-9]|1[01]|seven|eight|nine|ten|eleven)"
    r"|(?:7|seven) ?(?:foot|feet|ft)(?: (?:\d{1,2}|one|two|three|four|five))?(?= tall\b)"
    r"|(?:[34]|three|four) ?(?:foot|feet|ft)(?: (?:[1-6]|one|two|three|four|five|six|nothing))?(?= tall\b))"
    r"(?: inch(?:es)?)?(?: tall)?)(?![\w%]| (?:by|long|wide|deep|high|x|of)\b))"
)
CHILDREN = hinted(
    rf"(?:{OF_ONE}|\b(?:[Ff]amily|[Ww]idow(?:er)?|[Mm]um|[Dd]ad|[Mm]other|[Ff]ather) with"
    r"|\b[Rr]aised|\b[Bb]rought up|\b(?:[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Oo]ne) (?=of)) "
    rf"(?P<detail>(?:of )?(?:(?:my|all) )?{MANY} (?:children|kids|sons|daughters|brothers|sisters|siblings))\b(?!['’])"
)
ONE_OF_MANY = hinted(
    rf"\b(?P<detail>(?:(?:single )?mother|(?:single )?father|mum|dad|eldest|oldest|youngest) of {MANY}){ENDS}",
    re.IGNORECASE,
)
HONOUR = hinted(
    rf"{OF_ONE}(?: (?:awarded|given|received|made|holding|holder of|got))? (?P<detail>(?:an?|the|my) "
    r"(?:[MOC]BE|BEM|George (?:Cross|Medal)|Military Cross|Victoria Cross|British Empire Medal|knighthood|damehood)\b"
    rf"(?: for [^.,;:!?\n()]{{3,60}}?{ENDS})?)"
)
BY_TRADE = hinted(
    r"(?:\bI(?:['’]?m| am| was)|\bs?he(?:['’]s| is| was)|\b(?:is|was)) "
    r"(?P<detail>an? (?P<role>(?:[a-z][\w\-]+ ){0,2}?[a-z][\w\-]+) by (?:trade|profession|calling))\b"
)
CHAMPION = hinted(
    r"\b(?P<detail>(?:ex[ \-]|former |retired )?(?:professional|international|olympic|paralympic|world champion)"
    rf" (?:[a-z]+ )?{any_of('champions')})\b",
    re.IGNORECASE,
)
OFFICE = hinted(
    rf"{OF_ONE} (?P<detail>(?:the |an? |our )?(?:(?:deputy|assistant|acting|former) )?{any_of('rare_offices')})\b"
)
MISHAP = hinted(
    r"\b(?P<detail>(?:struck|hit) by lightning"
    rf"|(?:bitten|stung|mauled|gored|attacked|trampled) by an? {any_of('beasts')}"
    r"|lost (?:both|all) (?:(?:my|his|her|of my) )?(?:legs|arms|hands|feet|eyes|limbs)"
    r"|(?:survived|lived through|(?:was|were) in|pulled from|(?:injured|hurt) in) (?:an?|the) (?:[a-z]+ )?"
    rf"{any_of('carried')} {any_of('disasters')})\b(?! insurance)",
    re.IGNORECASE,
)
WHEN_IT_FELL = hinted(
    rf"\b(?P<detail>(?:when|after|the day) the (?:[\w'’\-]+ ){{0,2}}{any_of('fall_down')} {any_of('fell_down')})\b",
    re.IGNORECASE,
)
SEEN_ON = hinted(
    r"\b(?:(?:I|[Ww]e|s?he|who|[Mm]y [a-z]+)(?:['’]ve| have| has|['’]d| had)? "
    r"(?:(?:was|were|been|went|appeared|featured|competed|got) on|won)"
    r"|a (?:contestant|finalist) (?:on|in)|came (?:second|third|last) (?:on|in)) "
    rf"(?P<detail>{any_of('broadcasts')}(?: in (?:19|20)\d\d)?)\b(?! to\b)"
)
EVIDENCE = hinted(
    r"\b(?P<detail>(?:gave|given|giving) (?:oral |live |my )?evidence (?:to|at|before) (?:the|a|an) "
    r"(?:[\w&'’\-]+ ){0,4}?(?:select committee|public inquiry|inquest|royal commission|inquiry))\b",
    re.IGNORECASE,
)
ADOPTED = hinted(
    r"\b(?P<detail>(?:adopted|evacuated|airlifted|smuggled) (?:from|out of) (?:an orphanage in )?(?P<land>[A-Z][a-z]+)"
    r"(?P<when> as a (?:baby|child|toddler)| in (?:19|20)\d\d)?)\b"
)
FORMS: dict[Hinted, str] = {
    HEIGHT: "DEMOG", CHILDREN: "DEMOG", ONE_OF_MANY: "DEMOG", HONOUR: "DEMOG", BY_TRADE: "JOB", CHAMPION: "JOB",
    OFFICE: "JOB", MISHAP: "EVENT", WHEN_IT_FELL: "EVENT", SEEN_ON: "EVENT", EVIDENCE: "EVENT", ADOPTED: "DEMOG",
}  # fmt: skip
"""Each way of saying it, and what that is."""


def find_rare_facts(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """What few can say of themselves, in each document."""
    return [list(rare_facts_in(document.text)) for document in documents]


def rare_facts_in(text: str) -> Iterator[Finding]:
    """What singles somebody out in a text, by these forms.

    >>> text = "I am six foot nine. I am a bell hanger by trade and I was on Mastermind. I have three kids."
    >>> [finding.span.of(text) for finding in rare_facts_in(text)]
    ['six foot nine', 'a bell hanger by trade', 'Mastermind']
    """
    text = unwrapped(text)
    for form, label in FORMS.items():
        for match in form.finditer(text):
            common = form is BY_TRADE and match["role"].split()[-1] in context("common_roles")
            if not common and (form is not ADOPTED or match["when"] or is_wide(match["land"])):
                yield Finding(Span(*match.span("detail")), label, IdentifierKind.QUASI, 0.8, "rare-facts")
