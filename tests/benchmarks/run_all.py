"""`make bench`: what the program does well and how fast, beside peers in the same run.

Development sets are found through THEMES_BENCH_DATA, a folder with `deid/` and `coding/`; their scorers in the folder
`evaluate/` beside it. A row whose data is missing says so. Prints tables; changes nothing but the user's cache, where
the peers are installed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import deid_peers
from rich.console import Console
from rich.table import Table

DATA = Path(os.environ["THEMES_BENCH_DATA"]) if "THEMES_BENCH_DATA" in os.environ else None
HERE = Path(__file__).parent
console = Console(width=120)


def main() -> None:
    if DATA is None:
        console.print("THEMES_BENCH_DATA is not set: every row that needs it is missing.")
    with tempfile.TemporaryDirectory() as scratch:
        environment = {"THEMES_VAULT": f"{scratch}/vault", "THEMES_KEY_FILE": f"{scratch}/key", "OMP_NUM_THREADS": "1"}
        os.environ.update(environment)
        deid_peers.show(Console(width=150), DATA, Path(scratch))
        formatted_identifiers()
        encoders()
        coding(Path(scratch))
        themes(Path(scratch))
        masking_and_codes()
        risk_to_life()
        evidence()


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


def coding(scratch: Path) -> None:
    table = Table("coder", "data", "micro F1", "macro F1", "mAP", "LRAP", "CPU-s", title="Coding")
    if (gold := data("coding/back_to_work.jsonl")) is None:
        missing("coding/back_to_work.jsonl")
    else:
        excerpts, out = scratch / "excerpts.jsonl", scratch / "codes.jsonl"
        excerpts.write_bytes(scorer("score_codes.py", gold, "--excerpts"))
        seconds = cpu_seconds("code", excerpts, out)
        add_coding_row(table, "themes, zero labels", "back to work", scored("score_codes.py", gold, out), seconds)
    if (gold := data("coding/nhs_feedback.jsonl")) is None:
        missing("coding/nhs_feedback.jsonl")
    else:
        lines = gold.read_text(encoding="utf-8").splitlines()
        train, test = scratch / "train.jsonl", scratch / "test.jsonl"
        train.write_text("\n".join(line for at, line in enumerate(lines) if at % 5), encoding="utf-8")
        test.write_text("\n".join(line for at, line in enumerate(lines) if not at % 5), encoding="utf-8")
        out = scratch / "nhs.jsonl"
        for name, work in (("themes, all labels", themes_code), ("TF-IDF + logistic regression", tfidf)):
            seconds = work(train, test, out)
            add_coding_row(table, name, "NHS, one fifth held out", scored("score_codes.py", test, out), seconds)
    console.print(table)


def add_coding_row(table: Table, name: str, on: str, figures: dict, seconds: float) -> None:
    keys = ("micro F1", "macro F1", "mAP", "LRAP")
    table.add_row(name, on, *(str(figures[key]) for key in keys), f"{seconds:.0f}")


def themes_code(train: Path, test: Path, out: Path) -> float:
    return cpu_seconds("code", test, out, "--labelled", train)


def tfidf(train: Path, test: Path, out: Path) -> float:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    began = time.process_time()
    learn, judge = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in (train, test)
    )
    labels = MultiLabelBinarizer()
    y = labels.fit_transform([text["codes"] for text in learn])
    words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    model = OneVsRestClassifier(LogisticRegression(class_weight="balanced", max_iter=1000))
    model.fit(words.fit_transform([text["text"] for text in learn]), y)
    p = model.predict_proba(words.transform([text["text"] for text in judge]))
    with out.open("w", encoding="utf-8") as file:
        for text, row in zip(judge, np.asarray(p), strict=True):
            codings = [
                {"code": code, "probability": float(v), "applies": bool(v >= 0.5)}
                for code, v in zip(labels.classes_, row, strict=True)
            ]
            file.write(json.dumps({"id": text["id"], "codings": codings}) + "\n")
    return time.process_time() - began


def themes(scratch: Path) -> None:
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
    subprocess.run([sys.executable, HERE / "train_risk.py", "--check"], check=False)


def evidence() -> None:
    """Train the weights that decide what is a name again: the ones that ship must come out."""
    if data("deid/names_tweets.jsonl") is None or data("deid/tab.jsonl") is None:
        return missing("deid/names_tweets.jsonl and deid/tab.jsonl")
    console.print("Names: ", end="")
    subprocess.run(
        [sys.executable, "-m", "benchmarks.train_evidence", "--check"],
        check=False,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)},
    )
    return None


def data(name: str) -> Path | None:
    return DATA / name if DATA is not None and (DATA / name).is_file() else None


def missing(name: str) -> None:
    console.print(f"missing: {name} (set THEMES_BENCH_DATA to a folder that has it)")


def scored(name: str, gold: Path, system: Path) -> dict:
    return dict(json.loads(scorer(name, gold, system)))


def scorer(name: str, *arguments: object) -> bytes:
    assert DATA is not None
    command = [sys.executable, str(DATA.parent / "evaluate" / name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def cpu_seconds(*arguments: object) -> float:
    """CPU-seconds of a command of ours, start-up included."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "themes.cli.main", *map(str, arguments)], check=True, stderr=subprocess.DEVNULL
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
