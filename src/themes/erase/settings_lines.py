"""Where corpus.toml names those who go, in a list of names to mask or a remark: told, since the file is its owner's."""

import re
import tomllib
from collections.abc import Collection

from themes.erase.repeated import TheirWords
from themes.records.spec import CorpusSpec

FILE = "corpus.toml"
STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def lines_that_repeat(spec: CorpusSpec, theirs: TheirWords) -> tuple[int, ...]:
    """The lines, counted from 1, on which words or names of theirs stand."""
    return tuple(number for number, line in enumerate(_lines(spec), 1) if theirs.are_in(line))


def lines_with(spec: CorpusSpec, names: Collection[str]) -> tuple[int, ...]:
    """The lines, counted from 1, that hold one of some names as a value, however its letters are escaped."""
    return tuple(number for number, line in enumerate(_lines(spec), 1) if not set(_values(line)).isdisjoint(names))


def _lines(spec: CorpusSpec) -> list[str]:
    file = spec.folder / FILE
    return file.read_text(encoding="utf-8-sig").split("\n") if file.is_file() else []


def _values(line: str) -> list[str]:
    found = []
    for each in STRING.findall(line):
        try:
            found.append(tomllib.loads(f"value = {each}")["value"])
        except tomllib.TOMLDecodeError:
            continue
    return found
