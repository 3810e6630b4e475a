"""How often intervals hold what is true, and how wide they are: ours, people's reviews alone, PPI++, machine's share.

`python tests/benchmarks/interval_coverage.py [--draws N] [--show]`. Seeded. In an invented corpus of 5,000 cases
samples are drawn as the review page draws them, 1,600 or 500 of 20,000 excerpts to be read. "Reviewed only" takes
the same cases, weighed by their chance, with Wilson's interval and Student's quantile, and beside that cases drawn with
even chance. PPI++ is ppi-python, tuned (`lam` of its own choice), in a folder of its own; it takes the same cases, with
the same weights, and those of even chance, for which it was made. Fails if ours holds the truth too seldom or is wide.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from invented_cases import SHARES, Invented, invented

from themes.estimate.frame import Frame, starting_chances
from themes.estimate.intervals import wilson_interval
from themes.estimate.prevalence import estimate
from themes.estimate.reviewed import Reviewed
from themes.estimate.sampling import inclusion_probabilities, usefulness

RUNS = ((0.7, 1_600.0), (0.8, 1_600.0), (0.7, 500.0))
"""The machine's macro-F1, and how many excerpts each sample is expected to hold."""
COMMON = np.array(SHARES) >= 0.05
OVERALL, EACH, WIDTH = (0.94, 0.98), 0.91, 0.65

type Numbers = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """Intervals of one method over all samples, shape (n_draws, n_themes)."""

    low: Numbers
    high: Numbers

    def coverage(self, truth: Numbers) -> Numbers:
        """Of each theme, how many intervals hold the true share. One that is undefined does not."""
        return np.asarray(((self.low <= truth) & (truth <= self.high)).mean(axis=0))

    def width(self) -> Numbers:
        return np.asarray(np.nanmean(self.high - self.low, axis=0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--show", action="store_true", help="a row for each theme as well")
    asked = parser.parse_args()
    console, short = Console(width=130), []
    for f1, budget in RUNS:
        short += shown(console, f1, budget, asked.draws, each_theme=asked.show)
    if short:
        raise SystemExit("Intervals fall short: " + "; ".join(short))


def shown(console: Console, f1: float, budget: float, draws: int, *, each_theme: bool = False) -> list[str]:
    """Print the table of one machine. Returns what falls short."""
    corpus = invented(f1, seed=11)
    truth = corpus.truth.mean(axis=0)
    methods = compared(corpus, budget, draws, seed=12)
    alone = methods["reviewed only"]
    assert isinstance(alone, Told)
    title = f"{draws} samples of {budget:,.0f} excerpts; machine's macro-F1 {corpus.macro_f1:.2f}; intervals of 95 %"
    table = Table("method", "held, all", "held, worst theme", "width, themes >= 5 %", "to reviewed only", title=title)
    for name, told in methods.items():
        if isinstance(told, str):
            table.add_row(f"{name}: {told}")
            continue
        held = told.coverage(truth)
        table.add_row(
            name,
            f"{held.mean():.1%}",
            f"{held.min():.1%}",
            f"{told.width()[COMMON].mean():.3f}",
            f"{ratio(told, alone):.2f}",
        )
    console.print(table)
    ours = methods["themes"]
    assert isinstance(ours, Told)
    held = ours.coverage(truth)
    if each_theme:
        able = {name: told for name, told in methods.items() if isinstance(told, Told)}
        by_theme = Table("share", *able, title="held, by theme")
        for k, share in enumerate(truth):
            cells = (f"{told.coverage(truth)[k]:.1%} ±{told.width()[k] / 2:.3f}" for told in able.values())
            by_theme.add_row(f"{share:.1%}", *cells)
        console.print(by_theme)
    worst, overall = float(held.min()), float(held.mean())
    found = []
    if not OVERALL[0] <= overall <= OVERALL[1]:
        found.append(f"held {overall:.1%} at F1 {f1}, {budget:.0f} excerpts")
    if worst < EACH:
        found.append(f"worst theme held {worst:.1%} at F1 {f1}, {budget:.0f} excerpts")
    if budget == RUNS[0][1] and ratio(ours, alone) > WIDTH:
        found.append(f"width ratio {ratio(ours, alone):.2f} at F1 {f1}, {budget:.0f} excerpts")
    return found


def ratio(told: Told, alone: Told) -> float:
    """How wide intervals are beside those of the reviewed cases alone: mean of the themes that 5 % or more have."""
    return float((told.width() / alone.width())[COMMON].mean())


def compared(corpus: Invented, budget: float, draws: int, seed: int) -> dict[str, Told | str]:
    """What each method tells of each sample, or why it tells nothing."""
    random = np.random.default_rng(seed)
    chances = starting_chances(1 / (1 + np.exp(-corpus.scores)))
    ids = tuple(f"c{n}" for n in range(len(corpus.truth)))
    themes = tuple(f"theme {k}" for k in range(len(SHARES)))
    useful = usefulness(Frame(ids, corpus.excerpts, themes, chances))
    probabilities = inclusion_probabilities(useful, corpus.excerpts, budget)
    samples = random.random((draws, len(ids))) < probabilities
    even = np.full(len(ids), budget / corpus.excerpts.sum())
    even_samples = random.random((draws, len(ids))) < even
    return {
        "themes": ours(corpus, ids, themes, samples, probabilities),
        "reviewed only": reviewed_only(corpus, samples, probabilities),
        "reviewed only, even chances": reviewed_only(corpus, even_samples, even),
        "PPI++, the same cases": ppi(corpus, samples, probabilities),
        "PPI++, even chances": ppi(corpus, even_samples, even),
        "machine's share": machines_share(corpus),
    }


def ours(
    corpus: Invented, ids: tuple[str, ...], themes: tuple[str, ...], samples: Flags, probabilities: Numbers
) -> Told:
    """Estimator A of every sample."""
    scores, ends = np.clip(corpus.scores, -13.8, 13.8), []
    for drawn in samples:
        outcomes = np.where(drawn[:, None], corpus.truth, np.nan)
        found = estimate(Reviewed(ids, themes, scores, outcomes, probabilities))
        ends.append((found.low, found.high))
    low, high = np.array(ends).transpose(1, 0, 2)
    return Told(low, high)


def reviewed_only(corpus: Invented, samples: Flags, probabilities: Numbers) -> Told:
    """What people's reviews tell without the machine."""
    ends = np.array([weighed_share(corpus.truth[drawn], probabilities[drawn]) for drawn in samples])
    return Told(ends[:, 0], ends[:, 1])


def weighed_share(truth: Numbers, probabilities: Numbers) -> tuple[Numbers, Numbers]:
    """Hájek's share of the reviewed cases with Wilson's interval, formed as ours is."""
    from scipy.stats import t

    weights = 1 / probabilities
    share = weights @ truth / weights.sum()
    count = len(truth)
    off = (np.sqrt(1 - probabilities) * weights)[:, None] * (truth - share)
    variance = count / (count - 1) * (off**2).sum(axis=0) / weights.sum() ** 2
    effective = weights.sum() ** 2 / (weights**2).sum()
    worth = np.where(variance > 0, share * (1 - share) / np.where(variance > 0, variance, 1), effective)
    quantile = float(t.ppf(0.975, count - 1))
    ends = [wilson_interval(float(s), float(n), quantile=quantile) for s, n in zip(share, worth, strict=True)]
    return np.array([low for low, _ in ends]), np.array([high for _, high in ends])


def machines_share(corpus: Invented) -> Told:
    """The share of cases for which the machine suggests a theme, as if they were a sample of people's codings."""
    ends = [wilson_interval(float(share), len(corpus.truth)) for share in corpus.suggested.mean(axis=0)]
    low, high = np.array(ends).T
    return Told(low[None], high[None])


def ppi(corpus: Invented, samples: Flags, probabilities: Numbers) -> Told | str:
    """PPI++ of every sample, in a process of its own; or why there is none."""
    from deid_peers import Peer, folder_of, installing_trouble, python

    peer = Peer("PPI++", "ppi", ("ppi-python==0.2.3",))
    if not folder_of(peer).is_dir() and (trouble := installing_trouble(peer)):
        return trouble
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.npz"
        predicted = 1 / (1 + np.exp(-corpus.scores))
        np.savez(asked, truth=corpus.truth, predicted=predicted, samples=samples, weights=1 / probabilities)
        command = [python(), str(Path(__file__).with_name("ppi_peer.py")), str(asked)]
        done = subprocess.run(command, check=False, capture_output=True, env={"PYTHONPATH": str(folder_of(peer))})
    if done.returncode:
        return "installed, but does not run"
    low, high = np.array(json.loads(done.stdout.splitlines()[-1]))
    return Told(low, high)


if __name__ == "__main__":
    main()
