"""All readers: to add one, write a module with a function like these and a line here."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from themes.read.blog_page import read_blog_page
from themes.read.copied_page import read_copied_page
from themes.read.page import page_options
from themes.read.story_file import read_story_file
from themes.read.survey_options import survey_options
from themes.read.survey_table import read_survey_table
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument
from themes.records.spec import RowRange, SourceSpec


class Reader(Protocol):
    """Reads one file, or some rows of it, into candidate texts. Raises CorpusError if the file cannot be used."""

    def __call__(
        self, path: Path, source: SourceSpec, *, name: str = "", rows: RowRange | None = None
    ) -> Iterator[RawDocument | Quarantined | Empty]: ...


READERS: dict[str, Reader] = {
    "blog_page": read_blog_page,
    "copied_page": read_copied_page,
    "story_file": read_story_file,
    "survey_table": read_survey_table,
}

OPTIONS: dict[str, Callable[[SourceSpec], object]] = {
    "blog_page": page_options,
    "copied_page": page_options,
    "story_file": page_options,
    "survey_table": survey_options,
}
"""What checks a source's options, before any file is opened."""
