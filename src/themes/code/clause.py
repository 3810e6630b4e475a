"""The clause that a word stands in, as far as a denial carries in it: "I was never late | but still got sanctioned".

A clause is the list of its words. In front of them stands what cuts them off from what is said before: "" for a mark,
or a word, since "if", "but" and "I want" say different things of what follows.
"""

from collections.abc import Sequence

from themes.code.wording import Word

# What denies, in English and in Scots, as words are compared: without apostrophes.
CANNOT = frozenset("cannot cant couldnt cannae canna couldnae couldna".split())
_IS_NOT = frozenset(
    "isnt arent wasnt werent aint amnt wornt wisnae wasnae werenae isnae wisna wasna werena isna".split()
)
_DOES_NOT = frozenset(
    """dont didnt doesnt wont wouldnt havent hasnt hadnt neednt shant didnae dinnae disnae wouldnae widnae winnae
    hasnae havenae hivnae hadnae didna dinna doesna wouldna winna hasna havena hadna""".split()
)
CONTRACTED = CANNOT | _IS_NOT | _DOES_NOT
_NO_ONE = frozenset("no nobody none neither naebody nane".split())
NONE = _NO_ONE | frozenset("never nothing nor nowt nae nivver niver neer neva".split())
DENIALS = CONTRACTED | NONE | frozenset("not without hardly barely".split())

_CLAUSE_WORDS = frozenset("but because so although though however when if then while which who".split())
_NOT_DENYING = frozenset(
    """only just want wants wanted afford believe believed understand understood know knew like care deserve think
    shouldnt mustnt wait help cope bear stand face risk sure surprised allowed fair right acceptable tell told mention
    enough until till unless before so such as more worse
    stop stopped stops fail failed fails miss missed spared avoid avoided avoiding""".split()
)
"""What follows these is not what is denied: "I don't want | to be sanctioned", "I'm not sure | why"."""
_AFTERWARDS = frozenset("since after during despite following".split())
"""Soon after these comes what is so: "I had nothing left | after the sanction"."""
_SUBJECTS = frozenset(
    "i they he she we im ive id youre youve youd youll hes hed shes theyre theyve theyd theyll weve wed".split()
)
"""With these another clause begins, as a rule: "by week two without sleep | I was ill"."""
SUBJECTS_AFTER_AND = _SUBJECTS | frozenset("you it its ah youse ye".split())
_GOING_ON = DENIALS | frozenset(
    """am are be been can could did do does did had has have is may might must shall should was were will would and or
    that one if say said saying think thought claim pretend feel felt find found""".split()
)
"""Behind these they do not: "not once did they …", "nobody said they …"."""
_VERBS = frozenset(
    """was were am is are got had has have been being getting still then ended went lost felt became began made took
    sent told left gave broke fell did makes put puts gives drove set sets""".split()
)
"""What is told besides begins with these: "I wasn't well and | was made to go", "without sleep it | made me ill"."""
_SUFFERED = _IS_NOT | frozenset("be been being was were".split())
"""What is told with these was done to somebody: "I wasn't cut off and sanctioned"."""
UNTIL = frozenset("until till unless except".split())
_LONGEST = 60
"""Words of a clause that are looked at before and after: of a text without full stops it has no end."""
REACH = 6
"""A denial carries this many words on, within its clause; one that the clause begins with ("Nobody …"), to its end."""


def clause_up_to(words: Sequence[Word], last: int) -> list[str]:
    """The clause of the word at `last`, which is its last one, with what cuts it off in front.

    >>> from themes.code.wording import words_of
    >>> words = words_of("Well, I was never late but still got sanctioned")
    >>> clause_up_to(words, 4), clause_up_to(words, 8)
    (['', 'i', 'was', 'never', 'late'], ['but', 'still', 'got', 'sanctioned'])
    """
    first = last
    if last and words[last - 1].text in {"no", "not"}:
        first -= 1  # a pause does not part them: "I was not … sanctioned"
    while first > max(0, last - _LONGEST) and not words[first].opens:
        first -= 1
    clause = ["", *map(_plain, words[first : last + 1])]
    cut = next((at for at in range(len(clause) - 2, 0, -1) if _is_cut_off_at(clause, at)), 0)
    return clause[cut:]


def clause_after(words: Sequence[Word], last: int) -> list[str]:
    """The words of the clause behind the one at `last`; "until" and its like go on with it after a mark."""
    after = []
    for word in words[last + 1 : last + _LONGEST]:
        if word.text in _CLAUSE_WORDS or (word.opens and word.text not in UNTIL):
            break
        after.append(word.text)
    return after


def opens_clause(clause: Sequence[str], at: int) -> bool:
    """Whether a clause of its own begins with this word, or with "at" or "in" and it: "At no point …"."""
    return (clause[0] == "" or clause[0] in _CLAUSE_WORDS) and clause[1:at] in ([], ["at"], ["in"])


def _plain(word: Word) -> str:
    """A word without its apostrophe: "i'd" as "id", but "we're" as "we", without which it would be another word."""
    subject, _, ending = word.text.partition("'")
    return subject + ending if ending in {"", "d"} else subject


def _is_cut_off_at(clause: Sequence[str], at: int) -> bool:
    """Whether no denial before this word carries over it, to the last word of the clause."""
    before, word, after = clause[at - 1 : at + 2]
    ahead = len(clause) - 1 - at
    if (word == "so" and after == "much") or (word == "as" and before == "much"):
        return False  # "never so much as mentioned"
    if word == "like" and before.startswith(("nothing", "feel", "felt", "look", "seem", "sound", "treat")):
        return ahead > REACH  # "never made to feel like a scrounger"
    if word in {"know", "knew"} and before == "i":
        return False  # "nobody I know was sanctioned"
    if word in _CLAUSE_WORDS or (word in _NOT_DENYING and after not in CANNOT):  # "I just can't"
        return True
    if word in {"and", "or"}:
        return after in SUBJECTS_AFTER_AND or (word == "and" and _adds_a_deed(clause[:at], after))
    if word in _AFTERWARDS:
        return before not in DENIALS and ahead <= 4  # unlike "nobody after me was sanctioned"
    if not before or before in _GOING_ON:
        return False
    return word in _SUBJECTS or (word in {"it", "its"} and after in _VERBS)


def _adds_a_deed(before: Sequence[str], verb: str) -> bool:
    """Whether what is told behind "and" was done all the same: "they wouldn't listen and | sanctioned me".

    It is denied, too, of "nobody", and where both were suffered, or rather not: "I wasn't shouted at and sanctioned".
    """
    if not _NO_ONE.isdisjoint(before):
        return False
    suffered = any(word in _SUFFERED or word.endswith("ed") for word in before)
    return verb in _VERBS or (verb.endswith("ed") and not suffered)
