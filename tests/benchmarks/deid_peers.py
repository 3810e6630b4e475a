"""The table of de-identification: ours beside spaCy, Presidio with UK rules, hyperscale and scrubadub, in one run.

Each peer is installed into a folder of its own in the user's cache, and run by itself (peer.py); a row that cannot be
installed says so. Under a share stands its Wilson interval (95 %) where it is a share of details, not of words. Ours
was trained on TAB: its figures there are those of its training report, where weights that never saw a judgment mask it.
Words per CPU-second: the sample corpus three times in turn, the middle one, start-up not included; ours from raw files
to masked documents, the peers from clean texts to spans.
"""

import hashlib
import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console
from rich.table import Table

from themes.deidentify.weigh.weights import REPORT_FILE

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "corpora" / "back-to-work-sample"
ROUNDS = 3
OURS = "themes"
SOME_SET_ASIDE = 1
"""The exit status of `themes deidentify` where a text was set aside and all others were written."""


@dataclass(frozen=True)
class Peer:
    """A row. `needs`: what is installed for it; `besides`: what is installed without asking which Python it wants."""

    name: str
    system: str
    needs: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


PEERS = (
    Peer("spaCy md", "spacy", ("spacy==3.8.18",)),
    Peer("Presidio, UK rules", "presidio", ("presidio-analyzer==2.2.362", "spacy==3.8.18")),
    # Declares Python 3.14, and runs on 3.12 all the same.
    Peer(
        "hyperscale 0.2.0",
        "hyperscale",
        ("presidio-analyzer==2.2.364", "spacy==3.8.16", "tldextract>=5.1"),
        ("hyperscale-pii-scanner==0.2.0",),
    ),
    Peer("scrubadub, en_GB", "scrubadub", ("scrubadub==2.0.1",)),
)


@dataclass(frozen=True)
class Sets:
    """What a system is judged by; None where the data is not here. `sample` holds the clean texts of the corpus."""

    uk60: Path | None
    names: Path | None
    lower: Path | None
    tab: Path | None
    sample: Path


def show(console: Console, data: Path | None, scratch: Path) -> None:
    """Print the table.

    Args:
        data: The folder of the development sets; their scorers are in `evaluate/` beside it.
        scratch: Where to write.
    """
    sets = judged_by(data, scratch)
    installed = {peer: trouble_with(peer) for peer in PEERS}
    able = [peer for peer in PEERS if not installed[peer]]
    speed: dict[str, list[float]] = {name: [] for name in (OURS, *(peer.name for peer in able))}
    for _ in range(ROUNDS):
        speed[OURS].append(ours_end_to_end())
        for peer in able:
            speed[peer.name].append(run(peer, sets.sample, scratch / "sample-out.jsonl"))
    table = Table(
        "system", "uk60\nrecall", "token\nprecision", "look-alikes\nkept", "tweets\nname recall", "name\nprecision",
        "lower case\nname recall", "name\nprecision", "TAB, strict\ndirect", "quasi", "token\nprecision",
        "words /\nCPU-s", title="De-identification", padding=(0, 0, 0, 1), caption=CAPTION,
    )  # fmt: skip
    for peer in (None, *PEERS):
        name = peer.name if peer else "themes"
        if peer and installed[peer]:
            table.add_row(f"{name}: {installed[peer]}")
            continue
        table.add_row(name, *figures(peer, sets, data, scratch), f"{statistics.median(speed[name]):,.0f}")
    console.print(table)
    for name, path in vars(sets).items():
        if path is None:
            console.print(f"missing: {name} (set THEMES_BENCH_DATA to a folder that has deid/)")


CAPTION = (
    "themes on TAB: by weights that never saw the judgment they mask, from the training report (out of fold); all "
    "else by the programs as they ship. TAB holds judgments: in what people write a word must tell more to be masked."
)


def judged_by(data: Path | None, scratch: Path) -> Sets:
    def there(name: str) -> Path | None:
        path = data / "deid" / name if data else None
        return path if path and path.is_file() else None

    names = lower = None
    if (tweets := there("names_tweets.jsonl")) is not None:
        with tweets.open(encoding="utf-8") as file:
            held_out = [row for row in map(json.loads, file) if in_fifth(str(row["id"]))]
        names = written(scratch / "names.jsonl", held_out)
        small = [{**row, "text": row["text"].lower()} for row in held_out]
        same = [new for new, row in zip(small, held_out, strict=True) if len(new["text"]) == len(row["text"])]
        lower = written(scratch / "lower.jsonl", same)
    return Sets(
        there("uk60.jsonl"), names, lower, there("tab.jsonl"), written(scratch / "sample.jsonl", sample_texts())
    )


def in_fifth(text_id: str) -> bool:
    """Whether a tweet is of the fifth that nothing is trained on."""
    return int(hashlib.sha256(text_id.encode()).hexdigest(), 16) % 5 == 0


def sample_texts() -> Iterator[dict[str, str]]:
    from peer import cleaned

    from themes.clean.document import clean
    from themes.read.corpus import chunks, read_chunk
    from themes.read.spec import read_spec
    from themes.records.raw import RawDocument

    spec = read_spec(SAMPLE)
    texts = (text for chunk in chunks(spec) for text in cleaned(read_chunk(spec, chunk), clean, RawDocument))
    return ({"id": str(i), "text": text.text} for i, text in enumerate(texts))


def written(path: Path, rows: Iterator[dict] | list[dict]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def figures(peer: Peer | None, sets: Sets, data: Path | None, scratch: Path) -> Iterator[str]:
    """The cells of a row, speed left out; "–" where the data is not here."""
    out = scratch / "out.jsonl"
    for gold, keys in (
        (sets.uk60, ("recall", "token precision", "negatives kept")),
        (sets.names, ("name recall", "name precision")),
        (sets.lower, ("name recall", "name precision")),
        (sets.tab, ("direct", "quasi", "token precision")),
    ):
        if gold is None or data is None:
            yield from ("–" for _ in keys)
            continue
        if peer is None and gold == sets.tab:
            yield from out_of_fold(keys, entities_of(gold))
            continue
        run(peer, gold, out, strict=gold == sets.tab)
        command = [sys.executable, str(data.parent / "evaluate" / "score_deid.py"), str(gold), str(out)]
        scores = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        counts = entities_of(gold) if gold == sets.tab else {}
        for key in keys:
            share = scores["entity recall"][key] if key in counts else scores[key]
            yield cell(share, wilson(share, counts[key]) if key in counts else scores.get(f"{key} 95 %"))


def out_of_fold(keys: Sequence[str], counts: dict[str, int]) -> Iterator[str]:
    """Ours on TAB, as the training report has it."""
    told = json.loads(REPORT_FILE.read_text("utf-8"))["TAB for release, out of fold"]
    for key in keys:
        yield cell(told[key], wilson(told[key], counts[key]) if key in counts else None)


def cell(share: float, within: tuple[float, float] | None) -> str:
    return f"{share:.3f}" + (f"\n{within[0]:.3f}–{within[1]:.3f}" if within else "")


def entities_of(gold: Path) -> dict[str, int]:
    """How many entities of each severity a set holds: direct if any mention is."""
    severity: dict[tuple[str, str], bool] = {}
    with gold.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            for span in row["spans"]:
                if span.get("must_mask", True):
                    key = (row["id"], span["entity"])
                    severity[key] = severity.get(key, False) or span["severity"] == "direct"
    return {"direct": sum(severity.values()), "quasi": sum(not direct for direct in severity.values())}


def wilson(share: float, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share (Wilson 1927)."""
    middle = share + z * z / 2 / of
    half = z * math.sqrt(share * (1 - share) / of + z * z / 4 / of / of)
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def run(peer: Peer | None, source: Path, out: Path, *, strict: bool = False) -> float:
    """Mask the texts of a file, by ours where there is no peer. Returns words per CPU-second, 0 for ours."""
    if peer is None:
        profile = "release" if strict else "coding"
        command = [sys.executable, "-m", "themes.cli.main", "deidentify", str(source), str(out), "--profile", profile]
        out.unlink(missing_ok=True)
        done = subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
        if done.returncode != SOME_SET_ASIDE or not out.exists():  # tweets in other languages count as missed
            done.check_returncode()
        return 0
    command = [python(), str(HERE / "peer.py"), peer.system, str(source), str(out), *(["--strict"] if strict else [])]
    return words_a_second(command, {"PYTHONPATH": str(folder_of(peer)), "BENCH_SPACY_MODEL": spacy_folder()})


def ours_end_to_end() -> float:
    return words_a_second([sys.executable, str(HERE / "peer.py"), "end-to-end", str(SAMPLE)], {})


def words_a_second(command: list[str], environment: dict[str, str]) -> float:
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    said = json.loads(done.stdout.splitlines()[-1])
    return float(said["words"] / said["seconds"])


def trouble_with(peer: Peer) -> str:
    """Install a peer, unless it is. Returns why it cannot be; empty if it can."""
    folder = folder_of(peer)
    if (folder / "done").is_file():
        return ""
    if trouble := installing_trouble(peer):
        return trouble
    try:
        run(peer, written(folder / "try.jsonl", [{"id": "1", "text": "Ask Brenda."}]), folder / "tried.jsonl")
    except (subprocess.CalledProcessError, json.JSONDecodeError):
        return "installed, but does not run"
    (folder / "done").touch()
    return ""


def installing_trouble(peer: Peer) -> str:
    """Install a peer into its folder. Returns why it cannot be; empty if it can."""
    folder = folder_of(peer)
    uv = ROOT / ".bootstrap" / "bin" / "uv"
    if not uv.is_file():
        return "not installed (run `make setup` first: it brings the installer)"
    install = [str(uv), "pip", "install", "--quiet", "--python", python(), "--target", str(folder)]
    without_asking = [*install, "--no-deps", "--python-version", "3.14", *peer.besides]
    for command in ([*install, *peer.needs], *([without_asking] if peer.besides else [])):
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return "could not be installed"
    return ""


def folder_of(peer: Peer) -> Path:
    mark = hashlib.sha256("\n".join((python(), *peer.needs, *peer.besides)).encode()).hexdigest()[:12]
    return user_cache_path("themes") / "bench-peers" / f"{peer.system}-{mark}"


def python() -> str:
    """The interpreter that our environment was made from: it has none of our packages."""
    return str(getattr(sys, "_base_executable", sys.executable))


def spacy_folder() -> str:
    from themes.models import spacy_model

    return str(spacy_model())
