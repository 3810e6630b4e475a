"""Why details are missed and look-alikes masked, in counts alone: no text is shown, so that the sets go on measuring.

    export PYTHONPATH=tests
    python -m benchmarks.misses             # the held-out UK texts, and uk60 where THEMES_BENCH_DATA has it

A detail is missed if one of its words that tell something is not masked by the coding profile.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.evidence_data import FAMILIES
from benchmarks.evidence_report import LIGHT
from benchmarks.held_out import TEXTS
from benchmarks.marked_texts import read_marked
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import Action, action_for
from themes.deidentify.wording.words import kept_places, words_of
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

CAUSES = {
    "cut short": "some of its words are masked",
    "on the list of kept names": "keep.toml has it, or a part of it",
    "left to stand": "found, and of a kind or so wide that the profile keeps it",
    "outvoted": "a recogniser said so, and the weights did not bear it out",
    "unheard": "no recogniser says anything of it",
}


def main() -> None:
    console = Console(width=120)
    for name, rows in sets():
        missed, masked = counted(rows)
        table = Table("kind", *CAUSES, "all", title=f"{name}: details missed, by cause")
        for label in sorted({label for label, _ in missed}):
            by_cause = [missed[label, cause] for cause in CAUSES]
            table.add_row(label, *(str(count or "") for count in by_cause), str(sum(by_cause)))
        table.add_section()
        table.add_row("all", *(str(sum(n for (_, why), n in missed.items() if why == cause)) for cause in CAUSES),
                      str(missed.total()))  # fmt: skip
        console.print(table)
        by = ", ".join(f"{label} by {voter} {count}" for (label, voter), count in masked.most_common())
        console.print(f"{name}: look-alikes masked, as what and by whom: {by or 'none'}\n")


def sets() -> Iterator[tuple[str, list[dict]]]:
    yield "held-out UK texts", read_marked(TEXTS)
    uk60 = Path(os.environ.get("THEMES_BENCH_DATA", "")) / "deid" / "uk60.jsonl"
    if uk60.is_file():
        with uk60.open(encoding="utf-8") as file:
            yield "uk60", [json.loads(line) for line in file]


def counted(rows: Sequence[dict]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Missed details by (label, cause), and masked look-alikes by (label, recogniser)."""
    documents = [document(row) for row in rows]
    said = [[finding for answer in answers for finding in answer]
            for answers in zip(*(find(documents) for find in RECOGNIZERS.values()), strict=True)]  # fmt: skip
    missed: Counter[tuple[str, str]] = Counter()
    masked: Counter[tuple[str, str]] = Counter()
    verdicts = details_of(documents, spec=CorpusSpec(Path(), "invented", ()))
    for row, proposed, found in zip(rows, said, verdicts, strict=True):
        text = row["text"]
        gone = [f for f in found if action_for(f.label, f.span.of(text), "coding") is not Action.KEEP]
        for mark in row["spans"]:
            span = Span(mark["start"], mark["end"])
            if mark.get("must_mask", True) and (left := untouched(text, span, gone)):
                missed[mark["label"], cause(text, span, left, mark["label"], proposed, found)] += 1
        for mark in row.get("negatives", ()):
            touching = (f for f in gone if f.span.start < mark["end"] and mark["start"] < f.span.end)
            masked.update((f.label, f.recognizer) for f in list(touching)[:1])
    return missed, masked


def untouched(text: str, span: Span, gone: Sequence[Finding]) -> list[Span]:
    """The words of a detail that are left, those that tell nothing aside."""
    inside = [Span(w.start, w.end) for w in words_of(text) if w.start < span.end and span.start < w.end]
    telling = [word for word in inside if word.of(text).casefold() not in LIGHT] or inside
    return [word for word in telling if not any(f.span.start < word.end and word.start < f.span.end for f in gone)]


def cause(
    text: str, span: Span, left: Sequence[Span], label: str, proposed: Sequence[Finding], found: Sequence[Finding]
) -> str:
    """The first of CAUSES that holds for a missed detail, of which the words `left` are not masked."""

    def over(findings: Sequence[Finding]) -> list[Finding]:
        return [f for f in findings if any(f.span.start < word.end and word.start < f.span.end for word in left)]

    alike = next((labels for labels in FAMILIES.values() if label in labels), frozenset()) | {label}
    if any(place.span.start < word.end and word.start < place.span.end for place in kept_places(text) for word in left):
        return "on the list of kept names"
    if over([f for f in found if f.label in alike]):
        return "left to stand"
    if len(left) < len(untouched(text, span, ())):
        return "cut short"
    return "outvoted" if over([f for f in proposed if f.label in alike]) else "unheard"


def document(row: dict) -> RawDocument:
    key = str(row["id"])
    return RawDocument(
        SourceRef("held-out", ""), DocumentKind.COMMENT, row["text"], case_key=key, document_key=key, thread=key,
        author=row.get("author"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
