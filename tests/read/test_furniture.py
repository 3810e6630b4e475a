import pytest

from themes.read.furniture import is_caption, is_control, is_furniture, is_teaser_heading, promises_in

FURNITURE = """
We use cookies to improve user experience for our customers.
This website uses cookies. By continuing you agree to our cookie policy.
Accept all cookies
« Back to previous page
Back to top ↑
Add a comment
Leave a Reply
Your email address will not be published. Required fields are marked *
Your email address will not appear on the site
(Tick to hide your name when this comment appears on the site)
Please wait...
Tag: Employment
Tags: work, health
This entry was posted in Uncategorized. Bookmark the permalink.
Posted in News on 9 October 2013
Donate now
Subscribe to our mailing list
* indicates required
We take care to protect and respect any personal data you share with us.
For information on how we use your data, check out our privacy policy.
Copyright Example Trust 2019
© 2019 Example Trust. All rights reserved.
See what we're campaigning on
*Image By An Office
Photo: A. Photographer
Share this:
Click to share on Twitter (Opens in new window)
Home > Blog > Welfare
Notify me of new posts by email.
Save my name, email, and website in this browser for the next time I comment.
This site uses Akismet to reduce spam. Learn how your comment data is processed.
Registered charity number 123456
← Previous post
4 comments
***
""".strip().splitlines()

WORDS = """
What next?
Next steps for the campaign
He went back to the previous adviser.
I donate now and then, when I can.
Images from the day show how many people came.
We take people as they are.
Tagged as workshy by the papers, people feel ashamed.
I accept all of that, but not the letter.
Share your experience with the panel, they said, and nobody came.
More people are now talking about this issue.
Please wait until we call you, the adviser said for three hours.
The cookie tin was all we had left.
My name is not important.
Updated guidance says the opposite.
""".strip().splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_what_pages_say_is_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize("line", WORDS)
def test_what_people_say_is_not(line):
    assert not is_furniture(line)


def test_only_buttons_and_the_form_are_taken_out_of_a_comment():
    lines = ["Reply ↓", "Report comment", "Email *", "Donate now", "Find out more about your rights", "Home"]
    assert [is_control(line) for line in lines] == [True, True, True, False, False, False]


def test_headings_of_boxes_below_an_article_are_known():
    lines = [
        "Information and support",
        "Share your story with others",
        "Get involved",
        "Information technology",
        "What next?",
    ]
    assert [is_teaser_heading(line) for line in lines] == [True, True, True, False, False]


def test_promises_are_found_in_the_words_of_the_form():
    lines = [
        "We will never publish your email",
        "Tick here to hide your name",
        "We respect your privacy",
        "All responses are anonymous",
    ]
    assert [promises_in([line]) for line in lines] == [
        ("email address not published",),
        ("name hidden on request",),
        ("personal data protected",),
        ("answers anonymous",),
    ]
    assert promises_in(["The adviser kept no promise."]) == ()


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Ann Example Official", True),
        ("Sample Town Hall, Exampleshire", True),
        ("[The Minister at the Launch]", True),
        ("Ann Example was there", False),
        ("Ann Example Was There", False),
        ("Nobody asked us.", False),
        ("What Next", False),
        ("People want work", False),
        ("One Two Three Four Five Six Seven", False),
        ("Work", False),
        ("", False),
    ],
)
def test_a_caption_is_a_few_words_in_capitals_without_a_verb(line, caption):
    assert is_caption(line) is caption
