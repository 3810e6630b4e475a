"""JSON lines: one object a line, order kept; a line that cannot be used says why, and the rest goes on."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from themes.errors import WrongUse

KNOWN = ("prompt", "context", "author", "name_hidden", "case_id", "codes", "written", "theme")
"""What else lines may say, by one command or another. All other keys are passed over."""
LONGEST = 100_000
"""Characters of a text, as where documents are cleaned: what is longer keeps a coder busy for minutes."""
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF_A_CHARACTER = "half of a character (a lone surrogate)"


@dataclass(frozen=True, slots=True)
class Line:
    """A line's object. `problem` says why it cannot be used, if it cannot; `id` is given back either way.

    An id is a string or a number; None where the line has none that can be given back.
    """

    id: Any
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    problem: str = ""
    number: int = 0
    """Of the line in the file, from 1."""

    @property
    def case(self) -> str:
        """The case that its `case_id`, text or a whole number, names; empty if it names none."""
        case = self.values.get("case_id")
        return f"case {case}" if isinstance(case, str | int) and case != "" else ""


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
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                yield Line(None, problem=f"line {number} is not UTF-8", number=number)
                continue
            if text.strip():
                yield _parsed(text, number, tuple(needs))


def _parsed(line: str, number: int, needs: tuple[str, ...]) -> Line:
    twice: list[str] = []

    def noting_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        # The line's own object comes last, after those inside it.
        twice[:] = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        return values

    try:
        values = json.loads(line, object_pairs_hook=noting_repeats, parse_constant=_refuse)
    except _NoJson as trouble:
        return Line(None, problem=f"line {number} holds {trouble}, which JSON does not have", number=number)
    except (ValueError, RecursionError):
        return Line(None, problem=f"line {number} is not a JSON object", number=number)
    if not isinstance(values, dict):
        return Line(None, problem=f"line {number} is not a JSON object", number=number)
    if "id" not in values:
        return Line(None, problem=f"line {number} has no 'id'", number=number)
    if problem := "gives 'id' twice" if "id" in twice else _of_id(values["id"]):
        return Line(None, problem=f"line {number} {problem}", number=number)
    return Line(values["id"], values, _of_values(values, line, needs, twice, number), number)


class _NoJson(ValueError):
    """NaN or an infinity, which Python reads and writes, and other programs do not."""


def _refuse(constant: str) -> None:
    raise _NoJson(constant)


def _of_id(value: object) -> str:
    """What is wrong with an id: it must be one that can be given back as it came, to any program."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "has an 'id' that is neither text nor a number"
    if isinstance(value, float) and not isfinite(value):
        return "has an 'id' that is too large a number to be given back"
    if isinstance(value, str) and _HALF.search(value):
        return f"has an 'id' with {_HALF_A_CHARACTER}"
    return ""


def _of_values(values: Mapping[str, Any], line: str, needs: Iterable[str], twice: list[str], number: int) -> str:
    if twice:
        named = [key for key in (*needs, *KNOWN) if key in twice]
        return f"line {number} gives {f"'{named[0]}'" if named else 'something'} twice: which one counts is unclear"
    for key in needs:
        if not isinstance(values.get(key), str):
            return f"line {number} has no '{key}', or it is not a string"
        if len(values[key]) > LONGEST:
            return f"line {number}: '{key}' is longer than {LONGEST:,} characters; split it, or remove it"
    if len(line) > LONGEST:
        for key in KNOWN:
            if isinstance(held := values.get(key), str) and len(held) > LONGEST:
                return f"line {number}: '{key}' is longer than {LONGEST:,} characters; split it, or remove it"
    if _ESCAPED_HALF.search(line):
        for key in (*needs, *KNOWN):
            held = values.get(key)
            if any(
                isinstance(each, str) and _HALF.search(each) for each in (held if isinstance(held, list) else [held])
            ):
                return f"line {number}: '{key}' holds {_HALF_A_CHARACTER}"
    return ""
