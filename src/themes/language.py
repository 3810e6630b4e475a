"""Named things and sentences of a text, as plain records. The one home of spaCy.

Sentences are found by rules, not by a parser: what people write in comment boxes has no capitals, few full stops and
many line breaks, where a parser trained on newspapers is no better and a hundred times slower.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from themes.errors import ModelError, ProtectionError
from themes.models import spacy_model
from themes.records.span import Span

# Never end a sentence.
_TITLES = """dr mr mrs ms miss mx prof rev sr jr st e.g eg i.e ie vs v cf approx esp dept govt gov gen cllr hon capt sgt
fig ref tel ext ft viz al n.b nb max min incl excl est"""
# End one only before a capital; so do letters with stops between them, such as "a.m." and "G.P.".
_PERHAPS = """etc am pm ltd inc co plc rd ave ln hrs hr mins wk wks yr yrs mth mths mon tue tues wed thu thur thurs fri
sat sun jan feb mar apr jun jul aug sep sept oct nov dec pw pa ps uk us ba mp"""
_NEVER_LAST = frozenset(_TITLES.split())
_SELDOM_LAST = frozenset(_PERHAPS.split())
_LETTERS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_CLOSING = "\"'”’)\\]»*"
_EMOJI = "\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f\u200d"
_BOUNDARY = re.compile(
    rf"""(?P<lines>[^\S\n]*\n\s*)
    |(?P<stop>[.!?…]+)[{_CLOSING}]*(?P<gap>[^\S\n]+)
    |(?<=[a-z]{{2}})(?P<glued>[.!?]+)(?=[A-Z][a-z’' ])
    |[{_EMOJI}]+(?P<emoji>[^\S\n]+)(?=[A-Z])""",
    re.VERBOSE,
)
# Kept in one piece when short: quoted speech, brackets, surrogates such as "[adviser K7]".
_TOGETHER = re.compile(
    r"\[[^\[\]\n]{1,120}\]|\([^()\n]{1,300}\)|“[^“”\n]{1,300}”|(?<![^\s(\[—–-])\"(?=\S)[^\"\n]{1,300}\""
    r"|(?<![^\s(\[])‘(?=\S)[^‘\n]{1,300}?’(?!\w)"
)
_WRAPPED_FROM = 50
"""A line at least this long, in characters, may have been broken by a program and go on in the next."""


FORGETS_FROM = 500
"""Texts. A run tags far more at once; what it tags of single files adds a few thousand words to what is remembered."""
NOT_NEEDED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
"""Components beside the entity recogniser, which has word vectors and a tok2vec of its own. Nor are the 700,000 strings
of the vocabulary needed, which take two thirds of the time to load: vectors are found by a word's hash."""


CANARY = "Yesterday Margaret Wainwright travelled to Sheffield with Thomas Cartwright."
"""Tagged last among the texts of every call. Whoever does not find its two people may have missed those of the others:
a model that dies raises nothing."""
IN_CANARY = ("Margaret Wainwright", "Thomas Cartwright")


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing in a text. `label` is spaCy's own: PERSON, GPE, LOC, ORG, FAC, DATE, NORP …"""

    span: Span
    label: str


def entities(texts: Sequence[str]) -> list[list[Entity]]:
    """Named entities of each text, in order of appearance.

    Args:
        texts: Any number, each below a million characters; cost grows evenly with length, 10,000 words a CPU-second.

    Raises:
        ModelError: If the pipeline cannot be loaded or has no entity recogniser.
        ProtectionError: If it does not find, after all of them, the names that it is known to find.
    """
    if not texts:
        return []
    pipeline = _entity_pipeline()
    by_length = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found: list[list[Entity]] = [[] for _ in texts]
    # Words that it has not met before are forgotten again, and the other words' tokens with them: where it tags little
    # at once, taking those apart anew would cost more than all the tagging.
    with pipeline.memory_zone() if len(texts) >= FORGETS_FROM else nullcontext():
        tagged = pipeline.pipe([*(texts[i] for i in by_length), CANARY], batch_size=64)
        answers = [[Entity(Span(e.start_char, e.end_char), str(e.label_)) for e in doc.ents] for doc in tagged]
    people = [entity.span.of(CANARY) for entity in answers.pop() if entity.label == "PERSON"]
    if not set(IN_CANARY) <= set(people):
        raise ProtectionError(
            "The spaCy pipeline no longer finds the names that it must find, so that it may have missed others in "
            "these texts. None of them was passed. Run `make setup` again."
        )
    for i, answer in zip(by_length, answers, strict=True):
        found[i] = answer
    return found


@cache
def _entity_pipeline() -> Any:
    import spacy

    model = spacy_model()
    try:
        pipeline = spacy.load(model, exclude=[*NOT_NEEDED, "strings"])
    except (OSError, ValueError) as trouble:
        raise ModelError(
            f"The spaCy pipeline {model} could not be loaded ({type(trouble).__name__}). Run `make setup` again, or "
            f"unset THEMES_SPACY_MODEL; nothing was read."
        ) from None
    if "ner" not in pipeline.pipe_names or not pipeline.pipe_labels["ner"]:
        raise ModelError(f"The spaCy pipeline {model} has no entity recogniser: it would let every name pass.")
    return pipeline


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order and without the white space around them.

    A line break ends one, unless a long line goes on in lower case. Abbreviations, initials and times do not;
    quoted speech and brackets of up to 300 characters stay in one piece. Stretches without a letter or digit, such
    as an emoji, go with their neighbour.

    >>> text = "Saw Dr. Lee at 9.30. no help... none at all!"
    >>> [span.of(text) for span in sentences(text)]
    ['Saw Dr. Lee at 9.30.', 'no help... none at all!']
    """
    together = kept_together(text)
    cuts = [0]
    for match in _BOUNDARY.finditer(text):
        cut = match.start("gap") if match["gap"] else match.start("emoji") if match["emoji"] else match.end()
        if (match["lines"] or not inside(cut, together)) and _ends_here(text, match):
            cuts.append(cut)
    cuts.append(len(text))
    return _with_words(text, [trimmed(text, Span(start, end)) for start, end in pairwise(cuts) if start < end])


def kept_together(text: str) -> list[Span]:
    """Short quotations and brackets, which no cut may go through. Ascending, not nested."""
    return [Span(*match.span()) for match in _TOGETHER.finditer(text)]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at either end."""
    stretch = span.of(text)
    start = span.start + len(stretch) - len(stretch.lstrip())
    return Span(start, max(start, span.start + len(stretch.rstrip())))


def inside(cut: int, spans: list[Span]) -> bool:
    """Whether a cut would go through one of the spans, which ascend and do not overlap."""
    at = bisect_right(spans, cut, key=lambda span: span.end)
    return at < len(spans) and spans[at].start < cut


def _ends_here(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    if match["lines"]:
        return not _line_goes_on(text, match, following)
    if match["glued"]:
        return not re.search(r"@|://|www\.", _token_at(text, match.start()))
    if match["emoji"]:
        return True
    if not following:
        return False
    closed = text[match.end("stop") : match.start("gap")].strip("*")
    if closed and following.islower():
        return False  # "Are you mad?" he said
    stop = match["stop"]
    if "…" in stop or ".." in stop:
        return not following.islower()
    return stop != "." or _full_stop(text, match.start(), following)


def _line_goes_on(text: str, match: re.Match[str], following: str) -> bool:
    if match["lines"].count("\n") > 1 or not following.islower():
        return False
    line = text[max(0, match.start() - _WRAPPED_FROM) : match.start()]
    return len(line) == _WRAPPED_FROM and "\n" not in line and line[-1] not in ".!?…:;"


def _full_stop(text: str, at: int, following: str) -> bool:
    nearest = max(0, at - 40)
    start = max(*(text.rfind(mark, nearest, at) for mark in " \n("), nearest - 1) + 1
    before = text[start:at]
    word = before.strip("\"'“‘([").casefold()
    if word in _NEVER_LAST or (word in {"no", "nos", "p", "pp", "para"} and following.isdigit()):
        return False
    if word in _SELDOM_LAST or _LETTERS.fullmatch(word):
        return following.isupper() or following in '"“‘'
    if len(before) == 1 and before.isupper() and before != "I":
        return not following.isupper()
    # "1. Name says:" opens a numbered line.
    return not (word.isdigit() and len(word) <= 3 and (start == 0 or text[start - 1] == "\n"))


def _token_at(text: str, at: int) -> str:
    nearest = max(0, at - 200)
    start = max(*(text.rfind(mark, nearest, at) for mark in " \n"), nearest - 1) + 1
    return text[start : start + 400].split(maxsplit=1)[0]


def _with_words(text: str, spans: list[Span]) -> list[Span]:
    """Stretches without a letter or digit joined to the one before, or else to the one after."""
    joined: list[Span] = []
    waiting: int | None = None
    for span in spans:
        if span.start == span.end:
            continue
        if any(map(str.isalnum, span.of(text))):
            joined.append(Span(span.start if waiting is None else waiting, span.end))
            waiting = None
        elif joined:
            joined[-1] = Span(joined[-1].start, span.end)
        elif waiting is None:
            waiting = span.start
    return joined


def word_vector(word: str) -> Any:
    """The static vector of a word as written, shape (300,), or None if the pipeline has none for it."""
    vectors, strings = _vectors()
    row = vectors.key2row.get(strings[word], -1)
    return None if row < 0 else vectors.data[row]


@cache
def _vectors() -> tuple[Any, Any]:
    vocabulary = _entity_pipeline().vocab
    return vocabulary.vectors, vocabulary.strings
