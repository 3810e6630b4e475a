"""The passages of a text around what a form cannot do without, so that not all of it is searched for every form."""

import re


def around(text: str, hint: re.Pattern[str], *, before: int, beyond: int) -> list[tuple[int, int]]:
    """From where to where a text may hold what a hint is part of; in order, apart from one another.

    Args:
        hint: What every match of the forms to be searched for holds.
        before: Characters from which on a match may begin, counted back from a hint.
        beyond: Characters by which it has ended, and what is looked at behind it. Where only blanks follow the hint for
            so long, the passage goes on to the end of the text: no form takes its end for the text's.

    >>> around("I am 47. " + "It rained. " * 9 + "I was 19 then.", re.compile("47|19"), before=10, beyond=5)
    [(0, 12), (104, 121)]
    """
    passages: list[tuple[int, int]] = []
    for match in hint.finditer(text):
        start, end = max(0, match.start() - before), match.end() + beyond
        if text[match.end() : end].isspace():
            end = len(text)
        if passages and start <= passages[-1][1]:
            last_start, last_end = passages.pop()
            start, end = last_start, max(last_end, end)
        passages.append((start, end))
    return passages
