"""Who is who: every case worked out by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themes.deidentify.replace.persons import Cast, Said, followed, said, who

SMITHS = ("Karen Smith", "Karen Jones")
Name = str | tuple[str, str]


def spoken(name: Name) -> Said:
    return said(name[1], title=name[0]) if isinstance(name, tuple) else said(name)


def meant(name: Name, text: Sequence[Name], thread: Sequence[Name] = ()) -> str:
    here = Cast(map(spoken, text))
    return who(spoken(name), text=here, thread=Cast([*here.said, *map(spoken, thread)]))


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("Karen", ["Karen Smith"], "karen smith"),
        ("KAREN", ["Karen Smith"], "karen smith"),
        ("karen’s", ["Karen Smith"], "karen smith"),
        ("karens", ["Karen Smith"], "karen smith"),
        ("karens", ["Karen"], "karen"),
        ("Smith", ["Karen Smith"], "karen smith"),
        ("smiths", ["Karen Smith"], "karen smith"),
        ("Kaz", ["Karen Smith"], "karen smith"),
        ("Karne", ["Karen Smith"], "karen smith"),
        ("Karen Smtih", ["Karen Smith"], "karen smtih"),  # not named in the text: the caller always names it
        ("Karen Smtih", ["Karen Smith", "Karen Smtih"], "karen smith"),
        ("Karne Smith", ["Karen Smith", "Karne Smith"], "karen smith"),
        ("Kaz Smith", ["Karen Smith", "Kaz Smith"], "karen smith"),
        ("Karen Louise Smith", ["Karen Smith", "Karen Louise Smith"], "karen smith"),
        ("Karen Smith", ["Karen Smith", "Karen Smith-Tarn"], "karen smith-tarn"),
        ("KS", ["Karen Smith"], "karen smith"),
        ("K.S.", ["Karen Smith"], "karen smith"),
        ("K S", ["Karen Smith"], "karen smith"),
        ("K Smith", ["Karen Smith"], "karen smith"),
        ("Karen S", ["Karen Smith"], "karen smith"),
        ("Kaz S.", ["Karen Smith"], "karen smith"),
        ("K Jones", ["Karen Smith"], "k jones"),
        ("K", ["Karen Smith"], "karen smith"),
        ("K", ["Karen"], "karen"),
        ("W", ["Karen Smith"], "w"),
        ("KW", ["Karen"], "k w"),
        (("mr", "W"), [("mr", "Watson")], "watson"),
        (("mr", "W"), ["Karen"], "w"),
        (("mr", "W"), ["Peter Watson"], "peter watson"),
        (("mr", "P"), ["Peter Watson"], "p"),
        (("mrs", "Watson"), ["Karen Watson"], "karen watson"),
        (("mrs", "Watsn"), ["Karen Watson"], "karen watson"),
        (("mr", "Karen"), ["Karen Watson"], "karen"),
        ("Dusty", ["Robert (Dusty) Ackroyd"], "robert ackroyd"),
        ("dusty", ['Robert "Dusty" Ackroyd', "Karen Smith"], "robert ackroyd"),
        ("Dusty Ackroyd", ["Robert (Dusty) Ackroyd", "Dusty Ackroyd"], "robert ackroyd"),
        ("Ackroyd", ["Robert (Dusty) Ackroyd", "Dusty Ackroyd"], "robert ackroyd"),
        ("Dusty", ["Robert (Dusty) Ackroyd", "Karen (Dusty) Smith"], "dusty"),
        (("mr", "Dusty"), ["Robert (Dusty) Ackroyd"], "dusty"),
        ("Dot", ["Ann (Dot) Rees Williams", "Sue Rees-Williams"], "ann rees-williams"),
        (("dr", "Karen"), ["Karen Watson"], "karen watson"),
        ("Liz", ["Elizabeth"], "elizabeth"),
        ("Elizabeth", ["Liz"], "elizabeth"),
        ("Gaz", ["Gareth Pugh"], "gareth pugh"),
        ("Gaz", ["Gaz", "Gary Pugh"], "gary pugh"),
        ("Jonesy", ["Peter Jones"], "peter jones"),
        ("Quilliamo", ["Quilliam"], "quilliam"),
        ("Quilliam", ["Quilliam", "Quillam"], "quillam"),  # neither is listed: the first by the alphabet
        ("Quillam", ["Quilliam", "Quillam"], "quillam"),
        ("Shan", ["Siân Rees"], "sian rees"),
        ("Sian Rees", ["Siân Rees", "Shan Rees", "Sian Rees"], "shan rees"),
        ("Bob", ["Karen Smith"], "bob"),
        ("Karen", [], "karen"),
        ("Bob Smith", ["Robert Smith", "Bob Smith"], "robert smith"),
        ("Gaerth", ["Gareth"], "gareth"),
        ("jos", ["Jo Smith"], "jo smith"),
        ("wus", ["Karen Wu"], "karen wu"),
        (("mr", "W"), [("mr", "Watson"), "Watson Smith"], "watson"),
        (("mr", "W"), [("mr", "Watson"), ("mrs", "Watson")], "mr watson"),
        (("mrs", "Rees Williams"), ["Sarah Rees-Williams"], "sarah rees-williams"),
        ("Sarah Rees Williams", ["Sarah Rees-Williams", "Sarah Rees Williams"], "sarah rees-williams"),
        ("Rees Williams", ["Rees-Williams"], "rees-williams"),
        (("dr", "ONeill"), [("dr", "O'Neill"), ("dr", "O’Neill")], "o'neill"),
        (("dr", "O Neill"), [("dr", "O'Neill")], "o'neill"),
        ("Siobhan Mc Donald", ["Siobhan McDonald", "Siobhan Mc Donald"], "siobhan mcdonald"),
        ("Jean Paul Smith", ["Jean-Paul Smith", "Jean Paul Smith"], "jean-paul smith"),
    ],
)
def test_who_is_meant(name: Name, text: list[Name], key: str) -> None:
    assert meant(name, text) == key


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("Karen", SMITHS, "karen"),
        ("Kaz", SMITHS, "kaz"),
        ("Karne", SMITHS, "karne"),
        ("Gaz", ["Gareth Pugh", "Gary Lee"], "gaz"),
        ("Gaz", ["Gareth", "Gary"], "gaz"),
        ("James", ["James Brown", "Karen James"], "james"),
        ("K", ["Karen", "Keith"], "k"),
        ("KS", ["Karen Smith", "Keith Smith"], "k s"),
        ("Smith", ["Karen Smith", "Keith Smith"], "smith"),
        ("Sam Smith", ["Sam Smith", "Samuel Smith", "Samantha Smith"], "sam smith"),
        (("mr", "Smith"), [("mr", "Smith"), ("mrs", "Smith")], "mr smith"),
        (("mrs", "Smith"), [("mr", "Smith"), ("mrs", "Smith")], "ms smith"),
        (("mr", "Smith"), [("mr", "Smith"), ("mrs", "Smith"), "Karen Smith"], "mr smith"),
        (("mrs", "Smith"), [("mr", "Smith"), ("mrs", "Smith"), ("mrs", "Karen Smith")], "karen smith"),
        (("mr", "Smith"), [("mrs", "Karen Smith")], "smith"),
        ("Dusty", ["Robert (Dusty) Ackroyd", "Dusty Miller"], "dusty"),
    ],
)
def test_what_may_be_two_people_is_neither(name: Name, text: Sequence[Name], key: str) -> None:
    assert meant(name, text) == key


def test_two_karens_stay_two() -> None:
    assert {meant(name, SMITHS) for name in (*SMITHS, "Karen")} == {"karen smith", "karen jones", "karen"}


def test_a_closer_name_goes_before_a_farther_one() -> None:
    assert meant("Liz", ["Liz Smith", "Elizabeth Jones"]) == "liz smith"
    assert meant("Karen", ["Karen Smith", "Karin Jones"]) == "karen smith"


def test_the_text_goes_before_the_thread() -> None:
    assert meant("Karen", ["Karen Jones"], ["Karen Smith"]) == "karen jones"
    assert meant("Karen", [], ["Karen Smith"]) == "karen smith"
    assert meant("Karen", [], SMITHS) == "karen"
    assert meant("Kaz", ["Karen"], ["Karen Smith"]) == "karen smith"
    assert meant("Kaz", [], ["Karen"]) == "karen"
    assert meant("Liz Smith", ["Liz Smith"], ["Elizabeth Smith"]) == "elizabeth smith"
    assert meant("Liz", ["Liz Smith"], ["Elizabeth Smith"]) == "elizabeth smith"


def test_two_whom_a_thread_tells_apart_are_not_one_by_way_of_a_text_that_does_not() -> None:
    text, everybody = Cast([said("Kaz"), said("Karen")]), [said("Kaz"), said("Karen Smith")]
    assert who(said("Kaz"), text=text, thread=Cast(everybody)) == "karen smith"
    told = Cast(everybody, apart=[("kaz", "karen"), ("karen", "kaz")])
    assert who(said("Kaz"), text=text, thread=told) == "kaz"
    assert who(said("Karen"), text=text, thread=told) == "karen smith"


def test_user_names_are_the_words_they_are_made_of() -> None:
    assert said("jodie1984").pieces == ("jodie",)
    assert said("karenSmith_82").pieces == ("karen", "smith")
    assert said("Karen_Smith").pieces == ("karen", "smith")
    assert said("karen_smith tarn").pieces == ("karen", "smith", "tarn")
    assert said("McDonald").pieces == ("mcdonald",)
    assert said("1984").pieces == ("1984",)
    assert said("...").pieces == ("...",)
    assert said("Dr").pieces == ("dr",)
    assert said(" ").pieces == (" ",)


def test_a_title_tells_the_sex_and_whether_a_surname_follows() -> None:
    assert said("Mrs Karen") == Said(("karen",), "ms", surname=True)
    assert said("Mrs Karen Smith") == Said(("karen", "smith"), "ms", surname=False)
    assert said("Karen", title="uncle") == Said(("karen",), "mr", surname=False)
    assert said("Dr Karen") == said("Karen") == Said(("karen",), "", surname=False)


def test_names_that_lead_round_in_a_circle_end_at_the_first_by_the_alphabet() -> None:
    assert followed("a", {"a": "b", "b": "c"}) == "c"
    assert followed("a", {"a": "c", "c": "b", "b": "c"}) == "b"


def test_capitals_are_initials_unless_they_are_a_name() -> None:
    assert [said(name).pieces for name in ("KW", "KLW", "JO", "KATE", "kw")] == [
        ("k", "w"),
        ("k", "l", "w"),
        ("jo",),
        ("kate",),
        ("kw",),
    ]


NAMES = st.sampled_from(
    [
        "Karen Smith", "Karen Jones", "Karen", "Kaz", "Karne", "KS", "K", "K Smith", "Smith", "Smithy", "Liz", "Lizzie",
        "Elizabeth", "Liz Smith", "Elizabeth Smith", "Sam Smith", "Samuel Smith", "Samantha", "Siân", "Shan Rees",
        "Sian Rees", "Stephen Lee", "Steven Lee", "Steve", "Quilliam", "Quillam", "Quilliamo", "Smith-Jones", "karens",
        "Karen Smith-Jones", "Bob", "jodie1984", "Jon Smith", "John Smith", "Karen Smtih", "Karen Smiht",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(orders=st.lists(NAMES, min_size=1).flatmap(lambda named: st.tuples(st.just(named), st.permutations(named))))
def test_the_order_of_arrival_does_not_matter(orders: tuple[list[str], list[str]]) -> None:
    named, shuffled = orders
    assert {name: meant(name, shuffled) for name in named} == {name: meant(name, named) for name in named}


@settings(deadline=None)
@given(named=st.lists(NAMES, min_size=1))
def test_everybody_is_somebody_and_the_same_for_good(named: list[str]) -> None:
    for name in named:
        key = meant(name, named)
        assert key
        assert meant(key.title() if " " in key else key, [*named, key]) in {key, key.removesuffix("s")}


def test_a_title_goes_to_whom_it_is_known_to_fit_and_a_first_name_to_its_own() -> None:
    john, lynn, mister = said("John Marsh", sex="mr"), said("Lynn Marsh"), said("Marsh", title="mr")
    here = Cast([john, lynn, mister])
    assert who(mister, text=here, thread=Cast()) == "john marsh"
    unknown = Cast([said("John Marsh"), lynn, mister])
    assert who(mister, text=unknown, thread=Cast()) == "marsh"
    both = Cast([john, mister, said("Marsh", title="mrs"), said("John", sex="mr")])
    assert who(said("John", sex="mr"), text=both, thread=Cast()) == "john marsh"
