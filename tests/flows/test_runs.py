"""Runs of a small corpus: what is done again, what survives, what the user sees when something is wrong."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from flows_small_corpus import ANSWERS, make_corpus, write_survey

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

NOW = "2026-01-05T06:00:00+00:00"


@pytest.fixture
def small(tmp_path):
    return make_corpus(tmp_path / "corpora" / "small")


@pytest.fixture
def own(tmp_path):
    """A vault of its own, the same for all runs of a test."""
    return {"THEMES_VAULT": str(tmp_path / "vault"), "THEMES_KEY_FILE": str(tmp_path / "key")}


def manifest(run: Path) -> dict:
    return json.loads((run / "manifest.json").read_text())


def run_of(done: subprocess.CompletedProcess) -> Path:
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip().splitlines()[-1])


def digests(run: Path) -> dict[str, str]:
    """SHA-256 of every file but those that tell the time."""
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file() and path.name not in ("manifest.json", "work.json")
    }


@pytest.fixture(scope="module")
def grown(themes_command, tmp_path_factory):
    """A corpus run twice at the same time of day, in between a row repaired and an answer added.

    Gives (corpus folder, environment, the two runs).
    """
    place = tmp_path_factory.mktemp("grown")
    corpus = make_corpus(place / "corpora" / "small")
    env = {"THEMES_VAULT": str(place / "vault"), "THEMES_KEY_FILE": str(place / "key")}
    survey = corpus / "raw" / "survey.csv"
    survey.write_text(survey.read_text() + "099,2014-01-03,North,one,too,many\n")
    first = run_of(themes_command("run", corpus, "--now", NOW, env=env))
    write_survey(corpus, [*ANSWERS, "The new coach was kind to my mother."])
    survey.write_text(survey.read_text() + '099,2014-01-03,North,"one, too, many"\n')
    second = run_of(themes_command("run", corpus, "--now", NOW, env=env))
    return corpus, env, (first, second)


def test_a_run_with_nothing_new_is_recognised_without_prefect_and_in_three_seconds(grown):
    corpus, env, (_, last) = grown
    script = (
        "import resource, sys; from themes.cli.main import app\n"
        "try: app(['run', sys.argv[1]], standalone_mode=False)\n"
        "finally: print('prefect' in sys.modules, sum(resource.getrusage(resource.RUSAGE_SELF)[:2]), file=sys.stderr)"
    )
    again = subprocess.run(
        [sys.executable, "-c", script, str(corpus)],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
    )
    imported, seconds = again.stderr.strip().splitlines()[-1].split()
    assert again.stdout.strip() == str(last)
    assert imported == "False"
    assert float(seconds) < 3


def test_a_corpus_that_grows_has_only_the_new_work_done(grown):
    _, _, (first, second) = grown
    assert manifest(first)["documents"] == {"all": 6, "taken_over": 0}
    assert manifest(second)["documents"] == {"all": 8, "taken_over": 6}
    assert manifest(second)["coded_anew"] == 2
    assert manifest(second)["previous"] == first.name


def test_a_repaired_row_is_taken_up_by_the_next_run(grown):
    assert [manifest(run)["counts"]["quarantined"] for run in grown[2]] == [1, 0]


def test_a_second_run_at_the_same_time_of_day_is_another_run(grown):
    _, _, (first, second) = grown
    assert second.name == f"{first.name}-2"


def test_the_same_corpus_gives_the_same_bytes(themes_command, tmp_path, own):
    make_corpus(tmp_path / "corpora" / "small")
    corpus, results = tmp_path / "corpora" / "small", []
    variants = [("0", 1, None), ("1", 2, [5, 3, 1, 0, 2, 4])]
    for at, (hash_seed, workers, order) in enumerate(variants):
        write_survey(corpus, ANSWERS, order=order)
        environment = {**own, "PYTHONHASHSEED": hash_seed}
        options = ["--now", NOW, "--workers", workers, "--outputs", tmp_path / f"outputs-{at}"]
        results.append(digests(run_of(themes_command("run", corpus, *options, env=environment))))
    assert results[0] == results[1]


def test_a_run_killed_in_the_middle_is_continued_to_the_same_bytes(
    themes_command, small, own, prefect_server, tmp_path
):
    whole = run_of(themes_command("run", small, "--now", NOW, "--outputs", tmp_path / "whole", env=own))
    environment = {**os.environ, **own, "PREFECT_API_URL": prefect_server[0], "PREFECT_HOME": str(prefect_server[1])}
    command = [sys.executable, "-m", "themes.cli.main", "run", str(small), "--outputs", str(tmp_path / "cut")]
    process = subprocess.Popen(
        [*command, "--now", NOW], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    in_progress = tmp_path / "cut" / "small" / ".in-progress" / "documents"
    deadline = time.monotonic() + 120
    while not in_progress.is_dir() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "cut" / "small" / whole.name).exists()
    continued = run_of(themes_command("run", small, "--now", NOW, "--outputs", tmp_path / "cut", env=own))
    assert digests(continued) == digests(whole)


def test_a_run_under_way_keeps_a_second_one_out(themes_command, small, own, tmp_path):
    import fcntl

    (tmp_path / "outputs" / "small").mkdir(parents=True)
    with (tmp_path / "outputs" / "small" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = themes_command("run", small, "--outputs", tmp_path / "outputs", env=own)
    assert done.returncode == 1
    assert "Another run of 'small' is under way" in done.stderr


def test_a_failed_run_leaves_a_notice_until_one_succeeds(themes_command, small, own):
    write_survey(small, ANSWERS)
    limited = {**own, "THEMES_SPACY_MODEL": str(small)}
    failed = themes_command("run", small, env=limited)
    notice = small.parent.parent / "outputs" / "small" / "LAST-RUN-FAILED.txt"
    assert failed.returncode == 1
    assert notice.is_file()
    state = themes_command("status", small.parent, env=own)
    assert (state.returncode, "LAST RUN FAILED" in state.stdout) == (1, True)
    run_of(themes_command("run", small, env=own))
    assert not notice.exists()
    assert themes_command("status", small.parent, env=own).returncode == 0


WRONG = {
    "a missing folder": (lambda corpus: "nowhere", 1, "nowhere"),
    "a broken corpus.toml": (lambda corpus: (corpus / "corpus.toml").write_text("name = "), 1, "corpus.toml"),
    "an unknown reader": (
        lambda corpus: (corpus / "corpus.toml").write_text(
            'name = "small"\n[[source]]\nname = "a"\nreader = "fax"\nfiles = "*"\n'
        ),
        1,
        "fax",
    ),
    "a broken codebook": (lambda corpus: (corpus / "codebook.toml").write_text("[[code]]\n"), 1, "codebook.toml"),
    "an empty corpus": (lambda corpus: (corpus / "raw" / "survey.csv").unlink(), 1, "raw"),
    "an impossible time": (lambda corpus: ["--now", "tomorrow"], 2, "--now"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_is_told_in_one_sentence_that_says_where(themes_command, small, own, case):
    spoil, status, says = WRONG[case]
    extra = spoil(small)
    folder = small.parent / extra if isinstance(extra, str) else small
    done = themes_command("run", folder, *(extra if isinstance(extra, list) else []), env=own)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 200 kB; taken away at the end."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here: needs root")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_told_and_the_next_run_goes_on(themes_command, small, own, small_disk):
    (small_disk / "film.bin").write_bytes(b"0" * 150_000)
    full = themes_command("run", small, "--outputs", small_disk / "outputs", env=own)
    assert full.returncode == 1
    assert "could not be written" in full.stderr
    assert "No space left on device" in full.stderr
    assert str(small_disk / "outputs") in full.stderr
    (small_disk / "film.bin").unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", small_disk], check=True)
    assert run_of(themes_command("run", small, "--outputs", small_disk / "outputs", env=own)).is_dir()


def started(small, own, tmp_path):
    """A run of its own session, which has begun to work, and the command. It brings its own Prefect server along."""
    environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"} | own
    command = [sys.executable, "-m", "themes.cli.main", "run", str(small), "--outputs", str(tmp_path / "outputs")]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while not (tmp_path / "outputs" / "small" / ".in-progress").is_dir() and time.monotonic() < deadline:
        time.sleep(0.05)
    return process, command, environment


def running_with(own):
    """Processes that were started with these settings, whoever's children they have become."""
    mark = f"THEMES_VAULT={own['THEMES_VAULT']}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def test_ctrl_c_as_a_terminal_sends_it_stops_cleanly_and_the_next_run_goes_on(small, own, tmp_path, own_places):
    process, command, environment = started(small, own, tmp_path)
    assert any("brought_along" in one for one in running_with(own))
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.strip().splitlines()[-1].startswith("themes: stopped. What was finished is kept")
    assert not (tmp_path / "outputs" / "small" / "LAST-RUN-FAILED.txt").exists()
    assert running_with(own) == []
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run_of(again).is_dir()


def test_a_run_that_is_killed_leaves_no_server_behind(small, own, tmp_path, own_places):
    process, _, _ = started(small, own, tmp_path)
    process.kill()
    process.communicate(timeout=60)
    deadline = time.monotonic() + 20
    while running_with(own) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running_with(own) == []
