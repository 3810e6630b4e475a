"""What masking does to codings: the sample's invented excerpts coded as written and de-identified, side by side.

Only invented texts can be measured so: of real ones nobody codes the raw words. The key of the sample corpus has each
text with its excerpts and the codes that a careful reader gave them. Zero labels, packaged codebook.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

KEY = Path(__file__).parents[2] / "corpora/back-to-work-sample/key"
PROFILES = ("coding", "release")

type Codes = Mapping[str, frozenset[str]]


def main() -> None:
    texts = {
        f"{file.stem}-{number}": json.loads(line)
        for file in sorted(KEY.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines())
    }
    gold = {key: frozenset(excerpt["codes"]) for key, excerpt, _ in excerpts_of(texts)}
    with tempfile.TemporaryDirectory() as scratch:
        raw = {key: words for key, _, words in excerpts_of(texts)}
        written = {"as written": raw}
        for profile in PROFILES:
            written[f"{profile} profile"] = {
                key: words for key, _, words in excerpts_of(masked(texts, profile, Path(scratch)))
            }
        suggested = {name: coded(excerpts, Path(scratch)) for name, excerpts in written.items()}
    table = Table(
        "text", "micro-F1", "difference", "excerpts with a mask", "micro-F1 of these", "as written", "difference",
        title=f"What masking does to codings: {len(gold)} invented excerpts of the sample, zero labels",
    )  # fmt: skip
    whole = micro_f1(gold, suggested["as written"], gold)
    for name, excerpts in written.items():
        changed = [key for key in gold if excerpts[key] != raw[key]]
        of_all = micro_f1(gold, suggested[name], gold)
        of_changed = micro_f1(gold, suggested[name], changed)
        before = micro_f1(gold, suggested["as written"], changed)
        table.add_row(
            name,
            f"{of_all:.3f}",
            f"{of_all - whole:+.3f}",
            str(len(changed)),
            *((f"{of_changed:.3f}", f"{before:.3f}", f"{of_changed - before:+.3f}") if changed else ("–", "–", "–")),
        )
    Console(width=120).print(table)


def excerpts_of(texts: Mapping[str, Any]) -> Iterable[tuple[str, Any, str]]:
    """Id, excerpt and words of every excerpt; where `replacements` are given, with surrogates in the words."""
    for text_id, text in texts.items():
        for number, excerpt in enumerate(text["excerpts"]):
            inside = [
                r for r in text.get("replacements", ()) if excerpt["start"] < r["end"] and r["start"] < excerpt["end"]
            ]
            yield f"{text_id}-{number}", excerpt, _replaced(text["text"], excerpt, inside)


def _replaced(text: str, excerpt: Mapping[str, int], replacements: Sequence[Mapping[str, Any]]) -> str:
    parts, at = [], excerpt["start"]
    for replacement in sorted(replacements, key=lambda r: r["start"]):
        parts += [text[at : max(at, replacement["start"])], replacement["surrogate"]]
        at = replacement["end"]
    return "".join([*parts, text[at : excerpt["end"]]])


def masked(texts: Mapping[str, Any], profile: str, scratch: Path) -> dict[str, Any]:
    source, out = scratch / "texts.jsonl", scratch / "masked.jsonl"
    rows = [
        {"id": key, "text": t["text"], "author": t["author"], "name_hidden": t["name_hidden"]}
        for key, t in texts.items()
    ]
    _write(source, rows)
    _themes("deidentify", source, out, "--profile", profile)
    found = {row["id"]: row["replacements"] for row in _read(out)}
    return {key: {**text, "replacements": found[key]} for key, text in texts.items()}


def coded(excerpts: Mapping[str, str], scratch: Path) -> Codes:
    source, out = scratch / "excerpts.jsonl", scratch / "codes.jsonl"
    _write(source, [{"id": key, "text": words} for key, words in excerpts.items()])
    _themes("code", source, out)
    return {row["id"]: frozenset(c["code"] for c in row["codings"] if c["applies"]) for row in _read(out)}


def micro_f1(gold: Codes, suggested: Codes, keys: Iterable[str]) -> float:
    """Over all pairs of an excerpt and a code; 0 where there is neither.

    >>> micro_f1({"a": frozenset({"x", "y"})}, {"a": frozenset({"x", "z"})}, ["a"])
    0.5
    """
    pairs = [(gold[key], suggested[key]) for key in keys]
    right, said = sum(len(g & s) for g, s in pairs), sum(len(g) + len(s) for g, s in pairs)
    return 2 * right / said if said else 0.0


def _themes(*arguments: object) -> None:
    command = [sys.executable, "-m", "themes.cli.main", *map(str, arguments)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
