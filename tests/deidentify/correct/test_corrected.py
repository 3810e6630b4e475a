"""What becomes of a text under the corrections in force, and whether that is held to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import a_document, a_raw_document
from themes.deidentify import document as fence
from themes.deidentify import rereading
from themes.deidentify.correct.corrected import Corrections, Said
from themes.deidentify.correct.corrections import ask, take_back
from themes.deidentify.correct.corrections_in_force import settle, take_up
from themes.deidentify.document import Deidentified, deidentify
from themes.deidentify.fingerprint import fingerprints
from themes.deidentify.vault.vault import Vault
from themes.errors import ProtectionError
from themes.records.corpus import Document, Quarantined, SourceRef
from themes.records.correction import Correction, CorrectionAction, Reach
from themes.records.privacy import Finding, IdentifierKind, Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
MASK, UNMASK = CorrectionAction.MASK, CorrectionAction.UNMASK


def finds_karen(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """A recogniser that knows one name, and takes "Zibbet" for one."""
    return [
        [
            Finding(Span(at, at + len(name)), "PERSON", IdentifierKind.DIRECT, 1.0, "karens")
            for name in ("Karen", "Zibbet", "Leeds Mill")
            for at in range(len(d.text))
            if d.text.startswith(name, at)
        ]
        for d in documents
    ]


class Corpus:
    """A few texts, made again and again under ever more corrections, by one recogniser that misses much."""

    def __init__(self, spec: CorpusSpec, vault: Vault, *texts: RawDocument) -> None:
        self.spec, self.vault, self.texts = spec, vault, list(texts)

    def made(self) -> Deidentified:
        settle(self.vault, self.texts, now=NOW)
        take_up(self.vault, now=NOW)
        return deidentify(self.texts, spec=self.spec, vault=self.vault, recognizers={"karens": finds_karen})

    def shown(self) -> list[str]:
        """The texts with "[PERSON]" for a surrogate."""
        return [_labelled(document) for document in self.made().documents]

    def corrected(self, number: int, words: str, action: CorrectionAction = MASK, **options: Any) -> Correction:
        """A correction of the first such words, as the analyst sees them, with "[PERSON]" for a surrogate."""
        document = self.made().documents[number]
        if words.startswith("["):
            (replaced,) = [r for r in document.replacements if f"[{r.label}]" == words][:1]
            start = document.text.index(replaced.surrogate)
            span = Span(start, start + len(replaced.surrogate))
        else:
            span = Span(document.text.index(words), document.text.index(words) + len(words))
        given = {"label": "PERSON" if action is MASK else "", "by": "A. Nalyst", "now": NOW, **options}
        return ask(self.vault, document, span, action, **given)


def _labelled(document: Document) -> str:
    text = document.text
    for replacement in document.replacements:
        text = text.replace(replacement.surrogate, f"[{replacement.label}]")
    return text


def written(text: str, key: str = "1", **fields: Any) -> RawDocument:
    return a_raw_document(text, **{"document_key": key, "case_key": key, "thread": "page", **fields})


def test_a_missed_name_is_masked_in_its_text_its_thread_and_the_corpus(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec,
        vault,
        written("Bronwen Price rang; Price was kind."),
        written("As bronwen says. The Price of it!", "2"),
        written("I met bronwen price, and Bronwen's cat.", "3", thread="other"),
        written("Price rises.", "4", thread="third"),
    )
    assert corpus.shown() == [text.text for text in corpus.texts]
    corpus.corrected(0, "Bronwen Price")
    assert corpus.shown() == [
        "[PERSON] rang; [PERSON] was kind.",
        "As [PERSON] says. The [PERSON] of it!",
        "I met [PERSON], and [PERSON]'s cat.",
        "Price rises.",
    ]


def test_everybody_who_is_named_so_has_one_surrogate_in_a_thread(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec, vault, written("Bronwen Price rang."), written("As Bronwen says.", "2", thread="other", author="Wren")
    )
    corpus.corrected(0, "Bronwen Price")
    first, second = corpus.made().documents
    tag = first.replacements[0].surrogate.split()[-1]
    assert second.replacements[0].surrogate.split()[-1] == tag


def test_a_name_that_is_an_everyday_word_is_masked_in_its_thread_alone(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec,
        vault,
        written("I met Summer there, last summer."),
        written("Did Summer come?", "2"),
        written("It was Summer.", "3", thread="other"),
    )
    corpus.corrected(0, "Summer")
    assert corpus.shown() == ["I met [PERSON] there, last summer.", "Did [PERSON] come?", "It was Summer."]


def test_what_describes_somebody_is_masked_there_and_in_copies_alone(spec: CorpusSpec, vault: Vault) -> None:
    text = "The only welder, a welder."
    corpus = Corpus(spec, vault, written(text), written("A welder.", "2"), written(text, "3"))
    corpus.corrected(0, "only welder", label="JOB")
    assert corpus.shown() == ["The [JOB], a welder.", "A welder.", "The [JOB], a welder."]


def test_a_number_is_masked_wherever_it_is_written_so(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Ring 01632 960123."), written("Call 01632\n960123!", "2", thread="other"))
    corpus.corrected(0, "01632 960123", label="PHONE")
    assert corpus.shown() == ["Ring [PHONE].", "Call [PHONE]!"]


def test_a_kind_that_the_policy_keeps_is_masked_where_somebody_says_so(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("They moved to Leeds in May 2014."), written("Near Leeds.", "2"))
    corpus.corrected(0, "Leeds", label="LOCATION")
    corpus.corrected(0, "May 2014", label="DATE")
    assert corpus.shown() == ["They moved to [LOCATION] in [DATE].", "Near [LOCATION]."]


def test_a_wrong_mask_goes_there_and_nowhere_else(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Zibbet springs. Zibbet rang."), written("Zibbet rang.", "2"))
    corpus.corrected(0, "[PERSON]", UNMASK)
    assert corpus.shown() == ["Zibbet springs. [PERSON] rang.", "[PERSON] rang."]


def test_a_word_is_kept_in_the_corpus_if_somebody_says_so_but_for_who_speaks(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec,
        vault,
        written("Zibbet springs."),
        written("Some zibbet: Zibbet rang.", "2", thread="other"),
        written("Zibbet rang.", "3", thread="third", author="Zibbet Quilliam"),
    )
    corpus.corrected(0, "[PERSON]", UNMASK, reach=Reach.CORPUS)
    assert corpus.shown() == ["Zibbet springs.", "Some zibbet: Zibbet rang.", "[PERSON] rang."]


def test_in_a_copy_the_name_of_somebody_who_speaks_there_stays_masked(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec,
        vault,
        written("Zibbet springs."),
        written("Zibbet springs.", "2", thread="other"),
        written("Zibbet springs.", "3", thread="third", author="Zibbet Quilliam"),
    )
    corpus.corrected(0, "[PERSON]", UNMASK)
    assert corpus.shown() == ["Zibbet springs.", "Zibbet springs.", "[PERSON] springs."]


def test_who_came_last_is_right(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Bronwen Zibbet rang Bronwen."), written("Bronwen?", "2", thread="other"))
    corpus.corrected(0, "[PERSON]", UNMASK)
    corpus.corrected(0, "Bronwen Zibbet", reach=Reach.HERE)
    assert corpus.shown() == ["[PERSON] rang Bronwen.", "Bronwen?"]
    corpus.corrected(0, "[PERSON]", UNMASK)
    assert corpus.shown() == ["Bronwen Zibbet rang Bronwen.", "Bronwen?"]
    corpus.corrected(0, "Bronwen")
    assert corpus.shown() == ["[PERSON] Zibbet rang [PERSON].", "[PERSON]?"]
    corpus.corrected(1, "[PERSON]", UNMASK, reach=Reach.CORPUS)
    assert corpus.shown() == ["[PERSON] Zibbet rang Bronwen.", "Bronwen?"]
    corpus.corrected(1, "Bronwen", reach=Reach.CORPUS)
    assert corpus.shown() == ["[PERSON] Zibbet rang [PERSON].", "[PERSON]?"]


def test_a_part_of_a_mask_may_be_marked_as_something_else(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("At Leeds Mill."))
    corpus.corrected(0, "[PERSON]", label="EMPLOYER")
    assert corpus.shown() == ["At [EMPLOYER]."]


def test_what_was_taken_back_is_as_before(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Bronwen rang."))
    correction = corpus.corrected(0, "Bronwen")
    assert corpus.shown() == ["[PERSON] rang."]
    take_back(vault, correction.number, by="A. Nalyst", now=NOW)
    assert corpus.shown() == ["Bronwen rang."]


def test_questions_and_closed_answers_are_corrected_too(spec: CorpusSpec, vault: Vault) -> None:
    text = written(
        "Zibbet springs. Bronwen rang.", prompt="What did Bronwen do?", attributes={"Where": "hope farm, Bronwen"}
    )
    corpus = Corpus(spec, vault, text)
    corpus.corrected(0, "Bronwen")
    corpus.corrected(0, "[PERSON]", UNMASK, reach=Reach.CORPUS)
    made = corpus.made()
    surrogate = made.documents[0].replacements[0].surrogate.casefold()
    assert (made.documents[0].prompt or "").casefold() == f"what did {surrogate} do?"
    assert "Bronwen" not in str(made.cases[0].attributes)


def test_the_log_says_that_a_person_found_it(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("The only welder rang."))
    corpus.corrected(0, "only welder", label="JOB")
    entries = [(entry.span, entry.label, entry.recognizer, entry.action) for entry in corpus.made().log]
    assert entries == [(Span(4, 15), "JOB", "corrected", "masked")] * 2  # in either profile


def test_a_changed_text_keeps_its_masks_and_tells_what_lost_its_place(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Zibbet springs, said the only welder."))
    corpus.corrected(0, "[PERSON]", UNMASK)
    corpus.corrected(0, "only welder", label="JOB")
    assert corpus.shown() == ["Zibbet springs, said the [JOB]."]
    corpus.texts = [written("Some Zibbet springs up, said the only welder.")]
    assert corpus.shown() == ["Some [PERSON] springs up, said the [JOB]."]
    assert Corrections(vault).lost(corpus.texts) == [1]
    corpus.texts = [written("Nobody said anything."), written("Zibbet.", "2")]
    assert corpus.shown() == ["Nobody said anything.", "[PERSON]."]
    assert Corrections(vault).lost(corpus.texts) == [1, 4]  # lines 2 and 3: the first was settled, and taken up
    assert Corrections(vault).lost(corpus.texts[1:]) == []


def test_a_text_in_which_a_correction_does_not_hold_is_kept_out(
    spec: CorpusSpec, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus(spec, vault, written("Bronwen rang."), written("It rained.", "2"))
    corpus.corrected(0, "Bronwen")
    monkeypatch.setattr(
        rereading, "surrogates", lambda text, findings, *_, **__: [finding.span.of(text) for finding in findings]
    )
    made = corpus.made()
    assert [document.text for document in made.documents] == ["It rained."]
    assert made.quarantined == [Quarantined(SourceRef("page.html", "comment 1"), fence.NOT_CORRECTED)]
    assert "Bronwen" not in fence.NOT_CORRECTED


def test_a_mask_that_covers_part_of_what_was_marked_does_not_hold() -> None:
    said = Said(masks=(Finding(Span(0, 13), "PERSON", IdentifierKind.DIRECT, 1.0, "corrected"),))
    text = "Bronwen Price rang."
    assert said.broken(text, [Replacement(Span(0, 7), "PERSON", "[person K7QX2M]")])
    both = [Replacement(Span(0, 7), "PERSON", "[person K7QX2M]"), Replacement(Span(8, 13), "PERSON", "[person C3DEF4]")]
    assert not said.broken(text, both)


def test_only_texts_that_a_correction_says_something_of_are_new_work(spec: CorpusSpec, vault: Vault) -> None:
    texts = [
        written("Bronwen rang."),
        written("It rained.", "2"),
        written("As Bronwen said.", "3", thread="other"),
        written("It snowed.", "4", thread="third"),
        written("It thawed.", "5", thread="fourth", attributes={"Keyworker": "Bronwen"}),
    ]
    corpus = Corpus(spec, vault, *texts)
    corpus.made()
    before = fingerprints(texts, spec=spec, vault=vault)
    correction = corpus.corrected(0, "Bronwen")
    assert fingerprints(texts, spec=spec, vault=vault) == before
    corpus.made()
    after = fingerprints(texts, spec=spec, vault=vault)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, False, False, True, False]
    backwards = fingerprints(texts[::-1], spec=spec, vault=vault)
    assert backwards[::-1] == after
    take_back(vault, correction.number, by="A", now=NOW)
    corpus.made()
    assert fingerprints(texts, spec=spec, vault=vault) == before


def test_earlier_runs_that_show_the_words_are_known(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(
        spec,
        vault,
        written("Bronwen rang the only welder."),
        written("The only welder.", "2"),
        written("As Bronwen said.", "3", thread="other"),
        written("Karen rang.", "4", thread="third"),
    )
    before = corpus.made().documents
    corpus.corrected(0, "Bronwen")
    corpus.corrected(1, "only welder", label="JOB")
    corpus.corrected(3, "[PERSON]", UNMASK)
    after = corpus.made().documents
    corrections = Corrections(vault)
    assert [corrections.shown_in(document) for document in before] == [True, True, True, False]
    assert [corrections.shown_in(document) for document in after] == [False, False, False, False]


def test_a_surrogate_that_says_such_words_shows_nothing(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Bronwen rang."))
    corpus.corrected(0, "Bronwen")
    corpus.made()
    surrogate = "[Bronwen office K7QX2M]"
    there = a_document("d9", f"At {surrogate}.", replacements=(Replacement(Span(3, 7), "BRANCH", surrogate),))
    assert not Corrections(vault).shown_in(there)


def test_words_that_are_kept_may_overlap_but_never_lift_who_speaks(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("alpha quorl, quorl gamma."))
    for words in ("alpha quorl", "quorl gamma"):
        corpus.corrected(0, words, label="EVENT")
        corpus.corrected(0, "[EVENT]", UNMASK, reach=Reach.CORPUS)
    corpus.made()
    corrections, there = Corrections(vault), written("Alpha Quorl Gamma", "2", thread="other")
    assert corrections.on(there, frozenset()).lifted == (Span(0, 17),)
    assert corrections.on(there, frozenset({"Quorl Wren"})).lifted == (Span(0, 6), Span(11, 17))


def test_what_is_left_of_a_mask_beside_words_that_are_none_has_letters_in_it() -> None:
    finding = Finding(Span(0, 7), "PERSON", IdentifierKind.DIRECT, 1.0, "karens")
    assert Said(lifted=(Span(0, 5),)).applied("Karen -, and", [finding]) == []


def test_without_corrections_nothing_is_said(spec: CorpusSpec, vault: Vault) -> None:
    corrections = Corrections(vault)
    said = corrections.on(written("Bronwen rang."), frozenset())
    assert (bool(corrections), len(corrections), said) == (False, 0, Said())
    findings = [Finding(Span(0, 7), "PERSON", IdentifierKind.DIRECT, 1.0, "karens")]
    assert said.applied("Bronwen rang.", findings) == findings


def test_a_name_that_was_marked_wins_over_a_kept_detail_that_covers_it(vault: Vault) -> None:
    text = "At Bronwen Mill Ltd."
    organisation = Finding(Span(3, 19), "ORG", IdentifierKind.QUASI, 0.9, "spacy")
    name = Finding(Span(3, 10), "PERSON", IdentifierKind.DIRECT, 1.0, "corrected")
    assert Said(names=(name,)).applied(text, [organisation]) == [
        name, Finding(Span(11, 19), "ORG", IdentifierKind.QUASI, 0.9, "spacy"),
    ]  # fmt: skip


def test_a_recogniser_that_fails_is_told_as_ever(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(spec, vault, written("Bronwen rang."))
    corpus.corrected(0, "Bronwen")
    corpus.made()
    with pytest.raises(ProtectionError):
        deidentify(corpus.texts, spec=spec, vault=vault, recognizers={})


def test_what_somebody_marks_wins_over_what_the_corpus_keeps(spec: CorpusSpec, vault: Vault) -> None:
    corpus = Corpus(replace(spec, keep_words=("Bronwen",)), vault, written("Bronwen rang."))
    corpus.corrected(0, "Bronwen")
    assert corpus.shown() == ["[PERSON] rang."]


def test_a_lift_over_any_part_of_a_withdrawn_name_never_counts(vault: Vault, spec: CorpusSpec) -> None:
    corpus = Corpus(spec, vault, written("So Karen Zibbet, and Leeds Mill."))
    corpus.corrected(0, "[PERSON]", UNMASK)
    assert corpus.shown() == ["So Karen Zibbet, and [PERSON]."]
    with vault.writing() as database:
        database.execute("INSERT INTO tombstones VALUES (?)", (vault.keyed("withdrawn name", "page\x1fkaren"),))
    assert corpus.shown() == ["So [PERSON], and [PERSON]."]
