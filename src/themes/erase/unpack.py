"""What a run of bytes holds inside it: archives, compressed streams, tables, databases, escaped text.

Found by what the bytes are, never by a file's name, and anywhere in them: a picture in base64 in a report, a gzip
stream in a pickle. Words drawn as pixels are beyond this, and so are the pages of a Parquet file that was cut off
before its end and squeezed with anything but zstd.
"""

import base64
import bz2
import html.entities
import io
import lzma
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MOST_BYTES = 1 << 30
"""A stream that expands past this is not searched in part: it is refused."""

SQLITE = b"SQLite format 3\0"
WAL = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")

# Each alternative begins with a plain sign, which lets the search skip ahead.
ESCAPES = re.compile(
    rb"%(?P<url>[0-9A-Fa-f]{2})"
    rb"|=(?P<mail>[0-9A-Fa-f]{2})|=\r?\n"  # quoted-printable, with lines broken for the sake of their length
    rb"|\\(?:x(?P<repr>[0-9A-Fa-f]{2})|u(?P<json>[0-9A-Fa-f]{4})|U(?P<long>[0-9A-Fa-f]{8})|(?P<space>[nrt]))"
    rb"|&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hexadecimal>[0-9A-Fa-f]{1,6})|(?P<entity>[A-Za-z][A-Za-z0-9]{1,30}));"
)
TAGS = re.compile(rb"<[^<>]*>")
# Shorter runs are found by the base64 needles; longer ones may hold a compressed stream, or be broken into lines.
# Searched with every base64 character turned into "a": forty of one letter is found far faster than forty of a class.
BASE64_RUNS = re.compile(rb"a" * 40 + rb"a*+(?:(?:\\a|\r?\n)a++)*")
_BASE64_AS_A = bytes(
    ord("a") if chr(byte).isascii() and (chr(byte).isalnum() or byte in b"+/-_") else byte if byte in b"\r\n\\" else 0
    for byte in range(256)
)

Inner = tuple[str, bytes]


def rewritings(data: bytes) -> Iterator[Inner]:
    """The same with escapes resolved, once more where they were escaped twice, and with markup taken out."""
    for _ in range(3):
        text, changes = ESCAPES.subn(_character, data)
        if not changes or text == data:
            break
        data = text
        yield "escapes", data
    text, changes = TAGS.subn(b"", data)
    if changes:
        # A word may be cut by markup: two runs in a .docx, a tspan in an SVG.
        yield "text between tags", text


def unpack(data: bytes, *, untouched: bool = True) -> Iterator[Inner]:
    """The things packed inside, each with its name, one layer deep.

    Args:
        data: The bytes.
        untouched: Whether they are as they were found. Whole files of a format are opened only then: reading escapes
            as characters breaks one that merely holds a "%41" by chance, and it is opened as it was found anyway.

    Raises:
        ValueError: If a stream expands past MOST_BYTES, or a database cannot be read: nothing goes unsearched
            in silence.
    """
    yield from _from_base64(data)
    yield from _streams(data)
    if not untouched:
        return
    if data.startswith(b"PAR1") and data.endswith(b"PAR1"):
        yield from _parquet(data)
    if data.startswith(b"ARROW1\0\0"):
        yield from _arrow(data)
    if data.startswith(SQLITE):
        yield from database(data)
    if data.startswith(WAL):
        page = int.from_bytes(data[8:12], "big")
        yield "chained pages", _chained(data[32:], page + 24, 24)


def _character(match: re.Match[bytes]) -> bytes:
    digits = match[match.lastgroup] if match.lastgroup else b""
    match match.lastgroup:
        case "url" | "mail" | "repr":
            return bytes([int(digits, 16)])
        case "json" | "long" | "hexadecimal":
            return _code_point(int(digits, 16))
        case "decimal":
            return _code_point(int(digits))
        case "entity":
            return html.entities.html5.get(f"{digits.decode()};", f"&{digits.decode()};").encode()
        case "space":
            return b" "
    return b""


def _code_point(number: int) -> bytes:
    return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else b""


def _from_base64(data: bytes) -> Iterator[Inner]:
    decoded = bytearray()
    for run in BASE64_RUNS.finditer(data.translate(_BASE64_AS_A)):
        letters = re.sub(rb"\\[nr]|\r?\n", b"", data[run.start() : run.end()])
        letters = letters.replace(b"-", b"+").replace(b"_", b"/").replace(b"\\", b"")
        decoded += base64.b64decode(letters[: len(letters) // 4 * 4]) + bytes(16)
    if decoded:
        yield "base64", bytes(decoded)


def _streams(data: bytes) -> Iterator[Inner]:
    """Compressed streams at any offset: whole files, members of zip (xlsx, docx, npz), chunks of PNG and PDF."""
    for name, magic, expand in STREAMS:
        for match in magic.finditer(data):
            text = expand(data, match.start())
            if text:
                yield f"{name} at {match.start()}", text


def _decompressed(
    expander: "zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor", data: memoryview
) -> bytes:
    """What can be had of a stream, up to its end or its first fault."""
    parts: list[bytes] = []
    expanded = 0
    for at in range(0, len(data), 1 << 16):
        try:
            parts.append(expander.decompress(data[at : at + (1 << 16)]))
        except (zlib.error, OSError, lzma.LZMAError, EOFError):
            break
        expanded += len(parts[-1])
        if expanded > MOST_BYTES:
            raise ValueError(f"a compressed stream expands past {MOST_BYTES} bytes")
        if expander.eof:
            break
    return b"".join(parts)


def _gzip_or_zlib(data: bytes, at: int) -> bytes:
    return _decompressed(zlib.decompressobj(47), memoryview(data)[at:])


def _zip_member(data: bytes, at: int) -> bytes:
    """From the member's own header: an archive that was cut off, or stands inside something else, is read too."""
    start = (
        at + 30 + int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    )
    deflated = data[at + 8 : at + 10] == b"\x08\x00"
    return _decompressed(zlib.decompressobj(-15), memoryview(data)[start:]) if deflated else b""


def _bz2(data: bytes, at: int) -> bytes:
    return _decompressed(bz2.BZ2Decompressor(), memoryview(data)[at:])


def _xz(data: bytes, at: int) -> bytes:
    return _decompressed(lzma.LZMADecompressor(), memoryview(data)[at:])


def _zstd(data: bytes, at: int) -> bytes:
    import pyarrow as pa

    parts: list[bytes] = []
    with pa.CompressedInputStream(pa.BufferReader(_zstd_frame(memoryview(data)[at:])), "zstd") as stream:
        try:
            while part := stream.read(1 << 16):
                parts.append(part)
                if len(parts) << 16 > MOST_BYTES:
                    raise ValueError(f"a compressed stream expands past {MOST_BYTES} bytes")
        except OSError:
            pass  # not zstd after all
    return b"".join(parts)


def _zstd_frame(data: memoryview) -> memoryview:
    """The frame alone: the reader gives nothing at all when something else follows it. Source: RFC 8878, 3.1.1."""
    if len(data) < 5:
        return data
    descriptor = data[4]
    single_segment = bool(descriptor & 0x20)
    size_field = (int(single_segment), 2, 4, 8)[descriptor >> 6]
    at = 5 + (not single_segment) + (0, 1, 2, 4)[descriptor & 3] + size_field
    last = False
    while not last and at + 3 <= len(data):
        block = int.from_bytes(data[at : at + 3], "little")
        last, kind, size = bool(block & 1), block >> 1 & 3, block >> 3
        at += 3 + (1 if kind == 1 else size)
    return data[: at + (4 if descriptor & 4 else 0)]


STREAMS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes, int], bytes]], ...] = (
    ("gzip", re.compile(rb"\x1f\x8b\x08"), _gzip_or_zlib),
    ("zlib", re.compile(rb"\x78[\x01\x5e\x9c\xda]"), _gzip_or_zlib),
    ("zip member", re.compile(rb"PK\x03\x04"), _zip_member),
    ("bz2", re.compile(rb"BZh[1-9]1AY&SY"), _bz2),
    ("xz", re.compile(rb"\xfd7zXZ\x00"), _xz),
    ("zstd", re.compile(rb"\x28\xb5\x2f\xfd"), _zstd),
)


def _parquet(data: bytes) -> Iterator[Inner]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(data))
    yield "parquet schema", str(file.schema_arrow).encode()
    metadata = file.metadata
    statistics = [
        repr(metadata.row_group(group).column(column).statistics)
        for group in range(metadata.num_row_groups)
        for column in range(metadata.num_columns)
    ]
    yield "parquet statistics", "\n".join(statistics).encode()
    for group in range(metadata.num_row_groups):
        yield from _columns(file.read_row_group(group))


def _arrow(data: bytes) -> Iterator[Inner]:
    import pyarrow as pa

    yield from _columns(pa.ipc.open_file(pa.BufferReader(data)).read_all())


def _columns(table: Any) -> Iterator[Inner]:
    """The memory of each column: strings end to end, numbers in binary, nested and dictionary values included."""
    for name, column in zip(table.column_names, table.columns, strict=True):
        for chunk in column.chunks:
            values = [chunk, chunk.dictionary] if hasattr(chunk, "dictionary") else [chunk]
            for buffer in (buffer for array in values for buffer in array.buffers()):
                if buffer is not None and buffer.size:
                    yield f"column {name}", buffer.to_pybytes()


def database(data: bytes, wal: bytes = b"") -> Iterator[Inner]:
    """All tables of an SQLite database, the log of unmerged pages applied, and its pages with chains put together.

    Raises:
        ValueError: If SQLite cannot read it.
    """
    page = int.from_bytes(data[16:18], "big")
    yield "chained pages", _chained(data, 65536 if page == 1 else page, 0)
    for log in {b"", wal}:
        try:
            yield "tables", b"\n".join(_cells(data, log))
        except sqlite3.Error as trouble:
            raise ValueError(f"an SQLite database cannot be read: {trouble}") from trouble


def _cells(data: bytes, wal: bytes) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        copy.write_bytes(data)
        if wal:
            copy.with_name("copy.db-wal").write_bytes(wal)
        connection = sqlite3.connect(copy)
        connection.text_factory = bytes
        try:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                quoted = table.decode().replace('"', '""')
                for row in connection.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608  # a name from the file itself
                    for cell in row:
                        yield cell if isinstance(cell, bytes) else str(cell).encode()
        finally:
            connection.close()


def _chained(data: bytes, step: int, header: int) -> bytes:
    """The pages without the four bytes that name the next: a long value reads on from page to page."""
    buffer = io.BytesIO()
    for at in range(0, len(data), step):
        buffer.write(data[at + header + 4 : at + step])
    return buffer.getvalue()
