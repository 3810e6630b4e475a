"""What a court leaves out of a public judgment besides names: for the release profile alone.

The weights of this family learned from judgments. In those they are heard word by word. In any other text, where they
know little dialect and no sums of benefit, a word must besides be one that could tell: a name's like, two capitals side
by side, a year, a long number.
"""

import re
from collections.abc import Sequence

from themes.deidentify.decide.verdicts import cuts_of
from themes.deidentify.decide.word_runs import likely_from, runs
from themes.deidentify.recognize.numbers import FORMS, UNIT
from themes.deidentify.recognize.phones import public_numbers
from themes.deidentify.replace.policy import release_keeps
from themes.deidentify.weigh.evidence import Look
from themes.deidentify.weigh.hearing import Odds, odds_of
from themes.deidentify.wording.dialect import is_a_slip, is_dialect
from themes.deidentify.wording.lexicon import (
    context,
    listed_names,
    more_given_names,
    more_surnames,
    ordinary_words,
    places,
)
from themes.deidentify.wording.stretches import Stretches
from themes.deidentify.wording.vaguer import MONTH
from themes.deidentify.wording.words import Word
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURER = 2.0
"""How much surer of a small number the weights must be."""
NEARLY = 2.0
"""How far below the cut of persons, places or units a word that is no everyday one may still be such a name."""
HARDLY_BELOW = 1.0
"""How far an everyday word in small letters, or at the start of a sentence, may be."""
LONG = 7
"""Letters of a word from which on one with a slip is weighed as an everyday one: nicknames are shorter."""
LONG_NUMBER = 4
"""Figures from which on a number may point to a case."""
_OF_COURTS = """
alleged appellant appellants applicant applicants article articles claimant convention court courts defendant defendants
hereinafter judgment judgments jurisdiction lodged paragraph plaintiff plaintiffs proceedings prosecution prosecutor
pursuant respondent respondents submissions submitted"""
OF_COURTS = frozenset(_OF_COURTS.split())
"""Words that courts write in every paragraph, and people who tell of one now and then."""
FEWEST_OF_COURTS, SHARE_OF_COURTS = 5, 0.02
YEAR = re.compile(r"(?:19|20)\d\d")
CONTRACTION = re.compile(r"\w+(?:'(?:d|ll|m|re|ve)|n't)")
IN_A_SUM = re.compile(r"[£$€] ?[\d.,]*$")
A_MONTH = re.compile(MONTH)
FLAT = re.compile(r"\d{1,3}[A-Z]")
OF_A_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
NAMING = ("person", "place", "unit")


def telling(seen: Look, odds: Odds, cut: float, settled: Sequence[Finding] = ()) -> list[Finding]:
    """What else may tell who somebody is. A weekday, a title, "I" by itself tells nothing, and a small number only
    where the weights are surer.

    Args:
        seen: The text.
        odds: Log-odds of its words, shape (n_words, n_families).
        cut: Log-odds from which on a word is held.
        settled: What was found in the text otherwise: looked past, but in a judgment.
    """
    told = Told(seen, odds, settled)
    strict = odds_of(odds, "strict")
    held = [value > cut + SURER * _is_small_number(seen.words[i]) and told.may(i) for i, value in enumerate(strict)]
    found: list[Finding] = []
    for first, last in runs(seen, held):
        inside = told.trimmed(first, last)
        if inside:
            start, end = inside[0], inside[-1] + 1
            span = Span(seen.words[start].start, seen.words[end - 1].end)
            label = "DATETIME" if YEAR.fullmatch(span.of(seen.text)) else "MISC"
            likely = likely_from(float(strict[start:end].max()))
            found.append(Finding(span, label, IdentifierKind.QUASI, likely, "evidence"))
    return found


def is_a_judgment(words: Sequence[Word]) -> bool:
    """Whether a text reads like a court's: five of its words and one in fifty are those of courts."""
    of_courts = sum(word.plain in OF_COURTS for word in words)
    return of_courts >= max(FEWEST_OF_COURTS, SHARE_OF_COURTS * len(words))


class Told:
    """What the words of a text may tell."""

    def __init__(self, seen: Look, odds: Odds, settled: Sequence[Finding]) -> None:
        self.seen, self.odds = seen, odds
        self.judged = is_a_judgment(seen.words)
        self.taken = Stretches(() if self.judged else (finding.span for finding in settled))
        self.people = Stretches(finding.span for finding in settled if finding.label == "PERSON")
        self.public = Stretches(public_numbers(seen.text))

    def may(self, i: int) -> bool:
        """Whether word i may be held at all."""
        start, kept = self.seen.words[i].start, self.seen.kept[i].removesuffix("+s")
        free = not self.public.hold(start) and not self.taken.hold(start)
        return free and not self.seen.forms[i].outside and not release_keeps(kept)

    def trimmed(self, first: int, last: int) -> list[int]:
        """Of words side by side, those from the first to the last that tell anything; none if all of them together
        do not."""
        inside = [i for i in range(first, last) if self.seen.words[i].plain not in context("titles_only")]
        if self.judged:
            return inside if not all(_tells_nothing(self.seen.words[i]) for i in inside) else []
        while inside and self._is_idle(inside[0]):
            inside = inside[1:]
        while inside and self._is_idle(inside[-1]):
            inside = inside[:-1]
        coded = len(inside) > 1 and self._is_a_code(inside)
        return inside if coded or any(self._tells(i, inside) for i in inside) else []

    def _is_idle(self, i: int) -> bool:
        """Whether a word by itself tells nothing, wherever it stands, unless it belongs to a name beside it."""
        word = self.seen.words[i]
        if len(word.plain) == 1 and word.plain.isalpha():
            return not self._is_initial(i)
        if is_dialect(word):
            return True
        idle = _tells_nothing(word) or word.plain.rstrip("s") in context("months_and_days")
        return (idle and not self._is_part_of_a_name(i)) or bool(CONTRACTION.fullmatch(word.plain))

    def _is_initial(self, i: int) -> bool:
        """Whether a single letter is somebody's, or a code's: "ask for T", "X 52 QQD"."""
        numbers = [w for w in self.seen.words[max(0, i - 1) : i + 2] if w.shape == "digit" and len(w.plain) > 1]
        return self._is_like(i, ("person",), HARDLY_BELOW) or (self.seen.words[i].capital and bool(numbers))

    def _is_part_of_a_name(self, i: int) -> bool:
        """ "May" in "May Quillon"."""
        word, text = self.seen.words[i], self.seen.text
        named = word.capital and word.plain in listed_names()
        return named and text[word.end : word.end + 1] == " " and self.people.hold(word.end + 1)

    def _is_a_code(self, inside: list[int]) -> bool:
        """Capitals and a number of two figures and more: "X 52 QQD"."""
        words = [self.seen.words[i] for i in inside]
        capitals = any(word.shape == "upper" or (word.shape == "title" and len(word.plain) == 1) for word in words)
        return capitals and any(word.shape == "digit" and len(word.plain) > 1 for word in words)

    def _tells(self, i: int, inside: list[int]) -> bool:
        word = self.seen.words[i]
        if self._is_idle(i):
            return False
        if word.shape == "digit":
            return self._number_tells(i)
        if FORMS.fullmatch(word.plain) and any(map(str.isdigit, word.plain)):
            return False  # question Q3, form AA1
        slip = is_a_slip(word)
        plain = _is_everyday(word) or (slip and len(word.plain) >= LONG)
        if self._is_part_of_a_name(i) or self._is_like(i, NAMING, HARDLY_BELOW if plain else NEARLY):
            return True
        if not word.capital or slip:
            return False
        return word.plain not in ordinary_words() or (not word.opens and any(self._chosen(j) for j in inside if j != i))

    def _chosen(self, i: int) -> bool:
        """Whether a word has a capital that no sentence gives it."""
        return self.seen.words[i].capital and not self.seen.words[i].opens and not self._is_idle(i)

    def _number_tells(self, i: int) -> bool:
        """A day of a month, an age, a long number; no sum of money, and nothing that is counted or measured."""
        word, text = self.seen.words[i], self.seen.text
        month = any(A_MONTH.fullmatch(other.plain) for other in self.seen.words[max(0, i - 1) : i + 2])
        if OF_A_DATE.fullmatch(word.plain) or month or FLAT.fullmatch(text, word.start, word.end):
            return True
        if IN_A_SUM.search(text, max(0, word.start - 12), word.start) or UNIT.match(text, word.end):
            return False
        figures = sum(map(str.isdigit, word.plain))
        return figures >= LONG_NUMBER or (figures == len(word.plain) == 2 and self._is_like(i, ("age",), NEARLY))

    def _is_like(self, i: int, families: Sequence[str], below: float) -> bool:
        cuts = cuts_of(self.seen.style)
        return any(odds_of(self.odds, family)[i] > cuts[family] - below for family in families)


def _is_everyday(word: Word) -> bool:
    """Whether a word is an everyday one and in no list of names; with a capital, in no wider list either."""
    named = word.plain in listed_names() or (
        word.capital and any(word.plain in names for names in (more_given_names(), more_surnames(), places()))
    )
    return word.plain in ordinary_words() and not named


def _is_small_number(word: Word) -> bool:
    return word.shape == "digit" and len(word.plain) < 3


def _tells_nothing(word: Word) -> bool:
    alone = context("never") | context("months_and_days") | context("titles_only")
    return word.plain in alone or word.plain.split("'")[0] == "i"
