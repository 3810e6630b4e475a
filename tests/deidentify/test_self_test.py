import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from themes.deidentify import self_test as testing
from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.recognize.names import find_names
from themes.deidentify.self_test import BETWEEN_TESTS, CANARIES, TOGETHER, canary, self_test, self_test_when_due
from themes.errors import ModelError, ProtectionError
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec


class Counted:
    """The recogniser of names, counting how often it is asked; finds nothing once it is dead."""

    def __init__(self) -> None:
        self.asked = 0
        self.dead = False

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        self.asked += 1
        return [[] for _ in documents] if self.dead else find_names(documents)


def test_a_self_test_is_due_at_the_start_and_every_thousand_documents() -> None:
    names = Counted()
    asked = []
    for after in (0, 0, BETWEEN_TESTS - 1, 1, BETWEEN_TESTS - 1, 3000):
        self_test_when_due({"names": names}, after=after)
        asked.append(names.asked)
    assert asked == [1, 1, 1, 2, 2, 3]


def test_other_recognisers_are_tested_before_they_look_at_anything() -> None:
    names, others = Counted(), Counted()
    for recognizers in ({"names": names}, {"names": others}, {"names": names}):
        self_test_when_due(recognizers)
    assert (names.asked, others.asked) == (2, 1)


def test_one_that_failed_is_not_taken_for_tested() -> None:
    names = Counted()
    self_test_when_due({"names": names})
    names.dead = True
    for after in (BETWEEN_TESTS, 0):
        with pytest.raises(ProtectionError, match="'names' missed 1 of 1"):
            self_test_when_due({"names": names}, after=after)


def test_the_catalog_passes() -> None:
    self_test_when_due(RECOGNIZERS)


def test_asking_whether_a_test_is_due_counts_for_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "BETWEEN_TESTS", 2)
    names = Counted()
    for _ in range(4):
        self_test_when_due({"names": names})
    assert names.asked == 1


def test_a_canary_is_a_comment_by_zebedee_wren_and_holds_each_detail_once() -> None:
    assert canary("It rained.") == RawDocument(
        SourceRef("self-test", ""),
        DocumentKind.COMMENT,
        "It rained.",
        case_key="self-test",
        document_key="It rained.",
        thread="self-test",
        author="Zebedee Wren",
    )
    told = [(text.count(each), TOGETHER.count(each)) for text, details in CANARIES.values() for each in details]
    assert told == [(1, 1)] * len(told)


def knows_all(documents: Sequence[RawDocument]) -> list[list[Finding]]:
    """A recogniser that finds each detail of each canary."""
    details = [detail for _, details in CANARIES.values() for detail in details]
    return [[a_finding(d.text, detail) for detail in details if detail in d.text] for d in documents]


def a_finding(text: str, detail: str, *, short_by: int = 0) -> Finding:
    start = text.index(detail)
    return Finding(Span(start, start + len(detail) - short_by), "PHONE", IdentifierKind.DIRECT, 1.0, "planted")


def test_a_recogniser_without_a_canary_is_asked_about_everybodys() -> None:
    seen: list[str] = []

    def own(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        seen.extend(document.text for document in documents)
        return [[] for _ in documents]

    self_test({"own": own})
    assert seen == [TOGETHER]


def test_whoever_fails_the_self_test_is_named() -> None:
    def broken(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        raise RecursionError("Zebedee")

    def gone(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        raise ModelError("The model is gone.")

    with pytest.raises(ProtectionError, match=r"'own' failed in the self-test \(RecursionError\)"):
        self_test({"own": broken})
    with pytest.raises(ModelError, match="The model is gone"):
        self_test({"own": gone})
    with pytest.raises(ProtectionError, match="'own' gave 0 answers for one document"):
        self_test({"own": lambda _: []})
    with pytest.raises(ProtectionError, match="'patterns' missed 2 of 2 details"):
        self_test({"patterns": lambda _: [[]]})
    with pytest.raises(ProtectionError, match="There is no recogniser"):
        self_test({})


def test_one_that_takes_too_long_for_its_canary_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            time.sleep(0.01)
        return [[] for _ in documents]

    monkeypatch.setattr(testing, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(ProtectionError, match=r"'own' failed in the self-test \(TimeoutError\)"):
        self_test({"own": slow})


@pytest.mark.parametrize("besides", [{}, {"own": lambda documents: [[] for _ in documents]}])
def test_all_of_the_catalog_together_must_find_what_each_finds(
    monkeypatch: pytest.MonkeyPatch, besides: dict[str, Recognizer]
) -> None:
    everybody = {**dict.fromkeys(CANARIES, knows_all), **besides}
    calls, lost = [], ""

    def details_of(
        documents: Sequence[RawDocument], *, spec: CorpusSpec, recognizers: Mapping[str, Recognizer]
    ) -> list[list[Finding]]:
        calls.append((documents, spec, recognizers))
        text, found = documents[0].text, knows_all(documents)[0]
        cut = [a_finding(text, lost, short_by=1)] if lost else []
        return [[finding for finding in found if finding.span.of(text) != lost] + cut]

    monkeypatch.setattr(testing, "details_of", details_of)
    self_test(everybody)
    assert calls == [([canary(TOGETHER)], CorpusSpec(Path(), "self-test", ()), everybody)]
    lost = "Kurdish"  # but for its last letter
    with pytest.raises(ProtectionError, match="'origins' finds in the self-test is lost when all are combined"):
        self_test(everybody)
    self_test({name: each for name, each in everybody.items() if name != "births"})
    assert len(calls) == 2


def test_what_takes_long_to_load_and_then_answers_in_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = [0.3, 0.0, 0.0]

    def slow_to_load(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        time.sleep(waits.pop(0))
        return find_names(documents)

    monkeypatch.setattr(testing, "PATIENCE_SECONDS", 0.2)
    self_test({"names": slow_to_load})
    assert waits == [0.0]  # asked once more, now that it was loaded
    self_test({"names": slow_to_load})
    waits[:] = [0.3]
    with pytest.raises(ProtectionError, match=r"'names' failed in the self-test \(TimeoutError\)"):
        self_test({"names": slow_to_load})  # nothing is left to load: it is slow


def test_what_never_comes_to_an_end_of_loading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(testing, "LOADING_SECONDS", 0.05)
    with pytest.raises(ProtectionError, match=r"'own' failed in the self-test \(TimeoutError\)"):
        self_test({"own": endless})


def test_all_together_must_be_in_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*_: object, **__: object) -> list[list[Finding]]:
        while True:
            time.sleep(0.01)

    everybody = dict.fromkeys(CANARIES, knows_all)
    monkeypatch.setattr(testing, "details_of", endless)
    monkeypatch.setattr(testing, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(testing, "LOADING_SECONDS", 0.05)
    with pytest.raises(ProtectionError, match="All recognisers together took more than"):
        self_test(everybody)
