"""`themes review`, as somebody starts and stops it."""

import os
import re
import signal
import stat
import subprocess
import sys

import pytest

from review_study import usual_run


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpora" / "small"
    (folder / "raw").mkdir(parents=True)
    (folder / "corpus.toml").write_text(
        'name = "small"\n\n[[source]]\nname = "stories"\nfiles = "*.txt"\nreader = "story_file"\n'
    )
    return folder


def start(corpus, *options):
    command = [sys.executable, "-m", "themes.cli.main", "review", str(corpus), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def test_it_prints_its_address_answers_and_stops_with_ctrl_c(corpus, own_places):
    import httpx

    usual_run(corpus.parent.parent / "outputs" / "small")
    process = start(corpus, "--no-open", "--port", "0")
    try:
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert "of 6 excerpts" in httpx.get(address, timeout=60).text
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0
    assert out == ""
    assert "Stopped. Everything that was decided is kept." in err
    assert "Traceback" not in err
    assert stat.S_IMODE((own_places / "review.secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--host", "0.0.0.0"], 2, "only served on this machine itself"),
        (["--port", "99999"], 2, "65535"),
        ([], 1, "run the corpus first"),
    ],
)
def test_it_says_why_it_cannot(corpus, options, status, told):
    process = start(corpus, *options)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (status, "")
    assert told in err


def test_its_help_has_examples_and_imports_nothing_heavy():
    heavy = ("starlette", "uvicorn", "sqlalchemy", "jinja2", "numpy", "pyarrow")
    told = f"import sys, themes.cli.review; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    shown = subprocess.run(
        [sys.executable, "-m", "themes.cli.main", "review", "--help"], capture_output=True, text=True, check=True
    )
    assert "themes review corpora/my-study" in shown.stdout
