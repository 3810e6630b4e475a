"""Where a page repeats somebody else's words."""

import re

from themes.records.span import Span

FEWEST_WORDS = 5  # fewer between quotation marks is a term or a raised eyebrow
_CLOSED = re.compile(r'“[^“”\n]*(?:”|(?=\n\s*“))|"[^"\n]*"')
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def quoted_speech(text: str) -> tuple[Span, ...]:
    """What stands between double quotation marks in an organisation's text: somebody it quotes, such as a minister.

    A speech over several paragraphs opens each with a mark and closes the last only. Stretches of fewer than five
    words, and an opening mark that nothing closes, are no quotation.

    >>> [span.of("She said: “Work is good for most people.” Is it ‘good’?") for span in quoted_speech(
    ...     "She said: “Work is good for most people.” Is it ‘good’?")]
    ['“Work is good for most people.”']
    """
    spans = (Span(*match.span()) for match in _CLOSED.finditer(text))
    return tuple(span for span in spans if len(_WORD.findall(span.of(text))) >= FEWEST_WORDS)


def repeated_words(text: str, said: str) -> tuple[Span, ...]:
    """What a comment repeats between double quotation marks from what was `said` before it, given as `plain_words`.

    What an adviser said, told in one's own comment, is experience and stays; what the article said is not.
    """
    return tuple(span for span in quoted_speech(text) if plain_words(span.of(text)) in said)


def plain_words(text: str) -> str:
    """The words alone, each between spaces, in lower case.

    >>> plain_words("It’s “fair”, they said.")
    " it's fair they said "
    """
    return "".join(f" {word}" for word in _WORD.findall(text.replace("’", "'").casefold())) + " "
