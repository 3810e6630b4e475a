"""What analysts decided about the texts of somebody who is forgotten goes with them; the rest stays."""

import json

import pytest

from erase.world import FORMS, page, write_survey
from one_run import run_once
from themes.erase.decisions import forget_decisions
from themes.errors import StoreError
from themes.read.decisions import FILE
from themes.records.codebook_work import CodebookProposal
from themes.records.coding import Coding
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement
from themes.records.segment import Segment
from themes.store.run_folder import RunFolder

KEPT = b'{"id": "1", "segment": "dab12x:0-9", "code": "sanctions"}\r\n'


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "2", "segment": "dab12:0-9", "code": "sanctions"}\n',
        b'{"id": "2", "segment": "\\u0064ab12:0-9"}\n',
        b'{"id": "dab12/sanctions/A1", "segment": "d9:0-9"}\n',
        b"dab12:0-9 was never closed {\n",
        b'\xff "dab12:0-9"\n',
    ],
)
def test_a_line_that_names_the_text_goes_and_the_others_keep_their_bytes(tmp_path, line):
    (tmp_path / FILE).write_bytes(KEPT + line + KEPT)
    assert forget_decisions(tmp_path, {"dab12", "d77"}) == 1
    assert (tmp_path / FILE).read_bytes() == KEPT + KEPT
    assert forget_decisions(tmp_path, {"dab12", "d77"}) == 0


def test_where_there_are_no_decisions_none_is_forgotten(tmp_path):
    assert forget_decisions(tmp_path, {"dab12"}) == 0
    (tmp_path / FILE).write_bytes(KEPT)
    assert forget_decisions(tmp_path, set()) == 0
    assert (tmp_path / FILE).read_bytes() == KEPT


def test_a_file_that_cannot_be_read_stops_the_erasure(tmp_path, monkeypatch):
    (tmp_path / FILE).write_bytes(KEPT)

    def refuse(_path):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with pytest.raises(StoreError, match="Nothing was taken out of it"):
        forget_decisions(tmp_path, {"dab12"})


def test_what_was_decided_on_his_texts_goes_from_the_file_and_from_every_run(study, themes):
    corpus, folder = study / "corpora/study", study / "outputs/study"
    second = max(folder.glob("2026*"))
    segments = sorted(RunFolder(second).read(Segment), key=lambda s: s.text)
    his = {s.document_id for s in segments if s.text == FORMS}
    chosen = [s for s in segments if s.document_id not in his][::4] + [s for s in segments if s.document_id in his]
    lines = [
        {"id": f"{at}", "run": second.name, "segment": s.segment_id, "coder": "A1", "verdict": verdict, "code": code}
        | {"at": f"2026-01-13T06:00:{at % 60:02}+00:00"}
        for at, (s, verdict, code) in enumerate(
            (s, verdict, code) for s in chosen for verdict, code in (("add", "kindness"), ("complete", ""))
        )
    ]
    (folder / FILE).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    third = run_once(corpus, study / "outputs", "2026-01-14T06:00:00+00:00")
    # He takes his texts down himself; the next run keeps what was decided on them as holding no more.
    (corpus / "raw/pages/page.html").write_text(page(with_him=False), encoding="utf-8")
    fourth = run_once(corpus, study / "outputs", "2026-01-15T06:00:00+00:00")
    runs = {run: list(RunFolder(run).read(CarriedDecision)) for run in (third, fourth)}
    assert all(any(one.made_on.split(":")[0] in his for one in carried) for carried in runs.values())
    assert list(RunFolder(third).read(CodebookProposal)) != []

    (his_case,) = {s.case_id for s in segments if s.document_id in his}
    done = themes("forget", corpus, his_case, "--yes")
    assert done.exit_code == 0, done.output
    assert "taken out: 2 lines of decisions.jsonl about these texts" in done.stdout
    assert "emptied: 2 entries of the review log about them; the next run learns without them" in done.stdout
    kept = [line for line in lines if line["segment"].split(":")[0] not in his]
    assert [json.loads(line) for line in (folder / FILE).read_text().splitlines()] == kept
    for run, carried in runs.items():
        after = list(RunFolder(run).read(CarriedDecision))
        assert after == [one for one in carried if one.made_on.split(":")[0] not in his]
        assert list(RunFolder(run).read(CodebookProposal)) == list(RunFolder(run).read(Agreement)) == []
        people = {c.segment_id.split(":")[0] for c in RunFolder(run).read(Coding) if c.coder_id == "A1"}
        assert people
        assert people & his == set()

    write_survey(corpus, "The letter came on a Sunday.")
    fifth = run_once(corpus, study / "outputs", "2026-01-16T06:00:00+00:00")
    decisions = RunFolder(fifth).manifest["decisions"]
    assert (decisions["made"], decisions["in_force"]) == (len(kept), len(kept))
    assert list(RunFolder(fifth).read(CodebookProposal)) != []
