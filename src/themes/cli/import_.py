"""`themes import`: codings and codebooks from other programs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import CorpusError, WrongUse
from themes.reader_words import number

if TYPE_CHECKING:
    from themes.records.spec import CorpusSpec
    from themes.review.elsewhere import TakenIn

CODEBOOK = "codebook.imported.yaml"
PROFILES = ("spec", "nvivo", "maxqda")


def import_(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
    file: Annotated[Path, typer.Argument(help="A REFI-QDA project (.qdpx) or codebook (.qdc).")],
    coder: Annotated[
        str, typer.Option(help="Under which name the codings are kept, if one person made them; default: a pseudonym.")
    ] = "",
    profile: Annotated[
        str, typer.Option(help="How places are counted: spec, nvivo or maxqda; default: found out from the file.")
    ] = "",
    new_only: Annotated[
        bool, typer.Option("--new-only", help="Leave out what was suggested or decided here of the very same stretch.")
    ] = False,
    outputs: Annotated[
        Path | None,
        typer.Option(help="Where its runs land; default: outputs/ beside the folder that holds the corpus."),
    ] = None,
) -> None:
    """Take in what was coded in another program, as decisions of another coder, or a codebook.

    A project must be of texts that `themes export` gave away. What is coded there is a yes to that code on that
    stretch; what is not coded there is no no. The next run heeds it. A codebook is written beside yours, as
    codebook.imported.yaml; what `themes export` wrote beside it is heeded.

    Example: `themes import corpora/my-study ~/coded-by-a-colleague.qdpx --coder A2`
    """
    from themes.cli.forget import complete_erasures
    from themes.read.files import Unreadable
    from themes.read.spec import read_spec

    if profile and profile not in PROFILES:
        raise WrongUse(f"There is no profile '{profile}'. Choose one of: {', '.join(PROFILES)}.")
    kind = file.suffix.casefold()
    if kind not in {".qdpx", ".qdc"}:
        raise WrongUse(f"{file} is neither a project (.qdpx) nor a codebook (.qdc) of REFI-QDA.")
    if kind == ".qdc" and (coder or profile or new_only):
        raise WrongUse("--coder, --profile and --new-only are for a project (.qdpx); a codebook has no codings.")
    spec = read_spec(corpus_dir.resolve())
    complete_erasures(spec.folder)
    try:
        if kind == ".qdc":
            _codebook(spec, file)
        else:
            _project(spec, file, coder.strip(), profile, new_only, outputs)
    except Unreadable as reason:
        raise CorpusError(f"{file} {reason}.") from None


def _project(spec: "CorpusSpec", file: Path, coder: str, profile: str, new_only: bool, outputs: Path | None) -> None:
    from datetime import UTC, datetime

    from themes.cli.run import default_outputs
    from themes.export.refi_xml import PROFILES as PROFILED
    from themes.read.decisions import FILE
    from themes.read.refi import read_refi_project
    from themes.records.coding import is_machine
    from themes.review.elsewhere import people_in, taken_in
    from themes.review.feeding import known_decisions
    from themes.review.handing_in import hand_in
    from themes.store.run_folder import corpus_lock, finished_runs

    if is_machine(coder) or len(coder) > 100 or not coder.isprintable():
        raise WrongUse("--coder is a person's name or pseudonym, up to 100 characters; not the machine's.")
    folder = (outputs or default_outputs(spec.folder)).resolve() / spec.name
    runs = finished_runs(folder)
    if not runs:
        raise CorpusError(f"{folder} has no run to hold the file against. Run the corpus first, or name --outputs.")
    read = read_refi_project(file, counting=PROFILED[profile].counting if profile else None)
    if coder and (people := len(people_in(read.content))) > 1:
        raise WrongUse(f"{people} people coded in {file}: leave --coder out, and each gets a pseudonym.")
    with corpus_lock(folder):
        known = known_decisions(folder).decisions
        found = taken_in(
            read.content,
            runs,
            corpus=spec.name,
            coder_of=(lambda _: coder) if coder else _pseudonyms(spec, {one.coder_id for one in known}),
            known=known,
            now=datetime.now(UTC),
            without_repeats=new_only,
        )
        hand_in(found.decisions, folder / FILE)
    for note in read.notes:
        typer.echo(note, err=True)
    for line in _told(found):
        typer.echo(line)


def _pseudonyms(spec: "CorpusSpec", known: set[str]) -> Callable[[str], str]:
    """A coder whom the corpus knows keeps the name; others get one that tells nobody who they are."""
    from contextlib import closing

    from themes.deidentify.vault.vault import Vault

    made: dict[str, str] = {}

    def coder_of(name: str) -> str:
        if name in known:
            return name
        if name not in made:
            with closing(Vault.open(spec.folder)) as vault:
                made[name] = f"elsewhere-{vault.keyed('coder elsewhere', name).hex()[:8]}"
        return made[name]

    return coder_of


def _told(found: "TakenIn") -> Iterator[str]:
    from themes.review.elsewhere import Became

    total = sum(found.became.values())
    yield f"{number(total, 'coding')} in the file:"
    yield from (f"  {found.became[kind]:,} {kind}" for kind in Became if found.became.get(kind))
    if found.coders:
        yield f"Taken in as decisions of: {', '.join(found.coders)}. The next run heeds them."
    if found.repeats:
        yield (
            f"{found.repeats:,} of them say what was suggested or decided here of the very same stretch. If that "
            f"program gives all codings to whoever opens a file, nobody decided on these: take them back, and use "
            f"--new-only."
        )
    if found.unknown_codes:
        lacking = number(len(found.unknown_codes), "code of the file is", "codes of the file are")
        yield (
            f"{lacking} not in the codebook. Export its codebook as .qdc, "
            f"import that, and add what you need to yours. Their ids: {', '.join(sorted(found.unknown_codes))}"
        )


def _codebook(spec: "CorpusSpec", file: Path) -> None:
    import yaml

    from themes.errors import CodebookError
    from themes.read.codebook import read_codebook
    from themes.read.refi import read_refi_codebook
    from themes.review.codebook_elsewhere import as_table, codebook_of
    from themes.store.files import whole_file

    target = spec.folder / CODEBOOK
    if target.exists():
        raise WrongUse(f"{target} is there already. Rename or remove it; nothing was changed.")
    read = read_refi_codebook(file)
    try:
        table = as_table(codebook_of(read.content, file.with_suffix(".sidecar.json")))
        with whole_file(target) as partial:
            partial.write_text(yaml.safe_dump(table, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
        read_codebook(target)
    except CodebookError as flaw:
        target.unlink(missing_ok=True)
        raise CodebookError(f"The codebook in {file} cannot be used: {flaw}") from None
    for note in read.notes:
        typer.echo(note, err=True)
    typer.echo(f'Look through it, then set codebook = "{CODEBOOK}" in corpus.toml to use it.', err=True)
    typer.echo(target)
