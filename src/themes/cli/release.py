"""`themes release check` and `themes release approve`: the way to a public edition."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.cli.report import FORMATS, RunDir
from themes.errors import WrongUse

if TYPE_CHECKING:
    from themes.publication.log import Keyed
    from themes.records.release import Obstacle

release = typer.Typer(help="What stands against a public edition of a run; the public edition.", no_args_is_help=True)


Corpus = Annotated[
    Path | None,
    typer.Option("--corpus", help="The corpus folder, for corrections made since; default: corpora/<name> beside."),
]


def corrected(run_dir: Path, corpus: Path | None) -> "tuple[set[str], Keyed | None]":
    """The documents of a run in which something was marked as a personal detail since it was made, and what the log of
    decisions is sealed with.

    Says so where the corpus is not to be found: then nobody has looked, and the log is sealed without a key.
    """
    from contextlib import closing

    from themes.erase.belonging import vault_for_runs
    from themes.erase.corrected import corrected_since
    from themes.publication.log import sealed_by
    from themes.read.spec import read_spec
    from themes.store.run_folder import RunFolder

    run = run_dir.resolve()
    usual = run.parent.parent.parent / "corpora" / str(RunFolder(run).manifest["corpus"])
    folder = corpus or usual
    if corpus is None and not (usual / "corpus.toml").is_file():
        typer.echo(
            f"Corrections since this run were not looked for: no corpus in {usual}. Name it: --corpus.", err=True
        )
        return set(), None
    spec = read_spec(folder.resolve())
    with closing(vault_for_runs(spec.folder, run.parent)) as vault:
        # Sealing needs the vault's secret, and not that it be open.
        return corrected_since(spec, RunFolder(run)), sealed_by(vault.keyed)


@release.command()
def check(
    run_dir: RunDir,
    corpus: Corpus = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")] = False,
) -> None:
    """Say in plain words what stands against a public edition. Exits with 1 while anything does.

    Example: `themes release check outputs/my-corpus/20240108-060000`
    """
    import json

    from themes.publication.approve import check as standing_of
    from themes.store.tables import to_plain

    standing = standing_of(run_dir, *corrected(run_dir, corpus))
    if as_json:
        stands = [to_plain(obstacle) for obstacle in standing.stands]
        waved = [{**to_plain(obstacle), "acceptance": to_plain(yes)} for obstacle, yes in standing.accepted]
        typer.echo(json.dumps({"run": run_dir.name, "stands": stands, "accepted": waved}, ensure_ascii=False, indent=1))
    else:
        for obstacle in standing.stands:
            typer.echo(f"[{obstacle.obstacle_id}]{_how_to_accept(obstacle)}")
            typer.echo(f"  {obstacle.says}")
        for obstacle, yes in standing.accepted:
            typer.echo(f"[{obstacle.obstacle_id}] accepted by {yes.by}, {yes.at[:10]}: {yes.reason}")
        typer.echo(_summary(len(standing.stands)))
    if standing.stands:
        raise typer.Exit(1)


def _how_to_accept(obstacle: "Obstacle") -> str:
    if not obstacle.acceptable:
        return " cannot be accepted"
    return f" lets through {obstacle.texts:,} {'text' if obstacle.texts == 1 else 'texts'}" if obstacle.texts else ""


def _summary(stands: int) -> str:
    if not stands:
        return "Nothing stands against a public edition. `themes release approve` writes it."
    return f"{stands} {'thing stands' if stands == 1 else 'things stand'} against a public edition."


@release.command()
def approve(
    run_dir: RunDir,
    by: Annotated[str, typer.Option(help="Who approves: your name. It is logged.")],
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID[=TEXTS]",
            help="What you accept, by the id that `check` prints, and how many texts it lets through.",
        ),
    ] = None,
    leave_out: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A quote to leave out, by the id of what stands against it.")
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Why: one for each --accept, in their order, then one for each --leave-out."),
    ] = None,
    now: Annotated[str | None, typer.Option(help="When, ISO 8601; default: the clock.")] = None,
    corpus: Corpus = None,
    also: Annotated[
        list[str] | None, typer.Option("--format", help="Write the report in this format besides HTML: pdf or docx.")
    ] = None,
    packs: Annotated[
        bool, typer.Option("--packs", help="Write the evidence pack of each theme: HTML, or as --format says.")
    ] = False,
) -> None:
    """Take down what you accept and why; write the public edition if nothing stands against it any more.

    It goes to the folder `release` of the run, whose path is printed. Who accepted what, when and why is added to
    `release-log.jsonl` beside it, whether the edition can be written or not.

    Example: `themes release approve outputs/my-corpus/20240108-060000 --by "Ann Example" --accept consent-1a2b3c4d=12
    --reason "The leaflet of 2014 covers it"`
    """
    from datetime import UTC, datetime

    from themes.publication.approve import approve as write_edition
    from themes.publication.approve import decide

    if unknown := sorted({*(also or ())} - {*FORMATS}):
        raise WrongUse(f"There is no report in the format '{unknown[0]}'. Formats: {', '.join(FORMATS)}.")
    if not by.strip():
        raise WrongUse("--by needs a name: it says who answers for this.")
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
    except ValueError:
        raise WrongUse(f"--now takes a time such as 2026-03-02T06:00:00+00:00, not '{now}'.") from None
    at = moment.isoformat(timespec="seconds")
    accepted, omitted = _with_reasons([_id_of(each) for each in accept or ()], leave_out or (), reason or ())
    texts = {_id_of(each): _number_in(each) for each in accept or () if "=" in each}
    marked, keyed = corrected(run_dir, corpus)
    decide(run_dir, by=by.strip(), at=at, accept=accepted, leave_out=omitted, texts=texts, keyed=keyed)
    formats = tuple(dict.fromkeys(also or ()))
    typer.echo(
        write_edition(run_dir, by=by.strip(), at=at, corrected=marked, keyed=keyed, formats=formats, packs=packs)
    )


def _id_of(accepted: str) -> str:
    return accepted.partition("=")[0]


def _number_in(accepted: str) -> int:
    """How many texts somebody says they accept: 117 of "risk_to_life-1a2b3c4d=117"."""
    number = accepted.partition("=")[2].replace(",", "")
    if not number.isdecimal():
        raise WrongUse(f"--accept takes an id, and after '=' a number of texts; '{number}' is none.")
    return int(number)


def _with_reasons(
    accept: Sequence[str], leave_out: Sequence[str], reasons: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    ids = [*accept, *leave_out]
    if len(set(ids)) < len(ids):
        raise WrongUse("Something is decided twice: give each id once.")
    if not all(reason.strip() for reason in reasons):
        raise WrongUse("A --reason is blank. Say in each why it is decided so: readers of the log will ask.")
    if len(reasons) != len(ids):
        raise WrongUse(
            f"{_counted(len(ids), 'decision')} and {_counted(len(reasons), 'reason')}: give each --accept and "
            f"--leave-out its own --reason."
        )
    told = dict(zip(ids, (reason.strip() for reason in reasons), strict=True))
    return {i: told[i] for i in accept}, {i: told[i] for i in leave_out}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
