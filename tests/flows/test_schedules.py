"""`themes serve`: a real server, a schedule of seconds, a corpus that grows between runs."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from flows_small_corpus import ANSWERS, make_corpus, write_survey

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("serve")]

PATIENCE_SECONDS = 240


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (result := condition()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.5)
    return result


def test_a_scheduled_corpus_that_grows_is_run_again_and_only_the_new_work_is_done(tmp_path, own_places):
    corpus = make_corpus(tmp_path / "corpora" / "small", extra='schedule = "every 10 s"\n')
    make_corpus(tmp_path / "corpora" / "unscheduled")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "themes.cli.main", "serve", str(corpus.parent), "--port", str(port)]
    outputs = tmp_path / "outputs" / "small"
    process = subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        first = wait_for("the first run", lambda: sorted(outputs.glob("*/manifest.json")))
        write_survey(corpus, [*ANSWERS, "The new coach was kind to my mother."])
        both = wait_for("the second run", lambda: len(runs := sorted(outputs.glob("*/manifest.json"))) > 1 and runs)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    second = json.loads(both[1].read_text())
    assert json.loads(first[0].read_text())["documents"] == {"all": 6, "taken_over": 0}
    assert second["documents"] == {"all": 7, "taken_over": 6}
    assert second["coded_anew"] == 1
    assert not (tmp_path / "outputs" / "unscheduled").exists()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server was left running"
