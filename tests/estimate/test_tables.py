from builders import a_case, a_coding, a_document, a_segment
from themes.estimate.tables import cases_by_attribute, cases_by_month, co_occurrence
from themes.records.corpus import DocumentKind

DOCUMENTS = [
    a_document("d1", written="2012-12"),
    a_document("d2", written="2013-02", duplicate_of="d1"),
    a_document("d3", written="2013-02"),
    a_document("d4", kind=DocumentKind.ARTICLE, written="2014-01"),
]
SEGMENTS = [a_segment("d1:0-15"), a_segment("d1:16-30"), a_segment("d3:0-15"), a_segment("d4:0-15")]
CODINGS = [
    a_coding("d1:0-15", "sanctions"),
    a_coding("d1:16-30", "coercion"),
    a_coding("d1:16-30", "sanctions"),
    a_coding("d3:0-15", "coercion"),
    a_coding("d4:0-15", "sanctions"),
    a_coding("d4:0-15", "coercion"),
]


def test_two_codes_meet_in_a_case_not_only_in_a_segment():
    # In d1 and its duplicate d2; d3 has one of the two, d4 is an article.
    assert co_occurrence(CODINGS, SEGMENTS, DOCUMENTS) == [("coercion", "sanctions", 2)]


def test_codes_that_never_meet_are_no_pair():
    codings = [a_coding("d1:0-15", "sanctions"), a_coding("d3:0-15", "coercion")]
    assert co_occurrence(codings, SEGMENTS, DOCUMENTS) == []


def test_a_trend_has_every_month_in_between_and_leaves_articles_out():
    assert cases_by_month(CODINGS, SEGMENTS, DOCUMENTS) == [
        ("2012-12", "coercion", 1),
        ("2012-12", "sanctions", 1),
        ("2013-01", "coercion", 0),
        ("2013-01", "sanctions", 0),
        ("2013-02", "coercion", 2),
        ("2013-02", "sanctions", 1),
    ]


def test_without_dates_there_is_no_trend():
    assert cases_by_month(CODINGS, SEGMENTS, [a_document("d1", written=None)]) == []


def test_codes_are_counted_by_the_values_of_an_attribute():
    cases = [a_case("c-d1", region="north"), a_case("c-d2", region="south"), a_case("c-d3"), a_case("c-d4", region="x")]
    assert cases_by_attribute(CODINGS, SEGMENTS, DOCUMENTS, cases, "region") == [
        ("north", "coercion", 1),
        ("north", "sanctions", 1),
        ("south", "coercion", 1),
        ("south", "sanctions", 1),
    ]
