"""What stands in the text in place of a detail, so that it stays readable and codable: "[adviser K7QX2M]"."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from themes.deidentify.replace.persons import SEX_OF_KIN, Cast, Said, said, who
from themes.deidentify.replace.policy import Action, action_on, generalised, rule_for
from themes.deidentify.replace.surrogate_form import ARTICLE, LANGUAGE, PROVIDERS, called_office, fitted
from themes.deidentify.replace.two_people import told_apart
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.lexicon import all_names, context, given_names, surnames
from themes.deidentify.wording.regions import kind_and_region
from themes.deidentify.wording.roles import REACH, ROLE_OF, TITLES, roles_of, tells_of_oneself
from themes.deidentify.wording.traits import kinds_told
from themes.deidentify.wording.words import SENTENCE_END, kept_places, words_of
from themes.records.privacy import Finding
from themes.records.span import Span

OFFICE_WORDS = (
    (re.compile(r"job ?cent|jcp", re.IGNORECASE), "jobcentre"),
    (re.compile(r"food ?bank", re.IGNORECASE), "foodbank"),
    (re.compile(r"citizen|\bcab\b", re.IGNORECASE), "Citizens Advice"),
    (re.compile(r"assessment|examination", re.IGNORECASE), "assessment centre"),
    (re.compile(r"\bhmp\b|\b(?:hm ?)?yoi\b|\bhm prison\b", re.IGNORECASE), "prison"),
)
HEALTH_WORDS = (
    (re.compile(r"hospice", re.IGNORECASE), "hospice"),
    (re.compile(r"ward", re.IGNORECASE), "ward"),
    (re.compile(r"surgery|practice|medical cent|health cent", re.IGNORECASE), "surgery"),
    (re.compile(r"hospital|infirmary", re.IGNORECASE), "hospital"),
)
# What says, before a name that no rule knows, that somebody works, learns or is cared for there.
GONE_TO = {
    "EMPLOYER": re.compile(
        r"\b(?:work(?:s|ed|ing)?|jobs?|shifts?|nights|days|employ\w*|hired|sacked|redundan\w+|apprentic\w*|foreman"
        r"|manager|boss|driver|cleaner|cook|clerk|machinist|assistant|years?|months|started|laid off|let go|paid off"
        r"|finished)\b",
        re.IGNORECASE,
    ),
    "SCHOOL": re.compile(
        r"\b(?:learn\w*|stud(?:y|ie\w*)|taught|teach\w*|pupils?|college|school|course|class|goes|went)\b", re.IGNORECASE
    ),
    "HOSPITAL": re.compile(
        r"\b(?:admitted|section\w*|detained|discharged|in-?patient|treated|operat\w+|scan|beds?|ward|nurses?"
        r"|psychiatr\w+)\b",
        re.IGNORECASE,
    ),
}
SAINT = re.compile(r"(?:st|saint)\b", re.IGNORECASE)
"""Schools and churches are called so as hospitals are."""
SAID_IN = re.compile(r"\b(?:in|into|speak|speaks|speaking|spoke) $", re.IGNORECASE)
NAMED_BY = {"SCHOOL": "school_words", "HOSPITAL": "hospital_words"}
# After "karens" without its apostrophe: what follows is owned, unless it is one of these.
OWNED = re.compile(
    r" (?!(?:and|or|but|is|was|are|were|has|had|did|to|in|on|at|of|for|from|with|who|as|said|says|told|i|you|we"
    r"|he|she|it|they|my|the|a|an|not|so|then|when|where|because|if|also|just|never|always)\b)[a-z]"
)
OWNED_SOMEBODY = re.compile(
    rf" (?:[\w\-]+ )?(?:{'|'.join(sorted(map(re.escape, ROLE_OF), key=len, reverse=True))})(?![\w\-])", re.IGNORECASE
)
"""After "oluwaseuns", a name in no list: whoever has an adviser is not called so."""
SPOUSE = re.compile(
    r",? (?:and|with) (his|her) (?:\w+ )?(?:wife|husband|partner|girlfriend|boyfriend|fiancee?|missus)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a person is named: by which key all their names meet, and what is known of them there."""

    key: str
    role: str | None
    family: bool
    """Whether several of one surname are meant: "the Smiths"."""
    owning: str
    """ "'s" where the name holds a possessive without its apostrophe."""


def surrogates(
    text: str,
    findings: Sequence[Finding],
    vault: Vault,
    *,
    profile: str,
    thread: Cast | None = None,
    provisional: bool = False,
) -> list[str]:
    """What to write in the place of each finding; the words themselves where the profile keeps them.

    Args:
        text: The text the findings are about.
        findings: In order, without overlap.
        vault: Keeps what each tag stands for.
        profile: "coding" or "release".
        thread: Whom the thread names besides, by which a first name may be completed.
        provisional: Whether nothing is written to the vault.
    """

    def tagged(says: str, family: str, key: str, words: str) -> str:
        return vault.surrogate(says, family, key, shown=words, provisional=provisional)

    mentions = _mentions(text, findings, thread or Cast())
    called = _units_by_short_names(text, findings)
    roles: dict[str, str] = {}
    for mention in mentions.values():
        if mention.role:
            roles.setdefault(mention.key, mention.role)
    for start, mention in mentions.items():
        if tells_of_oneself(text, Span(start, start)):
            roles.pop(mention.key, None)
    written = []
    for finding in findings:
        words = finding.span.of(text)
        rule = rule_for(finding.label)
        action = action_on(finding, words, profile)
        if action is Action.KEEP:
            written.append(words)
        elif action is Action.GENERALISE and not rule.tagged:
            vaguer = generalised(finding.label, words, profile).strip("[]")
            written.append(f"[{_fitted_age(text, finding, vaguer)}]")
        elif not rule.tagged:
            written.append(f"[{fitted(_traits(text, finding) or rule.says, text, finding.span)}]")
        elif finding.label == "PERSON":
            mention = mentions[finding.span.start]
            says = "family" if mention.family else roles.get(mention.key, "person")
            says = fitted(says, text, finding.span)
            written.append(tagged(says, "person", mention.key, words) + mention.owning)
        else:
            says = fitted(_says(text, finding, action, profile), text, finding.span)
            key = called.get((finding.label, plain_form(words)), plain_form(words))
            written.append(tagged(says, finding.label.casefold(), key, words))
    return written


def plain_form(words: str) -> str:
    """The form in which all spellings of a name meet: small letters, single blanks, no title, no possessive.

    >>> plain_form("Mrs  KAREN O’Shea's")
    "karen o'shea"
    """
    pieces = [word.plain for word in words_of(words)]
    untitled = [piece for piece in pieces if piece not in TITLES] or pieces
    return " ".join(untitled) or words.casefold().strip()


def _units_by_short_names(text: str, findings: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """The whole names of health services, schools and workplaces that a text calls by the beginning of exactly one:
    "Ferncliffe" of "Ferncliffe Surgery"; by label and short name."""
    named = sorted({(f.label, plain_form(f.span.of(text))) for f in findings if f.label in GONE_TO})
    whole = {}
    for label, short in named:
        at = bisect_left(named, (label, f"{short} "))
        longer = [name for other, name in named[at : at + 2] if other == label and name.startswith(f"{short} ")]
        if len(longer) == 1:
            whole[label, short] = longer[0]
    return whole


def cast_of(text: str, findings: Sequence[Finding]) -> Cast:
    """Everybody whom a text names."""
    return Cast(_everybody(text, [finding for finding in findings if finding.label == "PERSON"]).values())


def _everybody(text: str, people: Sequence[Finding]) -> dict[int, Said]:
    """How each person is named, by where that starts. Of "Bob and Jean Tarn" both are called Tarn, so that a Mr Tarn is
    not taken for Jean."""
    named = {finding.span.start: _said_at(text, finding) for finding in people}
    for one, other in pairwise(people):
        first, second = named[one.span.start], named[other.span.start]
        alone = len(first.pieces) == 1 and not _is_family(text, one, first)
        if alone and second.full and text[one.span.end : other.span.start] in {" and ", " & "}:
            named[one.span.start] = replace(first, pieces=(*first.pieces, second.pieces[-1]), surname=False)
    return told_apart(text, people, named)


def _mentions(text: str, findings: Sequence[Finding], thread: Cast) -> dict[int, Mention]:
    """Every mention of a person, by where it starts. Whoever has a role in a text ("my adviser Karen") is of that text
    alone: a thread's Karen is somebody who speaks in it, as a rule."""
    people = [finding for finding in findings if finding.label == "PERSON"]
    named = _everybody(text, people)
    here = Cast(named.values(), apart=thread.apart)
    everywhere = Cast([*thread.said, *here.said]) if thread.said else here
    told = roles_of(text, [finding.span for finding in people])
    roles = {finding.span.start: role for finding, role in zip(people, told, strict=True)}
    with_role = {named[start].pieces for start, role in roles.items() if role}
    mentions = {}
    for finding in people:
        start = finding.span.start
        one = named[start]
        family = _is_family(text, finding, one)
        around = here if one.pieces in with_role else everywhere
        key = one.key if family else who(one, text=here, thread=around)
        owning = "" if family else _owning(text, finding, one, key)
        mentions[start] = Mention(key, roles[start], family, owning)
    return mentions


def _said_at(text: str, finding: Finding) -> Said:
    before = re.search(r"(\w+)\.?\s{1,2}$", text[max(0, finding.span.start - 14) : finding.span.start])
    title = before[1].casefold() if before else ""
    spouse = SPOUSE.match(text, finding.span.end)
    sex = SEX_OF_KIN.get(title, "") or (("mr" if spouse[1].casefold() == "his" else "ms") if spouse else "")
    one = said(finding.span.of(text), title=title if title in TITLES else "", sex=sex)
    if _may_own(one.pieces[-1]) and len(one.pieces[-1]) > 3 and OWNED_SOMEBODY.match(text, finding.span.end):
        return replace(one, pieces=(*one.pieces[:-1], one.pieces[-1][:-1]))
    return one


def _may_own(piece: str) -> bool:
    """Whether the last piece of a name may be a possessive without its apostrophe: it ends in s, and no list has it."""
    return piece.endswith("s") and not (piece in all_names() or piece in surnames())


def _is_family(text: str, finding: Finding, one: Said) -> bool:
    """ "the Smiths", with or without a possessive."""
    (name, *more) = one.pieces
    plural = name.endswith("s") and name[:-1] in surnames() and name not in all_names() | surnames()
    return plural and not more and re.search(r"\bthe $", text[: finding.span.start][-5:], re.IGNORECASE) is not None


def _owning(text: str, finding: Finding, one: Said, key: str) -> str:
    written = [word.plain for word in words_of(finding.span.of(text))][-1:]
    if not written or not _may_own(bare := written[0]):
        return ""
    if bare[:-1] == one.pieces[-1]:  # whom somebody is said to belong to
        return "'s"
    known = bare[:-1] in key.split() or bare[:-1] in given_names()
    return "'s" if known and OWNED.match(text, finding.span.end) else ""


def _traits(text: str, finding: Finding) -> str:
    """The kinds of what somebody is: of an origin or belief, and of several traits that single somebody out; "language"
    of what something is written or said in: "a letter in Polish"."""
    words = finding.span.of(text)
    if finding.label == "DEM":
        return LANGUAGE if SAID_IN.search(text, 0, finding.span.start) else kinds_told(words)
    return kinds_told(words) if finding.recognizer == "traits" else ""


def _fitted_age(text: str, finding: Finding, vaguer: str) -> str:
    """ "a 47 year old" becomes "a [40–49-year-old]": "a [age 40–49]" would not read."""
    article = ARTICLE.search(text, max(0, finding.span.start - 4), finding.span.start)
    if finding.label == "AGE" and article and article[1].casefold() == "a":
        band, comma, sex = vaguer.removeprefix("age ").partition(", ")
        return ("ninety-or-older" if band == "90 or over" else f"{band}-year-old") + comma + sex
    return fitted(vaguer, text, finding.span)


def _says(text: str, finding: Finding, action: Action, profile: str) -> str:
    words = finding.span.of(text)
    if finding.label == "LOCATION" and action is Action.GENERALISE:
        return kind_and_region(words)
    if finding.label == "BRANCH":
        for form, says in OFFICE_WORDS:
            if form.search(words):
                return says
        named = next((place for place in kept_places(words) if place.group in PROVIDERS), None)
        return called_office(named.span.of(words), named.group, profile) if named else "office"
    if finding.label == "HOSPITAL":
        says = next((says for form, says in HEALTH_WORDS if form.search(words)), "")
        return says or ("school" if _names(words, "school_words") else _plainly(text, finding))
    return _plainly(text, finding) if finding.label in {"SCHOOL", "EMPLOYER"} else rule_for(finding.label).says


def _plainly(text: str, finding: Finding) -> str:
    """What a school, a workplace, a health service is called; "organisation" where the weights alone hold it for one
    and neither its name nor the words before it say which."""
    label = finding.label
    named = label in NAMED_BY and _names(finding.span.of(text), NAMED_BY[label])
    before = SENTENCE_END.split(text[max(0, finding.span.start - REACH) : finding.span.start])[-1]
    ruled = finding.recognizer != "evidence" and not (label == "HOSPITAL" and SAINT.match(finding.span.of(text)))
    sure = ruled or named or GONE_TO[label].search(before)
    return rule_for(label if sure else "ORG").says


def _names(words: str, among: str) -> bool:
    return any(word.plain in context(among) for word in words_of(words))
