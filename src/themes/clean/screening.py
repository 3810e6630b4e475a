"""Texts that say nothing, or that nobody can have written: seen before any model reads them."""

import re

LONGEST_TEXT = 100_000  # characters: a short novel; the longest story a charity was sent had a tenth of it
LONGEST_RAW = 1_000_000  # with the markup it came in
LONGEST_WORD = 1_000
FEWEST_LINKS = 4  # fewer are references
WORDS_PER_LINK = 12
# A form's ways of saying that a box was left alone. "None" and "Nothing" are not among them: to "What helped?" they
# are answers.
_NO_ANSWER = re.compile(
    r"n ?[./\\-]? ?a\.?|#n/a|null|nan|nil|blank|no (?:comments?|answer|response)|not (?:applicable|answered)|"
    r"(?:this )?comment (?:has been |was )?(?:deleted|removed|withdrawn)(?: by .{1,40})?|deleted|removed",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_WORD = re.compile(r"\w+")


def says_nothing(text: str) -> bool:
    """Whether a text is blank, without any letter, figure or picture, or a form's way of saying "no answer".

    >>> says_nothing("N/A"), says_nothing(" - "), says_nothing("Nothing."), says_nothing("5")
    (True, True, False, False)
    """
    words = text.strip()
    if not any(character.isalnum() or _is_picture(character) for character in words):
        return True
    return bool(_NO_ANSWER.fullmatch(words.strip(" .,;:!?()[]-–—*\"'")))


def what_is_wrong(text: str) -> str:
    """Why a text cannot be taken in, as a sentence, or "". Lengths are of the cleaned text."""
    if len(text) > LONGEST_TEXT:
        return f"The text is longer than {LONGEST_TEXT:,} characters. Split it, or remove it."
    if max(map(len, text.split()), default=0) > LONGEST_WORD:
        return f"The text holds over {LONGEST_WORD:,} signs without a space, which nobody writes. Remove it."
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "The text holds half of a character (a lone surrogate). Save the file as UTF-8 again."
    links = _LINK.findall(text)
    if len(links) >= FEWEST_LINKS and len(_WORD.findall(_LINK.sub("", text))) < WORDS_PER_LINK * len(links):
        return f"The text is mostly links ({len(links)} of them), as advertising is. Remove it, or shorten its links."
    return ""


def _is_picture(character: str) -> bool:
    return character >= "\u203c" and not character.isspace() and not "\u3000" <= character <= "\u303f"
