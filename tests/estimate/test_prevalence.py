from builders import a_case, a_coding, a_document, a_segment, a_theme
from themes.estimate.prevalence import count_cases
from themes.records.corpus import DocumentKind
from themes.records.estimate import Prevalence
from themes.records.theme import Membership, ThemeOrigin

CASES = [
    a_case("c-d1", scheme="Work Programme"),
    a_case("c-d2", scheme="Work Programme"),
    a_case("c-d3", scheme="Work Choice"),
    a_case("c-silent", scheme="Work Choice"),
]
DOCUMENTS = [
    a_document("d1", written="2013-04", prompt="What helped?"),
    a_document("d2", written="2013-05", prompt="What helped?", duplicate_of="d1"),
    a_document("d3", written="2013-05", prompt=None),
    a_document("d4", kind=DocumentKind.ARTICLE, written="2013-06"),
]
SEGMENTS = [a_segment("d1:0-15"), a_segment("d1:16-30"), a_segment("d3:0-15"), a_segment("d4:0-15")]


def test_people_are_counted_in_all_and_by_month_question_and_attribute():
    # d1 says it twice and d2 copies d1; d3 says something else; d4 is an article; one case is silent.
    codings = [a_coding("d1:0-15"), a_coding("d1:16-30"), a_coding("d4:0-15"), a_coding("d3:0-15", applies=False)]
    rows = count_cases(CASES, DOCUMENTS, SEGMENTS, codings, [a_theme("sanctions")], [], groups=("scheme",))
    assert rows == [
        Prevalence("sanctions", "", "", "", cases=3, cases_with=2),
        Prevalence("sanctions", "", "", "2013-04", cases=1, cases_with=1),
        Prevalence("sanctions", "", "", "2013-05", cases=2, cases_with=1),
        Prevalence("sanctions", "", "What helped?", "", cases=2, cases_with=2),
        Prevalence("sanctions", "scheme=Work Choice", "", "", cases=1, cases_with=0),
        Prevalence("sanctions", "scheme=Work Programme", "", "", cases=2, cases_with=2),
    ]


def test_no_share_is_given_before_anything_is_reviewed():
    (row, *_) = count_cases(CASES, DOCUMENTS, SEGMENTS, [a_coding("d1:0-15")], [a_theme()], [])
    assert (row.share, row.low, row.high, row.method) == (None, None, None, "machine, unchecked")


def test_an_emergent_theme_is_counted_by_its_memberships_and_a_guided_one_is_not():
    themes = [a_theme("t-x9kq", origin=ThemeOrigin.EMERGENT, code_ids=()), a_theme("sanctions")]
    memberships = [Membership("d3:0-15", "t-x9kq", 0.4), Membership("d3:0-15", "sanctions", 0.9)]
    rows = count_cases(CASES, DOCUMENTS, SEGMENTS, [], themes, memberships, groups=())
    assert [(r.theme_id, r.cases_with) for r in rows if not r.period and not r.question] == [
        ("t-x9kq", 1),
        ("sanctions", 0),
    ]


def test_a_case_that_writes_in_two_months_counts_once_in_all_and_once_in_each():
    documents = [
        a_document("d1", case_id="c", written="2013-04"),
        a_document("d2", case_id="c", written="2013-05"),
    ]
    segments = [a_segment("d1:0-15", case_id="c"), a_segment("d2:0-15", case_id="c")]
    rows = count_cases([a_case("c")], documents, segments, [a_coding("d1:0-15"), a_coding("d2:0-15")], [a_theme()], [])
    assert [(r.period, r.cases, r.cases_with) for r in rows] == [("", 1, 1), ("2013-04", 1, 1), ("2013-05", 1, 1)]


def test_an_attribute_in_which_nearly_everybody_differs_is_no_group():
    documents = [a_document(f"d{n}", written=None) for n in range(31)]
    cases = [a_case(f"c-d{n}", job=f"job {n}", area="north") for n in range(31)]
    rows = count_cases(cases, documents, [], [], [a_theme()], [])
    assert [(r.group, r.cases, r.cases_with) for r in rows] == [("", 31, 0), ("area=north", 31, 0)]


def test_nobody_who_wrote_means_zero_not_nothing():
    assert count_cases([], [], [], [], [a_theme()], []) == [Prevalence("sanctions", "", "", "", 0, 0)]
