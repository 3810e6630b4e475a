"""User names: marked with an @, with figures or underscores in them, or said to be one."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import all_names, context, ordinary_words
from themes.records.privacy import Finding

ANYBODY = r"(?!(?i:admins?|mods?|moderators?|everyone|everybody)\b)"
AT = re.compile(rf"(?<![\w@./])@{ANYBODY}[A-Za-z0-9_][\w.]{{1,38}}\w|(?<![\w@.])/?u/[A-Za-z0-9_\-.]{{3,30}}\w")
AT_APART = re.compile(r"(?<![\w@./])@ (?P<detail>[\w.]{3,38}\w)")
BARE = re.compile(
    r"(?<![\w@./#\-])(?:_{0,2}[A-Za-z]{1,20}\d{0,4}(?:[_.]{1,2}[A-Za-z0-9]{1,20}){1,4}_{0,2}|_[A-Za-z][A-Za-z0-9.]{2,30}_{0,2}"
    r"|[A-Za-z]{4,30}(?:19|20)?\d{2,4})(?![\w@/\-]|\.\w)"
)
NUMBERED = re.compile(r"(?<![\w@./#])(?P<name>[A-Za-z][\w.]{2,30})#\d{4}(?!\w)")
"""With the four figures of a chat: "otterfan#4471"."""
NO_NAME = re.compile(r"(?:covid|section|group|esa|pip|brexit|windows|form|step|phase|year|page|part)\d+", re.IGNORECASE)
SITES = (
    r"(?:twitter|tweets?|insta|instagram|facebook|fb|snapchat|snap|tiktok|skype|discord|reddit|xbox|psn|telegram|whatsapp"
    r"|mastodon|bluesky|youtube|twitch|forum|board)"
)
ACCOUNT = hinted(
    r"\b(?:twitter|insta|instagram|facebook|fb|snapchat|snap|tiktok|skype|discord|reddit|xbox|psn|telegram|whatsapp"
    r"|user\s?name|user\s?id|login|log[- ]?in|screen name|gamertag|handle|nickname on here|profile name"
    r"|posting as|post as|posts as|write as|tweet as|tweets as|tweeting as|known online as|known on here as)\b"
    r"(?: (?:name|id|account|handle|user|username|gamertag|tag|login"
    r"|was|is|as|on here|it's|its|under|called|im)|,| i'?m){0,3}\s?[:=\-]?\s?[\"'“]?"
    r"(?P<detail>[@_]{0,2}[A-Za-z][\w.\-]{2,30})",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:i['’]?m|i am|(?:add|dm|find|follow|message|tag) me"
    r"|(?:somebody|someone|user|account|page|lad|guy|woman|man) called"
    r"|calling (?:them|him|her|my)sel(?:ves|f)|as|dm(?: to)?|message|follow|find"
    r"|add me on \w+)[ ,:]{1,2}(?P<detail>[@_]{0,2}[A-Za-z][\w.\-]{3,30})",
    re.IGNORECASE,
)
NEAR_SITE = hinted(rf"\b{SITES}\b", re.IGNORECASE)
ANYBODY_ELSE = frozenset(
    "me myself him himself her herself them us someone somebody anyone anon anonymous guest".split()
)
"""Whom somebody writes as, and who says no name by it: "posting as anonymous"."""
LONGEST_YEAR = 4
"""Figures at the end of a user name; more are a number."""


def user_names_in(text: str) -> Iterator[Finding]:
    """User names on sites, forums and games."""
    for match in AT.finditer(text):
        yield detail("HANDLE", *match.span())
    for match in NUMBERED.finditer(text) if "#" in text else ():
        if match["name"].casefold() not in ordinary_words():  # "claim#4471"
            yield detail("HANDLE", *match.span(), 0.9)
    for match in AT_APART.finditer(text) if "@ " in text else ():
        if _marked(match["detail"]) or (_strange(match["detail"]) and _near_site(text, match)):
            yield detail("HANDLE", match.start(), match.end(), 0.9)
    for match in BARE.finditer(text):
        if _marked(match.group()) and not NO_NAME.fullmatch(match.group()) and not _dotted_words(match.group()):
            yield detail("HANDLE", *match.span(), 0.8)
    for match in ACCOUNT.finditer(text):
        if not _not_a_user_name(text, match):
            yield detail("HANDLE", *match.span("detail"), 0.9)
    if NEAR_SITE.search(text):
        for match in SAID.finditer(text):
            if _strange(match["detail"]) and _near_site(text, match):
                yield detail("HANDLE", *match.span("detail"), 0.85)


def _marked(name: str) -> bool:
    return any(c.isdigit() for c in name) or ("_" in name and len(name) > 3)


def _dotted_words(name: str) -> bool:
    """ "end.Next", "e.g.2", "tel.01632960999": a full stop without its blank, not a name with figures."""
    if name.rpartition(".")[2].isdigit() and len(name.rpartition(".")[2]) > LONGEST_YEAR:
        return True
    return "." in name and (len(name) < 6 or not name[-1].isdigit())


def _strange(name: str) -> bool:
    """No word and no name of a person: "sunnyotter", not "honest" and not "Karen"."""
    plain = name.strip("@_.").casefold()
    listed = plain in ordinary_words() or plain in all_names() or plain in context("after_sites")
    return (len(plain) > 3 and not listed and not plain.endswith(("ing", "ed"))) or _marked(name)


def _near_site(text: str, match: re.Match[str]) -> bool:
    return bool(NEAR_SITE.search(text, max(0, match.start() - 40), match.end() + 50))


def _not_a_user_name(text: str, match: re.Match[str]) -> bool:
    # "my facebook page", "on twitter last night": what follows is an everyday word unless it has a figure or mark in
    # it, or the words before say that it is a name.
    name, before = match["detail"], text[match.start() : match.start("detail")].casefold()
    marked = any(c.isdigit() or c in "@_." for c in name.rstrip("."))
    said = re.search(r"(?:name|id|handle|login|gamertag|nickname| as )", before) and re.search(
        r"(?:\b(?:is|was|it's|its|called|as)|[:=\"'“])\s?[\"'“]?$|(?:name|id|handle|login)\s$", before
    )
    of_a_thing = not marked and name.casefold() in ordinary_words() and before.endswith(("handle ", "login "))
    linked = re.search(r"\b(?:is|it's|its|im|i'm)\s$|, ?$", before) and _strange(name) and not name.istitle()
    whose = name.rstrip(".").casefold()
    return not (marked or (said and not of_a_thing) or linked) or whose in context("after_sites") | ANYBODY_ELSE
