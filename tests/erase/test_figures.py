"""What is worked out again of a run once some texts are gone."""

from pathlib import Path

import pytest

from builders import a_case, a_codebook, a_masked_document, a_residual
from themes.erase import figures
from themes.erase.figures import work_out_counts, work_out_residual
from themes.erase.texts import Left
from themes.records.corpus import Case, Document
from themes.records.estimate import Difference, DriftFigure, SaturationPoint
from themes.records.residual import Measure, Residual
from themes.records.spec import CorpusSpec
from themes.store.files import write_json
from themes.store.run_folder import RunFolder

ANA = a_masked_document("d1", "I met ", ("Ana", "PERSON", "[person K7QX2]"), " at the desk.")
BEA = a_masked_document("d2", "I met ", ("Bea", "PERSON", "[person B5X2Y]"), " at the big new desk over there.")


def runs(folder: Path) -> tuple[RunFolder, RunFolder]:
    """A run of two texts, and the same without the first."""
    run, new = RunFolder(folder / "run"), RunFolder(folder / "new")
    for place, left in ((run, [[ANA], [BEA]]), (new, [[], [BEA]])):
        for part, documents in enumerate(left):
            place.write(Document, part, documents)
        place.write(Case, 0, [a_case(d.case_id) for documents in left for d in documents])
    return run, new


def test_what_is_said_of_all_texts_together_is_said_of_those_that_stay(tmp_path: Path) -> None:
    run, new = runs(tmp_path)
    run.write(Residual, 2, [a_residual(Measure.MASKED, "PERSON", figure=2 / 15)])
    work_out_residual(run, new, CorpusSpec(tmp_path, "invented", (), consent_to_quote=("yes",)))
    # Bea's text alone: of its ten words one is masked.
    masked = {row.kind: (row.figure, row.out_of) for row in new.read_part(Residual, 2) if row.measure is Measure.MASKED}
    assert masked["PERSON"] == masked["all kinds"] == (0.1, 10)
    assert (masked["texts: 5–10 %"], masked["texts: nothing"]) == ((1, 1), (0, 1))
    assert all(row.finding_id for row in new.read_part(Residual, 2))


def test_what_a_run_did_not_weigh_is_not_weighed_now(tmp_path: Path) -> None:
    run, new = runs(tmp_path)
    run.write(Residual, 0, [])
    work_out_residual(run, new, CorpusSpec(tmp_path, "invented", ()))
    assert new.parts(Residual) == []


def test_what_a_run_did_not_estimate_is_not_told_and_what_it_did_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, new = runs(tmp_path)
    write_json(run.path / "manifest.json", {"counts": {"read": 2}, "documents": {"all": 2}, "inputs": {}})
    run.write(Difference, 0, [])
    monkeypatch.setattr(figures, "codebook_of", lambda path: a_codebook())
    work_out_counts(run, new, Left({"d1": ANA, "d2": BEA}, {"d2": BEA}))
    assert new.parts(Difference) == [0]
    assert new.parts(DriftFigure) == new.parts(SaturationPoint) == []
    assert new.manifest["documents"] == {"all": 1}
