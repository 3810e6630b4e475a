"""A small corpus with everything that makes forgetting hard: replies, quotations, copies, several runs. Invented."""

from pathlib import Path

from flows_small_corpus import CODEBOOK

NAME = "Quilliam Brockbank"
STOPPED = "They stopped my money for nine whole weeks and nobody ever told me the reason why."
QUOTED = "They stopped my money for nine whole weeks and nobody ever told me"
FORMS = "One more thing, the forms are endlessly long and not one person at that desk helps."
CAMPAIGN = "We call on the minister to end every sanction on disabled people before the winter comes."

CORPUS = """
name = "study"
title = "A study"
codebook = "codebook.toml"
seed = 7

[[source]]
name = "blog"
reader = "blog_page"
files = "pages/*.html"

[[source]]
name = "stories"
reader = "story_file"
files = "stories/*"

[[source]]
name = "survey"
reader = "survey_table"
files = "survey/*.csv"
case = "respondent"
closed = ["region"]
written = "submitted"

[source.open]
experience = "What has it been like?"
wish = "What would you change?"
"""

COMMENT = """<li id="comment-{number}" class="comment depth-1"><article id="div-comment-{number}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{author}</b> <span class="says">says:
</span></div><div class="comment-metadata"><a href="#comment-{number}"><time datetime="2013-10-{number}T08:00:00+00:00">
then</time></a></div></footer><div class="comment-content">{html}</div></article>{children}</li>"""
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>What happened</title></head>
<body class="single post"><main id="main"><article id="post-7" class="post hentry"><header class="entry-header">
<h1 class="entry-title">What happened</h1></header>
<div class="entry-content"><p>We asked people what happened when they were sent for help.</p></div>
</article><div id="comments" class="comments-area"><h2 class="comments-title">4 thoughts on “What happened”</h2>
<ol class="comment-list">{comments}</ol></div></main></body></html>"""
REPLY = f"<blockquote><p>{QUOTED}</p></blockquote><p>I agree with quilliam, mine stopped too in the spring.</p>"


def page(*, with_him: bool = True) -> str:
    reply = COMMENT.format(number=12, author="Morwenna Tate", html=REPLY, children="")
    first = COMMENT.format(
        number=11, author=NAME, html=f"<p>{STOPPED}</p>", children=f'<ol class="children">{reply}</ol>'
    )
    other = COMMENT.format(
        number=13, author="Morwenna Tate", html="<p>The woman at the desk was kind.</p>", children=""
    )
    second = COMMENT.format(number=14, author=NAME, html=f"<p>{FORMS}</p>", children="")
    return PAGE.format(comments="".join([first, other, second] if with_him else [reply, other]))


PLACES = ("desk", "office", "phone", "letter", "interview", "workshop")
MOODS = ("kind", "patient", "rude", "slow", "late", "cold", "helpful")


def answers(count: int = 60) -> list[str]:
    return [
        f"The {PLACES[n % 6]} was {MOODS[n % 7]} and they sanctioned me {n + 2} days after the {PLACES[(n + 2) % 6]}."
        for n in range(count)
    ]


TYPICAL = answers(23)[-1]
"""An answer like most others, given in February by row 64 and in May by row 22."""


def survey(rows: list[str]) -> str:
    header = "respondent,submitted,region,experience,wish"
    lines = [f'{n:03},2014-0{1 + n % 9}-03,{("North", "Wales")[n % 2]},"{text}",""' for n, text in enumerate(rows)]
    return "\n".join([header, *lines]) + "\n"


def make_study(folder: Path) -> Path:
    for name in ("pages", "stories", "survey"):
        (folder / "raw" / name).mkdir(parents=True)
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "corpus.toml").write_text(CORPUS, encoding="utf-8")
    (folder / "raw/pages/page.html").write_text(page(), encoding="utf-8")
    (folder / "raw/stories/one.txt").write_text(
        "I was sent to a warehouse at five in the morning.\n\nThe coach there listened to me for the first time.",
        encoding="utf-8",
    )
    (folder / "raw/stories/two.txt").write_text("Nobody asked. I went home and slept for a week.", encoding="utf-8")
    write_survey(folder)
    return folder


def write_survey(folder: Path, *more: str) -> None:
    """The last of three who sent one letter wrote first: that one is coded, the others inherit. So with TYPICAL."""
    letters = [CAMPAIGN.replace("every", "each"), CAMPAIGN, CAMPAIGN.upper(), TYPICAL]
    rows = survey([*answers(), "It was fine.", *letters, *more])
    (folder / "raw/survey/survey.csv").write_text(rows, encoding="utf-8")
