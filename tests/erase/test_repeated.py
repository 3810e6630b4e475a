"""Their words in what others wrote: found, and blanked without harm to the file they stand in."""

import json
import tomllib

import pytest

from themes.erase.proof import Needles
from themes.erase.repeated import TheirWords

RUN = "they stopped my money for nine whole weeks"
NEXT = "stopped my money for nine whole weeks again"
THEIRS = TheirWords(
    Needles(
        frozenset({"dhis12"}), frozenset({"Quilliam Brockbank"}), frozenset({RUN, NEXT}), 0, frozenset({"brockbank"})
    )
)


@pytest.mark.parametrize(
    ("written", "blanked"),
    [
        ("Money stopped for a while.", "Money stopped for a while."),
        ("As Quilliam Brockbank says: no.", "As ████████ █████████ says: no."),
        ("Not Brockbank's.", "Not █████████'s."),
        (
            "“They stopped my money for nine whole weeks, again!” is one.",
            "“████ ███████ ██ █████ ███ ████ █████ █████, █████!” is one.",
        ),
        ("See dhis12:0-9.", "See ██████:0-9."),
        ("They stopped my money\nfor nine whole weeks", "████ ███████ ██ █████\n███ ████ █████ █████"),
        ("", ""),
    ],
)
def test_their_words_are_blanked_letter_by_letter_and_no_others(written, blanked):
    assert THEIRS.blanked(written) == blanked
    assert not THEIRS.are_in(blanked)


def test_a_file_stays_what_it_is_whatever_stands_around_their_words():
    told = "He said:\n\tquilliam brockbank\nand “é” \\ n"
    for written, read in (
        (json.dumps(told), json.loads),
        (f"said = {json.dumps(told)}", lambda t: tomllib.loads(t)["said"]),
    ):
        assert read(THEIRS.blanked(written)) == "He said:\n\t████████ █████████\nand “é” \\ n"
