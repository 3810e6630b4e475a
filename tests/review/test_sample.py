"""The sample as the log keeps it: everybody's chance, batch after batch."""

import numpy as np
import pytest

from themes.errors import EntryTaken, StoreError
from themes.estimate.frame import Frame
from themes.estimate.sampling import inclusion_probabilities, permanent_number, usefulness
from themes.records.review import EntryKind
from themes.records.sample import Batch, Unit
from themes.review import sample
from themes.review.sample import batches_in, draw_batch, next_promises, probabilities_in, sample_in
from themes.store.review_check import check_log
from themes.store.review_log import ReviewLog

SECRET = b"of this corpus"


@pytest.fixture
def log(tmp_path):
    opened = ReviewLog(str(tmp_path / "review.db"), "study")
    yield opened
    opened.close()


@pytest.fixture
def frame():
    random = np.random.default_rng(3)
    ids = tuple(f"c{n:03}" for n in range(300))
    return Frame(ids, random.integers(1, 9, 300).astype(float), ("cars", "food"), random.uniform(0, 1, (300, 2)) ** 3)


def draw(log, frame, budget=200.0, **more):
    told = {"run_id": "r1", "codebook_version": "1.0.0", "coder": "ab12", "secret": SECRET}
    return draw_batch(log, frame, budget=budget, **{**told, **more})


def test_everybodys_chance_is_written_down_and_who_was_drawn_follows_from_it(log, frame):
    chosen = draw(log, frame)
    chances = inclusion_probabilities(usefulness(frame), frame.excerpts, 200)
    numbers = np.array([permanent_number(SECRET, "batch 1", case_id) for case_id in frame.case_ids])
    told = [entry.content for entry in log.entries(EntryKind.DRAW)]
    assert [one["probability"] for one in told] == chances.tolist()
    assert [one["drawn"] for one in told] == (numbers < chances).tolist()
    assert [one["score"] for one in told] == usefulness(frame).tolist()
    assert [one["excerpts"] for one in told] == frame.excerpts.tolist()
    assert [case.case_id for case in chosen] == [
        c for c, is_in in zip(frame.case_ids, numbers < chances, strict=True) if is_in
    ]
    assert check_log(log) == 301


def test_how_a_batch_was_drawn_is_written_down(log, frame):
    draw(log, frame, priorities=[1.0, 3.0], unit=Unit.CASES, budget=40.0)
    (batch,) = batches_in(log)
    assert batch == Batch(
        *("batch 1", "r1", "1.0.0", "ab12", ("cars", "food"), (1.0, 3.0), 40.0, Unit.CASES, 0.2, 300),
        drawn_at=batch.drawn_at,
        secret_mark=batch.secret_mark,
    )
    assert SECRET not in str(log.links()).encode()
    assert 20 < sum(case.is_drawn for case in sample_in(log).values()) < 60


def test_a_later_batch_adds_to_the_chances_and_brings_what_it_may_cost(log, frame):
    first = {case.case_id: case for case in draw(log, frame)}
    before = probabilities_in(log, frame.case_ids)
    second = draw(log, frame, budget=150.0)
    after = probabilities_in(log, frame.case_ids)
    assert np.all(after > before)
    assert ((after - before) * frame.excerpts).sum() == pytest.approx(150.0)
    whole = sample_in(log)
    assert {c for c, case in whole.items() if case.is_drawn} == set(first) | {case.case_id for case in second}
    both = next(case for case in whole.values() if len(case.batch_ids) == 2)
    assert both.batch_ids == ("batch 1", "batch 2")
    assert [batch.batch_id for batch in batches_in(log)] == ["batch 1", "batch 2"]


def test_a_share_of_the_drawn_is_read_twice_and_stays_so_in_every_batch(log, frame):
    first = draw(log, frame)
    second = draw(log, frame)
    double = {case.case_id: case.is_double for case in first}
    assert 0 < sum(double.values()) < len(first) / 2
    again = {case.case_id: case.is_double for case in second if case.case_id in double}
    assert again
    assert again == {case_id: double[case_id] for case_id in again}


def test_cases_that_came_later_could_not_have_been_drawn_before(log, frame):
    draw(log, Frame(frame.case_ids[:200], frame.excerpts[:200], frame.code_ids, frame.chances[:200]))
    assert np.all(probabilities_in(log, frame.case_ids)[200:] == 0)
    draw(log, frame)
    assert np.all(probabilities_in(log, frame.case_ids) > 0)


def test_a_batch_by_another_secret_is_refused(log, frame):
    draw(log, frame)
    with pytest.raises(StoreError, match="drawn by another secret"):
        draw(log, frame, secret=b"of another corpus")
    assert len(batches_in(log)) == 1


def test_of_two_who_draw_at_once_the_second_is_refused(log, frame, monkeypatch):
    draw(log, frame)
    monkeypatch.setattr(sample, "batches_in", lambda _log: [])
    with pytest.raises(EntryTaken):
        draw(log, frame, budget=90.0)


def test_a_forgotten_case_leaves_the_sample_and_the_others_keep_their_chances(log, frame):
    draw(log, frame)
    before = sample_in(log)
    (entry,) = log.entries(EntryKind.DRAW, about="c007")
    log.erase([entry.number])
    assert sample_in(log) == {case_id: case for case_id, case in before.items() if case_id != "c007"}


def test_the_queue_can_say_what_forty_more_would_buy(log, frame):
    nothing = next_promises(log, frame)
    assert [(one.code_id, one.now) for one in nothing] == [("cars", 0.5), ("food", 0.5)]
    draw(log, frame)
    assert all(one.then < one.now < 0.2 for one in next_promises(log, frame))
