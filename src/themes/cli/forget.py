"""`themes forget`: a person taken out of everything, with proof."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import CorpusError, WrongUse
from themes.reader_words import number

if TYPE_CHECKING:
    from themes.deidentify.vault.vault import Vault
    from themes.erase.forget import Done, Plan
    from themes.erase.matching import Found, Text, Wanted
    from themes.erase.others import Others
    from themes.records.spec import CorpusSpec


def forget(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
    case: Annotated[str, typer.Argument(help="The id of a case, as reports and tables show it: c7k2qx4m.")] = "",
    author: Annotated[str, typer.Option(help="Everybody who wrote under this name or its tag.")] = "",
    words: Annotated[str, typer.Option(help="Texts that contain these words; their writers' other texts stay.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    reword: Annotated[
        bool, typer.Option("--reword", help="Blank words of theirs in the codebook, in every version of it.")
    ] = False,
    outputs: Annotated[
        Path | None, typer.Option(help="An outputs folder besides those that the vault remembers.")
    ] = None,
    not_in: Annotated[
        Path | None,
        typer.Option("--not-in", help="An outputs folder of another project, which this vault is to remember no more."),
    ] = None,
) -> None:
    """Take somebody out of every run, export, index and log and out of the vault, and prove it.

    Lists the texts, and each folder and run that would be written anew, and asks. Other people's rows stay as they are;
    counts, themes and reports are made anew. The texts are known again, by keyed marks, if they come back. Your raw
    files and corpus.toml are yours: the rows and lines to delete are named. Nothing is done while the codebook repeats
    their words, unless --reword is said. Exits with 1 if anything is left.

    Example: `themes forget corpora/my-study c7k2qx4m`
    """
    from contextlib import closing

    from themes.cli.run import default_outputs
    from themes.erase.belonging import vault_for_runs
    from themes.erase.forget import forget as carried_out
    from themes.erase.forget import leave_out, nothing_else_runs, plan, refuse_codebook_that_repeats
    from themes.erase.matching import Wanted
    from themes.erase.proof import refuse_hits
    from themes.read.spec import read_spec

    if sum(map(bool, (case, author.strip(), words.strip()))) != 1:
        raise WrongUse("Say whom or what to forget, in one way: CASE, --author NAME or --words TEXT.")
    wanted = Wanted(case_id=case, author=author.strip(), words=words.strip())
    spec = read_spec(corpus_dir.resolve())
    complete_erasures(spec.folder)
    beside = [folder / spec.name for folder in (default_outputs(spec.folder), outputs) if folder is not None]
    with closing(vault_for_runs(spec.folder, *beside)) as vault:
        remember(spec, vault, outputs)
        if not_in is not None:
            if not_in.resolve() == default_outputs(spec.folder).resolve():
                raise WrongUse(f"{not_in} is where the runs of this corpus land: it cannot be left out.")
            leave_out(not_in, vault)
            typer.echo(f"Left out, now and later: {not_in.resolve()}. Nothing is cleared there by this project.")
        with nothing_else_runs(spec, vault) as folders:
            planned = plan(wanted, spec=spec, vault=vault, folders=folders)
            if not planned.found.texts:
                raise CorpusError(nothing_found(wanted, spec))
            for line in (*told(planned), *rewritten_lines(planned, {default_outputs(spec.folder), outputs})):
                typer.echo(line)
            refuse_codebook_that_repeats(planned, reword=reword)
            if not yes:
                typer.confirm("Forget them? This cannot be undone", abort=True)
            done = carried_out(planned, spec=spec, vault=vault, folders=folders, reword=reword)
        in_vain = list(about_keep_words(spec, vault, {raw.thread for raw in planned.found.raw.values()}))
    for line in (
        *done_lines(done),
        *rows_to_delete(planned.found, planned.others, whole_rows=planned.wanted.whole_rows),
        *settings_to_delete(planned),
        *in_vain,
    ):
        typer.echo(line)
    refuse_hits(done.proof)


def about_keep_words(spec: "CorpusSpec", vault: "Vault", threads: "Iterable[str]") -> "Iterator[str]":
    """Which keep-words of corpus.toml keep nothing, since they name somebody who withdrew: by number, not by name."""
    from themes.deidentify.withdraw.tombstones import Tombstones

    for at in Tombstones(vault).among(spec.keep_words, threads):
        yield (
            f"Word {at} of `keep` in corpus.toml names somebody who withdrew: where they wrote it is masked "
            f"all the same. Take it out of the list."
        )


def about_listed_names(spec: "CorpusSpec", vault: "Vault", threads: "Iterable[str]") -> "Iterator[str]":
    """Which names that corpus.toml has masked are those of somebody who withdrew: by line and number, not by name."""
    from themes.deidentify.withdraw.tombstones import Tombstones
    from themes.erase.settings_lines import lines_with

    for at in Tombstones(vault).called(spec.extra_names, threads):
        lines = lines_with(spec, {spec.extra_names[at - 1]})
        where = f" ({_of_lines(lines)})" if lines else ""
        yield (
            f"Name {at} of `names` in corpus.toml{where} is that of somebody who withdrew. Delete it there, and "
            f"from your backups of the file: what others write of them stays masked without it."
        )


def settings_to_delete(planned: "Plan") -> Iterator[str]:
    """Which lines of corpus.toml still name or repeat those who are forgotten."""
    if planned.settings:
        yield (
            f"And delete them from corpus.toml, {_of_lines(planned.settings)}, and from your backups of it. What "
            f"others write of them stays masked without it."
        )


def _of_lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def complete_erasures(corpus_dir: Path) -> None:
    """Complete what an interruption left of an earlier erasure; hardly any time where there is nothing to complete.

    Raises:
        ProtectionError: If something of it is still found afterwards.
        RunBusy: If a run of the corpus is under way.
    """
    from contextlib import closing

    from themes.deidentify.vault.vault import Vault

    vault = Vault.find(corpus_dir)
    if vault is None:
        return
    with closing(vault):
        if not vault.rows("SELECT 1 FROM erasures LIMIT 1"):
            return
        from themes.erase.forget import finish_unfinished
        from themes.erase.proof import refuse_hits
        from themes.read.spec import read_spec

        typer.echo("Completing an erasure that was interrupted …", err=True)
        for done in finish_unfinished(read_spec(corpus_dir), vault):
            for line in done_lines(done):
                typer.echo(line, err=True)
            refuse_hits(done.proof)


def remember(spec: "CorpusSpec", vault: "Vault", outputs: Path | None) -> None:
    """Add the folder that is named, and the usual one, to those that the vault remembers.

    Raises:
        WrongUse: If the folder that is named holds no outputs of the corpus.
    """
    from themes.cli.run import default_outputs

    if outputs is not None:
        if not (outputs / spec.name).is_dir():
            raise WrongUse(
                f"There are no outputs of {spec.name} in {outputs}. --outputs takes the folder of `themes run`."
            )
        vault.remember_outputs(outputs)
    usual = default_outputs(spec.folder)
    if (usual / spec.name).is_dir():
        vault.remember_outputs(usual)


def nothing_found(wanted: "Wanted", spec: "CorpusSpec") -> str:
    what = "that case" if wanted.case_id else "a text by that name" if wanted.author else "a text with these words"
    return (
        f"Nothing was forgotten: neither the raw files of {spec.name} nor the runs its vault remembers hold {what}. "
        f"Are there runs elsewhere? Name their folder with --outputs."
    )


def told(planned: "Plan") -> Iterator[str]:
    """What would go and what would stay, by ids; names and words are not repeated."""
    found, others = planned.found, planned.others
    yield f"{_counted(found.texts, 'text')} by {_counted(found.case_ids, 'writer')} would be forgotten:"
    yield from (f"  {line}" for line in _listed(found.texts.values(), runs=True))
    if others.quoting:
        yield "Other people quote or repeat them; those words are blanked, the rest of these texts stays:"
        yield from (f"  {line}" for line in _listed(others.quoting))
    if others.copies:
        yield "Other people's texts say the same and stay; if one is the same person's, forget its case as well:"
        yield from (f"  {line}" for line in _listed(others.copies))
    if others.namesakes and planned.wanted.whole_rows:
        yield "Written under the same or nearly the same name, and stay; if one is the same person's, forget its case:"
        yield from (f"  {line}" for line in _listed(others.namesakes))
    if others.tagged and planned.wanted.whole_rows:
        yield "Other people's texts carry the tag that stands for them; it stays there, and stands for nobody:"
        yield from (f"  {line}" for line in _listed(others.tagged))
    if not planned.wanted.whole_rows:
        yield "What else their writers wrote stays; to forget a person, give the case."
    if planned.codebook:
        yield "The codebook repeats words or names of theirs, which stand for everybody to read, here:"
        yield from (f"  {place}" for place in planned.codebook)
    if planned.settings:
        yield f"corpus.toml, which this program never changes, names or repeats them: {_of_lines(planned.settings)}."
    for folder in planned.missing:
        yield f"NOT THERE, so not cleared: {folder}. If it lies on another disk, bring it back and forget again."


def rewritten_lines(planned: "Plan", named: "Iterable[Path | None]") -> "Iterator[str]":
    """Each folder and run that would be written anew; one that is neither the usual one nor named is pointed out.

    A vault that was copied with a project remembers the folders of the project it was copied from.
    """
    if not planned.rewritten:
        yield "There are no outputs; only the vault would be changed."
        return
    yield "In these folders, what people decided is looked through and these runs are written anew:"
    elsewhere, expected = False, {outputs.resolve() for outputs in named if outputs is not None}
    for folder, runs in planned.rewritten.items():
        beside = folder.parent.resolve() in expected
        elsewhere |= not beside
        mark = "" if beside else " (NOT beside this corpus)"
        yield f"  {folder}{mark}: {f'{_counted(runs, "run")}: {", ".join(runs)}' if runs else 'no run'}"
    if elsewhere:
        yield (
            "If a folder is that of a project from which this one was copied, say no, and forget again with "
            "--not-in and that folder; whoever goes has to be forgotten there too, with its own vault."
        )


def _listed(texts: "Iterable[Text]", *, runs: bool = False) -> Iterator[str]:
    for text in sorted(texts, key=lambda t: (t.case_id, t.document_id)):
        line = f"{text.document_id}  {text.kind:8}  {text.written or 'undated':10}  case {text.case_id}"
        yield f"{line}  in {_counted(text.runs, 'run')}" if runs else line


def _counted(things: Sized, what: str) -> str:
    return f"{len(things)} {what}" + ("" if len(things) == 1 else "s")


def done_lines(done: "Done") -> Iterator[str]:
    """What was done, and the proof."""
    proof = done.proof
    for run in done.runs:
        yield f"made anew: {run}"
    for path in done.taken_away:
        yield f"taken away, since it cannot be written again by itself: {path}"
    if done.decisions:
        yield f"taken out: {number(done.decisions, 'line')} of decisions.jsonl about these texts"
    if done.entries:
        entries = number(done.entries, "entry", "entries")
        yield f"emptied: {entries} of the review log about them; the next run learns without them"
    if done.theme_decisions:
        yield f"taken out: {number(done.theme_decisions, 'decision')} about themes that repeated them"
    for path in done.codebook:
        yield f"blanked in the codebook: {path.name}"
    yield (
        f"proof: {proof.keys} ids, {proof.names} names and {proof.parts} parts of names, {proof.phrases} runs of words "
        f"looked for in {proof.files} files ({proof.bytes_searched:,} bytes), packed ones opened, and in the vault "
        f"unsealed: {len(proof.hits)} hits"
    )
    yield from (f"  searched: {place}" for place in proof.places)
    yield from (f"  FOUND IN: {place}" for place in proof.hits)
    if proof.parts_left_out:
        yield (
            f"  not looked for: {proof.parts_left_out} parts of names that are short, everyday words, places, or names "
            f"that others bear"
        )
    if proof.left_out:
        yield f"  not looked for: {proof.left_out} runs of words that other people say too, in their own words"


def rows_to_delete(found: "Found", others: "Others", *, whole_rows: bool) -> Iterator[str]:
    """Where the texts stand in the raw files, which this program never changes. For the terminal alone."""
    from themes.erase.others import files_alone, places_of, rows_of

    alone = files_alone(found, others)
    places = places_of(found.texts)
    if not places:
        yield "Nothing of it is in the raw files."
        return
    yield "Now delete these from your raw files, and from your backups of them; this list is kept nowhere:"
    for file in sorted(alone):
        yield f"  raw/{file}: the whole file"
    for file, place in rows_of(places) if whole_rows else ((place.file, place.place) for place in places):
        if file not in alone:
            yield f"  raw/{file}: {place}"
    for text in others.quoting:
        yield from (f"  raw/{place.file}: {place.place}, where it is quoted" for place in text.places)
