import time

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_raw_document
from themes.clean.document import clean
from themes.records.corpus import Empty, Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.span import Span

HERE = SourceRef("page.html", "comment 1")
NASTY = st.lists(
    st.sampled_from(
        (*"ab <>&;\n\t\r\"'/=#>x1", "&amp;", "<b>", "</b>", "<blockquote>", "</blockquote>", "\u200b", "e\u0301",
         "\u00ad", "\u202e", "👩🏽\u200d🦱", "â€™", "\x00", "\u00a0", "&lt;", "<script>", "> ")
    ),
    max_size=30,
).map("".join)  # fmt: skip


def test_a_pasted_cell_becomes_plain_text_and_its_quotation_moves_along():
    text = "  <p>They&nbsp;said:</p>\r\n\r\n\r\n<p>“go to work”,  I  could not.</p> "
    document = clean(a_raw_document(text, quotations=(Span(text.index("“"), text.index("”") + 1),)))
    assert isinstance(document, RawDocument)
    assert document.text == "They said:\n\n“go to work”, I could not."
    assert [span.of(document.text) for span in document.quotations] == ["“go to work”"]
    assert document.offsets.received(document.text.index("could")) == text.index("could")


def test_names_questions_and_closed_answers_are_cleaned_too():
    document = clean(
        a_raw_document(
            "Kind.", author=" Zoe\u0308\u200b ", prompt="What\u00a0helped?", attributes={"age": "30\u00ad–39"}
        )
    )
    assert isinstance(document, RawDocument)
    assert (document.author, document.prompt, document.attributes) == ("Zoë", "What helped?", {"age": "30–39"})


def test_what_says_nothing_is_counted_as_empty():
    assert [clean(a_raw_document(text)) for text in ("n/a", "<p>&nbsp;</p>", "\u200b")] == [Empty(HERE)] * 3


def test_a_ten_megabyte_comment_and_a_long_word_are_refused_quickly():
    started = time.process_time()
    found = [clean(a_raw_document(text)) for text in ("why " * 2_500_000, "y" * 200_000, "half \ud800")]
    assert [type(each) for each in found] == [Quarantined] * 3
    assert time.process_time() - started < 2


def test_entities_within_entities_do_not_take_for_ever():
    started = time.process_time()
    clean(a_raw_document("&" + "amp;" * 20_000))
    assert time.process_time() - started < 2


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_cleaning_what_was_cleaned_changes_nothing(text):
    once = clean(a_raw_document(text))
    if isinstance(once, RawDocument):
        twice = clean(once)
        assert twice == once
        assert all(0 <= once.offsets.received(at) <= len(text) for at in range(len(once.text) + 1))
        assert all(span.end <= len(once.text) for span in once.quotations)
