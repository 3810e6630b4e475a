from builders import a_raw_document
from themes.deidentify.combine import combined
from themes.deidentify.findings import details_of
from themes.deidentify.names import names_in
from themes.deidentify.singled_out import find_singled_out
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span
from themes.records.spec import CorpusSpec


def a_finding(text: str, words: str, label: str = "PERSON", score: float = 1.0, recognizer: str = "spacy") -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def found(text: str, *findings: Finding, keep_words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(f.label, f.span.of(text)) for f in combined(text, findings, keep_words=keep_words) if f.label != "ORG"]


def test_what_taggers_say_is_weighed_with_what_the_words_say() -> None:
    text = "we ate couscous there"
    assert found(text, a_finding(text, "couscous")) == []
    text = "then zibbet came"
    unsure = combined(text, [], tagged=())
    sure = combined(text, [a_finding(text, "zibbet", recognizer="rampart")], tagged=[Span(0, len(text))])
    assert (unsure, [f.span.of(text) for f in sure]) == ([], ["zibbet"])


def test_without_the_voters_they_were_trained_with_the_weights_say_nothing() -> None:
    text = "my adviser Brenda Bickerdike"
    assert [f.span.of(text) for f in combined(text, names_in(text))] == ["Brenda Bickerdike"]
    assert combined(text, names_in(text), weighed=False) == []


def test_a_tagger_is_heard_only_where_it_was_asked() -> None:
    text = "they sent oriel"
    tagger = a_finding(text, "oriel", recognizer="rampart", score=0.97)
    hint = a_finding(text, "oriel", recognizer="rampart-hint", score=0.97)
    assert found(text, tagger, hint) == []
    heard = combined(text, [tagger, hint], tagged=[Span(0, len(text))])
    assert [(f.label, f.span.of(text)) for f in heard] == [("PERSON", "oriel")]


def test_a_recogniser_from_elsewhere_is_believed() -> None:
    text = "then Zibbet came"
    assert found(text, a_finding(text, "Zibbet", recognizer="presidio")) == [("PERSON", "Zibbet")]


def test_titles_and_possessives_stay_outside() -> None:
    text = "Mrs Zibbet's dog"
    assert found(text, a_finding(text, "Mrs Zibbet's", recognizer="presidio")) == [("PERSON", "Zibbet")]


def test_a_name_found_once_is_found_in_all_of_the_text() -> None:
    text = "My boss Zibbet left. ZIBBET! zibbet's desk. Zibet again."
    named = a_finding(text, "Zibbet", recognizer="name-context")
    assert found(text, named) == [("PERSON", w) for w in ("Zibbet", "ZIBBET", "zibbet", "Zibet")]


def test_what_overlaps_goes_to_the_stronger_and_the_rest_stays_masked() -> None:
    text = "write to wren@example.com Tester"
    email = a_finding(text, "wren@example.com", "EMAIL", recognizer="patterns")
    person = a_finding(text, "wren@example.com Tester", recognizer="presidio")
    assert found(text, email, person) == [("EMAIL", "wren@example.com"), ("PERSON", "Tester")]


def test_what_is_kept_outweighs_the_taggers_but_not_a_known_name() -> None:
    text = "I saw Theresa May there"
    taggers = [a_finding(text, "Theresa May"), a_finding(text, "Theresa May", recognizer="rampart")]
    assert found(text, *taggers) == []
    assert found(text, *taggers, a_finding(text, "Theresa May", recognizer="known-name")) == [("PERSON", "Theresa May")]


def test_words_that_the_corpus_wants_kept_are_kept() -> None:
    text = "Zibbet and Zibbets"
    named = [a_finding(text, "Zibbet", recognizer="presidio"), a_finding(text, "Zibbets", recognizer="presidio")]
    assert found(text, *named, keep_words=("zibbet",)) == [("PERSON", "Zibbets")]


def test_names_and_places_of_the_corpus_are_found(spec: CorpusSpec) -> None:
    listed = CorpusSpec(spec.folder, "invented", (), extra_names=("Quill Unit",), extra_places=("Leeds",))
    document = a_raw_document("at quill unit in Leeds")
    answer = details_of([document], spec=listed, recognizers={"singled_out": find_singled_out})[0]
    assert [(f.recognizer, f.span.of(document.text)) for f in answer] == [("listed", "quill unit"), ("listed", "Leeds")]


def test_a_surrogate_is_left_alone() -> None:
    text = "[adviser K7QX2] and [age 40–49] and [Ingeus office K7QX2] and [phone] and [date: May 2014]"
    assert found(text, a_finding(text, text, recognizer="presidio")) == [("PERSON", "and")] * 0
