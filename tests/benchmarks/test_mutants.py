"""The tool that plants faults: what it tries a module against, and what it says of a fault."""

from pathlib import Path

import mutants
import pytest
from mutants import (
    BESIDES,
    ROOT,
    Change,
    all_modules,
    change_of,
    judges_of,
    no_differences,
    path_of,
    says_the_same,
    sources,
)

SOURCE = """
def first(number: int) -> bool:
    return number < 3


class Clock:
    def late(self, hour: int) -> bool:
        early = hour < 9
        return not early


class Bell:
    def late(self, hour: int) -> bool:
        return hour > 22
"""
PLANTED = """
def x_first__mutmut_orig(number: int) -> bool:
    return number < 3


def x_first__mutmut_1(number: int) -> bool:
    return number <= 3


class Clock:
    def xǁClockǁlate__mutmut_orig(self, hour: int) -> bool:
        early = hour < 9
        return not early

    def xǁClockǁlate__mutmut_2(self, hour: int) -> bool:
        early = hour < 9
        return early


class Bell:
    def xǁBellǁlate__mutmut_orig(self, hour: int) -> bool:
        return hour > 22

    def xǁBellǁlate__mutmut_1(self, hour: int) -> bool:
        return hour > 23
"""


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("x_first__mutmut_1", Change(3, "return number < 3", "return number <= 3")),
        ("xǁClockǁlate__mutmut_2", Change(9, "return not early", "return early")),
        ("xǁBellǁlate__mutmut_1", Change(14, "return hour > 22", "return hour > 23")),
    ],
)
def test_a_fault_is_told_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: Change
) -> None:
    for place, text in (("tree/clocks.py", SOURCE), ("copy/mutants/clocks.py", PLANTED)):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text, encoding="utf-8")
    monkeypatch.setattr(mutants, "ROOT", tmp_path / "tree")
    assert change_of(f"themes.deidentify.clocks.{name}", "clocks.py", tmp_path / "copy") == change


def test_methods_of_one_name_are_told_apart() -> None:
    assert {name: line for name, (line, _) in sources(SOURCE).items()} == {
        "first": 2,
        "Clockǁlate": 7,
        "Bellǁlate": 13,
    }
    assert sources(SOURCE)["first"][1] == "def first(number: int) -> bool:\n    return number < 3"


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        ('rows("SELECT given FROM ids")', 'rows("select given from ids")', True),
        ('decode("utf-8")', 'decode("UTF-8")', True),
        ('says("person")', 'says("PERSON")', False),
        ('rows("SELECT given FROM ids")', 'rows("XXSELECT given FROM idsXX")', False),
    ],
)
def test_only_sql_and_encodings_say_the_same_in_capitals(was: str, now: str, same: bool) -> None:
    assert says_the_same(Change(1, was, now)) is same


def test_what_a_module_is_tried_against_is_there() -> None:
    assert set(BESIDES) <= set(all_modules())
    assert judges_of("vault") == ["tests/deidentify/vault/test_vault.py", "tests/deidentify/vault/test_rotation.py"]
    assert judges_of("reading") == []
    there = {path.stem.removeprefix("test_") for path in (ROOT / "tests/deidentify").rglob("test_*.py")}
    assert {name for names in BESIDES.values() for name in names} <= there


def test_a_module_is_named_by_its_own_name_alone() -> None:
    modules = [name for name in all_modules() if name != "__init__"]
    assert len(modules) == len(set(modules))
    with pytest.raises(SystemExit, match=r"There is no clocks\.py in src/themes/deidentify\."):
        path_of("clocks")


def test_a_change_that_makes_no_difference_is_one_of_a_line_that_is_there() -> None:
    gone = []
    for module, changes in no_differences().items():
        lines = [line.strip() for line in (ROOT / path_of(module)).read_text("utf-8").splitlines()]
        gone += [(module, was) for was, now, why in changes if was not in " ".join(lines) or was == now or not why]
    assert gone == []
