"""What must hold for any text, however nasty."""

from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import a_raw_document
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.decide import joined
from themes.deidentify.document import deidentify
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.numbers import numbers_in
from themes.deidentify.recognize.phones import phones_in
from themes.deidentify.replace.surrogate_form import surrogate_pattern
from themes.deidentify.vault.vault import Vault
from themes.deidentify.weigh.forms import forms_of
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.tagger import find_entities
from themes.deidentify.wording.figures import runs_of
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import lower_case, sentences_of, words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec

RULES = {name: r for name, r in RECOGNIZERS.items() if r not in (find_entities, find_with_own_tagger)}
PIECES = st.sampled_from(
    [
        "Karen", "karen's", "KAREN", "My adviser", "Mark", "mark", "will", "Dr", "at Ingeus Leeds", "Haworth", "DWP",
        "07700 900456", "wren@example.com", "QQ 12 34 56 C", "born 3/5/1971", "I'm 47", "Regards,\n", "\n", ". ", ", ",
        "'", "(", ")", "[person K7QX2M]", "[", "]", "é", "e\u0301", "\u200b", "İ", "ß", "ﬁ", "👍🏽", "\u202e",
        "O'Brien-Smith", "St Hilda's", "called", "and", "x" * 50, "1 2 3 4 5 6 7 8 9 0", "@", "@wren", "www.", "&amp;",
        "٤٧", "王伟",
    ]
)  # fmt: skip
NASTY = st.one_of(
    st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY)
def test_details_slice_the_text_in_order_and_do_not_overlap(spec: CorpusSpec, text: str) -> None:
    spans = [finding.span for finding in details_of([a_raw_document(text)], spec=spec, recognizers=RULES)[0]]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@settings(max_examples=200, deadline=None)
@given(text=NASTY)
def test_words_and_sentences_slice_the_text(text: str) -> None:
    assert all(text[word.start : word.end] for word in words_of(text))
    assert "".join(span.of(text) for span in sentences_of(text)) == text
    assert all(span.end - span.start <= 480 for span in sentences_of(text))
    assert len(lower_case(text)) == len(text)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(NASTY, min_size=1, max_size=4))
def test_the_result_holds_nothing_but_the_text_and_surrogates(spec: CorpusSpec, vault: Vault, texts: list[str]) -> None:
    raw = [a_raw_document(text, document_key=str(n), author="Tamsel") for n, text in enumerate(texts)]
    result = deidentify(raw, spec=spec, vault=vault)
    for before, after in zip(raw, result.documents, strict=True):
        rebuilt, at = "", 0
        for replacement in after.replacements:
            assert surrogate_pattern().fullmatch(replacement.surrogate)
            rebuilt += before.text[at : replacement.span.start] + replacement.surrogate
            at = replacement.span.end
        assert rebuilt + before.text[at:] == after.text
        spans = [r.span for r in after.release_replacements]
        assert all(span.start < span.end <= len(after.text) for span in spans)


def test_a_word_of_200_000_letters_is_done_in_good_time(spec: CorpusSpec) -> None:
    nasty = (
        "a" * 200_000,
        "a." * 20_000,
        "Karen " * 3_000,
        "1 " * 20_000,
        "\n" * 50_000,
        "St " * 5_000,
        "Flat 1 " * 2_000,
    )
    started = process_time()
    for text in nasty:
        details_of([a_raw_document(text)], spec=spec, recognizers=RULES)
    assert process_time() - started < 20  # takes 3; what grows with the square takes minutes


def seconds(form: Callable[[str], object], text: str) -> float:
    """The best of three, so that a busy machine counts for little."""
    taken = []
    for _ in range(3):
        started = process_time()
        form(text)
        taken.append(process_time() - started)
    return min(taken)


@pytest.mark.parametrize(
    ("form", "unit", "characters"),
    [
        (lambda text: list(numbers_in(text)), "1 ", 2_000),
        (lambda text: list(phones_in(text)), "07700 ", 6_000),
        (lambda text: forms_of(text, words_of(text)), "@", 200),
        (lambda text: forms_of(text, words_of(text)), "a@", 200),
        (lambda text: forms_of(text, words_of(text)), "@a.b", 200),
    ],
    ids=["figures", "telephones", "at signs", "halves of mail addresses", "user names"],
)
def test_ten_times_the_text_is_about_ten_times_the_work(
    form: Callable[[str], object], unit: str, characters: int
) -> None:
    text = (unit * characters)[:characters]
    runs_of.cache_clear()
    assert seconds(form, text * 10) < 20 * max(seconds(form, text), 0.002)


def test_pieces_of_a_long_name_are_joined_by_looking_at_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(joined, "words_of", lambda text: (looked.append(len(text)), words_of(text))[1])
    text = "ж " * 1_000
    pieces = [Finding(Span(at, at + 1), "PERSON", IdentifierKind.DIRECT, 0.9, "patterns") for at in range(0, 2_000, 2)]
    (whole,) = joined.joined(text, pieces, stays=Stretches([]))
    assert whole.span == Span(0, 1_999)
    assert sum(looked) < 100 * len(text)  # all that was joined so far, each time: 500 times
