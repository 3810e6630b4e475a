"""Whether a word is denied by the words of its clause, and whether that denies a harm.

"I was never sanctioned" does. "I never got over the sanction" and "I can't live on nothing" deny something else.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from themes.code.clause import (
    CANNOT,
    CONTRACTED,
    DENIALS,
    NONE,
    REACH,
    SUBJECTS_AFTER_AND,
    UNTIL,
    clause_after,
    clause_up_to,
    opens_clause,
)
from themes.code.wording import Word


def is_denial(word: str) -> bool:
    """Whether a word, as it is compared, denies what follows it."""
    return word in DENIALS


def is_denied(words: Sequence[Word], start: int) -> bool:
    """Whether the words before `start`, in the same clause, deny what begins there.

    >>> from themes.code.wording import words_of
    >>> is_denied(words_of("I have never been sanctioned"), 4)
    True
    >>> is_denied(words_of("I do not want to be sanctioned"), 6)
    False
    >>> is_denied(words_of("Nobody on my side of the caseload has had a payment stopped"), 10)
    True
    >>> is_denied(words_of("I was never sanctioned until the new adviser"), 3)
    False
    """
    clause = clause_up_to(words, start)
    return _denial_in(clause) is not None and not _is_taken_back(clause, clause_after(words, start))


def is_harm_denied(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a harm, named from `start` up to `end`, is denied before that or within it: "money never stopped".

    Not where its denial says that somebody minds it, cannot do without or do it, or was not told: then it is so.

    >>> from themes.code.wording import words_of
    >>> is_harm_denied(words_of("I was not sanctioned"), 3, 4), is_harm_denied(words_of("I never got over it"), 4, 5)
    (True, False)
    """
    if words[start].text == "another":  # "I don't need another CV workshop"
        return False
    if any(word.text in CONTRACTED or word.text in {"not", "never"} for word in words[start + 1 : end - 1]):
        start = end - 1
    clause = _from_what_is_told(clause_up_to(words, start))
    denial = _denial_in(clause)
    if denial is None or _is_told_all_the_same(clause, denial):
        return False
    after = clause_after(words, start)  # "they never sanctioned me again"
    return not ("again" in after or _is_taken_back(clause, after) or _was_so_after_all(words, start))


_TAKING_BACK = SUBJECTS_AFTER_AND | {"with", "say", "that"}
"""Between two denials, these say that the one is denied by the other: "I can't say they never did"."""


def _denial_in(clause: Sequence[str]) -> int | None:
    """Where the denial stands that is nearest to the last word of a clause; `None` if that is not denied.

    Two denials take each other back: "I never go there without being sanctioned".
    """
    *before, _ = clause
    if not {"should", "must", "ought"}.isdisjoint(before):  # "nobody should be sanctioned"
        return None
    # "I couldn't get to the end of a week on it without being sanctioned"
    reach = 0 if "without" in before[-REACH:] else len(before) - REACH
    denials = [
        at
        for at in range(len(before) - 1, 0, -1)
        if (clause[at] in DENIALS or (clause[at - 1], clause[at]) in {("yet", "to"), ("far", "from")})
        and (at >= reach or opens_clause(clause, at))
    ]
    again = sum(_is_said_again(clause, first, second) for second, first in pairwise(denials))
    return denials[0] if (len(denials) - again) % 2 else None


def _is_said_again(clause: Sequence[str], first: int, second: int) -> bool:
    """Whether a second denial repeats the first: "I ain't never been", "neither I nor my wife was"."""
    if clause[second] == "nor":
        return True
    if clause[second] not in NONE or not _TAKING_BACK.isdisjoint(clause[first:second]):
        return False
    return clause[first] != "no" or clause[second - 1] in {"and", "or"}  # unlike "no signature no payment"


_HAD = frozenset("never had hadnt hadnae hadna id youd hed shed wed theyd".split())
"""With these, "before" tells of what came: "I had never been ill before the letter", but not "before Christmas"."""


def _is_taken_back(clause: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what follows in the clause says when it was so after all: "I was never sanctioned until that day"."""
    return (
        "without" in after
        or not UNTIL.isdisjoint(after)
        or ("as" in after and "never" in clause)  # "never was I sanctioned as I was there"
        or ("before" in after[:-1] and not _HAD.isdisjoint(clause))
    )


_TAKING_AS_TOLD = frozenset(
    """admit admits admitted accept accepts accepted deny denying hide hid hiding doubt secret wonder mind cared
    notice noticed realise realised realize realized recognise recognised acknowledge acknowledged forget forgot
    forgotten forgive forgave forgiven hesitate recover recovered explain explained warn warned telt reason excuse
    wish survive survived happy pleased glad appreciate approve agree first last other another again long short except
    besides than cares caring sense ashamed afraid apologise apologised apology sorry lift lifted overturn
    overturned reverse reversed appeal every everyone everybody always""".split()
)
"""What follows these is so, whatever is denied of it: "they never explained the sanction", "not my first sanction"."""
_TELLING_PAIRS = frozenset(
    {("get", "over"), ("got", "over"), ("getting", "over"), ("see", "that")}
    | {("about", word) for word in ("the", "that", "this", "my")}
)


def _from_what_is_told(clause: list[str]) -> list[str]:
    """A clause from the last word on that takes what follows as told, or as it is: "never | explained the sanction"."""
    told = [at for at, pair in enumerate(pairwise(clause)) if pair[0] in _TAKING_AS_TOLD or pair in _TELLING_PAIRS]
    return clause[told[-1] :] if told else clause


def _is_told_all_the_same(clause: Sequence[str], denial: int) -> bool:
    """Whether a harm, the last word of a clause, is told as so although a denial reaches it."""
    return (
        clause[0] == "if"  # "if you don't sign you get sanctioned"
        or _asks(clause, denial)
        or _says_which(clause, denial)
        or _is_of_not_doing(clause, denial)
        or _is_of_not_being_able(clause, denial)
    )


_LEFT_ALONE = frozenset("did do does was were is are am have has had".split())


def _asks(clause: Sequence[str], at: int) -> bool:
    """Whether a denial asks for a yes, or says it was so: "Didn't they sanction me?", "Had I not been forced …"."""
    match clause[: at + 2]:
        case ["", verb, subject, "not", _]:
            return verb in _LEFT_ALONE and subject in SUBJECTS_AFTER_AND
        case [*_, verb, subject]:
            return verb in CONTRACTED and subject in SUBJECTS_AFTER_AND
    return False


def _says_which(clause: Sequence[str], at: int) -> bool:
    """Whether only who did it, or how, is denied: "It wasn't the work that made me ill", "it's not that they did"."""
    before, word, after = clause[at - 1 : at + 2]
    between = clause[at + 1 : -1]
    if word == "not":
        of_it = before in {"its", "is", "was", "thats"}
    else:
        of_it = word in {"isnt", "wasnt"} and (before == "it" or after == "that")
    # Unlike "it's not that bad", "it's not true that they did" and "it's not that they ever did".
    which = "that" in between and len(between) > 1 and {"true", "case", "so", "ever"}.isdisjoint(between)
    return of_it and which


def _is_of_not_doing(clause: Sequence[str], at: int) -> bool:
    """Whether what was not done brought the harm, or would not have kept it off: "Not signing …", "like it or not"."""
    before, word, after = clause[at - 1 : at + 2]
    doing = after.endswith("ing") and after not in {"being", "having", "getting"} and at + 2 < len(clause)
    not_doing = doing and (before in {"for", "about", "of", "by"} or opens_clause(clause, at))
    return word == "not" and (before == "or" or not_doing)


_CANNOT_SAY = frozenset("say be complain fault remember recall imagine see".split())
"""After "I can't", these go on denying: "I can't say I was sanctioned"."""


def _is_of_not_being_able(clause: Sequence[str], at: int) -> bool:
    """Whether somebody tells what they cannot do: "I still can't live on a sanctioned claim"."""
    cannot = clause[at] in CANNOT or (clause[at] == "not" and clause[at - 1] in {"can", "could"})
    own = not {"i", "we", "ah"}.isdisjoint(clause[max(0, at - 2) : at]) or opens_clause(clause, at)
    return cannot and own and clause[at + 1] not in _CANNOT_SAY


_BUT = frozenset("but then though yet".split())
_AFTER_ECHO = frozenset("in at on when later anyway".split())
_NO_ECHO = DENIALS | frozenset("how what as all like so who where why".split())
"""With one of these a verb is not left alone: "but I know how it was", "but nobody was"."""


def _was_so_after_all(words: Sequence[Word], start: int) -> bool:
    """Whether a verb left alone says that it was so after all: "They said they wouldn't, but they did."."""
    # "but" within a dozen words, then up to four words and the verb: more are a story of their own.
    near = range(start + 1, min(start + 13, len(words)))
    but = next((at for at in near if words[at].text in _BUT), len(words))
    ahead = takewhile(lambda word: not word.opens and word.text not in _AFTER_ECHO, words[but + 1 : but + 7])
    answer = [word.text for word in ahead]
    return 2 <= len(answer) <= 5 and answer[-1] in _LEFT_ALONE and _NO_ECHO.isdisjoint(answer)
