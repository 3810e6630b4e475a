"""Tables of invented studies that grow from release to release."""

from itertools import product

import numpy as np

from builders import a_prevalence
from themes.records.estimate import Prevalence


def three_releases(seed: int) -> list[list[Prevalence]]:
    """What was counted at each of three times: people who join, two attributes that a few leave out, a few themes."""
    random = np.random.default_rng(seed)
    people = int(random.integers(40, 300))
    regions = random.choice(int(random.integers(2, 6)), people, p=None)
    ages = random.choice(3, people, p=random.dirichlet([1.5] * 3))
    given = {"region": np.where(random.random(people) < 0.9, regions, -1), "age": ages}
    has_theme = random.random((people, 3)) < random.uniform(0.03, 0.6, 3)
    joined = np.sort(random.choice(3, people, p=(0.7, 0.2, 0.1)))
    return [table(given, has_theme, joined <= number) for number in range(3)]


def table(given: dict[str, np.ndarray], has_theme: np.ndarray, there: np.ndarray) -> list[Prevalence]:
    """Everybody's count, then by each value of each attribute that somebody has."""
    groups = [("", there)]
    for name, values in given.items():
        held = sorted(set(values[there & (values >= 0)].tolist()))
        groups += [(f"{name}={value}", there & (values == value)) for value in held]
    rows = [a_prevalence("", int(who.sum()), group=group, cases=int(who.sum())) for group, who in groups]
    rows += [
        a_prevalence(f"theme {k}", int((who & has_theme[:, k]).sum()), group=group, cases=int(who.sum()))
        for k, (group, who) in product(range(has_theme.shape[1]), groups)
    ]
    return rows
