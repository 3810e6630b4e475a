"""corpus.toml, parsed once into a CorpusSpec; whatever is wrong in it is said with what to write instead."""

import re
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from themes.encoders.catalog import ENCODERS, SENTENCE
from themes.errors import CorpusError
from themes.read.catalog import OPTIONS, READERS
from themes.read.language_model import KEYS, language_model_of
from themes.records.spec import CorpusSpec, LanguageModelSpec, SourceSpec

FEWEST_CASES = 3  # below this a "group" is a person or two, and no setting may show it
_TEXTS = ("name", "title", "language", "codebook", "schedule", "timezone", "approach")
_NUMBERS = ("seed", "fewest_cases")
_LARGEST = 2**32 - 1
"""The largest seed that k-means takes."""
_LISTS = ("consent_to_quote", "compare")
APPROACHES = ("reliability", "codebook", "reflexive")
_DEIDENTIFY = {"names": "extra_names", "places": "extra_places", "keep": "keep_words"}
_EVERY = re.compile(r"every ([1-9]\d{0,5}) (?:s|min|h)")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CRON = (
    ("minute", 0, 59, ()), ("hour", 0, 23, ()), ("day", 1, 31, ()), ("month", 1, 12, _MONTHS), ("weekday", 0, 7, _DAYS)
)  # fmt: skip


def read_spec(folder: Path) -> CorpusSpec:
    """What a corpus folder's corpus.toml says.

    Args:
        folder: The corpus folder; its name is the corpus's unless `name` is set.

    Raises:
        CorpusError: If the folder or the file is missing or broken, a key is unknown or has a value that cannot be
            used, or there is no source.
    """
    if not folder.is_dir():
        raise CorpusError(f"There is no folder {folder}. Give the folder of a corpus, or make one with `themes new`.")
    file = folder / "corpus.toml"
    values = _parsed(file)
    _only_known(
        values, (*_TEXTS, *_NUMBERS, *_LISTS, "encoder", "deidentify", "language_model", "source"), file, "a key"
    )
    return CorpusSpec(
        folder=folder,
        sources=_sources(values.get("source", []), file),
        **_settings(values, file, default_name=folder.resolve().name),
        **_deidentify(values.get("deidentify", {}), file),
        encoder=_encoder(values.get("encoder", SENTENCE), file),
        language_model=_language_model(values.get("language_model"), file),
    )


def _parsed(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CorpusError(f"{file} is missing. Write one, or make the corpus with `themes new`.") from None
    except UnicodeDecodeError:
        raise CorpusError(f"{file} is not UTF-8. Save it as UTF-8.") from None
    except OSError as trouble:
        raise CorpusError(f"{file} cannot be read: {trouble.strerror}. Check who may read it.") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        # The parser's message may repeat a character or a key, never a value: it can be shown.
        raise CorpusError(f"{file} is not sound TOML: {trouble}. Correct that place.") from None


def _settings(values: Mapping[str, Any], file: Path, *, default_name: str) -> dict[str, Any]:
    settings: dict[str, Any] = {"name": default_name}
    for key in _TEXTS:
        if key in values:
            if not isinstance(values[key], str) or not values[key].strip():
                raise CorpusError(f'{file}: `{key}` must be text, such as {key} = "…".')
            settings[key] = values[key]
    for key in _NUMBERS:
        if key in values:
            whole = isinstance(values[key], int) and not isinstance(values[key], bool)
            if not whole or not 0 <= values[key] <= _LARGEST:
                told = f"a whole number, {_LARGEST:,} at most" if whole and values[key] > 0 else "a whole number"
                raise CorpusError(f"{file}: `{key}` must be {told}, such as {key} = 10.")
            settings[key] = values[key]
    for key in _LISTS:
        if key in values:
            settings[key] = _texts_of(values[key], f"{file}: `{key}`", key)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", settings["name"]):
        raise CorpusError(f"{file}: `name` must be letters, digits, - and _ only, since folders are named after it.")
    if settings.get("approach", APPROACHES[0]) not in APPROACHES:
        raise CorpusError(f"{file}: `approach` must be one of {', '.join(APPROACHES)}.")
    if settings.get("fewest_cases", FEWEST_CASES) < FEWEST_CASES:
        raise CorpusError(f"{file}: `fewest_cases` must be at least {FEWEST_CASES}; smaller groups point to people.")
    if (
        PurePosixPath(settings.get("codebook", "")).is_absolute()
        or ".." in PurePosixPath(settings.get("codebook", "")).parts
    ):
        raise CorpusError(f'{file}: `codebook` must be a file in the corpus folder, such as "codebook.toml".')
    _check_times(settings, file)
    return settings


def _check_times(settings: Mapping[str, Any], file: Path) -> None:
    if "timezone" in settings:
        try:
            ZoneInfo(settings["timezone"])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise CorpusError(
                f'{file}: there is no time zone "{settings["timezone"]}". Use a name such as "Europe/London".'
            ) from None
    if "schedule" in settings and not is_schedule(settings["schedule"]):
        raise CorpusError(
            f'{file}: the schedule "{settings["schedule"]}" cannot be read. Use five cron fields, such as "0 6 * * 1" '
            '(Mondays at six), or "every 10 min" (s, min or h).'
        )


def is_schedule(text: str) -> bool:
    """Whether a schedule is five cron fields in range, or "every N s|min|h".

    >>> is_schedule("0 6 * * 1"), is_schedule("every 10 s"), is_schedule("61 6 * * 1")
    (True, True, False)
    """
    fields = text.split()
    if _EVERY.fullmatch(text):
        return True
    return len(fields) == len(_CRON) and all(
        all(_is_cron_part(part, lowest, highest, names) for part in field.lower().split(","))
        for field, (_, lowest, highest, names) in zip(fields, _CRON, strict=True)
    )


def seconds_between(schedule: str) -> float | None:
    """The seconds of "every N s|min|h"; None for a cron line.

    >>> seconds_between("every 10 min"), seconds_between("0 6 * * 1")
    (600.0, None)
    """
    if not _EVERY.fullmatch(schedule):
        return None
    _, number, unit = schedule.split()
    return float(number) * {"s": 1, "min": 60, "h": 3600}[unit]


def _is_cron_part(part: str, lowest: int, highest: int, names: tuple[str, ...]) -> bool:
    span, _, step = part.partition("/")
    if "/" in part and not (step.isdecimal() and 1 <= int(step) <= highest):
        return False
    if span == "*":
        return True
    ends = [
        names.index(end) + lowest if end in names else int(end) if end.isdecimal() else -1 for end in span.split("-")
    ]
    return len(ends) <= 2 and all(lowest <= end <= highest for end in ends) and ends == sorted(ends)


def _sources(tables: Any, file: Path) -> tuple[SourceSpec, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorpusError(f"{file}: sources are written as [[source]] tables, with two brackets.")
    if not tables:
        raise CorpusError(f"{file} names no source. Add a [[source]] with `name`, `reader` and `files`.")
    sources = tuple(_source(table, file) for table in tables)
    names = [source.name for source in sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise CorpusError(f"{file}: two sources are called '{twice}'. Give each its own `name`.")
    return sources


def _source(table: Mapping[str, Any], file: Path) -> SourceSpec:
    for key in ("name", "reader", "files"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise CorpusError(f'{file}: a [[source]] needs `{key}` as text, such as {key} = "…".')
    name, reader, files = table["name"], table["reader"], table["files"]
    if reader not in READERS:
        raise CorpusError(f"{file}, source '{name}': there is no reader \"{reader}\". Use one of {', '.join(READERS)}.")
    if PurePosixPath(files).is_absolute() or ".." in PurePosixPath(files).parts or "\\" in files:
        raise CorpusError(f"{file}, source '{name}': `files` is a pattern below raw/, such as \"survey/*.csv\".")
    options = {key: value for key, value in table.items() if key not in ("name", "reader", "files")}
    source = SourceSpec(name, reader, files, options)
    OPTIONS[reader](source)
    return source


def _encoder(value: Any, file: Path) -> str:
    """One of ours by its name, or a folder, as written or from the corpus folder."""
    if isinstance(value, str) and value in ENCODERS:
        return value
    if isinstance(value, str) and value.strip():
        folder = (file.parent / Path(value).expanduser()).resolve()
        if folder.is_dir():
            return str(folder)
    near = get_close_matches(str(value), ENCODERS, 1)
    raise CorpusError(
        f"{file}: `encoder` names neither an encoder ({', '.join(ENCODERS)}) nor a folder that is there."
        + (f' Did you mean "{near[0]}"?' if near else ' Write such as encoder = "static" or encoder = "/folder".')
    )


def _deidentify(table: Any, file: Path) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise CorpusError(f"{file}: `deidentify` is a table, written [deidentify].")
    _only_known(table, _DEIDENTIFY, file, "a key of [deidentify]")
    return {
        field: _texts_of(table[key], f"{file}: `{key}` of [deidentify]", key)
        for key, field in _DEIDENTIFY.items()
        if key in table
    }


def _language_model(table: Any, file: Path) -> LanguageModelSpec | None:
    if table is None:
        return None
    if not isinstance(table, dict):
        raise CorpusError(f"{file}: `language_model` is a table, written [language_model].")
    _only_known(table, KEYS, file, "a key of [language_model]")
    return language_model_of(table, file)


def _texts_of(value: Any, place: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise CorpusError(f'{place} must be a list of texts, such as {key} = ["…"].')
    return tuple(value)


def _only_known(values: Collection[str], known: Collection[str], file: Path, what: str) -> None:
    for key in values:
        if key not in known:
            near = get_close_matches(key, known, 1)
            advice = f"Did you mean `{near[0]}`?" if near else f"Known are {', '.join(known)}."
            raise CorpusError(f"{file}: `{key}` is not {what}. {advice}")
