import threading
import time
from collections.abc import Callable

import pytest

from themes.deidentify import time_limit
from themes.deidentify.time_limit import at_most


def test_what_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError, match="more than 0 seconds"), at_most(0.2):
        while True:
            pass
    assert time.monotonic() - began < 10


def test_no_handler_on_the_way_swallows_it() -> None:
    tries = 0
    with pytest.raises(TimeoutError), at_most(0.2):
        while tries < 1_000_000_000:
            try:
                tries += 1
            except Exception:
                continue


def test_what_is_done_in_time_goes_on_undisturbed() -> None:
    with at_most(0.2):
        done = sum(range(10))
    time.sleep(0.4)
    assert sum(range(10)) == done


def test_an_error_inside_is_told_as_it_is() -> None:
    with pytest.raises(KeyError, match="Karen"), at_most(5):
        raise KeyError("Karen")


def test_a_limit_that_comes_as_the_work_ends_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    due: list[Callable[[], None]] = []

    class Late(threading.Timer):
        def __init__(self, seconds: float, stop: Callable[[], None]) -> None:
            super().__init__(seconds, stop)
            due.append(stop)

    monkeypatch.setattr(time_limit, "Timer", Late)
    with at_most(5):
        pass
    (stop,) = due
    stop()
    assert sum(range(1000)) == 499_500  # an exception thrown into this thread would come here


def test_no_clock_runs_on_after_the_work_nor_holds_up_the_end_of_the_program() -> None:
    before = set(threading.enumerate())
    with at_most(600):
        (clock,) = set(threading.enumerate()) - before
        assert clock.daemon
    clock.join(timeout=5)
    assert not clock.is_alive()
