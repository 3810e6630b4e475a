"""JSON lines: one object a line, order kept; a line that cannot be used says why, and the rest goes on."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from themes.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Line:
    """A line's object. `problem` says why it cannot be used, if it cannot; `id` is given back either way."""

    id: Any
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    problem: str = ""
    number: int = 0
    """Of the line in the file, from 1."""


def read_lines(path: Path, *, needs: Iterable[str] = ("text",)) -> Iterator[Line]:
    """The lines of a UTF-8 file, one at a time.

    Args:
        path: The file; blank lines are passed over.
        needs: Keys that must be there and be strings.

    Raises:
        WrongUse: If there is no such file.
    """
    if not path.is_file():
        raise WrongUse(f"There is no file {path}.")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _parsed(line, number, tuple(needs))


def _parsed(line: bytes, number: int, needs: tuple[str, ...]) -> Line:
    try:
        values = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError:
        return Line(None, problem=f"line {number} is not UTF-8")
    except (ValueError, RecursionError):
        return Line(None, problem=f"line {number} is not a JSON object")
    if not isinstance(values, dict):
        return Line(None, problem=f"line {number} is not a JSON object")
    if "id" not in values:
        return Line(None, problem=f"line {number} has no 'id'")
    for key in needs:
        if not isinstance(values.get(key), str):
            return Line(values["id"], problem=f"line {number} has no '{key}', or it is not a string")
        if any("\ud800" <= character <= "\udfff" for character in values[key]):
            return Line(values["id"], problem=f"line {number}: '{key}' holds half of a character (a lone surrogate)")
    return Line(values["id"], values, number=number)
