"""Whether hidden counts can be worked out from what we publish: a thousand invented studies, three releases of each.

`python tests/benchmarks/subtraction_attack.py [--sets N]`. The attacker is `themes.subtraction`: knows every group's
name, that all answered one of the two questions, that nobody left, and how counts are rounded. Every other study is
rounded to 5, as for the public; the others not at all, as for the team. Beside it the same with small counts alone
hidden, to see that the attacker finds what there is. Fails if it finds anything in ours.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from invented_tables import three_releases
from themes.disclosure import suppress
from themes.records.estimate import Prevalence
from themes.subtraction import attack

AGES = {"age": ("age=0", "age=1", "age=2")}

type Publish = Callable[[Sequence[Prevalence], int], Sequence[Prevalence]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sets", type=int, default=1_000)
    sets = parser.parse_args().sets
    table = Table("hidden are", "studies", "hidden counts", "recovered", title="Counts worked out by subtraction")
    ours = attacked(table, "small counts, and what would give them back", sets, published)
    attacked(table, "small counts alone", sets // 10, small_alone)
    Console(width=110).print(table)
    if ours:
        raise SystemExit(f"{ours} hidden counts can be worked out.")


def attacked(table: Table, what: str, sets: int, publish: Publish) -> int:
    """Add a row. Returns how many counts were recovered."""
    hidden = recovered = 0
    for seed in range(sets):
        round_to = 5 if seed % 2 else 1
        releases = [publish(counted, round_to) for counted in three_releases(seed)]
        hidden += sum(row.cases_with is None for rows in releases for row in rows)
        recovered += len(attack(releases, round_to=round_to, complete=AGES))
    table.add_row(what, f"{sets:,}", f"{hidden:,}", f"{recovered:,}")
    return recovered


def published(counted: Sequence[Prevalence], round_to: int) -> Sequence[Prevalence]:
    return suppress(counted, round_to=round_to)


def small_alone(counted: Sequence[Prevalence], round_to: int) -> Sequence[Prevalence]:
    def shown(count: int | None) -> int | None:
        return None if count is None or count < 10 else (count + round_to // 2) // round_to * round_to

    return [replace(row, cases=shown(row.cases), cases_with=shown(row.cases_with)) for row in counted]


if __name__ == "__main__":
    main()
