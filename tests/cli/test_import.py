"""Codings and codebooks from other programs, from the command line to the next run."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from flows_small_corpus import make_corpus
from one_run import run_once
from themes.cli.export import export
from themes.cli.import_ import CODEBOOK, import_
from themes.errors import CodebookError, CorpusError, WrongUse
from themes.export.refi_xml import PROFILES, write_project
from themes.read.codebook import read_codebook
from themes.read.decisions import FILE, read_decisions
from themes.read.refi import read_refi_project
from themes.records.anchor import Hold
from themes.records.coding import Coding
from themes.records.decision import CarriedDecision
from themes.records.exchange import ExchangedCoding, ExchangedUser
from themes.records.span import Span
from themes.store.run_folder import RunFolder

ANN, BEN = (f"00000000-0000-0000-0000-00000000000{figure}" for figure in "ab")
WORDS = "I moved house"


def call(command, *arguments):
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The corpus, its run's export as Ann sends it back with a coding of hers, and the run."""
    place = tmp_path_factory.mktemp("study")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THEMES_VAULT", str(place / "vault"))
        patch.setenv("THEMES_KEY_FILE", str(place / "key"))
        corpus = make_corpus(place / "corpora" / "small")
        run = run_once(corpus, place / "outputs")
        assert call(export, run, "--to", "refi-project", "--profile", "maxqda").exit_code == 0
        assert call(export, run, "--to", "refi-codebook").exit_code == 0
    return corpus, run, place


@pytest.fixture
def coded(study, tmp_path):
    """Files in which these people, by name, coded that somebody moved house as kindness."""
    run = study[1]

    def file(*names: str, guids=(ANN, BEN)) -> Path:
        project = read_refi_project(run / "export" / "project-maxqda.qdpx").content
        kindness = next(code for code in project.codes if code.name == "Kind staff")
        sources = tuple(
            replace(
                source,
                codings=tuple(
                    ExchangedCoding(guid, kindness.guid, Span(0, len(WORDS)), guid, "2026-01-06T09:00:00Z", WORDS, guid)
                    for guid, _ in zip(guids, names, strict=False)
                ),
            )
            if source.text.startswith(WORDS)
            else source
            for source in project.sources
        )
        users = (*project.users, *(ExchangedUser(g, name) for g, name in zip(guids, names, strict=False)))
        moment = datetime(2026, 1, 6, tzinfo=UTC)
        changed = replace(project, sources=sources, users=users)
        write_project(changed, tmp_path / "coded.qdpx", profile=PROFILES["nvivo"], moment=moment)
        return tmp_path / "coded.qdpx"

    return file


@pytest.fixture(autouse=True)
def with_its_vault_and_without_decisions(study, own_places, monkeypatch):
    monkeypatch.setenv("THEMES_VAULT", str(study[2] / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(study[2] / "key"))
    yield
    (study[1].parent / FILE).unlink(missing_ok=True)


def test_what_a_colleague_coded_is_heeded_by_the_next_run(study, coded):
    corpus, run, _ = study
    result = call(import_, corpus, coded("Ann"), "--coder", "A2")
    assert result.exit_code == 0, result.exception
    lines = result.stdout.splitlines()
    assert lines[-1] == "Taken in as decisions of: A2. The next run heeds them."
    assert "  1 taken in" in lines
    after = RunFolder(run_once(corpus, run.parent.parent, "2026-01-12T06:00:00+00:00"))
    (carried,) = after.read(CarriedDecision)
    assert (carried.coder_id, carried.code_id, carried.hold) == ("A2", "kindness", Hold.SAME)
    codings = [c for c in after.read(Coding) if c.coder_id == "A2"]
    assert [(c.segment_id, c.code_id, c.applies) for c in codings] == [(carried.segment_id, "kindness", True)]
    again = call(import_, corpus, coded("Ann"), "--coder", "A2").stdout
    assert "  1 there already" in again.splitlines()


def test_our_own_file_brings_nothing(study):
    corpus, run, _ = study
    result = call(import_, corpus, run / "export" / "project-maxqda.qdpx")
    assert "taken in" not in result.stdout
    assert not (run.parent / FILE).exists()


def test_our_own_file_with_a_colleagues_coding_in_it_brings_that_alone(study, coded):
    """Even if it is said to be from somebody else than those who coded here."""
    corpus, run, _ = study
    assert call(import_, corpus, coded("Ann"), "--coder", "A2").exit_code == 0
    after = run_once(corpus, run.parent.parent, "2026-01-19T06:00:00+00:00")
    assert call(export, after, "--to", "refi-project").exit_code == 0
    told = call(import_, corpus, after / "export" / "project.qdpx", "--coder", "A3").stdout.splitlines()
    assert "  1 there already" in told
    assert not any("taken in" in line.casefold() for line in told)


def test_a_name_from_elsewhere_becomes_a_pseudonym_the_same_each_time(study, coded):
    corpus, run, _ = study
    assert call(import_, corpus, coded("Ann Example", "Ben Example")).exit_code == 0
    assert call(import_, corpus, coded("Ben Example", guids=(BEN,))).exit_code == 0
    coders = [decision.coder_id for decision in read_decisions(run.parent / FILE).decisions]
    assert len(coders) == len(set(coders)) == 2  # Ben's second coding is there already
    assert all(coder.startswith("elsewhere-") and "Example" not in coder for coder in coders)


def test_one_name_for_two_people_is_refused(study, coded):
    corpus, run, _ = study
    refused = call(import_, corpus, coded("Ann", "Ben"), "--coder", "A2").exception
    assert isinstance(refused, WrongUse)
    assert "2 people coded" in str(refused)
    assert not (run.parent / FILE).exists()


@pytest.mark.parametrize("arguments", [("--coder", "Machine"), ("--profile", "atlas"), ("--coder", "a\nb")])
def test_what_cannot_be_meant_is_refused(study, coded, arguments):
    assert isinstance(call(import_, study[0], coded("Ann"), *arguments).exception, WrongUse)


def test_a_file_of_another_kind_is_refused(study, tmp_path):
    (tmp_path / "a.csv").write_text("a", "utf-8")
    assert isinstance(call(import_, study[0], tmp_path / "a.csv").exception, WrongUse)
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w") as archive:
        archive.writestr("project.qde", "<!DOCTYPE a><Project/>")
    refused = call(import_, study[0], tmp_path / "a.qdpx").exception
    assert isinstance(refused, CorpusError)
    assert str(refused).startswith(f"{tmp_path / 'a.qdpx'} declares entities")


def test_without_a_run_there_is_nothing_to_hold_a_project_against(study, coded, tmp_path):
    refused = call(import_, study[0], coded("Ann"), "--outputs", tmp_path / "none").exception
    assert isinstance(refused, CorpusError)
    assert "no run" in str(refused)


def test_a_codebook_comes_back_whole_beside_the_own_one(study):
    corpus, run, _ = study
    result = call(import_, corpus, run / "export" / "codebook.qdc")
    assert (result.exit_code, result.stdout) == (0, f"{corpus / CODEBOOK}\n")
    assert read_codebook(corpus / CODEBOOK) == read_codebook(corpus / "codebook.toml")
    refused = call(import_, corpus, run / "export" / "codebook.qdc").exception
    assert isinstance(refused, WrongUse)
    (corpus / CODEBOOK).unlink()


def test_a_codebook_that_cannot_be_used_leaves_nothing(study, tmp_path):
    folder = '<Code guid="x" name="Folder" isCodable="false"/>'
    xml = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{folder}</Codes></CodeBook>'
    (tmp_path / "a.qdc").write_text(xml, "utf-8")
    refused = call(import_, study[0], tmp_path / "a.qdc").exception
    assert isinstance(refused, CodebookError)
    assert str(tmp_path / "a.qdc") in str(refused)
    assert not (study[0] / CODEBOOK).exists()


def test_a_code_below_itself_is_refused_and_leaves_nothing(study, tmp_path):
    inner = '<Code guid="x" name="Waiting" isCodable="true"/>'
    between = f'<Code guid="y" name="Letters" isCodable="true">{inner}</Code>'
    circle = f'<Code guid="x" name="Waiting" isCodable="true">{between}</Code>'
    xml = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{circle}</Codes></CodeBook>'
    (tmp_path / "a.qdc").write_text(xml, "utf-8")
    refused = call(import_, study[0], tmp_path / "a.qdc").exception
    assert isinstance(refused, CodebookError)
    assert str(refused).startswith(
        f"The codebook in {tmp_path / 'a.qdc'} cannot be used: code 'Waiting' belongs in the end to itself"
    )
    assert not (study[0] / CODEBOOK).exists()
