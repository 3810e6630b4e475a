"""The themes known so far: what each is, what it is called, and that both last from run to run.

A theme is known by where it lies among vectors of meaning, so that its texts are found again in any later call without
their ids or words being kept. A theme of which nobody speaks for a while stays in the registry with its name and comes
back when somebody does; nothing is ever taken out of it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from themes.records.theme import ThemeEvent
from themes.theme.groups import Groups

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
    former_names: tuple["FormerName", ...] = ()
    """The names it had before, the earliest first."""
    code_id: str | None = None
    """The code that an analyst promoted it to."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a theme had, and the analyst who gave it; None: it was made of its words."""

    name: str
    named_by: str | None = None


@dataclass(frozen=True, eq=False)
class Registry:
    """The themes, and where they lie: the i-th theme is the i-th group."""

    themes: tuple[KnownTheme, ...]
    groups: Groups
    events: tuple[ThemeEvent, ...] = ()
    """All that has happened to them, the earliest first."""

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

    def counted_under(self, theme_id: str) -> tuple[KnownTheme, ...]:
        """The themes whose texts count under a theme: itself first, then those merged into it."""
        itself = self.themes[self.place(theme_id)]
        merged = (t for place, t in enumerate(self.themes) if self.stands_for(place) is itself and t is not itself)
        return (itself, *merged)

    def names_once_had(self, theme_id: str) -> tuple[str, ...]:
        """Former names of a theme, and all names of those merged into it, each once, without its present name."""
        itself, *merged = self.counted_under(theme_id)
        former = [former.name for theme in (itself, *merged) for former in theme.former_names]
        names = dict.fromkeys([*former, *(theme.name for theme in merged)])
        return tuple(name for name in names if name not in {"", itself.name})


def with_newborns(known: Iterable[KnownTheme], count: int, *, seed: int, run_id: str) -> tuple[KnownTheme, ...]:
    """The known themes, and nameless new ones behind, `count` in all. Ids depend on the seed and the number alone."""
    themes = list(known)
    while len(themes) < count:
        themes.append(KnownTheme(_new_id(seed, len(themes), {t.theme_id for t in themes}), "", run_id))
    return tuple(themes)


def rename(registry: Registry, theme_id: str, name: str, *, by: str) -> Registry:
    """The registry with an analyst's name for a theme; no later run replaces it. The name it had is kept beside it.

    Raises:
        KeyError: If there is no such theme.
    """
    theme = registry.themes[registry.place(theme_id)]
    former = [each for each in theme.former_names if each.name != name]
    if theme.name and theme.name != name:
        former.append(FormerName(theme.name, theme.named_by))
    return changed(registry, theme_id, name=name, named_by=by, former_names=tuple(former))


def give_names(registry: Registry, names: dict[str, str]) -> Registry:
    """The registry with names for themes that have none yet; a name once given, by whomever, stays."""
    return replace(
        registry,
        themes=tuple(t if t.name else replace(t, name=names.get(t.theme_id, "")) for t in registry.themes),
    )


def changed(registry: Registry, theme_id: str, **fields: Any) -> Registry:
    """The registry with other fields of one theme.

    Raises:
        KeyError: If there is no such theme.
    """
    place = registry.place(theme_id)
    themes = list(registry.themes)
    themes[place] = replace(themes[place], **fields)
    return replace(registry, themes=tuple(themes))


def _new_id(seed: int, number: int, taken: set[str]) -> str:
    digest = int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode()).digest()[:16])
    letters = "".join(_LETTERS[digest // len(_LETTERS) ** place % len(_LETTERS)] for place in range(16))
    return next(f"t-{letters[:length]}" for length in range(4, 17) if f"t-{letters[:length]}" not in taken)
