"""Invented people for the intruder to look for, and what somebody who knows them would know.

Half of them take the place of a person in the corpus: what is known of them is made from that person's answers and
from one event in their text, so that it can be said whether the intruder was right. The other half took no part:
their answers are drawn from how often each is given, their event from words of many texts.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from themes.records.corpus import Document, DocumentKind
from themes.release_text import as_released
from themes.residual.words import words_between_surrogates

MOST_PEOPLE = 200
"""Of each half: enough for an interval of seven points either way, few enough for a second of work."""

KNOWS = 0.75
"""How likely a neighbour is to know one of the answers at all."""
RIGHT = 0.9
"""How likely what they know is so; else they believe what anybody might have answered."""
REMEMBERS = 0.5
"""How likely a word of the event is remembered."""
SAME_WORD = 2 / 3
"""How likely they would use the writer's word for it; else any word of the corpus."""
WORDS_OF_AN_EVENT = 15
MOST_REMEMBERED = 5
LONG_ENOUGH = 5
"""Letters: shorter words say little of what happened."""

type Known = Mapping[str, Mapping[str, str]]
type Partitions = Callable[[], Iterable[Sequence[Document]]]
type Marginals = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an intruder has before them."""

    name: str
    answers: Known
    """Case to its answers, by column."""
    partitions: Partitions
    """The texts, as a run keeps them; they are read as the release profile has them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented, as a neighbour knows them."""

    case_id: str | None
    """Whose place they take; None for somebody who took no part."""
    answers: Mapping[str, str]
    event: frozenset[str]


def invented_people(seen: Seen, *, seed: int, most: int = MOST_PEOPLE) -> list[Person]:
    """People to look for: up to `most` in the place of cases, and as many who took no part.

    Returns:
        The same people for the same cases, texts and seed, in whatever order the texts come. None without texts.
    """
    cases = writers(seen.partitions)
    targets = sorted(cases, key=lambda case_id: hashlib.sha256(f"{seed}\0{case_id}".encode()).digest())[:most]
    events = _events(seen.partitions, set(targets), seed)
    pool = sorted({word for words in events.values() for word in words})
    given = marginals(seen.answers)
    return [
        *(_neighbour_of(case_id, seen, events.get(case_id, []), pool, given, seed) for case_id in targets),
        *(_stranger(number, pool, given, seed) for number in range(len(targets))),
    ]


def writers(partitions: Partitions) -> set[str]:
    """The cases behind the texts, articles left out."""
    return {d.case_id for part in partitions() for d in part if d.kind is not DocumentKind.ARTICLE}


def people_texts(partitions: Iterable[Iterable[Document]]) -> Iterator[tuple[str, list[list[str]]]]:
    """Case and words of every text but articles, in stretches between surrogates."""
    for part in partitions:
        for document in part:
            if document.kind is not DocumentKind.ARTICLE:
                stretches = words_between_surrogates(as_released(document))
                yield document.case_id, [[word for word, _ in stretch] for stretch in stretches]


def marginals(answers: Known) -> dict[str, list[tuple[str, float]]]:
    """Each column's answers with their shares among those who gave one, the most frequent first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in answers.values():
        for column, value in row.items():
            counts[column][value] += 1
    return {
        column: [(value, n / counts[column].total()) for value, n in sorted(counts[column].items(), key=_largest)]
        for column in sorted(counts)
    }


def _largest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _events(partitions: Partitions, targets: set[str], seed: int) -> dict[str, list[str]]:
    """One event of each target: the telling words of some fifteen in a row."""
    chosen: dict[str, tuple[bytes, list[str]]] = {}
    of_targets = ([d for d in part if d.case_id in targets] for part in partitions())
    for case_id, stretches in people_texts(of_targets):
        for stretch in stretches:
            for at in range(0, len(stretch), WORDS_OF_AN_EVENT):
                words = [word for word in stretch[at : at + WORDS_OF_AN_EVENT] if len(word) >= LONG_ENOUGH]
                # By hash, so that it does not matter in which order texts come.
                key = hashlib.sha256(f"{seed}\0{case_id}\0{' '.join(words)}".encode()).digest()
                if len(words) > 2 and (case_id not in chosen or key < chosen[case_id][0]):
                    chosen[case_id] = (key, words)
    return {case_id: words for case_id, (_, words) in chosen.items()}


def _neighbour_of(
    case_id: str, seen: Seen, event: Sequence[str], pool: Sequence[str], given: Marginals, seed: int
) -> Person:
    chance = Random(f"{seed} {case_id}")  # noqa: S311  # a simulation, not a secret
    answers = {}
    own = seen.answers.get(case_id, {})
    for column, shares in given.items():
        if column in own and chance.random() < KNOWS:
            answers[column] = own[column] if chance.random() < RIGHT else _drawn(shares, chance)
    remembered = [word for word in dict.fromkeys(event) if chance.random() < REMEMBERS][:MOST_REMEMBERED]
    words = [word if chance.random() < SAME_WORD else chance.choice(pool) for word in remembered]
    return Person(case_id, answers, frozenset(words))


def _stranger(number: int, pool: Sequence[str], given: Marginals, seed: int) -> Person:
    chance = Random(f"{seed} stranger {number}")  # noqa: S311  # as above
    answers = {column: _drawn(shares, chance) for column, shares in given.items() if chance.random() < KNOWS}
    words = chance.sample(pool, min(len(pool), chance.randint(1, MOST_REMEMBERED)))
    return Person(None, answers, frozenset(words))


def _drawn(shares: Sequence[tuple[str, float]], chance: Random) -> str:
    return chance.choices([value for value, _ in shares], [share for _, share in shares])[0]
