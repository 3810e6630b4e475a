import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_prevalence
from report_study import BAD, a_study
from themes.disclosure import release
from themes.records.project import Audience
from themes.report import prose
from themes.report.blocks import Drawn, Heading, Points, Quote, Table, Words
from themes.report.document import compose
from themes.report.html import render
from themes.report.outline import outline


@pytest.fixture(scope="module")
def report():
    return compose(release(a_study(), Audience.TEAM))


@pytest.fixture(scope="module")
def blocks(report):
    return outline(report).blocks


def squeezed(words: str) -> str:
    return "".join(words.split())


def words_of(block) -> list[str]:
    match block:
        case Heading(text):
            return [text]
        case Words(text, _, lead):
            return [lead, text]
        case Points(items):
            return [words for item in items for words in item]
        case Quote(excerpt):
            parts = "".join(part.text for part in excerpt.parts)
            return [parts, excerpt.writer, excerpt.segment_id, excerpt.experience, excerpt.prompt or ""]
        case Table(caption, columns, rows):
            return [caption, *columns, *(cell for row in rows for cell in row)]
        case Drawn(figure):
            cells = [cell for row in figure.rows for cell in row]
            return [figure.caption, *figure.columns, *cells, *(words for _, words in figure.legend)]
    return []


def page_words(report) -> str:
    tree = HTMLParser(render(report, prose=prose))
    for node in tree.css("style, svg"):
        node.decompose()
    return squeezed(tree.body.text())


def not_on_the_page(report) -> list[str]:
    page, paper = page_words(report), outline(report)
    said = [
        paper.title,
        paper.kicker,
        paper.made,
        paper.edition,
        *(w for block in paper.blocks for w in words_of(block)),
    ]
    assert len(said) > 40
    return [words for words in said if squeezed(words) not in page]


def test_nothing_is_said_that_the_page_does_not_say(report):
    assert not_on_the_page(report) == []


def test_nothing_more_is_said_with_shares_in_public_or_in_a_reading_edition():
    study = a_study()
    share = a_prevalence("sanctions", 27, cases=30, share=0.9, low=0.8, high=0.95, method="estimated")
    shares = replace(study, prevalences=(*study.prevalences, share))
    assert not_on_the_page(compose(release(shares, Audience.TEAM))) == []
    assert not_on_the_page(compose(release(a_study(6), Audience.TEAM))) == []


def test_each_section_of_the_page_is_there(report, blocks):
    page = HTMLParser(render(report, prose=prose))
    page.css_first("#counts-as.paper").decompose()  # on paper alone, of what stands with each theme elsewhere
    sections = [squeezed(heading.text()) for heading in page.css("main > section > h2")]
    assert [squeezed(b.text) for b in blocks if isinstance(b, Heading) and b.level == 1] == sections


def test_every_picture_and_every_table_of_the_page_is_there(report, blocks):
    page = HTMLParser(render(report, prose=prose))
    drawn = [block.figure.name for block in blocks if isinstance(block, Drawn)]
    page.css_first("#counts-as.paper").decompose()
    assert [f"figure-{name}" for name in drawn] == [node.id for node in page.css("figure.picture")]
    assert sum(isinstance(block, Table) for block in blocks) == len(page.css("table")) - len(drawn)


def test_a_theme_is_counted_and_quoted(blocks):
    at = next(i for i, block in enumerate(blocks) if block == Heading("Sanctions and loss", 3))
    assert blocks[at + 1] == Words("Suggested in texts from 27 people, unchecked", "people")
    quotes = [block for block in blocks[at : at + 10] if isinstance(block, Quote)]
    assert re.match(BAD, quotes[0].excerpt.parts[0].text)
