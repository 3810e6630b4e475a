"""The floor of de-identification on invented texts, marked by hand in deid_texts.txt.

Counted as tests of de-identification count everywhere: a detail is recalled only if every word of it is masked.
"""

import re
from pathlib import Path

import pytest

from builders import a_raw_document
from marked import Marked, read_marked
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import action_for
from themes.records.span import Span
from themes.records.spec import CorpusSpec

WORD = re.compile(r"\w+")


@pytest.fixture(scope="module")
def masked() -> list[tuple[Marked, list[Span]]]:
    marked = read_marked(Path(__file__).with_name("deid_texts.txt"))
    raw = [a_raw_document(each.text, author=each.author, thread=str(n)) for n, each in enumerate(marked)]
    found = details_of(raw, spec=CorpusSpec(Path("nowhere"), "gate", ()))
    return [
        (each, [f.span for f in findings if str(action_for(f.label, f.span.of(each.text), "coding")) != "keep"])
        for each, findings in zip(marked, found, strict=True)
    ]


def words_in(text: str, start: int, end: int) -> list[Span]:
    return [Span(start + m.start(), start + m.end()) for m in WORD.finditer(text[start:end])]


def test_details_are_masked(masked: list[tuple[Marked, list[Span]]]) -> None:
    missed = [
        text.text[start:end]
        for text, spans in masked
        for start, end, _ in text.spans
        if not all(any(span.contains(word) for span in spans) for word in words_in(text.text, start, end))
    ]
    assert sum(len(text.spans) for text, _ in masked) == 163
    assert len(missed) <= 4, missed  # 1 when this was written


def test_words_that_name_nobody_stay(masked: list[tuple[Marked, list[Span]]]) -> None:
    wrong, right = [], 0
    for text, spans in masked:
        marks = [Span(start, end) for start, end, _ in text.spans] + [Span(*free) for free in text.free]
        for word in words_in(text.text, 0, len(text.text)):
            if any(span.overlaps(word) for span in spans):
                inside = any(mark.overlaps(word) for mark in marks)
                right += inside
                wrong += [] if inside else [word.of(text.text)]
    assert right > 200
    assert len(wrong) <= 10, wrong  # 5 when this was written


def test_look_alikes_stay(masked: list[tuple[Marked, list[Span]]]) -> None:
    lost = [
        text.text[start:end]
        for text, spans in masked
        for start, end in text.negatives
        if any(span.overlaps(Span(start, end)) for span in spans)
    ]
    assert sum(len(text.negatives) for text, _ in masked) >= 38
    assert len(lost) <= 1, lost  # none when this was written
