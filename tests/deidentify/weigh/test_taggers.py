from pathlib import Path

import pytest

from builders import a_raw_document
from themes import language
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.singled_out import find_singled_out
from themes.deidentify.weigh import own_tagger
from themes.deidentify.weigh.doubt import doubtful_stretches, stretches_with_doubtful_names
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.tagger import find_entities
from themes.deidentify.wording.words import sentences_of
from themes.errors import ModelError
from themes.records.privacy import Finding
from themes.records.span import Span
from themes.records.spec import CorpusSpec


def found(text: str, answers: list[list[Finding]]) -> set[tuple[str, str]]:
    return {(finding.label, finding.span.of(text)) for finding in answers[0]}


def everything(text: str) -> list[Span]:
    """All of a text in stretches that a tagger takes: no doubt asked."""
    return list(sentences_of(text))


def test_spacy_finds_people_and_places_wherever_they_stand() -> None:
    text = "It was long. " * 60 + "Then Margaret Wainwright went to Sheffield."
    answers = find_entities([a_raw_document(text)], stretches_of=everything)
    assert found(text, answers) == {("PERSON", "Margaret Wainwright"), ("LOCATION", "Sheffield")}


def test_our_own_tagger_finds_them_in_small_letters_and_in_batches() -> None:
    texts = ["it was long. " * n + "yesterday i met margaret wainwright there." for n in (0, 40, 3, 80)]
    answers = find_with_own_tagger([a_raw_document(text) for text in texts], stretches_of=everything)
    for text, answer in zip(texts, answers, strict=True):
        likely = {f.span.of(text) for f in answer if f.label == "person" and f.score > 0.8}
        assert likely == {"margaret", "wainwright"}


def test_words_that_are_glued_together_are_judged_apart() -> None:
    text = "so thanks.karen/the office,anyway"
    [answer] = find_with_own_tagger([a_raw_document(text)], stretches_of=everything)
    person = {f.span.of(text): f.score for f in answer if f.label == "person"}
    assert person["karen"] > 0.5
    assert max(person.get(word, 0.0) for word in ("so", "the", "office", "anyway")) < 0.2


def test_what_our_own_tagger_says_does_not_hang_on_capitals() -> None:
    text = "My adviser Gemma at the Ingeus office in Hull said I was the only blind joiner there."
    answers = find_with_own_tagger(
        [a_raw_document(t) for t in (text, text.lower(), text.upper())], stretches_of=everything
    )
    assert answers[0] == answers[1] == answers[2]
    likely = {(f.label, f.span.of(text)) for f in answers[0] if f.score > 0.8}
    assert {("person", "Gemma"), ("unit", "office"), ("singled", "blind")} <= likely


def test_what_is_tagged_does_not_hang_on_what_stands_beside() -> None:
    texts = [f"Then {name} went to see Margaret. " * n for n, name in enumerate(("Brenda", "Zibbet", "Ali", "Wren"), 1)]
    documents = [a_raw_document(text) for text in texts]
    for tag in (find_with_own_tagger, find_entities):
        together = tag(documents, stretches_of=everything)
        assert together == [tag([document], stretches_of=everything)[0] for document in documents]


def test_nothing_to_tag_gives_nothing() -> None:
    assert language.entities([]) == []
    assert find_with_own_tagger([a_raw_document("it was fine.")]) == [[]]
    assert find_entities([]) == []


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("They were late. It was fine.", []),
        ("I saw the DWP on Monday.", []),
        ("They were late. Sent by Oriel Pemble. It was fine.", ["Sent by Oriel Pemble. "]),
        ("My adviser Brenda Wainwright was kind.", []),  # a name beyond doubt
        ("sent by oriel pemble", ["sent by oriel pemble"]),
    ],
)
def test_only_what_is_in_doubt_is_tagged(text: str, stretches: list[str]) -> None:
    assert [span.of(text) for span in doubtful_stretches(text)] == stretches
    assert [span.of(text) for span in stretches_with_doubtful_names(text)] == stretches


def test_only_our_own_tagger_is_asked_what_singles_somebody_out() -> None:
    text = "I was the only deaf man in the office."
    assert [span.of(text) for span in doubtful_stretches(text)] == [text]
    assert stretches_with_doubtful_names(text) == ()


def test_the_only_one_of_a_kind_is_singled_out() -> None:
    text = "I was the only deaf man in the office. Here the only thing in the box was a form."
    assert found(text, find_singled_out([a_raw_document(text)])) == {("DEMOG", "the only deaf man in the office")}


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Models are loaded anew, so that a setting counts."""
    for cached in (own_tagger._model, language._entity_pipeline):
        cached.cache_clear()
    return monkeypatch


def test_a_pipeline_without_entities_is_refused(fresh: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "empty")
    fresh.setenv("THEMES_SPACY_MODEL", str(tmp_path / "empty"))
    with pytest.raises(ModelError, match="no entity recogniser"):
        language.entities(["Ask Brenda."])
    fresh.setenv("THEMES_SPACY_MODEL", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="could not be loaded"):
        language.entities(["Ask Brenda."])
    language._entity_pipeline.cache_clear()


def test_where_our_own_tagger_is_left_out_the_first_look_stands(spec: CorpusSpec) -> None:
    text = "Sent by Oriel Pemble."
    others = {name: find for name, find in RECOGNIZERS.items() if name != "own-tagger"}
    [details] = details_of([a_raw_document(text)], spec=spec, recognizers=others)
    assert " ".join(f.span.of(text) for f in details) == "Oriel Pemble"
