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
class CorpusSpec:
    """A corpus folder and its settings."""

    folder: Path
    name: str
    sources: tuple[SourceSpec, ...]
    title: str = ""
    language: str = "en-GB"
    codebook: str = "codebook.toml"
    profile: str = "coding"
    seed: int = 1
    schedule: str | None = None
    timezone: str = "Europe/London"
    encoder: str = "sentence"
    approach: str = "codebook"
    fewest_cases: int = 10
    """A count of people below this is hidden."""
    extra_names: tuple[str, ...] = field(default=(), repr=False)
    extra_places: tuple[str, ...] = field(default=(), repr=False)
    keep_words: tuple[str, ...] = ()

    @property
    def raw(self) -> Path:
        return self.folder / "raw"
