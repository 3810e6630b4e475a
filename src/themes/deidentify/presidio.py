"""Between Microsoft Presidio and us: its recognisers used as ours, and ours used in its analyzer.

Needs the extra `presidio`. Examples are in docs/developer.md. Presidio's own recognisers look for the list of domain
endings on the net when they meet an email or web address: keep to ours for those.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.findings import details_of
from themes.deidentify.lines import given_span
from themes.deidentify.replace.policy import Action, action_for, checked_profile, labels, rule_for
from themes.deidentify.self_test import self_test_when_due
from themes.errors import ProtectionError
from themes.records.corpus import DocumentKind, Empty, Quarantined, SourceRef
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, RecognizerResult
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

LABELS = {
    "PERSON": "PERSON",
    "LOCATION": "LOCATION",
    "ORGANIZATION": "ORG",
    "NRP": "DEMOG",
    "AGE": "AGE",
    "DATE_TIME": "DATE",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "URL": "URL",
    "IP_ADDRESS": "IP",
    "UK_NINO": "NINO",
    "UK_NHS": "NHS_NUMBER",
    "UK_POSTCODE": "POSTCODE",
    "UK_VEHICLE_REGISTRATION": "VEHICLE",
    "UK_PASSPORT": "CASE_REF",
    "UK_DRIVING_LICENCE": "CASE_REF",
    "CREDIT_CARD": "BANK",
    "IBAN_CODE": "BANK",
}
"""Presidio's name of a kind, and ours. What is not here keeps its name: policy.toml has no row for it, so it is
masked."""
SHARED = {"CREDIT_CARD", "IBAN_CODE", "UK_PASSPORT", "UK_DRIVING_LICENCE"}
"""Kinds of Presidio that we do not tell apart: ours keep our name there."""
ENTITIES = {ours: theirs for theirs, ours in LABELS.items() if theirs not in SHARED}

CANARY = "On 4 March 2019 Mary Smith, a French nurse, left London for the Red Cross in Spain."
"""A person, places, a nationality, an organisation and a date: whoever passes on what a model of English finds gives
some of them."""

Clean = Callable[[RawDocument], RawDocument | Quarantined | Empty]


def from_presidio(recognizer: "EntityRecognizer", *, nlp: "NlpEngine | None" = None) -> Recognizer:
    """One of Presidio's recognisers as one of ours, for the catalog or the `recognizers` of `deidentify`.

    A kind with a form of its own counts from a score of .5 on, as with ours; names and places are weighed with what
    the others say. Context words, by which Presidio raises a score, are its analyzer's business and do not count.

    Args:
        recognizer: For English.
        nlp: What tags the text for it; needed by those that read an NLP engine's entities, by no other. It is loaded
            if it is not.

    Raises:
        ProtectionError: If it is for another language, or only passes on what an NLP engine finds and `nlp` is missing
        or gives it nothing in a plain sentence. When called: if it points outside of the text.
    """
    if recognizer.supported_language != "en":
        raise ProtectionError(
            f"Presidio's recogniser {recognizer.name} is for '{recognizer.supported_language}', and only English is "
            f"read so far. Give it `supported_language='en'`."
        )
    _refuse_without_tags(recognizer, nlp)

    def find(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        return [list(_found(recognizer, document.text, nlp)) for document in documents]

    return find


def as_presidio(clean: Clean, *, profile: str = "coding") -> "EntityRecognizer":
    """All our recognisers and their verdict as one of Presidio's, for the registry of an `AnalyzerEngine`.

    Its results are what the profile masks or makes vaguer, spans in the text as given, under Presidio's names where it
    has one (`LABELS`). A self-test runs when it is loaded and every 1,000 texts.

    Args:
        clean: The cleaning stage, `themes.clean.document.clean`.
        profile: "coding" or "release".

    Raises:
        WrongUse: If there is no such profile.
        ProtectionError, ModelError: If the self-test fails, also when called. When called: if a text cannot be cleaned.
    """
    from presidio_analyzer import EntityRecognizer, RecognizerResult

    checked_profile(profile)

    class ThemesRecognizer(EntityRecognizer):  # type: ignore[misc]  # an extra: here without types
        """Personal details in informal UK English."""

        def load(self) -> None:
            self_test_when_due()

        def analyze(
            self, text: str, entities: list[str] | None, nlp_artifacts: "NlpArtifacts | None" = None
        ) -> "list[RecognizerResult]":
            found = [(_entity(finding.label), finding) for finding in _details(text, clean, profile)]
            return [
                RecognizerResult(entity, finding.span.start, finding.span.end, finding.score)
                for entity, finding in found
                if not entities or entity in entities
            ]

    return ThemesRecognizer([_entity(label) for label in labels()], name="themes", supported_language="en")


def no_nlp() -> "NlpEngine":
    """An NLP engine that reads nothing, for an analyzer whose recognisers need none.

    Without one, Presidio's analyzer loads a large model of its own, which it fetches where it is missing.
    """
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class NoNlp(NlpEngine):  # type: ignore[misc]  # an extra: here without types
        """Finds no words and no entities."""

        def load(self) -> None: ...

        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> NlpArtifacts:
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(
            self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **_: Any
        ) -> Iterator[tuple[str, NlpArtifacts]]:
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return ["en"]

    return NoNlp()


def _refuse_without_tags(recognizer: "EntityRecognizer", nlp: "NlpEngine | None") -> None:
    """Presidio's own recognisers of names only pass on what an NLP engine found; without one they find nothing, and
    raise nothing."""
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    if nlp is not None and not nlp.is_loaded():
        nlp.load()
    if not isinstance(recognizer, SpacyRecognizer):  # those of Stanza and of transformers are such, too
        return
    if nlp is None or not any(_found(recognizer, CANARY, nlp)):
        found = "and none was given" if nlp is None else "and this one gives it nothing in a plain sentence"
        raise ProtectionError(
            f"Presidio's recogniser {recognizer.name} only passes on what an NLP engine finds, {found}: names would "
            f"stay. Call `from_presidio(…, nlp=engine)` with an engine that has a model of English names, or leave "
            f"the recogniser out: ours need none."
        )


def _found(recognizer: "EntityRecognizer", text: str, nlp: "NlpEngine | None") -> Iterator[Finding]:
    artifacts = nlp.process_text(text, recognizer.supported_language) if nlp else None
    for result in recognizer.analyze(text, recognizer.supported_entities, artifacts) or ():
        if not 0 <= result.start < result.end <= len(text):
            raise ProtectionError(
                f"Presidio's recogniser {recognizer.name} points outside of a text: what it finds would stay. Repair "
                f"it, or leave it out."
            )
        label = LABELS.get(result.entity_type, result.entity_type)
        score = min(1.0, max(0.0, float(result.score)))
        yield Finding(Span(result.start, result.end), label, rule_for(label).kind, score, f"presidio {recognizer.name}")


def _entity(label: str) -> str:
    return ENTITIES.get(label, label)


def _details(text: str, clean: Clean, profile: str) -> Iterator[Finding]:
    given = RawDocument(
        SourceRef("presidio"), DocumentKind.COMMENT, text, case_key="", document_key="", thread="presidio"
    )
    cleaned = clean(given)
    if isinstance(cleaned, Quarantined):
        raise ProtectionError(f"A text that Presidio passed on cannot be read. {cleaned.reason}")
    if isinstance(cleaned, Empty):
        return
    found = details_of([cleaned], spec=CorpusSpec(Path(), "presidio", ()), recognizers=RECOGNIZERS)[0]
    self_test_when_due(after=1)
    for finding in found:
        if action_for(finding.label, finding.span.of(cleaned.text), profile) is not Action.KEEP:
            span = given_span(finding.span, cleaned.offsets, len(text))
            yield Finding(span, finding.label, finding.kind, finding.score, finding.recognizer)
