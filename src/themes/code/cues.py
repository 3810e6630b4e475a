"""The codebook's cues: the words and phrases it says speak for a code, and whether the writer denies them.

A cue is written in plain words: `*` at a word's end stands for any ending, by itself for up to three words in
between, and `?` at the end marks a weak hint.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from themes.code.denial import is_denial, is_harm_denied
from themes.code.wording import Word, own_words, words_of
from themes.records.codebook import Codebook
from themes.records.segment import Segment

STRONG = 0.6
"""What one cue alone gives; two give 0.84, three 0.94."""
WEAK = 0.15
_GAP = 3
"""A `*` by itself stands for up to so many words."""
_NO_LACK = frozenset("trouble problem problems issue issues bother worry worries difficulty".split())
"""Between a denial and what could be lacking, these say that it is there: "no trouble with childcare"."""
_MOST_ASKED = 50_000
"""Words."""
_OTHER_WORDS = frozenset("id ill wed well were hed hell shed shell".split())
"""What "I'd", "I'll", "we're" and their like would be without the apostrophe: words of another meaning."""
_APOSTROPHE = re.compile("['’ʼ]")
_SURROGATE = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class _Cue:
    code: int
    written: str
    pattern: tuple[str, ...]
    strength: float
    lacked: bool = False
    """The code also has the cue with a denial before it, "no childcare": to be without it is what the code means."""


@dataclass(frozen=True, slots=True)
class CueFound:
    """A cue of the codebook met in a segment."""

    code_id: str
    cue: str
    strength: float
    denied: bool
    """The code is negative-only and the writer says that it was not so."""


def score_cues(segments: Sequence[Segment], codebook: Codebook) -> NDArray[np.float64]:
    """How strongly the cues speak for each code, shape (n_segments, n_codes), from -1 to 1.

    0 without a cue, towards 1 with every further one (1 - the product of what each leaves open). -1 where the writer
    denies the cues of a negative-only code and has none that stands.
    """
    scores = np.zeros((len(segments), len(codebook.codes)))
    column = {code.code_id: at for at, code in enumerate(codebook.codes)}
    for row, segment in enumerate(segments):
        if not (all_found := find_cues(segment, codebook)):
            continue
        left_open = np.ones(len(codebook.codes))
        denied = np.zeros(len(codebook.codes), bool)
        for found in all_found:
            at = column[found.code_id]
            if found.denied:
                denied[at] = True
            else:
                left_open[at] *= 1 - found.strength
        scores[row] = np.where(denied & (left_open > 1 - STRONG + 1e-9), -1, 1 - left_open)
    return scores


def plainly_denied(segment: Segment, codebook: Codebook) -> frozenset[str]:
    """Negative-only codes of which a strong cue is denied and none stands, by id.

    Of weak ones a denial may be what is told: there is "no bus", and "no fee in us".
    """
    found = find_cues(segment, codebook)
    strong = {one.code_id for one in found if one.denied and one.strength == STRONG}
    return frozenset(strong - {one.code_id for one in found if not one.denied and one.strength == STRONG})


def find_cues(segment: Segment, codebook: Codebook) -> list[CueFound]:
    """The cues in the writer's own words; of cues that overlap, each code counts the longest.

    What stands in square brackets is a surrogate and no word: "[employer M42KT9]" speaks for no code.
    """
    words = _words_of(_SURROGATE.sub(lambda match: " " * len(match[0]), own_words(segment)))
    index = _index(tuple((code.cues, code.polarity) for code in codebook.codes))
    matches = sorted(_matches(words, index), key=lambda match: (match[0] - match[1], match[0]))
    found = []
    taken: set[tuple[int, int]] = set()
    for start, end, cue in matches:
        places = {(cue.code, at) for at in range(start, end)}
        if taken & places:
            continue
        taken |= places
        code = codebook.codes[cue.code]
        means_harm = code.polarity == "negative_only" and not (
            cue.lacked and _NO_LACK.isdisjoint(_before(words, start))
        )
        denied = means_harm and is_harm_denied(words, start, end if "*" in cue.pattern else start)
        found.append(CueFound(code.code_id, cue.written, cue.strength, denied))
    return found


def _before(words: Sequence[Word], start: int) -> set[str]:
    return {word.text for word in words[max(0, start - _GAP) : start]}


def in_plain_words(cue: str) -> str:
    """A cue as people are shown it, without the marks that say how it is looked for.

    >>> in_plain_words("stopped * money"), in_plain_words("sanction*"), in_plain_words("late?")
    ('stopped … money', 'sanction…', 'late')
    """
    return cue.removesuffix("?").replace("*", "…")


def _words_of(text: str) -> list[Word]:
    """The words of a text; of "I'd" or "we're" with the apostrophe, without which it would be another word."""
    words = words_of(text)
    return [
        replace(word, text=f"{word.text[: -len(ending)]}'{ending}")
        if word.text in _OTHER_WORDS and (ending := _after_apostrophe(word.span.of(text)))
        else word
        for word in words
    ]


def _after_apostrophe(written: str) -> str:
    _, *rest = _APOSTROPHE.split(written.casefold())
    return rest[-1] if rest else ""


def _matches(words: Sequence[Word], index: "_Index") -> Iterator[tuple[int, int, _Cue]]:
    for start, word in enumerate(words):
        for cue in index.beginning_with(word.text):
            end = _match(words, start + 1, cue.pattern, 1)
            if end is not None:
                yield start, end, cue


def _match(words: Sequence[Word], at: int, pattern: tuple[str, ...], place: int) -> int | None:
    """Where the rest of the pattern, from `place` on, ends if it begins at word `at`."""
    if place == len(pattern):
        return at
    wanted = pattern[place]
    if wanted == "*":
        for skip in range(_GAP + 1):
            end = _match(words, at + skip, pattern, place + 1)
            if end is not None:
                return end
        return None
    if at >= len(words):
        return None
    text = words[at].text
    fits = text.startswith(wanted[:-1]) if wanted.endswith("*") else text == wanted
    return _match(words, at + 1, pattern, place + 1) if fits else None


class _Index:
    """Cues by the word that they begin with, which keeps its `*`; what words were asked for is remembered."""

    def __init__(self, cues: Sequence[_Cue]) -> None:
        self._cues: dict[str, list[_Cue]] = {}
        for cue in cues:
            self._cues.setdefault(cue.pattern[0], []).append(cue)
        self._longest = max(map(len, self._cues), default=0)
        self._asked: dict[str, tuple[_Cue, ...]] = {}

    def beginning_with(self, word: str) -> tuple[_Cue, ...]:
        if word not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                self._asked.clear()
            # A "word" of a million letters has no more beginnings than the longest cue has letters.
            keys = [word, *(f"{word[:end]}*" for end in range(2, min(len(word), self._longest) + 1))]
            self._asked[word] = tuple(cue for key in keys for cue in self._cues.get(key, ()))
        return self._asked[word]


@lru_cache(maxsize=8)
def _index(cues_by_code: tuple[tuple[tuple[str, ...], str], ...]) -> _Index:
    cues = []
    for code, (written_of_code, _) in enumerate(cues_by_code):
        patterns = {written: _pattern(written.removesuffix("?")) for written in written_of_code}
        lacked = {rest for pattern in patterns.values() for rest in _without_denial(pattern)}
        for written, pattern in patterns.items():
            if pattern:
                strength = WEAK if written.endswith("?") else STRONG
                cues.append(_Cue(code, written, pattern, strength, pattern in lacked))
    return _Index(cues)


def _without_denial(pattern: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What a cue denies: ("any", "jobs") of "not any jobs", ("reliab*",) of "unreliab*"."""
    if len(pattern) > 1:
        return [pattern[1:]] if is_denial(pattern[0]) else []
    return [(word[2:],) for word in pattern if word.startswith("un")]


def _pattern(cue: str) -> tuple[str, ...]:
    pattern: list[str] = []
    for part in cue.split():
        words = [word.text for word in _words_of(part.rstrip("*"))]
        if part.endswith("*") and words:
            words[-1] += "*"
        pattern += words or (["*"] if part == "*" else [])
    while pattern and pattern[0] == "*":
        pattern.pop(0)
    while pattern and pattern[-1] == "*":
        pattern.pop()
    return tuple(pattern)
