import pytest

from builders import a_document, a_masked_document
from themes.records.corpus import DocumentKind
from themes.records.residual import Severity
from themes.residual.phrases import ALSO_PUBLIC, IS_PUBLIC, phrase_findings

EIGHT = "they sent me on a course about cats"
ARTICLE = a_document("a1", f"We heard that {EIGHT}, and more.", kind=DocumentKind.ARTICLE)


def story(document_id: str, text: str):
    return a_document(document_id, text, kind=DocumentKind.STORY)


def found(*partitions, **options):
    texts = {d.document_id: d.text for part in partitions for d in part}
    return [
        (f.document_id, f.kind, f.span.of(texts[f.document_id]), f.figure)
        for f in phrase_findings(lambda: partitions, **options)
    ]


def test_eight_words_of_a_story_that_stand_in_an_article_are_found_whatever_the_case_and_marks():
    told = story("s1", "Then: THEY sent me — on a course, about cats. I left.")
    assert found([ARTICLE, told]) == [("s1", ALSO_PUBLIC, "THEY sent me — on a course, about cats", 9)]


def test_seven_words_are_not():
    assert found([ARTICLE, story("s1", "They sent me on a course about dogs.")]) == []


def test_a_longer_stretch_is_one_finding_and_two_apart_are_two():
    other = "nobody ever told us what the money was for"
    page = a_document("a1", f"We heard that {EIGHT} and {other}.", kind=DocumentKind.ARTICLE)
    text = f"So, {EIGHT} and nobody knew why. Still {other}."
    assert found([page, story("s1", text)]) == [
        ("s1", ALSO_PUBLIC, f"{EIGHT} and nobody", 10),
        ("s1", ALSO_PUBLIC, other, 9),
    ]


def test_a_comment_is_public_itself_and_an_article_is_never_a_finding():
    comment = a_document("c1", "I was sent there twice and it did not help.")
    assert found([ARTICLE, comment]) == [("c1", IS_PUBLIC, comment.text.rstrip("."), 10)]
    assert found([ARTICLE, a_document("c2", "It did not help.")]) == []


def test_a_story_that_repeats_a_comment_is_found():
    comment = a_document("c1", EIGHT)
    assert [kind for _, kind, _, _ in found([comment], [story("s1", EIGHT)])] == [IS_PUBLIC, ALSO_PUBLIC]


def test_a_surrogate_breaks_a_phrase():
    told = a_masked_document(
        "s1", "they sent me on ", ("Karen", "PERSON", "[person K7QX2]"), " a course about cats", kind=DocumentKind.STORY
    )
    assert found([ARTICLE, told]) == []


def test_what_only_the_release_profile_masks_is_not_searched_for():
    """The page names the firm; the story does so in the coding profile alone."""
    page = a_document("a1", "then Ingeus sent me on a course about cats", kind=DocumentKind.ARTICLE)
    told = a_masked_document(
        "s1",
        "then ",
        ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
        " sent me on a course about cats",
        kind=DocumentKind.STORY,
    )
    assert found([page, told]) == []


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_it_does_not_matter_how_texts_are_cut_into_partitions_or_how_much_is_held_at_once(at_once):
    texts = [ARTICLE, a_document("c1", "I was sent there twice and it did not help."), story("s1", EIGHT)]
    whole = found(texts)
    assert len(whole) == 2
    assert found(*[[text] for text in texts], at_once=at_once) == whole


def test_findings_want_looking_at_and_do_not_stand_against_everything():
    assert {f.severity for f in phrase_findings(lambda: [[ARTICLE, story("s1", EIGHT)]])} == {Severity.MEDIUM}
