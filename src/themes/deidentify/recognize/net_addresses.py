"""Addresses on the net: e-mail, web pages, machines; as they are, mistyped, spelled out, or written to be no links."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.hints import hinted
from themes.deidentify.wording.lexicon import ordinary_words
from themes.records.privacy import Finding

ENDING = (
    r"(?:co|com|con|org|net|uk|edu|gov|ac|nhs|me|info|io|eu|ie|ltd|plc|blog|tv|ly|de|fr|es|it|pl|ca|au|us"
    r"|biz|online|site"
    r"|shop|app|dev|scot|wales|cymru|london|link|page|xyz|news|store|live|community|example)"
)
DOT_WORD = r"(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|<dot>|\[\.\]|\(\.\))\s?|\s(?:dot|full stop)\s)"
LOCAL = r"[\w.+\-]"
_PROVIDERS = """
gmail hotmail yahoo outlook aol btinternet sky live icloud talktalk ntlworld virgin proton me"""
PROVIDERS = frozenset(_PROVIDERS.split())
EMAIL = re.compile(
    rf"(?<!{LOCAL}){LOCAL}{{1,64}}+(?:\s{{0,3}}@{{1,2}}\s{{0,3}}[\w\-]{{1,63}}+(?:\.{{1,2}}[\w\-]{{1,63}}+){{1,5}}+"
    rf"|@{{1,2}}[\w\-]{{1,63}}+)(?:(?:,\s?|\.\s){ENDING}(?![^\W_]))?(?:\.{ENDING}(?![^\W_]))?"
)
QUOTED_EMAIL = re.compile(
    rf"(?<!{LOCAL}){LOCAL}{{2,64}}+[\"”][\w\-]{{2,40}}\.{ENDING}(?:\.uk)?(?![^\W_])", re.IGNORECASE
)
SPELLED_AT = re.compile(
    rf"(?:\s?(?:\(at\)|\[at\]|\{{at\}}|<at>|\(a\)|\(@\)|\[@\]|[\"“]at[\"”]|@)\s?|\sat\s)"
    rf"(?:bt\s)?[\w\-]{{2,40}}+(?:(?:\s(?:dash|hyphen|underscore)\s)[\w\-]{{1,20}}+){{0,2}}"
    rf"(?:(?:\s?\.\s?|{DOT_WORD})[\w\-]{{2,20}}+){{0,4}}?(?:\s?\.\s?|{DOT_WORD}){ENDING}(?![^\W_])"
    rf"(?:(?:\.|{DOT_WORD}){ENDING}(?![^\W_]))?",
    re.IGNORECASE,
)
SPELLED_LOCAL = re.compile(
    rf"(?<![\w.+\-])[\w+\-]{{1,40}}(?:(?:\.|{DOT_WORD}|\s?_\s?|\s?[(\[](?:underscore|dash|hyphen"
    rf"|plus)[)\]]\s?|\s(?:underscore|dash|hyphen|plus)\s)[\w+\-]{{1,40}}){{0,5}}(?:\s\d{{1,4}})?$",
    re.IGNORECASE,
)
_JOINT = r"\s(?:dot|full stop|underscore|dash|hyphen)\s"
AT_PROVIDER = hinted(
    rf"(?<!{LOCAL})(?:(?=[\w.+\-]*[\d._])[A-Za-z]{LOCAL}{{2,40}}+|[A-Za-z][\w\-]{{0,40}}+(?:{_JOINT}[\w\-]{{1,40}}+){{1,4}})"
    r"(?:\s\d{1,4})? at (?:gmail|googlemail|hotmail|yahoo|outlook|icloud|aol|btinternet|talktalk|protonmail)\b"
    r"(?:\s(?:com|co uk|uk|org|net)\b)?",
    re.IGNORECASE,
)
"""Without the ending that everybody knows, or with its words alone: "jan_77 at hotmail", "jan dot pell at outlook",
"jan.pell at hotmail co uk"."""
WITH_SCHEME = hinted(
    r"(?:https?|ftp|hxxps?|h\*\*ps?)://[^\s<>\"\[\]]{3,400}+|(?<![\w@.])www\.[^\s<>\"\[\]]{3,400}+", re.I
)
HOST_END = re.compile(
    r"\.(?:(?:(?:co|org|gov|ac|nhs|me|sch|ltd)\.)?uk|com|org|net|info|blog|co|io|me|ly|tv|eu|ie|scot"
    r"|wales|cymru|london|online"
    r"|site|shop|app|dev|link|xyz|example)(?:/[^\s<>\"]{1,300}+|/?(?![\w@/]|\.\w))"
    r"|\.[a-z]{2,12}(?=/[\w\-@?=#%]{2})/[^\s<>\"]{1,300}+",
    re.IGNORECASE,
)
HOST_START = re.compile(r"(?<![\w@.\-])[a-z0-9_\-]{2,63}(?:\.[a-z0-9_\-]{2,63}){0,3}$", re.IGNORECASE)
SLASH_WORD = r"(?:\s(?:forward\s|back\s)?(?:slash|stroke)\s)"
HYPHENS = r"(?:\s(?:dash|hyphen|underscore)\s[\w\-]{1,40}+)"
DEFANGED = hinted(
    rf"(?:h..ps?://)?(?<![^\W_])(?:w\sw\sw{DOT_WORD})?[\w\-]{{2,60}}+{HYPHENS}{{0,3}}(?:(?:{DOT_WORD}"
    rf"|\.)[\w\-]{{2,40}}+){{0,4}}?{DOT_WORD}{ENDING}"
    rf"(?:(?:{DOT_WORD}|\.){ENDING})?(?![^\W_])(?:/[^\s<>\"]{{1,300}}+|"
    rf"(?:{SLASH_WORD}[\w\-]{{1,40}}+{HYPHENS}{{0,3}}){{1,4}})?",
    re.IGNORECASE,
)
SPACED_OUT = re.compile(
    rf"(?<![\w@.])www\s?\.\s?[\w\-]{{2,60}}+(?:\s?\.\s?[\w\-]{{2,60}}+){{0,2}}?(?:\s?\.\s?{ENDING}){{1,2}}(?![^\W_])"
    r"(?:\s?/\s?[^\s<>\"]{1,200}+)?",
    re.IGNORECASE,
)
"""Broken up so that it is no link: "www . somewhere . org"."""
PUBLIC = re.compile(r"(?:https?://)?(?:www\.)?(?:gov|nhs|parliament|police)\.uk/?", re.IGNORECASE)
"""Front pages of the state, which point at nobody."""
NEXT_LINE = re.compile(r"\n[ \t]{0,2}(\S{3,100}+)")
BYTE = r"[\dOoIl]{1,4}"
IP4 = re.compile(
    rf"(?<![\w.]){BYTE}(?:(?:\.|\[\.\]){BYTE}){{3}}(?::\d{{1,5}})?(?![\w]|\.\d)"
    r"|(?<![\w.])\d{1,3}(?:\. ?\d{1,3}){3}(?![\w]|\.\d)"
)
IP6 = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"
    r"|(?<![\w:])(?=[0-9a-f:]{0,30}\d)[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}::(?:[0-9a-f]{1,4}"
    r"(?::[0-9a-f]{1,4}){0,6})?(?![\w:])",
    re.IGNORECASE,
)
SECTION = re.compile(r"(?:section|paragraph|para|clause|version|chapter|v)\.?\s?$", re.IGNORECASE)


MAC = re.compile(
    r"(?<![\w:.\-])[\da-f]{2}(?P<mark>[:\-])(?:[\da-f]{2}(?P=mark)){4}[\da-f]{2}(?![\w:\-])", re.IGNORECASE
)
"""The address of a telephone or computer within its network: 00:1B:44:11:3A:B7."""
LETTER_BY_LETTER = re.compile(
    r"(?<!\S)(?:[a-z\d._\-] ){2,40}@ (?:[a-z\d\-] ){2,40}\. (?:[a-z\d.] ){1,30}[a-z](?!\S)", re.IGNORECASE
)
"""Every sign apart: "q u i l l @ g m a i l . c o m"."""


def emails_in(text: str) -> Iterator[Finding]:
    """E-mail addresses, with an @ or spelled out."""
    small = text.casefold()
    if "@" in text:
        for match in EMAIL.finditer(text):
            if _an_email(match.group()):
                yield detail("EMAIL", *match.span())
            elif match.end() - (at := text.index("@", match.start())) > 4:  # "RT@somebody": the second half is a name
                yield detail("HANDLE", at, match.end(), 0.9)
        for match in LETTER_BY_LETTER.finditer(text):
            yield detail("EMAIL", *match.span())
    if '"' in text or "”" in text:
        for match in QUOTED_EMAIL.finditer(text):
            yield detail("EMAIL", *match.span(), 0.9)
    if any(mark in small for mark in (" at ", "@", "(a", "[a", "{a", "<a", '"at"', "“at”")):
        for match in SPELLED_AT.finditer(text):
            before = text[max(0, match.start() - 200) : match.start()]
            local = SPELLED_LOCAL.search(before)
            if local and _spelled(match.group(), local.group()):
                yield detail("EMAIL", match.start() - len(before) + local.start(), match.end())
    for match in AT_PROVIDER.finditer(text):
        yield detail("EMAIL", *match.span(), 0.9)


def _an_email(written: str) -> bool:
    """ "wren_7@hotmail" is one for all that it lacks; "RT@somebody" is not."""
    local, _, host = written.partition("@")
    marked = (
        "." in host or "," in host or bool(re.search(r"[\d._+\-]", local)) or host.strip("@").casefold() in PROVIDERS
    )
    return marked and any(c.isalnum() for c in local)


def _spelled(host: str, local: str) -> bool:
    """Whether "X at Y.Z" is an address: "meet me at leeds. it rained" and "shop at boots.com" are not."""
    if re.match(r"\s?[(\[{<@\"“]", host) or re.search(r"[(\[{<]dot|\sdot\s", host, re.IGNORECASE):
        return True
    if re.search(r"\sfull stop (?:com|co|org|net|uk|ac|gov|nhs)(?![^\W_])", host, re.IGNORECASE):
        return True  # and "I won't work at Tesco full stop me nerves are gone" is none
    return local.casefold() not in ordinary_words()


def web_addresses_in(text: str) -> Iterator[Finding]:
    """Addresses of web pages, with or without "http", also where a line is broken after a slash."""
    for finding in _web_addresses(text):
        if not PUBLIC.fullmatch(finding.span.of(text).rstrip(".,;:!?)")):
            yield finding


def _web_addresses(text: str) -> Iterator[Finding]:
    for match in WITH_SCHEME.finditer(text):
        yield detail("URL", match.start(), _with_next_line(text, match.end()))
    for match in HOST_END.finditer(text):
        start = HOST_START.search(text, max(0, match.start() - 200), match.start())
        if start:
            yield detail("URL", start.start(), _with_next_line(text, match.end()))
    small = text.casefold()
    if "www" in small:
        for match in SPACED_OUT.finditer(text):
            yield detail("URL", *match.span(), 0.9)
    if "dot" in small or "[.]" in small or "(.)" in small:
        for match in DEFANGED.finditer(text):
            yield detail("URL", *match.span(), 0.9)


def _with_next_line(text: str, end: int) -> int:
    """The end of an address that a program broke after a slash: what follows is no everyday word."""
    follows = NEXT_LINE.match(text, end) if text[end - 1] == "/" else None
    if follows is None or follows[1].strip(".,;:!?)").casefold() in ordinary_words():
        return end
    return follows.end(1)


def machines_in(text: str) -> Iterator[Finding]:
    """Addresses of machines, of either version."""
    for match in IP4.finditer(text):
        section = SECTION.search(text, max(0, match.start() - 12), match.start())
        if not section and any(c.isdigit() for c in match.group()):
            yield detail("IP", *match.span())
    if ":" in text:
        for match in IP6.finditer(text):
            yield detail("IP", *match.span())
    for match in MAC.finditer(text):
        yield detail("IP", *match.span())
