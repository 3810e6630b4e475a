"""Names by list and by what stands around them: "my adviser X", "called X", "Dr X", "our X", "thanks X", a sign-off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from themes.deidentify.lexicon import given_names, is_wide, ordinary_words, places, plain_names, surnames, wide_places, word_names
from themes.deidentify.roles import KIN, ROLES, TITLES
from themes.deidentify.words import Word, kept_places, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

NEVER = frozenset(
    """i a an the and or but so if as at by for from in into of off on to up with is am are was were be been being do does did
    have has had having this that these those there here he she it they we you me him her us them my your his its our their mine
    not no yes never very just only also too then than when where what which who whom whose why how all any both each every few
    more most other some such same own can could will would shall should may might must said says say told tell tells asked ask
    because about after before again against between during while until since through over under out down both one two three
    back still even now today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december everyone everybody someone somebody anyone nobody people mate
    mates love hun hon babe guys folks friend friends god lord sir madam team staff dad mum mam mom mummy daddy nan nana gran
    granny grandad grandma brother sister son daughter husband wife partner uncle auntie aunt cousin doctor nurse adviser advisor
    coach manager police council government minister prime tory tories labour please thanks thank cheers hi hello hey dear sorry
    yes yeah ok okay well oh ah lol omg xx x xxx got get gets getting go goes going went come came make made let put see saw seen
    always really much many lot lots good bad great new old better best worse first last next another nothing something anything
    everything work job jobs money time day week month year life home house help support benefit benefits claim appeal form
    who's that's it's i'm i've he's she's don't didn't wasn't isn't can't won't couldn't wouldn't like ill im ive dont""".split()
)
MONTH_NAMES = frozenset({"may", "april", "june", "august"})
MODAL = frozenset("will may can nor van drew grant sue rob mark bob pat don josh dot page ward".split())
SPEECH = frozenset(
    """said says told tells asked asks rang phoned called emailed texted wrote replied explained suggested promised insisted reckons
    reckoned agreed refused laughed shouted smiled kept made helped gave sent booked referred sanctioned assessed interviewed seemed
    understood listened retired left died passed lost thinks thought knows knew was is has had never always just wants wanted""".split()
)
BEFORE = frozenset("with to by from saw met meet see seen and for than told rang ask asked phoned emailed text texted miss thank about".split())
GREETING = frozenset("hi hello hey hiya dear thanks thank cheers ta sorry bye goodbye morning evening afternoon congrats congratulations".split())
CLOSING = re.compile(
    r"(?:^|[\n.!?,]\s*)(?:kind regards|best regards|warm regards|regards|best wishes|all the best|best|many thanks|thanks again|thanks|thank you|cheers|yours sincerely|yours faithfully"
    r"|sincerely|yours|lots of love|much love|love|take care|hugs|signed|solidarity|in solidarity|god bless|bless you|ta|(?<=\n)from)(?: (?:from|and|to all|everyone|all))?[,.!:\-–—]?\s*\n?\s*[\-–—]?\s*"
    r"(?P<name>[^\W\d_][\w'’\-]*\.?(?: [^\W\d_][\w'’\-]*\.?){0,2})(?P<rest>[ ,]*(?:\([^)\n]{0,40}\)|x+|[.!])?)\s*$",
    re.IGNORECASE,
)
SIGNED = re.compile(r"(?:\n|[.!?] {0,2})\s*[\-–—~]{1,2}\s?(?P<name>[^\W\d_][\w'’\-]*\.?(?: [A-Z][\w'’\-]*\.?){0,2})(?: ?\([^)\n]{0,40}\)| ?x{1,3})?\s*$")
BYLINE = re.compile(
    r"(?:^|\n|[.(:]\s?)\s*(?:(?:(?:posted|written|reported|words|story|interview|photo|image|post|blog|article|guest post|the below post|this post)(?: (?:was )?(?:written )?)?by)|By)[: ]\s?"
    r"(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’.\-]*){0,3})",
)
SAYS = re.compile(r"^\s*(?:\d{1,3}\.\s+)?(?P<name>[^\n]{1,40}?) (?:says|said|wrote|writes|commented|replied)(?: on [^\n:]{4,40})?:", re.MULTILINE)
DOTTED = re.compile(
    r"(?<![\w.])(?!U\.K|U\.S|N\.I\.|P\.S|N\.B|D\.O|A\.M|P\.M|R\.I\.P|B\.A|B\.Sc|M\.E|M\.S|G\.P|T\.V|I\.T|P\.A|E\.G|I\.E|M\.P|N\.H|J\.C|A\.D|B\.C|C\.V|H\.R|I\.D|E\.U|U\.N|O\.K|O\.T|A\.A|F\.A|L\.A)(?P<name>[A-Z]\.[A-Z]\.?(?:[A-Z]\.?)?)(?![\w])"
)
INITIALS_SAID = re.compile(r"\b(?:[Ii]nitials(?: (?:are|were|being|is))? |[Ss]igned(?: off)?(?: by)? |[Ii]t was (?=[A-Z]{2} who))(?P<name>(?!NO|IN|ON|UP|BY|AT|MY|IT|TO)[A-Z]\.? ?[A-Z]\.?(?:[A-Z]\.?)?)(?!\w)|(?<![\w.])(?P<name2>(?!GP|MP|HR|IT|TV|MY|UK)[A-Z]{2}), (?:my|the|our) (?:\w+ )?(?:adviser|advisor|coach|manager|assessor|nurse|worker|boss|supervisor)\b")
OFFICE = re.compile(
    r"(?:^|[.\n]\s*|: |, our [^,\n]{3,40}, )(?P<name>[A-Z][\w'’\-]+ [A-Z][\w'’\-]+), (?=(?:[A-Z]\w+ |the |our |a |and |of ){0,7}?(?i:officer|manager|director|executive|head|chair|chief|lead|coordinator|adviser|advisor|editor|founder|secretary|researcher|campaigner|trustee|president|professor|lecturer)\b)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once, for all the rules."""

    text: str
    words: list[Word]
    kept: list[Span]

    def gap(self, i: int) -> str:
        """What stands between word i and the next; a line end where there is none."""
        return self.text[self.words[i].end : self.words[i + 1].start] if i + 1 < len(self.words) else "\n"

    def joined(self, i: int) -> bool:
        """Whether word i and the next stand side by side, an initial's full stop aside."""
        gap = self.gap(i)
        return gap == " " or (gap in {". ", "."} and self.words[i].end - self.words[i].start == 1) or gap in {"'s ", "’s "}


def find_names(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """Persons by list and context. `recognizer` says which: "given-name", "word-name", "name-context", "name-hint"."""
    return [list(names_in(document.text)) for document in documents]


def names_in(text: str) -> Iterator[Finding]:
    """The names of one text, with overlaps.

    >>> sorted({finding.span.of("my adviser Sadiqa was kind") for finding in names_in("my adviser Sadiqa was kind")})
    ['Sadiqa']
    """
    reading = Reading(text, words_of(text), [place.span for place in kept_places(text) if not place.short])
    yield from _listed(reading)
    yield from _after_roles(reading)
    yield from _after_words(reading)
    yield from _in_small_letters(reading)
    yield from _around_verbs(reading)
    yield from _by_form(reading)


def _listed(reading: Reading) -> Iterator[Finding]:
    words = reading.words
    for i, word in enumerate(words):
        if word.plain not in given_names() and word.plain not in word_names():
            continue
        if word.shape == "digit" or _in(reading.kept, word):
            continue
        end = _with_surname(reading, i)
        if word.plain in plain_names():
            score = 0.9 if word.capital else 0.7
            yield _finding(reading, i, end, "given-name", score)
        elif end > i + 1 and word.capital:
            yield _finding(reading, i, end, "name-context" if words[end - 1].plain in surnames() else "name-hint", 0.8)
        elif word.capital and not word.opens and word.plain not in MONTH_NAMES and not is_wide(word.plain):
            yield _finding(reading, i, end, "word-name", 0.5)


def _with_surname(reading: Reading, i: int) -> int:
    """The index after the surname, initial or further given name that follows word i."""
    words, end = reading.words, i + 1
    while end < len(words) and end < i + 4 and reading.joined(end - 1) and _possessive_free(reading, end - 1):
        word = words[end]
        initial = word.end - word.start == 1 and word.shape == "title" and word.plain not in {"i", "x", "a"}
        known = word.plain in surnames() or word.plain in plain_names()
        strange = word.capital and word.plain not in NEVER and word.plain not in ordinary_words()
        capital_pair = word.capital and words[i].capital and word.plain not in NEVER and not _in(reading.kept, word)
        sure_small = not words[i].capital and word.plain in surnames() and word.plain not in ordinary_words()
        surname_small = not words[i].capital and word.plain in surnames() - SURNAME_WORDS and i + 1 == end
        if not (initial or (known and capital_pair) or (strange and capital_pair) or sure_small or surname_small or (capital_pair and not word.opens and word.plain not in wide_places())):
            break
        end += 1
    return end


# Surnames that are everyday words: in small letters they follow a given name too often to mean one.
SURNAME_WORDS = frozenset(
    """ball banks baker barber baron barry bell best bird bishop black bond booth bridges bright brook brown bull butcher butler butt cannon carpenter carter church clay close
    cook cotton cross dale day dean drake draper dyer ellis english field fisher flood flower flowers ford forest forrest fox france frank french frost fry garner gates gale george gill glover gold good
    goodman grant gray green grey guest hall hand hardy hart heath hill hood hope horn hunt hunter hurst islam jordan joseph joyce judge keen king knight lamb land lane law lee lin little long lord love marsh
    martin mason master masters may mills moon moore moss new newman nice noble north page painter park parish parsons peck penny pike pole pool poole pope potter potts power price prince prior read
    reed rice rich rivers roach rock root rose rowe rush russell sale salmon sands savage sharp shepherd shore short silver singer singh skinner slack small smart smith snow sparks spencer spooner stack stark steel steele stone
    street strong summer summers swan swift sykes tanner temple terry tiller tyler walker wall ward waters way weaver webb well wells west wheeler white wild wills winter wise wolf wood woods wright young kay
    miles may chance parr parrish dance major bacon bean bull silva stock store stocks rain light love joy""".split()
)


def _after_roles(reading: Reading) -> Iterator[Finding]:
    words = reading.words
    for i, word in enumerate(words):
        if word.plain in ROLES or word.plain in KIN:
            yield from _name_of_role(reading, i)
        if word.plain in TITLES and (reading.joined(i) or reading.gap(i) == ". "):
            yield from _name_of_title(reading, i)


def _name_of_role(reading: Reading, i: int) -> Iterator[Finding]:
    words, at = reading.words, i + 1
    if at >= len(words):
        return
    between = reading.gap(i)
    if between not in {" ", ", ", " - ", " – ", " (", ": "}:
        return
    while at < len(words) and words[at].plain in {"is", "was", "called", "named", "name", "a", "lady", "at", "time"} and at < i + 5 and not words[at].opens:
        at += 1
    linked = at > i + 1
    if linked and not any(words[k].plain in {"called", "named", "name"} for k in range(i + 1, at)):
        # "my adviser was Tina" names; "my adviser was great", "the manager is English" do not.
        if not (words[at].plain in given_names() if at < len(words) else False):
            return
    if at >= len(words) or words[at].opens:
        return
    initials = INITIALS.match(reading.text, words[at].start)
    if initials and not _in(reading.kept, words[at]):
        yield Finding(Span(*initials.span("name")), "PERSON", IdentifierKind.DIRECT, 1.0, "name-context")
        return
    ends_there = at + 1 == len(words) or reading.gap(at)[:1] in ",.;!?\n)"
    end = _run(reading, at, small=True, strict_small=(words[at].plain in MODAL or linked or between != " ") and not (linked and ends_there))
    if end > at:
        yield _finding(reading, at, end, "name-context", 1.0)


def _name_of_title(reading: Reading, i: int) -> Iterator[Finding]:
    words, at, title = reading.words, i + 1, reading.words[i]
    if at >= len(words):
        return
    loud = title.plain in {"mr", "mrs", "dr", "cllr", "prof"}
    if not loud and not title.capital:
        return
    first = words[at]
    end = _run(reading, at, small=False, most=3)
    if end == at and loud and title.shape in {"lower", "upper"} and first.plain not in NEVER and first.shape == "lower":
        end = at + 1
    if end == at and loud and first.end - first.start == 1:
        end = at + 1
    sure = loud or title.plain in {"ms", "miss", "councillor", "professor", "rev", "reverend", "sgt", "pc", "sir", "dame", "auntie", "uncle"} or first.plain in given_names() | surnames()
    if end > at and (sure or not title.opens):
        yield _finding(reading, at, end, "name-context", 1.0 if sure else 0.6)


def _after_words(reading: Reading) -> Iterator[Finding]:
    words = reading.words
    for i, word in enumerate(words[:-1]):
        after, plain = words[i + 1], word.plain
        if plain in {"called", "named", "nicknamed"} and reading.joined(i) and not after.opens:
            person = any(w.plain in PERSON_WORDS for w in words[max(0, i - 5) : i])
            if not person and any(w.plain in THINGS for w in words[max(0, i - 3) : i]):
                continue
            initials = INITIALS.match(reading.text, after.start) if person else None
            if initials:
                yield Finding(Span(*initials.span("name")), "PERSON", IdentifierKind.DIRECT, 1.0, "name-context")
            end = _run(reading, i + 1, small=person, strict_small=False)
            if end > i + 1:
                yield _finding(reading, i + 1, end, "name-context", 1.0 if person else 0.5)
        elif plain in {"name", "name's", "names"} and i and words[i - 1].plain in {"my", "his", "her", "real", "whose", "full", "adviser's", "coach's", "first", "the", "husband's", "son's", "daughter's"}:
            at = i + 2 if after.plain in {"is", "was", "being"} else i + 1
            if at < len(words) and not words[at].opens and (at == i + 2 or POSSESSED.match(reading.gap(i)) or ":" in reading.gap(i) or plain != "name"):
                end = _run(reading, at, small=True, most=4, any_small=words[i - 1].plain in {"my", "his", "her", "real", "full"})
                if end > at:
                    yield _finding(reading, at, end, "name-context", 1.0)
        elif plain == "our" and reading.joined(i) and after.plain in given_names() | word_names() and (after.capital or after.plain in plain_names()):
            yield _finding(reading, i + 1, i + 2, "name-context", 1.0)
        elif plain in GREETING and not _in(reading.kept, after) and reading.gap(i) in {" ", ", ", " - "}:
            yield from _greeted(reading, i)
        elif plain in {"i'm", "im", "am", "this"} and after.capital:
            at = i + 2 if plain == "this" and after.plain == "is" else i + 1
            if (plain != "am" or (i and words[i - 1].plain == "i")) and at < len(words) and words[at].plain in given_names():
                yield _finding(reading, at, _run(reading, at, small=False), "name-context", 0.9)


# Not the initials of an office: "my adviser GP" is nobody's name.
INITIALS = re.compile(r"(?!MP\b|GP\b|DWP|JCP|OK\b|UK\b|TV\b|PA\b|HR\b|IT\b|AND\b|IS\b|WAS\b|AT\b|IN\b)(?P<name>[A-Z]\.? ?[A-Z]\.?(?: ?[A-Z]\.)?)(?![\w'’]|\.\w)")
THINGS = frozenset("village town place street road firm company shop factory business pub cafe hospital ward unit school college course scheme charity group film book agency report thing programme form benefit".split())
POSSESSED = re.compile(r"['’]s ")
PERSON_WORDS = KIN | ROLES | frozenset(
    """lad man woman guy bloke girl boy lady chap fella someone somebody person woman's colleague kid baby child friend mate volunteer youngster
    receptionist neighbour teacher volunteer lassie lass gentleman member one counsellor chappie""".split()
)


def _greeted(reading: Reading, i: int) -> Iterator[Finding]:
    words, word = reading.words, reading.words[i]
    at = i + 1
    while at < len(words) and words[at].plain in {"again", "so", "much", "to", "you", "everyone", "all", "there", "and", "very", "hear", "that", "for", "my", "darling", "good"} and at < i + 4:
        at += 1
    if at >= len(words) or words[at].opens and "\n" in reading.text[word.end : words[at].start]:
        return
    name = words[at]
    if name.plain in given_names() and (name.capital or name.plain in plain_names() or at == i + 1 and name.plain not in MODAL):
        yield _finding(reading, at, _with_surname(reading, at), "name-context", 1.0)
    elif at == i + 1 and word.opens and name.capital and name.plain not in NEVER and name.plain not in ordinary_words() and not _in(reading.kept, name):
        yield _finding(reading, at, at + 1, "name-context", 0.7)


def _in_small_letters(reading: Reading) -> Iterator[Finding]:
    """A name in small letters that is also a word, or misspelt: "spoke to mark", "my adviser sharren said"."""
    words = reading.words
    for i, word in enumerate(words):
        if word.shape != "lower" or word.plain in NEVER or word.plain in plain_names():
            continue
        if word.opens or i == 0 or reading.gap(i - 1) != " ":
            if word.plain in word_names() and AS_ROLE.match(reading.text, word.end):
                yield _finding(reading, i, i + 1, "name-context", 1.0)
            continue
        before = words[i - 1].plain
        spoken = before in ADDRESSED or (before == "to" and i > 1 and words[i - 2].plain in SPEAKING)
        speaks = i + 1 < len(words) and reading.gap(i) == " " and words[i + 1].plain in SPEECH
        if word.plain in word_names() - AUXILIARY:
            reported = before in {"said", "says", "reckons", "thinks"} and i + 1 < len(words) and words[i + 1].plain in CLAIMS
            if (spoken and not _goes_on(reading, i)) or reported:
                yield _finding(reading, i, i + 1, "name-context", 1.0)
            elif AS_ROLE.match(reading.text, word.end) or AT_WORK.match(reading.text, word.end):
                yield _finding(reading, i, i + 1, "name-context", 1.0)
        elif word.plain not in ordinary_words() and word.plain not in places() and word.plain not in surnames():
            role = before in ROLES | KIN and (speaks or misspelt_name(word.plain))
            if role or ((spoken or speaks) and misspelt_name(word.plain)):
                yield _finding(reading, i, i + 1, "name-context", 0.8)


AS_ROLE = re.compile(r",? (?:is|was|as|who is|who was|being) (?:my|the|our|his|her|their) (?:\w+ ){0,2}(?:adviser|advisor|coach|manager|assessor|receptionist|nurse|case ?worker|worker|key ?worker|psychiatrist|counsellor|therapist|boss|supervisor|friend|mate|sister|brother|neighbour)\b", re.IGNORECASE)
AUXILIARY = frozenset("will may can nor van".split())
CLAIMS = frozenset("would will had has was is could can might is".split())
ADDRESSED = frozenset("told rang asked phoned emailed met saw texted with from by called thanked".split())
SPEAKING = frozenset("spoke talked speak talk speaking talking said listened complained wrote explained turned sent".split())


def _goes_on(reading: Reading, i: int) -> bool:
    """Whether a word leans on the next, as a name at the end of its phrase does not: "with grace and", but "by mark scheme"."""
    return i + 1 < len(reading.words) and reading.gap(i) == " " and reading.words[i + 1].plain not in FOLLOW


FOLLOW = SPEECH | NEVER


@lru_cache(maxsize=4096)
def misspelt_name(plain: str) -> bool:
    """Whether a word is one letter off a given name of five letters or more, and no word of its own.

    >>> misspelt_name("sharren"), misspelt_name("sanction")
    (True, False)
    """
    if len(plain) < 5 or plain in ordinary_words():
        return False
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    return extractOne(plain, LONG_NAMES, scorer=OSA.distance, score_cutoff=1) is not None


LONG_NAMES = tuple(sorted(name for name in plain_names() if len(name) > 4))


def _around_verbs(reading: Reading) -> Iterator[Finding]:
    words = reading.words
    for i, word in enumerate(words):
        if not word.capital or word.plain in NEVER or _in(reading.kept, word) or word.plain in wide_places():
            continue
        nameable = word.plain in given_names() | word_names() | surnames() or word.plain not in ordinary_words()
        speaks = i + 1 < len(words) and reading.gap(i) == " " and words[i + 1].plain in SPEECH
        spoken_to = i > 0 and reading.gap(i - 1) == " " and words[i - 1].plain in BEFORE and not word.opens
        placed = AT_WORK.match(reading.text, word.end) is not None
        if nameable and word.shape == "title" and (speaks or spoken_to or placed):
            known = word.plain in given_names() | word_names()
            end = _with_surname(reading, i)
            yield _finding(reading, i, end, "name-context" if known and (placed or not word.opens or end > i + 1) else "name-hint", 0.7)
        if word.plain in given_names() | word_names():
            yield from _beside(reading, i)


AT_WORK = re.compile(
    r",? (?:my|the|our|an?|his|her) (?:\w+ )?(?:adviser|advisor|coach|manager|assessor|receptionist|nurse|case ?worker|support worker|key ?worker|psychiatrist|counsellor|therapist|neighbour|landlord|boss|supervisor)\b"
    r"|,? (?:from|at|in|on) (?:the |my |our )?(?:job ?centre|jcp|reception|desk|dwp|atos|work programme|office|front desk|dole)\b",
    re.IGNORECASE,
)


def _beside(reading: Reading, i: int) -> Iterator[Finding]:
    """Names in a row: "Karen, Steve and Priya". One that is known speaks for a stranger beside it."""
    words = reading.words
    for step in (-1, 1):
        j = i + step
        if not 0 <= j < len(words):
            continue
        if reading.gap(min(i, j)) in {", ", " & ", " + ", "/"}:
            pass
        elif words[j].plain in {"and", "or"} and 0 <= j + step < len(words) and reading.gap(min(i, j)) == " " == reading.gap(min(j, j + step)):
            j += step
        else:
            continue
        other = words[j]
        if other.shape == "title" and other.plain not in NEVER and not _in(reading.kept, other) and other.plain not in wide_places():
            known = other.plain in given_names() | word_names()
            if known or other.plain not in ordinary_words():
                yield _finding(reading, j, j + 1, "name-context" if known else "name-hint", 0.6)


def _by_form(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    for form, score in ((DOTTED, 0.7), (INITIALS_SAID, 1.0)):
        for match in form.finditer(text):
            span = Span(*match.span(match.lastgroup or 0))
            if not any(kept.overlaps(span) for kept in reading.kept):
                yield Finding(span, "PERSON", IdentifierKind.DIRECT, score, "name-context")
    for form, score in ((CLOSING, 0.9), (SIGNED, 0.9), (BYLINE, 1.0), (SAYS, 1.0), (OFFICE, 0.9)):
        for match in form.finditer(text):
            span = Span(*match.span("name"))
            said = [word for word in reading.words if span.start <= word.start < span.end]
            if not said or any(_in(reading.kept, word) for word in said) or said[0].plain in NEVER - {"x"}:
                continue
            if form in (CLOSING, SIGNED):
                known = any(word.plain in given_names() | word_names() for word in said)
                # "thanks. Bye", "from Leeds": an ordinary word or a place signs nothing.
                said = [word for word in said if word.plain not in NEVER]
                strange = said[0].capital and said[0].plain not in ordinary_words() and said[0].plain not in places()
                alone = "\n" in match.group()[: match.start("name") - match.start()] and said[0].capital and len(said) < 4
                if not (known or strange or alone) or said[0].plain in wide_places():
                    continue
            for word in said:
                if word.capital or word.plain in given_names() | surnames() or form is SAYS:
                    yield Finding(Span(word.start, word.end), "PERSON", IdentifierKind.DIRECT, score, "name-context")


def _run(reading: Reading, at: int, *, small: bool, strict_small: bool = False, any_small: bool = False, most: int = 3) -> int:
    """The index after a name that starts at word `at`; `at` itself where none does.

    Args:
        small: Whether a name in small letters counts, if it is a known given name.
        strict_small: Whether such a name must be nothing but a name.
        any_small: Whether any strange word in small letters counts.
        most: Words.
    """
    words, end = reading.words, at
    while end < len(words) and end < at + most and (end == at or (reading.joined(end - 1) and _possessive_free(reading, end - 1))):
        word = words[end]
        if _in(reading.kept, word) or word.shape == "digit":
            break
        capital = word.capital and (word.plain not in NEVER or (end == at and word.plain in word_names() and not word.opens)) and (word.shape != "upper" or word.end - word.start < 4 or word.plain in given_names() | surnames())
        listed = plain_names() if strict_small else given_names() | word_names()
        low = small and word.shape == "lower" and (word.plain in listed and word.plain not in NEVER or any_small and word.plain not in NEVER and word.plain not in ordinary_words())
        if end > at and not capital:
            surname = word.plain in surnames() and (any_small or word.plain not in SURNAME_WORDS)
            strange = any_small and word.plain not in ordinary_words() and word.plain not in NEVER
            low = small and word.shape == "lower" and (surname or strange)
        if not (capital or low):
            break
        end += 1
    return end


def _possessive_free(reading: Reading, i: int) -> bool:
    return reading.gap(i) not in {"'s ", "’s "}


def _in(spans: Sequence[Span], word: Word) -> bool:
    return any(span.start <= word.start < span.end for span in spans)


def _finding(reading: Reading, start: int, end: int, recognizer: str, score: float) -> Finding:
    span = Span(reading.words[start].start, reading.words[end - 1].end)
    return Finding(span, "PERSON", IdentifierKind.DIRECT, score, recognizer)
