"""The log of what people do in review: codings, memos, concerns, draws of the sample. Only ever added to.

The one source of truth about what people decided about excerpts. Nothing in it is changed afterwards: a change of mind
is a later entry. What the entries about a forgotten person said is taken out of them, and the chain of hashes stays
whole (`themes.store.chain`; `themes.store.review_check` holds the log against it).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, MetaData, Row, Table, Text, bindparam, insert, select, text

from themes.errors import EntryTaken
from themes.records.review import Entry, EntryKind, NewEntry
from themes.store.chain import START, Link, key_of, linked, written
from themes.store.database import address_of, compact, open_engine, patiently, shown
from themes.store.migrating import migrate

METADATA = MetaData()
TABLE = Table(
    "review_log",
    METADATA,
    Column("corpus", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    *(Column(name, Text) for name in ("kind", "written_at", "key", "about", "content", "salt", "digest", "chained")),
)
_MOST_ASKED = 500
"""Values in one query: SQLite takes no more than some thousands."""


class ReviewLog:
    """The log of one corpus. May be used from several threads; close it when done.

    Every entry that `append` has returned is on the disk. Two processes, or two threads, write one after the other.
    """

    def __init__(self, address: str, corpus: str) -> None:
        """Open the log, and make or bring up to date its tables.

        Args:
            address: "postgresql://…", or the path of a SQLite file.
            corpus: The name of the corpus: one database may hold several.

        Raises:
            StoreError: If it cannot be opened.
        """
        self.corpus = corpus
        self.address = address_of(address)
        self.engine = open_engine(self.address)
        self.writing = self.engine.execution_options(writing=True)
        try:
            migrate(self.engine)
        except BaseException:
            self.close()
            raise

    @property
    def place(self) -> str:
        """Where it is, without a password."""
        return shown(self.address)

    def close(self) -> None:
        self.engine.dispose()

    def append(self, entries: Iterable[NewEntry], *, now: datetime | None = None) -> list[Entry]:
        """Write entries down, all or none, and give them as they stand; they are on the disk then.

        An entry whose id is already there is not written again, but given as it was written first.

        Args:
            entries: In the order in which they are to stand.
            now: When; default: the clock.

        Raises:
            EntryTaken: If an id is already there with something else; then nothing was written.
            StoreError: If the database refuses, or stays away. It may then have been written or not: send it again.
        """
        new = list(entries)
        at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")

        def work() -> list[Entry]:
            with self.writing.begin() as connection:
                self.hold(connection)
                return [_entry(link) for link in self._written(connection, new, at)]

        return patiently(self.engine, work)

    def hold(self, connection: Connection) -> None:
        """Until the end of the transaction nobody else adds to this corpus; in SQLite that is so from its beginning."""
        if self.engine.dialect.name != "sqlite":
            lock = int(key_of(self.corpus, "lock")[:15], 16)
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})

    def _written(self, connection: Connection, entries: Sequence[NewEntry], at: str) -> list[Link]:
        there = self._by_key(connection, {key_of(self.corpus, each.entry_id) for each in entries})
        number, before = self._last(connection)
        standing, added = [], []
        for each in entries:
            key = key_of(self.corpus, each.entry_id)
            link = there.get(key)
            if link is None:
                number += 1
                link = linked(
                    before,
                    corpus=self.corpus,
                    number=number,
                    kind=each.kind,
                    written_at=at,
                    entry_id=each.entry_id,
                    about=each.about,
                    content=each.content,
                )
                before, there[key] = link.chained, link
                added.append(asdict(link))
            elif not _says(link, each):
                raise EntryTaken(each.entry_id)
            standing.append(link)
        if added:
            connection.execute(insert(TABLE), added)
        return standing

    def _by_key(self, connection: Connection, keys: set[str]) -> dict[str, Link]:
        found, wanted = {}, sorted(keys)
        query = self._select().where(TABLE.c.key.in_(bindparam("keys", expanding=True)))
        for at in range(0, len(wanted), _MOST_ASKED):
            rows = connection.execute(query, {"keys": wanted[at : at + _MOST_ASKED]})
            found.update({row.key: _link(row) for row in rows})
        return found

    def entries(self, *kinds: EntryKind, about: str | None = None, after: int = 0) -> list[Entry]:
        """Entries that have not been erased, oldest first.

        Args:
            kinds: Only of these kinds; all if none is named.
            about: Only about the thing with this id.
            after: Only those with a higher number: who keeps what they have read asks for the rest.
        """
        query = self._select().where(TABLE.c.number > after, TABLE.c.content.is_not(None)).order_by(TABLE.c.number)
        if kinds:
            query = query.where(TABLE.c.kind.in_([str(kind) for kind in kinds]))
        if about is not None:
            query = query.where(TABLE.c.about == about)
        return self._read(lambda connection: [_entry(_link(row)) for row in connection.execute(query)])

    def links(self, connection: Connection | None = None) -> list[Link]:
        """Everything as the database holds it, in order; within a transaction, if one is given."""
        query = self._select().order_by(TABLE.c.number)
        rows = connection.execute(query).all() if connection else self._read(lambda own: own.execute(query).all())
        return [_link(row) for row in rows]

    def _read[R](self, work: Callable[[Connection], R]) -> R:
        def connected() -> R:
            with self.engine.connect() as connection:
                return work(connection)

        return patiently(self.engine, connected)

    def head(self) -> tuple[int, str]:
        """How many entries there are, and the hash of the last: who keeps both can tell later whether any is gone."""
        return self._read(self._last)

    def _last(self, connection: Connection) -> tuple[int, str]:
        last = connection.execute(self._select().order_by(TABLE.c.number.desc()).limit(1)).first()
        return (int(last.number), str(last.chained)) if last else (0, START)

    def erase(self, numbers: Iterable[int]) -> int:
        """Take out of entries what they say, for good, and write down that it was done. Returns how many it were.

        That they were there stays, and so does the chain. Done twice, it does no more. An erasure is never erased.
        """
        wanted = sorted(set(numbers))
        at = datetime.now(UTC).isoformat(timespec="milliseconds")

        def work() -> int:
            with self.writing.begin() as connection:
                self.hold(connection)
                gone = [
                    number
                    for start in range(0, len(wanted), _MOST_ASKED)
                    for number in self._blanked(connection, wanted[start : start + _MOST_ASKED])
                ]
                if gone:
                    entry_id = f"erasure {self._last(connection)[0] + 1}"
                    entry = NewEntry(EntryKind.ERASURE, entry_id, "", {"entries": gone})
                    self._written(connection, [entry], at)
                return len(gone)

        return patiently(self.engine, work)

    def _blanked(self, connection: Connection, numbers: Sequence[int]) -> list[int]:
        theirs = (TABLE.c.corpus == self.corpus) & TABLE.c.number.in_(numbers) & TABLE.c.content.is_not(None)
        theirs &= TABLE.c.kind != str(EntryKind.ERASURE)
        found = list(connection.execute(select(TABLE.c.number).where(theirs).order_by(TABLE.c.number)).scalars())
        connection.execute(TABLE.update().where(theirs).values(about=None, content=None, salt=None))
        return found

    def compact(self) -> None:
        """Leave nothing in the database's files of what was erased.

        Raises:
            StoreError: If somebody else holds it.
        """
        compact(self.engine)

    def _select(self) -> Any:
        return select(TABLE).where(TABLE.c.corpus == self.corpus)


def _link(row: Row[Any]) -> Link:
    return Link(*row)  # the columns stand in the order of its fields


def _entry(link: Link) -> Entry:
    whole: dict[str, Any] = json.loads(link.content) if link.content else {"id": "", "about": "", "said": None}
    return Entry(link.number, EntryKind(link.kind), link.written_at, whole["id"], whole["about"], whole["said"])


def _says(link: Link, entry: NewEntry) -> bool:
    """Whether an entry that is there is the one that is sent again; of an erased one nobody can tell."""
    if link.is_erased:
        return True
    return (link.kind, link.content) == (entry.kind, written(entry.entry_id, entry.about, entry.content))
