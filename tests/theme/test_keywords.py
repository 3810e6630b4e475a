import pytest

from builders import a_segment
from themes.theme.keywords import (
    cases_by_stem,
    cases_by_term,
    distinctive_terms,
    plain_name,
    shown_words,
    terms_of,
    typical_terms,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("The waiting was long.", ["waiting", "|", "long", "|"]),
        ("[adviser K7QX2] rang [town M2].", ["rang", "|"]),
        ("Waited, waited", ["waited", "|", "waited", "|"]),
        ("They don’t ring", ["ring", "|"]),
        ("the jobcentre's phone", ["jobcentre", "phone", "|"]),
        ("in 2013 café", ["café", "|"]),
        ("back-to-work scheme", ["back-to-work", "scheme", "|"]),
    ],
)
def test_words_are_content_words_in_order_with_bars_where_they_part(text, words):
    assert words_of(text) == words


def test_a_pair_is_two_words_that_stand_side_by_side():
    assert terms_of("mental health, phone call") == (
        "mental",
        "health",
        "phone",
        "call",
        "mental health",
        "phone call",
    )


def test_a_word_is_counted_once_per_case():
    segments = [
        a_segment("d1:0-5", "waiting waiting"),
        a_segment("d1:6-9", "waiting"),
        a_segment("d2:0-5", "waiting"),
    ]
    cases = cases_by_term(segments)
    assert cases["waiting"] == {"c-d1", "c-d2"}
    assert cases["waiting waiting"] == {"c-d1"}


def test_forms_of_a_word_are_counted_together():
    inside = {"wait": {"a"}, "waiting": {"b", "c"}, "waiting list": {"b"}, "soup": {"a"}}
    assert cases_by_stem(inside, inside) == {"waiting": {"a", "b", "c"}, "soup": {"a"}}
    assert cases_by_stem(inside, {**inside, "waits": {"d"}, "bus": {"d"}}) == {
        "waiting": {"a", "b", "c", "d"},
        "soup": {"a"},
        "bus": {"d"},
    }


def test_words_that_two_cases_use_are_not_shown():
    inside = {"letters": {"a", "b", "c"}, "smith": {"a", "b"}}
    assert shown_words(["smith", "letters"], inside) == ("letters",)


def test_terms_come_by_how_far_their_use_exceeds_chance():
    everywhere = {"food": set("abcd"), "kind": set("abcdefgh"), "late": set("efgh")}
    # 4 of 4 cases inside say food where 2 are expected: 4 log 2. All say kind, inside and out: 0, not telling.
    assert distinctive_terms({"food": set("abcd"), "kind": set("abcd")}, everywhere) == ["food"]


def test_a_name_takes_three_ideas_and_says_each_once():
    inside = {term: {"a", "b", "c"} for term in ("letter", "letters", "panic", "sleep", "dread")}
    assert plain_name(["letter", "letters", "panic", "sleep", "dread"], inside) == "Letter, panic and sleep"


def test_a_name_that_is_taken_gets_a_further_word():
    inside = {term: {"a", "b", "c"} for term in ("letter", "panic", "sleep", "dread")}
    ranked = ["letter", "panic", "sleep", "dread"]
    assert plain_name(ranked, inside, {"Letter, panic and sleep"}) == "Letter, panic, sleep and dread"


def test_there_is_no_name_without_words_that_three_cases_use():
    assert plain_name(["letter"], {"letter": {"a", "b"}}) == ""


def test_a_pair_used_by_few_of_those_who_use_the_word_does_not_stand_in_for_it():
    inside = {"health": set("abcdefgh"), "mental": set("abc"), "mental health": set("abc")}
    assert plain_name(["health", "mental health"], inside) == "Health"


def test_talk_and_titles_are_no_words_of_a_theme() -> None:
    assert words_of("Dont know, Mrs [person K7] said she didn't get the bus") == ["bus", "|"]


def test_words_that_say_little_come_last_in_a_name():
    inside = {term: {"a", "b", "c"} for term in ("asked", "left", "appointment", "letter")}
    assert plain_name(["asked", "appointment", "left", "letter"], inside) == "Appointment, letter and asked"
    assert plain_name(["asked"], inside) == "Asked"


def test_forms_of_one_word_are_one_idea():
    inside = {term: {"a", "b", "c"} for term in ("wednesday", "wednesdays", "quicker", "quick", "bus")}
    assert plain_name(["wednesdays", "wednesday", "quicker", "quick", "bus"], inside) == "Wednesdays, quicker and bus"


def test_terms_of_typical_excerpts_come_by_how_many_have_them_then_by_how_rare_they_are():
    texts = ["The paper bag and the plan.", "A plan on paper.", "Kept the plan."]
    typical = [a_segment(f"d{n}:0-5", text) for n, text in enumerate(texts)]
    everywhere = {"paper": set("abc"), "plan": set("abcdef"), "bag": set("abcd"), "kept": set("ab")}
    assert [t for t in typical_terms(typical, everywhere) if " " not in t] == ["plan", "paper", "kept", "bag"]
