"""Surname and given name by themselves: which of them the proof can look for, and which it cannot."""

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from themes.deidentify.recognize.known_names import name_parts
from themes.deidentify.replace.surrogates import plain_form
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import said_words
from themes.deidentify.wording.lexicon import kept_names, ordinary_words, places
from themes.deidentify.wording.words import words_of
from themes.erase.needles import FEWEST_SIGNS, squeeze

WRITTEN_BY_THEMES = ("*.py", "*.html", "*.css", "*.js", "*.toml", "*.json")
NEVER_IN_RESULTS = {"cli", "deidentify", "erase", "read"}


def parts_to_look_for(names: Collection[str], others: Iterable[str], vault: Vault) -> tuple[frozenset[str], int]:
    """The telling parts of names, in small letters, with and without accents; and how many cannot be looked for.

    A part of fewer than six letters is not looked for, nor one that is an everyday word, part of one, a place or the
    name of somebody well known, that this program writes itself ("Wilson interval"), or that somebody else bears.

    Args:
        names: Of those who go.
        others: Names of writers who stay.
        vault: As it is before anything is erased: whom else it holds a surrogate for.
    """
    parts = {part for name in names for part in name_parts(name)}
    borne = {part for name in others for part in (*name_parts(name), *said_words(name))} | _in_vault(names, vault)
    telling = {part for part in parts if part not in borne and _is_telling(part)}
    written = {
        name[word.start : word.end].lower() for name in names for word in words_of(name) if word.plain in telling
    } | telling
    long_enough = frozenset(part for part in written if len(squeeze(part.encode())) >= FEWEST_SIGNS)
    return long_enough, len(parts - telling) + len(written - long_enough)


def _in_vault(names: Collection[str], vault: Vault) -> set[str]:
    """The words of every surrogate that does not stand for one of them."""
    theirs = {vault.keyed("tag person", plain_form(name)) for name in names}
    whole = [f" {plain_form(name)} " for name in names]
    words: set[str] = set()
    for lookup, sealed in vault.rows("SELECT lookup, sealed FROM surrogates"):
        said = vault.unseal(sealed).decode()
        if lookup not in theirs and not any(name in f" {plain_form(said)} " for name in whole):
            words.update(said_words(said))
    return words


def _is_telling(part: str) -> bool:
    well_known = part in places() or any(part in said_words(kept.name) for kept in kept_names())
    return (
        len(squeeze(part.encode())) >= FEWEST_SIGNS
        and not well_known
        and not any(part in word for word in ordinary_words())
        and part not in _own_words()
    )


@cache
def _own_words() -> str:
    """Whatever this program may write into results, in small letters."""
    here = Path(__file__).parent.parent
    files = {path for form in WRITTEN_BY_THEMES for path in here.rglob(form)}
    kept = (path for path in sorted(files) if path.relative_to(here).parts[0] not in NEVER_IN_RESULTS)
    return "\n".join(path.read_text("utf-8", errors="replace").lower() for path in kept)
