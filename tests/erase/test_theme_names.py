"""Names of themes that repeat somebody's words or name them: taken back with the decisions that gave them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from erase.test_repeated import RUN, THEIRS
from themes.erase.theme_names import forget_theme_decisions, names_repeat, without_their_names
from themes.errors import StoreError
from themes.records.theme import ThemeDecision, What
from themes.theme.decisions import FILE, add_decision, read_decisions
from themes.theme.groups import Groups
from themes.theme.identity import FormerName, KnownTheme, Registry


def test_decisions_that_repeat_them_go_and_the_others_stay_byte_for_byte(tmp_path):
    assert forget_theme_decisions(tmp_path, THEIRS) == 0
    told = {"by": "ada", "made_at": "2026-01-06T09:00:00+00:00"}
    add_decision(tmp_path, ThemeDecision("1", What.RENAME, "t1", name="Letters", **told))
    before = (tmp_path / FILE).read_bytes()
    add_decision(tmp_path, ThemeDecision("2", What.RENAME, "t1", name="Mr Brockbank’s case", **told))
    add_decision(tmp_path, ThemeDecision("3", What.RENAME, "t2", name=RUN.upper(), **told))
    assert forget_theme_decisions(tmp_path, THEIRS) == 2
    assert forget_theme_decisions(tmp_path, THEIRS) == 0
    assert (tmp_path / FILE).read_bytes() == before
    assert [one.name for one in read_decisions(tmp_path)] == ["Letters"]


def a_registry(*themes):
    zeros = np.zeros((len(themes), 1), np.float32)
    groups = Groups(
        middle=np.zeros(1, np.float32), directions=zeros, weights=zeros.T, offsets=zeros[:, 0], reach=zeros[:, 0],
        texts=[1] * len(themes), learned_from=1, floor=0.0,
    )  # fmt: skip
    return Registry(themes, groups)


def test_a_theme_loses_a_name_that_repeats_them_now_or_before():
    other = KnownTheme("t3", "Letters", "r1", "ada", former_names=(FormerName("post, letter"),))
    known = a_registry(
        KnownTheme("t1", "Brockbank again", "r1", "ada", former_names=(FormerName("money, weeks"),)),
        KnownTheme(
            "t2", "Money", "r1", "ada", former_names=(FormerName("As Brockbank says", "ben"), FormerName("cash"))
        ),
        other,
    )
    assert names_repeat(known, THEIRS)
    left = without_their_names(known, THEIRS)
    assert left.themes == (
        replace(known.themes[0], name="", named_by=None),
        replace(known.themes[1], former_names=(FormerName("cash"),)),
        other,
    )
    assert not names_repeat(left, THEIRS) and without_their_names(left, THEIRS) is left
    assert without_their_names(None, THEIRS) is None and not names_repeat(None, THEIRS)


def test_decisions_that_cannot_be_read_stop_it_and_stay(tmp_path, monkeypatch):
    add_decision(tmp_path, ThemeDecision("1", What.RENAME, "t1", "ada", "2026-01-06T09:00:00+00:00", name="Brockbank"))
    before = (tmp_path / FILE).read_bytes()

    def refused(path):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched, pytest.raises(StoreError, match="Nothing was taken out of it"):
        patched.setattr(Path, "read_bytes", refused)
        forget_theme_decisions(tmp_path, THEIRS)
    assert (tmp_path / FILE).read_bytes() == before
