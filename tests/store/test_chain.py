"""The chain alone: what fits, and what cannot be told from it."""

from dataclasses import replace

import pytest

from themes.store.chain import START, Link, fits, key_of, linked


def a_link(before: str = START, number: int = 1, **changed: object) -> Link:
    told = {"corpus": "study", "kind": "memo", "written_at": "2026-01-06", "entry_id": "1", "about": "d1"}
    return linked(before, number=number, content={"text": "kind"}, **{**told, **changed})


def test_links_that_follow_one_another_fit():
    first = a_link()
    second = a_link(first.chained, 2, entry_id="2")
    assert fits(first, after=START, number=1)
    assert fits(second, after=first.chained, number=2)
    assert not fits(second, after=START, number=2)
    assert not fits(second, after=first.chained, number=3)


@pytest.mark.parametrize(
    "change",
    [
        {"about": "d2"},
        {"about": None},
        {"salt": None},
        {"salt": "0" * 32},
        {"content": '{"about":"d1","id":"1","said":{"text":"rude"}}'},
        {"content": None},
        {"key": key_of("study", "2")},
        {"kind": "decision"},
        {"written_at": "2026-01-07"},
        {"corpus": "other"},
        {"number": 2},
        {"digest": "0" * 64},
        {"chained": "0" * 64},
    ],
)
def test_a_link_that_was_changed_does_not_fit(change):
    assert not fits(replace(a_link(), **change), after=START, number=1)


def test_an_erased_link_fits_and_tells_nothing_that_could_be_guessed():
    link = a_link()
    erased = replace(link, about=None, content=None, salt=None)
    assert fits(erased, after=START, number=1)
    # The same words under another salt: without it nobody can tell that they are the same.
    assert a_link().digest != link.digest
    assert a_link().key == link.key == erased.key


def test_ids_of_two_corpora_cannot_be_compared():
    assert key_of("study", "1") != key_of("other", "1") != key_of("other1", "")
