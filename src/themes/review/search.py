"""Finding excerpts: by words, in a full-text index that is kept in memory alone; by codes, with and without others."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

from themes.review.held import Held
from themes.review.study import Study

MOST_RANKED = 5_000
WORD = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. What is empty lets everything pass."""

    words: str = ""
    """All of them, in any order; in quotation marks as they stand; a * at a word's end for any ending."""
    with_codes: tuple[str, ...] = ()
    """All of these codes."""
    any_codes: tuple[str, ...] = ()
    """At least one of these."""
    without_codes: tuple[str, ...] = ()
    """None of these."""
    kind: str = ""
    speaker: str = ""
    attribute: str = ""
    """The name of an attribute of the case; with `value`."""
    value: str = ""
    since: str = ""
    """A month, "2013-04": from it on. A text without a date passes only where neither end is given."""
    until: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Query()


class Search:
    """A run's excerpts, to be found. May be used from several threads."""

    def __init__(self, study: Study) -> None:
        """Make the index; some seconds for a hundred thousand excerpts."""
        self.study = study
        self._lock = Lock()
        self._coded: tuple[tuple[int, int], Mapping[str, set[str]]] | None = None
        self._index = sqlite3.connect(":memory:", check_same_thread=False)
        self._index.execute(
            "CREATE VIRTUAL TABLE said USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        self._ids = list(study.segments)
        rows = ((at, study.segments[each].text) for at, each in enumerate(self._ids))
        self._index.executemany("INSERT INTO said (rowid, words) VALUES (?, ?)", rows)

    def close(self) -> None:
        self._index.close()

    def saying(self, words: str) -> list[str]:
        """The excerpts that say all of some words, the likeliest to be meant first; none for no words.

        Of more than MOST_RANKED none is likelier: what all say tells nothing. They come as the texts stand.
        """
        if not (match := as_match(words)):
            return []
        with self._lock:
            rows = self._index.execute("SELECT rowid FROM said WHERE words MATCH ?", (match,)).fetchall()
            if len(rows) <= MOST_RANKED:
                ranked = "SELECT rowid FROM said WHERE words MATCH ? ORDER BY rank"
                rows = self._index.execute(ranked, (match,)).fetchall()
        return [self._ids[at] for (at,) in rows]

    @cached_property
    def _suggested(self) -> Mapping[str, set[str]]:
        """Code to the excerpts to which the machine gives it."""
        found: dict[str, set[str]] = {}
        for segment_id in self.study.segments:
            for coding in self.study.suggested(segment_id):
                if coding.applies and not coding.is_advice:
                    found.setdefault(coding.code_id, set()).add(segment_id)
        return found

    def coded(self, code_id: str, held: Held) -> set[str]:
        """The excerpts that have a code: by what people hold together, and where they said nothing, by the machine."""
        return self.every_coded(held).get(code_id, set())

    def every_coded(self, held: Held) -> Mapping[str, set[str]]:
        """Code to the excerpts that have it, of all codes; without those that two people still judge blind. Read
        it, and leave it as it is."""
        read = held.read
        if self._coded is None or self._coded[0] != (id(held), read):
            found = {code.code_id: set(self._suggested.get(code.code_id, ())) for code in self.study.codebook.codes}
            for excerpt in held.together(held.decided_on()):
                for code_id in excerpt.asked | excerpt.code_ids if excerpt.segment_id in self.study.segments else ():
                    if code_id in excerpt.code_ids:
                        found.setdefault(code_id, set()).add(excerpt.segment_id)
                    else:
                        found.setdefault(code_id, set()).discard(excerpt.segment_id)
            hidden = held.hidden()
            self._coded = (id(held), read), {code_id: ids - hidden for code_id, ids in found.items()}
        return self._coded[1]

    def found(self, query: Query, held: Held) -> list[str]:
        """The excerpts that a query finds: by rank if it has words, else as the texts stand."""
        ids = self.saying(query.words) if query.words.strip() else self._ids
        wanted = [self.coded(code_id, held) for code_id in query.with_codes]
        if query.any_codes:
            wanted.append(set().union(*(self.coded(code_id, held) for code_id in query.any_codes)))
        unwanted = [self.coded(code_id, held) for code_id in query.without_codes]
        # What nobody asked for is not looked at a hundred thousand times.
        if wanted:
            both = set.intersection(*wanted)
            ids = [each for each in ids if each in both]
        if wanted or unwanted:
            gone = set(held.hidden()).union(*unwanted)
            ids = [each for each in ids if each not in gone]
        if replace(query, words="", with_codes=(), any_codes=(), without_codes=()).is_empty:
            return list(ids)
        return [each for each in ids if self._passes(each, query)]

    def _passes(self, segment_id: str, query: Query) -> bool:
        document = self.study.documents[self.study.segments[segment_id].document_id]
        if query.attribute:
            case = self.study.cases.get(document.case_id)
            if case is None or case.attributes.get(query.attribute) != query.value:
                return False
        if (query.since or query.until) and not document.written:
            return False
        return (
            (not query.kind or document.kind == query.kind)
            and (not query.speaker or document.speaker == query.speaker)
            and (not query.since or str(document.written) >= query.since)
            and (not query.until or str(document.written) <= query.until)
        )


def as_match(words: str) -> str:
    """Words as the index takes them; whatever else its language knows is taken for words.

    >>> as_match('sanction* "job centre" AND')
    '"sanction" * "job centre" "AND"'
    """
    parts = []
    for phrase, word in WORD.findall(words.replace("\0", " ").replace("“", '"').replace("”", '"')):
        told = (phrase or word).replace('"', "").strip()
        ending = told.endswith("*")
        told = told.rstrip("*")
        if any(map(str.isalnum, told)):
            parts.append(f'"{told}"' + (" *" if ending else ""))
    return " ".join(parts)
