"""That a form is searched for wherever it may be found, and seldom anywhere else."""

import importlib
import pkgutil
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import themes.deidentify
from themes.deidentify.wording.hints import FIGURE, Hinted, hinted


def forms() -> dict[str, Hinted]:
    """All that de-identification searches for, by module and name."""
    found: dict[str, Hinted] = {}
    for module in pkgutil.walk_packages(themes.deidentify.__path__, "themes.deidentify."):
        for name, value in vars(importlib.import_module(module.name)).items():
            several = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            found |= {f"{module.name}.{name}.{n}": one for n, one in enumerate(several) if isinstance(one, Hinted)}
    return found


ALL_CASES = [str, str.upper, str.lower, str.title]


@pytest.mark.parametrize(
    ("pattern", "hints"),
    [
        (r"mill fire", [{"mill fire"}]),
        (r"(?:mill|pit) fire", [{" fire"}, {"mill", "pit"}]),
        (r"(?:mill|pit)? fire", [{" fire"}]),
        (r"(?:mill )+fire", [{"mill "}, {"fire"}]),
        (r"(?>mill|pit)", [{"mill", "pit"}]),
        (r"(?=mill)\w+", [{"mill"}]),
        (r"(?<=mill )\w+(?<! fire)", [{"mill "}]),
        (r"mi(?!x)ll", [{"mill"}]),
        (r"mill\b fire$", [{"mill fire"}]),
        (r"Mill 12\d", [{f"mill {FIGURE * 3}"}]),
        (r"mill [0-9]", [{f"mill {FIGURE}"}]),
        (r"mill [\da]", [{"mill "}]),
        (r"mill [^a]", [{"mill "}]),
        (r"ca\u00f1on", [{"ca"}, {"on"}]),
        (r"(?:mill|\w+) a", [{" a"}]),
        (r"mill|x", []),
        (r"(\w+) \1", []),
        ("|".join(f"{n:04}x{n:04}".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(200)), []),
    ],
)
def test_what_a_form_cannot_do_without_is_read_from_it(pattern: str, hints: list[set[str]]) -> None:
    assert sorted(map(sorted, hinted(pattern).hints)) == sorted(map(sorted, hints))


def test_a_form_is_searched_for_where_all_it_needs_is() -> None:
    form = hinted(r"\b(?:mill|pit) (?:fire|storm) of (?:19|20)\d\d", re.IGNORECASE)
    assert form.may_be_in("The PIT lamp went out; 1971 was the year of the storm")
    assert not form.may_be_in("The mill fire of that year")
    assert [match.group() for match in form.finditer("the Mill Fire of 1971")] == ["Mill Fire of 1971"]
    assert list(form.finditer("the Mill Fire of 1971", 5)) == []
    assert form.search("a fire of 1971") is None
    assert form.search("pit storm of 2001", 0) is not None


@pytest.mark.parametrize("text", ["ſIKH", "sıkh", "SİKH", "Sikh"])
def test_letters_that_a_form_takes_for_others_are_looked_for_as_those(text: str) -> None:
    form = hinted("sikh", re.IGNORECASE)
    assert form.search(text) is not None


def test_a_figure_of_any_script_is_one() -> None:
    assert hinted(r"age \d\d").search("age ٤٧") is not None


def test_where_the_pieces_of_a_form_stand_is_told_in_order() -> None:
    form = hinted(r"\d|first|last", re.IGNORECASE)
    assert form.pieces_in("At Last, İ came 1st") == [(3, 7), (16, 17)]


@pytest.mark.slow
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.parametrize("name", forms())
def test_no_form_is_passed_by_where_it_is_found(name: str, data: st.DataObject) -> None:
    form = forms()[name]
    text = data.draw(st.from_regex(form.pattern))
    for in_case in ALL_CASES:
        if form.pattern.search(in_case(text)):
            assert form.may_be_in(in_case(text))
