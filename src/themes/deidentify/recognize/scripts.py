"""Words in scripts and letters that English does not use.

No list holds them and no weight was learned from them, so that nothing here can tell a name in Cyrillic or Chinese from
another word. What cannot be read is not shown: a short run of such words in an English text is a name as a rule, and is
taken for one; a longer one is masked for what it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.lexicon import context, listed_names, ordinary_words, places
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.words import Word, kept_places, words_of
from themes.records.privacy import Finding

OTHER = re.compile(
    r"(?![\W\d_])[\u0370-\u1cff\u1f00-\u1fff\u2d00-\u2dff\u3005-\ua71f\ua800-\uab2f\uab70-\ud7ff\uf900-\ufaff"
    r"\ufb13-\ufdff\ufe70-\ufefc\uff66-\uffdc\U00010000-\U0001d3ff\U0001e000-\U0001efff\U00020000-\U0003ffff]"
)
"""A letter that is not of the Latin alphabet."""
GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")
"""Scripts that put no blank between words."""
STRANGE = re.compile(r"[\u0100-\u024f\u1e00-\u1eff]")
NOT_STRANGE = re.compile(r"[ŴŵŶŷŒœſĀāĒēĪīŌōŪū]")
"""Letters of Welsh, of old books, and of words such as Māori."""
JOINED = re.compile(r"[ \u00a0·.'’\-]{0,2}")
APART = re.compile(r"\W{0,4}")
"""What may stand between the words of a phrase, from one sentence to the next."""
NAME_WORDS = 3
NAME_SIGNS = {False: 40, True: 5}
"""Characters of the longest name; of one in a script without blanks."""


def strange_words_in(text: str) -> Iterator[Finding]:
    """Runs of words in other scripts, and names with letters that no English word has."""
    if OTHER.search(text):
        yield from _in_other_scripts(text)
    if STRANGE.search(text):
        yield from _with_strange_letters(text)


def _in_other_scripts(text: str) -> Iterator[Finding]:
    words = [word for word in words_of(text) if OTHER.search(text, word.start, word.end)]
    for stretch in _runs(text, words, APART):
        runs = list(_runs(text, stretch, JOINED)) if len(stretch) <= NAME_WORDS else [stretch]
        for run in runs:
            if _says_something(text, run):
                label = "PERSON" if _may_be_a_name(text, run) else "SCRIPT"
                yield detail(label, run[0].start, run[-1].end, 0.9)


def _runs(text: str, words: Sequence[Word], gap: re.Pattern[str]) -> Iterator[list[Word]]:
    """The words, one at least, in runs between which nothing but a gap stands."""
    run: list[Word] = []
    for word in words:
        if run and not gap.fullmatch(text, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    yield run


def _says_something(text: str, run: Sequence[Word]) -> bool:
    """Not "π", "5 μg", "¯\\_(ツ)_/¯"; but a word in which one letter is put for a Latin one that looks like it."""
    written = text[run[0].start : run[-1].end]
    letters = OTHER.findall(written)
    mixed = re.search(r"[A-Za-z]", written) is not None and not GREEK.search(written)
    return len(letters) > 1 or mixed


def _may_be_a_name(text: str, run: Sequence[Word]) -> bool:
    written = text[run[0].start : run[-1].end]
    unspaced = UNSPACED.search(written) is not None
    cased = written.lower() != written.upper()
    return (
        len(run) <= NAME_WORDS
        and all(word.end - word.start <= NAME_SIGNS[unspaced] for word in run)
        and (not cased or any(word.capital for word in run))
    )


def _with_strange_letters(text: str) -> Iterator[Finding]:
    words, kept = words_of(text), Stretches(place.span for place in kept_places(text))
    at = 0
    while at < len(words):
        if not _strange(text, words[at], kept) or _opens_a_phrase(text, words[at : at + 2]):
            at += 1
            continue
        start, end = at, at + 1
        while start and _beside(text, words, start - 1) and _named(words[start - 1]):
            start -= 1
        while end < min(len(words), start + NAME_WORDS) and _beside(text, words, end - 1):
            if not _more(words[end], inside=end - start > 1):
                break
            end += 1
        yield detail("PERSON", words[start].start, words[end - 1].end, 0.9)
        at = end


def _strange(text: str, word: Word, kept: Stretches) -> bool:
    if not word.capital or word.plain in context("known_abroad") or kept.hold(word.start):
        return False
    letters = NOT_STRANGE.sub("", unicodedata.normalize("NFC", text[word.start : word.end]))
    return STRANGE.search(letters) is not None


def _opens_a_phrase(text: str, words: Sequence[Word]) -> bool:
    """ "Proszę państwa": a sentence of another language begins."""
    first, after = words[0], words[-1]
    return first.opens and after.shape == "lower" and STRANGE.search(text, after.start, after.end) is not None


def _named(word: Word) -> bool:
    return word.capital and (word.plain in listed_names() or not _plain(word))


def _plain(word: Word) -> bool:
    return word.plain in ordinary_words() or word.plain in context("never")


def _more(word: Word, *, inside: bool) -> bool:
    """Whether a name goes on with a word; after two of it, with one that is short, too: "Nguyễn Văn An"."""
    plain = word.plain in context("never") and not (inside and word.end - word.start > 1)
    return word.capital and not plain and word.plain not in places()


def _beside(text: str, words: Sequence[Word], i: int) -> bool:
    return text[words[i].end : words[i + 1].start] in {" ", "-", "\u00a0"}
