"""Marks by which what was withdrawn is known again, and by nobody without the vault.

A mark is a keyed hash: of a text's own key and its writer's, of its words, of each eight words in a row, of its
writer's name, of its file's. Without the vault's secret nothing can be told from them or tried against them; with it,
a text that comes back under another row id or in another file is recognised, somebody who repeats it in quotation marks
does not bring it back, and the name stays masked in what others write, also when the rows that told it are deleted.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial

from themes.deidentify.recognize.known_names import name_parts
from themes.deidentify.replace.surrogates import plain_form
from themes.deidentify.vault.loss import refuse_older
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.attributed import repeated
from themes.deidentify.withdraw.quoted import own_words, short_quotations, short_runs
from themes.deidentify.wording.lexicon import ordinary_words
from themes.deidentify.wording.words import words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

FEWEST_WORDS = 8
"""From so many words on, equal words are the same text whoever brings it: nobody hits upon the same eight by chance."""
FEWEST_WORDS_IN_A_ROW = 3
"""Shorter answers are known again only together with their question, day and attributes; shorter than this, never."""
LONGEST_NAME = 4
SHORT = "withdrawn words here"
"""The purpose of marks by which a short quotation is known in its thread."""
ATTRIBUTED = "repeats withdrawn words"
"""The purpose of marks of texts that repeat withdrawn words without marks, in a sentence that names who withdrew."""
COUNT = "SELECT count(*) FROM tombstones"
BLANK = "█"
"""Stands for every character of withdrawn words in somebody else's text, so that offsets still hold."""


def said_words(text: str) -> list[str]:
    """The words by which texts are compared: no case, no punctuation, no accents."""
    return [word.plain for word in words_of(text)]


def shingles(text: str, length: int = FEWEST_WORDS) -> set[str]:
    """Each `length` words in a row; all the words of a shorter text if they are at least three.

    >>> sorted(shingles("They sent me home again", 4))
    ['sent me home again', 'they sent me home']
    """
    words = said_words(text)
    if len(words) < length:
        return {" ".join(words)} if len(words) >= FEWEST_WORDS_IN_A_ROW else set()
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def text_mark(raw: RawDocument) -> tuple[str, str] | None:
    """What tells a text apart by what it says, as purpose and words of a keyed hash; None if it says too little."""
    words = said_words(raw.text)
    if len(words) >= FEWEST_WORDS:
        return "withdrawn text", " ".join(words)
    told = [str(raw.written or ""), *(f"{name}={value}" for name, value in sorted(raw.attributes.items()))]
    if len(words) < FEWEST_WORDS_IN_A_ROW or not any(told):
        return None
    return "withdrawn answer", "\x1f".join([raw.prompt or "", *told, " ".join(words)])


def set_marks(vault: Vault, marks: Iterable[bytes]) -> None:
    """Set marks for good."""
    with vault.writing() as database:
        database.executemany("INSERT OR IGNORE INTO tombstones VALUES (?)", [(mark,) for mark in sorted(marks)])


class Tombstones:
    """The marks of one vault, read once."""

    def __init__(self, vault: Vault) -> None:
        """The marks as they are now.

        Raises:
            VaultLost: If there were more before: whoever withdrew would not be known again.
        """
        self._keyed = vault.keyed
        self._marks = frozenset(bytes(lookup) for (lookup,) in vault.rows("SELECT lookup FROM tombstones"))
        if vault.key_place is not None:
            refuse_older(vault.folder, vault.key_place, vault.mark, lambda: vault.rows(COUNT)[0][0])

    def __bool__(self) -> bool:
        return bool(self._marks)

    def stands(self, purpose: str, text: str) -> bool:
        return self._keyed(purpose, text) in self._marks

    def split(self, texts: Sequence[RawDocument]) -> tuple[list[RawDocument], list[RawDocument]]:
        """(those that stay, those that were withdrawn), in order.

        What stays neither answers a withdrawn text nor repeats its words in a quotation. Where a withdrawn person's
        text comes back under another row, all of that row is withdrawn.
        """
        if not self._marks:
            return list(texts), []
        rows = {raw.case_key for raw in texts if self._came_back(raw, "whole row")}
        gone = {raw.document_key for raw in texts if raw.case_key in rows or self.is_withdrawn(raw)}
        left = [raw for raw in texts if raw.document_key not in gone]
        threads: dict[str, list[RawDocument]] = {}
        for raw in left:
            threads.setdefault(raw.thread, []).append(raw)
        stay = [self._apart(raw, gone, threads[raw.thread]) for raw in left]
        return stay, [raw for raw in texts if raw.document_key in gone]

    def is_withdrawn(self, raw: RawDocument) -> bool:
        return (
            self.stands("id document", raw.document_key)
            or self.stands("id case", raw.case_key)
            or self._came_back(raw, "this text")
        )

    def is_withdrawn_file(self, below: str) -> bool:
        """Whether everything in a file below raw/ was withdrawn."""
        return self.stands("withdrawn file", below)

    def _came_back(self, raw: RawDocument, extent: str) -> bool:
        mark = text_mark(raw)
        return mark is not None and self.stands(f"{mark[0]}, {extent}", mark[1])

    def _apart(self, raw: RawDocument, gone: set[str], thread: Sequence[RawDocument]) -> RawDocument:
        """A text that stays, without what points to or repeats a withdrawn one.

        Args:
            thread: What stays of its thread, itself among it: what others say there in words of their own is theirs.
        """
        if raw.reply_to and (raw.reply_to in gone or self.stands("id document", raw.reply_to)):
            raw = replace(raw, reply_to=None)
        quoted = [span for span in raw.quotations if self.repeats(span.of(raw.text))]
        short = short_quotations(
            raw.text,
            raw.quotations,
            theirs=lambda run: self.stands(SHORT, f"{raw.thread}\x1f{run}"),
            others=lambda: (own_words(each.text, each.quotations) for each in thread if each is not raw),
        )
        # A text that was seen to repeat; and one of the thread, perhaps a new one, in a sentence with the name.
        named = None if self.stands(ATTRIBUTED, raw.document_key) else self.names_in(raw.text, raw.thread)
        attributed = self.repeated_in(raw.text, named)
        return replace(raw, text=blanked(raw.text, [*quoted, *short, *attributed]))

    def repeats(self, quoted: str) -> bool:
        """Whether a quotation shares eight words in a row with a withdrawn text."""
        return any(self.stands("withdrawn words", each) for each in shingles(quoted))

    def repeated_in(self, text: str, named: Sequence[Span] | None = None) -> list[Span]:
        """Where a text says eight withdrawn words in a row: anywhere, or in the sentences around names."""
        return repeated(text, partial(self.stands, "withdrawn words"), length=FEWEST_WORDS, named=named)

    def find_names(self, documents: Sequence[RawDocument]) -> list[list[Finding]]:
        """The names of those who withdrew from a thread, whole or in part, where others say them. A recogniser."""
        return [self._names_in(document.text, document.thread) for document in documents]

    def names_in(self, text: str, thread: str) -> list[Span]:
        """Where a text of a thread says the name of somebody who withdrew from it, whole or in part."""
        return [finding.span for finding in self._names_in(text, thread)] if self._marks else []

    def among(self, words: Sequence[str], threads: Iterable[str]) -> list[int]:
        """Which of some words, counted from 1, are or hold the name of somebody who withdrew from one of the threads.

        >>> with Vault.throw_away() as vault:
        ...     Tombstones(vault).among(["Quilliam"], ["page 1"])
        []
        """
        everywhere = ["", *threads] if self._marks else []
        return [
            number
            for number, each in enumerate(words, start=1)
            if any(self._names_in(each.title(), thread) for thread in everywhere)
        ]

    def called(self, names: Sequence[str], threads: Iterable[str]) -> list[int]:
        """Which of some names, counted from 1, are as a whole that of somebody who withdrew from one of the threads.

        "Ann Brockbank" is not where Tom Brockbank withdrew.

        >>> with Vault.throw_away() as vault:
        ...     Tombstones(vault).called(["Quilliam"], ["page 1"])
        []
        """
        everywhere = ["", *threads] if self._marks else []

        def stand(forms: Iterable[str], thread: str) -> bool:
            return all(self.stands("withdrawn name", f"{thread}\x1f{form}") for form in forms)

        return [
            number
            for number, each in enumerate(names, start=1)
            if any(
                stand([plain_form(each)], thread) or (name_parts(each) and stand(name_parts(each), thread))
                for thread in everywhere
            )
        ]

    def _names_in(self, text: str, thread: str) -> list[Finding]:
        found = []
        words = words_of(text)
        for at, word in enumerate(words):
            for length in range(1, LONGEST_NAME + 1):
                said = " ".join(each.plain for each in words[at : at + length])
                # A name that is also an everyday word counts with a capital, or beside another.
                everyday = length == 1 and not word.capital and word.plain in ordinary_words()
                if at + length <= len(words) and not everyday and self._is_name(said, thread):
                    span = Span(word.start, words[at + length - 1].end)
                    found.append(Finding(span, "PERSON", IdentifierKind.DIRECT, 1.0, "known-name"))
        return found

    def _is_name(self, said: str, thread: str) -> bool:
        """Whether it is the name of somebody who withdrew from the thread, or one that a correction masked in all of
        the corpus until the text in which it was marked was withdrawn; with a stray plural s as well."""
        forms = [said, said[:-1]] if len(said) > 5 and said.endswith("s") else [said]
        return any(self.stands("withdrawn name", f"{where}\x1f{form}") for where in (thread, "") for form in forms)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with every character of the spans blanked out; its length stays."""
    for span in spans:
        text = text[: span.start] + BLANK * (span.end - span.start) + text[span.end :]
    return text


def marks_of(
    keyed: Callable[[str, str], bytes],
    texts: Iterable[RawDocument],
    *,
    whole_rows: bool,
    shared: Callable[[str], bool],
    common: Collection[str] = (),
    files: Iterable[str] = (),
    listed: Collection[str] = (),
) -> set[bytes]:
    """The marks to set for texts as they are in the raw files.

    Args:
        keyed: The vault's keyed hash.
        texts: What is withdrawn, cleaned.
        whole_rows: Whether their writers withdraw altogether, and not these texts alone.
        shared: Whether somebody who stays says the same words: those do not make theirs a withdrawn text.
        common: Runs of words that others say too: whoever quotes those may go on doing so.
        files: Files below raw/ that hold nothing else.
        listed: Names that corpus.toml has masked in every text: theirs are marked for every thread, so that they stay
            masked when they are taken off that list.
    """
    extent = "whole row" if whole_rows else "this text"
    marks = {keyed("withdrawn file", below) for below in files}
    for raw in texts:
        marks.add(keyed("id document", raw.document_key))
        if whole_rows:
            marks.add(keyed("id case", raw.case_key))
        if (mark := text_mark(raw)) is not None and not shared(" ".join(said_words(raw.text))):
            marks.add(keyed(f"{mark[0]}, {extent}", mark[1]))
        runs = {each for each in shingles(raw.text) if each.count(" ") >= FEWEST_WORDS - 1 and each not in common}
        marks |= {keyed("withdrawn words", each) for each in runs}
        marks |= {keyed(SHORT, f"{raw.thread}\x1f{run}") for run in short_runs(raw.text)}
        if raw.author and whole_rows:
            names = {plain_form(raw.author), *name_parts(raw.author)}
            marks |= {keyed("withdrawn name", f"{raw.thread}\x1f{name}") for name in names}
            for each in listed:
                parts = name_parts(each)
                if plain_form(each) in names or (parts and parts <= names):
                    marks |= {keyed("withdrawn name", f"\x1f{name}") for name in (plain_form(each), *parts)}
    return marks
