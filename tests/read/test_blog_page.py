from datetime import date
from pathlib import Path

import pytest

from themes.read.blog_page import page_of, read_blog_page, without_lines
from themes.read.files import Unreadable
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.span import Span
from themes.records.spec import SourceSpec

HERE = Path(__file__).parent / "pages"
PAGES = SourceSpec("blog", "blog_page", "*.html")


def test_a_wordpress_page_gives_its_post_and_its_comments():
    article, *comments = read_blog_page(HERE / "wordpress.html", PAGES, name="blog/page.html")
    assert article.text == (
        "Support that helps\n\nPeople told us that being listened to matters most.\n\nWork is good for you.\n\n"
        "The minister added: “We will give everyone the support they need.”\n\nRead our report on it.\n\n"
        "First finding\nSecond finding"
    )
    assert (article.kind, article.author, article.written, article.source) == (
        DocumentKind.ARTICLE,
        "Ann Example",
        date(2013, 10, 9),
        SourceRef("blog/page.html", "article"),
    )
    assert [span.of(article.text) for span in article.quotations] == [
        "Work is good for you.",
        "“We will give everyone the support they need.”",
    ]
    assert [(c.author, c.name_hidden, c.written, c.text) for c in comments] == [
        ("Jo Sample", False, date(2013, 10, 10), "They stopped my money.\nTwice & without a letter."),
        (None, True, date(2013, 10, 11),
         "They stopped my money.\n\nMine too, see my story (http://example.org/my-story) 🙂"),
        ("Jo Sample", False, date(2013, 10, 12), "One more thing: the forms are long."),
    ]  # fmt: skip
    assert [span.of(comments[1].text) for span in comments[1].quotations] == ["They stopped my money."]
    assert [c.reply_to for c in comments] == [None, comments[0].document_key, None]
    assert comments[0].case_key == comments[2].case_key != comments[1].case_key == comments[1].document_key
    assert {c.promises for c in comments} == {("email address not published", "name hidden on request")}
    assert {c.thread for c in (article, *comments)} == {"blog/page.html"}


def test_a_comment_added_above_moves_no_key(tmp_path):
    html = (HERE / "wordpress.html").read_text()
    first = '<ol class="comment-list">'
    new = '<li class="comment" id="comment-9"><b class="fn">Kim</b><div class="comment-content">New</div></li>'
    (tmp_path / "wordpress.html").write_text(html.replace(first, first + new))
    before = {c.text: c.document_key for c in read_blog_page(HERE / "wordpress.html", PAGES)}
    after = {c.text: c.document_key for c in read_blog_page(tmp_path / "wordpress.html", PAGES)}
    assert (len(after), {text: after[text] for text in before}) == (len(before) + 1, before)


@pytest.mark.parametrize(
    ("file", "article", "comments"),
    [
        ("drupal", "Post\n\nThe body of it.", [
            ("Jo Sample", False, date(2013, 10, 9), None, "First thing."),
            ("Kim", False, date(2013, 10, 10), 0, "Reply thing.")]),
        ("blogger", "T\n\nBody here.\n\nMore.", [
            ("Jo", False, date(2012, 5, 4), None, "Blogger words"), (None, True, None, 0, "Answer words")]),
        ("h_cite", "T\n\nBody.", [("Jo", False, date(2012, 5, 4), None, "Micro words")]),
        ("schema_org", "T\n\nBody para one.", [("Jo", False, date(2012, 5, 4), None, "Schema words")]),
        ("old_theme", "T\n\nBody.", [
            ("Jo", False, date(2012, 5, 4), None, "Kubrick words"), ("Kim", False, None, None, "Second")]),
    ],
)  # fmt: skip
def test_other_pages_than_wordpress_are_read_too(file, article, comments):
    page = page_of((HERE / f"{file}.html").read_text())
    assert page.article == article
    assert [(c.author, c.name_hidden, c.written, c.answers, c.text) for c in page.comments] == comments


def test_a_comment_whose_words_are_called_a_comment_too_is_one_comment(tmp_path):
    (tmp_path / "page.html").write_text(
        """<div class="entry-content"><p>The post.</p></div><ol class="commentlist">
        <li class="comment depth-1" id="li-comment-1"><article id="comment-1" class="comment">
        <header class="comment-meta comment-author vcard"><cite class="fn">Jo Sample</cite></header>
        <section class="comment-content comment"><p>They listened to me.</p></section></article>
        <ol class="children"><li class="comment depth-2" id="li-comment-2"><article id="comment-2" class="comment">
        <header class="comment-meta comment-author vcard"><cite class="fn">Al Specimen</cite></header>
        <section class="comment-content comment"><p>And to me.</p></section></article></li></ol></li></ol>""",
        encoding="utf-8",
    )
    _, *comments = read_blog_page(tmp_path / "page.html", PAGES)
    assert [(c.author, c.text, c.reply_to) for c in comments] == [
        ("Jo Sample", "They listened to me.", None),
        ("Al Specimen", "And to me.", comments[0].document_key),
    ]


def test_a_name_that_is_in_the_page_but_marked_hidden_is_known_and_hidden():
    page = page_of('<p>A post.</p><ol><li class="comment" id="comment-1"><b class="fn hidden-name">Jo Sample</b>'
                   '<div class="comment-content">Words.</div></li></ol>')  # fmt: skip
    assert [(c.author, c.name_hidden) for c in page.comments] == [("Jo Sample", True)]


def test_an_answer_to_a_pingback_answers_what_that_one_answers():
    page = page_of('<ol><li class="comment" id="comment-1"><div class="comment-content">One</div><ol>'
                   '<li class="pingback" id="comment-2"><div class="comment-content">Blog</div><ol>'
                   '<li class="comment" id="comment-3"><div class="comment-content">Two</div></li></ol></li></ol></li>'
                   '</ol>')  # fmt: skip
    assert [(c.text, c.answers) for c in page.comments] == [("One", None), ("Two", 0)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest", "is not a web page, whatever its name says. Save the page again as HTML"),
        (b"<html><nav>Home</nav></html>",
         "has no post and no comments that can be found. Save the page again, or copy it as text"),
        (b"<div>" * 100_000, "nests its elements more than 1,000 deep, as no page does. Do not trust it"),
        (b"", "is empty (0 bytes). Put the file there again, or remove it"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_the_reason(tmp_path, content, reason):
    (tmp_path / "page.html").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        list(read_blog_page(tmp_path / "page.html", PAGES))
    assert str(refused.value) == reason


def test_lines_go_and_spans_stay_with_their_words():
    text, spans = without_lines("a\nShare\n\nquoted\nb", [Span(9, 15)], lambda line: line == "Share")
    assert (text, [span.of(text) for span in spans]) == ("a\n\nquoted\nb", ["quoted"])
