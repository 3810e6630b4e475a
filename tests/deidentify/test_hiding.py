from themes.deidentify.findings import details_of
from themes.deidentify.hiding import without_surrogates
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

TEXT = "[Person K7QX2M] and Karen[phone]Smith of [place B5X2Y4]'s hub"
READ = "[it] and Karen[it]Smith of [it] hub"


def found(start: int, end: int) -> Finding:
    return Finding(Span(start, end), "PERSON", IdentifierKind.DIRECT, 0.9, "planted")


def test_recognisers_read_a_word_in_brackets_for_each_surrogate() -> None:
    assert without_surrogates(TEXT).text == READ


def test_what_was_found_is_told_where_it_is_in_the_text_with_surrogates() -> None:
    words = ("and", "Karen", "Smith", "of", "hub")
    findings = [found(READ.index(word), READ.index(word) + len(word)) for word in words]
    assert [f.span.of(TEXT) for f in without_surrogates(TEXT).found(findings)] == list(words)
    assert without_surrogates("Ask Karen. [phone]").found([found(4, 9)]) == [found(4, 9)]


def test_of_what_lies_over_a_surrogate_the_words_beside_it_are_left() -> None:
    over = found(READ.index("Karen"), READ.index("Smith") + 5)
    assert [f.span.of(TEXT) for f in without_surrogates(TEXT).found([over])] == ["Karen", "Smith"]
    assert without_surrogates(TEXT).found([found(0, 4), found(1, 3), found(0, 5)]) == []


def test_a_text_without_surrogates_is_read_as_it_is() -> None:
    plain = without_surrogates("Ask Karen [sic].")
    assert (plain.text, plain.found([found(4, 9)])) == ("Ask Karen [sic].", [found(4, 9)])


def test_no_recogniser_sees_a_surrogate(spec) -> None:
    from builders import a_raw_document

    seen = []

    def looks(documents):
        seen.extend(document.text for document in documents)
        return [[found(10, 15)] for _ in documents]

    text = "[person K7QX2M] rang Karen."
    details = details_of([a_raw_document(text)], spec=spec, recognizers={"planted": looks})
    assert seen == ["[it] rang Karen."]
    assert [[finding.span.of(text) for finding in each] for each in details] == [["Karen"]]
