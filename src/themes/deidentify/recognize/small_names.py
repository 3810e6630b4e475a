"""Names that are everyday words, in small letters: "thanks grace", "as hope says", "hope, you are right".

Asked only about words that somebody in the thread, or on the corpus's list, is called by: less is needed to tell that
they are meant than where nobody is known to be called so.
"""

import re
from collections.abc import Sequence

from themes.deidentify.wording.lexicon import any_of, context
from themes.deidentify.wording.roles import KIN, ROLES
from themes.deidentify.wording.words import Word

KISSES = re.compile(r" x+\b", re.IGNORECASE)
AT_WORK = re.compile(
    rf",? (?:from|at|in|on) (?:the |my |our )?{any_of('workplaces')}\b"
    rf"|,? (?:who )?(?:is|was) (?:my|our|his|her|their) (?:\w+ ){{0,2}}{any_of('staff_and_friends')}\b",
    re.IGNORECASE,
)


def said_as_a_name(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether the words around an everyday word in small letters say that it is somebody's name.

    Args:
        text: What the words are of.
        words: All its words.
        i: The word's place among them.
    """
    word = words[i]
    before = "" if word.opens or i == 0 else words[i - 1].plain
    gap = text[words[i - 1].end : word.start] if i else ""
    after = words[i + 1].plain if text[word.end : word.end + 1] == " " and i + 1 < len(words) else ""
    ends = not after or words[i + 1].opens or KISSES.match(text, word.end) is not None
    if before in context("loud_titles") and gap in {" ", ". "}:
        return True
    if word.plain in context("auxiliaries"):
        return False
    if (
        word.opens
        and text.startswith(", ", word.end)
        and i + 1 < len(words)
        and words[i + 1].plain in context("to_you")
    ):
        return True
    said_of = not before or gap.strip(" ") != "" or before in context("joins")
    if said_of and (after in context("only_people_do") or AT_WORK.match(text, word.end)):
        return True
    if text.startswith(("'s ", "’s "), word.end) and i + 1 < len(words):
        return words[i + 1].plain in context("person_words") | ROLES | KIN | context("posts")
    if gap == " " and (before in ROLES | KIN) and (ends or after in context("only_people_do")):
        return True
    return ends and (_spoken_to(text, words, i) or (gap == " " and _spoken_of(words, i)))


def _spoken_to(text: str, words: Sequence[Word], i: int) -> bool:
    """ "thanks grace", "thank you so much, grace", "good luck grace"."""
    at = i - 1
    if at < 0 or text[words[at].end : words[i].start] not in {" ", ", "}:
        return False
    if words[at].plain in context("parting"):
        return True
    while at > max(0, i - 5) and words[at].plain in context("after_greetings"):
        at -= 1
    return words[at].plain in context("greetings") and "\n" not in text[words[at].end : words[i].start]


def _spoken_of(words: Sequence[Word], i: int) -> bool:
    """ "spoke to grace", "told grace", "a comment by grace"."""
    before, far = words[i - 1].plain, words[i - 2].plain if i > 1 else ""
    return (
        (before in context("addressed") and before != "with")
        or (before == "with" and far in context("speaking") | context("before_with"))
        or (before == "to" and far in context("speaking") | context("answering"))
        or (before in {"by", "from"} and far in context("posts"))
    )
