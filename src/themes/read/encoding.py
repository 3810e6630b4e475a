"""Bytes to text: UTF-8 or UTF-16 where they are that, and Windows-1252 for every byte that is neither.

People paste from Word into forms and merge exports in spreadsheets, so one file may hold both UTF-8 and
Windows-1252. The rule is applied byte by byte, which also settles a file that changes encoding midway.
"""

import codecs
import re

from themes.read.files import Unreadable

LOOK_AT_BYTES = 65_536
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
                     (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
UNREADABLE = "\ud800"
"""Stands for bytes that are no character in UTF-16 or a set encoding; a text that has it is quarantined."""
# Controls that no text is laid out with, and the five bytes that Windows-1252 leaves undefined. The others above 0x80
# are left out: text that was decoded twice is full of them, and cleaning mends it.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")
MOST_CONTROLS = 0.02  # of the characters. Chosen by us: one in nine in packed or random bytes, near none in text
NO_TEXT = "is not text, whatever its name says: too much of it is control characters. Save it as text, or remove it"
STRAY_CONTROLS = 2  # a short text may hold this many, such as a NUL and the end mark of an old program


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # Five bytes have no meaning in Windows-1252; Latin-1 makes them control characters, which cleaning removes.
    stray = error.object[error.start : error.end]
    return "".join(_character(byte) for byte in stray), error.end


def _character(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _mark_unreadable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, error.end


codecs.register_error("themes-windows-1252", _windows_1252)
codecs.register_error("themes-mark", _mark_unreadable)


def encoding_of(head: bytes) -> str:
    """The encoding of a file that begins with these bytes: "utf-8" (Windows-1252 included), or one of 16 or 32 bits.

    >>> encoding_of("Caf\u00e9".encode("utf-16"))
    'utf-16-le'
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    # English in UTF-16 has a zero as every other byte; a stray NUL in a cell is far from that.
    pairs = len(head) // 2
    if pairs >= 2:
        if head[1::2].count(0) > 0.4 * pairs and head[0::2].count(0) < 0.1 * pairs:
            return "utf-16-le"
        if head[0::2].count(0) > 0.4 * pairs and head[1::2].count(0) < 0.1 * pairs:
            return "utf-16-be"
    return "utf-8"


def error_handler(encoding: str) -> str:
    """The `errors` to open a file of this encoding with."""
    return "themes-windows-1252" if encoding == "utf-8" else "themes-mark"


def decode(content: bytes, encoding: str | None = None) -> str:
    """The text of a whole file, without byte order mark; `UNREADABLE` where bytes are no character.

    Args:
        content: All bytes.
        encoding: What the file is said to be; None finds out.

    >>> decode(b"\\xef\\xbb\\xbfIt\\x92s caf\\xc3\\xa9")
    'It\u2019s caf\u00e9'
    """
    encoding = encoding or encoding_of(content[:LOOK_AT_BYTES])
    return content.decode(encoding, error_handler(encoding)).removeprefix("\ufeff")


def has_unreadable(text: str) -> bool:
    """Whether the text holds half a character: bytes that nothing could be made of."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def is_no_text(text: str) -> bool:
    """Whether so many characters are controls that the bytes never were a text: an image, a program, noise.

    >>> is_no_text("\\x00\\x01\\x02\\x03"), is_no_text("They\\x00 stopped it.")
    (True, False)
    """
    controls = len(_CONTROL.findall(text))
    return controls > max(STRAY_CONTROLS, MOST_CONTROLS * len(text))


def sound_text(content: bytes, encoding: str | None = None) -> str:
    """As `decode`, for a file that is used whole or not at all.

    Raises:
        Unreadable: If it is not text, or holds bytes that are no characters.
    """
    text = decode(content, encoding)
    if has_unreadable(text):
        raise Unreadable("holds bytes that are no characters in its encoding. Save it as UTF-8")
    if is_no_text(text):
        raise Unreadable(NO_TEXT)
    return text
