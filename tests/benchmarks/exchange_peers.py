"""What other programs read of our REFI-QDA files, and we of theirs: counts per client.

Each client is installed into a folder of its own in the user's cache and run by itself (exchange_peer.py). The study is
invented: emoji, overlaps, two people and a machine, a code tree, cases and variables.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path
from rich.console import Console
from rich.table import Table

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_project, a_run, a_segment
from themes.disclosure import release
from themes.export.catalog import REFI_PROFILES
from themes.export.refi_codebook import write_refi_codebook
from themes.export.refi_project import exchanged_project
from themes.export.spreadsheets import write_csv
from themes.read.refi import read_refi_codebook, read_refi_project
from themes.records.exchange import ExchangedProject
from themes.records.project import Audience, Release
from themes.records.span import Span

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXTS = 60


@dataclass(frozen=True)
class Client:
    """A client; `file`: what it is given of ours."""

    name: str
    system: str
    needs: tuple[str, ...]
    file: str


CLIENTS = (
    Client("pyrefiqda 0.3.1", "pyrefiqda", ("pyrefiqda==0.3.1",), "project.qdpx"),
    Client("pyqdpx 0.1.8", "pyqdpx", ("pyqdpx==0.1.8",), "project-nvivo.qdpx"),
    Client("potato 2.12.1", "potato", ("potato-annotation==2.12.1",), "project.qdpx"),
    Client("pyrefiqda 0.3.1, saved", "pyrefiqda-saves", ("pyrefiqda==0.3.1",), "project.qdpx"),
    # Its telemetry imports pkg_resources, which later ones lack.
    Client("taguette 1.5.2", "taguette", ("taguette==1.5.2", "setuptools<81"), "codebook.csv"),
    Client("aqda 0.5.0", "aqda", ("aqda==0.5.0",), "codebook.csv"),
)


def study(texts: int = TEXTS) -> Release:
    """Each text has five excerpts, two of which overlap, and seven codings by three coders."""
    book = a_codebook(
        a_code("sanctions", parent_id="A"),
        a_code("fear", parent_id="sanctions", name="Fear & worry"),
        a_code("fierte", parent_id="B", name="Fierté"),
        groups={"A": "Compulsion", "B": "Support"},
    )
    documents, segments, codings = [], [], []
    for number in range(texts):
        text = f"Kind 👍🏽 {number}.\n\nThen “they” sanctioned me 😡 twice.\nÉtait-ce juste? e\u0301 𝒳 the end"
        document = a_document(f"d{number}", text, case_id=f"c{number}", speaker="claimant")
        documents.append(document)
        for words in ("Kind 👍🏽", "sanctioned me 😡 twice", "😡 twice.\nÉtait-ce", "e\u0301 𝒳 the end", "the end"):
            span = Span(text.index(words), text.index(words) + len(words))
            segments.append(a_segment(f"d{number}:{span.start}-{span.end}", words, span=span, case_id=document.case_id))
        kind, sanctioned, twice, end, last = (segment.segment_id for segment in segments[-5:])
        codings += [
            a_coding(kind, "fierte"),
            a_coding(sanctioned, "sanctions"),
            a_coding(sanctioned, "fear", coder_id="A1", made_at="2026-01-06T09:12:00+00:00"),
            a_coding(sanctioned, "fear", coder_id="A2", made_at="2026-01-06T09:13:00+00:00"),
            a_coding(twice, "sanctions", coder_id="A2", made_at="2026-01-06T09:14:00+00:00"),
            a_coding(end, "fierte", coder_id="A1", made_at="2026-01-06T09:15:00+00:00"),
            a_coding(last, "fear"),
        ]
    project = a_project(
        run=a_run(corpus="invented"),
        codebook=book,
        cases=tuple(a_case(document.case_id, region="Wales") for document in documents),
        documents=tuple(documents),
        segments=tuple(segments),
        codings=tuple(codings),
    )
    return release(project, Audience.TEAM)


def rows(project: ExchangedProject) -> list[tuple[str, ...]]:
    """Every coding as text, words, code, coder."""
    names: dict[str, str] = {}

    def walk(codes: Any) -> None:
        for code in codes:
            names[code.guid] = code.name
            walk(code.children)

    walk(project.codes)
    users = {user.guid: user.name for user in project.users}
    return [
        (s.name, c.span.of(s.text) if c.span else s.text, names.get(c.code_guid, "?"), users.get(c.user_guid, "?"))
        for s in project.sources
        for c in s.codings
    ]


@dataclass(frozen=True)
class Result:
    """What came through."""

    given: int
    right: int
    """Codings with the right words, code and coder; of a codebook, codes with the right name."""
    also: str = ""


def result_of(client: Client, scratch: Path, texts: int = TEXTS) -> Result:
    """Give a client our file, or take its, and count.

    Raises:
        subprocess.CalledProcessError: If it fails.
    """
    cleared = study(texts)
    for write in (*REFI_PROFILES.values(), write_refi_codebook, write_csv):
        write(cleared, scratch)
    command = [python(), str(HERE / "exchange_peer.py"), client.system, str(scratch / client.file), str(scratch)]
    environment = {**os.environ, "PYTHONPATH": str(folder_of(client))}
    said = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    ours = Counter(rows(exchanged_project(cleared)))
    if client.system == "taguette":
        read = read_refi_codebook(scratch / said["file"]).content
        wanted = [code.name for code in cleared.codebook.codes]
        return Result(
            len(wanted), sum(a == b == c.name for a, b, c in zip(wanted, said["names"], read.codes, strict=True))
        )
    if client.system == "aqda":
        there = Counter(tuple(row[:3]) for row in rows(read_refi_project(scratch / said["file"]).content))
        theirs = Counter(tuple(row) for row in said["codings"])
        names = [code.name for code in _flat(read_refi_codebook(scratch / "aqda.qdc").content.codes)]
        return Result(theirs.total(), (theirs & there).total(), f"codes {len(set(names) & set(said['names']))} of 2")
    if client.system == "pyrefiqda-saves":
        return Result(ours.total(), (ours & Counter(rows(read_refi_project(scratch / said["file"]).content))).total())
    found = Counter(tuple(row) for row in said["codings"])
    counts = {"codes": (said["codes"], 5), "cases": (said["cases"], texts), "values": (said["values"], 4 * texts)}
    also = ", ".join(f"{what} {got} of {of}" for what, (got, of) in counts.items() if got is not None)
    return Result(ours.total(), (ours & found).total(), also)


def _flat(codes: Any) -> list[Any]:
    return [each for code in codes for each in (code, *_flat(code.children))]


def trouble_with(client: Client) -> str:
    """Install a client, unless it is. Returns why it cannot be; empty if it can."""
    if is_installed(client):
        return ""
    uv = ROOT / ".bootstrap" / "bin" / "uv"
    if not uv.is_file():
        return "not installed (run `make setup` first: it brings the installer)"
    install = [str(uv), "pip", "install", "--quiet", "--python", python(), "--target", str(folder_of(client))]
    if subprocess.run([*install, *client.needs], check=False, capture_output=True).returncode:
        return "could not be installed"
    (folder_of(client) / "done").touch()
    return ""


def is_installed(client: Client) -> bool:
    return (folder_of(client) / "done").is_file()


def folder_of(client: Client) -> Path:
    mark = hashlib.sha256("\n".join((python(), *client.needs)).encode()).hexdigest()[:12]
    return user_cache_path("themes") / "bench-peers" / f"{client.needs[0].partition('==')[0]}-{mark}"


def python() -> str:
    """The interpreter that our environment was made from: it has none of our packages."""
    return str(getattr(sys, "_base_executable", sys.executable))


def main() -> None:
    table = Table("client", "file", "all", "right", "also", title="REFI-QDA, there and back")
    for client in CLIENTS:
        trouble = trouble_with(client)
        if trouble:
            table.add_row(client.name, client.file, trouble)
            continue
        with TemporaryDirectory() as scratch:
            try:
                result = result_of(client, Path(scratch))
            except subprocess.CalledProcessError:
                table.add_row(client.name, client.file, "installed, but does not run")
                continue
        table.add_row(client.name, client.file, str(result.given), str(result.right), result.also)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
