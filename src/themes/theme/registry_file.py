"""The registry of themes in a folder: `registry.json`, and `history.tsv` for people to read."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from themes.errors import StoreError
from themes.records.theme import ThemeEvent, What
from themes.theme.groups import Groups
from themes.theme.history import history
from themes.theme.identity import FormerName, KnownTheme, Registry

_FILE = "registry.json"
_HISTORY = "history.tsv"
REGISTRY_FILES = (_FILE, _HISTORY)
"""Names of what is written into the folder."""
_FORMAT = 2


def write_registry(folder: Path, registry: Registry) -> None:
    """Write the registry into a folder, and its history for people to read; each file whole or not at all.

    Raises:
        StoreError: If it cannot be written.
    """
    groups = registry.groups
    content = {
        "format": _FORMAT,
        "themes": [asdict(theme) for theme in registry.themes],
        "events": [asdict(event) for event in registry.events],
        "texts": groups.texts,
        "learned_from": groups.learned_from,
        "floor": groups.floor,
        **{name: getattr(groups, name).tolist() for name in _ARRAYS},
    }
    _write_whole(folder / _FILE, json.dumps(content, ensure_ascii=False))
    _write_whole(folder / _HISTORY, history(registry))


def _write_whole(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as trouble:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise StoreError(f"The registry of themes {path} could not be written: {trouble.strerror}.") from None


_ARRAYS = {"middle": 1, "directions": 2, "weights": 2, "offsets": 1, "reach": 1}
"""Arrays of `Groups` and how many dimensions each has."""


def read_registry(folder: Path) -> Registry | None:
    """The registry in a folder, None if there is none yet.

    Raises:
        StoreError: If the file is damaged, or is gone while its history is still there: themes that cannot be read must
            not be lost by writing new ones over them.
    """
    path = folder / _FILE
    if not path.exists():
        if (folder / _HISTORY).exists():
            raise StoreError(
                f"The registry of themes {path} is gone, though its history is there. "
                f"Put back a copy, or name an empty folder to begin anew: themes then get new ids."
            )
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        registry = Registry(
            tuple(_theme(theme) for theme in content["themes"]),
            Groups(
                **{name: np.array(content[name], np.float32) for name in _ARRAYS},
                floor=float(content["floor"]),
                texts=int(content["texts"]),
                learned_from=int(content["learned_from"]),
            ),
            tuple(_event(event) for event in content["events"]),
        )
        sound = content["format"] == _FORMAT and _fits(registry)
    except (OSError, ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise StoreError(
            f"The registry of themes {path} is damaged or of another version. "
            f"Put back an earlier copy, or name an empty folder to begin anew: themes then get new ids."
        )
    return registry


def _fits(registry: Registry) -> bool:
    groups, count = registry.groups, len(registry.themes)
    ids = {theme.theme_id for theme in registry.themes}
    return (
        all(getattr(groups, name).ndim == dimensions for name, dimensions in _ARRAYS.items())
        and all(np.isfinite(getattr(groups, name)).all() for name in (*_ARRAYS, "floor"))
        and groups.directions.shape == groups.weights.T.shape == (count, len(groups.middle))
        and groups.offsets.shape == groups.reach.shape == (count,)
        and len(ids) == count > 0
        and all(theme.merged_into is None or theme.merged_into in ids for theme in registry.themes)
        and not _has_circle(registry)
    )


def _has_circle(registry: Registry) -> bool:
    """Whether a theme was merged, by way of others, into itself: its texts would count nowhere."""
    into = {theme.theme_id: theme.merged_into for theme in registry.themes}
    for theme_id in into:
        at: str | None = theme_id
        for _ in into:
            at = into[at] if at else None
        if at:
            return True
    return False


def _theme(fields: Mapping[str, Any]) -> KnownTheme:
    former = tuple(FormerName(**each) for each in fields["former_names"])
    return KnownTheme(**{**fields, "former_names": former})


def _event(fields: Mapping[str, Any]) -> ThemeEvent:
    return ThemeEvent(**{**fields, "what": What(fields["what"]), "others": tuple(fields["others"])})
