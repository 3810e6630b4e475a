from builders import a_case, a_code, a_codebook, a_prevalence, a_project, a_theme
from themes.disclosure import release
from themes.records.project import Audience
from themes.records.theme import ThemeOrigin
from themes.report.counts import Counts
from themes.report.theme_map import theme_map

BOOK = a_codebook(
    a_code("sanctions", parent_id="A"),
    a_code("support", parent_id="B"),
    a_code("coercion", parent_id="A"),
    groups={"A": "Compulsion", "B": "What helps"},
)
GUIDED = tuple(a_theme(code.code_id, name=code.name) for code in BOOK.codes)
BUSES = a_theme("e1", name="Buses", origin=ThemeOrigin.EMERGENT, code_ids=())
ADOPTED = a_theme("e2", name="Adopted", origin=ThemeOrigin.EMERGENT, code_ids=("support",))


def both_ways(one, other, people):
    return (
        a_prevalence(one, people, group=f"theme={other}"),
        a_prevalence(other, people, group=f"theme={one}"),
    )


NUMBERS = (
    a_prevalence("", 100),
    a_prevalence("sanctions", 60),
    a_prevalence("support", 50),
    a_prevalence("coercion", 9),
    a_prevalence("e1", 20),
    a_prevalence("e2", 30),
    *both_ways("sanctions", "support", 25),
    *both_ways("sanctions", "coercion", 9),
    *both_ways("sanctions", "e1", 12),
    *both_ways("sanctions", "e2", 28),
)


def drawn(numbers=NUMBERS, cases=100):
    people = tuple(a_case(f"c{n}") for n in range(cases))
    cleared = release(
        a_project(codebook=BOOK, cases=people, prevalences=numbers, themes=(*GUIDED, BUSES, ADOPTED)), Audience.TEAM
    )
    return theme_map(BOOK, GUIDED, cleared.themes, Counts(cleared))


def test_the_table_has_each_tie_that_is_drawn_with_its_groups():
    figure, _ = drawn()
    assert figure.columns == ("Theme", "And theme", "Group of the first", "Group of the other", "People")
    assert figure.rows == (
        ("Sanctions", "Support", "Compulsion", "What helps", "25"),
        ("Sanctions", "Buses", "Compulsion", "Themes that nobody asked for", "12"),
    )


def test_a_tie_of_few_people_is_not_drawn_and_its_theme_is():
    figure, _ = drawn()
    assert "Coercion" in figure.wide
    assert not any("Coercion" in row for row in figure.rows)


def test_a_theme_that_became_a_code_is_not_drawn_twice():
    assert "Adopted" not in drawn()[0].wide


def test_the_strongest_ties_are_said_in_words():
    figure, says = drawn()
    assert says == (
        "The strongest ties, with how many people speak of both: “Sanctions” and “Support” (25); “Sanctions” and "
        "“Buses” (12)."
    )
    assert "Only the 2 strongest ties that may be told are drawn. Unchecked." in figure.caption
    assert [words for _, words in figure.legend] == [
        "two themes of the codebook",
        "with a theme that nobody asked for (broken line)",
    ]


def test_nothing_is_drawn_where_no_tie_may_be_told():
    assert drawn([p for p in NUMBERS if not p.group]) == (None, "")
    assert drawn(cases=9) == (None, "")
