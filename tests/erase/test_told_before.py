"""Before anybody says yes, every folder and run that will be written anew is named; no other is touched."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from erase.conftest import RUNS
from erase.world import FORMS, NAME, QUOTED
from themes.deidentify.vault.vault import Vault
from themes.erase.search import Scanner
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.store.run_folder import RunFolder

ASKED = "Forget them?"


def named_before(said: str) -> list[str]:
    """The lines on what is written anew, if they stand before the question."""
    lines = said.partition(ASKED)[0].splitlines()
    start = lines.index("In these folders, what people decided is looked through and these runs are written anew:")
    return lines[start + 1 :]


def test_every_folder_and_run_is_named_before_it_is_asked(study, themes):
    done = themes("forget", study / "corpora/study", "--author", NAME, answer="n\n")
    assert ASKED in done.stdout
    assert named_before(done.stdout) == [f"  {study / 'outputs/study'}: 2 runs: {', '.join(RUNS)}"]


@pytest.mark.slow
def test_what_is_named_is_what_is_written(study, themes):
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    made = re.findall(r"^made anew: .*/(\S+)$", done.stdout, re.MULTILINE)
    assert made == list(RUNS)
    assert f"2 runs: {', '.join(made)}" in done.stdout.partition("made anew")[0]


def copied(study: Path) -> Path:
    """The project copied elsewhere, with its vault: whose memory still has the folders of the original."""
    there = study.parent / "copied"
    shutil.rmtree(there, ignore_errors=True)
    shutil.copytree(study, there)
    return there


@pytest.mark.slow
def test_a_copied_project_names_the_original_and_leaves_it_out_when_told(study, themes, digests, monkeypatch):
    there = copied(study)
    monkeypatch.setenv("THEMES_VAULT", str(there / "private/vault"))
    before = digests(study / "outputs/study")
    arguments = ("forget", there / "corpora/study", "--author", NAME)
    asked = themes(*arguments, answer="n\n")
    assert [line.rpartition(" 2 runs")[0] for line in named_before(asked.stdout)[:2]] == [
        f"  {there / 'outputs/study'}:",
        f"  {study / 'outputs/study'} (NOT beside this corpus):",
    ]
    assert "--not-in" in asked.stdout
    done = themes(*arguments, "--yes", "--not-in", study / "outputs")
    assert done.exit_code == 0, done.output
    assert f"Left out, now and later: {study / 'outputs'}" in done.stdout
    assert digests(study / "outputs/study") == before
    assert Scanner([NAME], [QUOTED, FORMS]).in_places([there / "outputs", there / "private"]) == []


def test_only_a_folder_that_is_remembered_and_not_the_usual_one_is_left_out(study, themes):
    for folder, complaint in ((study / "elsewhere", "remembers no outputs folder"), (study / "outputs", "cannot be")):
        done = themes("forget", study / "corpora/study", "--author", NAME, "--yes", "--not-in", folder)
        assert (done.exit_code, complaint in done.stderr) == (2, True), done.output
    with closing(Vault.open(study / "corpora/study")) as vault:
        assert vault.outputs() == [study / "outputs"]


# A process that is told to end


def rows_of_others(run: Path, gone: frozenset[str]) -> tuple[list[Document], list[Coding]]:
    documents = [d for d in RunFolder(run).read(Document) if d.document_id not in gone]
    kept = {d.document_id for d in documents}
    return documents, [c for c in RunFolder(run).read(Coding) if c.segment_id.partition(":")[0] in kept]


MOMENTS = {
    "when the first run is done": f"{RUNS[0]}/.made-anew-*",
    "when the second run is done": f"{RUNS[1]}/.made-anew-*",
}
"""At other moments a process is killed in test_forget.py, and another command completes what it left."""


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_sigterm_in_the_middle_and_the_same_command_again_come_to_the_same(study, themes, forgotten, digests, moment):
    outputs = study / "outputs/study"
    arguments = ["forget", str(study / "corpora/study"), "--author", NAME, "--yes"]
    process = subprocess.Popen(
        [sys.executable, "-m", "themes.cli.main", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    )
    deadline = time.monotonic() + 120
    while process.poll() is None and not list(outputs.glob(MOMENTS[moment])) and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == -signal.SIGTERM  # it was still at work
    again = themes(*arguments)
    assert again.exit_code == 0, again.output
    assert "Completing an erasure that was interrupted" in again.stderr
    for proof in (again.stderr, again.stdout):
        assert re.search(r"^proof: .* files .*: 0 hits$", proof, re.MULTILINE)
    assert digests(outputs) == digests(forgotten[1] / "outputs/study")
    assert Scanner([NAME], [QUOTED, FORMS]).in_places([study / "outputs", study / "private"]) == []
    theirs = Scanner([NAME], [])
    assert theirs.in_bytes(again.stdout.encode(), "what was said") == set()
    for run in RUNS:
        after = frozenset(d.document_id for d in RunFolder(outputs / run).read(Document))
        gone = frozenset(d.document_id for d in RunFolder(forgotten[0] / "outputs/study" / run).read(Document)) - after
        before_documents, before_codings = rows_of_others(forgotten[0] / "outputs/study" / run, gone)
        documents, codings = rows_of_others(outputs / run, gone)
        untouched = [d for d in before_documents if d in documents]
        assert len(untouched) >= len(before_documents) - 3  # who quotes him, and who sent the same letter
        unchanged = {d.document_id for d in untouched}
        assert [c for c in before_codings if c.segment_id.partition(":")[0] in unchanged] == [
            c for c in codings if c.segment_id.partition(":")[0] in unchanged
        ]
