import numpy as np
import pytest

from themes.deidentify.decide.verdicts import (
    ALONE,
    CUTS,
    EVERYDAY,
    HARDLY,
    MET_BY_NAME,
    UNHEARD,
    Kept,
    cuts_of,
    locations,
    persons,
    units,
)
from themes.deidentify.decide.word_runs import likely_from
from themes.deidentify.weigh.evidence import look
from themes.deidentify.wording.words import KeptPlace, kept_places
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURE, UNSURE, NOT = 5.0, -3.0, -9.0


def odds(text: str, *sure: str) -> np.ndarray:
    return np.array([SURE if word.plain in sure else NOT for word in look(text).words])


def a_finding(text: str, words: str, recognizer: str, label: str = "PERSON", score: float = 1.0) -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), label, IdentifierKind.DIRECT, score, recognizer)


def people(text: str, *sure: str, said: tuple[Finding, ...] = (), cut: float = 0.0) -> list[str]:
    return [f.span.of(text) for f in persons(look(text), odds(text, *sure), cut, said)]


def test_words_side_by_side_are_one_name_and_a_title_is_none_of_it() -> None:
    assert people("Mrs Jo Quillon's cat, Al", "mrs", "jo", "quillon", "al") == ["Jo Quillon", "Al"]


def test_small_words_between_names_are_no_part_of_them() -> None:
    assert people("jo and al or big dave", "jo", "and", "al", "big", "dave") == ["jo", "al", "dave"]


def test_a_kept_name_is_no_private_person_and_a_ministers_surname_seldom() -> None:
    assert people("Theresa May, Osborne", "theresa", "may", "osborne", cut=-0.5) == ["Osborne"]
    assert people("Theresa May, Osborne", "theresa", "may", "osborne", cut=3.0) == []


def test_what_is_known_needs_no_odds_and_what_is_announced_fewer() -> None:
    text = "my adviser quillon"
    assert people(text, said=(a_finding(text, "quillon", "known-name"),)) == ["quillon"]
    announced = a_finding(text, "quillon", "name-context")
    wavering = np.array([NOT, NOT, -1.0])
    assert persons(look(text), wavering, 0.0, []) == []
    assert [f.recognizer for f in persons(look(text), wavering, 0.0, [announced])] == ["name-context"]


def test_a_place_is_what_a_voter_proposes_and_the_weights_bear_out() -> None:
    text = "from Quill Bottom to Wrenby, Leeds"
    said = [a_finding(text, "Quill Bottom", "place", "LOCATION"), a_finding(text, "Leeds", "spacy", "LOCATION")]
    found = locations(look(text), odds(text, "quill", "bottom", "wrenby"), said, Kept([]), [])
    assert [(f.span.of(text), f.recognizer) for f in found] == [("Quill Bottom", "place"), ("Wrenby", "evidence")]


@pytest.mark.parametrize(
    ("text", "sure", "label"),
    [
        ("i was on quillon as a patient", "quillon", "HOSPITAL"),
        ("my kids school is quillon", "quillon", "SCHOOL"),
        ("my adviser at quillon", "quillon", "BRANCH"),
        ("stacking shelves at quillon", "quillon", "EMPLOYER"),
        ("passed to the quillon team again", "quillon", "HOSPITAL"),
        ("the quillon desk had lost it", "quillon", "BRANCH"),
    ],
)
def test_a_unit_that_the_weights_alone_hold_is_named_by_what_stands_around(text: str, sure: str, label: str) -> None:
    seen = look(text)
    likely = odds(text, sure)
    assert [(f.label, f.span.of(text)) for f in units(seen, likely, [], Kept([]))] == [(label, sure)]


def test_everyday_words_and_kept_names_alone_are_no_unit() -> None:
    text = "at the Tesco on Monday for"
    seen = look(text)
    likely = np.full(len(seen.words), SURE)
    assert units(seen, likely, [], Kept(kept_places(text))) == []
    text = "stacking shelves at Table"  # with a capital by choice
    likely = odds(text, "table")
    (found,) = units(look(text), likely, [], Kept([]))
    assert found == Finding(Span(20, 25), "EMPLOYER", IdentifierKind.QUASI, likely_from(SURE), "evidence")


def test_a_post_of_a_network_has_a_lower_cut_for_persons() -> None:
    assert cuts_of("some plain") == CUTS
    assert cuts_of("none wired")["person"] < CUTS["person"]
    assert cuts_of("none wired")["person"] < cuts_of("some wired")["person"] < CUTS["person"]
    assert {**cuts_of("none wired"), "person": 0} == {**CUTS, "person": 0}


def test_a_place_in_whose_finding_stands_a_mark_alone_is_none() -> None:
    text = "near O'Wren"
    mark = a_finding(text, "'", "presidio", "LOCATION")
    assert locations(look(text), odds(text), [mark], Kept([]), []) == []
    whole = a_finding(text, "O'Wren", "presidio", "LOCATION")
    assert [f.span.of(text) for f in locations(look(text), odds(text), [mark, whole], Kept([]), [])] == ["O'Wren"]


def graded(text: str, **values: float) -> np.ndarray:
    """Log-odds as given, word by word; for all others, that they are nothing."""
    return np.array([values.get(word.plain, NOT) for word in look(text).words])


def test_a_person_bears_the_surest_word_and_the_loudest_voter() -> None:
    text = "so Wren Quillon came"
    said = [
        a_finding(text, "Wren", "given-name"),
        a_finding(text, "Wren", "spacy", score=0.9),
        a_finding(text, "Wren", "name-context", score=0.6),
        a_finding(text, "Quillon", "name-hint", score=0.5),
    ]
    values = graded(text, wren=1.0, quillon=2.0)
    assert persons(look(text), values, 0.0, said) == [
        Finding(Span(3, 15), "PERSON", IdentifierKind.DIRECT, likely_from(2.0), "name-context")
    ]
    known = a_finding(text, "Wren", "known-name", score=0.1)
    assert persons(look(text), values, 0.0, [*said, known]) == [
        Finding(Span(3, 15), "PERSON", IdentifierKind.DIRECT, 1.0, "known-name")
    ]
    heard = persons(look(text), values, 0.0, [a_finding(text, "Wren", "place"), a_finding(text, "Wren", "spacy")])
    assert [finding.recognizer for finding in heard] == ["spacy"]


def test_of_several_voters_a_name_bears_the_one_that_knows_most() -> None:
    text = "so Wexcombe came"
    order = ["name-context", "given-name", "word-name", "name-hint", "spacy", "place"]
    for first, _ in enumerate(order):
        said = [a_finding(text, "Wexcombe", voter) for voter in reversed(order[first:])]
        assert [f.recognizer for f in persons(look(text), graded(text, wexcombe=1.0), 0.0, said)] == [order[first]]
    assert [f.recognizer for f in persons(look(text), graded(text, wexcombe=1.0), 0.0, [])] == ["evidence"]


def test_only_what_is_announced_needs_fewer_odds() -> None:
    text = "so Wexcombe came"
    for voter, held in (("name-context", 1), ("name-hint", 1), ("given-name", 0), ("spacy", 0)):
        assert len(persons(look(text), graded(text, wexcombe=-1.0), 0.0, [a_finding(text, "Wexcombe", voter)])) == held
    weak = a_finding(text, "Wexcombe", "name-context", score=0.89)
    assert persons(look(text), graded(text, wexcombe=-1.0), 0.0, [weak]) == []


def test_a_recogniser_from_elsewhere_is_not_believed_of_plain_words() -> None:
    text = "so About Zibbet came"
    assert people(text, said=(a_finding(text, "About Zibbet", "presidio"),)) == ["Zibbet"]
    assert people(text, said=(a_finding(text, "About Zibbet", "listed"),)) == ["About Zibbet"]


def test_each_person_has_a_score_of_their_own() -> None:
    text = "so Wexcombe rang, then Quillon"
    found = persons(look(text), graded(text, wexcombe=3.0, quillon=1.0), 0.0, [])
    assert [finding.score for finding in found] == [likely_from(3.0), likely_from(1.0)]


def test_a_name_is_over_its_cut_and_no_figure() -> None:
    text = "so 77 Wexcombe came"
    assert persons(look(text), graded(text, wexcombe=0.5), 0.5, []) == []
    held = persons(look(text), graded(text, wexcombe=0.6, **{"77": SURE}), 0.5, [])
    assert [finding.span.of(text) for finding in held] == ["Wexcombe"]


@pytest.mark.parametrize(
    ("text", "word", "more"),
    [
        ("so Table came", "table", 0.0),
        ("so table came", "table", EVERYDAY),
        ("Table came", "table", EVERYDAY),
        ("so karen came", "karen", 0.0),
        ("so zibbet came", "zibbet", 0.0),
        ("RT so table came", "table", UNHEARD),
        ("Table was my adviser", "table", 0.0),
        ("Table (my stepson) came", "table", 0.0),
        ("table was my adviser", "table", EVERYDAY),
        ("Table was my favourite", "table", EVERYDAY),
        ("so About came", "about", HARDLY),
        ("so May came", "may", 0.0),
        ("May came", "may", HARDLY),
        ("my adviser Tom Jones", "jones", -MET_BY_NAME),
        ("Adviser Tom Jones", "jones", -MET_BY_NAME),
        ("my social worker is Tom Jones", "jones", -MET_BY_NAME),
        ("my adviser is called Tom Jones", "jones", -MET_BY_NAME),
        ("Tom Jones is my social worker", "jones", -MET_BY_NAME),
        ("Tom Jones, my neighbour, rang", "jones", -MET_BY_NAME),
        ("RT the singer Tom Jones", "jones", UNHEARD),
    ],
)
def test_how_much_more_a_word_needs_than_the_cut(text: str, word: str, more: float) -> None:
    def held(value: float) -> list[str]:
        return [f.span.of(text).casefold() for f in persons(look(text), graded(text, **{word: value}), 0.0, [])]

    assert (held(more), held(more + 0.1)) == ([], [word])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the DWP said", "dwp"),
        ("the singer Tom Jones", "jones"),
        ("Tom Jones, adviser", "jones"),
        ("I asked my mum. Tom Jones sang", "jones"),
        ("Tom Jones is my hero", "jones"),
        ("Tom Jones, my mum sang", "jones"),
    ],
)
def test_what_is_kept_needs_more_than_any_odds(text: str, word: str) -> None:
    assert persons(look(text), graded(text, **{word: 1e9}), 0.0, []) == []


def test_a_kept_name_is_somebodys_who_is_announced_for_certain() -> None:
    text = "Moses from the desk"
    values = graded(text, moses=-1.0)
    assert persons(look(text), values, 0.0, [a_finding(text, "Moses", "name-context", score=0.7)]) == []
    held = persons(look(text), values, 0.0, [a_finding(text, "Moses", "name-context", score=0.9)])
    assert [finding.span.of(text) for finding in held] == ["Moses"]


def test_a_kept_name_by_itself_is_no_unit_though_a_rule_says_so() -> None:
    text = "at the DWP then"
    likely = np.full(4, SURE)
    said = a_finding(text, "DWP", "unit", "BRANCH")
    assert units(look(text), likely, [said], Kept(kept_places(text))) == []


def test_of_two_that_propose_a_place_a_rule_is_heard_before_a_tagger() -> None:
    text = "from Quill Pemble then"
    said = [a_finding(text, "Quill Pemble", "spacy", "LOCATION"), a_finding(text, "Quill", "place", "LOCATION")]
    values = graded(text, quill=1.0, pemble=2.0)
    assert locations(look(text), values, said, Kept([]), []) == [
        Finding(Span(5, 10), "LOCATION", IdentifierKind.QUASI, likely_from(1.0), "place"),
        Finding(Span(11, 17), "LOCATION", IdentifierKind.QUASI, likely_from(2.0), "evidence"),
    ]
    known = [*said, a_finding(text, "Quill Pemble", "listed", "LOCATION", 0.2)]
    assert locations(look(text), values, known, Kept([]), []) == [
        Finding(Span(5, 17), "LOCATION", IdentifierKind.QUASI, 1.0, "listed")
    ]


def test_what_was_taken_for_a_place_once_is_not_taken_again() -> None:
    text = "from Quill to Pemble Wexcombe then"
    rules = [a_finding(text, words, "place", "LOCATION") for words in ("Pemble", "Quill")]
    tagger = a_finding(text, "Pemble Wexcombe", "spacy", "LOCATION")
    found = locations(look(text), graded(text, quill=1.0, pemble=1.0, wexcombe=1.0), [*rules, tagger], Kept([]), [])
    assert sorted(finding.span.of(text) for finding in found) == ["Pemble", "Quill", "Wexcombe"]


def test_a_place_that_nobody_proposes_is_over_its_cut_and_names_something() -> None:
    def alone(text: str, **values: float) -> list[str]:
        kept = Kept(kept_places(text))
        return [f.span.of(text) for f in locations(look(text), graded(text, **values), [], kept, [])]

    assert alone("from Wexcombe then", wexcombe=ALONE) == []
    assert alone("from Wexcombe then", wexcombe=ALONE + 0.1) == ["Wexcombe"]
    assert alone("from table then", table=SURE) == []
    assert alone("from Leeds then", leeds=SURE) == []
    assert alone("then in March", **{"in": SURE, "march": SURE}) == []
    assert alone("the DWP, in Osborne", dwp=SURE, osborne=SURE) == ["Osborne"]


def test_of_two_units_the_surer_and_then_the_longer_counts() -> None:
    text = "at Wren Grange then"
    likely = graded(text, wren=1.0, grange=2.0)

    def found(*said: Finding) -> list[Finding]:
        return units(look(text), likely, said, Kept([]))

    long, short = (a_finding(text, words, "unit", "HOSPITAL", 0.8) for words in ("Wren Grange", "Wren"))
    assert found(short, long) == [Finding(Span(3, 14), "HOSPITAL", IdentifierKind.DIRECT, likely_from(1.5), "unit")]
    surer = a_finding(text, "Wren", "unit", "SCHOOL", 0.9)
    assert found(long, surer)[0] == Finding(Span(3, 7), "SCHOOL", IdentifierKind.DIRECT, likely_from(1.0), "unit")


@pytest.mark.parametrize(("odds_of_it", "text", "held"), [
    (-3.9, "at Scope in Bolton", True), (-4.1, "at Scope in Bolton", False),
    (-2.1, "at Quill in Bolton", False), (-1.9, "at Quill in Bolton", True),
])  # fmt: skip
def test_an_office_told_by_a_charitys_name_and_a_place_needs_less(odds_of_it: float, text: str, held: bool) -> None:
    likely = np.full(4, odds_of_it)
    said = [a_finding(text, text[3:], "unit", "BRANCH", 0.9)]
    assert bool(units(look(text), likely, said, Kept(kept_places(text)))) is held


def test_in_posts_a_word_that_no_voter_names_needs_more() -> None:
    for text, more in (("so zibbet came", 0.0), ("RT so zibbet came", UNHEARD)):
        seen = look(text)
        for said in ([], [a_finding(text, "zibbet", "spacy")]):
            wanted = 0.0 if said else more
            above, below = (persons(seen, graded(text, zibbet=wanted + step), 0.0, said) for step in (0.01, -0.01))
            assert (len(above), len(below)) == (1, 0)


@pytest.mark.parametrize(
    ("text", "values", "held"),
    [
        ("so Ray Thatcher came", {"ray": 1.0, "thatcher": 0.5}, ["Ray Thatcher"]),
        ("so Ray Thatcher came", {"ray": 1.0, "thatcher": -0.5}, ["Ray"]),
        ("so Ray, Thatcher came", {"ray": 1.0, "thatcher": 0.5}, ["Ray"]),
        ("so the Thatcher came", {"thatcher": 0.5}, []),
        ("so Cameron MacBrayne came", {"cameron": 0.1, "macbrayne": 2.0}, ["Cameron MacBrayne"]),
        ("so Tony Blair came", {"tony": 5.0, "blair": 5.0}, []),
        ("so Mr Reed came", {"reed": 0.5}, ["Reed"]),
        ("so Mr. J. Reed came", {"reed": 0.5}, ["J. Reed"]),
        ("so Sarah Reed came", {"sarah": 1.0, "reed": 0.5}, ["Sarah Reed"]),
        ("so Sarah, Reed came", {"sarah": 1.0, "reed": 0.5}, ["Sarah"]),
        ("so Sarah\nReed came", {"sarah": 1.0, "reed": 0.5}, ["Sarah"]),
        ("so Reed came", {"reed": 0.5}, []),
        ("Reed came", {"reed": 0.5}, []),
        ("so Sarah Scope came", {"sarah": 1.0, "scope": 0.5}, ["Sarah"]),  # no surname
        ("MR REED CAME", {"reed": 0.5}, ["REED"]),  # though an MR is a reconsideration
        ("so Sarah Reed-Jones came", {"sarah": 1.0, "reed-jones": 0.5}, ["Sarah Reed-Jones"]),
        ("my son Kier came", {"kier": 0.5}, ["Kier"]),
        ("so Reed (my boss) came", {"reed": 0.5}, ["Reed"]),
        ("my employer Kier came", {"kier": 0.5}, []),
        ("my adviser at Reed came", {"reed": 0.5}, []),
        ("so Mrs Marx came", {"marx": 0.5}, ["Marx"]),
        ("so Mrs Thatcher came", {"thatcher": 0.5}, []),
        ("so nurse Macmillan came", {"macmillan": 0.5}, []),
    ],
)
def test_a_famous_name_keeps_no_namesake(text: str, values: dict[str, float], held: list[str]) -> None:
    assert [f.span.of(text) for f in persons(look(text), graded(text, **values), 0.0, [])] == held


def test_the_name_of_a_field_is_no_part_of_what_stands_in_it() -> None:
    text = "County: Quillshire"
    said = locations(look(text), graded(text, county=2.0, quillshire=2.0), [], Kept([]), [])
    assert [finding.span.of(text) for finding in said] == ["Quillshire"]


def test_an_everyday_word_is_part_of_the_name_beside_it_outside_posts() -> None:
    def held(text: str) -> list[str]:
        return [f.span.of(text) for f in persons(look(text), graded(text, table=0.5, quillon=SURE), 0.0, [])]

    assert held("so table quillon came") == ["table quillon"]
    assert held("so table, quillon came") == ["quillon"]
    assert held("RT so table quillon came") == ["quillon"]


def test_a_unit_called_by_everyday_words_in_small_letters_is_found_where_the_weights_are_sure() -> None:
    text = "moved to willow ward then"
    found = units(look(text), odds(text, "willow", "ward"), [], Kept(kept_places(text)))
    assert [(f.label, f.span.of(text), f.recognizer) for f in found] == [("HOSPITAL", "willow ward", "evidence")]


def test_a_list_of_charities_is_no_office_of_any() -> None:
    text = "from Samaritans, Mind Cymru then"
    office = a_finding(text, "Samaritans, Mind Cymru", "unit", "BRANCH", 0.9)
    start = [KeptPlace(Span(5, 15), "charities", False), KeptPlace(Span(17, 27), "charities", False)]
    level = odds(text, "samaritans", "mind", "cymru")
    assert units(look(text), level, [office], Kept(start)) == []
    assert [f.span for f in units(look(text), level, [office], Kept(start[:1]))] == [office.span]


def test_everyday_words_around_a_preposition_are_no_unit() -> None:
    text = "told at the chapel over apples"
    held = units(look(text), odds(text, "chapel", "over", "apples"), [], Kept([]))
    assert held == []
