"""Words that tell a theme from the others, and a plain name made of them.

Two rules protect people: what stands in square brackets ("[adviser K7]") is a surrogate and no word, and a word is
shown only if at least three cases use it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log

from themes.records.segment import Segment

FEWEST_CASES = 3
_TELLING = 1.2
"""How many times as often as in all texts a word must be used in a theme. Low, for a theme of half of all texts."""
_SURROGATE = re.compile(r"\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = "|"
_CONTRACTIONS = (
    "don't didn't doesn't isn't aren't wasn't weren't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't "
    "mustn't ain't i'm i've i'd you're you've you'd he's she's they're they've they'd we're we've that's there's "
    "what's who's it's let's"
)
"""Left out with the apostrophe or without."""
_TALK = (
    "don didn doesn isn wasn really just like got get getting gets did does doing going gonna went come came said say "
    "says saying tell tells told know knew think thought want wanted make makes made thing things something anything "
    "everything nothing lot lots bit way ways yes yeah okay actually maybe actual quite ever even still nobody "
    "somebody everybody anybody time times day days week weeks month months year years"
)
"""Words of the web and of talk that scikit-learn's list lacks."""
_TITLES = "mr mrs ms miss dr sir madam"
_WEAK = frozenset(
    """arrived ask asked asking bring brought called change changed check come done end ended feel feeling feels felt
    find finding found gave give given gives giving goes happen happened half having help helped keep keeping kept
    lead leave leaving left let look looked looking lost need needed needing needs new old people person place put
    ran read run sat second send sending sent set sit sitting start started starting stay stayed stop stopped take
    taken takes taking took tried try trying turn turned use used using walk walked word words write wrote""".split()
)
"""Words that say little of what a text is about: in a name they come after all others."""
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ed", "er", "es", "ly", "s", "y")


def words_of(text: str) -> list[str]:
    """The content words of a text in lower case, in order; `|` where they do not follow one another directly.

    >>> words_of("I've waited hours for [adviser K7], hours!")
    ['waited', 'hours', '|', 'hours', '|']
    """
    plain = _SURROGATE.sub(f" {_BREAK} ", text)
    found, end = [_BREAK], 0
    for match in _WORD.finditer(plain):
        if plain[end : match.start()].strip():
            found.append(_BREAK)
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        found.append(_BREAK if len(word) < 3 or "'" in word or word in _stop_words() else word)
        end = match.end()
    found.append(_BREAK)
    return [word for word, before in zip(found[1:], found, strict=False) if word != _BREAK or before != _BREAK]


@lru_cache(maxsize=50_000)  # guided and emergent themes ask for the same texts, several times each
def terms_of(text: str) -> tuple[str, ...]:
    """The content words of a text, and each two that follow one another directly ("waiting list").

    >>> terms_of("a long waiting list")
    ('long', 'waiting', 'list', 'long waiting', 'waiting list')
    """
    words = words_of(text)
    pairs = [f"{one} {two}" for one, two in pairwise(words) if _BREAK not in {one, two}]
    return (*(word for word in words if word != _BREAK), *pairs)


def cases_by_term(segments: Iterable[Segment]) -> dict[str, set[str]]:
    """Each word and pair of words of the segments, with the ids of the cases that use it."""
    cases = defaultdict(set)
    for segment in segments:
        for term in terms_of(segment.text):
            cases[term].add(segment.case_id)
    return dict(cases)


def cases_by_stem(inside: Mapping[str, Collection[str]], cases: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Single words with the cases that use any of their forms, in the form that most cases of a theme use.

    For few short texts: three cases say "wait", "waits" and "waiting", and none of these thrice.

    Args:
        inside: `cases_by_term` of the theme's segments: it decides the form.
        cases: `cases_by_term` of these segments, or of more.

    >>> one = {"wait": {"a"}, "waiting": {"b", "c"}, "waiting list": {"b"}}
    >>> {word: sorted(cases) for word, cases in cases_by_stem(one, {**one, "waits": {"d"}, "soup": {"d"}}).items()}
    {'waiting': ['a', 'b', 'c', 'd'], 'soup': ['d']}
    """
    form: dict[str, str] = {}
    for word in sorted({*inside, *cases}, key=lambda word: (-len(inside.get(word, ())), word)):
        if " " not in word:
            form.setdefault(_rough_stem(word), word)
    joined: dict[str, set[str]] = defaultdict(set)
    for word, used in cases.items():
        if " " not in word:
            joined[form[_rough_stem(word)]].update(used)
    return dict(joined)


def distinctive_terms(inside: Mapping[str, Collection[str]], everywhere: Mapping[str, Collection[str]]) -> list[str]:
    """Terms by how far their use in a theme exceeds their use in all texts, counted by cases; the most telling first.

    A term that a theme's cases use hardly more than all do tells nothing and is left out.

    Args:
        inside: `cases_by_term` of the theme's segments.
        everywhere: `cases_by_term` of all segments, the theme's among them.

    Source: the signed term of the log-likelihood ratio, Dunning (1993), Computational Linguistics 19(1).
    """
    all_inside = len(set().union(*inside.values())) if inside else 0
    all_cases = len(set().union(*everywhere.values())) if everywhere else 0

    ratios = {term: len(inside[term]) * all_cases / (all_inside * len(everywhere[term])) for term in inside}
    scores = {term: len(inside[term]) * log(ratio) for term, ratio in ratios.items() if ratio >= _TELLING}
    return sorted(scores, key=lambda term: (-scores[term], term))


def shown_words(ranked: Iterable[str], inside: Mapping[str, Collection[str]], *, most: int = 8) -> tuple[str, ...]:
    """The first single words of a ranking that at least three cases of the theme use, each stem once.

    >>> shown_words(["food", "foods", "meal"], {"food": "abc", "foods": "abc", "meal": "ab"})
    ('food',)
    """
    words: dict[str, str] = {}
    for term in ranked:
        if " " not in term and len(inside.get(term, ())) >= FEWEST_CASES:
            words.setdefault(_rough_stem(term), term)
    return tuple(words.values())[:most]


def plain_name(ranked: Sequence[str], inside: Mapping[str, Collection[str]], taken: Collection[str] = ()) -> str:
    """A name of up to three terms that at least three cases use, unlike all those taken; "" if there are none.

    A pair of words stands in for one of its words if at least half the cases that use the word use the pair. Words that
    say little by themselves ("asked", "left") come last, whatever their rank.

    >>> plain_name(["list", "waiting list"], {"list": "abcd", "waiting": "abc", "waiting list": "abc"})
    'Waiting list'
    """
    usable = [term for term in ranked if len(inside.get(term, ())) >= FEWEST_CASES]
    ideas: list[str] = []
    stems: set[str] = set()
    for term in usable:
        if " " in term:
            continue
        chosen = _fuller(term, usable, inside)
        if stems.isdisjoint(_rough_stem(word) for word in chosen.split()):
            ideas.append(chosen)
            stems.update(_rough_stem(word) for word in chosen.split())
    ideas.sort(key=_WEAK.__contains__)
    for length in range(min(3, len(ideas)), len(ideas) + 1):
        name = _joined(ideas[:length])
        if name and name not in taken:
            return name
    return ""


def typical_terms(typical: Iterable[Segment], everywhere: Mapping[str, Collection[str]]) -> list[str]:
    """Terms of a theme's typical excerpts, those of the most excerpts first, then those that are rare elsewhere.

    For a theme whose texts share no words: its name then tells what its middle is like.

    Args:
        typical: The excerpts.
        everywhere: `cases_by_term` of all segments.
    """
    times = Counter(term for segment in typical for term in set(terms_of(segment.text)))
    return sorted(times, key=lambda term: (-times[term], len(everywhere.get(term, ())), term))


def _fuller(word: str, usable: Iterable[str], inside: Mapping[str, Collection[str]]) -> str:
    for term in usable:
        if " " in term and word in term.split() and 2 * len(inside[term]) >= len(inside[word]):
            return term
    return word


def _joined(ideas: Sequence[str]) -> str:
    if not ideas:
        return ""
    text = ideas[0] if len(ideas) == 1 else f"{', '.join(ideas[:-1])} and {ideas[-1]}"
    return text[0].upper() + text[1:]


def _rough_stem(word: str) -> str:
    """Never shown: only so that "sanction" and "sanctions" do not both stand in one list."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _rough_stem(word.removesuffix(ending))
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    joined = {word.replace("'", "") for word in _CONTRACTIONS.split()}
    more = {*_TALK.split(), *joined, *_TITLES.split()}
    meant = {"bill", "call", "cry", "fire", "interest", "mill", "serious", "sincere", "system"}
    return frozenset((ENGLISH_STOP_WORDS | more) - meant)
