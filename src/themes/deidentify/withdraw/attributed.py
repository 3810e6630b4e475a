"""What somebody is said to have said, without quotation marks: their words in a sentence that names them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from themes.deidentify.wording.words import SENTENCE_END, words_of
from themes.records.span import Span


def repeated(
    text: str, theirs: Callable[[str], bool], *, length: int, named: Sequence[Span] | None = None
) -> list[Span]:
    """The stretches of a text that repeat so many words in a row, in order.

    >>> repeated("No. As Jo said, they sent me home.", {"they sent me", "sent me home"}.__contains__, length=3)
    [Span(start=16, end=33)]

    Args:
        text: Of somebody else.
        theirs: Whether so many words, as compared, stand in the text that is asked about.
        length: How many.
        named: Where it says their name: only the sentences around count. None: all of the text does.
    """
    words = words_of(text)
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    sentences = [Span(start, end) for start, end in pairwise(cuts) if start < end]
    if named is None:
        sentences = [Span(0, len(text))] if text else []
    else:
        sentences = [sentence for sentence in sentences if any(map(sentence.overlaps, named))]
    found: list[Span] = []
    for sentence in sentences:
        said = [word for word in words if sentence.contains(Span(word.start, word.end))]
        for at in range(len(said) - length + 1):
            run = said[at : at + length]
            if theirs(" ".join(word.plain for word in run)):
                start = found.pop().start if found and found[-1].end > run[0].start else run[0].start
                found.append(Span(start, run[-1].end))
    return found
