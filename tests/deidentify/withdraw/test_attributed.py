"""Words of somebody's that another repeats without quotation marks, in a sentence that names them."""

import pytest

from themes.deidentify.withdraw.attributed import repeated
from themes.records.span import Span

TEXT = "They sent me home again. Jo said they sent me home again!\nNobody sent me home."
THEIRS = {"they sent me", "sent me home", "me home again"}


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ([Span(25, 27)], ["they sent me home again"]),
        ([], []),
        (None, ["They sent me home again", "they sent me home again", "sent me home"]),
    ],
)
def test_only_sentences_around_a_name_count_unless_all_do(named: list[Span] | None, found: list[str]) -> None:
    spans = repeated(TEXT, THEIRS.__contains__, length=3, named=named)
    assert [span.of(TEXT) for span in spans] == found


def test_too_few_words_repeat_nothing() -> None:
    assert repeated("Sent me", THEIRS.__contains__, length=3) == []
    assert repeated("", THEIRS.__contains__, length=3) == []
