"""What an erasure set out to do, kept in the vault until it is done: ids and tags, no words.

Marks, rows of the vault and the journal are one transaction. From then on the person's texts cannot come back, and
whatever interrupts the rest, the next command on the corpus completes it.
"""

import json
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from themes.deidentify.correct.corrections_in_force import forget_corrections
from themes.deidentify.replace.surrogates import plain_form
from themes.deidentify.vault.reveals import forget_in_reveals
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import ATTRIBUTED, marks_of, said_words, set_marks, shingles
from themes.erase.matching import Found, Wanted
from themes.erase.others import Others, files_alone
from themes.records.corpus import Case, Document, Quarantined, SourceRef
from themes.store.run_folder import finished_runs
from themes.store.tables import to_plain

TAGS = re.compile(r"\[[^\[\]]* ([A-Z][0-9][A-Z0-9]{3,})\]")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go, by ids."""

    document_ids: frozenset[str]
    case_ids: frozenset[str]
    """Of people who are forgotten altogether; none where single texts are."""
    first_runs: Mapping[str, str]
    """`outputs/<corpus>` to the name of the first run that held any of it: themes of all later ones learned from it."""
    token: str
    """Random: runs that were made anew are marked with it until all are, so that none is made anew twice."""
    threads: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Texts of others to the thread in which those who are forgotten wrote too: their names are masked there."""
    attributed: frozenset[str] = frozenset()
    """Texts of others that repeat words of theirs without marks, in a sentence that names them."""
    reword: bool = False
    """Whether their words are blanked in the codebook too."""
    rows: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """File and row of those who are forgotten altogether: others of their answers may have been set aside."""

    def takes(self, document: Document) -> bool:
        return document.document_id in self.document_ids or document.case_id in self.case_ids


def erasure_of(found: Found, wanted: Wanted, others: Others, shown: Mapping[str, str] | None = None) -> Erasure:
    """The erasure of all that was found.

    Args:
        found: What goes.
        wanted: What was asked for.
        others: Whom it concerns besides.
        shown: By which name each raw file is shown, where by another: what was set aside is kept under it.
    """
    first: dict[str, str] = {}
    for text in found.texts.values():
        for run in text.runs:
            earlier = first.setdefault(str(run.parent), run.name)
            first[str(run.parent)] = min(earlier, run.name)
    case_ids = frozenset(found.case_ids) if wanted.whole_rows else frozenset()
    rows = (_as_shown(row_of(raw.source), shown or {}) for raw in found.raw.values())
    return Erasure(
        frozenset(found.texts),
        case_ids,
        first,
        secrets.token_hex(8),
        others.threads if case_ids else {},
        frozenset(others.attributed),
        rows=frozenset(rows) if case_ids else frozenset(),
    )


def _as_shown(row: tuple[str, str], shown: Mapping[str, str]) -> tuple[str, str]:
    return shown.get(row[0], row[0]), row[1]


def row_of(source: SourceRef) -> tuple[str, str]:
    """File and place of a text; of a cell, its row.

    >>> row_of(SourceRef("a.csv", "row 9, column 3")), row_of(SourceRef("a.html", "comment 2"))
    (('a.csv', 'row 9'), ('a.html', 'comment 2'))
    """
    return source.file, source.place.partition(", column ")[0]


def begin(
    erasure: Erasure,
    found: Found,
    others: Others,
    *,
    vault: Vault,
    corpus_outputs: Iterable[Path],
    listed: Collection[str] = (),
    blanked: Callable[[str], str] = str,
) -> int:
    """Set the marks, take the person's rows out of the vault, and write the journal: all of it, or nothing.

    Args:
        erasure: What goes.
        found: The texts.
        others: What other people say of them.
        vault: The vault.
        corpus_outputs: `outputs/<corpus>`, wherever runs are.
        listed: The names that corpus.toml has masked in every text.
        blanked: A text with their words and names blanked: for the reasons why surrogates were turned back.

    Returns:
        The number of the journal's entry.
    """
    whole_rows = bool(erasure.case_ids)
    marks = marks_of(
        vault.keyed,
        found.raw.values(),
        whole_rows=whole_rows,
        shared=lambda words: words in others.same_words,
        common=others.own,
        files=files_alone(found, others),
        listed=listed,
    )
    marks |= {vault.keyed(ATTRIBUTED, key) for key in others.attributed.values()}
    masked = [text for texts in found.masked.values() for text in texts]
    marks |= {vault.keyed("withdrawn words", key) for text in masked for key in shingles(text) - others.own}
    tags = _tags_of_theirs_alone(erasure, corpus_outputs)
    with vault.writing() as database:
        forget_corrections(vault, erasure.document_ids, frozenset(found.names) if whole_rows else frozenset())
        for given in sorted(erasure.document_ids | erasure.case_ids):
            marks |= {bytes(lookup) for (lookup,) in vault.rows("SELECT lookup FROM ids WHERE given = ?", given)}
            database.execute("DELETE FROM ids WHERE given = ?", (given,))
        set_marks(vault, marks)
        database.executemany("DELETE FROM surrogates WHERE tag = ?", [(tag,) for tag in sorted(tags)])
        forget_in_reveals(vault, blanked=blanked, tags=tags)
        if whole_rows:
            _forget_names(found.names, vault)
        sealed = vault.seal(json.dumps(_as_json(erasure)).encode())
        number = database.execute("INSERT INTO erasures (sealed) VALUES (?)", (sealed,)).lastrowid
    assert number is not None
    return number


def unfinished(vault: Vault) -> dict[int, Erasure]:
    """The erasures that were begun and not ended, by the number of their entry."""
    return {
        number: _from_json(json.loads(vault.unseal(sealed)))
        for number, sealed in vault.rows("SELECT number, sealed FROM erasures ORDER BY number")
    }


def end(number: int, vault: Vault) -> None:
    """Take the entry out of the journal."""
    with vault.writing() as database:
        database.execute("DELETE FROM erasures WHERE number = ?", (number,))


def tells(name: str) -> bool:
    """Whether a name points to somebody, so that it can be looked for: not "Fed up", not a given name alone."""
    from themes.deidentify.wording.lexicon import given_names, ordinary_words, places, surnames

    words = said_words(name)
    strange = [word for word in words if word not in ordinary_words()]
    common = given_names() | surnames() | set(places())
    return sum(len(word) for word in words) >= 6 and bool(strange) and (len(words) > 1 or words[0] not in common)


def _forget_names(names: Iterable[str], vault: Vault) -> None:
    """Blank the names under which somebody wrote. Their tags stay given: others' texts hold them, and no one else may
    get them; but they stand for nobody any more."""
    blank = {vault.keyed("tag person", plain_form(name)) for name in names}
    whole = [f" {plain_form(name)} " for name in names if tells(name)]
    for lookup, sealed in vault.rows("SELECT lookup, sealed FROM surrogates"):
        words = f" {plain_form(vault.unseal(sealed).decode())} "
        if lookup in blank or any(name in words for name in whole):
            with vault.writing() as database:
                database.execute("UPDATE surrogates SET sealed = ? WHERE lookup = ?", (vault.seal(b""), lookup))


def _tags_of_theirs_alone(erasure: Erasure, corpus_outputs: Iterable[Path]) -> set[str]:
    """Tags that stand in no text but those that go: what they stand for is known from those alone."""
    theirs: set[str] = set()
    left: set[str] = set()
    folders = list(corpus_outputs)
    # One vault may be named for several corpora: what others of them hold stays known.
    beside = {other for folder in folders for other in folder.parent.iterdir()} - set(folders)
    for folder in (*folders, *sorted(beside)):
        for run in finished_runs(folder):
            for document in run.read(Document):
                mine = folder not in beside and erasure.takes(document)
                (theirs if mine else left).update(_tags(document))
            for case in run.read(Case):
                mine = folder not in beside and case.case_id in erasure.case_ids
                (theirs if mine else left).update(_tags(case))
            for quarantined in run.read(Quarantined):
                left.update(_tags(quarantined))
    return theirs - left


def _tags(record: Document | Case | Quarantined) -> list[str]:
    return TAGS.findall(json.dumps(to_plain(record), ensure_ascii=False))


def _as_json(erasure: Erasure) -> dict[str, object]:
    return {
        "document_ids": sorted(erasure.document_ids),
        "case_ids": sorted(erasure.case_ids),
        "first_runs": dict(erasure.first_runs),
        "token": erasure.token,
        "threads": dict(erasure.threads),
        "attributed": sorted(erasure.attributed),
        "reword": erasure.reword,
        "rows": sorted(erasure.rows),
    }


def _from_json(content: dict[str, object]) -> Erasure:
    documents, cases, first = content["document_ids"], content["case_ids"], content["first_runs"]
    threads, attributed = content.get("threads", {}), content.get("attributed", [])  # none of an earlier version
    assert isinstance(documents, list) and isinstance(cases, list)
    assert isinstance(first, dict) and isinstance(threads, dict) and isinstance(attributed, list)
    told, reword, rows = str(content["token"]), content.get("reword") is True, content.get("rows", [])
    assert isinstance(rows, list)
    where = frozenset((str(file), str(place)) for file, place in rows)
    return Erasure(frozenset(documents), frozenset(cases), first, told, threads, frozenset(attributed), reword, where)
