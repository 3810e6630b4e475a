"""Short quotations of a text within its thread: too short to be told from chance anywhere else.

In one thread of comments, three words in a row that somebody sets in quotation marks or behind ">" and that stand in an
earlier text are that text's. What somebody who stays says as well, in words of their own, is left to them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from themes.deidentify.wording.words import Word, words_of
from themes.records.span import Span

FEWEST_QUOTED = 3
"""Words of a quotation that is nothing else."""
FEWEST_IN_A_LONGER = 4
"""Words in a row within a marked quotation that holds more, such as a name before them."""
IN_MARKS = re.compile(
    r"“[^“”\n]{1,400}”|\"[^\"\n]{1,400}\"|‘[^‘’\n]{1,400}’(?!\w)|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){1,400}'(?!\w)"
)


def short_runs(text: str) -> set[str]:
    """Each three words in a row; all the words of a shorter text.

    >>> sorted(short_runs("Nobody ever listened to me")), short_runs("Never again!")
    (['ever listened to', 'listened to me', 'nobody ever listened'], {'never again'})
    """
    words = [word.plain for word in words_of(text)]
    if len(words) < FEWEST_QUOTED:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + FEWEST_QUOTED]) for at in range(len(words) - FEWEST_QUOTED + 1)}


def own_words(text: str, quotations: Iterable[Span]) -> str:
    """What a text says outside of quotations and quotation marks, as words between blanks."""
    taken = [*quotations, *(Span(*match.span()) for match in IN_MARKS.finditer(text))]
    return _joined(
        word for word in words_of(text) if not any(span.contains(Span(word.start, word.end)) for span in taken)
    )


def short_quotations(
    text: str, quotations: Iterable[Span], *, theirs: Callable[[str], bool], others: Callable[[], Iterable[str]]
) -> list[Span]:
    """The stretches of quotations that repeat a text of the same thread, in order.

    Args:
        text: Of somebody else.
        quotations: What is marked as one in it: lines behind ">", block quotations, speech that the page repeats.
        theirs: Whether a run of `short_runs` stands in the text that is asked about.
        others: Gives the `own_words` of everybody else in the thread who stays; asked only where something is found.
    """
    marked = list(quotations)
    in_marks = [Span(*match.span()) for match in IN_MARKS.finditer(text)]
    found = []
    for span in dict.fromkeys([*marked, *in_marks]):
        words = [word for word in words_of(text) if span.contains(Span(word.start, word.end))]
        for run in _runs(words, theirs):
            whole = len(run) == len(words)
            if (whole or (span in marked and len(run) >= FEWEST_IN_A_LONGER)) and not any(
                _joined(run) in said for said in others()
            ):
                found.append(Span(run[0].start, run[-1].end))
    return sorted(found)


def _runs(words: Sequence[Word], theirs: Callable[[str], bool]) -> Iterator[Sequence[Word]]:
    """The longest stretches of which each three words in a row are theirs; all of fewer words, if those are a text."""
    if len(words) < FEWEST_QUOTED:
        if words and theirs(" ".join(word.plain for word in words)):
            yield words
        return
    start = None
    for at in range(len(words) - FEWEST_QUOTED + 2):
        three = words[at : at + FEWEST_QUOTED]
        if len(three) == FEWEST_QUOTED and theirs(" ".join(word.plain for word in three)):
            start = at if start is None else start
        elif start is not None:
            yield words[start : at + FEWEST_QUOTED - 1]
            start = None


def _joined(words: Iterable[Word]) -> str:
    return f" {' '.join(word.plain for word in words)} "
