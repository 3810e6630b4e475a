"""A small corpus in which 60 invented personal details are planted, for the canary run.

After a run over it, no byte outside the vault and the corpus folder may hold any of their needles. The people are
invented; their surnames, numbers and addresses are unlike any ordinary word, so that a hit is a hit.
"""

import csv
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import openpyxl
from docx import Document

from canary.planted_texts import ANSWERS, COMMENTS, DOCX_STORY, POST, SHEET_ANSWERS, STORIES

NFD_NAMES = ("Maëlle Quénécandou", "Jürgen Böhmelstadt", "Siân Gwŷnllechan")


@dataclass(frozen=True, slots=True)
class Planted:
    """A personal detail as it is written in the corpus, and what to search for: the part that nothing else holds."""

    kind: str
    written: str
    needle: str


def _planted(kind: str, pairs: Mapping[str, str]) -> dict[str, Planted]:
    return {
        f"{kind}_{number}": Planted(kind, written, needle) for number, (written, needle) in enumerate(pairs.items(), 1)
    }


PLANTED: dict[str, Planted] = {
    **_planted(
        "plain",
        {
            "Thomasina Wrexcombe": "Wrexcombe",
            "Gareth Quillaberry": "Quillaberry",
            "Denise Uffingdale": "Uffingdale",
            "Martin Oxtravers": "Oxtravers",
            "Priya Chaudhravane": "Chaudhravane",
            "Kathleen Drumgorrick": "Drumgorrick",
        },
    ),
    **_planted(
        "caps",
        {
            "DEREK SPLATTERIDGE": "Splatteridge",
            "MR KENNETH VOWLESWORTH": "Vowlesworth",
            "BRIAN HUCKTHORPEY": "Huckthorpey",
            "MRS JANET CRIMBLESTOW": "Crimblestow",
        },
    ),
    **_planted(
        "possessive",
        {
            "Sandra Pellowmere's": "Pellowmere",
            "Stephen Ganderscliffe's": "Ganderscliffe",
            "Angela Thrupworthy's": "Thrupworthy",
            "Mary Jossenbury’s": "Jossenbury",
        },
    ),
    **_planted(
        "split",
        {
            "Rowena\nHathersedgely": "Hathersedgely",
            "Philip\nTwizzleforth": "Twizzleforth",
            "Susan\nPemberlowe": "Pemberlowe",
            "Andrew\nGrathwickson": "Grathwickson",
        },
    ),
    **_planted("nfd", {unicodedata.normalize("NFD", name): name.split()[1] for name in NFD_NAMES}),
    **_planted(
        "zero_width",
        {
            "Helen Bramp\u200bleforthy": "Brampleforthy",
            "Helen\u200d \u2060Ruddlescombe": "Ruddlescombe",
            "Colin Snave\u200cringham": "Snaveringham",
        },
    ),
    **_planted(
        "entity",
        {"Fran&ccedil;oise Lef&eacute;vrelle": "Lefévrelle", "Ren&#233;e Dub&#xF6;issard": "Duböissard"},
    ),
    # In a table an entity is text: some forms are saved from web pages as they are.
    "entity_3": Planted("entity", "Chlo&euml; Montagu&eacute;ze", "Montaguéze"),
    **_planted(
        "misspelt",
        {
            "Leofric Ashmantel": "Ashmantel",
            "Winifred Cobblesdon": "Cobblesdon",
            "Bernard Yarrowmoar": "Yarrowmoar",
        },
    ),
    **_planted(
        "email",
        {
            "hexworthyvane@example.org": "hexworthyvane",
            "t.olliphantrix@example.net": "olliphantrix",
            "kettle.smorgaby@example.org": "smorgaby",
            "Zanderquist_88@example.com": "Zanderquist_88",
        },
    ),
    **_planted(
        "mobile",
        {
            "07700 900461": "07700 900461",
            "07700900582": "07700900582",
            "+44 7700 900 673": "7700 900673",
            "(07700) 900-794": "07700 900794",
        },
    ),
    **_planted("ni", {"JX 48 27 61 B": "JX482761B", "LE592846D": "LE592846D", "ps 61 93 05 a": "PS619305A"}),
    # 999 is the range kept for tests; the last digit is the check digit.
    **_planted("nhs", {"999 471 8304": "9994718304", "9996250385": "9996250385", "999-803-1451": "9998031451"}),
    **_planted(
        "postcode",
        {"SK97 4XQ": "SK97 4XQ", "ne98 3zb": "NE98 3ZB", "LS972YJ": "LS97 2YJ", "PL99 8QW": "PL99 8QW"},
    ),
    **_planted(
        "handle",
        {"@quirrelbank77": "quirrelbank77", "@Mossy_Thackerell": "Mossy_Thackerell", "@fenwidgeon": "fenwidgeon"},
    ),
    **_planted(
        "url",
        {
            "https://stories.example.org/people/ozwaldprinkle/": "ozwaldprinkle",
            "www.example.net/~grubstaithe": "grubstaithe",
            "http://forum.example.com/u/vellumhurst?tab=posts": "vellumhurst",
        },
    ),
    "author_post": Planted("author", "Hesper Vandrecourt", "Vandrecourt"),
    "author_comment": Planted("author", "Lucinda Fothermarsh", "Fothermarsh"),
    "author_survey": Planted("author", "Nigel Abberwickham", "Abberwickham"),
    "file_name": Planted("file name", "Perrin Uxendalesby", "Uxendalesby"),
    "sheet_name": Planted("sheet name", "Dilwyn Ashcombeley", "Ashcombeley"),
    "column_header": Planted("column header", "Marguerite Thornquayle", "Thornquayle"),
}

RIGHT_SPELLINGS = {
    "misspelt_1_right": "Leofric Ashmantle",
    "misspelt_2_right": "Winifred Cobblesden",
    "misspelt_3_right": "Bernard Yarrowmoor",
}
"""The names that are misspelt elsewhere, as their bearers write them: personal details too."""

WRITTEN = {**{place: planted.written for place, planted in PLANTED.items()}, **RIGHT_SPELLINGS}

NEEDLES = (
    *(planted.needle for planted in PLANTED.values()),
    *(name.split()[1] for name in RIGHT_SPELLINGS.values()),
)

FILE_NAME = f"{PLANTED['file_name'].written}.txt"
SHEET_NAME = f"Forms {PLANTED['sheet_name'].written}"
COLUMN = f"What did {PLANTED['column_header'].written} do well?"

CORPUS_TOML = f"""\
name = "planted"
title = "Invented texts with planted personal details"
language = "en-GB"
codebook = "codebook.toml"
seed = 1

[[source]]
name = "blog"
reader = "blog_page"
files = "blog/*.html"

[[source]]
name = "stories"
reader = "story_file"
files = "stories/*"

[[source]]
name = "survey"
reader = "survey_table"
files = "survey/*.csv"
case = "respondent"
open = {{ "{COLUMN}" = "What did your adviser do well?", wanted = "What would have helped you?" }}
closed = ["region", "in work"]
written = "submitted"

[[source]]
name = "forms"
reader = "survey_table"
files = "survey/*.xlsx"
case = "respondent"
author = "name"
open = {{ visit = "What were your visits like?" }}
closed = []
"""


def plant_corpus(folder: Path, codebook: Path) -> Path:
    """The corpus folder "planted", made new below `folder`, with a copy of the codebook. Returns its path."""
    corpus = folder / "planted"
    for name in ("blog", "stories", "survey"):
        (corpus / "raw" / name).mkdir(parents=True)
    (corpus / "corpus.toml").write_text(CORPUS_TOML, encoding="utf-8")
    shutil.copyfile(codebook, corpus / "codebook.toml")
    if (labelled := codebook.with_name("labelled.jsonl")).is_file():
        shutil.copyfile(labelled, corpus / labelled.name)
    (corpus / "raw/blog/page.html").write_text(_page(), encoding="utf-8")
    _write_stories(corpus / "raw/stories")
    _write_survey(corpus / "raw/survey/survey.csv")
    _write_sheet(corpus / "raw/survey/forms.xlsx")
    return corpus


def _page() -> str:
    """A page as WordPress writes it. Only what is planted as an entity keeps its ampersand."""
    comments = "\n".join(
        f'<li id="comment-{number}" class="comment even thread-even depth-1"><article class="comment-body" '
        f'id="div-comment-{number}"><footer class="comment-meta"><div class="comment-author vcard">'
        f'<b class="fn">{author.format(**WRITTEN)}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><a href="#comment-{number}"><time '
        f'datetime="2013-04-{number:02}T09:30:00+01:00">{number} April 2013 at 9:30 am</time></a></div></footer>'
        f'<div class="comment-content">{_paragraphs(text)}</div></article></li>'
        for number, (author, text) in enumerate(COMMENTS.items(), 1)
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>What happened to you? | An invented campaign</title></head>
<body class="single single-post"><article id="post-7" class="post type-post hentry"><header class="entry-header">
<h1 class="entry-title">What happened to you?</h1><div class="entry-meta"><span class="author vcard">
<a class="url fn n" href="/author/1/">{WRITTEN["author_post"]}</a></span>
<time class="entry-date published" datetime="2013-04-01T08:00:00+01:00">1 April 2013</time></div></header>
<div class="entry-content">{_paragraphs(POST)}</div></article>
<div id="comments" class="comments-area"><h2 class="comments-title">{len(COMMENTS)} thoughts</h2>
<ol class="comment-list">
{comments}
</ol></div></body></html>
"""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in escape(text, quote=False).format(**WRITTEN).split("\n\n"))


def _write_stories(folder: Path) -> None:
    for number, text in enumerate(STORIES, 1):
        name = FILE_NAME if number == 1 else f"story {number}.txt"
        (folder / name).write_text(text.format(**WRITTEN), encoding="utf-8")
    document = Document()
    for paragraph in DOCX_STORY.format(**WRITTEN).split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(folder / "story 6.docx"))


def _write_survey(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["respondent", "submitted", "region", "in work", COLUMN, "wanted"])
        for number, answers in enumerate(ANSWERS, 1):
            region, work = ("North", "South", "Wales")[number % 3], ("yes", "no")[number % 2]
            texts = [answer.format(**WRITTEN) for answer in answers]
            rows.writerow([f"R{number:03}", f"2024-05-{number:02}", region, work, *texts])


def _write_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET_NAME
    sheet.append(["respondent", "name", "visit"])
    for number, (author, answer) in enumerate(SHEET_ANSWERS, 1):
        sheet.append([f"F{number:02}", author.format(**WRITTEN), answer.format(**WRITTEN)])
    book.save(path)
