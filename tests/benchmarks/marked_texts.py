"""Invented UK texts with their personal details marked, as deid_texts/ holds them, read into the shape of a gold file.

    === people-001 author="Sandra M"
    My adviser [[Karen Whitlow|PERSON]] gave me no {{Grace}} period.

`[[words|LABEL]]` is a detail that must be masked, `{{words}}` a look-alike that must stay. A text runs to the next
line of `===`; blank lines around it do not count. Lines before the first `===` say what the file is.
"""

import re
from pathlib import Path
from typing import Any

LABELS = frozenset(
    """PERSON LOCATION BRANCH HOSPITAL SCHOOL EMPLOYER JOB EVENT DEMOG CONDITION AGE DOB DATE ADDRESS POSTCODE PHONE
    EMAIL HANDLE URL NINO NHS_NUMBER CASE_REF BANK VEHICLE IP""".split()
)
HEADER = re.compile(r'=== (?P<id>[\w-]+)(?: author="(?P<author>[^"]+)")?')
MARK = re.compile(r"\[\[(?P<detail>[^\[\]{}|]+)\|(?P<label>\w+)\]\]|\{\{(?P<look_alike>[^\[\]{}|]+)\}\}")
LEFT_OVER = re.compile(r"\[\[|\]\]|\{\{|\}\}")


class MarkedTextError(ValueError):
    """A file of marked texts breaks the format; the message names the file, the line and what to change."""


def read_marked(path: Path) -> list[dict[str, Any]]:
    """The texts of one file in its order, each {"id", "author", "text", "spans", "negatives"}.

    `author` is None where the header names none. `spans` are {"start", "end", "label"} and `negatives`
    {"start", "end"}: offsets in code points of `text`, end exclusive, in order, never overlapping.
    Raises MarkedTextError for a header, a mark or a label that is not of the format, an id used twice, a text that
    is empty, and a file without texts.
    """
    lines = path.read_text("utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("===")]
    if not starts:
        raise MarkedTextError(f'{path}: no text in it; start each with a line like === some-id author="Name".')
    texts: list[dict[str, Any]] = []
    line_of: dict[str, int] = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        header = HEADER.fullmatch(lines[start].rstrip())
        if not header:
            raise MarkedTextError(f'{path}, line {start + 1}: write the header as === some-id author="Name".')
        if header["id"] in line_of:
            first = line_of[header["id"]]
            raise MarkedTextError(f"{path}, line {start + 1}: the id of line {first} is used again; give another.")
        line_of[header["id"]] = start + 1
        body = lines[start + 1 : end]
        text, spans, negatives = _unmarked(body, f"{path}, line {{}}", start + 2)
        texts.append(
            {"id": header["id"], "author": header["author"], "text": text, "spans": spans, "negatives": negatives}
        )
    return texts


def _unmarked(lines: list[str], place: str, first_line: int) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """The text without its marks, the details and the look-alikes in it."""
    while lines and not lines[0].strip():
        lines, first_line = lines[1:], first_line + 1
    marked = "\n".join(lines).rstrip()
    if not marked:
        raise MarkedTextError(f"{place.format(first_line - 1)}: a header without a text; write one or take it out.")

    def here(offset: int) -> str:
        return place.format(first_line + marked.count("\n", 0, offset))

    broken = LEFT_OVER.search(MARK.sub(_blanked, marked))
    if broken:
        raise MarkedTextError(
            f"{here(broken.start())}: a mark is broken or stands in another; write [[words|LABEL]] or {{{{words}}}}."
        )
    text, at = "", 0
    spans: list[dict[str, Any]] = []
    negatives: list[dict[str, Any]] = []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        words = mark["detail"] or mark["look_alike"]
        if words != words.strip():
            raise MarkedTextError(f"{here(mark.start())}: a mark starts or ends with a space; put it outside.")
        span = {"start": len(text), "end": len(text) + len(words)}
        text += words
        if mark["look_alike"]:
            negatives.append(span)
        elif mark["label"] in LABELS:
            spans.append({**span, "label": mark["label"]})
        else:
            raise MarkedTextError(
                f"{here(mark.start())}: no label is called {mark['label']}; use one of {', '.join(sorted(LABELS))}."
            )
    return text + marked[at:], spans, negatives


def _blanked(mark: re.Match[str]) -> str:
    return " " * len(mark[0])
