from collections.abc import Sequence

import pytest

from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.names import find_names
from themes.deidentify.self_test import BETWEEN_TESTS, self_test_when_due
from themes.errors import ProtectionError
from themes.records.privacy import Finding
from themes.records.raw import RawDocument


class Counted:
    """The recogniser of names, counting how often it is asked; finds nothing once it is dead."""

    def __init__(self) -> None:
        self.asked = 0
        self.dead = False

    def __call__(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        self.asked += 1
        return [[] for _ in documents] if self.dead else find_names(documents)


def test_a_self_test_is_due_at_the_start_and_every_thousand_documents() -> None:
    names = Counted()
    asked = []
    for after in (0, 0, BETWEEN_TESTS - 1, 1, BETWEEN_TESTS - 1, 3000):
        self_test_when_due({"names": names}, after=after)
        asked.append(names.asked)
    assert asked == [1, 1, 1, 2, 2, 3]


def test_other_recognisers_are_tested_before_they_look_at_anything() -> None:
    names, others = Counted(), Counted()
    for recognizers in ({"names": names}, {"names": others}, {"names": names}):
        self_test_when_due(recognizers)
    assert (names.asked, others.asked) == (2, 1)


def test_one_that_failed_is_not_taken_for_tested() -> None:
    names = Counted()
    self_test_when_due({"names": names})
    names.dead = True
    for after in (BETWEEN_TESTS, 0):
        with pytest.raises(ProtectionError, match="'names' missed 1 of 1"):
            self_test_when_due({"names": names}, after=after)


def test_the_catalog_passes() -> None:
    self_test_when_due(RECOGNIZERS)
