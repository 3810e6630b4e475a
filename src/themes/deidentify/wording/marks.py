"""Marks that belong to the letter before them: accents that no single character has, vowels of the scripts of India."""

import re
import sys
import unicodedata
from functools import cache

MAY_BE_MARKED = re.compile(r"[\u0300-\u036f\u0483-\u1cff\u1dc0-\u1dff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e]")
SIGNS_ALONE = re.compile(r"[\ufe00-\ufe0f\u20d0-\u20ff\U000e0100-\U000e01ef]")
"""Marks of emoji and keys, not of letters."""


@cache
def marked_word() -> re.Pattern[str]:
    """A word whose letters may carry marks: "Ива́н", "राजू"."""
    letters = rf"[^\W_](?:[^\W_]|{_marks()})*+"
    return re.compile(rf"{letters}(?:['’`\-](?!\d){letters})*")


def is_mark(sign: str) -> bool:
    """Whether a character is part of the letter before it.

    >>> is_mark("\\u0301"), is_mark("´")
    (True, False)
    """
    return not sign.isascii() and unicodedata.category(sign) in {"Mn", "Mc"} and not SIGNS_ALONE.match(sign)


def _marks() -> str:
    marks = (chr(code) for code in range(0x300, sys.maxunicode) if is_mark(chr(code)))
    return f"[{''.join(marks)}]"
