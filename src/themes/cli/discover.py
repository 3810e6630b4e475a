"""`themes discover`: emergent themes of de-identified texts."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from themes.cli.spared_files import (
    files_of_encoder,
    refuse_to_write_into,
    refuse_to_write_over,
    refuse_what_is_no_folder,
)
from themes.cli.spoiled_lines import say_spoiled_lines
from themes.errors import StoreError
from themes.read.jsonl import Line, read_lines
from themes.reader_words import number
from themes.store.files import read_json, write_json, write_lines

_ENCODER = "encoder.json"
"""Beside the registry: the encoder by whose vectors it knows its themes."""
_MOST_SEED = 2**32 - 1
"""The largest that k-means takes."""


def discover(
    texts: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='De-identified texts: {"id", "text"}, one a line.')],
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help='Where to write {"id", "theme"}, one a line.')],
    registry: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder that remembers the themes, so that they keep their ids."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=_MOST_SEED, help="Decides the starts of the search and the ids of new themes.")
    ] = 1,
    encoder: Annotated[
        str, typer.Option(help="'sentence', 'static' (much faster), or the folder of another encoder.")
    ] = "sentence",
) -> None:
    """Find themes that nobody asked for in de-identified texts.

    Each text gets the id of its theme, or null where it is unclear; with fewer than 50 texts, all are null. Names,
    words and excerpts of the themes are written beside OUT.jsonl, in OUT.themes.json. Each text counts as one person,
    unless lines have a "case_id". With "codes", the summary says where themes and codes meet; with "written"
    (2026-01 or 2026-01-31), how many speak of a theme each month.

    Decisions about themes in DIR/theme-decisions.jsonl are honoured; what happened to themes stands in
    DIR/history.tsv. Nothing else is written into DIR: OUT.jsonl must be outside it.

    Example: `themes discover answers.jsonl found.jsonl --registry themes-of-our-survey`
    """
    read = [texts, *files_of_encoder(encoder)]
    refuse_to_write_over([out], read)
    written = (out, out.with_suffix(".themes.json"))
    refuse_to_write_over(written, read)
    if registry:
        refuse_what_is_no_folder(registry)
        refuse_to_write_into(registry, written)
    from themes.embedding import embed, encoder_identity, encoding_by
    from themes.records.segment import Segment
    from themes.records.span import Span
    from themes.theme.decisions import read_decisions
    from themes.theme.emergent import emergent_themes
    from themes.theme.leaning import POLES, leanings
    from themes.theme.registry_file import REGISTRY_FILES, read_registry, write_registry
    from themes.theme.summary import summary_of
    from themes.waiting import working

    if registry:
        refuse_to_write_over([registry / name for name in (*REGISTRY_FILES, _ENCODER)], [texts])
    known = read_registry(registry) if registry else None
    identity = encoder_identity(encoder)
    if known is not None and registry is not None:
        _refuse_another_encoder(registry, identity)
    decisions = read_decisions(registry) if registry else []
    lines = list(read_lines(texts))
    # A line's own name for the search: ids may be numbers, or come twice. Equal lines are equal in every way.
    keys = _keys(lines)
    usable = {key: line for key, line in zip(keys, lines, strict=True) if not line.problem}
    segments = [
        Segment(key, key, line.case or key, Span(0, len(line.values["text"])), line.values["text"])
        for key, line in usable.items()
    ]
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    with encoding_by(encoder), working(f"Finding themes in {number(len(segments), 'text')}"):
        vectors = embed([segment.text for segment in segments])
        leaning = leanings(vectors, embed(POLES)) if segments else None
        found = emergent_themes(
            segments,
            vectors,
            seed=seed,
            known=known,
            run_id=f"discover-{today}",
            on=today,
            decisions=decisions,
            leaning=leaning,
        )
    theme_of = {m.segment_id: m.theme_id for m in found.memberships}

    rows = [
        {"id": line.id, "quarantined": line.problem} if line.problem else {"id": line.id, "theme": theme_of.get(key)}
        for key, line in zip(keys, lines, strict=True)
    ]
    summary = summary_of(
        found,
        segments,
        line_ids={key: line.id for key, line in usable.items()},
        codes_of={key: _codes(line) for key, line in usable.items()},
        written={key: _month(line) for key, line in usable.items()},
    )
    write_lines(out, rows)
    write_lines(written[1], [summary])
    if registry and found.registry is not None:
        # The note first: a registry without one, from a call that was stopped here, takes any encoder's vectors.
        write_json(registry / _ENCODER, {"encoder": identity})
        write_registry(registry, found.registry)

    say_spoiled_lines(texts, spoiled := [line.problem for line in lines if line.problem], out)
    for passed_over in found.passed_over:
        typer.echo(passed_over, err=True)
    unclear = number(len(segments) - len(theme_of), "text is", "texts are")
    told = f"{number(len(found.themes), 'theme')} in {number(len(segments), 'text')}; {unclear} unclear."
    typer.echo(found.note or told, err=True)
    if spoiled:
        typer.echo(f"{len(spoiled)} of {len(lines)} lines could not be used; {out} says why.", err=True)
        raise typer.Exit(1)


def _refuse_another_encoder(registry: Path, identity: str) -> None:
    """Vectors of two encoders cannot be compared, even where they have as many dimensions."""
    if (registry / _ENCODER).is_file() and read_json(registry / _ENCODER) != {"encoder": identity}:
        raise StoreError(
            f"The registry of themes {registry} was made by another encoder. Choose that one with --encoder, or name "
            f"an empty folder to begin anew: themes then get new ids."
        )


def _keys(lines: list[Line]) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        name = json.dumps([line.id, line.values.get("text", "")], sort_keys=True)
        keys.append(f"{name}:{seen[name]}")
        seen[name] += 1
    return keys


def _codes(line: Line) -> list[str]:
    codes = line.values.get("codes")
    return [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []


def _month(line: Line) -> str:
    written = line.values.get("written")
    return written[:7] if isinstance(written, str) and re.match(r"\d{4}-\d{2}", written) else ""
