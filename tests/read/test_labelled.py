"""Excerpts that people have coded, and what of them belongs together."""

import json

import pytest

from themes.read.labelled import read_labelled


@pytest.fixture
def cases(tmp_path):
    """The cases of the excerpts of a file with these lines."""

    def cases_of(*lines: dict) -> list[str]:
        rows = [json.dumps({"text": "It rained", "codes": ["weather"]} | line) for line in lines]
        (tmp_path / "labelled.jsonl").write_text("\n".join(rows), encoding="utf-8")
        return [one.segment.case_id for one in read_labelled(tmp_path / "labelled.jsonl").examples]

    return cases_of


def test_excerpts_that_name_the_same_case_are_of_one_case_whatever_their_ids(cases):
    assert cases({"id": "a.1", "case_id": "k"}, {"id": "b.1", "case_id": "k"}) == ["case k", "case k"]
    assert cases({"id": "a.1", "case_id": 7}, {"id": "a.2", "case_id": 8}) == ["case 7", "case 8"]


def test_a_case_that_is_named_counts_before_a_theme(cases):
    assert cases({"id": 1, "case_id": "k", "theme": "rain"}, {"id": 2, "theme": "rain"}) == ["case k", "theme rain"]


@pytest.mark.parametrize("none", [{}, {"case_id": ""}, {"case_id": None}, {"case_id": ["k"]}])
def test_where_no_case_is_named_the_id_tells_it(cases, none):
    assert cases(*({"id": name} | none for name in ("t7.0", "t7.1", 3))) == ["t7", "t7", "3"]
