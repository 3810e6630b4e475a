"""Homes that are told without the kind of street that ends an address: a flat by its number, a house by what it was, a
boat, a site, what is beside it, a Welsh street, whose kind comes first."""

import re

from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.vaguer import MONTH
from themes.records.span import Span

TENS = r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
DIGITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEENS = r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
SAID_NUMBER = rf"(?:\d{{1,3}}[a-z]?|{TENS}(?:[ \-]{DIGITS})?|{TEENS}|{DIGITS})"
FLAT = hinted(
    r"(?<![\w£./\-])(?:flat|apartment|apt|almshouse|chalet|berth|caravan|(?:pitch|plot|caravan) no\.?)"
    r" ?(?!24/7)(?!(?<=\ba flat )\d+p\b)\d{1,4}[A-Za-z]?(?:/\d{1,2})?(?![^\W_]|[./]\d|,\d{3}| ?%"
    r"| (?:an? (?:week|month|year)|times|per|percent|pounds?|quid|pence|hours?|days?|weeks?|months?|years?|miles?"
    r"|minutes?|out)\b)"
    r"(?:,\s(?-i:The [A-Z][\w'’]+(?: [A-Z][\w'’]+)?)(?=\s*(?:[.,;:!?\n)]|$)))?",
    re.IGNORECASE,
)
LETTERED = re.compile(r"(?<!\w)(?<![A-G] )[Ff]lat [B-H](?![\w'’])")
"""A flat by its letter; "flat A" may begin a sentence's next words."""
AT_NUMBER = hinted(
    r"(?<!\w)(?:(?:live|lives|living|lived|neighbours?|lady|woman|man|bloke|couple|family|them|lad)"
    r"(?: \w+)? (?:at|from|in)"
    r"|(?:gate|door|doorstep|step|garden|tenants?|windows?|back) (?:of|at)) (?P<detail>(?:number |no\. ?|no )"
    rf"{SAID_NUMBER})(?![\w\-])(?! (?:in|on) (?:the|a|my|our|their|this|that) (?:[\w\-]+ )?"
    r"(?:list|queue|polls?|charts?|agenda|form)\b)",
    re.IGNORECASE,
)
"""A house by its number alone, where somebody lives or a door is spoken of."""
OLD_HOUSE = hinted(
    r"(?<!\w)(?:liv(?:e|es|ed|ing)|stay(?:s|ed|ing)?|address is|home is)(?: at| in)? (?P<detail>the old "
    r"(?:forge|rectory|vicarage|manse|mill|bakery"
    r"|chapel|schoolhouse|school house|post office|smithy|barn|dairy|stables|coach house|station house"
    r"|police house|creamery|granary|toll house|priory|parsonage))(?!\w)",
    re.IGNORECASE,
)
CARAVANS = hinted(
    r"(?<!\w)(?:at|on|in|to|off|from|called|named) (?:the (?=(?-i:[A-Z])))?"
    r"(?P<detail>(?!(?:the|an?|my|our|their|his|her|your|its|this|that|some|any|every|each|another|one) )"
    r"[\w'’]{3,20}(?: (?!(?:of|the|an?|my|our|their|his|her|your) )[\w'’]{2,20}){0,2}"
    r" (?:caravan|mobile home|holiday home|static|travell?ers['’]?) (?:park|site))(?!\w)",
    re.IGNORECASE,
)
BOAT = hinted(
    r"(?<!\w)(?P<detail>(?i:narrow ?boat|house ?boat|barge) ['’‘\"“]?[A-Z][\w'’]+(?: [A-Z][\w]+){0,2}['’\"”]?"
    r"(?:,? (?:on |at )?(?:the )?[A-Z][\w'’]+(?: [A-Z][\w'’]+)? (?i:moorings?|marina|wharf|basin|lock|canal))?)(?!\w)"
)
NO_TIME = rf"(?!(?:(?!march|may){MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter)(?!\w))"
"""What follows "in" or "on" that is no place; March is one as well."""
ABOVE = hinted(
    r"(?<!\w)(?P<detail>(?:the )?(?:flat|room|rooms|bedsit) (?:above|over|behind|next door to|next to|opposite) the"
    rf" (?:[a-z]+ ){{1,3}}(?:in|on|at) {NO_TIME}(?-i:[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?))"
    r"|(?<!\w)(?:live|lives|lived|living) (?P<beside>(?:right )?(?:above|over|behind|next door to|next to|opposite) the"
    r" (?!(?:[a-z]+ )?(?:line|breadline|law|limit|threshold|average|level|rest|worst|odds|moon)\b)"
    rf"(?:[a-z]+ ){{1,3}}(?:in|on|at) {NO_TIME}(?-i:[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?))",
    re.IGNORECASE,
)
"""Where somebody lives, by what is beside it: "the flat above the chip shop in X"."""
WELSH = hinted(
    r"(?<!\w)(?P<detail>(?:\d{1,4}[a-z]?,? )?(?-i:Heol|Ffordd|Stryd|L[oô]n|Rhodfa)(?: (?:y|yr|-)(?= ))?"
    r"(?: (?-i:[A-Z])[\w'’\-]+){1,3}"
    r"|\d{1,4}[a-z]?,? (?:heol|ffordd|stryd|l[oô]n|rhodfa|clos|maes)(?: (?:y|yr)(?= ))? [\w'’\-]{3,20})(?!\w)",
    re.IGNORECASE,
)
"""A street that begins with its kind: "31 ffordd y glowr", "Heol Glan Afon"."""
WITHOUT_STREET = (AT_NUMBER, OLD_HOUSE, CARAVANS, BOAT, ABOVE, WELSH)
BOX = hinted(r"(?<![^\W_])P\.?\s{0,3}O\.?\s{0,3}Box\s{0,3}\d{1,6}(?![^\W_])", re.IGNORECASE)


def homes_in(text: str) -> list[Span]:
    """The homes of one text, form by form.

    >>> text = "She lives at number nine. His is flat 4."
    >>> [span.of(text) for span in homes_in(text)]
    ['flat 4', 'number nine']
    """
    homes = [Span(*match.span()) for form in (FLAT, LETTERED, BOX) for match in form.finditer(text)]
    for form in WITHOUT_STREET:
        for match in form.finditer(text):
            homes.append(Span(*match.span(next(part for part, words in match.groupdict().items() if words))))
    return homes
