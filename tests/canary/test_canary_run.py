"""The canary run: sixty planted personal details, a failure forced in every stage, every byte searched."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canary.planted import NEEDLES, plant_corpus
from themes.erase.search import Scanner

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]

HERE = Path(__file__).parent
CODEBOOK = HERE.parents[1] / "src/themes/codebooks/back-to-work/codebook.toml"

CHROMIUM, TO_TEXT = shutil.which("chromium"), shutil.which("pdftotext")

# Where each stage's name is looked up when a run calls it.
STAGES = [
    "flows.work.reading:read_chunk",
    "flows.work.reading:clean",
    "flows.work.ingest:deidentify",
    "flows.work.ingest:link_duplicates",
    "flows.work.analyse:segment",
    "flows.work.analyse:code",
    "flows.work.analyse:flag_risk",
    "flows.work.analyse:guided_themes",
    "flows.work.analyse:emergent_themes",
    "flows.work.analyse:count_breakdowns",
    "flows.work.residual:second_pass",
    "flows.work.residual:corpus_findings",
    "flows.work.publish:release",
    "flows.work.publish:write_report",
]

# Other documents that the run is told in; a PDF only where a browser can print it.
FORMATS = ["docx", *(["pdf"] if CHROMIUM else [])]
DOCUMENTS = [["--format", form, *pack] for form in FORMATS for pack in ([], ["--pack", "sanctions"])]


@pytest.fixture(scope="module")
def world(tmp_path_factory, prefect_server):
    """A corpus, an empty machine around it, and the traces of a whole run and of a failure in every stage."""
    root = tmp_path_factory.mktemp("canary")
    corpus = plant_corpus(root / "corpora", CODEBOOK)
    for name in ("home", "tmp", "said"):
        (root / name).mkdir()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("THEMES_", "PREFECT_"))},
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "XDG_CACHE_HOME": str(root / "home" / "cache"),
        "THEMES_VAULT": str(root / "private" / "vault"),
        "THEMES_KEY_FILE": str(root / "private" / "key"),
        "PREFECT_HOME": str(prefect_server[1]),
        "PREFECT_API_URL": prefect_server[0],
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "OMP_NUM_THREADS": "1",
    }
    fail_in = [sys.executable, str(HERE / "fail_in.py"), str(root / "said"), *STAGES, "--", "run", str(corpus)]
    failing = subprocess.run(fail_in, env=environment, capture_output=True, check=False, timeout=500)
    (root / "said" / "beside.txt").write_bytes(failing.stdout + failing.stderr)
    assert failing.returncode == 0, failing.stderr[-2000:]
    command = [sys.executable, "-m", "themes.cli.main", "run", str(corpus)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=300)
    (root / "said" / "whole.txt").write_bytes(done.stdout + done.stderr)
    assert done.returncode == 0, done.stderr[-2000:]
    run = Path(done.stdout.decode().strip().splitlines()[-1])
    for chosen in DOCUMENTS:
        command = [sys.executable, "-m", "themes.cli.main", "report", str(run), *chosen]
        written = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=300)
        (root / "said" / f"report{''.join(chosen)}.txt").write_bytes(written.stdout + written.stderr)
        assert written.returncode == 0, written.stderr[-2000:]
    return root, prefect_server[1], run


@pytest.mark.parametrize("stage", STAGES)
def test_a_failure_is_told_without_a_word_of_what_failed(world, stage):
    root, _, _ = world
    said = (root / "said" / f"{STAGES.index(stage):02}-{stage.split(':')[1]}.txt").read_text(encoding="utf-8")
    assert "(ValueError). What happened is kept sealed" in said
    assert "cannot handle" not in said
    assert said.endswith("\n1\n")


def test_no_planted_detail_is_in_any_byte_outside_the_vault(world):
    root, prefect_home, _ = world
    places = [root / "outputs", root / "home", root / "tmp", root / "said", prefect_home]
    hits = Scanner(NEEDLES).in_places(places)
    assert hits == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: sudo apt install chromium")
@pytest.mark.skipif(TO_TEXT is None, reason="nothing here reads a PDF: sudo apt install poppler-utils")
def test_no_planted_detail_can_be_read_in_what_was_printed(world, tmp_path):
    """A PDF holds shapes and not letters, so that a search of its bytes finds nothing whatever it says."""
    _, _, run = world
    printed = sorted(run.rglob("*.pdf"))
    assert [path.name for path in printed] == ["pack-sanctions.pdf", "report.pdf"]
    for path in printed:
        subprocess.run([TO_TEXT, path, tmp_path / f"{path.stem}.txt"], check=True)
        assert "not for publication" in (tmp_path / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert Scanner(NEEDLES).in_places([tmp_path]) == []


def test_the_search_would_have_found_them_where_they_belong(world):
    root, _, _ = world
    found = {hit.identifier for hit in Scanner(NEEDLES).in_places([root / "corpora"])}
    assert found == set(NEEDLES)


def test_every_text_that_held_a_planted_detail_was_read(world):
    _, _, run = world
    counts = json.loads((run / "manifest.json").read_text())["counts"]
    assert counts["read"] > 0
    assert counts["read"] == sum(
        counts[fate] for fate in ("coded", "no_code", "empty", "quarantined", "duplicate", "withdrawn")
    )
