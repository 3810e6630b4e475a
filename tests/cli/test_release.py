"""`themes release`: what stands against a run is said, decided, logged; nothing is written while anything stands."""

import json
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pytest
import typer
from typer.testing import CliRunner

from builders import (
    a_case,
    a_codebook,
    a_coding,
    a_masked_document,
    a_prevalence,
    a_residual,
    a_run,
    a_segment,
    a_theme,
)
from flows_small_corpus import make_corpus
from themes.cli.release import release
from themes.deidentify.correct.corrections import ask
from themes.deidentify.vault.vault import Vault
from themes.errors import ProtectionError, StoreError, VaultError, WrongUse
from themes.publication.approve import approve, decide
from themes.publication.log import NAME, read_log
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, DocumentKind, Quarantined
from themes.records.correction import CorrectionAction
from themes.records.estimate import Agreement, Prevalence
from themes.records.privacy import LogEntry
from themes.records.residual import Measure, Residual, Severity
from themes.records.segment import Segment
from themes.records.span import Span
from themes.records.theme import Membership, Theme
from themes.report.pdf import NoBrowser
from themes.store.files import write_json
from themes.store.run_folder import RunFolder, write_codebook
from themes.store.tables import to_plain

NOW = ("--now", "2026-01-05T06:00:00+00:00")
BY = ("--by", "Ann Example")
SURE = a_residual(finding_id="second_pass-1", document_id="d3", span=Span(5, 9), severity=Severity.HIGH)
LOW = a_residual(Measure.MASKED, "all kinds", figure=0.04, out_of=100)
FINDABLE = a_residual(Measure.PHRASES, "also", finding_id="rare_phrases-1", document_id="d1", span=Span(0, 60))


def make_run(path, *, residual=(), people=12):
    documents = [
        a_masked_document(
            f"d{n}",
            "They sent ",
            ("Karen", "PERSON", "[person K7QX2]"),
            " of ",
            ("Ingeus", "ORG", "", "[organisation B5X2Y]"),
            f" to me on day {n}.",
            case_id=f"c{n}",
            kind=DocumentKind.ANSWER,
            consent="quote",
        )
        for n in range(people)
    ]
    segments = [
        a_segment(f"{d.document_id}:0-{len(d.text)}", d.text, case_id=d.case_id, span=Span(0, len(d.text)))
        for d in documents
    ]
    log = [
        LogEntry(d.document_id, Span(n, n + 1), "PERSON", "names", 0.9, "masked", profile)
        for d in documents
        for n, profile in ((1, "coding"), (1, "release"), (2, "release"))
    ]
    folder = RunFolder(path)
    for record, records in {
        Case: [a_case(d.case_id, region="Wales") for d in documents],
        Document: documents,
        LogEntry: log,
        Segment: segments,
        Coding: [a_coding(segment.segment_id, polarity="negative") for segment in segments],
        Theme: [a_theme()],
        Prevalence: [a_prevalence("", people, cases=people), a_prevalence(cases_with=people, cases=people)],
        Residual: [a_residual(Measure.MASKED, "all kinds", figure=0.04, out_of=100), *residual],
        **dict.fromkeys((Membership, Quarantined, Agreement, RiskFlag), ()),
    }.items():
        folder.write(record, 0, records)
    folder.write(Residual, 1, [])  # of the corpus as a whole
    write_codebook(folder, a_codebook())
    write_json(folder.path / "notes.json", {"title": "An invented study", "notes": []})
    run = {key: dict(value) if isinstance(value, list) else value for key, value in to_plain(a_run()).items()}
    write_json(path / "manifest.json", {**run, "fewest_cases": 10, "consent_to_quote": ["quote"]})
    return path


def call(*arguments):
    app = typer.Typer()
    app.add_typer(release, name="release")
    return CliRunner().invoke(app, ["release", *map(str, arguments)])


def standing(run):
    return json.loads(call("check", run, "--json").stdout)


def test_a_run_that_nothing_stands_against_is_published_whole(tmp_path):
    run = make_run(tmp_path / "run")
    assert call("check", run).exit_code == 0
    done = call("approve", run, *BY, *NOW)
    assert (done.exit_code, done.stdout) == (0, f"{run / 'release'}\n")
    written = {p.relative_to(run / "release").as_posix() for p in (run / "release").rglob("*") if p.is_file()}
    tables = {"codebook", "counts", "data_dictionary", "quotes"}
    assert written == {"index.html", "manifest.json", *(f"tables/{name}.csv" for name in tables)}
    page = (run / "release" / "index.html").read_text("utf-8")
    assert "Public edition." in page
    assert "not for publication" not in page
    blob = "".join(path.read_text("utf-8") for path in (run / "release").rglob("*") if path.is_file())
    assert "[organisation B5X2Y]" in blob
    assert [word for word in ("Ingeus", "Karen", "residual") if word in blob] == []
    assert [entry["did"] for entry in read_log(run)] == ["approved"]


def test_the_public_edition_is_written_for_offices_too_if_asked(tmp_path):
    run = make_run(tmp_path / "run")
    done = call("approve", run, *BY, *NOW, "--format", "docx", "--packs")
    assert done.exit_code == 0
    edition = run / "release"
    written = {p.relative_to(edition).as_posix() for p in edition.rglob("*.docx")}
    assert written == {"report.docx", "packs/pack-sanctions.docx"}
    assert written < set(json.loads((edition / "manifest.json").read_text("utf-8"))["files"])
    for name in written:
        with zipfile.ZipFile(edition / name) as archive:
            blob = "".join(archive.read(part).decode("utf-8") for part in archive.namelist() if part.endswith(".xml"))
        assert "Public edition" in blob
        assert "[organisation B5X2Y]" in blob
        assert [word for word in ("Ingeus", "Karen", "not for publication") if word in blob] == []


def test_approving_again_writes_what_the_edition_held_again(tmp_path):
    run = make_run(tmp_path / "run")
    call("approve", run, *BY, *NOW, "--format", "docx", "--packs")
    assert call("approve", run, *BY, *NOW).exit_code == 0
    written = {path.relative_to(run / "release").as_posix() for path in (run / "release").rglob("*.docx")}
    assert written == {"report.docx", "packs/pack-sanctions.docx"}


def test_a_public_edition_that_cannot_be_printed_is_not_published(tmp_path, monkeypatch):
    run = make_run(tmp_path / "run")
    monkeypatch.setattr("themes.report.pdf.BROWSERS", ("invented-browser",))
    assert isinstance(call("approve", run, *BY, *NOW, "--format", "pdf").exception, NoBrowser)
    assert [path.name for path in run.iterdir() if "release" in path.name] == []
    assert read_log(run) == []
    assert isinstance(call("approve", run, *BY, *NOW, "--format", "odt").exception, WrongUse)


def test_no_run_is_read_to_decide_nothing_or_where_no_browser_is_there_to_print(tmp_path, monkeypatch):
    monkeypatch.setattr("themes.report.pdf.BROWSERS", ("invented-browser",))
    decide(tmp_path / "no-run", by="Ann Example", at="2026-03-02", accept={}, leave_out={})
    with pytest.raises(NoBrowser):
        approve(tmp_path / "no-run", by="Ann Example", at="2026-03-02", formats=("pdf",))


def test_what_stands_is_said_in_words_and_refuses_the_edition(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE,))
    told = call("check", run)
    assert told.exit_code == 1
    assert "a PERSON was found in text d3" in told.stdout
    assert "1 thing stands against a public edition." in told.stdout
    refused = call("approve", run, *BY, *NOW)
    assert isinstance(refused.exception, ProtectionError)
    assert not (run / "release").exists()
    assert read_log(run) == []


def test_who_accepts_says_why_and_is_logged_for_good(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE,))
    (obstacle,) = standing(run)["stands"]
    done = call("approve", run, *BY, *NOW, "--accept", obstacle["obstacle_id"], "--reason", "A street, no person")
    assert done.exit_code == 0
    first, second = read_log(run)
    assert (first["did"], first["by"], first["at"], first["reason"]) == (
        "accepted", "Ann Example", "2026-01-05T06:00:00+00:00", "A street, no person",
    )  # fmt: skip
    assert second["did"] == "approved"
    after = standing(run)
    assert after["stands"] == []
    assert [each["acceptance"]["by"] for each in after["accepted"]] == ["Ann Example"]


def test_what_is_accepted_is_kept_while_something_else_still_stands(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE, FINDABLE))
    sure, findable = (o["obstacle_id"] for o in standing(run)["stands"])
    refused = call("approve", run, *BY, *NOW, "--accept", sure, "--reason", "A street")
    assert isinstance(refused.exception, ProtectionError)
    assert not (run / "release").exists()
    assert [o["obstacle_id"] for o in standing(run)["stands"]] == [findable]
    assert call("approve", run, "--by", "Bo", *NOW, "--accept", findable, "--reason", "She agreed").exit_code == 0
    assert [(entry["by"], entry["did"]) for entry in read_log(run)] == [
        ("Ann Example", "accepted"), ("Bo", "accepted"), ("Bo", "approved"),
    ]  # fmt: skip


def test_a_quote_is_left_out_or_shown_as_was_decided(tmp_path):
    for name, decision, shown in (("a", "--accept", True), ("b", "--leave-out", False)):
        run = make_run(tmp_path / name / "run", residual=(FINDABLE,))
        (obstacle,) = standing(run)["stands"]
        done = call("approve", run, *BY, *NOW, decision, obstacle["obstacle_id"], "--reason", "Asked her")
        assert done.exit_code == 0
        quotes = (run / "release" / "tables" / "quotes.csv").read_text("utf-8-sig")
        assert ("to me on day 1." in quotes) is shown
        assert "to me on day 2." in quotes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "nothing-there", "--reason", "why"), "nothing-there"),
        (("--accept", "{id}"), "1 decision and 0 reasons"),
        (("--accept", "{id}", "--reason", " "), "A --reason is blank"),
        (("--accept", "{id}", "--reason", "one", "--reason", "two"), "1 decision and 2 reasons"),
        (("--leave-out", "{id}", "--reason", "why"), "quote"),
    ],
    ids=["unknown", "no reason", "blank reason", "too many reasons", "no quote"],
)
def test_a_decision_without_an_object_or_a_reason_is_refused_and_not_logged(tmp_path, arguments, said):
    run = make_run(tmp_path / "run", residual=(SURE,))
    (obstacle,) = standing(run)["stands"]
    words = [word.replace("{id}", obstacle["obstacle_id"]) for word in arguments]
    refused = call("approve", run, *BY, *NOW, *words).exception
    assert isinstance(refused, WrongUse)
    assert said in str(refused)
    assert not (run / NAME).exists()


def test_what_must_be_put_right_cannot_be_accepted(tmp_path):
    run = make_run(tmp_path / "run")
    RunFolder(run).write(LogEntry, 0, [])
    (obstacle,) = standing(run)["stands"]
    refused = call("approve", run, *BY, *NOW, "--accept", obstacle["obstacle_id"], "--reason", "why")
    assert isinstance(refused.exception, WrongUse)
    assert "cannot be accepted, only put right" in str(refused.exception)


def test_a_name_is_needed(tmp_path):
    assert isinstance(call("approve", make_run(tmp_path / "run"), "--by", " ").exception, WrongUse)


def test_a_log_changed_by_hand_stops_everything(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE,))
    (obstacle,) = standing(run)["stands"]
    call("approve", run, *BY, *NOW, "--accept", obstacle["obstacle_id"], "--reason", "A street")
    log = run / NAME
    log.write_text(log.read_text("utf-8").replace("A street", "A street, no person"), "utf-8")
    assert isinstance(call("check", run).exception, StoreError)


def test_a_second_public_run_of_a_corpus_names_the_first(tmp_path):
    first, second = make_run(tmp_path / "r1"), make_run(tmp_path / "r2")
    assert call("approve", first, *BY, *NOW).exit_code == 0
    (obstacle,) = standing(second)["stands"]
    assert obstacle["against"] == "earlier_edition"
    assert call("check", first).exit_code == 0


def test_the_same_decisions_give_the_same_edition(tmp_path):
    digests = []
    for name in ("a", "b"):
        run = make_run(tmp_path / name / "run")
        call("approve", run, *BY, *NOW)
        digests.append((run / "release" / "manifest.json").read_bytes())
    assert digests[0] == digests[1]


@pytest.mark.parametrize("number", [0, 1])
def test_a_run_of_which_a_part_was_not_measured_is_not_published(tmp_path, number):
    run = make_run(tmp_path / "run")
    RunFolder(run).write(Residual, 1, [LOW])
    RunFolder(run).part(Residual, number).unlink()
    (stands,) = standing(run)["stands"]
    assert (stands["against"], stands["acceptable"]) == ("not_measured", False)


def test_what_was_marked_since_the_run_stands_against_it(tmp_path):
    corpus = make_corpus(tmp_path / "corpora" / "invented")
    run = make_run(tmp_path / "outputs" / "invented" / "run")
    with closing(Vault.open(corpus)) as vault:
        vault.keyed_id("document", "a")
        with vault.writing() as database:  # as if the vault had given the ids of the run
            database.executemany("INSERT INTO ids VALUES (?, ?)", [(bytes([n]), f"d{n}") for n in range(12)])
        assert standing(run)["stands"] == []
        document = next(d for d in RunFolder(run).read(Document) if d.document_id == "d3")
        mask = {"label": "DATE", "by": "A. Nalyst", "now": datetime(2026, 1, 5, tzinfo=UTC)}
        ask(vault, document, Span(document.text.index("day"), len(document.text) - 1), CorrectionAction.MASK, **mask)
    (stands,) = standing(run)["stands"]
    assert (stands["against"], stands["acceptable"], stands["findings"]) == ("corrected_since", False, ["d3"])
    done = call("approve", run, *BY, *NOW)
    assert isinstance(done.exception, ProtectionError)
    assert not (run / "release").exists()


def test_the_log_is_sealed_with_the_vault_and_its_last_line_cannot_be_rewritten(tmp_path):
    make_corpus(tmp_path / "corpora" / "invented")
    run = make_run(tmp_path / "outputs" / "invented" / "run", residual=(SURE,))
    with closing(Vault.open(tmp_path / "corpora" / "invented")) as vault, vault.writing() as database:
        database.execute("INSERT INTO ids VALUES (?, ?)", (b"one", "d1"))
    (obstacle,) = standing(run)["stands"]
    done = call("approve", run, *BY, *NOW, "--accept", obstacle["obstacle_id"], "--reason", "A street")
    assert done.exit_code == 0
    assert standing(run)["stands"] == []
    log = (run / NAME).read_text("utf-8")
    (run / NAME).write_text(log.replace('"by": "Ann Example", "did": "approved"', '"by": "Bo", "did": "approved"'))
    assert "Bo" in (run / NAME).read_text("utf-8")
    refused = call("check", run)
    assert isinstance(refused.exception, StoreError)
    assert "changed by hand: line 2" in str(refused.exception)


def test_without_its_corpus_it_is_said_that_nobody_looked_for_corrections(tmp_path):
    run = make_run(tmp_path / "outputs" / "invented" / "run")
    done = call("check", run)
    assert done.exit_code == 0
    assert "Corrections since this run were not looked for" in done.stderr
    assert call("check", run, "--corpus", tmp_path / "nowhere").exit_code == 1


def test_a_run_of_another_vault_is_not_called_free_of_corrections(tmp_path):
    make_corpus(tmp_path / "corpora" / "invented")
    run = make_run(tmp_path / "outputs" / "invented" / "run")
    done = call("check", run)
    assert isinstance(done.exception, VaultError)
    assert "another vault" in str(done.exception)


def test_texts_are_let_through_only_by_who_says_how_many_they_are(tmp_path):
    run = make_run(tmp_path / "run")
    manifest = json.loads((run / "manifest.json").read_text("utf-8"))
    write_json(run / "manifest.json", {**manifest, "consent_to_quote": []})
    (obstacle,) = standing(run)["stands"]
    assert (obstacle["against"], obstacle["texts"]) == ("consent", len(obstacle["findings"]))
    name, texts = obstacle["obstacle_id"], obstacle["texts"]
    assert f"[{name}] lets through {texts} texts" in call("check", run).stdout
    for said in (name, f"{name}=", f"{name}=all", f"{name}={texts - 1}"):
        refused = call("approve", run, *BY, *NOW, "--accept", said, "--reason", "The leaflet")
        assert isinstance(refused.exception, WrongUse)
    assert read_log(run) == []
    assert call("approve", run, *BY, *NOW, "--accept", f"{name}={texts}", "--reason", "The leaflet").exit_code == 0
    assert read_log(run)[0]["texts"] == texts


def test_texts_at_risk_are_never_let_through_by_default_nor_by_anothers_reason(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE,))
    documents = list(RunFolder(run).read(Document))[:2]
    flags = [RiskFlag(f"{d.document_id}:0-{len(d.text)}", d.document_id, 0.9, "") for d in documents]
    RunFolder(run).write(RiskFlag, 0, flags)
    ids = {each["against"]: each["obstacle_id"] for each in standing(run)["stands"]}
    risk, street = ids["risk_to_life"], ids["second_pass"]
    assert isinstance(call("approve", run, *BY, *NOW).exception, ProtectionError)
    both = ("--accept", street, "--accept", f"{risk}=2")
    refused = call("approve", run, *BY, *NOW, *both, "--reason", "Fine", "--reason", "Fine")
    assert "reason of its own" in str(refused.exception)
    assert read_log(run) == []
    assert call("approve", run, *BY, *NOW, *both, "--reason", "A street", "--reason", "Read; rang both").exit_code == 0
    shown = (run / "release" / "tables" / "quotes.csv").read_text("utf-8-sig")
    assert not any(document.text in shown for document in documents)


def test_nothing_is_decided_twice_at_once(tmp_path):
    run = make_run(tmp_path / "run", residual=(SURE,))
    name = standing(run)["stands"][0]["obstacle_id"]
    refused = call("approve", run, *BY, *NOW, *("--accept", name) * 2, *("--reason", "A street") * 2)
    assert isinstance(refused.exception, WrongUse)
