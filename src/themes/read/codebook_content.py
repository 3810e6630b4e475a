"""What a file of a codebook holds, TOML or YAML, before anybody looks at what it says."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from themes.errors import CodebookError

Table = Mapping[str, Any]


class Flaw(Exception):
    """What is wrong with the codebook, and what to do."""


def codebook_content(path: Path) -> dict[str, Any]:
    """What a file of a codebook holds, unchecked.

    Raises:
        CodebookError: If it cannot be read.
    """
    try:
        return dict(_content(path))
    except Flaw as flaw:
        raise CodebookError(f"{path.name}: {flaw}") from None


def _content(path: Path) -> Table:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        raise Flaw(f"cannot be read ({trouble.strerror}). Check the path {path}.") from None
    except UnicodeDecodeError:
        raise Flaw("is not UTF-8. Save it again with the encoding UTF-8.") from None
    return content_in(text, path.suffix)


def content_in(text: str, ending: str) -> Table:
    """What a text holds that was read from a file of this ending, unchecked.

    Raises:
        Flaw: If it is not of that format, or the format is none of ours.
    """
    if ending == ".toml":
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as trouble:
            raise Flaw(f"is not valid TOML: {trouble}. Correct that line.") from None
    if ending in {".yaml", ".yml"}:
        return _yaml(text)
    raise Flaw("is neither .toml nor .yaml. Give the file the ending of its format.")


def _yaml(text: str) -> Table:
    import yaml

    try:
        # A cue "no" or a code 007 stays what it is.
        content = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes no objects: every value is a string
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise Flaw(f"is not valid YAML{place}. Correct that line.") from None
    if not isinstance(content, dict):
        raise Flaw("holds no table of codes. Begin it with 'codes:' and a list.")
    return content
