"""Whoever looks on sees what takes long; whoever does not gets no line of it."""

import io
import re
import sys

import pytest

from themes.waiting import working


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_whoever_looks_on_sees_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with working("Coding 1,200 excerpts"):
        pass
    said = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", terminal.getvalue())
    assert "Coding 1,200 excerpts … 0:00:0" in said


def test_where_nobody_looks_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with working("Coding 1,200 excerpts"):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_failure_within_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(ValueError, match="as it was"), working("Coding"):
        raise ValueError("as it was")
