"""Signs that are another way of writing a plain one, read as that: full-width letters, the digits of all scripts.

A form that looks for "07700" finds neither "０７７００" nor "٠٧٧٠٠", and no list holds a name in ornamental letters. So
recognisers read a text in which each such sign is the plain one. It has the same length: what they find stands where
they find it. Nobody is shown this reading.
"""

import re
import unicodedata

PLAIN = re.compile(r"[\x00-\xa1£©®°·À-\u02af\u0370-\u04ff\u2013-\u201f\u2022\u2026€]*")
"""What is never another way of writing something; most texts hold nothing else."""
HYPHENS = "\u2010\u2011\u2012\u2015\u2212"
RAISED = ("<super>", "<sub>", "<fraction>")
"""Notes and powers: "ESA²", "5 m³"."""
LAST = "\U0001ffff"
"""Beyond are Chinese characters alone."""


def in_plain_signs(text: str) -> str:
    """A text as recognisers read it, of the same length.

    >>> in_plain_signs("０７７００ or ٠٧٧٠٠, says 𝐊𝐚𝐫𝐞𝐧")
    '07700 or 07700, says Karen'
    """
    return text if text.isascii() or PLAIN.fullmatch(text) else text.translate(_PLAIN_SIGNS)


class _PlainSigns(dict[int, str]):
    """The plain sign of each sign met so far, by its number."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain_sign(chr(code))
        return plain


_PLAIN_SIGNS = _PlainSigns()


def _plain_sign(sign: str) -> str:
    if sign in HYPHENS:
        return "-"
    if not "¡" <= sign <= LAST:
        return sign
    made_of = unicodedata.decomposition(sign)
    if made_of.startswith(RAISED):
        return sign
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    if made_of.startswith("<"):
        plain = unicodedata.normalize("NFKC", sign)
        if len(plain) == 1 and plain.isascii():
            return plain
    return sign
