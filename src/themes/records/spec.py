"""What a corpus.toml says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One `[[source]]` of corpus.toml: which files below `raw/`, and how they are read."""

    name: str
    reader: str
    """A key of `read.catalog.READERS`."""
    files: str
    """A glob below `raw/`, such as "survey/*.csv"."""
    options: Mapping[str, object] = field(default_factory=dict)
    """The reader's own settings, checked by the reader."""


@dataclass(frozen=True, slots=True)
class LanguageModelSpec:
    """`[language_model]` of corpus.toml: who else is asked for codes."""

    address: str
    """Where an interface like OpenAI's is, without a slash at the end; "/chat/completions" is put behind it."""
    model: str
    key_variable: str = ""
    """The environment variable that holds the key; the key itself stands in no file of ours."""
    elsewhere: bool = False
    """Whether the address may be on another machine."""
    timeout_seconds: float = 60.0
    """For one answer, whole."""
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class CorpusSpec:
    """A corpus folder and its settings."""

    folder: Path
    name: str
    sources: tuple[SourceSpec, ...]
    title: str = ""
    language: str = "en-GB"
    codebook: str = "codebook.toml"
    seed: int = 1
    schedule: str | None = None
    timezone: str = "Europe/London"
    fewest_cases: int = 10
    """A count of people below this is hidden."""
    consent_to_quote: tuple[str, ...] = ()
    """Which words of `consent` allow a quotation in public; none: nobody is quoted there."""
    extra_names: tuple[str, ...] = field(default=(), repr=False)
    extra_places: tuple[str, ...] = field(default=(), repr=False)
    keep_words: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    """Attributes whose groups were to be compared before anybody looked."""
    approach: str = "codebook"
    """"reliability", "codebook" or "reflexive"; the last has no place for saturation."""
    encoder: str = "sentence"
    """By what texts become vectors: "sentence", "static", or the folder of another encoder."""
    language_model: LanguageModelSpec | None = None
    """None: no language model is asked for anything."""

    @property
    def raw(self) -> Path:
        return self.folder / "raw"


@dataclass(frozen=True, slots=True)
class RowRange:
    """Some rows of one table, and what the whole table had to be looked through for."""

    first: int
    """Row numbers as a spreadsheet shows them: the header is usually row 1."""
    last: int
    position: int = 0
    """Where the first row begins, as the file's own `tell` gave it; 0: read from the top and count."""
    line: int = 1
    """The line of the file in which the first row begins."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = field(default="", repr=False)
    header_row: int = 1
    width: int = 0
    """Cells a sound row has."""
    again: tuple[tuple[int, int], ...] = ()
    """(row, n): a row that repeats, word for word, the n rows before it with the same id (or, without ids, cells)."""
    clashing: tuple[int, ...] = ()
    """Rows whose id was already used by a row with other answers."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A bounded batch of a corpus: a page, a few story files, or some rows of a table. A thread is never split."""

    source: str
    files: tuple[str, ...] = field(repr=False)
    """Paths below `raw/`."""
    stamps: tuple[str, ...] = ()
    """Size and time of each file when the chunk was planned: a file that changes meanwhile is not trusted."""
    rows: RowRange | None = None
    """None for whole files."""
    refused: str = ""
    """Why the file is not read at all; then it is one quarantined candidate."""
