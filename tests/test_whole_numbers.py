from itertools import product

import pytest

from themes.whole_numbers import Contradiction, Fact, Recovered, worked_out


def test_it_finds_what_trying_all_counts_finds():
    facts = [Fact({"a": 1, "b": 2, "c": 1}, 7, 8), Fact({"b": 1, "c": -1}, 1, 1), Fact({"a": 1}, 2, 3)]
    fits = [
        counts
        for counts in product(range(9), repeat=3)
        if all(f.low <= sum(f.times.get(n, 0) * v for n, v in zip("abc", counts, strict=True)) <= f.high for f in facts)
    ]
    for within in range(4):
        ranges = {n: (min(v), max(v)) for n, v in zip("abc", zip(*fits, strict=True), strict=True)}
        expected = [Recovered(n, *ends) for n, ends in ranges.items() if ends[1] - ends[0] <= within]
        assert worked_out(facts, "abc", within=within) == expected


def test_facts_that_cannot_all_be_true_are_said_to_be_so():
    with pytest.raises(Contradiction):
        worked_out([Fact({"a": 1}, 3, 3), Fact({"a": 1}, 4, 4)], ["a"])


def test_where_nothing_is_told_nothing_is_worked_out():
    assert worked_out([], ["a"]) == []
    assert worked_out([Fact({"a": 1}, 3, 3)], []) == []


def test_parts_of_a_number_bound_it_as_well():
    part = [Fact({"a": 1, "all": -0.15}, 0, 1e-6), Fact({"all": 1}, 38, 42)]
    assert worked_out(part, ["a"]) == [Recovered("a", 6, 6)]
