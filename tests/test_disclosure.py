from dataclasses import replace

import pytest

from builders import (
    a_case,
    a_coding,
    a_document,
    a_masked_document,
    a_prevalence,
    a_project,
    a_residual,
    a_run,
    a_segment,
    a_theme,
)
from themes.disclosure import release
from themes.errors import ProtectionError
from themes.records.coding import RiskFlag
from themes.records.corpus import Case, DocumentKind, Quarantined, SourceRef
from themes.records.project import Audience
from themes.records.release import Approval
from themes.records.span import Span
from themes.records.theme import Membership, ThemeOrigin
from themes.withholding import BLOCK


def test_a_public_edition_needs_approval():
    with pytest.raises(ProtectionError, match="needs `themes release approve`"):
        release(a_project(), Audience.PUBLIC)


def test_a_corpus_of_few_cases_is_read_and_not_counted():
    few = a_project(cases=tuple(a_case(f"c{n}") for n in range(9)), prevalences=(a_prevalence(),))
    edition = release(few, Audience.TEAM)
    assert (edition.reading_edition, edition.prevalences) == (True, ())
    enough = replace(few, cases=(*few.cases, a_case("c9")))
    assert release(enough, Audience.TEAM).prevalences == (a_prevalence(),)


RISK = "I did not want to wake up."


def at_risk(**more):
    flagged = a_segment("d1:10-36", RISK, span=Span(10, 36), before="They said.", after="I am well now.")
    fields = {
        "documents": (
            a_document("d1", f"It began. {RISK} I am well now."),
            a_document("d2", f"{RISK} I am well now.", duplicate_of="d1"),
            a_document("d3", f"“{RISK}” That is hard to read."),
        ),
        "segments": (
            a_segment("d1:0-9", "It began.", span=Span(0, 9), after=RISK),
            flagged,
            a_segment("d1:37-51", "I am well now.", span=Span(37, 51), before=RISK),
            a_segment("d3:0-28", f"“{RISK}”", span=Span(0, 28), quoted=(Span(1, 27),)),
            a_segment("d3:29-50", "That is hard to read.", span=Span(29, 50)),
        ),
        "themes": (a_theme(exemplar_ids=("d1:10-36", "d1:0-9")),),
        "flags": (RiskFlag("d1:10-36", "d1", 0.9, "wanting to die"),),
    }
    return a_project(**{**fields, **more})


def test_an_excerpt_flagged_for_risk_to_life_is_nowhere_in_a_release():
    edition = release(at_risk(), Audience.TEAM)
    assert edition.withheld == {"d1:10-36", "d3:0-28"}
    assert RISK not in repr(edition)
    assert [d.text for d in edition.documents] == [
        f"It began. {BLOCK * 26} I am well now.",
        BLOCK * 41,
        f"{BLOCK * 28} That is hard to read.",
    ]
    assert [s.text for s in edition.segments] == [
        "It began.", BLOCK * 26, "I am well now.", BLOCK * 28, "That is hard to read.",
    ]  # fmt: skip
    assert edition.themes[0].exemplar_ids == ("d1:0-9",)


def test_a_flag_for_an_excerpt_that_is_not_there_stops_the_release():
    with pytest.raises(ProtectionError, match="d1:10-36") as stopped:
        release(at_risk(segments=()), Audience.TEAM)
    assert RISK not in str(stopped.value)


def many(count: int, start: int = 0, **attributes: str) -> tuple[Case, ...]:
    return tuple(a_case(f"c{n}", **attributes) for n in range(start, start + count))


def of(cases, **fields):
    return tuple(a_document(f"d-{case.case_id}", case_id=case.case_id, **fields) for case in cases)


def test_what_few_people_share_is_blanked_and_never_alone():
    """Were only Kent blanked, its size would be that of the blanks."""
    wales, essex, kent = many(20, region="Wales"), many(12, 20, region="Essex"), many(3, 32, region="Kent")
    edition = release(
        a_project(
            cases=wales + essex + kent,
            documents=(
                *of(wales, speaker="claimant"),
                *of(essex, speaker="carer_family", written="2013-05"),
                *of(kent, speaker="employer", written="2013-09"),
            ),
        ),
        Audience.TEAM,
    )
    regions = [case.attributes.get("region") for case in edition.cases]
    assert regions == ["Wales"] * 20 + [None] * 15
    said = [(document.speaker, document.written) for document in edition.documents]
    assert said == [("claimant", "2013-04")] * 20 + [(None, None)] * 15


def test_a_case_with_a_hidden_name_keeps_no_attributes():
    cases = many(12, region="Wales")
    first, *others = of(cases, speaker="claimant")
    edition = release(a_project(cases=cases, documents=(replace(first, name_hidden=True), *others)), Audience.TEAM)
    assert edition.cases[0].attributes == {}
    assert (edition.documents[0].speaker, edition.documents[0].written) == (None, None)
    assert edition.cases[1].attributes == {"region": "Wales"}


def test_an_article_keeps_its_month():
    article = a_document("a", kind=DocumentKind.ARTICLE, written="2011-02")
    assert release(a_project(documents=(article,)), Audience.TEAM).documents == (article,)


def a_public(project, *quotable):
    return release(
        project, Audience.PUBLIC, fewest_cases=1, approval=Approval("Ann", "2026-01-05", frozenset(quotable))
    )


def two_profiles():
    """A text that names a firm in the coding profile; its second sentence may be quoted."""
    document = a_masked_document(
        "d1",
        "I was sent to ",
        ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
        ". The people at ",
        ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
        " were kind.",
        case_id="c1",
        kind=DocumentKind.STORY,
        source=SourceRef("stories/wren.txt"),
    )
    first, second = "I was sent to Ingeus.", "The people at Ingeus were kind."
    at = document.text.index(second)
    segments = (
        a_segment("d1:0-21", first, case_id="c1", span=Span(0, len(first)), after=second),
        a_segment("d1:22-53", second, case_id="c1", span=Span(at, at + len(second)), before=first),
    )
    article = a_document("a1", "Ingeus says that it helps.", kind=DocumentKind.ARTICLE, case_id="")
    said = a_segment("a1:0-26", article.text, case_id="", span=Span(0, 26))
    emergent = a_theme("e1", origin=ThemeOrigin.EMERGENT, words=("Ingeus",), exemplar_ids=("d1:0-21",))
    return a_project(
        run=a_run(inputs={"stories/wren.txt": "abc"}, counts={"read": 52, "empty": 3}),
        cases=(a_case("c1"),),
        documents=(document, article),
        segments=(*segments, said),
        codings=(a_coding("d1:22-53"), a_coding("a1:0-26")),
        themes=(a_theme(exemplar_ids=("d1:0-21", "d1:22-53")), emergent),
        memberships=(Membership("d1:22-53", "sanctions", 1.0), Membership("d1:0-21", "e1", 1.0)),
        prevalences=(
            a_prevalence(cases_with=12, cases=12),
            a_prevalence("e1", 12, cases=12),
            a_prevalence(cases_with=11, cases=12, group="theme=e1"),
        ),
        quarantined=(Quarantined(SourceRef("survey/ann.csv"), "Broken."),),
        residual=(a_residual(document_id="d1"),),
    )


def test_a_public_edition_has_the_texts_of_the_release_profile_and_only_what_may_be_quoted():
    edition = a_public(two_profiles(), "d1:22-53")
    assert "Ingeus" not in repr(edition)
    assert "wren" not in repr(edition)
    quote = "The people at [organisation B5X2Y] were kind."
    assert [s.text for s in edition.segments] == [BLOCK * len("I was sent to [organisation B5X2Y]."), quote]
    assert [d.text for d in edition.documents] == [f"{edition.segments[0].text} {quote}"]
    assert edition.withheld == {"d1:0-21", "a1:0-26"}
    assert [(t.theme_id, t.exemplar_ids) for t in edition.themes] == [("sanctions", ("d1:22-53",))]
    assert [m.theme_id for m in edition.memberships] == ["sanctions"]
    assert [c.segment_id for c in edition.codings] == ["d1:22-53"]
    assert (edition.quarantined, edition.residual) == ((), ())


def test_a_public_edition_rounds_its_counts_and_tells_no_file():
    edition = a_public(two_profiles())
    assert [(p.theme_id, p.group, p.cases_with) for p in edition.prevalences] == [("sanctions", "", 10)]
    assert (edition.run.inputs, edition.run.counts) == ({}, {"read": 50})


def test_approval_quotes_nobody_who_is_flagged_for_risk():
    project = replace(two_profiles(), flags=(RiskFlag("d1:22-53", "d1", 0.9, "overdose"),))
    assert "kind" not in repr(a_public(project, "d1:22-53").segments)


def test_a_public_edition_calls_groups_as_the_release_profile_does():
    cases = tuple(Case(f"c{n}", {"firm": "Ingeus"}, {"firm=Ingeus": "firm=[firm K7]"}) for n in range(12))
    documents = tuple(
        a_document(f"d{n}", case_id=f"c{n}", prompt="Why Ingeus?", released_prompt="Why [firm K7]?") for n in range(12)
    )
    counts = (a_prevalence("", 12, cases=12), a_prevalence("", 12, cases=12, group="firm=Ingeus"))
    project = a_project(cases=cases, documents=documents, prevalences=counts)
    public = release(project, Audience.PUBLIC, approval=Approval("A. Nyone", "2026-01-05"))
    assert "Ingeus" not in repr((public.cases, public.documents, public.segments, public.prevalences))
    assert public.cases[0].attributes == {"firm": "[firm K7]"}
    assert [p.group for p in public.prevalences] == ["", "firm=[firm K7]"]
    assert [p.group for p in release(project, Audience.TEAM).prevalences] == ["", "firm=Ingeus"]
