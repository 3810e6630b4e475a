"""`make bench`: what the program does well and how fast, beside peers in the same run.

    python tests/benchmarks/run_all.py                  # everything: some hours
    python tests/benchmarks/run_all.py coding themes    # these parts alone

"coding" sets ours beside TF-IDF and MiniLM, each with logistic regression; "themes" beside BERTopic, with and without
reduce_outliers, and KeyNMF where it is installed.

Development sets are found through THEMES_BENCH_DATA, a folder with `deid/` and `coding/`; their scorers in the folder
`evaluate/` beside it. A row whose data is missing says so. Prints tables; changes nothing but the user's cache, where
the peers are installed. Everything is run, then it fails if shipped weights did not come out of a training again, or
intervals do not hold what they should.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import deid_peers
from rich.console import Console
from rich.table import Table

DATA = Path(os.environ["THEMES_BENCH_DATA"]) if "THEMES_BENCH_DATA" in os.environ else None
HERE = Path(__file__).parent
console = Console(width=120)
CAME_OUT_OTHERWISE: list[str] = []
"""What was trained again in this run and did not give what ships, or was measured and falls short."""


def main() -> None:
    if DATA is None:
        console.print("THEMES_BENCH_DATA is not set: every row that needs it is missing.")
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)}; default: all")
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        environment = {"THEMES_VAULT": f"{scratch}/vault", "THEMES_KEY_FILE": f"{scratch}/key", "OMP_NUM_THREADS": "1"}
        os.environ.update(environment)
        for name, part in PARTS.items():
            if name in chosen or not chosen:
                part()
    if CAME_OUT_OTHERWISE:
        raise SystemExit(f"These came out otherwise than they ship or should: {', '.join(CAME_OUT_OTHERWISE)}.")


def deidentification() -> None:
    """Ours beside peers, and what is missed."""
    with tempfile.TemporaryDirectory() as scratch:
        deid_peers.show(Console(width=150), DATA, Path(scratch))
    run("-m", "benchmarks.misses")


def exchange() -> None:
    """What other programs read of ours, and we of theirs."""
    run("-m", "benchmarks.exchange_peers")


def formatted_identifiers(seed: int = 4) -> None:
    """2,000 generated identifiers and 600 look-alikes: floors .99 found, .95 kept."""
    from formatted_ids import SETS, by_kind, masks_of

    table = Table("kind", "share", "low", "high", "of", title=f"Generated identifiers and look-alikes, seed {seed}")
    for make, counts, floor in SETS:
        samples = make(seed)
        masks = masks_of(samples, rules_only=False)
        for kind, share in by_kind(samples, [counts(*each) for each in zip(samples, masks, strict=True)]):
            says = f"{kind} {counts.__name__}" + (f", floor {floor}" if kind == "all" else "")
            table.add_row(says, *(f"{value:.3f}" for value in (share.value, *share.interval())), str(share.count))
        table.add_section()
    console.print(table)


def encoders() -> None:
    """Both encoders' speed and quality beside plain ways to the same vectors; what it lacks it says itself.

    `encoders.py --coding 10000 100000` shows how coding grows; it takes a quarter of an hour.
    """
    subprocess.run([sys.executable, HERE / "encoders.py"], check=True)


def coding() -> None:
    """Coders beside TF-IDF and MiniLM with logistic regression."""
    subprocess.run([sys.executable, HERE / "coding_peers.py"], check=True)


def coders() -> None:
    """The starter coders and the dimensions learned again: what ships must come out."""
    trained_again("the starter coders", [HERE / "train_starter.py"])
    trained_again("polarity, modality and speaker", [HERE / "train_dimensions.py"])


def themes() -> None:
    """Emergent themes beside BERTopic, with reduce_outliers too, and KeyNMF where it is installed."""
    if data("coding/nhs_feedback.jsonl") is None:
        return missing("coding/nhs_feedback.jsonl")
    subprocess.run([sys.executable, HERE / "themes_nhs.py"], check=True)
    return None


def masking_and_codes() -> None:
    """What masking does to codings, on the invented sample: needs no other data."""
    subprocess.run([sys.executable, HERE / "masking_and_codes.py"], check=True)


def risk_to_life() -> None:
    """Train the weights of the flag again: the ones that ship must come out."""
    console.print("Risk to life: ", end="")
    trained_again("the risk flag", [HERE / "train_risk.py"])


def intervals() -> None:
    """How often intervals hold what is true, beside PPI++ and the machine's share: invented, needs no other data."""
    if run(HERE / "interval_coverage.py"):
        CAME_OUT_OTHERWISE.append("intervals (see above)")


def subtraction() -> None:
    """Whether hidden counts can be worked out from three releases of a thousand invented studies."""
    if run(HERE / "subtraction_attack.py"):
        CAME_OUT_OTHERWISE.append("hidden counts (see above)")


def evidence() -> None:
    """Train our own tagger (one fold of it) and the weights that decide what is a name again: what ships must come
    out. What the tagger said out of fold is taken from the scratch folder of its training."""
    if data("deid/names_tweets.jsonl") is None or data("deid/tab.jsonl") is None:
        return missing("deid/names_tweets.jsonl and deid/tab.jsonl")
    if not {"THEMES_BENCH_TORCH", "THEMES_BENCH_SCRATCH"} <= os.environ.keys():
        console.print("missing: a Python with torch, or the scratch folder of our own tagger's training")
        return None
    console.print("Our own tagger: ", end="")
    trained_again("our own tagger", ["-m", "benchmarks.train_own_tagger"])
    console.print("Names: ", end="")
    trained_again("names", ["-m", "benchmarks.train_evidence"])
    return None


def run(*command: str | Path) -> int:
    """A benchmark in a process of its own; what it ends with."""
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    return subprocess.run([sys.executable, *command], check=False, env=environment).returncode


def trained_again(what: str, command: list[str | Path]) -> None:
    """Run a training with --check, and remember whether what ships came out."""
    if run(*command, "--check"):
        CAME_OUT_OTHERWISE.append(what)


def data(name: str) -> Path | None:
    return DATA / name if DATA is not None and (DATA / name).is_file() else None


def missing(name: str) -> None:
    console.print(f"missing: {name} (set THEMES_BENCH_DATA to a folder that has it)")


PARTS: Mapping[str, Callable[[], None]] = {
    "deidentification": deidentification,
    "exchange": exchange,
    "identifiers": formatted_identifiers,
    "encoders": encoders,
    "coding": coding,
    "coders": coders,
    "themes": themes,
    "masking": masking_and_codes,
    "risk": risk_to_life,
    "intervals": intervals,
    "subtraction": subtraction,
    "evidence": evidence,
}


if __name__ == "__main__":
    main()
