"""A run made anew: only what must change does."""

from pathlib import Path

from builders import a_document
from themes.deidentify.tombstones import Tombstones
from themes.deidentify.vault import Vault
from themes.erase import run_again
from themes.erase.journal import Erasure
from themes.erase.run_again import make_runs_again, unmark
from themes.records.corpus import Case, Document
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder


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

    monkeypatch.setattr(run_again, "EXPORTERS", {"csv": exporter("csv", "a.csv"), "sav": exporter("sav", "cases.sav")})
    nvivo = exporter("nvivo", "project-nvivo.qdpx", "project-nvivo.lost.txt")
    monkeypatch.setattr(run_again, "REFI_PROFILES", {"nvivo": nvivo, "spec": exporter("spec", "project.qdpx")})
    run_again._export_again(None, ["export/project-nvivo.qdpx", "report/index.html"], tmp_path)
    assert asked == ["nvivo"]
    assert [path.name for path in (tmp_path / "export").iterdir()] == ["project-nvivo.qdpx"]
    run_again._export_again(None, ["report/index.html"], tmp_path)
    assert asked == ["nvivo"]
