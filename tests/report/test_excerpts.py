import pytest

from builders import a_document, a_project, a_segment
from themes.disclosure import release
from themes.records.corpus import DocumentKind
from themes.records.privacy import Replacement
from themes.records.project import Audience
from themes.records.release import Approval
from themes.records.span import Span
from themes.release_text import surrogates_in
from themes.report.excerpts import Excerpt, Part, Said, choose, excerpt_maker, parts_of, told_as

PLAIN_WORDS = "one two three four five six seven"


def said(segment_id: str, polarity: str, probability: float, *, case: str = "", text: str = "") -> Said:
    text = text or f"{PLAIN_WORDS} {segment_id}"
    document_id = segment_id.partition(":")[0]
    return Said(
        a_segment(segment_id, text, case_id=case or document_id),
        a_document(document_id),
        "sanctions",
        polarity,
        probability,
    )


def ids(chosen):
    return [one.segment.segment_id for one in chosen]


def test_good_and_bad_experience_take_turns_and_the_surest_come_first():
    candidates = [
        said("a:0-5", "negative", 0.9),
        said("b:0-5", "negative", 0.8),
        said("c:0-5", "negative", 0.7),
        said("d:0-5", "positive", 0.3),
        said("e:0-5", "", 0.99),
    ]
    assert ids(choose(candidates, 2)) == ["a:0-5", "d:0-5"]
    assert ids(choose(reversed(candidates), 3)) == ["a:0-5", "d:0-5", "b:0-5"]
    assert ids(choose(candidates, 9)) == ["a:0-5", "d:0-5", "b:0-5", "c:0-5", "e:0-5"]


def test_nobody_is_quoted_twice_in_one_place():
    candidates = [said("a:0-5", "negative", 0.9, case="ann"), said("b:0-5", "positive", 0.8, case="ann")]
    assert ids(choose(candidates, 4)) == ["a:0-5"]


def test_the_same_words_are_shown_once():
    candidates = [
        said("a:0-5", "negative", 0.9, text="They were kind."),
        said("b:0-5", "positive", 0.8, text="They WERE kind."),
    ]
    assert ids(choose(candidates, 4)) == ["a:0-5"]


def test_what_was_shown_before_or_is_too_short_comes_last():
    candidates = [
        said("a:0-5", "negative", 0.9),
        said("b:0-5", "negative", 0.8, text="No."),
        said("c:0-5", "negative", 0.1),
    ]
    assert ids(choose(candidates, 3, shown={"a:0-5"})) == ["c:0-5", "b:0-5", "a:0-5"]


def test_equal_candidates_are_told_apart_by_id():
    candidates = [said(f"{name}:0-5", "negative", 0.5) for name in "cab"]
    assert ids(choose(candidates, 2)) == ["a:0-5", "b:0-5"]


def test_surrogates_are_found_where_they_stand_after_replacement():
    document = a_document(
        text="Then [adviser K7] rang [place B2] twice.",
        replacements=(
            Replacement(Span(18, 24), "LOCATION", "[place B2]"),
            Replacement(Span(5, 12), "PERSON", "[adviser K7]"),
        ),
    )
    assert [span.of(document.text) for span in surrogates_in(document)] == ["[adviser K7]", "[place B2]"]


def test_an_excerpt_is_cut_where_its_style_changes():
    segment = a_segment("d1:10-38", "“Be quick” said [adviser K7]", span=Span(10, 38), quoted=(Span(0, 10),))
    assert parts_of(segment, [Span(26, 38)]) == (
        Part("“Be quick”", "quoted"),
        Part(" said "),
        Part("[adviser K7]", "surrogate"),
    )


def test_a_reader_is_told_what_may_be_told():
    article = a_document("d1", kind=DocumentKind.ARTICLE, written="2011-02", case_id="")
    comment = a_document("d2", speaker="claimant")
    edition = release(a_project(documents=(article, comment)), Audience.TEAM)
    show = excerpt_maker(edition)
    segment = a_segment("d1:0-15", "They were kind.")
    assert show(Said(segment, edition.documents[0], "sanctions", "positive")) == Excerpt(
        "d1:0-15", (Part("They were kind."),), "Article, February 2011", None, "positive", "a view in its favour"
    )
    assert show(Said(segment, edition.documents[1])).writer == "Comment"


def test_in_public_a_quote_says_no_kind_and_no_question_that_too_few_share():
    story = a_document("d1", kind=DocumentKind.STORY, prompt="What else?")
    segment = a_segment("d1:0-15", "They were kind.", prompt="What else?")
    shown = {}
    for audience in Audience:
        approval = Approval("Ann Example", "2026-01-05", frozenset({"d1:0-15"}))
        edition = release(a_project(documents=(story,), segments=(segment,)), audience, approval=approval)
        excerpt = excerpt_maker(edition)(Said(segment, edition.documents[0]))
        shown[audience] = (excerpt.writer, excerpt.prompt)
    assert shown == {Audience.TEAM: ("Story", "What else?"), Audience.PUBLIC: ("Text", None)}


@pytest.mark.parametrize(
    ("modality", "polarity", "words"),
    [
        ("experienced", "negative", "bad experience"),
        ("witnessed", "positive", "good experience"),
        (None, "mixed", "good and bad"),
        ("wished_for", "negative", "a wish"),
        ("argued", "positive", "a view in its favour"),
        ("feared", "negative", "a view against it, or a fear"),
        ("argued", "mixed", "a view for and against it"),
        ("experienced", "neutral", ""),
    ],
)
def test_only_what_was_lived_through_or_seen_is_called_an_experience(modality, polarity, words):
    assert told_as(Said(a_segment(), a_document(), "sanctions", polarity, modality=modality)) == words
