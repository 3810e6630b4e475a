"""Somebody forgotten on the command line stays so when the corpus is run again, as a user would run it."""

import json
from pathlib import Path

import pytest

from flows_small_corpus import ANSWERS, make_corpus, write_survey
from themes.erase.search import Scanner

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

SAID = ANSWERS[1]  # "My adviser was kind and listened to me for an hour."


def test_a_withdrawn_row_counts_as_withdrawn_and_so_does_its_copy(themes_command, tmp_path):
    corpus = make_corpus(tmp_path / "corpora" / "small")
    own = {"THEMES_VAULT": str(tmp_path / "vault"), "THEMES_KEY_FILE": str(tmp_path / "key")}

    def run() -> tuple[Path, dict[str, int]]:
        done = themes_command("run", corpus, env=own, check=True)
        folder = Path(done.stdout.strip().splitlines()[-1])
        return folder, json.loads((folder / "manifest.json").read_text())["counts"]

    first, before = run()
    done = themes_command("forget", corpus, "--words", SAID, env=own, check=False)
    assert (done.returncode, "Forget them?" in done.stdout) == (1, True)
    done = themes_command("forget", corpus, "--words", SAID, "--yes", env=own, check=True)
    assert ": 0 hits" in done.stdout
    assert "raw/survey.csv: row 3, column 4" in done.stdout
    again, counts = run()
    assert again == first  # nothing has changed since
    assert (counts["read"], counts["withdrawn"]) == (before["read"], 1)

    write_survey(corpus, [*ANSWERS, "The form was long."])
    write_survey(corpus, [SAID.upper()], name="found-again.csv")
    later, counts = run()
    assert later != first
    assert (counts["read"], counts["withdrawn"]) == (before["read"] + 2, 2)
    assert counts["read"] == sum(
        counts[fate] for fate in ("coded", "no_code", "empty", "quarantined", "duplicate", "withdrawn")
    )
    assert Scanner([], [SAID]).in_places([tmp_path / "outputs", tmp_path / "vault"]) == []
    assert len(Scanner([], [SAID]).in_places([corpus / "raw"])) == 2
