"""Whether a text, or a paragraph of it, is in another language than English, in which every name could pass.

Nothing says which language it is: English that people write, in dialect and misspelt too, is full of small words that
other languages lack, and of words that any English vocabulary has. A paragraph of a dozen words in small letters with
hardly any of the first and fewer than half of the second is not English. Fewer words tell too little: what is found in
them is masked, and they pass.
"""

import re

from themes.deidentify.replace.surrogate_form import surrogate_pattern
from themes.deidentify.wording.lexicon import listed_names, ordinary_words, places

REASON = (
    "A paragraph of this text is in a language for which there are no recognisers: names would pass. Only English is "
    "read so far. Translate it, or take it out; if it is English, report this."
)
FEWEST_WORDS = 12
MOST_ENGLISH = 1 / 15
"""Of the words of a paragraph in another language: chance has some of these words there, too."""
LEAST_UNKNOWN = 0.5
FEWEST_SHORT = 0.15
"""Of the words of running text in any language that have three letters or fewer. A list of conditions, feelings or
medicines has hardly one, and is no language of its own."""
_SMALL_WORDS = """
the and that with they this have not you from but which were when there their would she her his been what if about
because could them get got just said after out up how your can it its be did do for my had has who than then where some
any only never now back want dont don't didn't can't i'm im it's wasn't told went will work job money help ur wot coz
cos cuz woz wen dey dat dis dem wiv lol omg tbh idk jcp dwp esa jsa pip wca an tae wis nae ma ae wi ken fae tha thy
yer"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
"""Words that hardly an English paragraph does without, in dialect and in messages too, and other languages with Latin
letters do not have or seldom."""
PARAGRAPH = re.compile(r"\n\s*\n")
WORD = re.compile(r"(?<![^\s(\"'“‘\-–—/])[^\W\d_]{2,}(?:['’][^\W\d_]+)?(?![\w@#/])")
"""In small letters: capitals are names, in a list of them too, and shouting is English to the rest of the program."""
WIRE = re.compile(r"\S*[@#/]\S*|https?:\S+")


def in_another_language(text: str) -> bool:
    """Whether a paragraph of a text is not in English, as far as a dozen words can tell.

    >>> in_another_language("Ha detto che devo cercare lavoro ogni giorno, altrimenti mi tolgono tutto il denaro")
    True
    >>> in_another_language("Jean said c'est la vie, mon ami, and that was all the help I got from them, honest")
    False
    """
    return any(_is_foreign(paragraph) for paragraph in PARAGRAPH.split(text))


def _is_foreign(paragraph: str) -> bool:
    small = [word for word in WORD.findall(paragraph) if word.islower()]
    most = MOST_ENGLISH * len(small)
    if len(small) < FEWEST_WORDS or sum(word.replace("’", "'") in SMALL_WORDS for word in small) > most:
        return False
    bare = surrogate_pattern().sub(" ", WIRE.sub(" ", paragraph))
    small = [word for word in WORD.findall(bare) if word.islower()]
    unknown = [word for word in small if not (word in ordinary_words() or word in listed_names() or word in places())]
    short = sum(len(word) <= 3 for word in small)
    is_running_text = len(small) >= FEWEST_WORDS and short >= FEWEST_SHORT * len(small)
    return is_running_text and len(unknown) >= LEAST_UNKNOWN * len(small)
