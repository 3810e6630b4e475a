"""What the words before a number say that it is: "my NHS number is", "sort code", "they closed case"."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from themes.deidentify.replace.surrogate_form import surrogate_places
from themes.deidentify.wording.stretches import Stretches

OF_CASES = (
    r"case|claim|appeal|tribunal|complaint|crime|court|mr|mandatory\sreconsideration|customer|client|patient|hospital"
    r"|membership|order|payroll|staff|employee|student|policy|booking|tracking|journal|incident|report|referral"
    r"|service|debt|file|hosp|log|decision|enquiry|enforcement|warrant|fine|penalty|charge|loan|agreement"
    r"|unique|job|sanction"
    r"|assessment|member|caseload|meeting|zoom|webinar|prison(?:er)?|tenancy|rent|council\stax|invoice|application|ticket"
)
LABELS = re.compile(
    rf"""(?<![^\W_])(?:
    (?P<nhs>nhs(?:\s(?:number|no\b|num))?)
    |(?P<nino>national\sinsurance|n\.?i\.?\s(?:number|no\b|num)|nino|n\.?i\.?(?=[\s:,]))
    |(?P<sort>sort(?:ing)?[\s\-]?code|s/c|sc(?=[\s:.])|sort(?=[\s:]))
    |(?P<account>account|acc(?:t|nt)?|a/c|bank(?:\sdetails)?|building\ssociety|roll)
    |(?P<card>card(?:holder)?|long\snumber)
    |(?P<passport>passport)
    |(?P<licence>(?:driving\s)?licen[cs]e|driver(?:['’]?s)?\s(?:number|no\b|num|id))
    |(?P<pin>pin(?:\s(?:number|no\b|code))?|pass\s?code|security\scode)
    |(?P<sure>(?:{OF_CASES})\s?(?:ref(?:erence)?|no\b|number|num|id|code|\#)|ref(?:erence)?s?|urn|crn|uin|utr|ticket|noms|nomis|delius|pnc(?:\sid)?|cro\sn(?:o|umber)|brp|vid
      |(?:id|user|account|customer|employee)\sno\b)
    |(?P<maybe>case|claim|appeal|complaint|customer|tribunal|hearing|bundle|journal|reconsideration|ombudsman|police|file|log|debt|login
      |enforcement|warrant|submission)
    |(?P<phone>phoned?|tele?|telephone|mobile|mob|landline|ring|rings|rang|call(?:ed)?|text(?:ed)?|txt|whatsapp|fax
      |number)
    )(?![^\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
FILLER = re.compile(
    r"(?:[\s:;=#(\[\-–\"'“‘.,]|(?<![^\W_])(?:is|was|are|number|no|nr|num|id|code|ref|reference|of|its?"
    r"|it['’]s|said|says"
    r"|(?:he|she|they)(?=\ssaid|\ssays)|quote|quoting|ending|ends|ended|starting|starts|beginning|begins"
    r"|in|with)(?![^\W_]))*+",
    re.IGNORECASE,
)
NEW_SENTENCE = re.compile(r"[.!?]\s+(?!It['’]?s\b|It is\b)[A-Z]|\n\s*\n")
REACH = 45
"""Characters between a label's end and its number, at the most."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a number is said to be. `close`: nothing but "is", "number" and marks stands between."""

    name: str
    close: bool


def label_before(text: str, start: int, *, reach: int = REACH) -> Label | None:
    """The nearest label before an offset, in the same sentence and with no figure between; None if there is none.

    >>> label_before("My NHS number, they said, is 943", 29)
    Label(name='nhs', close=True)
    >>> label_before("My NHS number, I think, is 943", 27)
    Label(name='nhs', close=False)
    """
    labels = _labels_of(text)
    at = bisect_right(labels, start, key=lambda label: label[1]) - 1
    nearest = None
    while at >= 0 and start - labels[at][1] <= reach:
        if nearest is None or labels[at][0] != "phone":
            nearest = labels[at]
        if nearest[0] != "phone":  # "the reference they rang about is 12345678": a call is the weaker word
            break
        at -= 1
    if nearest is None:
        return None
    between = text[nearest[1] : start]
    # A surrogate stands for a number that was told between the two, so that a second look says what the first said.
    if any(c.isdigit() for c in between) or surrogate_places(between) or NEW_SENTENCE.search(between):
        return None
    return Label(nearest[0], FILLER.fullmatch(between) is not None)


@lru_cache(maxsize=16)
def _labels_of(text: str) -> list[tuple[str, int]]:
    """Every label of a text, with where it ends, in order."""
    ours = Stretches(surrogate_places(text))
    return [(str(m.lastgroup), m.end()) for m in LABELS.finditer(text) if not ours.hold(m.end() - 1)]
