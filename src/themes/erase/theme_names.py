"""Names that analysts gave to themes, without those that repeat what those who go said or are called."""

from dataclasses import replace
from pathlib import Path

from themes.erase.repeated import TheirWords
from themes.errors import StoreError
from themes.store.files import whole_file
from themes.theme.decisions import FILE
from themes.theme.identity import KnownTheme, Registry


def forget_theme_decisions(corpus_outputs: Path, theirs: TheirWords) -> int:
    """Take the lines out of a corpus's decisions about themes that repeat them; the others stay byte for byte.

    Args:
        corpus_outputs: `outputs/<corpus>`.
        theirs: What goes.

    Returns:
        How many lines were taken out; done twice, none.

    Raises:
        StoreError: If the file cannot be read or written.
    """
    path = corpus_outputs / FILE
    if not path.is_file():
        return 0
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except OSError as trouble:
        raise StoreError(f"{path} cannot be read: {trouble.strerror}. Nothing was taken out of it.") from None
    kept = [line for line in lines if not theirs.are_in(line.decode("utf-8", "replace"))]
    if len(kept) < len(lines):
        with whole_file(path) as partial:
            partial.write_bytes(b"".join(kept))
    return len(lines) - len(kept)


def without_their_names(registry: Registry | None, theirs: TheirWords) -> Registry | None:
    """The registry with no name that repeats them; the theme is named by its own words again."""
    if registry is None or not names_repeat(registry, theirs):
        return registry
    return replace(registry, themes=tuple(_without(theme, theirs) for theme in registry.themes))


def names_repeat(registry: Registry | None, theirs: TheirWords) -> bool:
    """Whether a theme has, or had, a name that repeats them."""
    themes = registry.themes if registry is not None else ()
    return any(theirs.are_in(name) for theme in themes for name in (theme.name, *_former(theme)))


def _without(theme: KnownTheme, theirs: TheirWords) -> KnownTheme:
    former = tuple(each for each in theme.former_names if not theirs.are_in(each.name))
    if theirs.are_in(theme.name):
        return replace(theme, name="", named_by=None, former_names=former)
    return replace(theme, former_names=former)


def _former(theme: KnownTheme) -> list[str]:
    return [each.name for each in theme.former_names]
