"""A run made anew: only what must change does."""

from pathlib import Path

from builders import a_document
from themes.deidentify.tombstones import Tombstones
from themes.deidentify.vault import Vault
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
