"""The scanner finds every copy hidden by hand, and nothing where there is nothing."""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import os
import pickle
import quopri
import sqlite3
import time
import unicodedata
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document

from themes.erase.search import Scanner

NAME = "Zoë Wrexcombe-Tull"
PHONE = "07700 900461"
POSTCODE = "ZQ7 9XJ"
TEXT = f"It was {NAME} who rang from {PHONE}, then moved to {POSTCODE}, and nobody wrote it down."


def _docx(_: str) -> bytes:
    """The name stands in two runs: markup cuts the word."""
    document = Document()
    paragraph = document.add_paragraph("It was ")
    paragraph.add_run(NAME[:8]).bold = True
    paragraph.add_run(NAME[8:])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xlsx(_: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["C7"] = NAME
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsx_sheet_name(_: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = NAME
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _zip(content: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note", content)
    return buffer.getvalue()


def _parquet(values: list[object], compression: str = "snappy", **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": values}), buffer, compression=compression, **options)
    return buffer.getvalue()


def _numpy(*, packed: bool) -> bytes:
    buffer = io.BytesIO()
    words = np.array(["kind", NAME, "staff"])
    np.savez_compressed(buffer, words=words) if packed else np.save(buffer, words)
    return buffer.getvalue()


def _png(keyword: bytes, data: bytes) -> bytes:
    chunks = b""
    for kind, content in ((b"IHDR", bytes(13)), (keyword, data), (b"IEND", b"")):
        chunks += len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _zstd(text: str) -> bytes:
    return pa.Codec("zstd").compress(text.encode(), asbytes=True)


# 34 ways to pack TEXT into the bytes of one file; six more, which need files or a database, stand below.
HIDDEN: dict[str, Callable[[str], bytes]] = {
    "plain": lambda text: text.encode(),
    "capitals": lambda text: text.upper().encode(),
    "without spaces": lambda text: text.replace(" ", "").encode(),
    "over two lines": lambda text: text.replace(" ", "\r\n").encode(),
    "zero-width signs": lambda text: "\u200b".join(text).encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "cp1252": lambda text: text.encode("cp1252"),
    "UTF-16 LE": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE at an odd offset": lambda text: b"\1" + text.encode("utf-16-be"),
    "base64, first alignment": lambda _: base64.b64encode(f"abc{NAME}".encode()),
    "base64, second alignment": lambda _: base64.b64encode(f"abcd{NAME}".encode()),
    "base64, third alignment": lambda _: base64.urlsafe_b64encode(f"abcde{NAME}".encode()),
    "base64 in lines": lambda text: base64.encodebytes(text.encode() * 3),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "hex, lower": lambda text: text.encode().hex().encode(),
    "hex, upper, spaced": lambda text: text.encode().hex(" ").upper().encode(),
    "URL": lambda text: urllib.parse.quote_plus(text).encode(),
    "URL, every character": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
    "HTML entities, decimal": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "HTML entities, named, twice": lambda _: html.escape("Zo&euml; Wrexcombe&#x2d;Tull").encode(),
    "JSON escapes": lambda text: json.dumps([text]).encode(),
    "quoted-printable": lambda text: quopri.encodestring(text.encode() * 3),
    "gzip": lambda text: gzip.compress(text.encode(), mtime=0),
    "gzip in base64": lambda text: base64.b64encode(gzip.compress(text.encode(), mtime=0)),
    "zstd": _zstd,
    "zip, member in a member": lambda text: _zip(_zip(text)),
    "bz2 and xz": lambda text: bz2.compress(lzma.compress(text.encode())),
    "xlsx cell": _xlsx,
    "xlsx sheet name": _xlsx_sheet_name,
    "docx, word cut by markup": _docx,
    "parquet, zstd": lambda text: _parquet(["kind"] * 9 + [text], "zstd"),
    "pickle, protocol 0": lambda text: pickle.dumps([text], protocol=0),
    "npy": lambda _: _numpy(packed=False),
    "npz": lambda _: _numpy(packed=True),
}


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner([NAME, PHONE, POSTCODE])


@pytest.mark.parametrize("way", HIDDEN)
def test_a_copy_hidden_in_bytes_is_found(scanner: Scanner, way: str) -> None:
    found = scanner.in_bytes(HIDDEN[way](TEXT))

    assert NAME in {hit.identifier for hit in found}


def test_a_copy_in_the_text_chunk_of_a_picture_is_found(scanner: Scanner) -> None:
    squeezed = _png(b"zTXt", b"Comment\0\0" + zlib.compress(TEXT.encode("cp1252")))
    page = b'<img src="data:image/png;base64,' + base64.b64encode(squeezed) + b'">'

    assert _identifiers(scanner.in_bytes(page)) == {NAME, PHONE, POSTCODE}


def test_a_copy_cut_by_the_markup_of_an_svg_is_found(scanner: Scanner) -> None:
    drawing = "<svg><text><tspan x='1'>Zo&#235; Wrex</tspan><tspan x='9'>combe-Tull</tspan></text></svg>"

    assert _identifiers(scanner.in_bytes(drawing.encode())) == {NAME}


def test_a_copy_in_an_unmerged_log_of_sqlite_is_found(scanner: Scanner, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "flows.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE log (id INTEGER, message TEXT)")
    # Longer than a page, so that it is cut into a chain and the name may stand across the cut.
    connection.executemany("INSERT INTO log VALUES (?, ?)", [(n, "x" * (n % 40) + f"{NAME} " * 800) for n in range(9)])
    connection.commit()

    found = scanner.in_places([tmp_path])

    assert {hit.where.split(" ")[0] for hit in found} >= {f"{tmp_path.name}/flows.db", f"{tmp_path.name}/flows.db-wal"}
    connection.close()


def test_a_deleted_row_of_sqlite_is_found_in_its_free_page(scanner: Scanner, tmp_path: Path) -> None:
    path = tmp_path / "free.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE log (message TEXT)")
    connection.execute("INSERT INTO log VALUES (?)", (f"{NAME} " * 4000,))
    connection.commit()
    connection.execute("DELETE FROM log")
    connection.commit()
    connection.close()

    assert _identifiers(Scanner([NAME]).in_places([path])) == {NAME}


def test_a_number_kept_in_binary_is_found(scanner: Scanner) -> None:
    # 100 rows, so that the value stands in a squeezed dictionary page and not in the statistics alone.
    table = _parquet([*range(98), 7700900461, 8800000000], "snappy", write_statistics=False)

    assert _identifiers(scanner.in_bytes(table)) == {PHONE}


def test_a_file_name_and_a_folder_name_are_searched(scanner: Scanner, tmp_path: Path) -> None:
    folder = tmp_path / "wrexcombe" / f"story of {NAME.lower()}"
    folder.mkdir(parents=True)
    (folder / "zq79xj.txt").write_text("nothing here")

    assert _identifiers(scanner.in_places([tmp_path])) == {NAME, POSTCODE}


def test_forty_of_forty_hidden_copies_are_found(scanner: Scanner, tmp_path: Path) -> None:
    """All at once, in one folder, as the canary run meets them: 34 files, and six that only a folder can hold."""
    for number, pack in enumerate(HIDDEN.values()):
        (tmp_path / f"{number:02}").write_bytes(pack(TEXT))
    (tmp_path / "34").write_bytes(_parquet([{"answers": [NAME, "kind"]}], "gzip"))
    # Cut off before its end, as a killed run leaves it.
    whole = _parquet([TEXT, TEXT.upper()], "zstd", write_statistics=False, use_dictionary=False, row_group_size=1)
    (tmp_path / "35").write_bytes(whole[: whole.rindex(b"\x28\xb5\x2f\xfd")])
    (tmp_path / "36").write_bytes(_png(b"tEXt", b"Comment\0" + TEXT.encode("cp1252")))
    (tmp_path / "37").write_bytes(b"%PDF-1.7 stream\n" + zlib.compress(TEXT.encode()) + b"\nendstream")
    (tmp_path / "38").write_bytes(_parquet([pickle.dumps({"comment": TEXT})], "brotli"))
    (tmp_path / f"39 {NAME}").write_bytes(b"")

    files_with_the_name = {
        hit.where.split(" ")[0].split("/")[1] for hit in scanner.in_places([tmp_path]) if hit.identifier == NAME
    }

    assert files_with_the_name == {f"{number:02}" for number in range(40)}


def test_a_clean_folder_gives_no_hit(scanner: Scanner, tmp_path: Path) -> None:
    words = "Zoe went to Wrexham by coach; Tull Ltd rang 07700 900462 about ZQ7 9XK and 0x7709. "
    noise = os.urandom(3_000_000)
    (tmp_path / "words.txt").write_text(words * 2000)
    (tmp_path / "noise.bin").write_bytes(noise)
    (tmp_path / "noise.txt").write_bytes(base64.encodebytes(noise))
    (tmp_path / "table.parquet").write_bytes(_parquet([words] * 50, "zstd"))

    assert scanner.in_places([tmp_path]) == []


def test_a_place_that_is_not_there_is_not_called_clean(scanner: Scanner, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing to search"):
        scanner.in_places([tmp_path / "outputs"])


def test_a_broken_database_is_not_called_clean(scanner: Scanner) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        scanner.in_bytes(b"SQLite format 3\0" + bytes([16, 0]) + b"broken" * 900)


def test_what_is_packed_too_deep_is_not_called_clean(scanner: Scanner) -> None:
    packed = TEXT.encode()
    for _ in range(7):
        packed = base64.b64encode(gzip.compress(packed))

    with pytest.raises(ValueError, match="layers deep"):
        scanner.in_bytes(packed)


def test_an_identifier_too_short_to_be_told_from_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 6"):
        Scanner(["Anna"])


@pytest.mark.slow
def test_a_hundred_megabytes_take_a_few_seconds(tmp_path: Path) -> None:
    scanner = Scanner([f"{NAME} {number}" for number in range(60)])
    line = "Nobody told me that the course was optional, so I wrote to my adviser to say so.\n"
    path = tmp_path / "large.txt"
    path.write_text(line * (100_000_000 // len(line)))

    started = time.process_time()
    found = scanner.in_places([path])

    assert found == []
    assert time.process_time() - started < 10


def _identifiers(hits: object) -> set[str]:
    return {hit.identifier for hit in hits}


PHRASE = "they stopped my money for nine weeks, she said"


@pytest.mark.parametrize(
    "copy",
    [
        PHRASE.upper().encode(),
        PHRASE.replace(" ", "\n").encode("utf-16-le"),
        PHRASE.encode().hex().encode(),
        gzip.compress(f"x {PHRASE} y".encode(), mtime=0),
        base64.b64encode(f"before it, {PHRASE}, and after it".encode()),
        PHRASE.replace("money", "<b>mon</b>ey").encode(),
    ],
)
def test_words_in_a_row_are_found_however_they_are_spaced_and_packed(copy: bytes) -> None:
    (found,) = {hit.identifier for hit in Scanner([], [PHRASE]).in_bytes(b"before " + copy + b" after")}
    assert found == PHRASE


def test_other_words_in_a_row_are_not_found() -> None:
    assert Scanner([], [PHRASE]).in_bytes(b"they stopped his money for nine weeks, she said") == set()


def test_a_phrase_too_short_to_be_told_from_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 9 letters"):
        Scanner([], ["so it is"])


def test_an_arrow_file_is_opened(scanner: Scanner) -> None:
    sink = io.BytesIO()
    table = pa.table({"text": pa.array([TEXT]).dictionary_encode()})
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    assert {hit.identifier for hit in scanner.in_bytes(sink.getvalue())} == {NAME, PHONE, POSTCODE}


@pytest.mark.parametrize(
    "squeezed", [gzip.compress(bytes(300_000), mtime=0), pa.compress(bytes(300_000), "zstd", asbytes=True)]
)
def test_what_expands_too_far_is_not_called_clean(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch, squeezed: bytes
) -> None:
    monkeypatch.setattr("themes.erase.unpack.MOST_BYTES", 100_000)
    with pytest.raises(ValueError, match="expands past 100000 bytes"):
        scanner.in_bytes(squeezed)


def test_what_looks_like_a_stream_and_is_none_holds_nothing(scanner: Scanner) -> None:
    begun = [
        b"\x1f\x8b\x08",
        b"\x28\xb5\x2f\xfd",
        b"\x28\xb5\x2f\xfd" + bytes(40),
        b"BZh91AY&SY",
        b"PK\x03\x04" + bytes(40),
    ]
    for data in (*begun, gzip.compress(TEXT.encode())[:12]):
        assert scanner.in_bytes(data) == set()


def test_a_database_in_pieces_of_a_log_is_searched_by_its_pages(scanner: Scanner, tmp_path: Path) -> None:
    """A log whose database is gone."""
    with sqlite3.connect(tmp_path / "a.db") as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE t (text)")
        made.execute("INSERT INTO t VALUES (?)", (TEXT,))
        made.commit()
        log = (tmp_path / "a.db-wal").read_bytes()
    made.close()
    assert {hit.identifier for hit in scanner.in_bytes(log)} == {NAME, PHONE, POSTCODE}


def test_base64_counts_by_its_case(scanner: Scanner) -> None:
    other = base64.b64encode(NAME.encode()).swapcase()
    assert scanner.in_bytes(b"x " + other) == set()
