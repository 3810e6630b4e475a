from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from builders import a_raw_document
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.document import Deidentified, deidentify, moved
from themes.deidentify.fingerprint import fingerprints
from themes.deidentify.self_test import BETWEEN_TESTS
from themes.deidentify.vault.vault import Vault
from themes.errors import ModelError, ProtectionError
from themes.records.corpus import Case, DocumentKind, Quarantined, SourceRef
from themes.records.privacy import Finding, IdentifierKind, LogEntry, Replacement
from themes.records.raw import RawDocument
from themes.records.span import OffsetMap, Span
from themes.records.spec import CorpusSpec


def test_a_comment_comes_out_masked_with_its_case_and_a_log_without_words(spec: CorpusSpec, vault: Vault) -> None:
    raw = a_raw_document(
        "My adviser Karen, 47, rang. Atos did not.",
        author="Wren",
        written=date(2013, 4, 5),
        reply_to="page\0other",
        quotations=(Span(0, 16), Span(28, 41)),
        offsets=OffsetMap(((3, 5),)),
        attributes={"Age": "47", "Region": "Wales"},
        consent="yes",
        prompt="What did Karen do?",
        promises=("Your email will not appear.",),
    )
    result = deidentify([raw], spec=spec, vault=vault)
    karen = vault.surrogate("adviser", "person", "karen")
    person = vault.surrogate("person", "person", "karen")
    organisation = vault.surrogate("Organisation", "org", "atos")
    [document] = result.documents
    assert document.text == f"My adviser {karen}, [age 40–49], rang. Atos did not."
    assert document.replacements == (
        Replacement(Span(11, 16), "PERSON", karen),
        Replacement(Span(18, 20), "AGE", "[age 40–49]"),
    )
    atos = document.text.index("Atos")
    assert document.release_replacements == (Replacement(Span(atos, atos + 4), "ORG", organisation),)
    assert [span.of(document.text) for span in document.quotations] == [f"My adviser {karen}", "Atos did not."]
    assert document.document_id == vault.keyed_id("document", raw.document_key)
    assert document.case_id == vault.keyed_id("case", raw.case_key)
    assert document.reply_to == vault.keyed_id("document", "page\0other")
    assert (document.written, document.consent, document.prompt) == ("2013-04", "yes", f"What did {person} do?")
    assert document.promises == ("Your email will not appear.",)
    assert document.offsets == raw.offsets
    assert document.fingerprint == fingerprints([raw], spec=spec, vault=vault)[0]
    assert result.cases == [Case(document.case_id, {"Age": "40–49", "Region": "Wales"})]
    assert result.quarantined == []
    [said] = [entry for entry in result.log if entry.label == "PERSON" and entry.profile == "coding"]
    assert replace(said, score=1.0) == LogEntry(
        document.document_id, Span(11, 16), "PERSON", "name-context", 1.0, "masked", "coding"
    )
    assert said.score > 0.9
    assert [entry.action for entry in result.log if entry.label == "ORG"] == ["kept", "masked"]


def test_masking_what_is_masked_changes_nothing(spec: CorpusSpec, vault: Vault) -> None:
    text = "My adviser Karen at Ingeus Leeds rang 01632 960123 on 3 May 2014; I'm 47 and from Haworth. Thanks, Sue"
    once = deidentify([a_raw_document(text)], spec=spec, vault=vault).documents[0].text
    assert deidentify([a_raw_document(once)], spec=spec, vault=vault).documents[0].text == once


def test_an_article_is_no_case(spec: CorpusSpec, vault: Vault) -> None:
    result = deidentify(
        [a_raw_document("By Wren Quillon\nIt rained.", kind=DocumentKind.ARTICLE)], spec=spec, vault=vault
    )
    assert result.cases == []
    assert result.documents[0].text == f"By {vault.surrogate('person', 'person', 'wren quillon')}\nIt rained."


def test_answers_of_one_person_are_one_case(spec: CorpusSpec, vault: Vault) -> None:
    answers = [
        a_raw_document("It was fine.", case_key="row 1", document_key="1", attributes={"Region": "Wales"}),
        a_raw_document("It was bad.", case_key="row 1", document_key="2", attributes={"Region": "Wales"}),
    ]
    result = deidentify(answers, spec=spec, vault=vault)
    assert result.cases == [Case(vault.keyed_id("case", "row 1"), {"Region": "Wales"})]
    assert len({document.document_id for document in result.documents}) == 2


def test_nothing_gives_nothing(spec: CorpusSpec, vault: Vault) -> None:
    assert deidentify([], spec=spec, vault=vault) == Deidentified()


def test_the_same_rows_in_another_order_give_the_same_documents(spec: CorpusSpec, vault: Vault) -> None:
    thread = [
        a_raw_document(f"Text {n}: ask {name}.", author=name, document_key=str(n), case_key=name)
        for n, name in enumerate(("Tamsel", "Zebedee", "Quillon"))
    ]
    forwards = deidentify(thread, spec=spec, vault=vault)
    backwards = deidentify(thread[::-1], spec=spec, vault=vault)
    assert backwards.documents == forwards.documents[::-1]


def stumbles(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    if any("trip" in document.text for document in documents):
        raise RecursionError("trip over Karen")
    return [[] for _ in documents]


def test_a_text_that_a_recogniser_stumbles_over_is_kept_out_and_not_quoted(spec: CorpusSpec, vault: Vault) -> None:
    batch = [a_raw_document("Ask Zebedee.", author="Wren"), a_raw_document("trip, Karen", author="Zebedee")]
    result = deidentify(batch, spec=spec, vault=vault, recognizers={**RECOGNIZERS, "stumbling": stumbles})
    zebedee = vault.surrogate("person", "person", "zebedee")
    assert [document.text for document in result.documents] == [f"Ask {zebedee}."]
    reason = (
        "A recogniser failed on this text (RecursionError), so it is kept out. "
        "Repair or remove the text, and report it."
    )
    assert result.quarantined == [Quarantined(SourceRef("page.html", "comment 1"), reason)]


def finds_nothing(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    return [[] for _ in documents]


def answers_for_nobody(_: Sequence[RawDocument]) -> list[list[Finding]]:
    return []


def raises(_: Sequence[RawDocument]) -> list[list[Finding]]:
    raise RuntimeError


class Dying:
    """Works for the first calls, then finds nothing."""

    def __init__(self, name: str, calls: int) -> None:
        self.name, self.calls = name, calls

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        self.calls -= 1
        return RECOGNIZERS[self.name](documents) if self.calls >= 0 else finds_nothing(documents)


@pytest.mark.parametrize("name", sorted(RECOGNIZERS))
@pytest.mark.parametrize("broken", [finds_nothing, answers_for_nobody, raises])
def test_a_recogniser_that_is_broken_stops_the_run(spec: CorpusSpec, vault: Vault, name: str, broken: object) -> None:
    with pytest.raises(ProtectionError, match=name):
        deidentify([a_raw_document()], spec=spec, vault=vault, recognizers={**RECOGNIZERS, name: broken})


@pytest.mark.parametrize("calls", [2, 5, 8])
def test_a_model_that_dies_on_the_way_stops_the_run(spec: CorpusSpec, vault: Vault, calls: int) -> None:
    documents = [a_raw_document("It rained.", thread=str(n)) for n in range(BETWEEN_TESTS)]
    with pytest.raises(ProtectionError, match="missed"):
        deidentify(documents, spec=spec, vault=vault, recognizers={**RECOGNIZERS, "names": Dying("names", calls)})


def test_no_recogniser_at_all_stops_the_run(spec: CorpusSpec, vault: Vault) -> None:
    with pytest.raises(ProtectionError, match="no recogniser"):
        deidentify([a_raw_document()], spec=spec, vault=vault, recognizers={})


def test_a_missing_model_stops_the_run(spec: CorpusSpec, vault: Vault) -> None:
    def missing(_: Sequence[RawDocument]) -> list[list[Finding]]:
        raise ModelError("gone")

    with pytest.raises(ModelError, match="gone"):
        deidentify([a_raw_document()], spec=spec, vault=vault, recognizers={**RECOGNIZERS, "own-tagger": missing})


def test_a_language_without_recognisers_stops_the_run(spec: CorpusSpec, vault: Vault) -> None:
    welsh = CorpusSpec(spec.folder, "invented", (), language="cy-GB")
    with pytest.raises(ProtectionError, match="'cy-GB', for which there are no recognisers"):
        deidentify([a_raw_document()], spec=welsh, vault=vault)


def test_a_fingerprint_changes_with_all_that_goes_in_and_nothing_else(spec: CorpusSpec, vault: Vault) -> None:
    def mark(*fields: tuple[str, object], beside: Sequence[RawDocument] = (), spec: CorpusSpec = spec) -> str:
        return fingerprints([a_raw_document("It rained.", **dict(fields)), *beside], spec=spec, vault=vault)[0]

    plain = mark()
    named = CorpusSpec(spec.folder, "invented", (), extra_names=("Wren",))
    changed = [
        mark(beside=[a_raw_document("Yes, Karen.")]),
        mark(("author", "Wren")),
        mark(("prompt", "Well?")),
        mark(("name_hidden", True)),
        mark(("attributes", {"Region": "Wales"})),
        mark(beside=[a_raw_document("Yes.", author="Wren")]),
        mark(spec=named),
    ]
    assert len({plain, *changed}) == 8
    assert mark() == plain
    assert mark(beside=[a_raw_document("Yes.", author="Wren", thread="another")]) == plain


def test_offsets_move_with_the_surrogates() -> None:
    replaced = [Replacement(Span(3, 8), "PERSON", "[person K7QX2]"), Replacement(Span(10, 12), "AGE", "[x]")]
    assert [moved(offset, replaced) for offset in (0, 3, 5, 8, 10, 11, 12, 20)] == [0, 3, 17, 17, 19, 22, 22, 30]


def test_a_thread_completes_a_first_name_and_a_stranger_in_it_does_not(spec: CorpusSpec, vault: Vault) -> None:
    smith, karen = vault.surrogate("x", "person", "karen smith"), vault.surrogate("x", "person", "karen")
    smith, karen = smith.removeprefix("[x "), karen.removeprefix("[x ")

    def masked(*texts: str, extra: tuple[str, ...] = ()) -> list[str]:
        spelled = CorpusSpec(spec.folder, "invented", (), extra_names=extra)
        thread = [a_raw_document(text, document_key=str(n), author=None) for n, text in enumerate(texts)]
        return [document.text for document in deidentify(thread, spec=spelled, vault=vault).documents]

    assert masked("I asked Karen Smith.", "And Karen said no.")[1] == f"And [person {smith} said no."
    assert (
        masked("I asked Karen Smith.", "And my adviser Karen said no.")[1]
        == f"And my adviser [adviser {karen} said no."
    )
    assert masked("And Karen said no.", extra=("Karen Smith",)) == [f"And [person {smith} said no."]
    two = masked("I asked Karen Smith.", "I asked Karen Jones.", "And Karen said no.")
    assert two[2] == f"And [person {karen} said no."


def test_what_a_corpus_lists_holds_in_both_profiles_in_any_case_and_possessive(spec: CorpusSpec, vault: Vault) -> None:
    listed = CorpusSpec(
        spec.folder,
        "invented",
        (),
        extra_names=("Quilliam Tarn",),
        extra_places=("Leeds", "Fennimore Reach"),
        keep_words=("Karen", "Work Star"),
    )
    text = (
        "quilliam's job, QUILLIAM TARN'S desk, in Leeds and fennimore reach; Work Star; Karen's desk, my adviser KAREN."
    )
    [document] = deidentify([a_raw_document(text, prompt="Was Quilliam kind?")], spec=listed, vault=vault).documents
    tarn = vault.surrogate("person", "person", "quilliam tarn")
    leeds = vault.surrogate("town in West Yorkshire", "location", "leeds")
    reach = vault.surrogate("place", "location", "fennimore reach")
    assert document.text == (
        f"{tarn}'s job, {tarn}'S desk, in {leeds} and {reach}; Work Star; Karen's desk, my adviser KAREN."
    )
    assert document.release_replacements == ()
    alone = vault.surrogate("person", "person", "quilliam")
    assert document.prompt == f"Was {alone} kind?"


def test_threads_done_in_several_batches_come_out_as_in_one(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [a_raw_document(f"Ask {name}.", document_key=name, thread=name) for name in ("Karen", "Zebedee")]
    at_once = deidentify(texts, spec=spec, vault=vault)
    monkeypatch.setattr("themes.deidentify.document.BETWEEN_TESTS", 1)
    assert deidentify(texts, spec=spec, vault=vault) == at_once


def test_closed_answers_questions_and_speakers_are_kept_by_both_profiles(spec: CorpusSpec, vault: Vault) -> None:
    told = {"provider": "Ingeus", "with Seetec since": "good", "region": "Wales"}
    raw = a_raw_document("Fine.", prompt="Was Ingeus kind?", speaker="Ingeus adviser", attributes=told)
    made = deidentify([raw], spec=spec, vault=vault)
    (case,), (document,) = made.cases, made.documents
    assert case.attributes == told
    assert list(case.released) == ["provider=Ingeus", "with Seetec since=good"]
    assert "Ingeus" not in case.released["provider=Ingeus"]
    assert "Seetec" not in case.released["with Seetec since=good"]
    assert (document.prompt, document.speaker) == ("Was Ingeus kind?", "Ingeus adviser")
    assert "Ingeus" not in f"{document.released_prompt}{document.released_speaker}"
    assert document.released_prompt


def test_whom_a_second_reading_names_is_looked_for_in_the_whole_thread(spec: CorpusSpec, vault: Vault) -> None:
    def named(words: str, text: str) -> list[Finding]:
        at = text.find(words)
        return (
            [Finding(Span(at, at + len(words)), "PERSON", IdentifierKind.DIRECT, 1.0, "corrected")] if at >= 0 else []
        )

    def find(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        """Zibbet where Karen is told, and once her name is gone Quorlan, who stands beside her."""
        told = [d.text for d in documents]
        return [named("zibbet", t) or (named("quorlan", t) if "and quorlan" in t else []) for t in told]

    texts = ("then zibbet and quorlan came", "no, quorlan was off")
    documents = [a_raw_document(text, document_key=f"d{i}", thread="t") for i, text in enumerate(texts)]
    made = deidentify(documents, spec=spec, vault=vault, recognizers={**RECOGNIZERS, "test": find}).documents
    assert [len(d.replacements) for d in made] == [2, 1]
    assert not any("quorlan" in d.text or "zibbet" in d.text for d in made)


def test_whom_only_a_second_reading_names_is_looked_for_in_the_whole_thread(spec: CorpusSpec, vault: Vault) -> None:
    def named_one_by_one(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        """Finds Zebedee only in a text in which Quilla stands no longer."""
        answers = []
        for document in documents:
            name = next((name for name in ("Quilla", "Zebedee") if name in document.text), None)
            at = document.text.index(name) if name else 0
            span = Span(at, at + len(name or ""))
            found = [Finding(span, "PERSON", IdentifierKind.DIRECT, 1.0, "known-name")]
            answers.append(found if name else [])
        return answers

    texts = ("Quilla and Zebedee rang.", "And zebedee shouted.")
    raw = [a_raw_document(t, document_key=str(n), thread="1", case_key=str(n)) for n, t in enumerate(texts)]
    result = deidentify(raw, spec=spec, vault=vault, recognizers={"one by one": named_one_by_one})
    assert "ebedee" not in " ".join(document.text for document in result.documents)
