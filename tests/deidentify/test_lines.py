"""Single texts outside any corpus: each gets an answer, and spans lead into the text as it was given."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from themes.clean.document import clean
from themes.deidentify import lines
from themes.deidentify.document import deidentify
from themes.deidentify.lines import MaskedText, PlainText, deidentify_texts, given_span
from themes.deidentify.vault.vault import Vault
from themes.errors import WrongUse
from themes.records.corpus import Empty, Quarantined
from themes.records.privacy import Finding, IdentifierKind, Replacement
from themes.records.raw import RawDocument
from themes.records.span import OffsetMap, Span
from themes.records.spec import CorpusSpec

LABELS = {"Karen": "PERSON", "Atos": "ORG", "Leeds": "LOCATION", "Jo": "PERSON"}


def finds_four(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """A recogniser that knows four names, and stumbles over rain."""
    if any("rained" in document.text for document in documents):
        raise RecursionError
    return [
        [
            Finding(Span(at, at + len(name)), label, IdentifierKind.DIRECT, 1.0, "four")
            for name, label in LABELS.items()
            for at in range(len(document.text))
            if document.text.startswith(name, at)
        ]
        for document in documents
    ]


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "deidentify", partial(deidentify, recognizers={"four": finds_four}))


def masked(text: str, spec: CorpusSpec, vault: Vault, profile: str = "coding") -> list[tuple[str, str]]:
    [answer] = deidentify_texts([PlainText(text)], clean=clean, spec=spec, vault=vault, profile=profile)
    assert not isinstance(answer, str)
    return [(r.label, r.span.of(text)) for r in answer.replacements]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("Ask Ka\u200bren about it", [("PERSON", "Ka\u200bren")]),
        ("Ask Zoe\u0308 about it", [("PERSON", "Zoe\u0308")]),
        ("Ask &#75;aren about it", [("PERSON", "&#75;aren")]),
        ("😀👍🏽 Ask Karen about it", [("PERSON", "Karen")]),
        ("Ask\u00a0Karen\u00a0Smith about it", [("PERSON", "Karen\u00a0Smith")]),
        ("ring 07700\u00a0900\u200b456 now", [("PHONE", "07700\u00a0900\u200b456")]),
    ],
)
def test_spans_are_in_the_text_as_given(
    text: str, details: list[tuple[str, str]], spec: CorpusSpec, vault: Vault
) -> None:
    assert masked(text, spec, vault) == details


def test_the_strict_profile_replaces_more(spec: CorpusSpec, vault: Vault) -> None:
    text = "On 3 May 2014 Karen of Atos moved to Leeds; the DWP paid."
    assert masked(text, spec, vault) == [("DATE", "3 May 2014"), ("PERSON", "Karen")]
    assert masked(text, spec, vault, "release") == [
        ("DATE", "3 May 2014"),
        ("PERSON", "Karen"),
        ("ORG", "Atos"),
        ("LOCATION", "Leeds"),
    ]
    [answer] = deidentify_texts([PlainText(text)], clean=clean, spec=spec, vault=vault, profile="release")
    assert not isinstance(answer, str)
    assert answer.text.startswith("On [date: 2014] [person ")
    assert "Atos" not in answer.text
    with pytest.raises(WrongUse):
        masked(text, spec, vault, "loose")


def test_each_text_gets_its_answer_in_the_order_given(four: None, spec: CorpusSpec, vault: Vault) -> None:
    karen = vault.surrogate("person", "person", "karen")
    texts = ["It rained.", "Ask Karen.", "Thanks " * 300_000, " ", "It was cold."]
    stumbled, ask, too_long, empty, cold = deidentify_texts(
        [PlainText(text) for text in texts], clean=clean, spec=spec, vault=vault
    )
    assert ask == MaskedText(f"Ask {karen}.", (Replacement(Span(4, 9), "PERSON", karen),))
    assert isinstance(stumbled, str) and isinstance(too_long, str) and stumbled != too_long
    assert "rained" not in stumbled
    assert (empty, cold) == (MaskedText(" "), MaskedText("It was cold."))


def test_the_strict_surrogates_stand_where_the_words_were(four: None, spec: CorpusSpec, vault: Vault) -> None:
    text = "To Jo of Atos in Leeds, Atos, by Karen."
    [answer] = deidentify_texts([PlainText(text)], clean=clean, spec=spec, vault=vault, profile="release")
    assert isinstance(answer, MaskedText)
    assert [(r.label, r.span) for r in answer.replacements] == [
        ("PERSON", Span(3, 5)),
        ("ORG", Span(9, 13)),
        ("LOCATION", Span(17, 22)),
        ("ORG", Span(24, 28)),
        ("PERSON", Span(33, 38)),
    ]
    jo, atos, leeds, again, karen = (r.surrogate for r in answer.replacements)
    assert answer.text == f"To {jo} of {atos} in {leeds}, {atos}, by {karen}."
    assert atos == again
    assert jo == vault.surrogate("person", "person", "jo")
    assert karen == vault.surrogate("person", "person", "karen")


def test_a_text_is_a_thread_of_its_own(spec: CorpusSpec, vault: Vault) -> None:
    texts = [PlainText("Quenby here.", author="Quenby"), PlainText("we ate some quenby with the bread")]
    mine, other = deidentify_texts(texts, clean=clean, spec=spec, vault=vault)
    assert isinstance(mine, MaskedText) and "Quenby" not in mine.text
    assert other == MaskedText("we ate some quenby with the bread")


def test_what_is_known_of_the_writer_reaches_the_recognisers(spec: CorpusSpec, vault: Vault) -> None:
    seen: list[RawDocument] = []

    def kept(document: RawDocument) -> RawDocument | Quarantined | Empty:
        seen.append(document)
        return Empty(document.source)

    texts = [PlainText("One.", "Quenby", name_hidden=True), PlainText("Two.")]
    assert deidentify_texts(texts, clean=kept, spec=spec, vault=vault) == [MaskedText("One."), MaskedText("Two.")]
    assert [(d.text, d.author, d.name_hidden) for d in seen] == [("One.", "Quenby", True), ("Two.", None, False)]
    assert len({d.thread for d in seen}) == len({d.case_key for d in seen}) == len({d.document_key for d in seen}) == 2


def test_a_cleaning_that_shortens_is_counted_back(four: None, spec: CorpusSpec, vault: Vault) -> None:
    def without_first_three(document: RawDocument) -> RawDocument:
        return replace(document, text=document.text[3:], offsets=OffsetMap(((0, 3),)))

    [answer] = deidentify_texts([PlainText(">> to Karen")], clean=without_first_three, spec=spec, vault=vault)
    karen = vault.surrogate("person", "person", "karen")
    assert answer == MaskedText(f"to {karen}", (Replacement(Span(6, 11), "PERSON", karen),))


@pytest.mark.parametrize(
    ("steps", "length", "span", "given"),
    [
        ((), 9, Span(2, 5), Span(2, 5)),
        (((0, 0), (2, 6)), 7, Span(1, 2), Span(1, 6)),  # "a&amp;b" was read as "a&b": the whole entity
        (((0, 0), (2, 6)), 7, Span(0, 1), Span(0, 1)),
        (((0, 0), (2, 6)), 7, Span(2, 3), Span(6, 7)),
        (((0, 0), (3, 1)), 2, Span(0, 3), Span(0, 2)),  # "½x" as "1/2x": never past the end
        (((0, 0), (3, 1)), 9, Span(1, 3), Span(1, 3)),  # … and never nothing, though the next letter is the second
        (((0, 2), (1, 3)), 2, Span(0, 1), Span(2, 2)),  # what lies beyond the text as given is nowhere in it
    ],
)
def test_a_span_leads_back_to_what_it_was_read_from(
    steps: tuple[tuple[int, int], ...], length: int, span: Span, given: Span
) -> None:
    assert given_span(span, OffsetMap(steps), length) == given


def test_a_text_and_its_writer_are_not_in_a_repr() -> None:
    assert repr(PlainText("Ask Karen.", "Quenby")) == "PlainText(name_hidden=False)"
