"""The codebook of a corpus, and the labelled examples beside it."""

from collections.abc import Sequence

from themes.read.codebook import read_codebook
from themes.read.codebook_versions import codebook_file
from themes.read.labelled import examples_for, read_labelled, with_codes
from themes.reader_words import number
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment
from themes.records.spec import CorpusSpec

_MOST_TOLD = 5


def codebook_of(spec: CorpusSpec) -> Codebook:
    """The codebook, with the codes that only its labelled examples know."""
    codebook = read_codebook(codebook_file(spec))
    return with_codes(codebook, read_labelled(codebook.labelled).codes) if codebook.labelled else codebook


def labelled_examples(codebook: Codebook) -> Sequence[LabelledSegment]:
    """What its file of labelled examples teaches; nothing if it names none."""
    return examples_for(codebook)


def notes_on_labelled(codebook: Codebook) -> list[str]:
    """What readers of the report are told of labelled examples that nothing was learned from."""
    if codebook.labelled is None or not (problems := read_labelled(codebook.labelled).problems):
        return []
    more = f"; and {len(problems) - _MOST_TOLD} more" if problems[_MOST_TOLD:] else ""
    lines = f"{number(len(problems), 'line')} of {codebook.labelled.name}"
    told = f"Nothing was learned from {lines}: {'; '.join(problems[:_MOST_TOLD])}{more}."
    return [f"{told} Correct {'them' if problems[1:] else 'it'}, and run again."]
