"""How well `themes deidentify` does on the UK texts that nothing was learned from, in figures alone.

    export PYTHONPATH=tests
    python -m benchmarks.held_out                      # score the coding profile; THEMES_BENCH_DATA must be set
    python -m benchmarks.held_out --profile release
    python -m benchmarks.held_out --gold gold.jsonl    # only write the gold file, to score another system

The scorer is score_deid.py in the folder `evaluate/` beside the folder that THEMES_BENCH_DATA names. No text is printed
and no miss is listed: once somebody has mended the misses, the set measures nothing any more.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.marked_texts import read_marked

TEXTS = Path(__file__).parents[1] / "gates" / "deid_held_out.txt"


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("--profile", default="coding")
    options.add_argument("--gold", type=Path, metavar="OUT.jsonl", help="write the gold file here and stop")
    chosen = options.parse_args()
    if chosen.gold:
        write_gold(chosen.gold)
        return
    if "THEMES_BENCH_DATA" not in os.environ:
        sys.exit("THEMES_BENCH_DATA is not set; name the folder of the development sets, the scorer is found from it.")
    scorer = Path(os.environ["THEMES_BENCH_DATA"]).parent / "evaluate" / "score_deid.py"
    if not scorer.is_file():
        sys.exit(f"{scorer} is missing; THEMES_BENCH_DATA must name a folder with evaluate/score_deid.py beside it.")
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(figures(chosen.profile, scorer, Path(scratch)), indent=1))


def figures(profile: str, scorer: Path, scratch: Path) -> dict[str, object]:
    """The scorer's shares and counts for the profile; a text that came back quarantined counts as missed."""
    gold, asked, answered = (scratch / name for name in ("gold.jsonl", "asked.jsonl", "answered.jsonl"))
    write_gold(gold)
    write_questions(asked)
    command = [sys.executable, "-m", "themes.cli.main", "deidentify", str(asked), str(answered), "--profile", profile]
    ended = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    if not answered.is_file():
        sys.exit(f"themes deidentify ended with {ended.returncode} and wrote nothing:\n{ended.stderr}")
    scored = subprocess.run([sys.executable, scorer, gold, answered], check=True, stdout=subprocess.PIPE)
    return dict(json.loads(scored.stdout))


def write_gold(path: Path) -> None:
    """JSON lines {"id", "text", "spans", "negatives"}, as the scorer reads them."""
    write_lines(path, ("id", "text", "spans", "negatives"))


def write_questions(path: Path) -> None:
    """JSON lines {"id", "text", "author"}: what a system may see of the texts."""
    write_lines(path, ("id", "text", "author"))


def write_lines(path: Path, fields: tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for text in read_marked(TEXTS):
            kept = {field: text[field] for field in fields if text[field] is not None}
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
