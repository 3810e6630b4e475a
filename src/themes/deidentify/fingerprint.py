"""Keyed hash of all that goes into a de-identified document, so that a later run can keep what has not changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from themes.deidentify.correct.corrected import Corrections, bearing, known_names
from themes.deidentify.recognize.known_names import names_by_thread
from themes.deidentify.vault.vault import Vault
from themes.deidentify.weigh.own_tagger import WEIGHTS_FILE as OWN_TAGGER_FILE
from themes.deidentify.weigh.weights import WEIGHTS_FILE
from themes.deidentify.wording.listed import lexicon_files, list_bytes
from themes.errors import ModelError
from themes.models import model_hashes
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec


def fingerprints(
    documents: Sequence[RawDocument], *, spec: CorpusSpec, vault: Vault, beside: Sequence[RawDocument] = ()
) -> list[str]:
    """One fingerprint per document, computed before anything is recognised. Same fingerprint, same result.

    In it: text, author, form fields, the names known in its thread, the corpus's own names, places and keep-words,
    the models, this package's code and lists, all texts of its thread and what corrections say of them: a name found
    in one of them completes a first name in another. So a thread is done again as a whole. A correction that says
    nothing of a thread changes nothing there.

    Args:
        documents: Whole threads, together with `beside`.
        spec: Its settings count.
        vault: Its secret is the key.
        beside: Texts of the same threads for which none is wanted: who wrote them counts.
    """
    everybody = [*documents, *beside]
    names = names_by_thread(everybody)
    corrected = bearing(Corrections(vault), everybody, known_names(everybody, spec))
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
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        texts[document.thread].append(vault.digest(document.text))
    threads = {thread: [sorted(names[thread]), sorted(said), corrected[thread]] for thread, said in texts.items()}
    return [
        vault.digest(json.dumps([settings, models, threads[d.thread], _content(d)], ensure_ascii=True))
        for d in documents
    ]


def _content(document: RawDocument) -> list[object]:
    d = document
    return [
        d.source.file, d.source.without_row.place, d.kind, d.text, d.case_key, d.document_key, d.prompt, d.author,
        d.name_hidden, d.consent, d.promises, d.speaker, str(d.written), sorted(d.attributes.items()), d.reply_to,
        [(span.start, span.end) for span in d.quotations], d.offsets.steps,
    ]  # fmt: skip


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ModelError(f"{path.name} cannot be read. Install the program again; nothing was read.") from None


@cache
def code_version() -> str:
    """Hash of this package's code, lists and weights, and the versions of what tags for it."""
    total = hashlib.sha256()
    here = Path(__file__).parent
    for path in (*sorted(here.rglob("*.py")), here.parent / "language.py", WEIGHTS_FILE, OWN_TAGGER_FILE):
        total.update(path.name.encode() + b"\0" + _content_of(path) + b"\0")
    for path in lexicon_files():  # also stops at the first that is damaged, before a text is read
        total.update(path.name.encode() + b"\0" + list_bytes(path.name) + b"\0")
    for package in ("spacy", "onnxruntime", "tokenizers"):
        total.update(f"{package} {version(package)}\n".encode())
    return total.hexdigest()
