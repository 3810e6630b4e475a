"""An article is told by its title, its themes and a few excerpts, and is nobody's experience."""

from builders import a_code, a_codebook, a_coding, a_document, a_project, a_segment
from themes.disclosure import release
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.project import Audience
from themes.records.span import Span
from themes.report.articles import Article, articles_in
from themes.report.excerpts import excerpt_maker, said_in

TITLE, BODY = "Help for all", "Sanctions do not help anybody."


def told(*segments, **fields) -> list[Article]:
    document = a_document(
        "art",
        f"{TITLE}\n\n{BODY}",
        case_id="",
        kind=DocumentKind.ARTICLE,
        written="2013-10",
        source=SourceRef("pages/one.html", ""),
        **fields,
    )
    project = a_project(
        codebook=a_codebook(a_code("sanctions", name="Sanctions"), a_code("help", name="Help")),
        documents=(document,),
        segments=segments,
        codings=tuple(
            a_coding(s.segment_id, code, polarity="negative") for s in segments for code in ("sanctions", "help")
        ),
    )
    cleared = release(project, Audience.TEAM)
    return list(articles_in(cleared, said_in(cleared), excerpt_maker(cleared)))


def test_an_article_has_its_title_file_month_and_themes():
    (article,) = told(a_segment("art:14-44", BODY, case_id="", document_id="art", span=Span(14, 44)))
    assert (article.title, article.file, article.month) == (TITLE, "one.html", "October 2013")
    assert article.themes == ("Sanctions", "Help")


def test_an_excerpt_of_it_is_no_experience_and_its_title_is_no_excerpt():
    title = a_segment("art:0-12", TITLE, case_id="", document_id="art", span=Span(0, 12))
    body = a_segment("art:14-44", BODY, case_id="", document_id="art", span=Span(14, 44))
    (article,) = told(title, body)
    assert [excerpt.segment_id for excerpt in article.excerpts] == ["art:14-44"]
    assert [excerpt.experience for excerpt in article.excerpts] == ["a view against it, or a fear"]
