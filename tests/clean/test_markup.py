import pytest

from builders import a_raw_document
from themes.clean.markup import clean_markup

CASES = [
    ("entities", "Tom &amp; Ann&#8217;s &pound;20", "Tom & Ann’s £20"),
    ("an ampersand alone", "R&D and AT&T; me & you", "R&D and AT&T; me & you"),
    ("tags", "<b>very</b> <o:p></o:p>slow", "very slow"),
    ("line breaks", "one<br/>two</p>three", "one\ntwo\nthree"),
    ("a script with what it holds", "a<script>alert('x')</script>b", "ab"),
    ("a script that never ends", "a<script>alert(", "a"),
    ("an image that would run a script", "see <img src=x onerror=alert(1)>", "see "),
    ("an image's description", '<img alt="My son Sam" src="a.png">', "My son Sam"),
    ("a form's end", "text</textarea> more", "text more"),
    ("escaped markup", "&lt;script&gt;x&lt;/script&gt;ok", "ok"),
    ("twice escaped markup", "&amp;lt;b&amp;gt;ok", "ok"),
    ("a comment", "a<!-- note -->b", "ab"),
    ("a link's target", '<a href="https://example.org/jo">here</a>', "here (https://example.org/jo)"),
    ("a link that shows its target", '<a href="https://example.org">example.org</a>', "example.org"),
    ("a mail link", "<a href='mailto:jo@example.org'>write</a>", "write (mailto:jo@example.org)"),
    ("a script as link target", '<a href="javascript:alert(1)">go</a>', "go"),
    ("less-than signs and made-up tags", "under <18 and >16, <my adviser> said", None),
    ("formulas", '=HYPERLINK("x") +cmd @SUM', None),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_markup_is_gone_and_what_it_showed_stays(text, expected):
    assert clean_markup(a_raw_document(text)).text == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> They said so.\n> Twice.\nI do not agree.", ["> They said so.\n> Twice."]),
        ("&gt; They said so.\nI do not.", ["> They said so."]),
        ("<blockquote><p>They said so.</p></blockquote>I do not.", ["\nThey said so.\n"]),
        ("5 > 4 is true", []),
    ],
)
def test_what_is_quoted_is_marked(text, quoted):
    document = clean_markup(a_raw_document(text))
    assert [span.of(document.text) for span in document.quotations] == quoted
