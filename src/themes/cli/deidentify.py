"""`themes deidentify`: JSON lines in, the same with surrogates out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from themes.cli.spared_files import refuse_to_write_over
from themes.cli.spoiled_lines import say_spoiled_lines
from themes.read.jsonl import Line, read_lines
from themes.store.files import write_lines

if TYPE_CHECKING:
    from themes.deidentify.vault.vault import Vault
    from themes.records.spec import CorpusSpec

LINES_AT_ONCE = 500


def deidentify(
    source: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help='Lines of {"id", "text", "author"?, "name_hidden"?}.')
    ],
    target: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help='Lines of {"id", "text", "replacements"}.')],
    profile: Annotated[
        str, typer.Option(help="coding keeps providers, cities and months; release is strict.")
    ] = "coding",
    corpus: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use this corpus's vault, names and keep-words.")
    ] = None,
) -> None:
    """Put surrogates in the place of personal details, line by line.

    Offsets of the replacements are in the input text. Ids are copied as they are. Without --corpus the vault is thrown
    away: nobody can turn the surrogates back, and those of another call will differ. A line that cannot be done comes
    back with its id and a reason, without its text, and the exit status is 1. So does one with a paragraph in another
    language than English, in which names would pass. Folders of OUT.jsonl that are missing are made.

    Example: themes deidentify answers.jsonl masked.jsonl --profile release
    """
    from themes.deidentify.replace.policy import checked_profile

    checked_profile(profile)
    refuse_to_write_over([target], [source, corpus and corpus / "corpus.toml"])
    lines = list(read_lines(source))
    with _vault_and_spec(corpus) as (vault, spec):
        rows = list(_rows(lines, profile, vault, spec))
    write_lines(target, rows)
    failed = [
        line.problem or f"line {line.number}: {row['quarantined']}"
        for line, row in zip(lines, rows, strict=True)
        if "quarantined" in row
    ]
    say_spoiled_lines(source, failed, target)
    if failed:
        typer.echo(f"{len(failed)} of {len(rows)} lines could not be done; {target} says why.", err=True)
        raise typer.Exit(1)


def _is_hidden(line: Line) -> bool:
    """Whether the name must be hidden: whatever is said of it but a plain no, so that a mistyped yes is none."""
    return line.values.get("name_hidden") not in (None, False)


def _rows(lines: list[Line], profile: str, vault: "Vault", spec: "CorpusSpec") -> Iterator[dict[str, Any]]:
    from rich.console import Console
    from rich.progress import track

    from themes.clean.document import clean
    from themes.deidentify.lines import PlainText, deidentify_texts

    console = Console(stderr=True)
    lots = [lines[i : i + LINES_AT_ONCE] for i in range(0, len(lines), LINES_AT_ONCE)]
    for lot in track(lots, "De-identifying", console=console, disable=not console.is_terminal):
        fit = [line for line in lot if not line.problem]
        texts = [PlainText(line.values["text"], _author(line), _is_hidden(line)) for line in fit]
        answers = dict(
            zip(
                map(id, fit), deidentify_texts(texts, clean=clean, spec=spec, vault=vault, profile=profile), strict=True
            )
        )
        for line in lot:
            answer = line.problem or answers[id(line)]
            if isinstance(answer, str):
                yield {"id": line.id, "quarantined": answer}
            else:
                replacements = [
                    {"start": r.span.start, "end": r.span.end, "label": r.label, "surrogate": r.surrogate}
                    for r in answer.replacements
                ]
                yield {"id": line.id, "text": answer.text, "replacements": replacements}


def _author(line: Line) -> str | None:
    author = line.values.get("author")
    return author if isinstance(author, str) and author.strip() else None


@contextmanager
def _vault_and_spec(corpus: Path | None) -> Iterator[tuple["Vault", "CorpusSpec"]]:
    from themes.cli.run import default_outputs
    from themes.deidentify.vault.vault import Vault
    from themes.erase.belonging import vault_for_runs
    from themes.records.spec import CorpusSpec

    if corpus is None:
        with Vault.throw_away() as vault:
            yield vault, CorpusSpec(vault.folder, "lines", ())
        return
    from themes.read.spec import read_spec

    spec = read_spec(corpus)
    vault = vault_for_runs(corpus, default_outputs(corpus) / spec.name)
    try:
        yield vault, spec
    finally:
        vault.close()
