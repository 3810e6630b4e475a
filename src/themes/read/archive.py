"""A look into a zip file before a library unpacks it: workbooks and Word documents are zip files, bombs are too."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from themes.read.files import Unreadable, read_bytes

MOST_MEMBERS = 2_000
MOST_BYTES = 300_000_000
MOST_TIMES_LARGER = 100
HARMLESS_BYTES = 2_000_000  # a small table of one repeated answer may well shrink a hundredfold
_STEP_BYTES = 1_048_576
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER_BYTES = 30


def office_bytes(path: Path, *, member: str, what: str) -> bytes:
    """The bytes of a workbook or Word document that is safe to unpack.

    Args:
        path: The file.
        member: A member that such a file must have, such as "xl/workbook.xml".
        what: What it should be, for the message, such as "an Excel workbook (.xlsx)".

    Raises:
        Unreadable: If it is protected by a password, is something else, or unpacks to more than 300 MB, a hundred
            times its size or 2,000 members; found in under a second by unpacking at most that much.
    """
    content = read_bytes(path, largest=100_000_000)
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("is protected by a password. Save it without one")
        raise Unreadable(f"is in an old Office format, not {what}. Save it as that")
    return _checked(content, member, what, MOST_MEMBERS)


def zip_bytes(path: Path, *, member: str, what: str, most_members: int) -> bytes:
    """The same for another kind of zip file, which may hold more members."""
    return _checked(read_bytes(path, largest=100_000_000), member, what, most_members)


def _checked(content: bytes, member: str, what: str, most_members: int) -> bytes:
    if not content.startswith(b"PK"):
        raise Unreadable(f"is not {what}, whatever its name says. Save it as that, or give it its true extension")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable("is damaged: its parts cannot be listed. Save it again") from None
    if member not in {each.filename for each in members}:
        raise Unreadable(f"is a zip file but not {what}. Save it as that")
    _check_members(content, members, most_members)
    return content


def _check_members(content: bytes, members: list[zipfile.ZipInfo], most: int) -> None:
    if len(members) > most:
        raise Unreadable(f"holds more than {most:,} parts. Save only the text again")
    if any(each.filename.startswith(("/", "\\")) or ".." in each.filename.split("/") for each in members):
        raise Unreadable("holds parts that would be unpacked outside its folder. Do not trust it")
    if any(each.flag_bits & 1 for each in members):
        raise Unreadable("is protected by a password. Save it without one")
    allowed = min(MOST_BYTES, max(HARMLESS_BYTES, MOST_TIMES_LARGER * len(content)))
    total = 0
    for each in members:
        # The sizes a directory gives are only claims: count what really comes out, and stop at the limit.
        total += _unpacked_bytes(content, each, allowed - total)
        if total > allowed:
            raise Unreadable(
                f"unpacks to more than {MOST_TIMES_LARGER} times its size or {MOST_BYTES // 1_000_000} MB. "
                "Do not trust it, or save only the text again"
            )


def _unpacked_bytes(content: bytes, member: zipfile.ZipInfo, limit: int) -> int:
    start = member.header_offset
    header = content[start : start + _LOCAL_HEADER_BYTES]
    if len(header) < _LOCAL_HEADER_BYTES:
        raise Unreadable("is damaged: a part is cut off. Save it again")
    name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
    start += _LOCAL_HEADER_BYTES + name_bytes + extra_bytes
    packed = memoryview(content)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("is packed in an unusual way. Save it again")
    inflate, count, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, bytes(packed)
    try:
        while rest and not inflate.eof and count <= limit:
            count += len(inflate.decompress(rest, _STEP_BYTES))
            rest = inflate.unconsumed_tail
    except zlib.error:
        raise Unreadable("is damaged: a part cannot be unpacked. Save it again") from None
    return count
