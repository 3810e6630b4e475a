"""What every test gets: a vault, a key and a Prefect home of its own, and no way to those of the person testing."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpora" / "back-to-work-sample"


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory, monkeypatch):
    private = tmp_path_factory.mktemp("private")
    monkeypatch.setenv("THEMES_VAULT", str(private / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(private / "key"))
    monkeypatch.setenv("PREFECT_HOME", str(private / "prefect"))
    monkeypatch.delenv("THEMES_REVIEW_DB", raising=False)
    # One for all tests: it holds what is made from models alone, and takes half a minute to make.
    monkeypatch.setenv("THEMES_CACHE", str(tmp_path_factory.getbasetemp().parent / "themes-cache"))
    return private


@pytest.fixture
def usual_place(tmp_path, monkeypatch):
    """Vault and key are where they are if nobody says otherwise: below the home of a user who has none yet."""
    monkeypatch.delenv("THEMES_VAULT")
    monkeypatch.delenv("THEMES_KEY_FILE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def vault():
    """An empty one, which is gone after the test."""
    from themes.deidentify.vault.vault import Vault

    with Vault.throw_away() as vault:
        yield vault


@pytest.fixture
def spec(tmp_path):
    """Of a corpus without sources."""
    from themes.records.spec import CorpusSpec

    return CorpusSpec(tmp_path, "invented", ())


@pytest.fixture(scope="session")
def postgresql_server():
    """A real PostgreSQL server on loopback; the tests that need it say that they are skipped where there is none."""
    with a_postgresql_server() as running:
        yield running


@pytest.fixture
def server_to_switch_off():
    """Another one: what a test does to it, no other notices."""
    with a_postgresql_server() as running:
        yield running


@contextmanager
def a_postgresql_server():
    from postgresql_server import server

    # Below pytest's own folders its user may not go.
    folder = Path(tempfile.mkdtemp(prefix="themes-postgresql-"))
    folder.chmod(0o755)
    running = None
    try:
        running = server(folder)
        yield running
    finally:
        if running is not None:
            running.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory):
    """A real Prefect server on loopback; gives (address, its home folder)."""
    home = tmp_path_factory.mktemp("prefect-home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PREFECT_HOME": str(home), "DO_NOT_TRACK": "1"}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "prefect",
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--analytics-off",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    from flows.environment import answers

    address = f"http://127.0.0.1:{port}/api"
    deadline = time.monotonic() + 180
    while not answers(address):
        assert process.poll() is None and time.monotonic() < deadline, "the Prefect server did not start"
        time.sleep(0.2)
    yield address, home
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(scope="session")
def themes_command(prefect_server, tmp_path_factory):
    """Run the command line as a user would, in a process of its own, against the test's server.

    Gives a function (arguments…, env=…) -> CompletedProcess; its vault is one per session unless `env` says otherwise.
    """
    address, home = prefect_server
    private = tmp_path_factory.mktemp("session-private")

    def run(*arguments, env=None, check=False, **options):
        environment = {
            **os.environ,
            "THEMES_VAULT": str(private / "vault"),
            "THEMES_KEY_FILE": str(private / "key"),
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": address,
            "OMP_NUM_THREADS": "1",
            **(env or {}),
        }
        command = [sys.executable, "-m", "themes.cli.main", *map(str, arguments)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=500, **options
        )
        if check:
            assert done.returncode == 0, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def sample_run(themes_command, tmp_path_factory):
    """The sample corpus, run once for all tests that look at what came out.

    Gives (run folder, corpus folder, environment with the vault it was run with).
    """
    corpus = tmp_path_factory.mktemp("corpora") / SAMPLE.name
    shutil.copytree(SAMPLE, corpus)
    outputs = tmp_path_factory.mktemp("outputs")
    private = tmp_path_factory.mktemp("sample-private")
    env = {"THEMES_VAULT": str(private / "vault"), "THEMES_KEY_FILE": str(private / "key")}
    done = themes_command(
        "run", corpus, "--outputs", outputs, "--now", "2026-01-05T06:00:00+00:00", env=env, check=True
    )
    return Path(done.stdout.strip().splitlines()[-1]), corpus, env
