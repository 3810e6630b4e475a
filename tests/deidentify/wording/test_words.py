from themes.deidentify.wording.words import sentences_of, within, words_of
from themes.records.span import Span


def test_a_sentence_that_is_too_long_is_cut_at_a_space_and_a_word_that_is_where_it_must() -> None:
    def pieces(text: str) -> list[str]:
        spans = list(sentences_of(text, longest=10))
        assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
        return [span.of(text) for span in spans]

    assert pieces("It did. It did.") == ["It did. ", "It did."]
    assert pieces("and then it rained") == ["and then ", "it rained"]
    assert pieces("abcdefghijklmnopqrstuvwxyz") == ["abcdefghij", "klmnopqrst", "uvwxyz"]
    assert list(sentences_of("")) == []
    assert list(sentences_of("It rained.")) == [Span(0, 10)]


def test_a_span_touches_the_words_it_reaches_into() -> None:
    words = words_of("one two three")
    assert within(words, Span(2, 5)) == [0, 1]
    assert within(words, Span(3, 4)) == []
    assert within(words, Span(8, 99)) == [2]
