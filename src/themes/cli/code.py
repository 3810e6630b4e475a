"""`themes code`: codings for de-identified excerpts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from themes.cli.spared_files import files_of_encoder, refuse_to_write_over
from themes.errors import WrongUse
from themes.reader_words import number

if TYPE_CHECKING:
    from themes.code.stack import Judgement
    from themes.read.jsonl import Line
    from themes.records.codebook import Codebook
    from themes.records.coding import LabelledSegment

_MOST_SEED = 2**32 - 1
"""As of `themes discover`: one seed serves for both."""


def code(
    in_path: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help='De-identified excerpts: {"id", "text", "prompt"?, "context"?}.')
    ],
    out_path: Annotated[
        Path, typer.Argument(metavar="OUT.jsonl", help='{"id", "codings": [{"code", "probability", "applies"}]}.')
    ],
    codebook: Annotated[
        Path | None, typer.Option(help="A codebook, TOML or YAML. Default: the back-to-work one.")
    ] = None,
    labelled: Annotated[
        Path | None,
        typer.Option(metavar="TRAIN.jsonl", help='Excerpts to learn from: {"id", "text", "codes": [...]}.'),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=_MOST_SEED, help="For the folds that labelled excerpts are tried out in.")
    ] = 1,
    encoder: Annotated[
        str, typer.Option(help="'sentence', 'static' (much faster), or the folder of another encoder.")
    ] = "sentence",
) -> None:
    """Code excerpts: every code of the codebook for every one, with how likely it is and whether it applies.

    With fewer than 30 labelled excerpts the scores are suggestions, ranked but not probabilities: these count as
    examples of their codes. From 30 on a coder is fitted on them. Codes in TRAIN.jsonl that the codebook lacks are
    learned too, and named; with TRAIN.jsonl and no codebook, its codes are the only ones. The text must be
    de-identified: this command does not do it.

    Labelled excerpts with the same "case_id" are one person's: the coder tries
    itself on people it has not seen, unless one of them wrote more than half of all.

    "context" is what stood beside an excerpt, or the passage it stands in: it counts a fifth. It moves little, at
    twice the time; an excerpt without one is coded as ever, and labelled excerpts are learned from without.

    Where fewer than 2,000 excerpts are labelled and 500 or more are not, those learn from one another too: what an
    excerpt gets then depends on the others in IN.jsonl, though not on their order.

    Example: themes code answers.jsonl codings.jsonl --codebook corpora/my-study/codebook.toml
    """
    refuse_to_write_over([out_path], [in_path, labelled, codebook, *files_of_encoder(encoder)])
    from themes.cli.added_codes import about_added_codes
    from themes.cli.spoiled_lines import about_labelled_lines, say_spoiled_lines
    from themes.code.segments import judge
    from themes.embedding import encoding_by
    from themes.read.jsonl import read_lines
    from themes.read.labelled import Labelled, as_codes_stand, as_segment, read_labelled, with_codes
    from themes.store.files import write_lines
    from themes.waiting import working

    lines = list(read_lines(in_path))
    taught = read_labelled(labelled, needs_codes=codebook is None) if labelled else None
    book = _codebook(codebook, only_labelled=labelled is not None)
    refuse_to_write_over([out_path], [book.labelled])
    if taught is None:
        taught = read_labelled(book.labelled) if book.labelled else Labelled()
    if added := about_added_codes(book, taught.codes):
        typer.echo(added, err=True)
    book = with_codes(book, taught.codes)
    examples = as_codes_stand(book, taught.examples)
    if source := labelled or book.labelled:
        for told in about_labelled_lines(source, taught.problems):
            typer.echo(told, err=True)
    segments = {at: as_segment(line, at) for at, line in enumerate(lines) if not line.problem}
    with encoding_by(encoder), working(f"Coding {number(len(segments), 'excerpt')}"):
        judgement = judge(list(segments.values()), book, labelled=examples, seed=seed, together=True, with_context=True)
    row_of = {at: row for row, at in enumerate(segments)}
    write_lines(out_path, _answers(lines, row_of, judgement, book))
    say_spoiled_lines(in_path, spoiled := [line.problem for line in lines if line.problem], out_path)
    _say_what_was_done(lines, judgement, _about_examples(examples, book))
    if spoiled or taught.problems:
        raise typer.Exit(1)


def _answers(
    lines: Sequence["Line"], row_of: Mapping[int, int], judgement: "Judgement", codebook: "Codebook"
) -> Iterator[dict[str, Any]]:
    for at, line in enumerate(lines):
        if line.problem:
            yield {"id": line.id, "quarantined": line.problem}
            continue
        probabilities = judgement.probabilities[row_of[at]]
        yield {
            "id": line.id,
            "codings": [
                {
                    "code": one.code_id,
                    "probability": round(float(probability), 6),
                    "applies": bool(round(float(probability), 6) >= cut_off),
                }
                for one, probability, cut_off in zip(codebook.codes, probabilities, judgement.cut_offs, strict=True)
            ],
        }


def _codebook(path: Path | None, *, only_labelled: bool) -> "Codebook":
    """The codebook asked for: the packaged one by default, or an empty one for the codes of labelled excerpts alone.

    Raises:
        WrongUse: If there is no such file, as with those of excerpts.
    """
    from themes.read.codebook import packaged_codebook, read_codebook
    from themes.records.codebook import Codebook

    if path is None and only_labelled:
        return Codebook(())
    if path is not None and not path.is_file():
        raise WrongUse(f"There is no file {path}.")
    return read_codebook(path or packaged_codebook())


def _about_examples(examples: Sequence["LabelledSegment"], codebook: "Codebook") -> str:
    """What labelled excerpts were good for where no coder could be fitted on them, and why none could."""
    from themes.code.stack import FEWEST_LABELLED

    if not examples:
        return "there were no labelled excerpts"
    known = {one.code_id for one in codebook.codes}
    if len(examples) < FEWEST_LABELLED:
        why = f"from {FEWEST_LABELLED} on a coder is fitted on them"
    elif not any(one.code_ids & known for one in examples):
        why = "no coder could be fitted on them, since none takes a code"
    elif all(one.code_ids >= known for one in examples):
        why = "no coder could be fitted on them, since each takes every code"
    else:
        why = (
            "no coder could be fitted on them, since all are worded alike or belong together, so that none can be "
            "held out to try it on"
        )
    return f"labelled excerpts counted as examples of their codes; {why}"


def _say_what_was_done(lines: Sequence["Line"], judgement: "Judgement", about_examples: str) -> None:
    failed = sum(bool(line.problem) for line in lines)
    coded = int((judgement.probabilities >= judgement.cut_offs).any(axis=1).sum())
    learned = int(judgement.calibrated.sum())
    scores = (
        f"{learned} of {len(judgement.calibrated)} codes were learned from labelled excerpts"
        if learned
        else f"scores are suggestions, not probabilities: {about_examples}"
    )
    typer.echo(
        f"{number(len(lines) - failed, 'excerpt')}, {coded} with at least one code, {failed} quarantined; {scores}.",
        err=True,
    )
