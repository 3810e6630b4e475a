from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_project, a_segment, a_theme
from themes.disclosure import release
from themes.estimate.agreement import WITH, WITHOUT
from themes.records.anchor import Hold
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.coding import RiskFlag
from themes.records.decision import CarriedDecision, Verdict
from themes.records.estimate import Agreement
from themes.records.project import Audience
from themes.records.release import Approval
from themes.records.theme import ThemeOrigin
from themes.report.documents import write_report
from themes.report.learning import PAGE, compose_learning, write_learning_page

TEXTS = [f"The bus was late on day {n} & <b>nobody</b> said so." for n in range(12)]
CODEBOOK = a_codebook(a_code("sanctions"), a_code("kindness", label="Being kind"), a_code("rare"))
STALE = CarriedDecision(
    "9",
    "d3:0-9",
    "d3:0-9",
    "gone",
    Verdict.ACCEPT,
    "A1",
    "2026",
    "",
    None,
    Hold.STALE,
    "The codebook has no such code.",
)
HOLDS = CarriedDecision("1", "d1:0-9", "d1:0-9", "sanctions", Verdict.ACCEPT, "A1", "2026", "", None, Hold.SAME)


def agreed(code_id, name, measure, value, low, high, cases=12):
    return Agreement(code_id, ("people", name), 14, measure, value, low, high, cases)


def edition(audience=Audience.TEAM, **fields):
    documents = [a_document(f"d{n}", text) for n, text in enumerate(TEXTS)]
    given = {
        "codebook": CODEBOOK,
        "cases": tuple(a_case(f"c-d{n}") for n in range(12)),
        "documents": tuple(documents),
        "segments": tuple(a_segment(f"d{n}:0-9", text) for n, text in enumerate(TEXTS)),
        "codings": (
            a_coding("d1:0-9"),
            a_coding("d1:0-9", coder_id="A1", probability=None, made_at="2026"),
            a_coding("d1:0-9", coder_id="A2", probability=None, made_at="2026"),
            a_coding("d2:0-9", coder_id="A2", probability=None, made_at="2026"),
        ),
        "decisions": (HOLDS, STALE),
        "agreements": (
            agreed("", WITHOUT, "F1", 0.4, 0.3, 0.5),
            agreed("", WITH, "F1", 0.62, 0.551, 0.7),
            agreed("sanctions", WITHOUT, "F1", 0.5, 0.25, 0.75),
            agreed("sanctions", WITH, "F1", 0.75, 0.5, 0.875),
            agreed("sanctions", WITH, "Cohen's kappa", 0.6, 0.4, 0.8),
            agreed("kindness", WITHOUT, "F1", 0.5, 0.25, 0.75, cases=9),
            agreed("kindness", WITH, "F1", 0.5, 0.25, 0.75, cases=9),
        ),
        "codebook_work": (
            CodebookProposal(Work.CONFUSED, ("sanctions", "kindness"), 11, 20, 11, ("d1:0-9", "d2:0-9")),
            CodebookProposal(Work.DISPUTED, ("kindness", "rare"), 4, 5, 4, ()),
            CodebookProposal(Work.TOO_WIDE, ("sanctions",), 12, 15, 10, (), ("cue: sanction*",)),
            CodebookProposal(Work.UNCOVERED, (), 12, 14, 12, (), (), "t1"),
        ),
        "themes": (a_theme("t1", name="Buses", origin=ThemeOrigin.EMERGENT, code_ids=()),),
    }
    approval = Approval("Ann Example", "2026") if audience is Audience.PUBLIC else None
    return release(a_project(**{**given, **fields}), audience, approval=approval)


def test_the_page_says_what_was_decided_learned_and_lost():
    assert compose_learning(edition()).in_short == (
        "2 people have decided on 2 excerpts in these texts.",
        (
            "The computer’s agreement with people, over all codes, is 0.40 (from 0.30 to 0.50) without their decisions "
            "and 0.62 (from 0.55 to 0.70) with them. It was tried on excerpts that it had not seen."
        ),
        "The decisions point to 4 pieces of work on the codebook.",
        "1 decision holds no more, and should be looked at again.",
    )


def test_agreement_stands_before_and_after_for_each_code_with_enough_people():
    page = compose_learning(edition())
    assert [
        (row.name, row.excerpts, row.f1_before, row.f1_after, row.kappa_before, row.kappa_after) for row in page.codes
    ] == [
        ("All codes together", "14", "0.40 (0.30 to 0.50)", "0.62 (0.55 to 0.70)", "–", "–"),
        ("Sanctions", "14", "0.50 (0.25 to 0.75)", "0.75 (0.50 to 0.88)", "–", "0.60 (0.40 to 0.80)"),
    ]
    assert page.silent == ("Being kind", "Rare")


def test_work_on_the_codebook_is_told_in_sentences_and_few_people_are_not_counted():
    page = compose_learning(edition())
    assert [one.sentence for one in (*page.confused, *page.misleading, *page.uncovered)] == [
        "The computer says “Sanctions” where people say “Being kind”: in 11 of 20 excerpts.",
        "One person says “Being kind” where another says “Rare”: in excerpts of fewer than 10 people.",
        (
            "“Sanctions” may be worded too widely: its own words say yes where people say no, in 12 of 15 excerpts. "
            "What spoke for it: cue: sanction*."
        ),
        "No code covers most of the theme “Buses”: 12 of 14 excerpts.",
    ]
    assert [excerpt.segment_id for excerpt in page.confused[0].excerpts] == ["d1:0-9", "d2:0-9"]


def test_an_excerpt_that_tells_of_risk_to_life_is_no_example(tmp_path):
    flagged = edition(flags=(RiskFlag("d1:0-9", "d1", 0.9, "overdose"),))
    page = compose_learning(flagged)
    assert [excerpt.segment_id for excerpt in page.confused[0].excerpts] == ["d2:0-9"]
    assert "day 1 " not in write_learning_page(flagged, tmp_path).read_text()


def test_the_page_escapes_what_people_wrote_and_lists_what_holds_no_more(tmp_path):
    page = HTMLParser((write_learning_page(edition(), tmp_path)).read_text())
    assert [b.text() for b in page.css("blockquote b")] == []
    assert "<b>nobody</b>" in page.css_first("blockquote").text()
    (row,) = page.css("#stale tbody tr")
    assert [cell.text() for cell in row.css("th, td")] == [
        "d3:0-9", "gone", "accept", "A1", "The codebook has no such code.",
    ]  # fmt: skip


def test_the_report_leads_to_the_page_and_says_that_people_have_checked_some(tmp_path):
    page = HTMLParser(write_report(edition(), tmp_path).read_text())
    assert page.css_first("#learned a").attributes["href"] == PAGE
    assert (tmp_path / PAGE).is_file()
    assert "People have checked some of its work" in page.css_first("#short").text()
    assert "machine and 2 people" in page.css_first("#methods").text()


def test_without_decisions_there_is_no_such_page(tmp_path):
    undecided = edition(decisions=(), codings=(a_coding("d1:0-9"),), agreements=(), codebook_work=())
    page = HTMLParser(write_report(undecided, tmp_path).read_text())
    assert page.css("#learned") == []
    assert not (tmp_path / PAGE).exists()
    assert "Nobody has checked its work yet." in page.css_first("#short").text()


def test_the_public_is_told_nothing_of_it(tmp_path):
    public = edition(Audience.PUBLIC)
    assert (public.decisions, public.agreements, public.codebook_work) == ((), (), ())
    page = write_report(public, tmp_path).read_text()
    assert not (tmp_path / PAGE).exists()
    assert "learning.html" not in page
    assert "A1" not in page


def test_agreement_on_excerpts_of_too_few_people_is_not_told():
    few = edition(
        agreements=(agreed("", WITHOUT, "F1", 0.4, 0.3, 0.5, cases=9), agreed("", WITH, "F1", 1, 1, 1, cases=9))
    )
    page = compose_learning(few)
    assert page.codes == ()
    assert page.in_short[1] == (
        "It is too soon to say how well the computer agrees with people. That takes excerpts of 10 people of which all "
        "has been said."
    )


def test_a_reflexive_study_is_told_no_figure_of_agreement_on_any_page():
    from builders import a_run

    cleared = edition(run=a_run(approach="reflexive"), agreements=())
    page = compose_learning(cleared)
    assert page.codes == ()
    assert not any("0.62" in sentence for sentence in page.in_short)
    assert "this study does not aim for two readers to agree" in " ".join(page.in_short)
