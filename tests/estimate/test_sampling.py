"""Who is drawn: by chance, with the chance that was said, for what was to be spent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themes.estimate.frame import Frame
from themes.estimate.sampling import drawn, in_any, inclusion_probabilities, permanent_number, usefulness


def a_frame(chances, excerpts):
    ids = tuple(f"c{n}" for n in range(len(chances)))
    return Frame(ids, np.array(excerpts, float), tuple(f"code{n}" for n in range(len(chances[0]))), np.array(chances))


def test_what_is_uncertain_and_short_is_most_useful():
    # One code, usual at .5, so weighed 4: root of 4 * .25 / 1, of 4 * .25 / 4, and nothing where all is certain.
    found = usefulness(a_frame([[0.5], [0.5], [1.0], [0.0]], [1, 4, 1, 1]))
    assert found.tolist() == [1.0, 0.5, 0.0, 0.0]


def test_a_rare_code_counts_as_much_as_a_common_one_unless_its_priority_says_else():
    chances = [[0.5, 0.0], [0.5, 0.0], [0.0, 0.1], [0.0, 0.1]]
    # Usual at .25 and .05: .25 / (.25 * .75) and .09 / (.05 * .95).
    found = usefulness(a_frame(chances, [1] * 4))
    assert found == pytest.approx(np.sqrt([4 / 3, 4 / 3, 36 / 19, 36 / 19]))
    found = usefulness(a_frame(chances, [1] * 4), [1, 0])
    assert found == pytest.approx(np.sqrt([4 / 3, 4 / 3, 0, 0]))


def test_chances_by_hand():
    # Mean usefulness 1: wanted .65, 1, 1.35, in all 3. A budget of 1.5: half of each.
    assert inclusion_probabilities(np.array([0.5, 1, 1.5]), np.ones(3), 1.5) == pytest.approx([0.325, 0.5, 0.675])
    # Of 2.4 the third would get 1.08: it is certain, and .65 : 1 share the 1.4 that are left.
    found = inclusion_probabilities(np.array([0.5, 1, 1.5]), np.ones(3), 2.4)
    assert found == pytest.approx([1.4 * 0.65 / 1.65, 1.4 / 1.65, 1.0])
    # Where nothing is uncertain, all are alike; a long case costs more and has the same chance.
    assert inclusion_probabilities(np.zeros(3), np.array([1.0, 1, 8]), 5) == pytest.approx([0.5, 0.5, 0.5])


@given(
    st.lists(st.tuples(st.floats(0, 10), st.integers(1, 30)), min_size=1, max_size=40),
    st.floats(0.01, 1.0, exclude_max=True),
)
def test_the_expected_cost_is_the_budget(cases, part):
    useful, costs = np.array([u for u, _ in cases]), np.array([float(c) for _, c in cases])
    found = inclusion_probabilities(useful, costs, part * costs.sum())
    assert found @ costs == pytest.approx(part * costs.sum())
    assert np.all((found > 0) & (found <= 1))


def test_a_budget_for_all_buys_all_and_none_buys_nothing():
    assert inclusion_probabilities(np.array([0.5, 1]), np.array([2.0, 3]), 5).tolist() == [1, 1]
    with pytest.raises(ValueError, match="above 0"):
        inclusion_probabilities(np.ones(2), np.ones(2), 0)


def test_a_number_is_permanent_and_of_its_stream_secret_and_case():
    number = permanent_number(b"secret", "batch 1", "c1")
    assert number == permanent_number(b"secret", "batch 1", "c1")
    others = {permanent_number(b"other", "batch 1", "c1"), permanent_number(b"secret", "batch 2", "c1")}
    assert number not in others | {permanent_number(b"secret", "batch 1", "c2")}


def test_cases_are_drawn_as_often_as_was_said_and_batches_apart_from_one_another():
    ids = [f"c{n}" for n in range(20_000)]
    one = drawn(ids, np.full(20_000, 0.3), secret=b"s", stream="batch 1")
    other = drawn(ids, np.full(20_000, 0.2), secret=b"s", stream="batch 2")
    # Four standard errors.
    assert one.mean() == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 20_000))
    assert (one & other).mean() == pytest.approx(0.06, abs=4 * np.sqrt(0.06 * 0.94 / 20_000))
    assert (one | other).mean() == pytest.approx(
        float(in_any(np.array([0.3]), np.array([0.2]))[0]), abs=4 * np.sqrt(0.44 * 0.56 / 20_000)
    )


def test_who_else_is_there_and_in_which_order_changes_nobodys_lot():
    chances = {"c1": 0.5, "c2": 0.9, "c3": 0.1}
    whole = dict(
        zip(chances, drawn(list(chances), np.array(list(chances.values())), secret=b"s", stream="1"), strict=True)
    )
    for ids in (["c3", "c1"], ["c2"], ["c2", "c3", "c1"]):
        found = drawn(ids, np.array([chances[case] for case in ids]), secret=b"s", stream="1")
        assert found.tolist() == [whole[case] for case in ids]


def test_the_certain_are_drawn_and_the_impossible_are_not():
    ids = [f"c{n}" for n in range(500)]
    assert drawn(ids, np.ones(500), secret=b"s", stream="1").all()
    assert not drawn(ids, np.zeros(500), secret=b"s", stream="1").any()
