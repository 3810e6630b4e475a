"""Keyed hash of all that goes into a de-identified document, so that a later run can keep what has not changed."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from themes.deidentify.known_names import names_by_thread
from themes.deidentify.lexicon import lexicon_files
from themes.deidentify.vault import Vault
from themes.deidentify.weights import WEIGHTS_FILE
from themes.models import model_hashes
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec


def fingerprints(documents: Sequence[RawDocument], *, spec: CorpusSpec, vault: Vault) -> list[str]:
    """One fingerprint per document, computed before anything is recognised. Same fingerprint, same result.

    In it: text, author, form fields, the names known in its thread, the corpus's own names, places and keep-words,
    the models, and
    this package's code and lists. A name found in one document does not reach into another, so that no other text is
    in it.

    Args:
        documents: Whole threads.
    """
    names = names_by_thread(documents)
    settings = [
        spec.language,
        *sorted(spec.extra_names),
        "\0",
        *sorted(spec.extra_places),
        "\0",
        *sorted(spec.keep_words),
        code_version(),
    ]
    models = sorted(model_hashes().items())
    return [
        vault.digest(json.dumps([settings, models, sorted(names[d.thread]), _content(d)], ensure_ascii=True))
        for d in documents
    ]


def _content(document: RawDocument) -> list[object]:
    d = document
    return [
        d.source.file, d.source.without_row.place, d.kind, d.text, d.case_key, d.document_key, d.prompt, d.author,
        d.name_hidden, d.consent, d.promises, d.speaker, str(d.written), sorted(d.attributes.items()), d.reply_to,
        [(span.start, span.end) for span in d.quotations], d.offsets.steps,
    ]  # fmt: skip


@cache
def code_version() -> str:
    """Hash of this package's code, lists and weights, and the versions of what tags for it."""
    total = hashlib.sha256()
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), here.parent / "language.py", WEIGHTS_FILE, *lexicon_files()):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for package in ("spacy", "onnxruntime", "tokenizers"):
        total.update(f"{package} {version(package)}\n".encode())
    return total.hexdigest()
