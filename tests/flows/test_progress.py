"""Where nobody is looking, a run says what each stage came to, in a plain line."""

import io
import sys

import pytest

from flows.progress import COUNTED, counted
from flows.work.stages import ONCE, PER_PARTITION


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_every_stage_says_what_it_counts():
    assert set(COUNTED) == {*ONCE, *PER_PARTITION}


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "find themes: 0 themes, "), (1, "find themes: 1 theme, "), (1234, "find themes: 1,234 themes, ")],
)
def test_a_stage_is_one_line_with_its_count_and_seconds(capsys, count, said):
    assert counted("find themes", lambda: count) == count
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(said)
    assert told.err.endswith(" s\n")
    assert told.err.count("\n") == 1


def test_a_stage_that_fails_says_nothing_of_a_count(capsys):
    def fails() -> int:
        raise ValueError

    with pytest.raises(ValueError):
        counted("find themes", fails)
    assert capsys.readouterr().err == ""


def test_on_a_terminal_no_line_is_left(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert counted("find themes", lambda: 3) == 3
    assert terminal.getvalue() == ""
