"""The themes known so far: what each is, what it is called, and that both last from run to run.

A theme is known by where it lies among vectors of meaning, so that its texts are found again in any later call without
their ids or words being kept. A theme of which nobody speaks for a while stays in the registry with its name and comes
back when somebody does; nothing is ever taken out of it.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from themes.errors import StoreError
from themes.theme.groups import Groups

_FILE = "registry.json"
_FORMAT = 1
# Without vowels and without what looks alike, so that an id neither reads as a word nor is misread.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme's id and name; its place in the registry says where it lies."""

    theme_id: str
    name: str
    """"" until words that three cases share, or an analyst, give one."""
    first_seen: str
    named_by: str | None = None
    """The analyst whose name for it this is; None: made of its words."""
    merged_into: str | None = None
    """The id of the theme that an analyst merged it into; its texts count there."""


@dataclass(frozen=True, eq=False)
class Registry:
    """The themes, and where they lie: the i-th theme is the i-th group."""

    themes: tuple[KnownTheme, ...]
    groups: Groups

    def place(self, theme_id: str) -> int:
        """Where a theme stands in the registry.

        Raises:
            KeyError: If there is no such theme.
        """
        places = {theme.theme_id: place for place, theme in enumerate(self.themes)}
        return places[theme_id]

    def stands_for(self, place: int) -> KnownTheme:
        """The theme that texts of the given group count under: itself, or what it was merged into."""
        theme = self.themes[place]
        while theme.merged_into is not None:
            theme = self.themes[self.place(theme.merged_into)]
        return theme


def with_newborns(known: Iterable[KnownTheme], count: int, *, seed: int, run_id: str) -> tuple[KnownTheme, ...]:
    """The known themes, and nameless new ones behind, `count` in all. Ids depend on the seed and the number alone."""
    themes = list(known)
    while len(themes) < count:
        themes.append(KnownTheme(_new_id(seed, len(themes), {t.theme_id for t in themes}), "", run_id))
    return tuple(themes)


def rename(registry: Registry, theme_id: str, name: str, *, by: str) -> Registry:
    """The registry with an analyst's name for a theme; no later run replaces it.

    Raises:
        KeyError: If there is no such theme.
    """
    return _changed(registry, theme_id, name=name, named_by=by)


def give_names(registry: Registry, names: dict[str, str]) -> Registry:
    """The registry with names for themes that have none yet; a name once given, by whomever, stays."""
    return replace(
        registry,
        themes=tuple(t if t.name else replace(t, name=names.get(t.theme_id, "")) for t in registry.themes),
    )


def write_registry(folder: Path, registry: Registry) -> None:
    """Write the registry into a folder, whole or not at all.

    Raises:
        StoreError: If it cannot be written.
    """
    groups = registry.groups
    content = {
        "format": _FORMAT,
        "themes": [asdict(theme) for theme in registry.themes],
        "texts": groups.texts,
        "learned_from": groups.learned_from,
        "floor": groups.floor,
        **{name: getattr(groups, name).tolist() for name in _ARRAYS},
    }
    path = folder / _FILE
    partial = folder / f".{_FILE}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as trouble:
        partial.unlink(missing_ok=True)
        raise StoreError(f"The registry of themes {path} could not be written: {trouble.strerror}.") from None


_ARRAYS = {"middle": 1, "directions": 2, "weights": 2, "offsets": 1, "reach": 1}
"""Arrays of `Groups` and how many dimensions each has."""


def read_registry(folder: Path) -> Registry | None:
    """The registry in a folder, None if there is none yet.

    Raises:
        StoreError: If the file is damaged: themes that cannot be read must not be lost by writing new ones over them.
    """
    path = folder / _FILE
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        registry = Registry(
            tuple(KnownTheme(**theme) for theme in content["themes"]),
            Groups(
                **{name: np.array(content[name], np.float32) for name in _ARRAYS},
                floor=float(content["floor"]),
                texts=int(content["texts"]),
                learned_from=int(content["learned_from"]),
            ),
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
        and groups.directions.shape == groups.weights.T.shape == (count, len(groups.middle))
        and groups.offsets.shape == groups.reach.shape == (count,)
        and len(ids) == count > 0
        and all(theme.merged_into is None or theme.merged_into in ids for theme in registry.themes)
    )


def _changed(registry: Registry, theme_id: str, **fields: str) -> Registry:
    place = registry.place(theme_id)
    themes = list(registry.themes)
    themes[place] = replace(themes[place], **fields)
    return replace(registry, themes=tuple(themes))


def _new_id(seed: int, number: int, taken: set[str]) -> str:
    digest = int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode()).digest()[:16])
    letters = "".join(_LETTERS[digest // len(_LETTERS) ** place % len(_LETTERS)] for place in range(16))
    return next(f"t-{letters[:length]}" for length in range(4, 17) if f"t-{letters[:length]}" not in taken)
