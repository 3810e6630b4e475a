"""The passages of a text around what a form cannot do without, so that not all of it is searched for every form."""

from collections.abc import Iterable


def around(text: str, places: Iterable[tuple[int, int]], *, before: int, beyond: int) -> list[tuple[int, int]]:
    """From where to where a text may hold what some of its places are part of; in order, apart from one another.

    Args:
        places: In order, from one offset to another each.
        before: Characters from which on a form may begin, counted back from a place.
        beyond: Characters by which it has ended, and what it looks at behind it. Where only blanks follow the place for
            so long, the passage goes on to the end of the text: no form takes the end of a passage for the text's.

    >>> around("I am 47. " + "It rained. " * 9 + "I was 19 then.", [(5, 7), (114, 116)], before=10, beyond=5)
    [(0, 12), (104, 121)]
    """
    passages: list[tuple[int, int]] = []
    for place_start, place_end in places:
        start, end = max(0, place_start - before), place_end + beyond
        if text[place_end:end].isspace():
            end = len(text)
        if passages and start <= passages[-1][1]:
            last_start, last_end = passages.pop()
            start, end = last_start, max(last_end, end)
        passages.append((start, end))
    return passages
