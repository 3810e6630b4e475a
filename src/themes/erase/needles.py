"""Every way an identifier may be written down in bytes: what the scanner looks for."""

import base64
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

FEWEST_SIGNS = 6
"""Letters and digits an identifier must have: a shorter one would be found in any large file by chance."""

FEWEST_SIGNS_IN_BINARY = 9
"""Once everything but letters and digits is dropped, shorter ones turn up by chance in compressed data."""

# What may stand where the identifier has a space, zero-width signs among it.
SEPARATORS = (
    " ",
    "",
    "-",
    "_",
    ".",
    "+",
    "\n",
    "\r\n",
    "\t",
    "\u00a0",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u00ad",
)

ALPHANUMERIC = b"0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Needle:
    """A run of bytes that betrays an identifier.

    `pattern` is lower-case, to be looked for in lower-cased bytes. Where case carries meaning (base64, numbers in
    binary), `exact` is what the bytes must be before lower-casing.
    """

    identifier: str
    how: str
    pattern: bytes
    exact: bytes | None = None


def plain_needles(identifier: str) -> Iterator[Needle]:
    """What to look for in the bytes as they are.

    Raises:
        ValueError: If the identifier has fewer than FEWEST_SIGNS letters and digits.
    """
    if len(_signs(identifier)) < FEWEST_SIGNS:
        raise ValueError(f"an identifier needs at least {FEWEST_SIGNS} letters or digits to be told from chance")
    for text in _spellings(identifier):
        for encoding in ("utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            coded = _encoded(text, encoding)
            if coded is None:
                continue
            yield Needle(identifier, f"as {encoding}", coded.lower())
            if encoding in ("utf-8", "utf-16-le"):
                yield Needle(identifier, f"as hex of {encoding}", coded.hex().encode())
                for piece in _base64_pieces(coded):
                    yield Needle(identifier, f"as base64 of {encoding}", piece.lower(), piece)
    yield from _number_needles(identifier)


def squeezed_needles(identifier: str) -> Iterator[Needle]:
    """What to look for once everything but ASCII letters and digits is dropped: any spacing, any zero-width sign."""
    for text in _spellings(identifier):
        yield Needle(identifier, "squeezed", _signs(text))
        yield Needle(identifier, "squeezed hex", text.encode().hex().encode())


def phrase_needles(phrase: str) -> Iterator[Needle]:
    """What to look for of several words in a row: one or two needles, where an identifier has hundreds.

    Case, spacing, punctuation and the coding of the letters do not matter; what is packed is opened before the search.
    """
    for form in ("NFC", "NFD"):
        yield Needle(phrase, "squeezed", _signs(unicodedata.normalize(form, phrase)))
    yield Needle(phrase, "as hex", phrase.encode().hex().encode())


def squeeze(data: bytes) -> bytes:
    """The ASCII letters and digits alone, in lower case. UTF-16 and UTF-32 of such letters become plain by it.

    >>> squeeze("Zoë\\u200b-Ann 7".encode("utf-16-le"))
    b'zoann7'
    """
    return data.translate(_LOWER, delete=_NOT_SIGNS)


_LOWER = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_NOT_SIGNS = bytes(byte for byte in range(256) if bytes([byte]).lower() not in {bytes([sign]) for sign in ALPHANUMERIC})


def _signs(text: str) -> bytes:
    return squeeze(text.encode())


def _spellings(identifier: str) -> Iterator[str]:
    """In each case, each Unicode form, and with each separator for the spaces."""
    words = identifier.split()
    spellings = {
        unicodedata.normalize(form, cased)
        for separator in SEPARATORS
        for cased in _cases(separator.join(words))
        for form in ("NFC", "NFD")
    }
    yield from sorted(spellings)


def _cases(text: str) -> tuple[str, ...]:
    return text, text.lower(), text.upper(), text.title(), text.casefold()


def _encoded(text: str, encoding: str) -> bytes | None:
    """None where the encoding lacks a character, or adds nothing to UTF-8."""
    try:
        coded = text.encode(encoding)
    except UnicodeEncodeError:
        return None
    return None if encoding == "cp1252" and text.isascii() else coded


def _base64_pieces(coded: bytes) -> Iterator[bytes]:
    """The base64 characters that `coded` alone decides, after 0, 1 or 2 bytes of something else; both alphabets."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + coded + bytes(3))
        first = -(-before * 8 // 6)
        last = (before + len(coded)) * 8 // 6
        piece = whole[first:last]
        yield piece
        yield piece.replace(b"+", b"-").replace(b"/", b"_")


def _number_needles(identifier: str) -> Iterator[Needle]:
    """A table reader may have taken a telephone or NHS number for a number: leading zero lost, or held in binary."""
    digits = "".join(identifier.split())
    if not (digits.isascii() and digits.isdigit()) or len(digits) < FEWEST_SIGNS_IN_BINARY:
        return
    number = int(digits)
    yield Needle(identifier, "as a number", str(number).encode())
    packed = (struct.pack(form, number) for form in ("<q", ">q", "<d", ">d"))
    # SQLite keeps an integer in 6 bytes where 8 are not needed.
    for binary in (*packed, *([number.to_bytes(6, "big")] if number < 2**47 else [])):
        yield Needle(identifier, "as a binary number", binary.lower(), binary)
