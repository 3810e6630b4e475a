from builders import a_case, a_document, a_masked_document
from themes.records.corpus import DocumentKind
from themes.records.residual import Measure, Residual, Severity
from themes.residual.groups import (
    Combination,
    combination_of,
    group_findings,
    groups_of,
    known_of,
    singled_out,
    told_in_text,
)


def people(*rows: tuple[int, str, str]) -> dict[str, dict[str, str]]:
    """So many people with a region and a scheme each; "" is no answer."""
    known = {}
    for times, region, scheme in rows:
        for _ in range(times):
            answers = {"region": region, "scheme": scheme}
            known[f"c{len(known):02}"] = {column: value for column, value in answers.items() if value}
    return known


# Wales 8, Kent 7, no region 2; IPS 9, Work Programme 6, no scheme 2. Together: 7, 1, 2 (no region), 5, 2 (no scheme).
SEVENTEEN = people((7, "Wales", "IPS"), (1, "Wales", "WP"), (2, "", "IPS"), (5, "Kent", "WP"), (2, "Kent", ""))


def test_groups_are_counted_by_hand():
    found = {columns: combination_of(columns, sizes) for columns, sizes in groups_of(SEVENTEEN).items()}
    assert found == {
        ("region",): Combination(("region",), 15, 7, 0, 15),
        ("scheme",): Combination(("scheme",), 15, 6, 0, 15),
        ("region", "scheme"): Combination(("region", "scheme"), 17, 1, 5, 17),
    }


def test_somebody_is_singled_out_by_the_fewest_answers_that_do_it():
    alone = singled_out(SEVENTEEN, groups_of(SEVENTEEN))
    both = ("region", "scheme")
    assert alone == {"c07": (both, 1), "c08": (both, 2), "c09": (both, 2), "c15": (both, 2), "c16": (both, 2)}
    with_one_in_fife = {**SEVENTEEN, "c99": {"region": "Fife", "scheme": "IPS"}}
    assert singled_out(with_one_in_fife, groups_of(with_one_in_fife))["c99"] == (("region",), 1)


def test_findings_name_columns_and_sizes_and_never_an_answer():
    rows = group_findings(SEVENTEEN)
    by_kind = {row.kind: row for row in rows if not row.case_id}
    assert by_kind["in groups below 5: region + scheme"] == Residual(
        Measure.GROUPS, "in groups below 5: region + scheme", 5, Severity.MEDIUM, out_of=17
    )
    assert by_kind["in groups below 10: region"].figure == 15
    assert by_kind["in groups below 10: region"].severity is Severity.LOW
    assert by_kind["smallest group: region + scheme"].figure == 1
    assert [(row.case_id, row.figure) for row in rows if row.case_id] == [
        ("c07", 1), ("c08", 2), ("c09", 2), ("c15", 2), ("c16", 2),
    ]  # fmt: skip
    assert [row for row in rows for answer in ("Wales", "Kent", "IPS", "WP") if answer in row.kind] == []


def test_where_all_groups_are_large_nothing_is_found():
    assert group_findings(people((10, "Wales", "IPS"), (12, "Kent", "WP"))) == []


def test_nobody_known_gives_nothing():
    assert group_findings({"c1": {}, "c2": {}}) == []
    assert group_findings({}) == []


def test_more_than_three_answers_are_looked_at_only_all_at_once():
    known = {f"c{n}": dict.fromkeys("abcde", "same") for n in range(12)}
    known["c0"] |= {"a": "other"}
    sizes = {len(columns) for columns in groups_of(known)}
    assert sizes == {1, 2, 3, 5}


def test_a_vaguer_surrogate_is_an_answer_and_a_tag_is_not():
    story = a_masked_document(
        "d1",
        "I am ",
        ("47", "AGE", "[age 40–49]"),
        ", from ",
        ("Haworth", "LOCATION", "[place K7QX2]"),
        " or ",
        ("Hebden", "LOCATION", "[place in Yorkshire B2X4Y]"),
        ", since ",
        ("3 May 2014", "DATE", "[date: May 2014]", "[date: 2014]"),
        "; on ",
        ("the 5th", "DATE", "[date: 5th]", "[date: day and month]"),
        " ",
        ("Karen", "PERSON", "[person B2X4Y]"),
        " rang.",
    )
    assert told_in_text(story) == {
        ("age in the text", "age 40–49"),
        ("date in the text", "date: 2014"),
        ("place in the text", "place in Yorkshire"),
    }


def test_an_article_tells_of_nobody():
    article = a_masked_document("a", ("47", "AGE", "[age 40–49]"), kind=DocumentKind.ARTICLE)
    assert told_in_text(article) == set()
    assert told_in_text(a_document()) == set()


def test_what_texts_tell_stands_beside_the_answers_of_their_writer():
    told = {"c1": [("age in the text", "20–29"), ("age in the text", "40–49")]}
    assert known_of([a_case("c1", region="Wales"), a_case("c2")], told) == {
        "c1": {"region": "Wales", "age in the text": "20–29; 40–49"},
        "c2": {},
    }
