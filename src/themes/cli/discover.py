"""`themes discover`: emergent themes of de-identified texts."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from themes.read.jsonl import Line, read_lines
from themes.store.files import write_lines


def discover(
    texts: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='De-identified texts: {"id", "text"}, one a line.')],
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help='Where to write {"id", "theme"}, one a line.')],
    registry: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A folder that remembers the themes, so that they keep their ids."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides the starts of the search and the ids of new themes.")] = 1,
) -> None:
    """Find themes that nobody asked for in de-identified texts.

    Each text gets the id of its theme, or null where it is unclear; with fewer than 50 texts, all are null. Names,
    words and excerpts of the themes are written beside OUT.jsonl, in OUT.themes.json. Each text counts as one person.

    Example: `themes discover answers.jsonl found.jsonl --registry themes-of-our-survey`
    """
    from themes.embedding import embed
    from themes.records.segment import Segment
    from themes.records.span import Span
    from themes.theme.emergent import emergent_themes
    from themes.theme.registry_file import read_registry, write_registry

    known = read_registry(registry) if registry else None
    lines = list(read_lines(texts))
    # A line's own name for the search: ids may be numbers, or come twice. Equal lines are equal in every way.
    keys = _keys(lines)
    segments = [
        Segment(key, key, key, Span(0, len(line.values["text"])), line.values["text"])
        for key, line in zip(keys, lines, strict=True)
        if not line.problem
    ]
    found = emergent_themes(
        segments,
        embed([segment.text for segment in segments]),
        seed=seed,
        known=known,
        run_id=f"discover-{datetime.now(UTC):%Y-%m-%d}",
    )
    theme_of = {m.segment_id: m.theme_id for m in found.memberships}

    rows = [
        {"id": line.id, "quarantined": line.problem} if line.problem else {"id": line.id, "theme": theme_of.get(key)}
        for key, line in zip(keys, lines, strict=True)
    ]
    sizes = Counter(theme_of.values())
    text_of = {key: line for key, line in zip(keys, lines, strict=True) if not line.problem}
    summary = {
        "note": found.note,
        "texts": len(segments),
        "unclear": len(segments) - len(theme_of),
        "themes": [
            {
                "theme": theme.theme_id,
                "name": theme.name,
                "words": list(theme.words),
                "texts": sizes[theme.theme_id],
                "first_seen": theme.first_seen,
                "excerpts": [
                    {"id": text_of[key].id, "text": text_of[key].values["text"]} for key in theme.exemplar_ids
                ],
            }
            for theme in found.themes
        ],
    }
    write_lines(out, rows)
    write_lines(out.with_suffix(".themes.json"), [summary])
    if registry and found.registry is not None:
        write_registry(registry, found.registry)

    spoiled = sum(bool(line.problem) for line in lines)
    if found.note:
        typer.echo(found.note, err=True)
    else:
        unclear = len(segments) - len(theme_of)
        typer.echo(f"{len(found.themes)} themes in {len(segments)} texts; {unclear} texts are unclear.", err=True)
    if spoiled:
        typer.echo(f"{spoiled} of {len(lines)} lines could not be used; {out} says why.", err=True)
        raise typer.Exit(1)


def _keys(lines: list[Line]) -> list[str]:
    seen: Counter[str] = Counter()
    keys = []
    for line in lines:
        name = json.dumps([line.id, line.values.get("text", "")], sort_keys=True)
        keys.append(f"{name}:{seen[name]}")
        seen[name] += 1
    return keys
