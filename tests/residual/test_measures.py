from builders import a_case, a_document, a_masked_document, a_residual
from themes.records.corpus import Case, DocumentKind
from themes.records.residual import Measure
from themes.records.span import Span
from themes.residual.measures import EVERYTHING, QUOTABLE, corpus_findings, published_words, with_ids

CASES = [a_case(f"c{n:02}", region="Wales" if n < 12 else "Kent", scheme=f"s{n % 7}") for n in range(24)]
DOCUMENTS = [
    a_masked_document(
        f"d{n:02}",
        f"It was number{n} of letters{n} that came ",
        (f"Karen{n}", "PERSON", f"[person K{n:02}X2]"),
        " yesterday",
        case_id=f"c{n:02}",
        kind=DocumentKind.ANSWER,
    )
    for n in range(24)
]


def measured(*, quotable=()):
    return corpus_findings(lambda: [DOCUMENTS], CASES, quotable=lambda: [list(quotable)], fewest_cases=10, seed=1)


def test_every_measure_is_taken():
    kinds = {finding.measure for finding in measured(quotable=DOCUMENTS)}
    assert kinds == {Measure.GROUPS, Measure.INTRUDER, Measure.MASKED}
    comment = a_document("d99", "I was sent there twice and it did not help.", case_id="c00")
    rows = corpus_findings(lambda: [[*DOCUMENTS, comment]], CASES, quotable=list, fewest_cases=10, seed=1)
    assert [row.document_id for row in rows if row.measure is Measure.PHRASES] == ["d99"]


def test_without_anybody_who_may_be_quoted_only_the_whole_run_is_tried():
    scenes = {row.kind.partition(" and knows")[0] for row in measured() if row.measure is Measure.INTRUDER}
    assert scenes == {EVERYTHING}
    both = {
        row.kind.partition(" and knows")[0] for row in measured(quotable=DOCUMENTS) if row.measure is Measure.INTRUDER
    }
    assert both == {EVERYTHING, QUOTABLE}


def test_beside_quotes_stands_only_what_enough_people_share():
    """Region is shared by twelve, a scheme by three or four: the intruder does worse than with all answers."""
    from themes.residual.measures import _beside_quotes

    shown = _beside_quotes({case.case_id: case.attributes for case in CASES}, 10)
    assert shown["c00"] == {"region": "Wales"}
    assert {tuple(row) for row in shown.values()} == {("region",)}


def test_measuring_twice_gives_the_same():
    assert measured(quotable=DOCUMENTS) == measured(quotable=DOCUMENTS)


def test_ids_tell_findings_apart_and_do_not_change_with_the_figure():
    one = a_residual(document_id="d1", span=Span(0, 5), figure=0.9)
    same = a_residual(document_id="d1", span=Span(0, 5), figure=0.8)
    other = a_residual(document_id="d1", span=Span(6, 9), figure=0.9)
    first, again, second = (finding.finding_id for finding in with_ids([one, same, other]))
    assert first == again != second
    assert first.startswith("second_pass-")


def test_only_words_that_enough_people_share_are_published_and_by_the_release_profile():
    cases = [
        Case(
            f"c{n}", {"provider": "Ingeus", "town": "Goole" if n else "Ham"}, {"provider=Ingeus": "provider=[firm K7]"}
        )
        for n in range(3)
    ]
    documents = [
        a_document(f"d{n}", case_id=f"c{n}", speaker="carer", prompt="Why Ingeus?", released_prompt="Why [firm K7]?")
        for n in range(3)
    ]
    documents.append(a_document("d9", kind=DocumentKind.ARTICLE, prompt="Press release", speaker="Ingeus"))
    assert published_words(cases, lambda: [documents], 2) == {
        "provider": {"[firm K7]"},
        "town": {"Goole"},
        "speaker": {"carer"},
        "question": {"Why [firm K7]?"},
    }


def test_findings_in_two_columns_have_ids_of_their_own():
    one, other = with_ids([a_residual(column="a"), a_residual(column="b")])
    assert one.finding_id != other.finding_id
