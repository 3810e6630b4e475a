"""`themes review`, as somebody starts and stops it."""

import os
import re
import signal
import stat
import subprocess
import sys
from contextlib import closing
from functools import partial

import pytest

from builders import a_document
from review_study import usual_run
from themes.cli.review import draw_secret_of, masks_of
from themes.deidentify.correct.corrections import corrections
from themes.deidentify.vault.vault import Vault
from themes.erase.belonging import vault_for_runs
from themes.errors import VaultError
from themes.records.correction import CorrectionAction
from themes.records.span import Span


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpora" / "small"
    (folder / "raw").mkdir(parents=True)
    (folder / "corpus.toml").write_text(
        'name = "small"\n\n[[source]]\nname = "stories"\nfiles = "*.txt"\nreader = "story_file"\n'
    )
    return folder


@pytest.fixture
def runs(corpus, own_places):
    """Finished runs of the corpus, the ids in which its vault gave."""
    folder = corpus.parent.parent / "outputs" / "small"
    usual_run(folder)
    with closing(Vault.open(corpus)) as vault, vault.writing() as database:
        database.execute("INSERT INTO ids VALUES (?, 'd1')", (b"of the first text",))
    return folder


def start(corpus, *options):
    command = [sys.executable, "-m", "themes.cli.main", "review", str(corpus), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))


def test_it_prints_its_address_answers_and_stops_with_ctrl_c(corpus, runs, own_places):
    import httpx

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
        (["--name", "reviews.example.org", "--behind-tls"], 2, "only served on this machine itself"),
        (["--certificate", "cert.pem"], 2, "needs its key"),
        (["--port", "99999"], 2, "65535"),
        ([], 1, "run the corpus first"),
    ],
)
def test_it_says_why_it_cannot(corpus, options, status, told):
    process = start(corpus, *options)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (status, "")
    assert told in err


def test_without_the_vault_of_its_runs_it_does_not_open(corpus, runs, monkeypatch, tmp_path):
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "elsewhere"))
    process = start(corpus)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert "vault" in err
    assert not (tmp_path / "elsewhere").exists()
    assert not (runs / "review.db").exists()


def test_a_mask_asked_for_waits_in_the_vault_of_the_runs_and_in_no_other(corpus, runs, monkeypatch, tmp_path):
    masks = masks_of(partial(vault_for_runs, corpus, runs))
    asked = a_document("d1", "The soup was cold.")
    assert masks(asked, Span(4, 8), CorrectionAction.MASK, label="PERSON", reach=None, by="A1") == 1
    with closing(Vault.open(corpus)) as vault:
        assert [(c.document_id, c.span, c.by) for c in corrections(vault)] == [("d1", Span(4, 8), "A1")]
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "elsewhere"))
    with pytest.raises(VaultError):
        masks(asked, Span(0, 3), CorrectionAction.MASK, label="PERSON", reach=None, by="A1")


def test_cases_are_drawn_by_a_secret_of_the_vault_of_the_runs(corpus, runs, monkeypatch, tmp_path):
    secret = draw_secret_of(partial(vault_for_runs, corpus, runs))
    with closing(Vault.open(corpus)) as vault:
        assert secret() == vault.keyed("sample", "")
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "elsewhere"))
    with pytest.raises(VaultError):
        secret()


def test_its_help_has_examples_and_imports_nothing_heavy():
    heavy = ("starlette", "uvicorn", "sqlalchemy", "jinja2", "numpy", "pyarrow")
    told = f"import sys, themes.cli.review; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    shown = subprocess.run(
        [sys.executable, "-m", "themes.cli.main", "review", "--help"], capture_output=True, text=True, check=True
    )
    assert "themes review corpora/my-study" in shown.stdout
