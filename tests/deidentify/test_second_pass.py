import pytest

from builders import a_document, a_masked_document
from themes.deidentify.replace.policy import Action
from themes.deidentify.second_pass import second_pass, second_pass_of_words, severity_of
from themes.errors import ProtectionError
from themes.records.privacy import Finding, IdentifierKind
from themes.records.residual import Measure, Residual, Severity
from themes.records.span import Span

LEFT = a_masked_document(
    "d1",
    ("Karen", "PERSON", "[adviser K7QX2]"),
    " of ",
    ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
    " said to write to wren@example.com.",
)


def finds(word: str, label: str):
    """A recogniser that finds one word, wherever it stands."""

    def recognizer(documents):
        return [
            [
                Finding(Span(at, at + len(word)), label, IdentifierKind.DIRECT, 0.9, "planted")
                for at in [d.text.find(word)]
                if at >= 0
            ]
            for d in documents
        ]

    return {"planted": recognizer}


def test_what_was_missed_is_found_where_it_stands_in_the_released_text(spec):
    released = "[adviser K7QX2] of [organisation B5X2Y] said to write to wren@example.com."
    (found,) = second_pass([LEFT], spec=spec)
    assert found == Residual(
        Measure.SECOND_LOOK,
        "EMAIL",
        found.figure,
        Severity.HIGH,
        document_id="d1",
        case_id="c-d1",
        span=Span(released.index("wren@"), len(released) - 1),
    )
    assert found.figure >= 0.9


def test_surrogates_are_no_findings(spec):
    masked = a_masked_document("d1", "I met ", ("Brenda Wren", "PERSON", "[person K7QX2]"), " in the office.")
    assert second_pass([masked], spec=spec) == []


def test_what_the_release_profile_keeps_is_no_finding(spec):
    assert second_pass([a_document("d1", "The DWP wrote to me.")], spec=spec) == []


def test_what_the_policy_lets_the_release_show_is_no_finding(spec, monkeypatch):
    asked = []

    def keeps(label, words, profile):
        asked.append((label, words, profile))
        return Action.KEEP

    monkeypatch.setattr("themes.deidentify.second_pass.action_for", keeps)
    assert second_pass([a_document("d1", "Karen rang.")], spec=spec, recognizers=finds("Karen", "EMAIL")) == []
    assert asked == [("EMAIL", "Karen", "release")]


def test_each_document_is_read_as_it_is_released_in_a_thread_of_its_own(spec):
    seen = []

    def recognizer(documents):
        seen.extend((d.source, d.kind, d.text, d.case_key, d.document_key, d.thread) for d in documents)
        return [[] for _ in documents]

    documents = [a_document("d1", "It rained."), a_document("d2", "It snowed.")]
    assert second_pass(documents, spec=spec, recognizers={"planted": recognizer}) == []
    assert seen[-2:] == [
        (documents[0].source, documents[0].kind, "It rained.", "", "d1", "d1"),
        (documents[1].source, documents[1].kind, "It snowed.", "", "d2", "d2"),
    ]


@pytest.mark.parametrize(("word", "told"), [("(J)", 0), ("Jo", 1)])
def test_a_single_letter_is_a_scrap_and_two_are_none(spec, word, told):
    found = second_pass([a_document("d1", "Ask (J) or Jo.")], spec=spec, recognizers=finds(word, "EMAIL"))
    assert len(found) == told


@pytest.mark.parametrize(
    ("score", "kind", "severity"),
    [
        (0.7, IdentifierKind.DIRECT, Severity.HIGH),
        (0.69, IdentifierKind.DIRECT, Severity.MEDIUM),
        (0.9, IdentifierKind.QUASI, Severity.MEDIUM),
        (0.6, IdentifierKind.QUASI, Severity.LOW),
    ],
)
def test_a_sure_direct_detail_is_graver_than_a_doubtful_or_indirect_one(score, kind, severity):
    assert severity_of(Finding(Span(0, 1), "PERSON", kind, score, "planted")) is severity


def test_of_a_finding_that_begins_in_a_surrogate_the_part_outside_is_reported(spec):
    masked = a_masked_document("d1", "Old ", ("Karen", "PERSON", "[person K7QX2]"), " Wimbush rang.")
    found = second_pass([masked], spec=spec, recognizers=finds("it] Wimbush", "PERSON"))
    assert [f.span.of("Old [person K7QX2] Wimbush rang.").strip() for f in found] == ["Wimbush"]


def test_a_finding_within_a_surrogate_is_none(spec):
    masked = a_masked_document("d1", ("Karen", "PERSON", "[person K7QX2]"), " rang.")
    assert second_pass([masked], spec=spec, recognizers=finds("it", "PERSON")) == []


def test_a_recogniser_that_sees_nothing_does_not_make_texts_look_safe(spec):
    from themes.deidentify.catalog import RECOGNIZERS

    blind = {**RECOGNIZERS, "patterns": lambda documents: [[] for _ in documents]}
    with pytest.raises(ProtectionError, match="patterns"):
        second_pass([LEFT], spec=spec, recognizers=blind)


def test_the_score_is_told_to_three_places(spec):
    found = Finding(Span(0, 5), "EMAIL", IdentifierKind.DIRECT, 0.98765, "planted")
    (told,) = second_pass([a_document("d1", "Karen rang.")], spec=spec, recognizers={"planted": lambda _: [[found]]})
    assert told.figure == 0.988


def test_no_documents_give_nothing(spec):
    assert second_pass([], spec=spec) == []


def test_what_is_left_in_words_that_are_shown_is_told_by_column_and_never_by_word(spec):
    words = {
        "adviser": {"Zebedee Wren, 07700 900123", "Ring 01632 960123"},
        "region": {"Wales", "[town in Kent K7QX2]"},
    }
    found = second_pass_of_words(words, spec=spec)
    assert ("adviser", "PHONE", Severity.HIGH) in {(f.column, f.kind, f.severity) for f in found}
    assert {f.column for f in found} == {"adviser"}
    assert [f.kind for f in found].count("PHONE") == 1  # one for the column, however many answers
    assert {(f.document_id, f.case_id, f.span) for f in found} == {("", "", None)}


def test_of_a_kind_in_a_column_the_surest_is_told(spec):
    def recognizer(documents):
        scores = {"Jo": 0.55, "Flo": 0.95}
        return [
            [Finding(Span(0, len(d.text)), "EMAIL", IdentifierKind.DIRECT, scores[d.text], "planted")]
            if d.text in scores
            else []
            for d in documents
        ]

    (found,) = second_pass_of_words({"who": {"Jo", "Flo"}}, spec=spec, recognizers={"planted": recognizer})
    assert (found.figure, found.severity, found.column) == (0.95, Severity.HIGH, "who")


def test_the_name_of_a_column_is_read_too(spec):
    (found,) = second_pass_of_words({"07700 900123": {"yes"}}, spec=spec)
    assert (found.kind, found.column) == ("PHONE", "07700 900123")


def test_a_recogniser_that_sees_nothing_does_not_make_words_look_safe(spec):
    from themes.deidentify.catalog import RECOGNIZERS

    assert second_pass_of_words({}, spec=spec) == []
    blind = {**RECOGNIZERS, "patterns": lambda documents: [[] for _ in documents]}
    with pytest.raises(ProtectionError, match="patterns"):
        second_pass_of_words({"region": {"Wales"}}, spec=spec, recognizers=blind)
