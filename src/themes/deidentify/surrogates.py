"""What stands in the text in place of a detail, so that it stays readable and codable: "[adviser K7QX2]"."""

import re
from collections.abc import Sequence

from themes.deidentify.lexicon import given_names
from themes.deidentify.policy import Action, action_for, generalised, rule_for
from themes.deidentify.roles import ROLE_OF, TITLE_ROLES, TITLES
from themes.deidentify.vault import Vault
from themes.deidentify.words import kept_places, words_of
from themes.records.privacy import Finding

AFTER_NAME = re.compile(r",? (?:my|the|our|an?|his|her|is my|was my) (?:\w+ )?(?P<role>[a-z\-]+)")
OFFICE_WORDS = (
    (re.compile(r"job ?cent|jcp", re.IGNORECASE), "jobcentre"),
    (re.compile(r"food ?bank", re.IGNORECASE), "foodbank"),
    (re.compile(r"citizen|\bcab\b", re.IGNORECASE), "Citizens Advice"),
    (re.compile(r"assessment|examination", re.IGNORECASE), "assessment centre"),
)
HEALTH_WORDS = (
    (re.compile(r"hospice", re.IGNORECASE), "hospice"),
    (re.compile(r"ward", re.IGNORECASE), "ward"),
    (re.compile(r"surgery|practice|medical cent|health cent", re.IGNORECASE), "surgery"),
    (re.compile(r"hospital|infirmary", re.IGNORECASE), "hospital"),
)


def surrogates(
    text: str, findings: Sequence[Finding], vault: Vault, *, profile: str, also: Sequence[str] = ()
) -> list[str]:
    """What to write in the place of each finding; the words themselves where the profile keeps them.

    Args:
        text: The text the findings are about.
        findings: In order, without overlap.
        vault: Keeps what each tag stands for.
        profile: "coding" or "release".
        also: Full names known in the thread, by which a first name may be completed.
    """
    people = _people(text, findings, also)
    roles = _roles(text, findings, people)
    written = []
    for finding in findings:
        words = finding.span.of(text)
        action = action_for(finding.label, words, profile)
        if action is Action.KEEP:
            written.append(words)
        elif action is Action.GENERALISE:
            written.append(generalised(finding.label, words, profile))
        elif not rule_for(finding.label).tagged:
            written.append(f"[{rule_for(finding.label).says}]")
        elif finding.label == "PERSON":
            person = people[finding.span.start]
            written.append(vault.surrogate(roles.get(person, "person"), "person", person, shown=words))
        else:
            written.append(
                vault.surrogate(_says(finding, words), finding.label.casefold(), plain_form(words), shown=words)
            )
    return written


def plain_form(words: str) -> str:
    """The form in which all spellings of a name meet: small letters, single blanks, no title, no possessive.

    >>> plain_form("Mrs  KAREN O’Shea's")
    "karen o'shea"
    """
    pieces = [word.plain for word in words_of(words.title() if words.isupper() else words)]
    untitled = [piece for piece in pieces if piece not in TITLES] or pieces
    return " ".join(untitled) or words.casefold().strip()


def _people(text: str, findings: Sequence[Finding], also: Sequence[str]) -> dict[int, str]:
    """Where each person is named, and who it is: a first name or surname alone is the only longer name that holds
    it."""
    named = {f.span.start: plain_form(f.span.of(text)) for f in findings if f.label == "PERSON"}
    long_names = {name for name in (*named.values(), *map(plain_form, also)) if " " in name}
    return {start: _completed(name, long_names) for start, name in named.items()}


def _completed(name: str, long_names: set[str]) -> str:
    if " " in name:
        return name
    holders = {
        longer
        for longer in long_names
        if name in longer.split() or (name.endswith("s") and name[:-1] in given_names() and name[:-1] in longer.split())
    }
    if not holders and name.endswith("s") and name not in given_names() and name[:-1] in given_names():
        return name[:-1]
    return holders.pop() if len(holders) == 1 else name


def _roles(text: str, findings: Sequence[Finding], people: dict[int, str]) -> dict[str, str]:
    roles: dict[str, str] = {}
    for finding in findings:
        if finding.label != "PERSON":
            continue
        before = [word.plain for word in words_of(text[max(0, finding.span.start - 40) : finding.span.start])][-4:]
        role = TITLE_ROLES.get(before[-1]) if before else None
        for word in reversed(before):
            role = role or ROLE_OF.get(word)
        after = AFTER_NAME.match(text, finding.span.end)
        role = role or (ROLE_OF.get(after["role"]) if after else None)
        if role:
            roles.setdefault(people[finding.span.start], role)
    return roles


def _says(finding: Finding, words: str) -> str:
    if finding.label == "BRANCH":
        for form, says in OFFICE_WORDS:
            if form.search(words):
                return says
        provider = next(
            (p.span.of(words) for p in kept_places(words) if p.group in {"providers", "charities", "state"}), None
        )
        return f"{provider} office" if provider else "office"
    if finding.label == "HOSPITAL":
        return next((says for form, says in HEALTH_WORDS if form.search(words)), "health service")
    return rule_for(finding.label).says
