"""A corpus that chooses its encoder, and changes it: what is done again, what lasts, what is kept beside the vault."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import themes.embedding
from erase.world import make_study
from one_run import run_once
from themes.deidentify.vault.vault import Vault
from themes.encoders.catalog import identity_of
from themes.records.segment import Segment
from themes.records.theme import Theme, ThemeOrigin
from themes.store.files import read_json
from themes.store.run_folder import RunFolder
from themes.store.vectors import read_vectors
from themes.theme.registry_file import read_registry
from tiny_encoders import TINY_DIMENSIONS, tiny_onnx

pytestmark = pytest.mark.long

DAYS = [f"2026-01-{day:02}T06:00:00+00:00" for day in (5, 12, 19)]


@pytest.fixture
def study(tmp_path) -> Path:
    return make_study(tmp_path / "corpora" / "study")


def choose(study: Path, encoder: str) -> None:
    lines = (study / "corpus.toml").read_text().splitlines()
    kept = [line for line in lines if not line.startswith("encoder")]
    (study / "corpus.toml").write_text("\n".join([f'encoder = "{encoder}"', *kept]) + "\n")


def dimensions(run: Path) -> set[int]:
    wanted = {segment.segment_id for segment in RunFolder(run).read(Segment)}
    return {len(vector) for _, vector in read_vectors(run, wanted=wanted)}


def emergent(run: Path) -> dict[str, str]:
    return {t.theme_id: t.name for t in RunFolder(run).read(Theme) if t.origin is ThemeOrigin.EMERGENT}


def test_a_change_of_encoder_codes_anew_takes_texts_over_and_keeps_themes(study, tmp_path):
    first = run_once(study, tmp_path / "outputs", DAYS[0])
    choose(study, str(tiny_onnx(tmp_path / "tiny")))
    second = run_once(study, tmp_path / "outputs", DAYS[1])
    choose(study, "sentence")
    third = run_once(study, tmp_path / "outputs", DAYS[2])

    manifests = [read_json(run / "manifest.json") for run in (first, second, third)]
    segments = len(list(RunFolder(first).read(Segment)))
    assert [dimensions(run) for run in (first, second, third)] == [{384}, {TINY_DIMENSIONS}, {384}]
    assert [m["coded_anew"] for m in manifests] == [segments] * 3
    assert manifests[1]["documents"]["taken_over"] == manifests[1]["documents"]["all"]
    assert manifests[1]["models"]["chosen_encoder"] == identity_of(str(tmp_path / "tiny"))
    assert "chosen_encoder" not in manifests[2]["models"]
    known = {run.name: read_registry(run / "registry").themes for run in (first, second, third)}
    for earlier, later in pairwise((known[first.name], known[second.name], known[third.name])):
        for before, after in zip(earlier, later[: len(earlier)], strict=True):
            # A theme that had no name may be given one; nothing else changes.
            assert after == replace(before, name=before.name or after.name)
    assert emergent(first).items() & emergent(second).items()
    # A place on somebody's machine is nobody's business.
    assert str(tmp_path).encode() not in (second / "coder.json").read_bytes() + (second / "manifest.json").read_bytes()


def test_vectors_are_kept_beside_the_vault_and_serve_the_next_coding(study, tmp_path, monkeypatch):
    themes.embedding._recent.clear()
    run_once(study, tmp_path / "outputs", DAYS[0])
    with closing(Vault.open(study)) as vault:
        file = vault.folder / "vectors.db"
    with closing(sqlite3.connect(file)) as database:
        (before,) = database.execute("SELECT count(*) FROM vectors").fetchone()
    codebook = study / "codebook.toml"
    codebook.write_text(codebook.read_text().replace('version = "1.0.0"', 'version = "1.0.1"'))
    themes.embedding._recent.clear()
    asked = []
    packaged = themes.embedding.opened("sentence")
    spy = replace(packaged, encode=lambda texts: asked.extend(texts) or packaged.encode(texts))
    monkeypatch.setattr(themes.embedding, "opened", lambda _: spy)
    again = run_once(study, tmp_path / "outputs", DAYS[1])
    assert before > 60
    assert read_json(again / "manifest.json")["coded_anew"] > 60
    assert asked == []
    assert b"stopped my money" not in file.read_bytes()


def test_forgetting_takes_the_kept_vectors_away_and_works_whatever_became_of_the_encoder(study, tmp_path):
    from typer.testing import CliRunner

    from themes.cli.main import app

    choose(study, str(tiny_onnx(tmp_path / "tiny")))
    run = run_once(study, tmp_path / "outputs", DAYS[0])
    with closing(Vault.open(study)) as vault:
        file = vault.folder / "vectors.db"
    assert file.exists()
    choose(study, "sentence")
    (tmp_path / "tiny").rename(tmp_path / "elsewhere")
    done = CliRunner().invoke(app, ["forget", str(study), "--author", "Quilliam Brockbank", "--yes"])
    assert done.exit_code == 0, done.output
    assert not file.exists()
    assert dimensions(run) == {TINY_DIMENSIONS}


def test_the_registry_of_another_encoder_is_refused_by_discover(tmp_path):
    from typer.testing import CliRunner

    from themes.cli.main import app

    texts = tmp_path / "in.jsonl"
    words = ["kind adviser was", "they stopped my money", "a b c", "x y z"]
    rows = [{"id": n, "text": f"{words[n % 4]} {'abcdefghijklm'[n % 13]} {'nopqrstuvwx'[n % 11]}"} for n in range(80)]
    texts.write_text("\n".join(map(json.dumps, rows)))

    def discover(encoder: str):
        arguments = [texts, tmp_path / "out.jsonl", "--registry", tmp_path / "registry", "--encoder", encoder]
        return CliRunner().invoke(app, ["discover", *map(str, arguments)])

    first, other = (str(tiny_onnx(tmp_path / name, seed=seed)) for name, seed in (("a", 1), ("b", 2)))
    assert discover(first).exit_code == 0
    assert discover(first).exit_code == 0
    refused = discover(other)
    assert refused.exit_code == 1
    assert "made by another encoder" in refused.output


def test_excerpts_are_coded_by_an_encoder_of_another_width(tmp_path):
    from typer.testing import CliRunner

    from themes.cli.main import app

    rows = [{"id": n, "text": text} for n, text in enumerate(["They sanctioned me.", "My adviser was kind.", "n/a"])]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    arguments = [tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--encoder", tiny_onnx(tmp_path / "tiny")]
    done = CliRunner().invoke(app, ["code", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["id"] for line in out] == [0, 1, 2]
    assert all(np.isfinite([c["probability"] for c in line["codings"]]).all() for line in out)
