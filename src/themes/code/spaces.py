"""Spaces in which segments are compared: words, letters, wording, meaning, their sentences' meanings, inner states.

A whole answer is read with its question, and every segment without what it reproduces of others. Words are kept by
hashes of fixed places, so that a frozen coder holds nobody's words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from themes.code.wording import own_words
from themes.embedding import embed, embed_inner
from themes.records.segment import Segment

Floats = NDArray[np.float64]

_WORD_PLACES, _LETTER_PLACES, _WORDING_PLACES = 2**15, 2**16, 2**13
_WIDTHS = {"meaning": 1.0, "sentences": 1.5, "inner": 2.0}
"""How fast likeness falls with distance; chosen by cross-validation on two fields."""


@dataclass(frozen=True)
class Points:
    """Segments as points of a space: sparse rows, or vectors, of which a segment may have several (`owner`)."""

    rows: Any
    """Shape (n_segments, n_places), sparse, or (n_vectors, 384)."""
    owner: NDArray[np.int64] | None = None
    """Which segment each vector is of; None: each row is a segment."""
    count: int = 0
    """Segments."""


def question_of(segment: Segment) -> str:
    """The question that a segment is read with: the one that it answers, if it is the whole answer, else none.

    What everybody was asked would otherwise be found in every sentence of what they say.
    """
    return segment.prompt if segment.prompt and not segment.before and not segment.after else ""


def text_of(segment: Segment) -> str:
    """What is compared: the question, if the segment is the whole answer to it, and the writer's own words.

    >>> from themes.records.span import Span
    >>> text_of(Segment("d:0-2", "d", "c", Span(0, 2), "No", prompt="Were you asked?"))
    'Were you asked? No'
    >>> text_of(Segment("d:0-2", "d", "c", Span(0, 2), "No", prompt="Were you asked?", after="I was told."))
    'No'
    """
    return f"{question_of(segment)} {own_words(segment)}".strip()


def words(segments: Sequence[Segment]) -> Any:
    """Words and pairs of words, counted: sparse, shape (n_segments, 32768)."""
    return _counted(segments, _WORD_PLACES, ngram_range=(1, 2))


def letters(segments: Sequence[Segment]) -> Any:
    """Runs of two to five letters within words, counted: sparse, shape (n_segments, 65536)."""
    return _counted(segments, _LETTER_PLACES, analyzer="char_wb", ngram_range=(2, 5))


def wording(segments: Sequence[Segment]) -> Any:
    """How it is said, not of what: small words, denials, marks, quotation, tense endings. Sparse, (n_segments, 8192).

    Up to three in a row; all other words are one sign with their ending, so that "I was never sanctioned" and "I was
    never promoted" are the same.
    """
    return _counted(segments, _WORDING_PLACES, analyzer=lambda text: _runs(form_of(text)))


COUNTS: Mapping[str, Callable[[Sequence[Segment]], Any]] = {"words": words, "letters": letters, "wording": wording}


_ENCODED: Mapping[str, Callable[[Sequence[str]], Any]] = {"meaning": embed, "inner": embed_inner}


def points(space: str, segments: Sequence[Segment], rarity: Floats | None = None) -> Points:
    """Segments in "meaning", "inner", "sentences" or a space of `COUNTS`, weighed by `rarity` and of length one."""
    if space in COUNTS:
        from sklearn.preprocessing import normalize

        counts = COUNTS[space](segments)
        weighed = counts if rarity is None else counts.multiply(rarity).tocsr()
        return Points(normalize(weighed) if len(segments) else weighed, count=len(segments))
    texts = [text_of(segment) for segment in segments]
    if space in _ENCODED:
        return Points(_ENCODED[space](texts).astype(float), count=len(texts))
    parts = [sentences_of(text) for text in texts]
    owner = np.array([at for at, each in enumerate(parts) for _ in each], np.int64)
    return Points(embed([one for each in parts for one in each]).astype(float), owner, len(texts))


def rarity_of(counts: Any) -> Floats:
    """How rare each place is among segments, shape (n_places,): inverse document frequency, smoothed."""
    with_it = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + with_it)) + 1, float)


def likeness(space: str, some: Points, others: Points) -> Floats:
    """How alike segments are, shape (n_some, n_others), 0 to 1, 1 for the same."""
    if space in COUNTS:
        return np.asarray((some.rows @ others.rows.T).toarray(), float)
    near = bell(space, some.rows, others.rows)
    if some.owner is None or others.owner is None:
        return near
    return np.asarray(_joined(some) @ near @ _joined(others).T, float)


def bell(space: str, some: Floats, others: Floats) -> Floats:
    """Likeness of vectors, shape (n_some, n_others): 1 for the same, falling as a bell (Gaussian kernel)."""
    return np.asarray(np.exp(-2 * _WIDTHS[space] * (1 - some @ others.T)))


def _joined(many: Points) -> Any:
    """Sparse, shape (n_segments, n_vectors): adds a segment's sentences up so that it is like itself by one."""
    from scipy.sparse import csr_matrix

    return csr_matrix((shares_of(many), (many.owner, np.arange(len(many.rows)))), shape=(many.count, len(many.rows)))


def shares_of(many: Points) -> Floats:
    """What each sentence counts in its segment, shape (n_vectors,)."""
    assert many.owner is not None
    lengths = np.ones(many.count)
    starts = np.searchsorted(many.owner, np.arange(many.count + 1))
    for at in range(many.count):
        own = many.rows[starts[at] : starts[at + 1]]
        if len(own) > 1:
            lengths[at] = np.sqrt(bell("sentences", own, own).sum())
    return np.asarray(1 / lengths[many.owner], float)


_ENDS = re.compile(r"(?<=[.!?;…])\s+|\n+")
_SHORTEST_SENTENCE_WORDS = 2


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, shorter ones left out; the text itself if there are not two.

    >>> sentences_of("Kind nurses. The food, though! No")
    ['Kind nurses.', 'The food, though!']
    """
    found = [part for part in _ENDS.split(text) if part and part.count(" ") + 1 >= _SHORTEST_SENTENCE_WORDS]
    return found if len(found) > 1 else [text]


_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+|[.,!?;:“”\"…>()-]")
_ENDINGS = ("ing", "ed", "ly", "s")


def form_of(text: str) -> list[str]:
    """Small words and marks as they are, numbers as "9", all else as "~" and its ending.

    >>> form_of("I've never been sanctioned!")
    ['ive', 'never', 'been', '~ed', '!']
    """
    form = []
    for token in _TOKEN.findall(text):
        word = token.casefold().replace("’", "").replace("'", "")
        if word.isdigit():
            form.append("9")
        elif not word.isalpha() or word in _SMALL:
            form.append(word)
        else:
            form.append("~" + next((ending for ending in _ENDINGS if word.endswith(ending)), ""))
    return form


def _runs(tokens: Sequence[str]) -> list[str]:
    return [" ".join(tokens[at : at + length]) for length in (1, 2, 3) for at in range(len(tokens) - length + 1)]


def _counted(segments: Sequence[Segment], places: int, **how: Any) -> Any:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import HashingVectorizer

    if not segments:
        return csr_matrix((0, places))
    hashed = HashingVectorizer(n_features=places, alternate_sign=False, norm=None, **how)
    counts = hashed.transform([text_of(segment) for segment in segments])
    counts.data = 1 + np.log(counts.data)
    return counts


_SMALL = frozenset(
    """a about above after again against all almost alone already also although always am an and another any anybody
    anyone anything are arent as at aint back be because been before being below between both but by can cannot cant
    could couldnt did didnt do does doesnt doing done dont down during each either else enough even ever every everybody
    everyone everything few for from get gets getting go goes going got had hadnt has hasnt have havent having he her
    here hers herself hed hes him himself his how however i id if ill im in instead into is isnt it its itself ive just
    least less let like many may maybe me might mine more most much must my myself neither never no nobody none nor not
    nothing now of off often on once one only or other others otherwise ought our ours ourselves out over own perhaps
    please rather same she shed shes should shouldnt since so some somebody someone something sometimes still such than
    that thats the their theirs them themselves then there theres these they theyd theyll theyre theyve this those
    though through thus to together told too towards under unless until up upon us used very was wasnt we wed well were
    werent weve what whatever when whenever where whether which while who whoever whom whose why will wish with within
    without wont would wouldnt yes yet you youd youll your youre yours yourself youve say says said""".split()
)
