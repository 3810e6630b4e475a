from datetime import date

import pytest

from themes.read.copied_page import page_of, read_copied_page
from themes.read.files import Unreadable
from themes.records.corpus import DocumentKind
from themes.records.spec import SourceSpec

PAGES = SourceSpec("pages", "copied_page", "*.txt")
COPIED = """We use cookies to make this site better. Accept
Home > Blog > Welfare

Listening first

10 April 2012
By Ann Example

People told us that being listened to matters most. Nobody had asked them before.

What next?

At the launch the minister said,

“Most people with a condition want to work, but for some it is hard to stay in a job.

“We know that work is good for people and we will help.”

We call that a ‘good’ start. There are "two" problems left.

Ben Sample (@bensample) is policy officer of Example Trust.

Image: A. Photographer

This entry was posted in Uncategorized. Bookmark the permalink.

Donate now

3 Responses to Listening first

  1. Jo Sample says:

    What does “most people with a condition want to work, but for some it is hard” mean?

    1. Not me.
    Reply
  2. They never answer the phone. My adviser said: wait. So I waited.

  3. kitty says:
    April 12, 2012 at 5:15 pm

    It is the family that picks up the pieces.

  4. Pingback: Another blog

  5. Name hidden says:

    I was too afraid to complain.

Leave a Reply

Your email address will not be published. Required fields are marked *
Name *
(Tick to hide your name when this comment appears on the site)
Please wait...
Back to top ↑
"""


def test_a_copied_page_gives_the_article_without_furniture_and_the_comments(tmp_path):
    (tmp_path / "page.txt").write_text(COPIED)
    article, *comments = read_copied_page(tmp_path / "page.txt", PAGES)
    assert (
        article.text
        == """Listening first

People told us that being listened to matters most. Nobody had asked them before.

What next?

At the launch the minister said,

“Most people with a condition want to work, but for some it is hard to stay in a job.

“We know that work is good for people and we will help.”

We call that a ‘good’ start. There are "two" problems left.

Ben Sample (@bensample) is policy officer of Example Trust."""
    )
    assert (article.kind, article.author, article.written) == (DocumentKind.ARTICLE, "Ann Example", date(2012, 4, 10))
    assert [span.of(article.text) for span in article.quotations] == [
        "“Most people with a condition want to work, but for some it is hard to stay in a job.",
        "“We know that work is good for people and we will help.”",
    ]
    assert [(c.author, c.name_hidden, c.written, c.text) for c in comments] == [
        ("Jo Sample", False, None,
         "What does “most people with a condition want to work, but for some it is hard” mean?\n\n1. Not me."),
        (None, False, None, "They never answer the phone. My adviser said: wait. So I waited."),
        ("kitty", False, date(2012, 4, 12), "It is the family that picks up the pieces."),
        (None, True, None, "I was too afraid to complain."),
    ]  # fmt: skip
    assert [span.of(comments[0].text) for span in comments[0].quotations] == [
        "“most people with a condition want to work, but for some it is hard”"
    ]
    assert comments[0].promises == ("email address not published", "name hidden on request")
    assert len({c.case_key for c in comments}) == 4


NAMED = """A title

Some words of the article that go on for a while, so that it is one.

2 Comments

Jo Sample says:
9 October 2013 at 10:15 am
The adviser said:
that I must come.
Reply

Kim Example on 10 October 2013
Me too.
Reply
Leave a comment
Name
Email
"""


def test_comments_without_numbers_begin_with_a_name_and_a_date():
    page = page_of(NAMED)
    assert page.article == "A title\n\nSome words of the article that go on for a while, so that it is one."
    assert [(c.author, c.written, c.text) for c in page.comments] == [
        ("Jo Sample", date(2013, 10, 9), "The adviser said:\nthat I must come."),
        ("Kim Example", date(2013, 10, 10), "Me too."),
    ]


def test_leave_a_comment_under_the_title_ends_no_article():
    page = page_of(
        "A title\nLeave a comment\n3 comments\nThe article goes on.\nAnd on it goes.\nDonate today\nAll of it."
    )
    assert page.article == "A title\nThe article goes on.\nAnd on it goes."


def test_teasers_below_an_article_go_with_their_one_paragraph():
    article = "\n".join(["A title", *["Twelve words of an article stand in this line of it, again."] * 9])
    below = "See what we're campaigning on\nShare your story with others\nStories can change minds. Send us yours."
    assert page_of(f"{article}\n{below}").article == article


def test_the_same_heading_within_an_article_stays():
    text = "A title\nInformation and support\n" + "\n".join(["What people need to know comes first here."] * 9)
    assert page_of(text).article == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest",
         "is not a text file, whatever its name says. Give it its true extension, or save it as text"),
        (b"Leave a Reply\nName *\n",
         "holds no article and no comment, only page furniture. Copy the page again, or remove it"),
        (b" \n\n", "holds nothing but white space. Put the text there, or remove the file"),
        ("Caf\u00e9".encode("utf-16") + b"\x00\xd8",
         "holds bytes that are no characters in its encoding. Save it as UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_with_the_reason(tmp_path, content, reason):
    (tmp_path / "page.txt").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        list(read_copied_page(tmp_path / "page.txt", PAGES))
    assert str(refused.value) == reason


PICTURED = """A speech about work

10 April 2012
By Ann Example

{caption}

The minister gave a speech. We answer it.

Sample Town Hall

That is where it was held.

{credit}
"""
ARTICLE = "The minister gave a speech. We answer it.\n\nSample Town Hall\n\nThat is where it was held."


@pytest.mark.parametrize("credit", ["*Image By Example Office", "Photo: A. Photographer", "Back to top\n\nPicture © B"])
def test_the_caption_of_a_picture_goes_with_its_credit(credit):
    text = PICTURED.format(caption="Minister Sample Official", credit=credit)
    assert page_of(text).article == f"A speech about work\n\n{ARTICLE}"


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Minister Sample Official", ""),
        ("We answer the minister", "Photo: A. Photographer"),
        ("It Was Held", "Photo: A"),
    ],
)
def test_a_line_below_the_title_stays_without_a_credit_or_with_a_verb(caption, credit):
    assert (
        page_of(PICTURED.format(caption=caption, credit=credit)).article
        == f"A speech about work\n\n{caption}\n\n{ARTICLE}"
    )
