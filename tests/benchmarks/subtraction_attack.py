"""Whether hidden counts can be worked out from what we publish: a thousand invented studies, three releases of each.

`python tests/benchmarks/subtraction_attack.py [--studies N] [--narrow N]`. The attacker is the one before each
public edition: `publication.ledger` tells `themes.subtraction` all that was published, counts and shares of everybody
reviewed, and what may be known beside: how counts are rounded and from where on they are shown, who has a value and
who wrote once, which codes speak to which question, that nobody left. A row each for the public, over all three
editions; for the team, whose editions are not rounded and not for publication, in each edition by itself; and for
editions in which small counts alone are hidden, to see that the attacker finds what there is. Of the first studies
it also looks for counts that are told as closely as a shown one: above 0, below ten, in a range no wider than a
rounded count's. Fails if it finds anything in ours, or nothing where small counts alone are hidden.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from invented_tables import three_times
from themes.disclosure import ROUNDED_TO, release
from themes.publication.ledger import Published, as_published, attacked
from themes.records.project import Audience, Project
from themes.records.release import Approval
from themes.whole_numbers import Recovered

FEWEST = 10
YES = Approval("Ann Example", "2026-01-05T06:00:00+00:00")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--studies", type=int, default=1_000)
    parser.add_argument("--narrow", type=int, default=50)
    given = parser.parse_args()
    table = Table(
        "hidden are", "studies", "hidden counts", "told exactly", "seconds", title="Counts worked out by subtraction"
    )
    found = row(table, "in public, three editions together", range(given.studies), public)
    found += row(table, "for the team, each edition by itself", range(0, given.studies, 5), team)
    found += row(table, "in public; told closely as well", range(given.narrow), public_narrow)
    there_was = row(table, "small counts alone, each edition by itself", range(0, given.studies, 20), small_alone)
    console = Console(width=110)
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"Memory at its highest: {peak:,.0f} MB.")
    if found or not there_was:
        raise SystemExit(f"{found} hidden counts can be worked out; where small counts alone are hidden {there_was}.")


type Attack = tuple[list[Published], list[Recovered]]


def row(table: Table, what: str, seeds: Iterable[int], attack: Callable[[Sequence[Project]], Attack]) -> int:
    """Add a row. Returns how many counts were recovered."""
    began, studies, hidden, recovered = time.process_time(), 0, 0, 0
    for seed in seeds:
        published, found = attack(three_times(seed))
        studies += 1
        hidden += sum(p.cases_with is None for each in published for p in each.counts)
        recovered += len(found)
    seconds = f"{time.process_time() - began:,.0f}"
    table.add_row(what, f"{studies:,}", f"{hidden:,}", f"{recovered:,}", seconds)
    return recovered


def editions(projects: Sequence[Project], audience: Audience) -> list[Published]:
    return [as_published(release(each, audience, fewest_cases=FEWEST, approval=YES), each) for each in projects]


def public(projects: Sequence[Project]) -> Attack:
    published = editions(projects, Audience.PUBLIC)
    return published, attacked(published)


def public_narrow(projects: Sequence[Project]) -> Attack:
    published = editions(projects, Audience.PUBLIC)
    found = attacked(published, within=ROUNDED_TO[Audience.PUBLIC] - 1)
    return published, [each for each in found if each.low == each.high or 0 < each.low <= each.high < FEWEST]


def team(projects: Sequence[Project]) -> Attack:
    published = editions(projects, Audience.TEAM)
    return published, [found for each in published for found in attacked([each], audience=Audience.TEAM)]


def small_alone(projects: Sequence[Project]) -> Attack:
    def shown(count: int | None) -> int | None:
        return None if count is None or count < FEWEST else count

    published = [
        replace(
            each,
            counts=tuple(replace(p, cases=shown(p.cases), cases_with=shown(p.cases_with)) for p in project.prevalences),
        )
        for each, project in zip(editions(projects, Audience.TEAM), projects, strict=True)
    ]
    return published, [found for each in published for found in attacked([each], audience=Audience.TEAM)]


if __name__ == "__main__":
    main()
