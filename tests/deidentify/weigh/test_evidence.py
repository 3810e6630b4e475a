from themes.deidentify.weigh.bundles import features_of
from themes.deidentify.weigh.evidence import look, rule_bundles, tagger_bundles, text_bundles, votes_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def said(text: str, words: str, recognizer: str, score: float = 1.0, label: str = "PERSON") -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def test_a_word_of_a_kept_name_knows_its_group() -> None:
    assert look("Mind and Cameron").kept == ["charities", "", "people+s"]


def test_every_word_has_as_many_bundles_and_hears_three_words_to_either_side() -> None:
    bundles = list(text_bundles(look("a b c d e f g h")))
    assert {len(each) for each in bundles} == {14}
    near = {key[1]: key[0].written for kind, key in bundles[4] if kind == "near"}
    assert near == {-3: "b", -2: "c", -1: "d", 1: "f", 2: "g", 3: "h"}


def test_votes_are_the_best_scores_by_word() -> None:
    text = "Zibbet Quill came"
    hints = [said(text, "Quill", "own-tagger", score, "person") for score in (0.3, 0.1)]
    others = [said(text, "Zibbet Quill", "spacy"), said(text, "came", "unit", 0.9, "BRANCH")]
    votes = votes_of(look(text), [*hints, *others])
    assert votes == [
        {"spacy": 1.0}, {"spacy": 1.0, "spacy inside": 1.0, "own-tagger person": 0.3}, {"unit BRANCH": 0.9},
    ]  # fmt: skip


def test_rules_are_heard_apart_from_taggers_and_strangers() -> None:
    text = "Zibbet came"
    findings = [said(text, "Zibbet", name, 0.7) for name in ("name-context", "known-name", "presidio")]
    findings.append(said(text, "Zibbet", "own-tagger", 0.7, "person"))
    seen = look(text)
    votes = votes_of(seen, findings)
    rules = [key[0] for ((_, key),) in rule_bundles(seen, votes)]
    assert rules == [(("name-context", 0.7),), ()]
    tags = [dict(bundles)["own person"] for bundles in tagger_bundles(seen, votes)]
    assert [(tag[:3], tag[5]) for tag in tags] == [((-4, 1, -4), True), ((1, -4, -4), False)]


def test_only_near_words_bring_their_vector_along() -> None:
    bundles = next(iter(text_bundles(look("Jo and Al went"))))
    brought = {(kind, offset) for kind, key in bundles for _, form, offset in [features_of((kind, key))] if form}
    assert brought == {("own", 0), ("near", 1)}
