"""What we say of files, rows and columns, without naming anybody: reasons of quarantine, and errors."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.screening import (
    Screen,
    files_of,
    screened_file_names,
    screened_places,
    screened_texts,
)
from themes.deidentify.vault.vault import Vault
from themes.errors import ThemesError
from themes.records.corpus import Quarantined, SourceRef
from themes.records.spec import CorpusSpec


def shown_file_names(spec: CorpusSpec, vault: Vault) -> dict[str, str]:
    """Every file below `raw/` to the name it is shown by: "file 3.csv" if a recogniser finds something in its own."""
    return screened_file_names(files_of([], spec), spec=spec, vault=vault)


def screened_quarantine(quarantined: Iterable[Quarantined], *, spec: CorpusSpec, vault: Vault) -> list[Quarantined]:
    """The same with file names, places and column names in reasons screened."""
    given = list(quarantined)
    if not given:
        return []
    files = shown_file_names(spec, vault)
    screen = Screen(spec, vault, RECOGNIZERS)
    reasons = screened_texts(sorted({_without(q.reason, files) for q in given}), screen)
    places = screened_places(sorted({_without(q.source.place, files) for q in given}), screen)
    return [
        replace(
            q,
            source=SourceRef(_file(q.source.file, files), places[_without(q.source.place, files)]),
            reason=reasons[_without(q.reason, files)],
        )
        for q in given
    ]


@contextmanager
def vault_to_look(corpus_folder: Path) -> Iterator[Vault]:
    """The vault of a corpus, or one that is thrown away if it has none yet. Raises as `Vault.open`."""
    found = Vault.find(corpus_folder)
    with closing(found) if found is not None else Vault.throw_away() as vault:
        yield vault


def screened_message(error: ThemesError, spec: CorpusSpec) -> str:
    """An error's message with the names in it screened; only its kind if the recognisers themselves cannot be used."""
    try:
        with vault_to_look(spec.folder) as vault:
            message = _without(str(error), shown_file_names(spec, vault))
            return screened_texts([message], Screen(spec, vault, RECOGNIZERS))[message]
    except ThemesError:
        return f"{type(error).__name__}: what it says may name somebody, and could not be screened. Try `themes check`."


def _file(name: str, files: Mapping[str, str]) -> str:
    """The name a file is shown by; the reader's own form of it may be shortened or made printable."""
    return files.get(name, _without(name, files))


def _without(text: str, files: Mapping[str, str]) -> str:
    """The text without any file name that tells something, whole or its last part."""
    for name, shown in sorted(files.items(), key=lambda item: -len(item[0])):
        if name != shown:
            text = text.replace(name, shown).replace(Path(name).name, shown)
    return text
