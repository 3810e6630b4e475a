"""Keys can be changed and switched off, and never clash."""

import pytest

from themes.review.web.keys import ACTIONS, OFF, as_cookie, clash, keys_of

AT_FIRST = {action: key for action, (key, _) in ACTIONS.items()}


def test_the_keys_there_are_at_first_do_not_clash():
    assert clash(AT_FIRST) == []
    assert keys_of("") == AT_FIRST


@pytest.mark.parametrize("changed", [{"skip": "é"}, {"skip": ""}, {"none": "0", "help": ";"}, {"decide": "."}])
def test_a_choice_comes_back_from_its_cookie(changed):
    chosen = {**AT_FIRST, **changed}
    assert clash(chosen) == []
    cookie = as_cookie(chosen)
    assert all(each.isascii() and (each.isalnum() or each in "-.") for each in cookie)
    assert keys_of(cookie) == chosen


def test_all_can_be_switched_off():
    assert as_cookie(dict.fromkeys(ACTIONS, "")) == OFF
    assert set(keys_of(OFF).values()) == {""}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"skip": "n"}, ["none", "skip"]),
        ({"skip": "3"}, ["skip"]),
        ({"skip": " "}, ["skip"]),
        ({"skip": "ab"}, ["skip"]),
        ({"skip": "Enter"}, ["decide", "skip"]),
    ],
)
def test_a_key_that_is_used_twice_or_is_no_single_character_is_told(changed, wrong):
    assert clash({**AT_FIRST, **changed}) == wrong


@pytest.mark.parametrize(
    "cookie", ["x", "skip", "skip-hex-zz", "skip-hex-110000", "skip-hex-6e", "evil-hex-61", "<script>", "skip-hex-1f"]
)
def test_a_cookie_that_is_none_of_ours_gives_the_keys_there_are_at_first(cookie):
    assert keys_of(cookie) == AT_FIRST
