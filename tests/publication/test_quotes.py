import pytest

from builders import a_coding, a_document, a_masked_document, a_project, a_residual, a_segment
from themes.publication.quotes import agreed_to_be_quoted, quotable, searchable
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind
from themes.records.residual import Measure, Severity
from themes.records.span import Span


def said(*texts, case_id="c1", polarities=(), **fields):
    """A project of one answer, each text of which is a coded segment; the first is the surest."""
    document = a_document("d1", " ".join(texts), case_id=case_id, consent="quote", kind=DocumentKind.ANSWER)
    segments, codings, at = [], [], 0
    for number, text in enumerate(texts):
        span = Span(at, at + len(text))
        segment_id = f"d1:{span.start}-{span.end}"
        segments.append(a_segment(segment_id, text, case_id=case_id, span=span))
        polarity = polarities[number] if polarities else "negative"
        codings.append(a_coding(segment_id, probability=0.9 - number / 10, polarity=polarity))
        at = span.end + 1
    kept = {"documents": (document,), "segments": tuple(segments), "codings": tuple(codings)}
    return a_project(**{**kept, **fields})


def texts(project, allowed=("quote",), **options):
    return [segment.text for segment in quotable(project, allowed, **options)]


@pytest.mark.parametrize(
    ("consent", "allowed", "agreed"),
    [
        ("quote", ("quote",), True),
        (" Quote", ("quote",), True),
        ("no quote", ("quote",), False),
        (None, ("quote",), False),
        ("quote", (), False),
    ],
)
def test_only_who_agreed_may_be_quoted(consent, allowed, agreed):
    assert agreed_to_be_quoted(a_document(consent=consent), allowed) is agreed


def test_an_article_is_nobodys_to_quote():
    assert not agreed_to_be_quoted(a_document(kind=DocumentKind.ARTICLE, consent="quote"), ("quote",))


def test_at_most_two_of_one_person_and_the_second_tells_the_other_side():
    assert texts(said("One.", "Two.", "Three.")) == ["One.", "Two."]
    assert texts(said("One.", "Two.", "Three.", polarities=("negative", "negative", "positive"))) == ["One.", "Three."]


def test_what_has_no_code_or_is_left_out_is_not_quoted():
    project = said("One.", "Two.")
    assert texts(project, left_out={"d1:0-4"}) == ["Two."]
    assert texts(said("One.", codings=(a_coding("d1:0-4", applies=False),))) == []


def test_what_may_tell_of_risk_to_life_is_not_quoted():
    assert texts(said("One.", "Two.", flags=(RiskFlag("d1:0-4", "d1", 0.9, "overdose"),))) == ["Two."]


def test_an_excerpt_in_which_a_name_was_surely_found_again_is_not_quoted():
    sure = a_residual(document_id="d1", span=Span(5, 8), severity=Severity.HIGH)
    doubtful = a_residual(document_id="d1", span=Span(0, 3), severity=Severity.MEDIUM)
    assert texts(said("One.", "Two.", residual=(sure, doubtful))) == ["One."]


LONG = "they sent me on a course about cats and dogs"


@pytest.mark.parametrize(
    ("span", "words"),
    [(Span(0, 44), {"d1:0-44": 10}), (Span(0, 35), {"d1:0-44": 8}), (Span(0, 30), {})],
)
def test_eight_words_on_a_public_page_make_a_quote_searchable(span, words):
    project = said(LONG, residual=(a_residual(Measure.PHRASES, "also", document_id="d1", span=span),))
    assert searchable(project, quotable(project, ("quote",))) == words


def test_places_are_those_of_the_released_text():
    """The finding stands behind a surrogate that only the release profile has."""
    document = a_masked_document(
        "d1", ("Ingeus", "ORG", "", "[organisation B5X2Y]"), f" rang. {LONG}", case_id="c1", consent="quote"
    )
    start = document.text.index("they")
    segment = a_segment(f"d1:{start}-{start + 44}", LONG, case_id="c1", span=Span(start, start + 44))
    moved = start + len("[organisation B5X2Y]") - len("Ingeus")
    finding = a_residual(Measure.PHRASES, "also", document_id="d1", span=Span(moved, moved + 35))
    project = a_project(
        documents=(document,), segments=(segment,), codings=(a_coding(segment.segment_id),), residual=(finding,)
    )
    assert searchable(project, quotable(project, ("quote",))) == {segment.segment_id: 8}
