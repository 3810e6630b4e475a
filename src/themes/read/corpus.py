"""A corpus, cut into chunks that are read one at a time: a million rows never stand in memory at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from themes.errors import CorpusError
from themes.read.catalog import OPTIONS, READERS
from themes.read.files import Found, Unreadable, files_of, shown, stamp
from themes.records.corpus import Empty, Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import Chunk, CorpusSpec, SourceSpec

STORIES_BYTES = 200_000  # a chunk of story files holds about this much
STORIES_TO_A_CHUNK = 16  # on average


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What will be read, and what the researcher should know before."""

    chunks: tuple[Chunk, ...]
    notes: tuple[str, ...] = ()


def plan(spec: CorpusSpec, *, rows_per_chunk: int = 2000) -> ReadingPlan:
    """The chunks of a corpus, in the order of sources and file names.

    Args:
        spec: The corpus.
        rows_per_chunk: Rows of a table in one chunk, at least 1.

    Returns:
        The chunks; a file that is refused is a chunk with the reason. The notes name sources without files and files
        that no source reads, by count.

    Raises:
        CorpusError: If there is no `raw/`, no source has any file, every file is refused, or two sources match one
            file.
    """
    if not spec.raw.is_dir():
        raise CorpusError(f"{spec.raw} is missing. Make the folder and put the texts to be read there.")
    chunks: list[Chunk] = []
    notes: list[str] = []
    taken: dict[str, str] = {}
    for source in spec.sources:
        found = files_of(spec, source)
        for file in found:
            if file.below in taken:
                raise CorpusError(
                    f"corpus.toml: the sources '{taken[file.below]}' and '{source.name}' both match the file "
                    f"{shown(file.below)}. Narrow `files` of one of them, so that nothing is read twice."
                )
            taken[file.below] = source.name
        if not found:
            notes.append(f"The source '{source.name}' has no files: nothing below raw/ matches {source.files}.")
        chunks += _chunks_of(source, found, rows_per_chunk)
    if not chunks:
        raise CorpusError(
            f"There is nothing to read in {spec.raw}. {' '.join(notes)} Put files there, or correct `files`."
        )
    if all(chunk.refused for chunk in chunks):
        first = chunks[0]
        raise CorpusError(f"No file of the corpus can be read. The first, {shown(first.files[0])}, {first.refused}.")
    if left := _left_over(spec, taken):
        notes.append(f"Files below raw/ that match no source and are not read: {left}.")
    return ReadingPlan(tuple(chunks), tuple(notes))


def chunks(spec: CorpusSpec, *, rows_per_chunk: int = 2000) -> list[Chunk]:
    """The chunks of `plan`. Raises CorpusError as it does."""
    return list(plan(spec, rows_per_chunk=rows_per_chunk).chunks)


def read_chunk(spec: CorpusSpec, chunk: Chunk) -> Iterator[RawDocument | Quarantined | Empty]:
    """The candidate texts of one chunk, in the order of its files and rows.

    A file that is refused, cannot be used, or changes or vanishes while it is read gives one Quarantined; the files
    beside it are read on. Nothing of a file is given before all of its part was read.
    """
    source = next(source for source in spec.sources if source.name == chunk.source)
    stamps = chunk.stamps or ("",) * len(chunk.files)
    for below, planned in zip(chunk.files, stamps, strict=True):
        name = shown(below)
        if chunk.refused:
            yield Quarantined(SourceRef(name), _sentence(chunk.refused))
            continue
        try:
            path = spec.raw / below
            _still(path, planned)
            candidates = list(READERS[source.reader](path, source, name=name, rows=chunk.rows))
            _still(path, planned)
        except CorpusError as trouble:
            yield Quarantined(SourceRef(name, _rows(chunk)), _sentence(str(trouble)))
        else:
            yield from candidates


def read_corpus(spec: CorpusSpec) -> Iterator[RawDocument | Quarantined | Empty]:
    """The candidate texts of all chunks. Raises CorpusError as `plan` does, before the first one."""
    for chunk in chunks(spec):
        yield from read_chunk(spec, chunk)


def _chunks_of(source: SourceSpec, found: list[Found], rows_per_chunk: int) -> list[Chunk]:
    OPTIONS[source.reader](source)
    made: list[Chunk] = []
    together: list[tuple[Found, str]] = []
    for file in found:
        if file.refused:
            made.append(Chunk(source.name, (file.below,), refused=file.refused))
            continue
        try:
            planned = stamp(file.path)
            if source.reader == "survey_table":
                made += _table_chunks(source, file, planned, rows_per_chunk)
            elif source.reader == "story_file":
                together.append((file, planned))
            else:
                made.append(Chunk(source.name, (file.below,), (planned,)))
        except Unreadable as trouble:
            made.append(Chunk(source.name, (file.below,), refused=str(trouble)))
    return made + _story_chunks(source, together)


def _table_chunks(source: SourceSpec, file: Found, planned: str, rows_per_chunk: int) -> list[Chunk]:
    from themes.read.survey_options import survey_options
    from themes.read.survey_plan import plan_rows

    ranges = plan_rows(file.path, survey_options(source), rows_per_chunk=rows_per_chunk)
    _still(file.path, planned)
    return [Chunk(source.name, (file.below,), (planned,), rows) for rows in ranges]


def _story_chunks(source: SourceSpec, files: list[tuple[Found, str]]) -> list[Chunk]:
    """Stories in batches that end where a hash of a file's name says: a new file changes its own batch alone."""
    made: list[Chunk] = []
    batch: list[tuple[Found, str]] = []
    for at, (file, planned) in enumerate(files):
        batch.append((file, planned))
        size = sum(int(each.split(":")[0]) for _, each in batch)
        name_hash = blake2b(file.below.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        ends = int.from_bytes(name_hash) % STORIES_TO_A_CHUNK == 0
        if ends or size > STORIES_BYTES or at == len(files) - 1:
            made.append(Chunk(source.name, tuple(f.below for f, _ in batch), tuple(s for _, s in batch)))
            batch = []
    return made


def _still(path: Path, planned: str) -> None:
    if planned and stamp(path) != planned:
        raise Unreadable("changed while it was read, so that parts of two versions may be mixed. Run again")


def _left_over(spec: CorpusSpec, taken: dict[str, str]) -> int:
    return sum(
        path.is_file() and not path.name.startswith((".", "~$")) and path.relative_to(spec.raw).as_posix() not in taken
        for path in spec.raw.rglob("*")
    )


def _rows(chunk: Chunk) -> str:
    return f"rows {chunk.rows.first} to {chunk.rows.last}" if chunk.rows else ""


def _sentence(reason: str) -> str:
    text = reason if reason.startswith(("corpus.toml", "The ")) else f"The file {reason}"
    return text if text.endswith(".") else f"{text}."
