"""What a run would do, and whether there is anything to do. Quick, and without Prefect or a model."""

import hashlib
from datetime import datetime
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from themes.deidentify.correct.corrections import corrections_digest
from themes.deidentify.vault.vault import Vault
from themes.embedding import encoder_identity
from themes.encoders.catalog import SENTENCE
from themes.models import model_hashes
from themes.read.codebook import read_codebook
from themes.read.codebook_versions import codebook_file
from themes.records.spec import CorpusSpec
from themes.review.feeding import digest_of_decisions
from themes.review.sample import digest_of_sample
from themes.store.files import read_json
from themes.store.review_place import review_log_if_any
from themes.store.run_folder import RunFolder
from themes.theme.decisions import FILE as THEME_DECISIONS

# Whose version can change a result.
LIBRARIES = ("bertopic", "numpy", "onnxruntime", "scikit-learn", "spacy", "themes")


def work_of(spec: CorpusSpec, vault: Vault, corpus_outputs: Path) -> dict[str, Any]:
    """Everything that decides what a run gives: equal work gives equal results.

    `corpus_outputs` is `outputs/<corpus>`, where analysts' decisions are.

    File names are keyed digests here: a name can name somebody, and this ends up in the run folder.
    """
    return {
        "inputs": {
            vault.digest(str(path.relative_to(spec.raw))): vault.digest(_sha256(path)) for path in input_files(spec)
        },
        "corpus": vault.digest(_sha256(spec.folder / "corpus.toml")),
        "codebook": codebook_digest(spec),
        "corrections": corrections_digest(vault),
        "theme_decisions": _sha256_if_there(corpus_outputs / THEME_DECISIONS),
        "decisions": digest_of_decisions(corpus_outputs),
        "sample": _sample_drawn(corpus_outputs),
        "code": code_version(),
        "models": models_of(spec),
        "versions": library_versions(),
    }


def plan_of_run(
    work: dict[str, Any], inputs: dict[str, str], previous: RunFolder | None, now: datetime
) -> dict[str, Any]:
    """What a run that begins now sets out to do, as it is kept until the run is done.

    Args:
        work: From `work_of`.
        inputs: From `screened_inputs`.
        previous: The run before.
        now: In UTC.
    """
    return {
        "work": work,
        "run_id": now.strftime("%Y%m%d-%H%M%S"),
        "started_at": now.isoformat(timespec="seconds"),
        "previous": previous.path.name if previous else None,
        "inputs": inputs,
    }


def models_of(spec: CorpusSpec) -> dict[str, str]:
    """Model to SHA-256, the encoder that the corpus chooses among them if it is not the packaged one."""
    chosen = {} if spec.encoder == SENTENCE else {"chosen_encoder": encoder_identity(spec.encoder)}
    return {**model_hashes(), **chosen}


def input_files(spec: CorpusSpec) -> list[Path]:
    """Every file below `raw/`, whether a source asks for it or not: one that is added may match a glob."""
    return sorted(path for path in spec.raw.rglob("*") if path.is_file() and not path.is_symlink())


def codebook_digest(spec: CorpusSpec) -> str:
    """SHA-256 over the codebook and the labelled examples that it names."""
    path = codebook_file(spec)
    labelled = read_codebook(path).labelled
    return _sha256(path) if labelled is None else f"{_sha256(path)} {_sha256(labelled)}"


def screened_inputs(spec: CorpusSpec, vault: Vault) -> dict[str, str]:
    """Each input file by the name it is shown by, and the keyed hash of its bytes; for the manifest. Loads models.

    A file that holds nothing but withdrawn texts is not named.
    """
    from themes.deidentify.messages import shown_file_names
    from themes.deidentify.withdraw.tombstones import Tombstones

    shown, tombstones = shown_file_names(spec, vault), Tombstones(vault)
    below = {path.relative_to(spec.raw).as_posix(): path for path in input_files(spec)}
    return {
        shown[name]: vault.digest(_sha256(path))
        for name, path in below.items()
        if not tombstones.is_withdrawn_file(name)
    }


def nothing_new(work: dict[str, Any], last_run: Path | None) -> bool:
    """Whether the last run did exactly this work."""
    if last_run is None or not (last_run / "work.json").is_file():
        return False
    return bool(read_json(last_run / "work.json") == work)


@cache
def code_version() -> str:
    """SHA-256 over the program's own files: a change of a rule is a change of the results."""
    total = hashlib.sha256()
    for package in ("themes", "flows"):
        spec = find_spec(package)
        folder = Path(spec.origin).parent if spec and spec.origin else Path()
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(f"{package}/{path.relative_to(folder)}\0{_sha256(path)}\n".encode())
    return total.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    return {name: version(name) for name in LIBRARIES}


def _sample_drawn(corpus_outputs: Path) -> str:
    with review_log_if_any(corpus_outputs) as log:
        return digest_of_sample(log)


def _sha256_if_there(path: Path) -> str:
    return _sha256(path) if path.is_file() else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
