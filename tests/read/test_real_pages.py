"""The real documents that the product began with. They are not part of the repository: without them this is skipped."""

import os
import shutil
from pathlib import Path

import pytest

from themes.clean.document import clean
from themes.read.bylines import byline
from themes.read.corpus import read_corpus
from themes.read.spec import read_spec
from themes.records.corpus import DocumentKind
from themes.records.raw import RawDocument

REAL = Path(os.environ.get("THEMES_REAL_CORPORA", Path(__file__).parents[3] / "shared" / "corpora")) / "back-to-work"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(),
    reason=f"no real documents at {REAL}; set THEMES_REAL_CORPORA to the folder that holds back-to-work/",
)

# Every line of the five documents that is no sentence of an article or comment.
FURNITURE = """
See what we're campaigning on
Information and support
Visit our information pages to find out more.
Share your story with others
We can use it to challenge the status quo
This entry was posted in
Bookmark the permalink
4 Responses to
says:
Leave a Reply
Your email address will not
Required fields are marked
We use cookies
Back to previous page
Your Critical Friend
Independent scrutiny of service delivery
Contact us for more information
Copyright
Image By
Duncan Smith Official
Add a comment
Tick to hide your name
Please wait
Back to top
9 October 2013
Tag: Employment
Join us in the fight
eradicating mental health inequalities
donate today
Donate now
Subscribe to our mailing list
indicates required
respect any personal data
privacy policy
""".strip().splitlines()


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real") / "back-to-work"
    shutil.copytree(REAL, folder / "raw")
    (folder / "corpus.toml").write_text('[[source]]\nname = "pages"\nreader = "copied_page"\nfiles = "*.txt"\n')
    return [clean(document) for document in read_corpus(read_spec(folder))]


def test_five_articles_and_four_comments_three_of_them_named(documents):
    assert all(isinstance(document, RawDocument) for document in documents)
    comments = [document for document in documents if document.kind is DocumentKind.COMMENT]
    assert (len(documents), len(comments), sum(comment.author is not None for comment in comments)) == (9, 4, 3)
    assert len({comment.case_key for comment in comments}) == 4


def test_articles_have_their_authors_and_the_date_that_is_given(documents):
    articles = [document for document in documents if document.kind is DocumentKind.ARTICLE]
    assert [len((a.author or "").split()) for a in articles] == [2, 2, 0, 2, 2]  # names of real people stay out of here
    assert [str(a.written) for a in articles if a.written] == ["2013-10-09"]


def test_every_line_of_furniture_is_gone(documents):
    text = "\n".join(document.text for document in documents).casefold()
    assert [line for line in FURNITURE if line.casefold() in text] == []


def test_the_minister_is_quoted_and_a_comment_quotes_the_article(documents):
    quoted = [span.of(document.text)[:22] for document in documents for span in document.quotations]
    assert quoted == ["“Can back-to-work prov", "“The vast majority of ", "“We know that work is "]


def test_promises_are_kept(documents):
    assert [document.promises for document in documents if document.source.file.startswith("003")] == [
        ("email address not published", "name hidden on request")
    ]


def test_no_sentence_is_lost(documents):
    """Whatever line of the files is in no document is one that a person has looked at: a heading, furniture, a name."""
    kept = {" ".join(line.split()) for document in documents for line in document.text.split("\n")}
    lost = []
    for path in sorted(REAL.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").replace("\u00a0", " ").split("\n"):
            words = " ".join(line.split())
            if words and words not in kept and not any(words.endswith(text) for text in kept if len(text) > 100):
                lost.append(words)
    unlisted = [
        words for words in lost if not (byline(words) or any(line.casefold() in words.casefold() for line in FURNITURE))
    ]
    assert unlisted == []
    assert len(lost) == 36
