"""The labelled excerpts of the packaged codebook: enough of each sort, and honest folds."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from themes.code.folds import groups_of
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.jsonl import read_lines
from themes.read.labelled import read_labelled


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(packaged_codebook())


@pytest.fixture(scope="module")
def rows(codebook):
    return [line.values for line in read_lines(codebook.labelled)]


def test_there_are_at_least_fifteen_hundred_and_sixty_of_each_code(codebook, rows):
    taken = Counter(code for row in rows for code in row["codes"])
    assert len(rows) >= 1500
    assert set(taken) == {code.code_id for code in codebook.codes}
    assert min(taken.values()) >= 60


def test_a_third_of_the_coded_means_its_code_without_the_usual_words(codebook, rows):
    """So of the excerpts that stand alone; and of those in pairs, which are not noted as such, by the cues."""
    from builders import a_segment
    from themes.code.cues import score_cues

    alone = [row for row in rows if row["codes"] and row["note"] != "pair"]
    assert sum(row["note"] == "oblique" for row in alone) >= len(alone) / 3
    paired = [row for row in rows if row["codes"] and row["note"] == "pair"]
    cued = score_cues([a_segment(text=row["text"]) for row in paired], codebook) > 0
    own = np.array([[code.code_id in row["codes"] for code in codebook.codes] for row in paired])
    assert (~(cued & own).any(axis=1)).mean() >= 1 / 3


def test_a_quarter_has_no_code(rows):
    assert sum(not row["codes"] for row in rows) >= len(rows) / 4


def test_lures_are_many_and_mostly_without_a_code(rows):
    lures = [row for row in rows if row["note"] == "lure"]
    assert len(lures) >= 300
    assert sum(not row["codes"] for row in lures) >= len(lures) / 2


def test_the_words_of_every_code_lure_somewhere(codebook, rows):
    """A lure holds a cue, or has words of one, of a code that it does not take."""
    from builders import a_segment
    from themes.code.cues import score_cues

    lures = [row for row in rows if row["note"] == "lure"]
    tempted = score_cues([a_segment(text=row["text"]) for row in lures], codebook) != 0
    named = Counter(code for row in lures for code in [row.get("lure_for")] if code)
    for column, code in enumerate(codebook.codes):
        by_cue = sum(tempted[at, column] and code.code_id not in row["codes"] for at, row in enumerate(lures))
        assert by_cue + named[code.code_id] >= 3, code.code_id


def test_no_text_stands_in_two_themes_of_wording(codebook, rows):
    groups = groups_of([one.segment for one in read_labelled(codebook.labelled).examples])
    themes: dict[int, set[str]] = {}
    for group, row in zip(groups.tolist(), rows, strict=True):
        themes.setdefault(group, set()).add(row["theme"])
    assert {len(names) for names in themes.values()} == {1}
    assert len({row["theme"] for row in rows}) >= 20


def test_every_line_can_be_learned_from(codebook):
    assert read_labelled(codebook.labelled).problems == ()


def test_the_guide_tells_how_many_there_are(rows):
    guide = " ".join((Path(__file__).parents[2] / "docs" / "researcher.md").read_text(encoding="utf-8").split())
    paired = sum(row["note"] == "pair" for row in rows)
    assert f"comes with {len(rows):,} invented excerpts" in guide
    assert f"{paired:,} of these are {paired // 2:,} pairs" in guide
