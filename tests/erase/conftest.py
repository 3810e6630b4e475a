"""A study that has been run twice, made once and put back for every test."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from erase.world import NAME, make_study
from themes.deidentify.vault.vault import Vault
from themes.records.spec import CorpusSpec

RUNS = ("20260105-060000", "20260112-060000")


@pytest.fixture(scope="session")
def as_made(tmp_path_factory) -> tuple[Path, Path]:
    """The world at its place, and a copy of it elsewhere. Its vault remembers its outputs by their path."""
    from one_run import run_once
    from themes.cli.report import team_release
    from themes.export.catalog import EXPORTERS, REFI_PROFILES

    place = tmp_path_factory.mktemp("world") / "here"
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        set_places(patch, place)
        patch.setattr("flows.work.ingest.DOCUMENTS_PER_PARTITION", 12)
        corpus = make_study(place / "corpora" / "study")
        run_once(corpus, place / "outputs", "2026-01-05T06:00:00+00:00")
        (corpus / "raw/stories/three.txt").write_text("The bus took two hours each way.", encoding="utf-8")
        run_once(corpus, place / "outputs", "2026-01-12T06:00:00+00:00")
        first = place / "outputs" / "study" / RUNS[0]
        for write in {**EXPORTERS, **REFI_PROFILES}.values():
            write(team_release(first), first / "export")
    copy = place.parent / "as-made"
    shutil.copytree(place, copy)
    return place, copy


@pytest.fixture
def study(as_made, monkeypatch) -> Path:
    """The folder that holds corpora/study, outputs/study with two runs, the vault and its key."""
    return put_back(*as_made, monkeypatch)


@pytest.fixture(scope="session")
def forgotten(as_made) -> tuple[Path, Path, str]:
    """(the study as it was, as it is once Quilliam Brockbank is forgotten, what was said)."""
    with pytest.MonkeyPatch.context() as patch:
        place = put_back(*as_made, patch)
        done = themes("forget", place / "corpora/study", "--author", NAME, "--yes")
        assert done.exit_code == 0, done.output
        after = as_made[1].parent / "forgotten"
        shutil.copytree(place, after)
    return as_made[1], after, done.stdout


def put_back(place: Path, copy: Path, patch: pytest.MonkeyPatch) -> Path:
    shutil.rmtree(place)
    shutil.copytree(copy, place)
    set_places(patch, place)
    return place


def set_places(patch: pytest.MonkeyPatch, place: Path) -> None:
    patch.setenv("THEMES_VAULT", str(place / "private" / "vault"))
    patch.setenv("THEMES_KEY_FILE", str(place / "private" / "key"))


def themes(*arguments: object, answer: str = "") -> Result:
    """The command line, in this process."""
    from themes.cli.main import app

    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=answer)


@pytest.fixture(name="themes")
def _themes() -> Callable[..., Result]:
    return themes


@pytest.fixture
def spec(tmp_path: Path) -> CorpusSpec:
    return CorpusSpec(tmp_path / "corpora" / "study", "study", ())


@pytest.fixture
def digests() -> Callable[[Path], dict[str, str]]:
    """SHA-256 of every file of a corpus's outputs but the lock."""

    def of(corpus_outputs: Path) -> dict[str, str]:
        return {
            path.relative_to(corpus_outputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(corpus_outputs.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }

    return of


@pytest.fixture
def case_of(study) -> Callable[[str], str]:
    """The id of the case that wrote a text beginning with these words, as in the first run."""
    from themes.records.corpus import Document
    from themes.store.run_folder import RunFolder

    def of(words: str) -> str:
        documents = RunFolder(study / "outputs/study" / RUNS[0]).read(Document)
        return min(d.case_id for d in documents if d.text.startswith(words) and d.duplicate_of is None)

    return of


@pytest.fixture
def opened(study):
    """The vault of the study."""
    with closing(Vault.open(study / "corpora/study")) as vault:
        yield vault
