"""Whether a word is denied by the words of its clause, and whether that denies a harm.

"I was never sanctioned" does. "I never got over the sanction" and "I can't live on nothing" deny something else.
"""

from collections.abc import Sequence

from themes.code.wording import Word

_CANNOT = frozenset("cannot cant couldnt cannae canna couldnae couldna".split())
_CONTRACTED = _CANNOT | frozenset(
    """dont didnt doesnt wont wouldnt isnt arent wasnt werent havent hasnt hadnt aint neednt shant amnt wornt
    didnae dinnae disnae wouldnae widnae winnae wisnae wasnae werenae isnae hasnae havenae hivnae hadnae
    didna dinna doesna wouldna winna wisna wasna werena isna hasna havena hadna""".split()
)
_BEFORE_INFINITIVES = _CANNOT | frozenset(
    """dont didnt doesnt wont wouldnt shant didnae dinnae disnae wouldnae widnae winnae didna dinna doesna
    wouldna winna""".split()
)
_OF_VERBS = _CONTRACTED | {"not", "never"}
_CANNOT_SAY = frozenset("say be complain fault remember recall imagine see".split())
"""After "I can't", these go on denying: "I can't say I was sanctioned"."""
_NO_ONE = frozenset("nobody none neither naebody nane".split())
_NONE = _NO_ONE | frozenset("no never nothing nor nowt nae nivver niver neer neva".split())
_ONE_CLAUSE = frozenset("with that say i they he she we you it true".split())
"""Not between the two halves of a denial said twice: "I can't say they never …" takes itself back."""
_DENIALS = _CONTRACTED | _NONE | frozenset("not without hardly barely".split())
# "not only forced", "I don't want to be sanctioned", "nobody should be forced", "not sure why": no denial of the thing.
_NOT_DENYING = frozenset(
    """only just want wants wanted afford believe believed understand understood know knew like care deserve think
    shouldnt mustnt wait help cope bear stand face risk sure surprised allowed fair right acceptable tell told mention
    enough until till unless before so such as more worse
    stop stopped stops fail failed fails miss missed spared avoid avoided avoiding""".split()
)
# "They never explained the sanction", "no doubt it made me ill", "I was not happy to be forced", "not my first
# sanction": what is told after these is so, whatever is denied of it.
_TAKING_AS_TOLD = frozenset(
    """admit admits admitted accept accepts accepted deny denying hide hid hiding doubt secret wonder mind cared
    notice noticed realise realised realize realized recognise recognised acknowledge acknowledged forget forgot
    forgotten forgive forgave forgiven hesitate recover recovered explain explained warn warned telt reason excuse
    wish survive survived happy pleased glad appreciate approve agree first last other another again long short except
    besides than cares caring sense ashamed afraid apologise apologised apology sorry lift lifted overturn
    overturned reverse reversed appeal every everyone everybody always""".split()
)
_UNDOING = frozenset("without except until till unless".split())
"""What stands after it in the clause takes the denial back: "I was never sanctioned until that day"."""
_EVEN_AFTER_A_STOP = frozenset("except until till unless".split())
_HAD = frozenset("never had hadnt hadnae hadna id youd hed shed wed theyd".split())
_BUT = frozenset("but then though yet".split())
_LEFT_ALONE = frozenset("did do does was were is are am have has had".split())
_NO_ECHO = frozenset("how what as all like so who where why".split()) | _DENIALS
_ECHO_WITHIN = 12
"""Words from what is denied to the "but"."""
_AFTER_ECHO = frozenset("in at on when later anyway".split())
_ECHO = 4
"""So many words between "but" and the verb that takes a denial back: "they said they wouldn't, but they did"."""
_DENYING_PAIRS = frozenset({("yet", "to"), ("far", "from"), ("nothing", "like")})
_OUGHT = frozenset({"should", "must", "ought"})
_CLAUSE_WORDS = frozenset("but because so although though however when if then while which who".split())
_CONTRACTED_SUBJECTS = frozenset(
    "im ive id youre youve youd youll hes hed shes theyre theyve theyd theyll weve wed".split()
)
_SUBJECTS = _CONTRACTED_SUBJECTS | frozenset("i they he she we".split())
"""Another clause begins with these, as a rule: "I'd not agreed to it and I started cutting myself"."""
_SUBJECTS_AFTER_AND = _SUBJECTS | frozenset("you it its ah youse ye".split())
_AFTER_WHICH_THEY_GO_ON = frozenset(
    """am are be been can could did do does had has have is may might must shall should was were will would and or that
    one nobody none no say said saying think thought claim pretend feel felt find found""".split()
)
"""Before a subject that begins no clause of its own: "not once did they …", "nobody I met …"."""
_AFTER_IT = frozenset("was is has had did made makes put puts gave gives left sent drove set sets".split())
_AFTER_ITS = frozenset("about all how just only the a an been not".split())
_VERBS_AFTER_AND = frozenset(
    """was were am is are got had has have been being getting still then ended went lost felt became began made took
    sent told left gave broke fell""".split()
)
"""What is done besides, by the same one: "I'm not well and was made to go"."""
_AFTERWARDS = frozenset("since after during despite following".split())
_LIKE_WHAT = frozenset(
    "feel feels felt feeling look looks looked seem seems seemed sound sounded treated treat".split()
)
_FINITE = frozenset("was were is are been has have had got did felt".split())
_LONGEST = 60
"""Words of a clause that are looked at before and after: of a text without full stops it has no end."""
_REACH = 6
"""A denial carries this many words on, within its clause; one that the clause begins with ("Nobody …"), to its end."""


def is_denial(word: str) -> bool:
    """Whether a word, as it is compared, denies what follows it."""
    return word in _DENIALS


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
    return _is_denied(words, start, of_harm=False)


def is_harm_denied(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a harm, named from `start` up to `end`, is denied before that or within it: "money never stopped".

    Not where its denial says that somebody minds it, cannot do without or do it, or was not told: then it is so.

    >>> from themes.code.wording import words_of
    >>> is_harm_denied(words_of("I was not sanctioned"), 3, 4), is_harm_denied(words_of("I never got over it"), 4, 5)
    (True, False)
    """
    if words[start].text == "another":  # "I don't need another CV workshop"
        return False
    denied_within = any(word.text in _OF_VERBS for word in words[start + 1 : end - 1])
    return _is_denied(words, end - 1 if denied_within else start, of_harm=True)


def _plain(word: Word) -> str:
    """A word without its apostrophe: "i'd" as "id", but "we're" as "we", without which it would be another word."""
    subject, _, ending = word.text.partition("'")
    return subject + ending if ending in {"", "d"} else subject


def _is_denied(words: Sequence[Word], start: int, *, of_harm: bool) -> bool:
    first = max(0, start - _LONGEST)
    near = words[first : start + _LONGEST]
    plain = [_plain(word) for word in near]
    at = start - first
    if _taken_back(plain, near, at, of_harm) or (of_harm and _echoed(plain, near, at)):
        return False
    return _denials_before(plain, near, at, of_harm) % 2 == 1


def _taken_back(plain: Sequence[str], words: Sequence[Word], start: int, of_harm: bool) -> bool:
    """Whether what follows in the clause undoes a denial before it."""
    before = set(plain[max(0, start - _REACH) : start])
    for at in range(start + 1, len(plain)):
        if words[at].opens:
            return plain[at] in _EVEN_AFTER_A_STOP
        if plain[at] in _CLAUSE_WORDS:
            return False
        if plain[at] in _UNDOING or ("never" in before and plain[at] == "as") or (of_harm and plain[at] == "again"):
            return True
        if plain[at] == "before" and at + 1 < len(plain) and not words[at + 1].opens and before & _HAD:
            return True  # "I had never been suicidal before the letter came"
    return False


def _echoed(plain: Sequence[str], words: Sequence[Word], start: int) -> bool:
    """Whether a verb left alone says that it was so after all: "They said they wouldn't, but they did."."""
    for at in range(start + 1, min(start + 1 + _ECHO_WITHIN, len(plain))):
        if plain[at] in _BUT:
            for verb in range(at + 1, min(at + 2 + _ECHO, len(plain))):
                if words[verb].opens or plain[verb] in _NO_ECHO:
                    return False
                ends = verb + 1 == len(plain) or words[verb + 1].opens or plain[verb + 1] in _AFTER_ECHO
                if ends:
                    return verb > at + 1 and plain[verb] in _LEFT_ALONE
            return False
    return False


def _denials_before(plain: Sequence[str], words: Sequence[Word], start: int, of_harm: bool) -> int:
    """How many words deny what begins at `start`: two take each other back."""
    denials, reach, last, joined = 0, start - _REACH, start, ""
    for at in range(start - 1, -1, -1):
        word, before = plain[at], plain[at - 1] if at else ""
        # "should not be sanctioned", "if you don't sign you get sanctioned"
        if word in _OUGHT or (of_harm and (word == "if" or (before == "if" and word in _SUBJECTS))):
            return 0
        if _is_cut_off(plain, words, at, start, of_harm):
            break
        if (before, word) in _DENYING_PAIRS and at >= reach:
            denials += before != "nothing"  # which counts by itself
            continue
        if word == "and" and (plain[at + 1] in _VERBS_AFTER_AND or plain[at + 1].endswith("ed")):
            joined = joined or plain[at + 1]
        begins = words[at].opens or not at or before in _CLAUSE_WORDS or plain[:at] in (["at"], ["in"])
        if word not in _DENIALS or not (begins or at >= reach):
            continue
        if (at + 1 < start and words[at + 1].opens) or (joined and not _carries_over(plain, at, joined, begins)):
            break  # "No, they stopped my money"
        if of_harm and (_asks(plain, words, at, begins) or (not denials and _is_of_else(plain, at, start, begins))):
            break
        denials += not (denials and _says_it_again(plain, at, last))
        last = at
        if before in {"and", "or"}:  # "no pressure and no sanctions": each denies its own
            joined = "has"
        if word == "without":
            reach = 0  # "I couldn't get to the end of it without a sneer"
    return denials


def _is_cut_off(plain: Sequence[str], words: Sequence[Word], at: int, start: int, of_harm: bool) -> bool:
    """Whether no denial from here on backwards reaches what begins at `start`."""
    if words[at + 1].opens and plain[at] not in {"no", "not"}:
        return True
    if at >= max(1, start - _REACH) and (plain[at - 1], plain[at]) in _DENYING_PAIRS:
        return False
    return _ends_a_clause(plain, words, at, start) or (of_harm and _is_taken_as_told(plain, at, start))


def _says_it_again(plain: Sequence[str], at: int, last: int) -> bool:
    """Whether a denial is said twice, and not taken back: "I ain't never been", "neither I nor my wife was"."""
    joined = plain[last - 1] in {"and", "or"}
    alike = plain[last] in _NONE and (plain[at] != "no" or joined)
    both = plain[at] == "neither" and plain[last] == "nor"
    return both or (alike and _ONE_CLAUSE.isdisjoint(plain[at:last]))


def _ends_a_clause(plain: Sequence[str], words: Sequence[Word], at: int, start: int) -> bool:
    """Whether another clause than the one before begins with this word or the next, or what it denies is something
    else."""
    word, before, after = plain[at], plain[at - 1] if at else "", plain[at + 1]
    if (word == "so" and after == "much") or (word == "as" and before == "much"):
        return False  # "never so much as mentioned"
    if word == "like" and before in _LIKE_WHAT:
        return False  # "never made to feel like a scrounger"
    if word in {"know", "knew", "met"} and before == "i" and at > 1 and plain[at - 2] in _NO_ONE | {"one"}:
        return False  # "nobody I know was sanctioned"
    if word in _CLAUSE_WORDS or word in _NOT_DENYING or (word in {"and", "or"} and after in _SUBJECTS_AFTER_AND):
        return True
    # "nothing left after the sanction", but not "nobody after me was sanctioned" or "she wasn't after the bonus"
    if word in _AFTERWARDS and before not in _DENIALS | _FINITE:
        return after in _SUBJECTS or (start <= at + 4 and _FINITE.isdisjoint(plain[at + 1 : start]))
    goes_on = words[at].opens or not at or before in _AFTER_WHICH_THEY_GO_ON or before in _DENIALS
    if goes_on:
        return False
    return word in _SUBJECTS or (word == "it" and after in _AFTER_IT) or (word == "its" and after in _AFTER_ITS)


def _is_taken_as_told(plain: Sequence[str], at: int, start: int) -> bool:
    """Whether what follows a word is told as so: "got over the …", "don't see that …", "no letter about the …"."""
    word, before, after = plain[at], plain[at - 1] if at else "", plain[at + 1]
    about_it = word == "about" and after in {"the", "that", "this", "my"} and _FINITE.isdisjoint(plain[at + 1 : start])
    got_over = word == "over" and before in {"get", "got", "getting"}
    if word == "another" and before == "yet":
        return False
    that = word == "that" and (before == "see" or _splits(plain, at))
    return word in _TAKING_AS_TOLD or about_it or got_over or that


def _splits(plain: Sequence[str], that: int) -> bool:
    """Whether it is only said who did it: "It wasn't the work that made me ill", and not "it's not true that …"."""
    for at in range(max(1, that - _REACH), that - 1):
        denies = plain[at] in {"isnt", "wasnt"} or (plain[at] == "not" and plain[at - 1] in {"its", "is", "was"})
        if denies and plain[at - 1] in {"it", "its", "is", "was"}:
            return {"true", "case", "so"}.isdisjoint(plain[at:that])
    return False


def _carries_over(plain: Sequence[str], at: int, joined: str, begins: bool) -> bool:
    """Whether a denial goes on behind "and", where no other subject stands: "Nobody was asked and was forced"."""
    if plain[at] in _NO_ONE or (plain[at] == "no" and begins):
        return True
    if joined in _VERBS_AFTER_AND:
        return False
    # "They wouldn't listen and sanctioned me", but "I wasn't shouted at and sanctioned".
    verb = f"{plain[at - 1]}nt" if plain[at] == "not" else plain[at]
    return verb not in _BEFORE_INFINITIVES or plain[at + 1] == "feel" or plain[at + 2].endswith("ed")


def _asks(plain: Sequence[str], words: Sequence[Word], at: int, begins: bool) -> bool:
    """Whether a denial asks for a yes, or says it was so: "Didn't they sanction me?", "Had I not been forced …"."""
    word, before, after = plain[at], plain[at - 1] if at else "", plain[at + 1]
    if word in _CONTRACTED and after in _SUBJECTS_AFTER_AND:
        return (begins or before in {"why", "how"}) and not words[at + 1].opens
    asked = word == "not" and before in _SUBJECTS_AFTER_AND and at >= 2 and plain[at - 2] in _LEFT_ALONE
    return asked and (at == 2 or words[at - 2].opens)


def _is_of_else(plain: Sequence[str], at: int, start: int, begins: bool) -> bool:
    """Whether a denial is of nothing that does harm: of what somebody can or did do, or of how it was."""
    word, before, after = plain[at], plain[at - 1] if at else "", plain[at + 1]
    if after == "that" and at + 2 < start:  # "it's not that they stopped it, it's how"; "not that I ever was" denies
        return "ever" not in plain[at:start] and (before in {"its", "is", "was", "thats"} or word in {"isnt", "wasnt"})
    if word == "not":
        if before == "or":
            return True  # "like it or not"
        if after.endswith("ing") and after not in {"being", "having", "getting"} and at + 1 < start:
            return begins or before in {"for", "about", "of", "by"}  # "Not signing meant a sanction"
    cannot = word in _CANNOT or (word == "not" and before in {"can", "could"})
    subject = plain[at - 2] if before in {"can", "could", "just", "still", "really"} and at > 1 else before
    return cannot and after not in _CANNOT_SAY and (subject in {"i", "we", "ah"} or (begins and word != "not"))
