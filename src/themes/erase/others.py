"""What those who stay say of the same: words in common, quotations, copies, files that are shared."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from themes.deidentify.recognize.known_names import known_in
from themes.deidentify.replace.surrogates import plain_form
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.attributed import repeated
from themes.deidentify.withdraw.quoted import own_words, short_quotations, short_runs
from themes.deidentify.withdraw.tombstones import FEWEST_WORDS, said_words, shingles
from themes.deidentify.wording.words import words_of
from themes.erase.matching import Found, Text, raw_texts
from themes.records.corpus import Document, Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec
from themes.store.run_folder import finished_runs

CELL = re.compile(r"^(.*\brow \d+), column \d+$")


@dataclass(slots=True)
class Others:
    """What has to be left to other people, and what of theirs repeats the texts that go."""

    own: set[str] = field(default_factory=set, repr=False)
    """Runs of words of the texts that go which others say too, outside quotations."""
    same_words: set[str] = field(default_factory=set, repr=False)
    """Whole texts, as their words, that others say too."""
    copies: list[Text] = field(default_factory=list)
    """Texts of others that say the same."""
    quoting: list[Text] = field(default_factory=list)
    """Texts of others that quote."""
    attributed: dict[str, str] = field(default_factory=dict, repr=False)
    """Those of `quoting`, by id, to their keys, that repeat words without marks in a sentence that names who goes."""
    namesakes: list[Text] = field(default_factory=list)
    """Texts of others whose writers' names are nearly, or partly, that of somebody who goes."""
    tagged: list[Text] = field(default_factory=list)
    """Texts of others that carry the tag which stands for somebody who goes."""
    writers: set[str] = field(default_factory=set, repr=False)
    """Names of those who stay."""
    threads: dict[str, str] = field(default_factory=dict, repr=False)
    """Texts of others, by id, to the thread in which somebody who goes wrote too."""
    files: set[str] = field(default_factory=set, repr=False)
    """Files below raw/ in which others are, or something that cannot be read."""


def phrases(text: str) -> dict[str, str]:
    """Each eight words in a row, as compared, with how they are written; all the words of a shorter text.

    >>> phrases("Karen's late.\\nAgain!")
    {'karen late again': "Karen's late.\\nAgain"}
    """
    words = words_of(text)
    length = min(len(words), FEWEST_WORDS)
    runs = [words[at : at + length] for at in range(len(words) - length + 1)] if words else []
    keys = shingles(text)
    return {
        key: text[run[0].start : run[-1].end] for run in runs if (key := " ".join(word.plain for word in run)) in keys
    }


class _Theirs:
    """Runs of words of the texts that go: of eight words, and whole texts of fewer, which may be part of more."""

    def __init__(self, texts: Iterable[str]) -> None:
        keys = {key for text in texts for key in shingles(text)}
        self.long = {key for key in keys if key.count(" ") >= FEWEST_WORDS - 1}
        self.short = keys - self.long


def others_of(found: Found, *, spec: CorpusSpec, vault: Vault, corpus_outputs: Iterable[Path]) -> Others:
    """What everybody else's texts have in common with those that go; raw files and runs are read once more.

    Each text is compared as it is in the raw files and as it is masked in the runs: those that go are looked for in
    both forms.
    """
    others = Others()
    raw_texts_gone = [raw.text for raw in found.raw.values()]
    theirs = _Theirs([*raw_texts_gone, *(text for texts in found.masked.values() for text in texts)])
    whole = {" ".join(said_words(text)) for text in raw_texts_gone}
    names = frozenset(found.names)
    threads: dict[str, list[RawDocument]] = {raw.thread: [] for raw in found.raw.values()}
    for raw in raw_texts(spec):
        if isinstance(raw, Quarantined):
            others.files.add(raw.source.file)
            continue
        document_id = vault.known_id("document", raw.document_key)
        if document_id in found.texts:
            continue
        others.files.add(raw.source.file)
        if raw.thread in threads:
            threads[raw.thread].append(raw)
            others.threads[document_id] = raw.thread
        _compare_writer(raw, names, others, _shown(raw, document_id, vault))
        named = [finding.span for finding in known_in(raw.text, names)] if raw.thread in threads else []
        said_to_say = repeated(raw.text, theirs.long.__contains__, length=FEWEST_WORDS, named=named)
        if said_to_say:
            others.attributed[document_id] = raw.document_key
        _compare(raw.text, [*raw.quotations, *said_to_say], theirs, others, [_shown(raw, document_id, vault)])
        _compare(raw.prompt or "", (), theirs, others, [])
        if (words := " ".join(said_words(raw.text))) in whole and words:
            others.same_words.add(words)
            others.copies.append(_shown(raw, document_id, vault))
    listed = {text.document_id for text in others.quoting}
    quoting = (_shown(raw, vault.known_id("document", raw.document_key), vault) for raw in _quoting(threads, found))
    others.quoting += [text for text in quoting if text.document_id not in listed]
    tags = {tag for name in names for tag in _tags_of(name, vault)}
    tagged: dict[str, Text] = {}
    compared: dict[str, tuple[object, ...]] = {}
    for folder in corpus_outputs:
        for run in finished_runs(folder):
            for document in run.read(Document):
                document_id, now = document.document_id, (document.text, document.quotations, *_asked(document))
                if document_id in found.texts:
                    continue
                if any(f" {tag}]" in document.text for tag in tags):
                    tagged.setdefault(document_id, _as_listed(document))
                if compared.get(document_id) != now:  # most texts are the same in every run
                    compared[document_id] = now
                    _compare_masked(document, theirs, others)
    others.tagged = list(tagged.values())
    return others


def _compare_masked(document: Document, theirs: _Theirs, others: Others) -> None:
    """Masked, two texts may say the same where a tag is one of the words. Of a text that repeats what somebody is said
    to have said, nothing that it repeats counts as its own: `left_of` blanks all of it."""
    said_to_say = document.document_id in others.attributed
    spans = repeated(document.text, theirs.long.__contains__, length=FEWEST_WORDS) if said_to_say else []
    _compare(document.text, [*document.quotations, *spans], theirs, others, [])
    for question in _asked(document):
        _compare(question, (), theirs, others, [])


def _asked(document: Document) -> tuple[str, ...]:
    """The question that a text answers, as either profile shows it."""
    return tuple(asked for asked in (document.prompt, document.released_prompt) if asked)


def _compare_writer(raw: RawDocument, names: frozenset[str], others: Others, shown: Text) -> None:
    if raw.author:
        others.writers.add(raw.author)
        if known_in(raw.author, names):
            others.namesakes.append(shown)


def _tags_of(name: str, vault: Vault) -> list[str]:
    lookup = vault.keyed("tag person", plain_form(name))
    return [tag for (tag,) in vault.rows("SELECT tag FROM surrogates WHERE lookup = ?", lookup)]


def _as_listed(document: Document) -> Text:
    return Text(document.document_id, document.case_id, document.kind.value, document.written or "")


def _quoting(threads: Mapping[str, Sequence[RawDocument]], found: Found) -> Iterator[RawDocument]:
    """Texts that quote a few words of one that goes, in its thread."""
    for thread, stay in threads.items():
        theirs = {run for raw in found.raw.values() if raw.thread == thread for run in short_runs(raw.text)}
        for raw in stay:
            if _quotes(raw, theirs, [each for each in stay if each is not raw]):
                yield raw


def _quotes(raw: RawDocument, theirs: Collection[str], others: Sequence[RawDocument]) -> bool:
    spans = short_quotations(
        raw.text,
        raw.quotations,
        theirs=theirs.__contains__,
        others=lambda: (own_words(each.text, each.quotations) for each in others),
    )
    return bool(spans)


def files_alone(found: Found, others: Others) -> set[str]:
    """Files below raw/ that hold nothing but texts that go."""
    return {raw.source.file for raw in found.raw.values()} - others.files


def _compare(text: str, quotations: Iterable[Span], theirs: _Theirs, others: Others, shown: list[Text]) -> None:
    own, last = [], 0
    for span in sorted(quotations):
        if theirs.long & shingles(span.of(text)):
            others.quoting += shown
            own.append(text[last : span.start])
            last, shown = max(last, span.end), []
    for piece in [*own, text[last:]]:
        others.own |= theirs.long & shingles(piece)
        if theirs.short:
            said = f" {' '.join(said_words(piece))} "
            others.own |= {key for key in theirs.short if f" {key} " in said}


def _shown(raw: RawDocument, document_id: str, vault: Vault) -> Text:
    case_id = vault.known_id("case", raw.case_key)
    return Text(document_id, case_id, raw.kind.value, str(raw.written or ""), [raw.source])


def places_of(texts: Mapping[str, Text]) -> list[SourceRef]:
    """Where the texts stand below raw/, by file and place, in the order of rows."""
    places = {place for text in texts.values() for place in text.places}
    return sorted(places, key=lambda s: (s.file, *_in_order(s.place)))


def rows_of(places: Iterable[SourceRef]) -> list[tuple[str, str]]:
    """The same, but of a table the whole row: its other columns tell of somebody too.

    >>> rows_of([SourceRef("a.csv", "row 9, column 3"), SourceRef("a.csv", "row 9, column 4")])
    [('a.csv', 'row 9, all of it')]
    >>> rows_of([SourceRef("a.html", "comment 2")])
    [('a.html', 'comment 2')]
    """
    return list(dict.fromkeys((place.file, CELL.sub(r"\1, all of it", place.place)) for place in places))


def _in_order(place: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", place)], place
