"""Names that are words as well, months above all, told by what only people do, have and are: "April told me", "June's
desk", "Will rang"."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from themes.deidentify.recognize.stray_s import owns_with_stray_s
from themes.deidentify.wording.lexicon import (
    any_of,
    context,
    is_wide,
    plain_names,
    surnames,
    word_names,
)
from themes.deidentify.wording.plain_words import plain_words
from themes.deidentify.wording.reading import Reading, read, with_surname
from themes.deidentify.wording.roles import KIN, ROLES, TITLES
from themes.deidentify.wording.words import kept_places
from themes.records.privacy import Finding
from themes.records.span import Span

SAID_NAME = "said-name"
"""The recogniser of such names: the weights, which know months for months, are not asked about them."""
PLACED = re.compile(
    rf" from (?:the |my |our )?{any_of('workplaces')}\b"
    rf"|(?:, | \()(?:my|the|our|an?|his|her) (?:\w+ ){{0,2}}{any_of('staff_and_friends')}(?=[,)])"
    rf"| (?:is|was) (?:my|our|his|her|their) (?:\w+ ){{0,2}}{any_of('staff_and_friends')}\b"
    r"| who (?:is|was|works|worked|runs|ran|has|had)\b",
    re.IGNORECASE,
)
AT_WORK = re.compile(
    rf" (?P<sure>on (?:reception|the (?:desk|door|phones?|front desk))(?! (?:number|line|bill)))(?![\w\-])"
    rf"| (?:from|at|in) (?:the |my |our )?{any_of('workplaces')}\b",
    re.IGNORECASE,
)
"""Where somebody is found: "April on reception"; where a month may pass, too: "April at the jobcentre"."""
DEALT_WITH = re.compile(rf" (?:(?:just|also|then|even|kindly) )?{any_of('dealt_with')}(?![\w\-])", re.IGNORECASE)
"""What people do with the things and persons of an office: months do not sign, type or take details."""
SAYS_IT_ALL = re.compile(r" (?:says|said) (?:it all|everything|all (?:that|there|you))\b", re.IGNORECASE)
GIVEN_TO = re.compile(
    r"\b(?:gave|given|handed|passed|sent|showed|went|spoke|talked|wrote) "
    r"(?!(?:\w+ ){0,3}(?:extension|deadline|dates?|hearing|time|weeks?|months?)\b)(?:[\w']+ ){0,4}to $",
    re.IGNORECASE,
)
"""Before somebody, and before the time until which something was put off as well."""
AND_THEN = re.compile(
    r",? (?:and|but|who) (?:s?he\b|she['’]s|he['’]s|(?:lost|filed|read|signed|kept|took) (?:it|them)\b)", re.IGNORECASE
)
CLOSES = re.compile(r"\s*(?:$|[,.;:!?)\n])| (?:and|who|but)\b")
"""After a name, where nothing else of what is called so follows."""
OFFICES = frozenset({"state", "schemes", "providers", "charities", "employers"})
"""Groups of keep.toml from which somebody may come."""
ASKED_FOR = frozenset({"ask", "asked", "asking", "looked", "looking", "message", "wait", "waited", "waiting"})
AWAY = frozenset({"away", "back", "great", "leaving", "lovely", "nice", "off", "on", "sick", "useless"})
"""What a colleague is, in small letters behind the word for one."""
LIKED = frozenset({"brilliant", "fantastic", "kind"})
HAVE = frozenset({"own", "new", "old", "work", "mobile", "lovely", "rude", "kind", "bad"})
"""Between "June's" and what she has."""


def said_names_in(text: str) -> Iterator[Finding]:
    """The names of one text that are words as well: months and "will" by all that is said of people, others by what
    they have and do to people.

    >>> text = "April told me in May. May I say June's desk was tidy, in June's heat?"
    >>> [finding.span.of(text) for finding in said_names_in(text)]
    ['April', 'June']
    """
    reading = read(text)
    plain: frozenset[int] | None = None
    for i, word in enumerate(reading.words):
        if owns_with_stray_s(reading, i) or _is_called_so(reading, i):
            yield reading.person(i, i + 1, SAID_NAME, 1.0)
            continue
        month, asking = word.plain in context("month_names"), word.plain in context("auxiliaries")
        if word.plain not in word_names() or word.shape not in {"title", "lower"} or reading.keeps(word):
            continue
        plain = plain_words(text) if plain is None else plain
        if i in plain or is_wide(word.plain):
            continue
        if word.shape == "lower":
            told = month and (_does_to_people(reading, i) or _follows_a_role(reading, i))
            told = told or (not asking and _tells_somebody(reading, i))
        elif month:
            told = _owns(reading, i) or _is_told_of(reading, i)
        else:
            told = _owns(reading, i) or (asking and _next(reading, i) in context("speech") - ADVERBS)
            told = told or (not asking and word.plain not in ROLES | KIN | TITLES and _does_to_people(reading, i))
            told = told or (not asking and _does_at_an_office(reading, i))
        if told and not (month and _is_minister(text, word.plain)):
            yield reading.person(i, with_surname(reading, i), SAID_NAME, 1.0)


SAYING = context("only_people_do") | context("people_do")
ADVERBS = frozenset({"always", "just", "never", "kept"})
"""Among `speech`, what may follow the verb "will" as well."""


def _next(reading: Reading, i: int) -> str:
    """The word after one, in small letters; empty where none stands beside it."""
    return reading.words[i + 1].plain if i + 1 < len(reading.words) and reading.gap(i) == " " else ""


def _before(reading: Reading, i: int) -> str:
    return reading.words[i - 1].plain if i > 0 and not reading.words[i].opens and reading.gap(i - 1) == " " else ""


def _is_minister(text: str, plain: str) -> bool:
    """Whether a text speaks of a public figure of that name."""
    return any(
        place.group == "people" and plain in place.span.of(text).casefold().split() for place in kept_places(text)
    )


def _is_told_of(reading: Reading, i: int) -> bool:
    end = reading.words[i].end
    if SAYS_IT_ALL.match(reading.text, end):
        return False
    surname = _next(reading, i) in surnames() and reading.words[i + 1].shape == "title"
    if surname and _next(reading, i) not in context("surname_words"):
        return True  # "April Jones", but not "May Day"
    placed = not _of_that_month(reading, i) and (PLACED.match(reading.text, end) is not None or _is_at_work(reading, i))
    dealt = DEALT_WITH.match(reading.text, end) is not None or _is_given(reading, i)
    return (
        placed
        or dealt
        or does(reading, i)
        or _is_like_people(reading, i)
        or _is_met(reading, i)
        or _in_company(reading, i)
    )


def _is_at_work(reading: Reading, i: int) -> bool:
    """ "April on reception", "May from Restart", "June at the jobcentre said"; but not "April at the jobcentre was
    busy"."""
    place = AT_WORK.match(reading.text, reading.words[i].end)
    if place:
        return bool(place["sure"]) or _does_there(reading, place.end())
    office = office_after(reading, i)
    return office is not None and (_next(reading, i) == "from" or _does_there(reading, office.end))


def _of_that_month(reading: Reading, i: int) -> bool:
    """ "my payment for April", "a letter dated May"; but not "I asked for April"."""
    before = _before(reading, i)
    return before in {"dated", "of"} or (before == "for" and _before(reading, i - 1) not in ASKED_FOR)


def office_after(reading: Reading, i: int) -> Span | None:
    """The provider, body or firm that somebody is "from", "at" or "in"."""
    if _next(reading, i) not in {"from", "at", "in"} or i + 2 >= len(reading.words):
        return None
    article = i + 3 < len(reading.words) and reading.words[i + 2].plain in {"the", "my", "our"}
    start = reading.words[i + 3 if article else i + 2].start
    places = (place for place in kept_places(reading.text) if place.group in OFFICES)
    return next((place.span for place in places if place.span.start == start), None)


def _does_there(reading: Reading, end: int) -> bool:
    """Whether what people do follows the place where they work."""
    last = bisect_left(reading.words, end, key=lambda word: word.end)
    return does(reading, last) or _is_like_people(reading, last)


def _does_at_an_office(reading: Reading, i: int) -> bool:
    """ "Hope at the Shaw Trust rang me", "Grace on reception was lovely"; but not "Hope at Mind is hard to find"."""
    office = office_after(reading, i)
    inside = _next(reading, i) == "in"  # "Faith in the office was low"
    place = None if office or inside else AT_WORK.match(reading.text, reading.words[i].end)
    if office is None and place is None:
        return False
    end = office.end if office else place.end() if place else 0
    last = bisect_left(reading.words, end, key=lambda word: word.end)
    liked = _next(reading, last) in {"is", "was"} and _next(reading, last + 1) in AWAY | LIKED
    return liked or _does_there(reading, end)


def _is_called_so(reading: Reading, i: int) -> bool:
    """ "an adviser named will, and he": a word that is a name as well, in small letters, which closes what somebody is
    called; but not "a course called hope"."""
    word = reading.words[i]
    if word.shape != "lower" or word.plain not in word_names() or _before(reading, i) not in {"called", "named"}:
        return False
    near = reading.words[max(0, i - 6) : i - 1]
    person = any(other.plain in group for other in near for group in (context("person_words"), KIN, ROLES))
    thing = any(other.plain in context("thing_words") for other in near[-3:])
    return person and not thing and CLOSES.match(reading.text, word.end) is not None


def _is_given(reading: Reading, i: int) -> bool:
    """ "I gave the form to April and she lost it"."""
    start, end = reading.words[i].start, reading.words[i].end
    given = GIVEN_TO.search(reading.text, max(0, start - 60), start) is not None
    return given and AND_THEN.match(reading.text, end) is not None


def _follows_a_role(reading: Reading, i: int) -> bool:
    """ "my work coach june rang", "my adviser april is off sick"."""
    if _before(reading, i) not in ROLES:
        return False
    after = _next(reading, i)
    if after in {"is", "was"}:
        return _is_like_people(reading, i) or _next(reading, i + 1) in AWAY
    return after in SAYING


def does(reading: Reading, i: int) -> bool:
    """ "April told me", "June always asked", "May didn't ring"."""
    at, plain_form = i, False
    while at < i + 2 and _next(reading, at) in context("before_verbs"):
        at += 1
        plain_form = plain_form or reading.words[at].plain in context("before_plain_verbs")
    verb = _next(reading, at)
    return verb in SAYING or (plain_form and verb in context("people_would"))


def _does_to_people(reading: Reading, i: int) -> bool:
    """ "Patience rang me", "june told us"."""
    return _next(reading, i) in context("done_to_people") and _next(reading, i + 1) in context("done_to")


def _tells_somebody(reading: Reading, i: int) -> bool:
    """ "dot phoned me", "hope told us": what nothing but people do, to the one who tells of it."""
    said = _next(reading, i) in context("only_people_do") and _next(reading, i + 1) in {"me", "us"}
    return said and _before(reading, i) in context("joins") | {""}


def _is_like_people(reading: Reading, i: int) -> bool:
    """ "April was so rude", "June was kind to me"."""
    if _next(reading, i) not in {"is", "was", "seems", "seemed", "sounded"}:
        return False
    at = i + 1
    while _next(reading, at) in context("very"):
        at += 1
    return _next(reading, at) in context("people_are") or (
        _next(reading, at) == "kind" and _next(reading, at + 1) == "to"
    )


def _owns(reading: Reading, i: int) -> bool:
    """ "June's desk", but not "June's rent", "June's phone bill"."""
    words = reading.words
    if i + 1 >= len(words) or reading.gap(i) not in {"'s ", "’s "}:
        return False
    at = i + 2 if words[i + 1].plain in HAVE and _next(reading, i + 1) else i + 1
    return words[at].plain in context("owned_by_people") and _next(reading, at) not in context("owned_by_months")


def _is_met(reading: Reading, i: int) -> bool:
    """ "met June at the library", "spoke to May about it", "rang April twice"."""
    before = _before(reading, i)
    far = _before(reading, i - 1) if before else ""
    met = (
        before in context("met_before") | {"told"}
        or (before == "to" and far in context("speaking") | context("answering"))
        or (before == "with" and far in context("speaking") | context("before_with"))
    )
    after = _next(reading, i)
    return met and (not after or after in context("after_met"))


def _in_company(reading: Reading, i: int) -> bool:
    """ "Karen and June", "June and Karen", "me and April"."""
    words = reading.words
    if _before(reading, i) == "and" and i > 1:
        other = words[i - 2]
        return other.plain == "me" or (other.capital and other.plain in plain_names())
    if _next(reading, i) == "and" and i + 2 < len(words):
        other = words[i + 2]
        return other.plain == "me" or (other.capital and other.plain in plain_names())
    return False
