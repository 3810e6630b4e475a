"""One Unicode form, one line ending, nothing invisible: decided once, before any offset is taken."""

import re
import unicodedata
from collections.abc import Iterator

from themes.clean.rewriting import Edit, rewritten
from themes.records.raw import RawDocument

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
# Controls, soft hyphen, zero-width and direction marks, fillers and tag characters: they change what is seen or hide
# what is said, and an identifier with one inside is found by no pattern.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_PICTURE = r"\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
# Joiners, variation selectors and tags that make one picture of several characters, and joiners of scripts that spell
# with them.
_MEANT = re.compile(
    rf"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])|(?<=[{_PICTURE}])\ufe0f|(?<=[#*0-9])\ufe0f(?=\u20e3)|[\u0600-\u0dff][\u200c\u200d](?=[\u0600-\u0dff])"
    r"|\U0001f3f4[\U000e0020-\U000e007f]+"
)


def clean_characters(document: RawDocument) -> RawDocument:
    """The document with sound characters.

    Mojibake is mended where it can be nothing else; line ends are "\\n", special spaces " ", the form is NFC; control,
    zero-width, soft-hyphen and direction characters are gone. Emoji keep their joiners and skin tones.
    """
    for find in (_mojibake, _lines_and_spaces, _invisible, _not_composed):
        document = rewritten(document, find(document.text))
    return document


def clean_line(text: str) -> str:
    """A name, question or closed answer cleaned in the same way, in one line with single spaces."""
    for find in (_mojibake, _lines_and_spaces, _invisible):
        parts: list[str] = []
        at = 0
        for edit in find(text):
            parts += (text[at : edit.start], edit.text)
            at = edit.end
        text = "".join((*parts, text[at:]))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was once read as Windows-1252. ftfy judges each stretch by itself, so that the rest stays as it is."""
    if text.isascii():
        return
    from ftfy import fix_encoding
    from ftfy.badness import is_bad
    from ftfy.chardata import UTF8_DETECTOR_RE

    for match in UTF8_DETECTOR_RE.finditer(text):
        stretch = match.group()
        if is_bad(stretch):
            yield Edit(match.start(), match.end(), fix_encoding(stretch))


def _lines_and_spaces(text: str) -> Iterator[Edit]:
    found = [(match.span(), "\n") for match in _LINE_ENDS.finditer(text)]
    found += [(match.span(), " ") for match in _SPACES.finditer(text)]
    return (Edit(start, end, new) for (start, end), new in sorted(found))


def _invisible(text: str) -> Iterator[Edit]:
    if text.isascii() and text.isprintable():
        return
    meant = {place for match in _MEANT.finditer(text) for place in range(*match.span())}
    for match in _INVISIBLE.finditer(text):
        if match.start() not in meant:
            yield Edit(match.start(), match.end())


def _not_composed(text: str) -> Iterator[Edit]:
    """NFC, cluster by cluster: a character with all that may combine with it."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _begins_anew(text[start:at], text[at]):
            yield Edit(start, at, unicodedata.normalize("NFC", text[start:at]))
            start = at


def _begins_anew(cluster: str, character: str) -> bool:
    """Whether the character can neither combine with nor compose into what stands before it."""
    if character.isascii():
        return True
    if unicodedata.combining(character):
        return False
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", cluster + character) == apart
