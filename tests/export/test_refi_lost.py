import re

from exchange_study import study_release
from themes.export.refi_lost import PLACES, what_is_lost
from themes.export.refi_project import given_codings
from themes.export.refi_xml import PROFILES


def test_the_note_counts_what_is_there_and_what_is_lost():
    lines = what_is_lost(study_release(), given_codings(study_release()), PROFILES["nvivo"])
    assert lines[1] == "It holds 14 texts, 12 cases, 3 codes and 6 codings by 3 coders."
    assert lines[2] == PLACES["nvivo"]
    assert [line for line in lines if re.match(r"(- |Blocks).*[0-9]", line)] == [
        "- how sure the machine was: 3 scores, and which of the codings were too close to call",
        "- what was noted of a coding, such as whether it is a good or a bad account: 1 coding",
        "- that a code does not apply: 2 noes",
        "- codings that a person's word replaced, or that a language model advised: 3",
        "Blocks (█) stand for excerpts that may tell of risk to life: 1 are withheld.",
    ]


def test_every_profile_says_how_it_counts():
    assert set(PLACES) == set(PROFILES)
