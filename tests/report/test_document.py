import re
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import (
    a_case,
    a_code,
    a_codebook,
    a_coding,
    a_document,
    a_prevalence,
    a_project,
    a_segment,
    a_theme,
)
from report_study import RULES_HARM, counted
from themes.disclosure import release
from themes.estimate.breakdowns import count_breakdowns
from themes.records.codebook import Claim, Question
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind, Quarantined, SourceRef
from themes.records.privacy import Replacement
from themes.records.project import Audience, Project
from themes.records.span import Span
from themes.records.theme import Membership, ThemeOrigin
from themes.report.counts import Counts
from themes.report.documents import write_report
from themes.report.methods import not_heard

RISK = "I took all the tablets at once that very night."
HOSTILE = "<script>alert(1)</script></textarea><img src=x onerror=alert(2)> they said to me & mine"
GOOD, BAD = "They were kind to me and it did help.", "They stopped my money and I could not eat."

CODEBOOK = a_codebook(
    a_code("sanctions", parent_id="A", questions=("RQ2",), definition="Money <b>stopped</b>."),
    a_code("support", parent_id="B", questions=("RQ2",), include=("kind staff",)),
    a_code("assessment", parent_id="A", questions=("RQ2",)),
    groups={"A": "Compulsion", "B": "What helps"},
    questions=(
        Question(
            "RQ2",
            "Does support harm?",
            claims=(
                RULES_HARM,
                Claim("RQ2.2", "Tests harm.", {("assessment", "negative"): "for"}),
            ),
        ),
    ),
    dimensions={"speaker": ("claimant", "employer", "unknown")},
    glossary={"sanction": "A cut in benefit."},
)


def invented(people: int = 30) -> Project:
    """A project in which all but three have lost money, and the last nine found somebody kind."""
    cases = [a_case(f"c{n}", scheme="IPS" if n % 2 else "Work Programme") for n in range(people)]
    documents, segments, codings = [], [], []

    def says(n, at, text, code_id, polarity):
        segment_id = f"d{n}:{at}-{at + len(text)}"
        segments.append(a_segment(segment_id, text, case_id=f"c{n}", span=Span(at, at + len(text))))
        probability = 0.5 + n / 1000
        codings.append(a_coding(segment_id, code_id, polarity=polarity, probability=probability))

    for n in range(people):
        text = ""
        if n >= 3:
            text = f"{BAD} {n}"
            says(n, 0, text, "sanctions", "negative")
        if n >= people - 9 or n < 3:
            at = len(text) + 1 if text else 0
            good = f"{GOOD} {n}"
            text = f"{text} {good}".strip()
            says(n, at, good, "support", "positive")
        month = f"2023-0{4 + n % 2}"
        documents.append(a_document(f"d{n}", text, case_id=f"c{n}", speaker="claimant", written=month))
    return counted(cases, documents, segments, codings, CODEBOOK)


def page(project: Project, folder) -> HTMLParser:
    return HTMLParser(write_report(release(project, Audience.TEAM), folder).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> HTMLParser:
    return page(invented(), tmp_path_factory.mktemp("report"))


def text_of(node) -> str:
    """Its words. A link inside quotation marks brings no space of its own."""
    return re.sub("(?<=“) | (?=”)", "", " ".join(node.text(separator=" ").split()))


def visible(tree: HTMLParser) -> str:
    whole = HTMLParser(tree.html)
    for node in whole.css("style, svg"):
        node.decompose()
    return text_of(whole.body)


def people_in(node) -> list[str]:
    return [text_of(sentence) for sentence in node.css(".people")]


def test_a_theme_is_counted_in_the_words_agreed(report):
    assert people_in(report.css_first("#theme-sanctions")) == ["Suggested in texts from 27 people, unchecked"]
    assert people_in(report.css_first("#theme-support")) == ["Suggested in texts from 12 people, unchecked"]


def test_a_theme_that_nobody_speaks_of_is_there_and_says_so(report):
    silent = report.css_first("#theme-assessment")
    assert people_in(silent) == []  # "fewer than 10" would sound as if there were some
    assert text_of(silent.css_first(".gap")) == "Nobody in these texts was found to speak about this."


def test_no_percentage_is_told(report):
    assert re.findall(r"\d\s*%|per cent|percent", visible(report)) == []


def test_good_and_bad_experience_stand_side_by_side_in_one_form(report):
    sides = report.css("#sides .side")
    assert [text_of(side.css_first("h3")) for side in sides] == ["What went well", "What went badly"]
    assert [text_of(side.css_first("blockquote")) for side in sides] == [f"{GOOD} 29", f"{BAD} 29"]


def outright_and_folded(place) -> tuple[list[str], list[str]]:
    folded = [text_of(quote) for quote in place.css(".more blockquote")]
    return [quote for quote in map(text_of, place.css("blockquote")) if quote not in folded], folded


def test_two_excerpts_are_shown_and_the_others_folded_away(report):
    assert outright_and_folded(report.css_first("#theme-sanctions")) == (
        [f"{BAD} 29", f"{BAD} 28"],
        [f"{BAD} 27", f"{BAD} 26"],
    )
    claim = report.css_first("#question-RQ2 .claim")
    assert outright_and_folded(claim.css_first(".for")) == ([f"{BAD} 29", f"{BAD} 28"], [f"{BAD} 27"])
    assert outright_and_folded(claim.css_first(".against")) == ([f"{GOOD} 29", f"{GOOD} 28"], [f"{GOOD} 27"])
    assert {text_of(summary) for summary in report.css(".more > summary")} == {"More excerpts"}


def test_nothing_is_folded_away_where_two_are_all(tmp_path):
    project = invented()
    two = [a_coding(f"d{n}:0-44", "assessment", polarity="negative") for n in (4, 5)]
    shown = page(replace(project, codings=(*project.codings, *two)), tmp_path)
    assert outright_and_folded(shown.css_first("#theme-assessment")) == ([f"{BAD} 4", f"{BAD} 5"], [])
    assert shown.css("#theme-assessment .more") == []


def test_nobody_is_quoted_twice_in_one_place(report):
    for place in report.css(".quotes"):
        documents = [text_of(ref).partition(":")[0] for ref in place.css(".ref")]
        assert len(documents) == len(set(documents))


def test_a_question_shows_both_sides_and_says_what_is_missing(report):
    question = report.css_first("#question-RQ2")
    first, second = question.css(".claim")
    assert [text_of(quote) for quote in first.css(".for blockquote")] == [f"{BAD} {n}" for n in (29, 28, 27)]
    assert [text_of(quote) for quote in first.css(".against blockquote")] == [f"{GOOD} {n}" for n in (29, 28, 27)]
    assert people_in(first) == [
        "Suggested in texts from 27 people, unchecked",
        "Suggested in texts from 12 people, unchecked",
    ]
    assert second.css("blockquote") == []
    assert [text_of(gap) for gap in question.css(".gaps li")] == [
        "Nothing was found for or against “Tests harm.”",
        "Nobody in these texts was found to speak about: “Assessment”.",
        "These people chose to speak. Their texts cannot say how many people in general would say the same.",
    ]


def test_articles_stand_apart_and_are_not_counted(report):
    assert text_of(report.css_first("#organisations blockquote")) == "We reward results."
    elsewhere = [quote for quote in report.css("blockquote") if text_of(quote) == "We reward results."]
    assert len(elsewhere) == 1


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("\nWhy we reward  results\n\nWe do.", "Why we reward results April 2013 a4e.html"),
        (f"{'Results ' * 14}and we count\nWe do.", f"{'Results ' * 14}and we… April 2013 a4e.html"),
        (f"{'x' * 120}\nWe do.", f"{'x' * 120} April 2013 a4e.html"),
        ("", "a4e.html April 2013"),
    ],
)
def test_an_article_is_headed_by_its_first_line(tmp_path, text, heading):
    article = a_document(
        "art", text, case_id="", kind=DocumentKind.ARTICLE, source=SourceRef("providers/2013/a4e.html")
    )
    shown = page(a_project(documents=(article,)), tmp_path)
    assert [text_of(node) for node in shown.css("#organisations h3")] == [heading]


def test_an_article_whose_first_line_is_withheld_is_headed_by_its_file(tmp_path):
    article = a_document("art", RISK, case_id="", kind=DocumentKind.ARTICLE, source=SourceRef("a4e.html"))
    segment = a_segment(f"art:0-{len(RISK)}", RISK, case_id="")
    flag = RiskFlag(segment.segment_id, "art", 0.9, "overdose")
    shown = page(a_project(documents=(article,), segments=(segment,), flags=(flag,)), tmp_path)
    assert text_of(shown.css_first("#organisations h3")) == "a4e.html April 2013"


def test_what_was_read_is_accounted_for(report):
    read = report.css_first("#read")
    assert "35 texts were read" in text_of(read)
    assert [[text_of(cell) for cell in row.css("th, td")] for row in read.css(".quarantine tbody tr")] == [
        ["survey.csv", "row 7", "The row is too long."]
    ]
    assert [text_of(row) for row in read.css("#figure-fates tbody tr")] == [
        "at least one theme suggested 30",
        "read, no theme suggested 0",
        "says the same as an earlier text 0",
        "blank, or “n/a” 4",
        "could not be read safely 1",
        "withdrawn by the writer 0",
    ]
    assert "Too few to show, or not heard at all: employer." in text_of(read)


def test_who_is_counted_under_a_surveys_own_word_is_not_said_to_be_unheard():
    """A survey may say "carer or family" where the codebook has carer_family: the reader sees one and the same."""
    book = a_codebook(dimensions={"speaker": ("carer_family", "employer")})
    rows = (a_prevalence("", 40), a_prevalence("", 12, group="speaker=carer or family", cases=12))
    project = a_project(cases=tuple(a_case(f"c{n}") for n in range(40)), prevalences=rows)
    assert not_heard(book, Counts(release(project, Audience.TEAM))) == ("employer",)


def test_who_is_counted_is_not_said_to_be_unheard(tmp_path):
    """Documents may have lost their speaker, where naming it could tell of somebody, and the count may stand."""
    project = invented()
    shown = replace(
        release(project, Audience.TEAM),
        documents=tuple(replace(document, speaker=None) for document in project.documents),
    )
    read = HTMLParser(write_report(shown, tmp_path).read_text(encoding="utf-8")).css_first("#read")
    rows = [text_of(row) for row in read.css("#figure-who-speaker tbody tr")]
    assert rows == ["Person on benefits 30"]
    assert text_of(read.css_first(".gap")) == "Too few to show, or not heard at all: employer."


def test_every_picture_has_words_and_a_table(report):
    pictures = report.css("figure.picture")
    assert {picture.id for picture in pictures} == {
        "figure-fates", "figure-who-kind", "figure-who-speaker", "figure-themes", "figure-months",
        "figure-by-scheme",
    }  # fmt: skip
    for picture in pictures:
        assert text_of(picture.css_first("figcaption")) in picture.css_first("[role=img]").attributes["aria-label"]
        assert len(picture.css("details table tbody tr")) >= 1
    assert len(report.css("svg")) == len(report.css("figure.picture svg"))


def test_the_page_is_alone(report):
    """No script, nothing fetched, nothing sent."""
    assert report.css("script, link, iframe, object, embed, img, form, base, video, audio") == []
    for node in report.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            if name in {"href", "src", "srcset", "xlink:href", "action"}:
                assert (value or "").startswith("#")
    style = "".join(node.text() for node in report.css("style"))
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in report.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]


def test_the_page_can_be_found_through(report):
    assert report.css_first("html").attributes["lang"] == "en-GB"
    ids = [node.id for node in report.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {node.attributes["href"] for node in report.css("a[href]")}
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    assert report.css_first("a.skip").attributes["href"] == "#main"
    levels = [int(node.tag[1]) for node in report.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_the_edition_says_what_it_is(report):
    banner = "Team edition – not for publication. Machine suggestions, not yet checked by people."
    assert text_of(report.css_first(".edition")) == banner


def test_the_facts_of_the_run_are_there(report):
    methods = text_of(report.css_first("#methods"))
    for fact in ("20240108T060000Z-abc123", "8 January 2024", "ab" * 32, "0.1.0", "Seed 1"):
        assert fact in methods
    assert text_of(report.css_first("#glossary dl")) == "sanction A cut in benefit."


def test_hostile_text_is_text(tmp_path):
    project = invented()
    worst = a_segment("d5:0-9", HOSTILE, case_id="c5", prompt="</textarea><script>")
    coding = a_coding("d5:0-9", "assessment", polarity="negative")
    hostile = page(
        replace(
            project,
            title="<script>title</script>",
            segments=(*project.segments, worst),
            codings=(*project.codings, coding),
            notes=("<script>note</script>",),
            quarantined=(Quarantined(SourceRef("<img src=x>.csv", "<i>1</i>"), "<b>Bad.</b>"),),
        ),
        tmp_path,
    )
    assert hostile.css("script, textarea, img, main b, main i") == []
    assert text_of(hostile.css_first("#theme-assessment blockquote")) == HOSTILE
    assert text_of(hostile.css_first("h1")) == "<script>title</script>"
    assert text_of(hostile.css_first("#theme-sanctions .definition")) == "Money <b>stopped</b>."


def test_an_excerpt_flagged_for_risk_to_life_is_not_shown(tmp_path):
    project = invented()
    flagged = a_segment("d5:90-130", RISK, case_id="c5", span=Span(90, 130))
    coding = a_coding("d5:90-130", "assessment", polarity="negative", probability=1.0)
    shown = page(
        replace(
            project,
            segments=(*project.segments, flagged),
            codings=(*project.codings, coding),
            themes=(*project.themes, a_theme("e1", origin=ThemeOrigin.EMERGENT, exemplar_ids=("d5:90-130",))),
            memberships=(Membership("d5:90-130", "e1", 1.0),),
            flags=(RiskFlag("d5:90-130", "d5", 0.9, "overdose"),),
        ),
        tmp_path,
    )
    assert "tablets" not in shown.html
    assert "█" not in shown.html
    assert "withheld" in text_of(shown.css_first("#theme-assessment .gap"))


def test_tags_and_quotations_are_told_apart_from_the_writers_words(tmp_path):
    text = "“Be quick about it” said [adviser K7] on the day"
    document = a_document("d5", text, case_id="c5", replacements=(Replacement(Span(25, 29), "PERSON", "[adviser K7]"),))
    segment = a_segment("d5:0-47", text, case_id="c5", span=Span(0, 47), quoted=(Span(0, 19),))
    project = invented()
    shown = page(
        replace(
            project,
            documents=tuple(document if d.document_id == "d5" else d for d in project.documents),
            segments=(*project.segments, segment),
            codings=(*project.codings, a_coding("d5:0-47", "assessment")),
        ),
        tmp_path,
    )
    quote = shown.css_first("#theme-assessment blockquote")
    assert [text_of(tag) for tag in quote.css(".tag")] == ["[adviser K7]"]
    assert [text_of(other) for other in quote.css(".quoted")] == ["“Be quick about it”"]
    assert quote.text().strip() == text
    assert "1 word in 100" in text_of(shown.css_first("#methods"))


def test_few_people_get_an_edition_for_reading(tmp_path):
    few = page(invented(people=9), tmp_path)
    assert few.css(".people, .shares, #pictures, #figure-themes, #figure-who-kind") == []
    assert re.findall(r"\d+ (?:people|person)", visible(few).replace("10 people", "")) == []
    assert "Fewer than 10 people wrote the comments in this report." in text_of(few.css_first("#short"))
    assert text_of(few.css_first("#theme-sanctions blockquote")) == f"{BAD} 8"
    assert text_of(few.css_first("#question-RQ2 .for blockquote")) == f"{BAD} 8"
    assert {text_of(caption) for caption in few.css("#theme-sanctions .quote figcaption")} == {
        f"Suggested: bad experience Comment d{n}:0-44" for n in (5, 6, 7, 8)
    }


def test_a_code_without_a_theme_is_a_gap_and_not_left_out(tmp_path):
    project = invented()
    without = page(
        replace(
            project,
            themes=tuple(theme for theme in project.themes if theme.theme_id != "assessment"),
            prevalences=tuple(p for p in project.prevalences if p.theme_id != "assessment"),
        ),
        tmp_path,
    )
    silent = without.css_first("#theme-assessment")
    assert people_in(silent) == []  # "fewer than 10" would sound as if there were some
    assert text_of(silent.css_first(".gap")) == "Nobody in these texts was found to speak about this."
    assert "Nobody was found to speak about “Assessment”." in text_of(without.css_first("#short"))


def test_nothing_points_to_a_few_people(tmp_path):
    """Two live in Ham, one hid her name, one is the only employer, one wrote in a month of her own."""
    project = invented()
    cases = [
        replace(case, attributes={**case.attributes, "village": "Oxley" if int(case.case_id[1:]) < 16 else "Iffley"})
        for case in project.cases
    ]
    for n in (28, 29):
        cases[n] = replace(cases[n], attributes={"scheme": "IPS", "village": "Ham"})
    documents = list(project.documents)
    documents[27] = replace(documents[27], name_hidden=True)
    documents[26] = replace(documents[26], speaker="employer")
    documents[25] = replace(documents[25], written="2019-12")
    prevalences = count_breakdowns(
        cases,
        documents,
        project.segments,
        project.codings,
        themes=project.themes,
        memberships=(),
        codebook=CODEBOOK,
    )
    shown = page(
        replace(project, cases=tuple(cases), documents=tuple(documents), prevalences=tuple(prevalences)), tmp_path
    )
    assert "Ham" not in shown.html
    assert "scheme: IPS" in visible(shown)
    assert "Employer" not in visible(shown)
    assert "December 2019" not in " ".join(text_of(caption) for caption in shown.css(".quote figcaption"))
    captions = {text_of(quote.css_first("figcaption")) for quote in shown.css(".quote") if " 27" in text_of(quote)}
    assert {re.sub(r" d27:\S+", "", caption) for caption in captions} == {
        "Suggested: bad experience Comment",
        "Suggested: good experience Comment",
    }


def test_an_emergent_theme_shows_its_words(tmp_path):
    project = invented()
    theme = a_theme("e1", name="Tea and toast", origin=ThemeOrigin.EMERGENT, code_ids=(), words=("tea", "toast"))
    with_theme = replace(
        project,
        themes=(*project.themes, theme),
        memberships=(Membership("d4:0-44", "e1", 0.9),),
        prevalences=(*project.prevalences, a_prevalence("e1", 14)),
    )
    shown = page(with_theme, tmp_path).css_first("#theme-e1")
    assert people_in(shown) == ["Suggested in texts from 14 people, unchecked"]
    assert [text_of(word) for word in shown.css(".words span")] == ["tea", "toast"]
    assert text_of(shown.css_first("blockquote")) == f"{BAD} 4"


def test_an_emergent_theme_tells_how_it_holds_whom_it_meets_and_who_sees_it_otherwise(tmp_path):
    project = invented()
    ids = [s.segment_id for s in project.segments if s.document_id in ("d4", "d6", "d8")]
    theme = a_theme(
        "e1",
        origin=ThemeOrigin.EMERGENT,
        code_ids=(),
        exemplar_ids=(ids[0],),
        edge_ids=(ids[1],),
        dissent_ids=(ids[2],),
        found_again=0.6,
        former_names=("Tea", "Toast"),
    )
    with_theme = replace(
        project,
        themes=(*project.themes, theme),
        memberships=tuple(Membership(i, "e1", 0.9) for i in ids),
        prevalences=(
            *project.prevalences,
            a_prevalence("e1", 24),
            a_prevalence("e1", 13, group="theme=sanctions"),
            a_prevalence("e1", 4, group="theme=assessment"),
        ),
    )
    shown = page(with_theme, tmp_path).css_first("#theme-e1")
    notes = [text_of(note) for note in shown.css(".definition")]
    assert notes[0] == "Found again in 6 of 10 samples of the texts: it may not hold."
    assert notes[1].startswith("The same people speak of ")
    assert "(13)" in notes[1]
    assert "(4)" not in notes[1]
    assert notes[-1] == "Called before: Tea; Toast."
    assert [text_of(s) for s in shown.css("summary")] == [
        "Some may see it otherwise",
        "At the edge: does this still belong?",
    ]
    assert [text_of(ref) for ref in shown.css(".ref")] == [ids[0], ids[2], ids[1]]


def test_a_theme_that_became_a_code_of_the_codebook_is_shown_as_that_code_alone(tmp_path):
    project = invented()
    theme = a_theme("e1", name="Tea", origin=ThemeOrigin.EMERGENT, code_ids=("sanctions",))
    shown = page(replace(project, themes=(*project.themes, theme)), tmp_path)
    assert shown.css_first("#theme-e1") is None


def test_without_emergent_themes_the_report_says_so(report):
    assert text_of(report.css_first("#emergent .gap")).startswith("Too few for themes")


def test_equal_releases_give_equal_pages(tmp_path):
    one = write_report(release(invented(), Audience.TEAM), tmp_path / "one")
    two = write_report(release(invented(), Audience.TEAM), tmp_path / "two")
    assert one.read_bytes() == two.read_bytes()


def test_a_run_of_nothing_still_makes_a_page(tmp_path):
    nothing = page(a_project(), tmp_path)
    assert text_of(nothing.css_first("h1")) == "An invented study"


def test_a_name_of_a_theme_leads_to_its_excerpts(report):
    in_short = {a.text(): a.attributes["href"] for a in report.css("#short a")}
    assert in_short["Sanctions"] == "#theme-sanctions"
    rows = report.css("#figure-themes tbody th a")
    assert [(a.text(), a.attributes["href"]) for a in rows] == [
        ("Sanctions", "#theme-sanctions"),
        ("Support", "#theme-support"),
        ("Assessment", "#theme-assessment"),
    ]


def test_a_question_says_who_speaks_to_it_and_what_it_rests_on(report):
    question = report.css_first("#question-RQ2")
    assert [text_of(row) for row in question.css(".voices tbody tr")] == [
        "Person on benefits 30 30",
        "Wrote a comment 30 30",
    ]
    assert [(a.text(), a.attributes["href"]) for a in question.css(".ranked a")] == [
        ("Sanctions", "#theme-sanctions"),
        ("Support", "#theme-support"),
    ]
    assert question.css_first("a[href='#question-RQ2']") is not None


def test_every_kind_of_detail_goes_by_plain_words():
    from themes.deidentify.replace.policy import labels
    from themes.report.methods import MASKED

    assert sorted(set(labels()) - set(MASKED)) == []
