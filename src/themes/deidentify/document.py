"""From raw documents to documents: the fence. Nothing raw leaves this module but through the vault."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.correct.corrected import Corrections, known_names
from themes.deidentify.findings import PATIENCE_SECONDS, WITHDRAWN, details_or_trouble
from themes.deidentify.fingerprint import fingerprints
from themes.deidentify.other_languages import REASON, in_another_language
from themes.deidentify.replace.persons import Cast, said
from themes.deidentify.replace.policy import Action, action_on
from themes.deidentify.replace.surrogates import cast_of
from themes.deidentify.rereading import Answer, Answers, replaced, reread
from themes.deidentify.screening import (
    Screen,
    files_of,
    released_columns,
    screened_answer,
    screened_forms,
    screened_names,
    screened_places,
)
from themes.deidentify.self_test import BETWEEN_TESTS, self_test_when_due
from themes.deidentify.thread_names import in_whole_threads
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.errors import ProtectionError
from themes.records.corpus import Case, Document, DocumentKind, Quarantined, SourceRef
from themes.records.privacy import Finding, LogEntry, Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

NOT_CORRECTED = (
    "What an analyst marked as a personal detail would be shown in this text, so it is kept out. Take the correction "
    "back if it is wrong; otherwise report this."
)


@dataclass(frozen=True)
class Deidentified:
    """What came of a batch. `documents` keep the order of what was given; `cases` that of their first document."""

    documents: list[Document] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    kept_out: list[RawDocument] = field(default_factory=list, repr=False)
    """The texts of `quarantined`, in its order, as they were given: to be looked at in memory, and never kept."""


@dataclass(frozen=True)
class Known:
    """What is known of a batch as a whole: how names of files and columns and the words of forms may be shown, who
    speaks in each thread, and where ids come from."""

    vault: Vault
    files: Mapping[str, str]
    columns: Mapping[str, str]
    released_columns: Mapping[str, str]
    texts: Mapping[str | None, tuple[str | None, str | None]]
    """Words of forms by the coding profile, and by the release profile."""
    places: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    """Whom each thread is known to name before it is read: who speaks in it, and whom the corpus lists."""
    corrections: Corrections


def deidentify(
    documents: Sequence[RawDocument],
    *,
    spec: CorpusSpec,
    vault: Vault,
    recognizers: Mapping[str, Recognizer] = RECOGNIZERS,
    beside: Sequence[RawDocument] = (),
    patience_seconds: float = PATIENCE_SECONDS,
    read_as: Sequence[str] = ("coding",),
) -> Deidentified:
    """Documents with surrogates in the place of personal details, their cases, and a log without words.

    `text` and `replacements` follow the coding profile; `release_replacements` are what the release profile would
    replace besides. A document that a recogniser stumbles over or takes too long for, that has a paragraph in
    another language, or in which an analyst's correction does not hold, is quarantined.

    Args:
        documents: Whole threads, so that everybody who speaks in one is known. Any number; none gives nothing.
        spec: Its language, own names, places and keep-words count.
        vault: Gives ids and surrogates.
        recognizers: What looks for details.
        beside: Texts of the same threads that are not to be made, such as those of an earlier run, or withdrawn ones:
            who wrote them is looked for in those that are.
        patience_seconds: What any document is allowed by the clock, besides a second for every 1,500 letters.
        read_as: The profiles in which a text is read again with its surrogates, until nothing more is found.

    Raises:
        ProtectionError: If the corpus's language has no recognisers, or a self-test fails, before, between batches or
        after.
        ModelError: If a model is missing, empty or not the pinned one.
    """
    if not documents:
        return Deidentified()
    _refuse_other_languages(spec)
    self_test_when_due(recognizers)
    result = Deidentified()
    cases: dict[str, Case] = {}
    marks = fingerprints(documents, spec=spec, vault=vault, beside=beside)
    known = _known(documents, spec, vault, recognizers, beside)
    forgotten = Tombstones(vault)
    everything = dict(recognizers)
    if forgotten:
        everything[WITHDRAWN] = forgotten.find_names
    if known.corrections:
        everything["corrections"] = known.corrections.find
    threads = _threads([*documents, *beside])

    def look(texts: Sequence[RawDocument]) -> list[list[Finding] | str]:
        asked = {raw.document_key for raw in texts}
        spoken = dict.fromkeys(raw.thread for raw in texts)
        others = [other for thread in spoken for other in threads[thread] if other.document_key not in asked]
        whole_threads = [*texts, *(replace(other, text="") for other in others)]
        found = details_or_trouble(whole_threads, spec=spec, recognizers=everything, patience_seconds=patience_seconds)
        return list(found)[: len(texts)]

    for batch in _batches(documents):
        given = [documents[i] for i in batch]
        unread = [REASON if in_another_language(raw.text) else "" for raw in given]
        heard = [reason or found for reason, found in zip(unread, look(given), strict=True)]
        first = [_corrected(raw, answer, known) for raw, answer in zip(given, heard, strict=True)]
        again = partial(reread, given, look=look, casts=partial(_casts, known=known), vault=vault, profiles=read_as)
        threaded = partial(in_whole_threads, given, keep_words=spec.keep_words)
        answers = again(threaded(first))
        if (more := threaded(answers)) != answers:  # a second reading named somebody
            answers = again(more)
        self_test_when_due(recognizers, after=len(given))
        casts = _casts(given, answers, known)
        with vault.writing():
            for i, answer in zip(batch, answers, strict=True):
                thread = casts[documents[i].thread]
                _take_in(result, cases, documents[i], answer, known, thread, mark=marks[i])
    result.cases.extend(cases.values())
    return result


def _refuse_other_languages(spec: CorpusSpec) -> None:
    if spec.language.casefold().split("-")[0] != "en":
        raise ProtectionError(
            f"The corpus {spec.name} is in '{spec.language}', for which there are no recognisers: names would "
            f"pass. Only English is read so far; "
            f'if its texts are English, set `language = "en-GB"` in corpus.toml.'
        )


def _threads(documents: Sequence[RawDocument]) -> dict[str, list[RawDocument]]:
    threads: defaultdict[str, list[RawDocument]] = defaultdict(list)
    for document in documents:
        threads[document.thread].append(document)
    return threads


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


def _known(
    documents: Sequence[RawDocument],
    spec: CorpusSpec,
    vault: Vault,
    recognizers: Mapping[str, Recognizer],
    beside: Sequence[RawDocument],
) -> Known:
    screen = Screen(spec, vault, recognizers)
    forms = {text for d in documents for text in (d.prompt, d.consent, d.speaker, *d.promises, *d.attributes.values())}
    columns = {key for document in documents for key in document.attributes}
    return Known(
        vault,
        screened_names({d.source.file for d in documents}, "file", among=files_of(documents, spec), screen=screen),
        screened_names(columns, "column", among=columns, screen=screen),
        released_columns(columns, screen),
        screened_forms(forms | {None}, screen),
        screened_places({d.source.place for d in documents}, screen),
        known_names([*documents, *beside], spec),
        Corrections(vault),
    )


def _corrected(raw: RawDocument, answer: list[Finding] | str, known: Known) -> Answer | str:
    if isinstance(answer, str):
        return answer
    told = known.corrections.on(raw, known.names[raw.thread])
    return Answer(told.applied(raw.text, answer), told)


def _casts(documents: Sequence[RawDocument], answers: Answers, known: Known) -> dict[str, Cast]:
    """Whom each thread names: who speaks in it, whom the corpus lists, and whom its texts name."""
    threads = {raw.thread for raw in documents}
    named = {thread: [said(name) for name in known.names[thread]] for thread in threads}
    for document, answer in zip(documents, answers, strict=True):
        if not isinstance(answer, str):
            named[document.thread] += cast_of(document.text, answer.findings).said
            named[document.thread] += [said(name) for name in sorted(answer.told.people)]
    return {thread: Cast(everybody) for thread, everybody in named.items()}


def _take_in(
    result: Deidentified,
    cases: dict[str, Case],
    raw: RawDocument,
    answer: Answer | str,
    known: Known,
    thread: Cast,
    *,
    mark: str,
) -> None:
    source = SourceRef(known.files[raw.source.file], known.places[raw.source.place])
    now = None if isinstance(answer, str) else replaced(raw, answer.findings, known.vault, thread)
    if isinstance(answer, str) or now is None or answer.told.broken(raw.text, now.coding):
        result.quarantined.append(Quarantined(source, answer if isinstance(answer, str) else NOT_CORRECTED))
        result.kept_out.append(raw)
        return
    document = Document(
        document_id=known.vault.keyed_id("document", raw.document_key),
        case_id=known.vault.keyed_id("case", raw.case_key),
        kind=raw.kind,
        text=now.text,
        source=source.without_row,
        prompt=known.texts[raw.prompt][0],
        released_prompt=_otherwise(known.texts[raw.prompt]),
        written=raw.written.strftime("%Y-%m") if raw.written else None,
        speaker=known.texts[raw.speaker][0],
        released_speaker=_otherwise(known.texts[raw.speaker]),
        consent=known.texts[raw.consent][0],
        promises=tuple(known.texts[promise][0] or "" for promise in raw.promises),
        name_hidden=raw.name_hidden,
        reply_to=known.vault.keyed_id("document", raw.reply_to) if raw.reply_to else None,
        quotations=tuple(Span(moved(span.start, now.coding), moved(span.end, now.coding)) for span in raw.quotations),
        replacements=now.coding,
        release_replacements=now.release,
        offsets=raw.offsets,
        fingerprint=mark,
    )
    result.documents.append(document)
    for finding in answer.findings:
        result.log.extend(_logged(document.document_id, finding, raw.text))
    if raw.kind is not DocumentKind.ARTICLE:
        earlier = cases.get(document.case_id, Case(document.case_id))
        cases[document.case_id] = _with_answers(earlier, raw.attributes, known)


def _otherwise(forms: tuple[str | None, str | None]) -> str | None:
    return forms[1] if forms[1] != forms[0] else None


def _with_answers(earlier: Case, answers: Mapping[str, str], known: Known) -> Case:
    """A case with closed answers as the team reads them, and as the release profile has those that it changes."""
    attributes, released = {}, {}
    for key, value in answers.items():
        column, strict_column = known.columns[key], known.released_columns[key]
        shown, strict = (screened_answer(key, value, words or "") for words in known.texts[value])
        attributes[column] = shown
        published = f"{column if column != key else strict_column}={strict}"
        if column not in earlier.attributes and published != f"{column}={shown}":
            released[f"{column}={shown}"] = published
    return Case(earlier.case_id, {**attributes, **earlier.attributes}, {**released, **earlier.released})


def _logged(document_id: str, finding: Finding, text: str) -> Iterator[LogEntry]:
    names = {Action.MASK: "masked", Action.GENERALISE: "generalised", Action.KEEP: "kept"}
    for profile in ("coding", "release"):
        action = names[action_on(finding, finding.span.of(text), profile)]
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
