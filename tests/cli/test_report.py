import pytest
from typer.testing import CliRunner

from builders import a_case, a_codebook, a_coding, a_document, a_run, a_segment, a_theme
from themes.cli.export import export
from themes.cli.report import report, team_release
from themes.errors import StoreError, WrongUse
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, Quarantined
from themes.records.estimate import Agreement, Prevalence
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme
from themes.report.pdf import NoBrowser
from themes.store.files import write_json
from themes.store.run_folder import RunFolder, write_codebook
from themes.store.tables import to_plain

runner = CliRunner()


@pytest.fixture
def run_dir(tmp_path):
    folder = RunFolder(tmp_path / "run")
    for record, records in {
        Case: [a_case("c1")],
        Document: [a_document("d1", "They were kind.", case_id="c1")],
        Segment: [a_segment("d1:0-15", case_id="c1")],
        Coding: [a_coding("d1:0-15")],
        Theme: [a_theme()],
        **dict.fromkeys((Membership, Prevalence, Quarantined, Agreement, RiskFlag), ()),
    }.items():
        folder.write(record, 0, records)
    write_codebook(folder, a_codebook())
    write_json(folder.path / "notes.json", {"title": "An invented study", "notes": []})
    run = {key: dict(value) if isinstance(value, list) else value for key, value in to_plain(a_run()).items()}
    write_json(folder.path / "manifest.json", {**run, "fewest_cases": 12})
    return folder.path


def call(command, *arguments):
    import typer

    app = typer.Typer()
    app.command()(command)
    return runner.invoke(app, [str(argument) for argument in arguments])


def test_report_writes_the_page_and_says_where(run_dir):
    result = call(report, run_dir)
    page = run_dir / "report" / "index.html"
    assert (result.exit_code, result.stdout) == (0, f"{page}\n")
    assert "An invented study" in page.read_text(encoding="utf-8")


def test_the_threshold_is_that_of_the_run(run_dir):
    assert team_release(run_dir).fewest_cases == 12


def test_a_format_that_is_not_there_is_refused(run_dir):
    assert isinstance(call(report, run_dir, "--format", "odt").exception, WrongUse)


def test_report_writes_a_docx_and_the_pack_of_a_theme_and_says_where(run_dir):
    for arguments, name in (
        (("--format", "docx"), "report.docx"),
        (("--pack", "sanctions"), "pack-sanctions.html"),
        (("--pack", "Sanctions", "--format", "docx"), "pack-sanctions.docx"),
    ):
        result = call(report, run_dir, *arguments)
        assert (result.exit_code, result.stdout) == (0, f"{run_dir / 'report' / name}\n")
        assert (run_dir / "report" / name).is_file()


def test_that_no_browser_is_there_is_said_before_a_run_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("themes.report.pdf.BROWSERS", ("invented-browser",))
    assert isinstance(call(report, tmp_path / "no-run", "--format", "pdf").exception, NoBrowser)


def test_a_pack_of_no_theme_is_refused_with_the_themes_there_are(run_dir):
    refused = call(report, run_dir, "--pack", "weather").exception
    assert isinstance(refused, WrongUse)
    assert str(refused) == "There is no theme with that id or name in this run. It has: sanctions (Sanctions)."


@pytest.mark.parametrize("option", ["--to", "--format"])
def test_export_writes_tables_and_says_where(run_dir, option):
    result = call(export, run_dir, option, "csv")
    assert (result.exit_code, result.stdout) == (0, f"{run_dir / 'export'}\n")
    assert sorted(path.name for path in (run_dir / "export").iterdir()) == [
        "codebook.csv", "codings.csv", "data_dictionary.csv", "excerpts.csv",
    ]  # fmt: skip


def test_an_export_that_is_not_there_is_refused_with_those_that_are(run_dir):
    refused = call(export, run_dir, "--to", "stata").exception
    assert isinstance(refused, WrongUse)
    assert "csv, xlsx, quotes" in str(refused)


def test_what_is_not_a_run_is_named(tmp_path):
    refused = call(export, tmp_path, "--to", "csv").exception
    assert isinstance(refused, StoreError)
    assert str(tmp_path) in str(refused)


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("refi-project",), "project.qdpx"),
        (("refi-project", "--profile", "maxqda"), "project-maxqda.qdpx"),
        (("refi-codebook",), "codebook.qdc"),
        (("cases",), "cases.csv"),
        (("sav",), "cases.sav"),
    ],
)
def test_export_writes_for_other_programs(run_dir, arguments, file):
    assert call(export, run_dir, "--to", *arguments).exit_code == 0
    assert (run_dir / "export" / file).is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("refi-project", "--profile", "atlas"), "spec, nvivo, maxqda"),
        (("csv", "--profile", "nvivo"), "refi-project"),
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused(run_dir, arguments, says):
    refused = call(export, run_dir, "--to", *arguments).exception
    assert isinstance(refused, WrongUse)
    assert says in str(refused)
