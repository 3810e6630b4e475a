import time

import pytest

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
