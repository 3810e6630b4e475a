"""Marked texts: "{PERSON|Karen} was kind" to a text and its spans."""

import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\{(?P<free>~?)(?P<label>[A-Z_]+|-)\|(?P<words>[^}]*)\}")


@dataclass(frozen=True)
class Marked:
    text: str
    author: str | None
    spans: tuple[tuple[int, int, str], ...]
    free: tuple[tuple[int, int], ...]
    negatives: tuple[tuple[int, int], ...]


def read_marked(path: Path) -> list[Marked]:
    lines = path.read_text("utf-8").splitlines()
    return [_marked(line.replace("¶", "\n")) for line in lines if line and not line.startswith("#")]


def _marked(line: str) -> Marked:
    author = None
    if line.startswith("Author: "):
        author, line = line.removeprefix("Author: ").split(" :: ")
    text, at = "", 0
    spans, free, negatives = [], [], []
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        here = (len(text), len(text) + len(match["words"]))
        text += match["words"]
        at = match.end()
        if match["label"] == "-":
            negatives.append(here)
        elif match["free"]:
            free.append(here)
        else:
            spans.append((*here, match["label"]))
    return Marked(text + line[at:], author, tuple(spans), tuple(free), tuple(negatives))
