"""The options of a source in corpus.toml, each checked once, with errors that say which source and what to write."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from themes.errors import CorpusError
from themes.records.spec import SourceSpec


def only_known(source: SourceSpec, known: Collection[str]) -> None:
    """Raises CorpusError for an option that the reader does not have, with the nearest that it has."""
    for name in source.options:
        if name not in known:
            near = get_close_matches(name, known, 1)
            advice = f"Did you mean `{near[0]}`?" if near else f"It takes {', '.join(sorted(known))}."
            raise _wrong(source, f"`{name}` is not an option of the reader {source.reader}. {advice}")


def word(source: SourceSpec, name: str) -> str | None:
    """A piece of text, or None."""
    value = source.options.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _wrong(source, f'`{name}` must be text, such as {name} = "…".')
    return value


def words(source: SourceSpec, name: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one; nothing is an empty list."""
    value = source.options.get(name, ())
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) and each.strip() for each in value):
        raise _wrong(source, f'`{name}` must be a list of texts, such as {name} = ["…", "…"].')
    return tuple(value)


def table(source: SourceSpec, name: str) -> Mapping[str, str]:
    """A table from text to text; a list of texts stands for a table from each to itself."""
    value = source.options.get(name, ())
    if isinstance(value, Mapping):
        if not all(isinstance(each, str) and each.strip() for each in value.values()):
            raise _wrong(source, f'`{name}` must give a text for each column, such as {name} = {{ Q1 = "…" }}.')
        return dict(value)
    return {each: each for each in words(source, name)}


def encoding(source: SourceSpec) -> str | None:
    """The encoding that the source's files are said to have, or None to find out file by file."""
    import codecs

    name = word(source, "encoding")
    if name is None:
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise _wrong(source, '`encoding` is not one Python knows. Use such as "cp1252" or leave it out.') from None


def _wrong(source: SourceSpec, what: str) -> CorpusError:
    return CorpusError(f"corpus.toml, source '{source.name}': {what}")
