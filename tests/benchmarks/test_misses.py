"""A missed detail is counted under the cause that holds for it."""

import pytest

from benchmarks.misses import CAUSES, cause, counted, untouched
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

TEXT = "my coach Zibbet Quillon of Wrenby rang"


def said(words: str, label: str) -> Finding:
    start = TEXT.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, 0.5, "invented")


def why(words: str, label: str, proposed: list[Finding], found: list[Finding]) -> str:
    span = Span(TEXT.index(words), TEXT.index(words) + len(words))
    return cause(TEXT, span, untouched(TEXT, span, found), label, proposed, found)


@pytest.mark.parametrize(
    ("proposed", "found", "expected"),
    [
        ([], [], "unheard"),
        ([("Quillon", "PERSON")], [], "outvoted"),
        ([("Quillon", "LOCATION")], [], "unheard"),
        ([], [("Zibbet", "PERSON")], "cut short"),
    ],
)
def test_each_miss_has_its_cause(proposed: list[tuple[str, str]], found: list[tuple[str, str]], expected: str) -> None:
    assert expected in CAUSES
    assert (
        why("Zibbet Quillon", "PERSON", [said(*each) for each in proposed], [said(*each) for each in found]) == expected
    )


def test_what_is_found_and_yet_stands_was_left_to() -> None:
    span = Span(TEXT.index("Wrenby"), TEXT.index("Wrenby") + 6)
    kept = [said("Wrenby", "LOCATION")]
    assert cause(TEXT, span, untouched(TEXT, span, []), "LOCATION", kept, kept) == "left to stand"


def test_misses_and_masked_look_alikes_of_texts_are_counted() -> None:
    text = "My adviser Karen rang. On NHS forms it says kettle."
    start, end = text.index("kettle"), text.index("kettle") + 6
    row = {
        "id": "1", "text": text, "spans": [{"start": start, "end": end, "label": "JOB"}],
        "negatives": [{"start": text.index("Karen"), "end": text.index("Karen") + 5}],
    }  # fmt: skip
    missed, masked = counted([row])
    assert dict(missed) == {("JOB", "unheard"): 1}
    assert [(label, count) for (label, _), count in masked.items()] == [("PERSON", 1)]
