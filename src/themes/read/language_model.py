"""The table [language_model] of corpus.toml, parsed once; what is wrong in it is said with what to write instead."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from themes.engine import is_this_machine
from themes.errors import CorpusError
from themes.records.spec import LanguageModelSpec

KEYS = ("address", "model", "key_variable", "elsewhere", "timeout_seconds", "attempts")


def language_model_of(table: Mapping[str, Any], file: Path) -> LanguageModelSpec:
    """The table, checked.

    Args:
        table: With known keys alone.
        file: The corpus.toml, for messages.

    Raises:
        CorpusError: If a key is missing or cannot be used, or the address is elsewhere without leave.
    """
    place = f"{file}, [language_model]"
    address = _text(table, "address", "http://127.0.0.1:11434/v1", place).rstrip("/")
    model = _text(table, "model", "the name the server knows it by", place)
    if len(model) > 80 or not model.isprintable():
        raise CorpusError(f"{place}: `model` must be a name of at most 80 signs in one line.")
    elsewhere = table.get("elsewhere", False)
    if not isinstance(elsewhere, bool):
        raise CorpusError(f"{place}: `elsewhere` must be true or false.")
    _check_address(address, place, elsewhere=elsewhere)
    variable = table.get("key_variable", "")
    if not isinstance(variable, str) or (variable and not variable.isidentifier()):
        raise CorpusError(f'{place}: `key_variable` names an environment variable, such as "LANGUAGE_MODEL_KEY".')
    return LanguageModelSpec(
        address=address,
        model=model,
        key_variable=variable,
        elsewhere=elsewhere,
        timeout_seconds=float(_number(table, "timeout_seconds", 60, 600, place)),
        attempts=_number(table, "attempts", 3, 10, place),
    )


def _check_address(address: str, place: str, *, elsewhere: bool) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None  # asked for a port that is none, it raises
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or parts.username:
        raise CorpusError(f'{place}: `address` must be such as "http://127.0.0.1:11434/v1", without a key in it.')
    if is_this_machine(host):
        return
    if not elsewhere:
        raise CorpusError(
            f"{place}: {host} is not this machine, so de-identified texts would leave it. They are pseudonymised, not "
            f"anonymous. If you may send them there, add `elsewhere = true`."
        )
    if parts.scheme != "https":
        raise CorpusError(f"{place}: an address on another machine must begin with https://.")


def _text(table: Mapping[str, Any], key: str, example: str, place: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CorpusError(f'{place} needs `{key}` as text, such as {key} = "{example}".')
    return value.strip()


def _number(table: Mapping[str, Any], key: str, usual: int, most: int, place: str) -> int:
    value = table.get(key, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise CorpusError(f"{place}: `{key}` must be a whole number from 1 to {most}.")
    return value
