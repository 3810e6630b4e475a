from builders import a_document, a_masked_document
from themes.records.corpus import DocumentKind
from themes.residual.masked import MaskedWords


def figures(*documents):
    masked = MaskedWords()
    masked.add(documents)
    return {finding.kind: (finding.figure, finding.out_of) for finding in masked.findings()}


def test_words_are_counted_by_hand():
    # "Karen Wren" (10 letters) is reckoned as 2 words, "Ingeus" as 1; 7 words are left.
    one = a_masked_document(
        "d1",
        ("Karen Wren", "PERSON", "[adviser K7QX2]"),
        " of ",
        ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
        " sent me on a course today",
    )
    two = a_document("d2", "They were kind to me and it was good.")
    assert figures(one, two) == {
        "all kinds": (round(3 / 19, 5), 19),
        "PERSON": (round(2 / 19, 5), 19),
        "ORG": (round(1 / 19, 5), 19),
        "texts: nothing": (1, 2),
        "texts: up to 2 %": (0, 2),
        "texts: 2–5 %": (0, 2),
        "texts: 5–10 %": (0, 2),
        "texts: 10–20 %": (0, 2),
        "texts: 20–100 %": (1, 2),
    }


def test_articles_and_empty_texts_do_not_count():
    article = a_masked_document("a", ("Karen", "PERSON", "[person K7QX2]"), kind=DocumentKind.ARTICLE)
    assert figures(article) == {}
    assert figures(a_document("d", "")) == {}
