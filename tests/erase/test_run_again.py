"""A run made anew: only what must change does."""

from pathlib import Path

from builders import a_codebook, a_document, a_run
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.erase import run_again
from themes.erase.journal import Erasure
from themes.erase.run_again import make_runs_again, unmark
from themes.records.corpus import Case, Document
from themes.records.spec import CorpusSpec
from themes.store.files import write_json
from themes.store.run_folder import RunFolder, write_codebook
from themes.store.tables import to_plain


def test_a_later_run_without_themes_keeps_every_byte(vault: Vault, spec: CorpusSpec, tmp_path: Path, digests) -> None:
    corpus_outputs = tmp_path / "outputs" / "study"
    for name, documents in {"before": [], "first": [a_document("d2")]}.items():
        run = RunFolder(corpus_outputs / name)
        run.write(Document, 0, documents)
        run.write(Case, 0, [])
        (run.path / "manifest.json").write_text('{"started_at": "2026"}')
    before = digests(corpus_outputs)
    erasure = Erasure(frozenset({"d1"}), frozenset(), {str(corpus_outputs): "first"}, "0123")
    done = make_runs_again(corpus_outputs, erasure, spec=spec, tombstones=Tombstones(vault))
    assert done == {corpus_outputs / "first": []}
    assert make_runs_again(corpus_outputs, erasure, spec=spec, tombstones=Tombstones(vault)) == {}
    unmark(corpus_outputs)
    assert digests(corpus_outputs) == before


def test_only_exporters_of_which_there_were_files_are_asked(tmp_path: Path, monkeypatch) -> None:
    asked = []

    def exporter(name: str, *files: str):
        def export(_: object, folder: Path) -> None:
            asked.append(name)
            for each in files:
                (folder / each).write_text(name)

        return export

    exporters = {
        "csv": exporter("csv", "a.csv"),
        "sav": exporter("sav", "cases.sav"),
        "refi-project nvivo": exporter("nvivo", "project-nvivo.qdpx", "project-nvivo.lost.txt"),
        "refi-project spec": exporter("spec", "project.qdpx"),
    }
    monkeypatch.setattr(run_again, "ALL_EXPORTERS", exporters)
    run_again._write_exports(None, ["export/project-nvivo.qdpx", "report/index.html"], tmp_path)
    assert asked == ["nvivo"]
    assert [path.name for path in (tmp_path / "export").iterdir()] == ["project-nvivo.qdpx"]
    run_again._write_exports(None, ["report/index.html"], tmp_path)
    assert asked == ["nvivo"]


def test_a_later_run_tells_the_numbers_of_the_one_before_anew(vault: Vault, spec: CorpusSpec, tmp_path: Path) -> None:
    corpus_outputs = tmp_path / "outputs" / "study"
    for name, previous in {"r1": None, "r2": "r1"}.items():
        run = RunFolder(corpus_outputs / name)
        run.write(Document, 0, [a_document("d2")])
        run.write(Case, 0, [Case(f"c{n}") for n in range(10)])
        write_codebook(run, a_codebook())
        write_json(run.path / "notes.json", {"title": "A study", "notes": []})
        told = to_plain(a_run(run_id=name, started_at=f"2026-01-0{name[1]}T06:00:00+00:00"))
        manifest = {key: dict(value) if isinstance(value, list) else value for key, value in told.items()}
        write_json(run.path / "manifest.json", {**manifest, "previous": previous})
        (run.path / "report").mkdir()
        for file in ("index.html", "report.docx", "packs/pack-food.pdf"):
            (run.path / "report" / file).parent.mkdir(exist_ok=True)
            (run.path / "report" / file).write_text("2 texts came in since then.")
    erasure = Erasure(frozenset({"d1"}), frozenset(), {str(corpus_outputs): "r1"}, "0123")
    lost = make_runs_again(corpus_outputs, erasure, spec=spec, tombstones=Tombstones(vault))
    first, second = ((corpus_outputs / name / "report" / "index.html").read_text() for name in ("r1", "r2"))
    assert first == "2 texts came in since then."
    assert "No text came in since then." in second
    assert "2 texts" not in second
    assert lost[corpus_outputs / "r2"] == ["report/packs/pack-food.pdf", "report/report.docx"]
    assert [path.name for path in (corpus_outputs / "r2" / "report").rglob("*.*")] == ["index.html"]
    assert (corpus_outputs / "r1" / "report" / "report.docx").is_file()
