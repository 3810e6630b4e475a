"""`themes code`: codings for de-identified excerpts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from themes.cli.jsonl import Line
    from themes.code.stack import Judgement
    from themes.records.codebook import Codebook
    from themes.records.coding import LabelledSegment
    from themes.records.segment import Segment


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
    seed: Annotated[int, typer.Option(help="For the folds that labelled excerpts are tried out in.")] = 1,
) -> None:
    """Code excerpts: every code of the codebook for every one, with how likely it is and whether it applies.

    Without labelled excerpts the scores are suggestions, ranked but not probabilities. Codes in TRAIN.jsonl that the
    codebook lacks are learned too; with TRAIN.jsonl and no codebook, its codes are the only ones. The text must be
    de-identified: this command does not do it.

    Example: themes code answers.jsonl codings.jsonl --codebook corpora/my-study/codebook.toml
    """
    from themes.cli.jsonl import read_lines, write_lines
    from themes.code.segments import judge

    lines = list(read_lines(in_path))
    examples, codes_seen, train_problems = _labelled(labelled)
    book = _codebook(codebook, codes_seen if labelled else None)
    if labelled is None and book.labelled is not None:
        examples, codes_seen, train_problems = _labelled(book.labelled)
        book = _with_codes(book, codes_seen)
    for problem in train_problems:
        typer.echo(f"Not learned from: {problem}.", err=True)
    segments = {at: _segment(line, at) for at, line in enumerate(lines) if not line.problem}
    judgement = judge(list(segments.values()), book, labelled=examples, seed=seed)
    row_of = {at: row for row, at in enumerate(segments)}
    write_lines(out_path, _answers(lines, row_of, judgement, book))
    _say_what_was_done(lines, judgement)
    if any(line.problem for line in lines) or train_problems:
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
                    "applies": bool(round(float(probability), 6) >= judgement.cut_off),
                }
                for one, probability in zip(codebook.codes, probabilities, strict=True)
            ],
        }


def _codebook(path: Path | None, codes_seen: Sequence[str] | None) -> "Codebook":
    from themes.read.codebook import packaged_codebook, read_codebook
    from themes.records.codebook import Codebook

    if path is None and codes_seen is not None:
        return _with_codes(Codebook(()), codes_seen)
    return _with_codes(read_codebook(path or packaged_codebook()), codes_seen or ())


def _with_codes(codebook: "Codebook", codes_seen: Sequence[str]) -> "Codebook":
    """The codebook, and after its codes those seen in labelled excerpts that it lacks."""
    from dataclasses import replace

    from themes.records.codebook import Code

    new = tuple(Code(code_id, code_id, "") for code_id in codes_seen if code_id not in codebook)
    return replace(codebook, codes=codebook.codes + new)


def _labelled(path: Path | None) -> tuple[list["LabelledSegment"], list[str], list[str]]:
    """Labelled excerpts, the codes they take in the order of the alphabet, and what is wrong with the other lines."""
    from themes.cli.jsonl import read_lines
    from themes.errors import WrongUse
    from themes.records.coding import LabelledSegment

    if path is None:
        return [], [], []
    examples: list[LabelledSegment] = []
    problems: list[str] = []
    for number, line in enumerate(read_lines(path), 1):
        codes = line.values.get("codes")
        if line.problem:
            problems.append(line.problem)
        elif not isinstance(codes, list) or not all(isinstance(one, str) and one for one in codes):
            problems.append(f"excerpt {number} has no 'codes', or it is not a list of names")
        else:
            examples.append(LabelledSegment(_segment(line, number), frozenset(codes)))
    seen = sorted({code_id for example in examples for code_id in example.code_ids})
    if not seen:
        raise WrongUse(f"No excerpt in {path} has a code to learn. Give at least one, or leave out --labelled.")
    return examples, seen, problems


def _segment(line: "Line", at: int) -> "Segment":
    """An excerpt as a segment: a document and a case of its own, or of its text's if the id tells ("t7.0", "t7.1")."""
    from themes.records.segment import Segment
    from themes.records.span import Span

    text = line.values["text"]
    prompt = line.values.get("prompt")
    return Segment(
        segment_id=f"{at}:0-{len(text)}",
        document_id=str(at),
        case_id=str(line.id).rsplit(".", maxsplit=1)[0],
        span=Span(0, len(text)),
        text=text,
        prompt=prompt if isinstance(prompt, str) else None,
    )


def _say_what_was_done(lines: Sequence["Line"], judgement: "Judgement") -> None:
    failed = sum(bool(line.problem) for line in lines)
    coded = int((judgement.probabilities >= judgement.cut_off).any(axis=1).sum())
    learned = int(judgement.calibrated.sum())
    scores = (
        f"{learned} of {len(judgement.calibrated)} codes were learned from labelled excerpts"
        if learned
        else "scores are suggestions, not probabilities: nothing was learned from labelled excerpts"
    )
    typer.echo(
        f"{len(lines) - failed} excerpts, {coded} with at least one code, {failed} quarantined; {scores}.", err=True
    )
