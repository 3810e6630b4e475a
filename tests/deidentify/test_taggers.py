import shutil
from pathlib import Path

import pytest

from builders import a_raw_document
from themes import language, models
from themes.deidentify import rampart
from themes.deidentify.doubt import doubtful_stretches
from themes.deidentify.findings import details_of
from themes.deidentify.rampart import find_with_rampart
from themes.deidentify.singled_out import find_singled_out
from themes.deidentify.tagger import find_entities
from themes.deidentify.words import sentences_of
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


def test_rampart_finds_them_in_small_letters_and_in_batches() -> None:
    texts = ["it was long. " * n + "yesterday i met margaret wainwright there." for n in (0, 40, 3, 80)]
    answers = find_with_rampart([a_raw_document(text) for text in texts], stretches_of=everything)
    for text, answer in zip(texts, answers, strict=True):
        sure = {(f.label, f.span.of(text)) for f in answer if f.recognizer == "rampart"}
        assert sure == {("PERSON", "margaret wainwright")}
        hinted = {f.span.of(text) for f in answer if f.recognizer == "rampart-hint" and f.score > 0.5}
        assert hinted == {"margaret", "wai", "n", "wr", "ight"}


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("0808 800 4444", []),
        ("0345 608 8545", []),
        ("0800-328-5644", []),
        ("0808 800 4444, 07700 900456", ["07700 900456"]),
        ("07700 900456", ["07700 900456"]),
    ],
)
def test_rampart_leaves_helplines_alone(spec: CorpusSpec, number: str, left: list[str]) -> None:
    document = a_raw_document(f"ring quenna at shelter on {number} now")
    assert ("PERSON", "quenna") in found(document.text, find_with_rampart([document]))
    [details] = details_of([document], spec=spec)
    assert [f.span.of(document.text) for f in details if f.label == "PHONE"] == left


def test_what_is_tagged_does_not_hang_on_what_stands_beside() -> None:
    texts = [f"Then {name} went to see Margaret. " * n for n, name in enumerate(("Brenda", "Zibbet", "Ali", "Wren"), 1)]
    documents = [a_raw_document(text) for text in texts]
    for tag in (find_with_rampart, find_entities):
        together = tag(documents, stretches_of=everything)
        assert together == [tag([document], stretches_of=everything)[0] for document in documents]


def test_nothing_to_tag_gives_nothing() -> None:
    assert language.entities([]) == []
    assert find_with_rampart([a_raw_document("it was fine.")]) == [[]]
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


def test_the_only_one_of_a_kind_is_singled_out() -> None:
    text = "I was the only deaf man in the office. Here the only thing in the box was a form."
    assert found(text, find_singled_out([a_raw_document(text)])) == {("DEMOG", "the only deaf man in the office")}


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Models are loaded anew, so that a setting counts."""
    for cached in (rampart._model, language._entity_pipeline):
        cached.cache_clear()
    return monkeypatch


def a_copy(tmp_path: Path) -> Path:
    folder = tmp_path / "rampart"
    shutil.copytree(models.rampart(), folder)
    return folder


def test_a_damaged_tagger_is_refused(fresh: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    (folder / "onnx" / "model_q4.onnx").write_bytes(b"nothing")
    fresh.setenv("THEMES_RAMPART_MODEL", str(folder))
    with pytest.raises(ModelError, match="could not be loaded"):
        find_with_rampart([a_raw_document("Ask Brenda.")], stretches_of=everything)
    (folder / "onnx" / "model_q4.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match="missing or empty"):
        find_with_rampart([a_raw_document("Ask Brenda.")], stretches_of=everything)
    rampart._model.cache_clear()


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
