"""What a codebook says of each code, as texts that a coder can compare with or learn from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from themes.records.codebook import Code, Codebook


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of the codebook and the codes that it speaks for, as columns; none: it speaks against all."""

    text: str
    codes: tuple[int, ...]
    kind: str
    """name, definition, include, example, cue, exclude or uncoded."""


_NAMED = re.compile(r"\s*\(([^()]*)\)\s*$")
_SHORTEST_CUE_WORDS = 2


def phrases_of(codebook: Codebook) -> tuple[Phrase, ...]:
    """All texts of a codebook, code by code, the uncoded examples last.

    An exclusion speaks for the codes that it names in brackets at its end ("being placed in a group (assessment)")
    and so against its own; without one it speaks against all.
    """
    column = {code.code_id: at for at, code in enumerate(codebook.codes)}
    phrases = [phrase for code in codebook.codes for phrase in _phrases(code, column)]
    return (*phrases, *(Phrase(text, (), "uncoded") for text in codebook.uncoded))


def _phrases(code: Code, column: dict[str, int]) -> Iterator[Phrase]:
    own = (column[code.code_id],)
    yield Phrase(code.name, own, "name")
    if code.label:
        yield Phrase(code.label, own, "name")
    if code.definition:
        yield Phrase(f"{code.name}. {code.definition}", own, "definition")
    for kind, texts in (("include", code.include), ("example", code.examples)):
        for text in texts:
            yield Phrase(text, own, kind)
    for cue in code.cues:
        words = " ".join(cue.removesuffix("?").replace("*", "").split())
        if words.count(" ") + 1 >= _SHORTEST_CUE_WORDS:
            yield Phrase(words, own, "cue")
    for text in code.exclude:
        named = _NAMED.search(text)
        others = re.findall(r"[\w-]+", named[1]) if named else []
        yield Phrase(without_codes(text), tuple(column[other] for other in others if other in column), "exclude")


def without_codes(exclusion: str) -> str:
    """An exclusion without the codes that it names.

    >>> without_codes("being placed in a group (assessment)")
    'being placed in a group'
    """
    return _NAMED.sub("", exclusion)
