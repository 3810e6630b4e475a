import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from builders import a_raw_document
from themes.clean.document import clean
from themes.deidentify import self_test
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.document import deidentify
from themes.deidentify.presidio import LABELS, as_presidio, from_presidio, no_nlp
from themes.deidentify.replace.policy import labels
from themes.deidentify.vault.vault import Vault
from themes.errors import ProtectionError, WrongUse
from themes.records.corpus import Quarantined
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec

presidio = pytest.importorskip(
    "presidio_analyzer", reason="presidio-analyzer is not installed: `make setup`, or the extra `presidio`"
)


def a_card_recognizer(**fields: object) -> object:
    form = presidio.Pattern("library card", r"\bL-[a-z]+-\d\d\b", 0.9)
    return presidio.PatternRecognizer("LIBRARY_CARD", name="cards", patterns=[form], **fields)


class Pointing(presidio.EntityRecognizer):
    """Gives one result, whatever the text."""

    def __init__(self, result: object) -> None:
        self.result = result
        super().__init__([result.entity_type])

    def load(self) -> None: ...

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[object]:
        return [self.result]


def an_analyzer(*recognizers: object) -> object:
    registry = presidio.RecognizerRegistry(recognizers=list(recognizers))
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=no_nlp())


def found(analyzer: object, text: str, **asked: object) -> list[tuple[str, str]]:
    results = analyzer.analyze(text, language="en", **asked)
    return [(result.entity_type, text[result.start : result.end]) for result in sorted(results, key=lambda r: r.start)]


def test_a_pattern_of_presidio_masks_with_ours(spec: CorpusSpec, vault: Vault) -> None:
    cards = {**RECOGNIZERS, "cards": from_presidio(a_card_recognizer())}
    result = deidentify([a_raw_document("They asked for L-tray-42.")], spec=spec, vault=vault, recognizers=cards)
    assert [document.text for document in result.documents] == ["They asked for [detail]."]


def test_its_names_become_ours() -> None:
    document = a_raw_document("My number is AB 12 34 56 C, ring Zebedee.")
    number = from_presidio(presidio.predefined_recognizers.UkNinoRecognizer())
    person = from_presidio(Pointing(presidio.RecognizerResult("PERSON", 33, 40, 1.5)))
    [[said]] = number([document])
    assert (said.label, said.kind, said.score, said.recognizer) == (
        "NINO",
        IdentifierKind.DIRECT,
        0.5,
        "presidio UkNinoRecognizer",
    )
    assert said.span.of(document.text).strip() == "AB 12 34 56 C"
    assert person([document, document])[1] == [
        Finding(Span(33, 40), "PERSON", IdentifierKind.DIRECT, 1.0, "presidio Pointing")
    ]


def test_one_that_reads_entities_is_given_an_engine() -> None:
    seen = []

    class Reading(Pointing):
        def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[object]:
            seen.append(nlp_artifacts is not None)
            return []

    reading = Reading(presidio.RecognizerResult("PERSON", 0, 1, 1))
    for engine in (None, no_nlp()):
        assert from_presidio(reading, nlp=engine)([a_raw_document()]) == [[]]
    assert seen == [False, True]


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (0, 16)])
def test_one_that_points_outside_of_a_text_is_refused(span: tuple[int, int]) -> None:
    pointing = from_presidio(Pointing(presidio.RecognizerResult("PERSON", *span, 1)))
    with pytest.raises(ProtectionError, match="Pointing points outside"):
        pointing([a_raw_document("They were kind.")])


def test_one_for_another_language_is_refused() -> None:
    with pytest.raises(ProtectionError, match="cards is for 'cy'"):
        from_presidio(a_card_recognizer(supported_language="cy"))


class Tagging:
    """An NLP engine that is loaded when it is asked to be, and then tags these words as a person."""

    def __init__(self, *people: str) -> None:
        self.people, self.loaded = people, False

    def is_loaded(self) -> bool:
        return self.loaded

    def load(self) -> None:
        self.loaded = True

    def process_text(self, text: str, language: str) -> object:
        from presidio_analyzer.nlp_engine import NlpArtifacts

        starts = [(text.index(name), name) for name in self.people if self.loaded and name in text]
        tagged = [
            SimpleNamespace(label_="PERSON", start_char=start, end_char=start + len(name)) for start, name in starts
        ]
        return NlpArtifacts(tagged, [], [], [], self, language, scores=[0.85] * len(tagged))


def test_one_that_only_passes_on_tags_is_refused_without_an_engine_that_tags() -> None:
    for kind in ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer"):
        recognizer = getattr(presidio.predefined_recognizers, kind)()
        with pytest.raises(ProtectionError, match=f"{recognizer.name} only passes on .* none was given"):
            from_presidio(recognizer)
        for empty in (no_nlp(), Tagging()):
            with pytest.raises(ProtectionError, match="this one gives it nothing in a plain sentence"):
                from_presidio(recognizer, nlp=empty)


def test_one_that_passes_on_tags_does_so_with_an_engine_that_it_loads() -> None:
    spacy = from_presidio(presidio.predefined_recognizers.SpacyRecognizer(), nlp=Tagging("Mary Smith", "Zebedee"))
    [[said]] = spacy([a_raw_document("I met Zebedee.")])
    assert (said.label, said.span, said.recognizer) == ("PERSON", Span(6, 13), "presidio SpacyRecognizer")


def test_ours_work_in_its_analyzer_beside_its_own() -> None:
    text = "My adviser Zebedee wrote from Haworth to wren@example.com about L-tray-42. Atos did not."
    analyzer = an_analyzer(as_presidio(clean), a_card_recognizer())
    assert found(analyzer, text) == [
        ("PERSON", "Zebedee"),
        ("LOCATION", "Haworth"),
        ("EMAIL_ADDRESS", "wren@example.com"),
        ("LIBRARY_CARD", "L-tray-42"),
    ]
    assert found(analyzer, text, entities=["LOCATION"]) == [("LOCATION", "Haworth")]


def test_the_profile_decides_what_it_is_told() -> None:
    text = "Zebedee moved to Leeds."
    assert found(an_analyzer(as_presidio(clean)), text) == [("PERSON", "Zebedee")]
    assert found(an_analyzer(as_presidio(clean, profile="release")), text) == [
        ("PERSON", "Zebedee"),
        ("LOCATION", "Leeds"),
    ]
    with pytest.raises(WrongUse, match="no profile 'strict'"):
        as_presidio(clean, profile="strict")


def test_spans_are_in_the_text_as_given() -> None:
    text = "My ad\u200bviser Zebe\u200bdee rang."
    assert found(an_analyzer(as_presidio(clean)), text) == [("PERSON", "Zebe\u200bdee")]


@pytest.mark.parametrize("text", ["", " \u200b "])
def test_an_empty_text_holds_nothing(text: str) -> None:
    assert found(an_analyzer(as_presidio(clean)), text) == []


def test_a_text_that_cannot_be_cleaned_stops_the_analyzer() -> None:
    refusing = as_presidio(lambda raw: Quarantined(raw.source, "It is too long."))
    with pytest.raises(ProtectionError, match="cannot be read"):
        refusing.analyze("Ask Zebedee.", [])


def test_a_failing_recogniser_stops_the_analyzer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "_last", replace(self_test._last, recognizers=()))
    monkeypatch.setattr(self_test, "CANARIES", {**self_test.CANARIES, "names": ("It rained.", ("It rained.",))})
    with pytest.raises(ProtectionError, match="'names' missed 1 of 1"):
        as_presidio(clean)


def test_every_label_of_ours_is_announced_once() -> None:
    announced = as_presidio(clean).supported_entities
    assert len(set(announced)) == len(announced) == len(labels())
    assert {"PERSON", "UK_NINO", "BANK", "HOSPITAL"} <= set(announced)
    assert set(LABELS.values()) <= set(labels())


def test_no_engine_is_loaded_and_nothing_is_read() -> None:
    engine = no_nlp()
    engine.load()
    assert engine.is_loaded()
    assert (engine.get_supported_entities(), engine.get_supported_languages()) == ([], ["en"])
    assert [(text, read.lemmas) for text, read in engine.process_batch(["Zebedee"], "en")] == [("Zebedee", [])]
    assert not engine.is_stopword("the", "en")
    assert not engine.is_punct(".", "en")


def test_the_documented_example_works() -> None:
    page = (Path(__file__).parents[2] / "docs" / "developer.md").read_text(encoding="utf-8")
    [part] = re.findall(r"^## With Microsoft Presidio$(.*?)^## ", page, re.MULTILINE | re.DOTALL)
    made: dict[str, Any] = {}
    for code in re.findall(r"^```python\n(.*?)^```", part, re.MULTILINE | re.DOTALL):
        exec(code, made)
    assert {made["text"][result.start : result.end] for result in made["results"]} == {"Zebedee", "L1234567"}
    document = a_raw_document(made["text"])
    assert [finding.label for finding in made["recognizers"]["cards"]([document])[0]] == ["LIBRARY_CARD"]
