"""From raw documents to documents: the fence. Nothing raw leaves this module but through the vault."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.findings import details_or_trouble
from themes.deidentify.fingerprint import fingerprints
from themes.deidentify.policy import Action, action_for
from themes.deidentify.screening import files_of, screened_answer, screened_file_names, screened_source, screened_texts
from themes.deidentify.self_test import self_test
from themes.deidentify.surrogates import surrogates
from themes.deidentify.vault import Vault
from themes.errors import ProtectionError
from themes.records.corpus import Case, Document, DocumentKind, Quarantined, SourceRef
from themes.records.privacy import Finding, LogEntry, Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

BETWEEN_TESTS = 1000
"""Documents from one self-test to the next."""


@dataclass(frozen=True)
class Deidentified:
    """What came of a batch. `documents` keep the order of what was given; `cases` that of their first document."""

    documents: list[Document] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)


@dataclass(frozen=True)
class Screened:
    """What the words of forms, and the names of files and columns, are shown as."""

    files: Mapping[str, str]
    columns: Mapping[str, str]
    texts: Mapping[str, str]


def deidentify(
    documents: Sequence[RawDocument],
    *,
    spec: CorpusSpec,
    vault: Vault,
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
) -> Deidentified:
    """Documents with surrogates in the place of personal details, their cases, and a log without words.

    `text` and `replacements` follow the coding profile; `release_replacements` are what the release profile would replace
    besides. A document that a recogniser stumbles over is quarantined.

    Args:
        documents: Whole threads, so that everybody who speaks in one is known. Any number; none gives nothing.
        spec: Its language, own names, places and keep-words count.
        vault: Gives ids and surrogates.
        recognizers: What looks for details.

    Raises:
        ProtectionError: If the corpus's language has no recognisers, or a self-test fails, before, between or after.
        ModelError: If a model is missing, empty or not the pinned one.
    """
    if not documents:
        return Deidentified()
    _refuse_other_languages(spec)
    screened = None
    result = Deidentified()
    marks = fingerprints(documents, spec=spec, vault=vault)
    cases: dict[str, Case] = {}
    for batch in _batches(documents):
        self_test(recognizers)
        screened = screened or _screened(documents, spec, vault, recognizers)
        answers = list(details_or_trouble([documents[i] for i in batch], spec=spec, recognizers=recognizers))
        if any(isinstance(answer, str) for answer in answers):
            self_test(recognizers)
        with vault.writing():
            for i, answer in zip(batch, answers, strict=True):
                _take_in(result, documents[i], answer, vault, screened, marks[i], cases, _names_beside(documents, i))
    self_test(recognizers)
    result.cases.extend(cases.values())
    return result


def _refuse_other_languages(spec: CorpusSpec) -> None:
    if spec.language.casefold().split("-")[0] != "en":
        raise ProtectionError(
            f"The corpus {spec.name} is in '{spec.language}', for which there are no recognisers: names would pass. Only English is read so far; "
            f'if its texts are English, set `language = "en-GB"` in corpus.toml.'
        )


def _batches(documents: Sequence[RawDocument]) -> Iterator[list[int]]:
    """Indices in lots of about `BETWEEN_TESTS`, no thread cut in two."""
    threads: dict[str, list[int]] = {}
    for i, document in enumerate(documents):
        threads.setdefault(document.thread, []).append(i)
    batch: list[int] = []
    for indices in threads.values():
        if batch and len(batch) + len(indices) > BETWEEN_TESTS:
            yield batch
            batch = []
        batch = [*batch, *indices]
    yield batch


def _names_beside(documents: Sequence[RawDocument], i: int) -> list[str]:
    author = documents[i].author
    return [author] if author else []


def _screened(
    documents: Sequence[RawDocument], spec: CorpusSpec, vault: Vault, recognizers: Mapping[str, Recognizer]
) -> Screened:
    texts = {
        text
        for d in documents
        for text in (d.prompt, d.consent, d.speaker, d.source.place, *d.promises, *d.attributes.values())
        if text
    }
    return Screened(
        screened_file_names(files_of(documents, spec), spec=spec, vault=vault, recognizers=recognizers),
        screened_file_names(
            {key for d in documents for key in d.attributes},
            spec=spec,
            vault=vault,
            says="column",
            recognizers=recognizers,
        ),
        screened_texts(texts, spec=spec, vault=vault, recognizers=recognizers),
    )


def _take_in(
    result: Deidentified,
    raw: RawDocument,
    answer: list[Finding] | str,
    vault: Vault,
    screened: Screened,
    mark: str,
    cases: dict[str, Case],
    names: Sequence[str],
) -> None:
    source = screened_source(raw.source, screened.files, screened.texts)
    if isinstance(answer, str):
        reason = f"A recogniser failed on this text ({answer}). It is kept out; report the kind of error, and repair or remove the text."
        result.quarantined.append(Quarantined(source, reason))
        return
    document, log = _document(raw, answer, vault, screened, source, mark, names)
    result.documents.append(document)
    result.log.extend(log)
    if raw.kind is not DocumentKind.ARTICLE:
        attributes = {
            screened.columns[key]: screened_answer(key, value, screened.texts.get(value, value))
            for key, value in raw.attributes.items()
        }
        earlier = cases.get(document.case_id)
        cases[document.case_id] = Case(document.case_id, {**attributes, **(earlier.attributes if earlier else {})})


def _document(
    raw: RawDocument,
    findings: list[Finding],
    vault: Vault,
    screened: Screened,
    source: SourceRef,
    mark: str,
    names: Sequence[str],
) -> tuple[Document, list[LogEntry]]:
    document_id = vault.keyed_id("document", raw.document_key)
    written = surrogates(raw.text, findings, vault, profile="coding", also=names)
    strictly = surrogates(raw.text, findings, vault, profile="release", also=names)
    replacements, release, log = [], [], []
    text, shift = "", 0
    at = 0
    for finding, words, strict in zip(findings, written, strictly, strict=True):
        original = finding.span.of(raw.text)
        text += raw.text[at : finding.span.start] + words
        at = finding.span.end
        here = Span(finding.span.start + shift, finding.span.start + shift + len(words))
        shift += len(words) - len(original)
        if words != original:
            replacements.append(Replacement(finding.span, finding.label, words))
        if strict != words:
            release.append(Replacement(here, finding.label, strict))
        log.extend(_logged(document_id, finding, original))
    text += raw.text[at:]
    return Document(
        document_id=document_id,
        case_id=vault.keyed_id("case", raw.case_key),
        kind=raw.kind,
        text=text,
        source=source.without_row,
        prompt=screened.texts.get(raw.prompt) if raw.prompt else raw.prompt,
        written=raw.written.strftime("%Y-%m") if raw.written else None,
        speaker=screened.texts.get(raw.speaker) if raw.speaker else raw.speaker,
        consent=screened.texts.get(raw.consent) if raw.consent else raw.consent,
        promises=tuple(screened.texts.get(promise, promise) for promise in raw.promises),
        name_hidden=raw.name_hidden,
        reply_to=vault.keyed_id("document", raw.reply_to) if raw.reply_to else None,
        quotations=tuple(
            Span(moved(span.start, replacements), moved(span.end, replacements)) for span in raw.quotations
        ),
        replacements=tuple(replacements),
        release_replacements=tuple(release),
        offsets=raw.offsets,
        fingerprint=mark,
    ), log


def _logged(document_id: str, finding: Finding, words: str) -> Iterator[LogEntry]:
    names = {Action.MASK: "masked", Action.GENERALISE: "generalised", Action.KEEP: "kept"}
    for profile in ("coding", "release"):
        action = names[action_for(finding.label, words, profile)]
        yield LogEntry(document_id, finding.span, finding.label, finding.recognizer, finding.score, action, profile)


def moved(offset: int, replacements: Sequence[Replacement]) -> int:
    """Where an offset of the cleaned text falls in the text with surrogates; inside a detail, at its surrogate's end.

    >>> moved(12, [Replacement(Span(3, 8), "PERSON", "[person K7QX2]")])
    21
    """
    shift = 0
    for replacement in replacements:
        if offset <= replacement.span.start:
            break
        if offset < replacement.span.end:
            return replacement.span.start + shift + len(replacement.surrogate)
        shift += len(replacement.surrogate) - (replacement.span.end - replacement.span.start)
    return offset + shift
