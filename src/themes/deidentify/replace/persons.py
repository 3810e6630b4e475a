"""Who is who: the ways in which a text and its thread name somebody, brought to one name each.

A person is known by a first name and a surname. Whoever is called by less – a first name, a surname, a short form,
initials, or either with a letter wrong – is that person if the text names exactly one whom it fits, or else if the
thread does. Closer fits go first, by `Likeness`. Where the closest fit is several people's, it is nobody's: two Karens
with different surnames stay two, "Karen" alone beside them is a third. Better one person twice than two in one.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from themes.deidentify.wording.lexicon import all_names, context, given_names, listed_names, surnames
from themes.deidentify.wording.name_index import Index, neither
from themes.deidentify.wording.nicknames import Likeness, byname, is_short_form, likeness, misspelt, surname_likeness
from themes.deidentify.wording.roles import TITLES
from themes.deidentify.wording.tied_names import Ties, user_name_apart
from themes.deidentify.wording.words import words_of

SEX_OF_TITLE = dict.fromkeys("mr sir lord uncle father".split(), "mr") | dict.fromkeys(
    "mrs ms miss dame lady aunt auntie".split(), "ms"
)
SEX_OF_KIN = {kin: sex for sex in ("mr", "ms") for kin in context(f"kin_of_{sex}")}
BEFORE_SURNAME = frozenset({"mr", "mrs", "ms", "miss"})
MOST_INITIALS = 3


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One way in which somebody is named, in small letters: "karen smith", "k w", "watson" after "Mr"."""

    pieces: tuple[str, ...]
    sex: str = ""
    """"mr" or "ms" where a title says so."""
    surname: bool = False
    """Whether it must be a surname, after "Mr"."""
    byname: str = ""
    """By what they are called besides: "dusty" of "Robert (Dusty) Ackroyd"."""
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs of names, each in both orders, that are two people's though one may be short for the other."""

    @property
    def key(self) -> str:
        """First name and surname, or all that is said."""
        return f"{self.pieces[0]} {self.pieces[-1]}" if self.full else " ".join(self.pieces)

    @property
    def full(self) -> bool:
        return len(self.pieces) > 1 and len(self.pieces[0]) > 1 and len(self.pieces[-1]) > 1

    @property
    def initials(self) -> bool:
        return all(len(piece) == 1 for piece in self.pieces)


def said(words: str, *, title: str = "", sex: str = "") -> Said:
    """How a name is said: without title and possessive, initials apart, user names as the words they are made of.

    Args:
        words: The name as it is written.
        title: The word before it, small, if that is a title.
        sex: What else says "mr" or "ms": "my brother", "and his wife".

    >>> said("Mrs KAREN O’Shea's").key, said("K.W.").pieces, said("KW").pieces, said("karen_smith82").key
    ("karen o'shea", ('k', 'w'), ('k', 'w'), 'karen smith')
    """
    written = words_of(words.title() if words.isupper() and len(words) > MOST_INITIALS else words)
    if re.search(r"[\d_]|[a-z][A-Z]", words):
        written = words_of(user_name_apart(words)) or written
    titles = [word.plain for word in written if word.plain in TITLES]
    pieces = tuple(word.plain for word in written if word.plain not in TITLES) or tuple(titles)
    title = title or (titles[0] if titles else "")
    alone = pieces[0] if len(pieces) == 1 else ""
    if 1 < len(alone) <= MOST_INITIALS and words.isupper() and alone.isalpha() and alone not in listed_names():
        pieces = tuple(alone)
    single = len(pieces) == 1
    pieces = pieces or (words.casefold().strip() or words,)
    return Said(pieces, SEX_OF_TITLE.get(title, sex), single and title in BEFORE_SURNAME, byname(words))


class Cast:
    """The people whom a text, or all texts of a thread, name.

    Args:
        named: Every way in which somebody is named there, in any order.
        apart: Pairs of names that are two people's, besides those that the ways of naming bring along.
    """

    def __init__(self, named: Iterable[Said] = (), *, apart: Iterable[tuple[str, str]] = ()) -> None:
        self.said = sorted(set(named))
        self.apart = neither({one.pieces[0] for one in self.said}, set(apart).union(*(one.apart for one in self.said)))
        self._ties = Ties(piece for one in self.said for piece in one.pieces)
        everybody = [self.tied(one) for one in self.said]
        self._sexes: defaultdict[str, set[str]] = defaultdict(set)
        for one in everybody:
            if one.sex:
                self._sexes[one.key].add(one.sex)
        self._fitting: dict[Said, list[str]] = {}
        self._fuller: dict[tuple[str, ...], list[str]] = {}
        self._full = _merged({one.key for one in everybody if one.full}, self.apart)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for one in everybody:
            if one.byname and one.full:
                self._called[one.byname].add(self._full[one.key])
                self._full |= dict.fromkeys({f"{one.byname} {one.pieces[-1]}"} & self._full.keys(), self._full[one.key])
        self._people = Index({person: person.split() for person in self._full.values()})
        self._alone = Index({one.key: one.pieces[:1] for one in everybody if not one.full and not one.initials})

    def tied(self, one: Said) -> Said:
        """The same with pieces tied as they are elsewhere: "Mrs Rees Williams" where there is a Rees-Williams."""
        pieces = self._ties.tied(one.pieces)
        if pieces == one.pieces:
            return one
        surname = one.surname or (len(pieces) == 1 < len(one.pieces) and bool(one.sex))
        return replace(one, pieces=pieces, surname=surname)

    def same(self, full_name: str) -> str:
        """The person whom a first name and surname mean: another's if they are a spelling or short form of it."""
        return self._full.get(full_name, full_name)

    def fitting(self, one: Said) -> list[str]:
        """The full names that fit best what is said; none if none does."""
        if one.full:
            return [self._full[one.key]] if one.key in self._full else []
        if len(one.pieces) == 1 and not one.surname and one.pieces[0] in self._called:
            alike = {person for person in self._people.exact(one.pieces) if self._fit(one, person) is Likeness.SAME}
            return sorted(self._called[one.pieces[0]] | alike)
        if one not in self._fitting:
            exact = _closest(self._people.exact(one.pieces), lambda person: self._fit(one, person))
            others = [person for person in self._people.near(one.pieces) if not self.two(one, person)]
            near = exact or _closest(others, lambda person: self._fit(one, person))
            self._fitting[one] = [each for each in near if one.sex and one.sex in self._sexes.get(each, ())] or near
        return self._fitting[one]

    def fuller(self, one: Said) -> list[str]:
        """The single names, other than itself, of which one is a short form, a misspelling or the initial."""
        if one.initials:
            close = [name for name in self._alone.near(one.pieces) if one.pieces == (name[0],) and " " not in name]
            return close if not one.surname else [name for name in close if name in self._titled()]
        if len(one.pieces) > 1:
            return []
        (name,) = one.pieces
        if one.pieces not in self._fuller:
            others = [other for other in self._alone.near(one.pieces) if other != name and not self.two(one, other)]
            self._fuller[one.pieces] = _closest(others, lambda other: _single_fit(name, other))
        return self._fuller[one.pieces]

    def two(self, one: Said, person: str) -> bool:
        """Whether somebody is said not to be the person of that name, though either may be short for the other."""
        return any((one.pieces[0], piece) in self.apart for piece in person.split())

    def two_of(self, surname: str) -> bool:
        """Whether both a "Mr" and a "Mrs" of a surname are named."""
        return len(self._sexes[surname]) > 1

    def _titled(self) -> set[str]:
        return {one.key for one in map(self.tied, self.said) if one.surname}

    def _fit(self, one: Said, person: str) -> Likeness:
        first, _, last = person.partition(" ")
        sexes = self._sexes.get(person, set())
        by_surname = self.two_of(last) and one.pieces[0] != first
        if one.sex and ((sexes and one.sex not in sexes) or by_surname):
            # With a Mr and a Mrs Smith about, "Karen Smith" is one of them only if a title says which.
            return Likeness.NONE if one.sex not in sexes else surname_likeness(one.pieces[-1], last)
        if len(one.pieces) > 1:
            return _initialled(one.pieces, first, last)
        (name,) = one.pieces
        if len(name) == 1:
            return Likeness.SAME if name == (last if one.surname else first)[0] else Likeness.NONE
        family = surname_likeness(name, last)
        if one.surname:
            return family
        return min(family, likeness(name, first), _stray_s(name, first), _stray_s(name, last))


def who(one: Said, *, text: Cast, thread: Cast) -> str:
    """The name that stands for whoever is meant: a person of the text, or else of the thread, or what is said itself.

    >>> thread = Cast([said("Karen Smith"), said("Gareth Jones")])
    >>> who(said("kaz"), text=Cast(), thread=thread), who(said("GJ"), text=Cast(), thread=thread)
    ('karen smith', 'gareth jones')
    """
    seen: list[Said] = []
    one = thread.tied(text.tied(one))
    while one not in seen:
        seen.append(one)
        for among in (text.fitting(one), text.fuller(one), thread.fitting(one), thread.fuller(one)):
            if len(among) > 1:
                return _own_key(one, thread)
            if among:
                person = thread.same(among[0])
                if text.two(seen[0], person) or thread.two(seen[0], person):
                    return _own_key(seen[0], thread)
                if " " in among[0]:
                    return person
                one = Said((among[0],), one.sex, one.surname)
                break
    return _own_key(one, thread)


def _own_key(one: Said, thread: Cast) -> str:
    key = one.key
    if len(one.pieces) == 1 and key.endswith("s") and key not in all_names() | surnames():
        key = key[:-1] if key[:-1] in given_names() else key  # "karens desk"
    return f"{one.sex} {key}" if one.sex and thread.two_of(one.key) else key


def _initialled(pieces: Sequence[str], first: str, last: str) -> Likeness:
    """How "K Smith", "Karen S" or "K W" fits a full name: every initial must, and the rest as closely as it does."""
    given, family = pieces[0], pieces[-1]
    by_first = Likeness.SAME if given == first[0] else likeness(given, first) if len(given) > 1 else Likeness.NONE
    last_fit = surname_likeness(family, last) if len(family) > 1 else Likeness.NONE
    return max(by_first, Likeness.SAME if family == last[0] else last_fit)


def _single_fit(name: str, other: str) -> Likeness:
    """How one single name leads to another: to the full form, to the one that is in the lists, never back."""
    if is_short_form(name, other):
        return Likeness.SHORT_FORM
    if len(name) < len(other) and likeness(name, other) is Likeness.CUT_SHORT:
        return Likeness.CUT_SHORT
    if misspelt(name, other) and (other in listed_names() or other < name):
        return Likeness.MISSPELT
    leads = likeness(name, other) is Likeness.ENDEARMENT and len(other) < len(name)
    return Likeness.ENDEARMENT if leads else _stray_s(name, other)


def _stray_s(name: str, other: str) -> Likeness:
    """ "karens desk": a possessive without its apostrophe."""
    return Likeness.MISSPELT if name == f"{other}s" else Likeness.NONE


def _closest(names: Iterable[str], fit: Callable[[str], Likeness]) -> list[str]:
    fits: defaultdict[Likeness, list[str]] = defaultdict(list)
    for name in names:
        fits[fit(name)].append(name)
    fits.pop(Likeness.NONE, None)
    return fits[min(fits)] if fits else []


def _merged(full_names: Iterable[str], apart: frozenset[tuple[str, str]]) -> dict[str, str]:
    """Each full name, and the one that it is a spelling, a short form or a misspelling of, if there is exactly one."""
    names = sorted(full_names)
    by_first, by_last = defaultdict(list), defaultdict(list)
    for name in names:
        first, _, last = name.partition(" ")
        by_first[first].append(name)
        by_last[last].append(name)
    leads: dict[str, str] = {}
    for name in names:
        first, _, last = name.partition(" ")
        near = [
            each
            for each in (*by_last[last], *by_first[first])
            if each != name and (first, each.split()[0]) not in apart
        ]
        closest = _closest(near, partial(_full_fit, name))
        if len(closest) == 1:
            leads[name] = closest[0]
    return {name: followed(name, leads) for name in names}


def _full_fit(name: str, other: str) -> Likeness:
    first, _, last = name.partition(" ")
    other_first, _, other_last = other.partition(" ")
    if first != other_first:
        close = likeness(first, other_first)
        back = close is not Likeness.MISSPELT and not is_short_form(first, other_first) and first < other_first
        return Likeness.NONE if back or is_short_form(other_first, first) else close
    close = surname_likeness(last, other_last)
    halves = close is Likeness.SHORT_FORM and len(last) > len(other_last)
    both_ways = close is Likeness.MISSPELT and misspelt(other_last, last) and last < other_last
    return Likeness.NONE if halves or both_ways else close


def followed(name: str, leads: Mapping[str, str]) -> str:
    """Where a name leads in the end; of names that lead round in a circle, the first by the alphabet.

    >>> followed("a", {"a": "b", "b": "c"}), followed("a", {"a": "c", "c": "b", "b": "c"})
    ('c', 'b')
    """
    passed = [name]
    while (after := leads.get(passed[-1])) is not None:
        if after in passed:
            return min(passed[passed.index(after) :])
        passed.append(after)
    return passed[-1]
