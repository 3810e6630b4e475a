"""A run with a language model beside it: what its advice changes (the table of codings), and what not (all else)."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from flows_small_corpus import make_corpus
from language_model_server import Reply, codings, saying, serving
from one_run import run_once
from themes.records.coding import Coding
from themes.records.estimate import Prevalence
from themes.records.theme import Membership, Theme
from themes.store.files import read_json
from themes.store.run_folder import RunFolder

NOW = "2026-01-05T06:00:00+00:00"


def table(address: str, *more: str) -> str:
    return "\n".join(["[language_model]", f'address = "{address}"', 'model = "little-1"', *more, ""])


def says_kindness_everywhere(body: dict, _: int) -> Reply:
    excerpt = json.loads(body["messages"][1]["content"])["excerpt"]
    return saying(codings(("kindness", excerpt)))


def codings_of(run: Path) -> list[Coding]:
    return list(RunFolder(run).read(Coding))


@pytest.fixture
def plain(tmp_path) -> Path:
    return run_once(make_corpus(tmp_path / "plain" / "small"), tmp_path / "plain-outputs", NOW)


def test_advice_stands_beside_our_codings_and_changes_nothing_else(tmp_path, plain):
    with serving(says_kindness_everywhere) as served:
        corpus = make_corpus(tmp_path / "advised" / "small", extra=table(served.address))
        advised = run_once(corpus, tmp_path / "advised-outputs", NOW)
    ours = [coding for coding in codings_of(advised) if not coding.is_advice]
    theirs = [coding for coding in codings_of(advised) if coding.is_advice]
    assert len(served.asked) == len(theirs) == 6
    assert {(c.coder_id, c.code_id) for c in theirs} == {("language model: little-1", "kindness")}
    assert len(ours) == len(codings_of(plain)) > 0
    for record in (Theme, Membership, Prevalence):
        assert _comparable(advised, record) == _comparable(plain, record)
    assert read_json(advised / "manifest.json")["counts"] == read_json(plain / "manifest.json")["counts"]
    (note,) = read_json(advised / "notes.json")["notes"][-1:]
    assert "little-1 was asked for a second opinion. Its 6 suggestions" in note
    assert served.address.encode() not in b"".join(p.read_bytes() for p in advised.rglob("*.json"))
    assert "language model: little-1" in (advised / "export" / "codings.csv").read_text(encoding="utf-8-sig")


def _comparable(run: Path, record: type) -> list[dict]:
    """Rows without the ids of texts, which two vaults give differently."""
    rows = [row for part in (run / _folder(record)).glob("*.parquet") for row in pq.read_table(part).to_pylist()]
    dropped = {"segment_id", "exemplar_ids"}
    return sorted(({k: v for k, v in row.items() if k not in dropped} for row in rows), key=str)


def _folder(record: type) -> str:
    from themes.store.run_folder import FOLDERS

    return FOLDERS[record]


def test_a_run_goes_on_without_it_and_says_so(tmp_path, plain):
    with serving(lambda *_: Reply(b"", 403)) as served:
        corpus = make_corpus(tmp_path / "advised" / "small", extra=table(served.address))
        run = run_once(corpus, tmp_path / "advised-outputs", NOW)
    assert not any(coding.is_advice for coding in codings_of(run))
    assert len(codings_of(run)) == len(codings_of(plain))
    notes = read_json(run / "notes.json")["notes"]
    assert notes[-1].startswith("The language model little-1 gave no answer about 6 excerpts")
    assert notes[-1] in (run / "report" / "index.html").read_text(encoding="utf-8")


def test_where_no_table_is_written_no_call_is_made(tmp_path, monkeypatch):
    import httpx

    monkeypatch.setattr(httpx, "Client", None)  # would fail if it were opened
    run = run_once(make_corpus(tmp_path / "off" / "small"), tmp_path / "outputs", NOW)
    assert codings_of(run)
    assert not any("language model" in note for note in read_json(run / "notes.json")["notes"])


def test_another_model_is_asked_about_everything_and_the_same_one_about_what_is_new(tmp_path):
    with serving(says_kindness_everywhere) as served:
        corpus = make_corpus(tmp_path / "c" / "small", extra=table(served.address))
        run_once(corpus, tmp_path / "outputs", NOW)
        run_once(corpus, tmp_path / "outputs", "2026-01-12T06:00:00+00:00")
        assert len(served.asked) == 6
        file = corpus / "corpus.toml"
        file.write_text(file.read_text().replace("little-1", "little-2"))
        run = run_once(corpus, tmp_path / "outputs", "2026-01-19T06:00:00+00:00")
    assert len(served.asked) == 12
    assert {c.coder_id for c in codings_of(run) if c.is_advice} == {"language model: little-2"}


def test_check_says_plainly_what_will_leave_and_asks_nobody(tmp_path, monkeypatch):
    from themes.cli.main import app

    def check(*lines: str) -> str:
        folder = tmp_path / f"c{len(list(tmp_path.iterdir()))}" / "small"
        done = CliRunner().invoke(app, ["check", str(make_corpus(folder, extra=table(*lines)))])
        assert done.exit_code == 0, done.output
        return " ".join(done.output.split())

    monkeypatch.delenv("OUR_KEY", raising=False)
    here = check("http://127.0.0.1:9/v1")
    assert "each new excerpt will be sent to http://127.0.0.1:9/v1 (little-1)" in here
    assert "WARNING" not in here
    there = check("https://models.example.org/v1", "elsewhere = true", 'key_variable = "OUR_KEY"')
    assert "ANOTHER MACHINE" in there
    assert "OUR_KEY, which is to hold its key, is not set" in there
