"""How far several coders agree: percentage, Fleiss' kappa, Krippendorff's alpha, Gwet's AC1, and Cohen's kappa of two.

Each measure takes how many coders gave each category to each unit, shape (n_units, n_categories), and weights of the
units, shape (…, n_units), and gives one figure for each row of weights. Coders need not have judged every unit; a unit
that only one of them judged says nothing of agreement, but to Fleiss and Gwet something of how usual a category is. NaN
where a measure says nothing, as kappa where only one category was ever given.

Sources: Fleiss (1971), Psychological Bulletin 76; Krippendorff (2011), "Computing Krippendorff's alpha-reliability";
Gwet (2008), British Journal of Mathematical and Statistical Psychology 61.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from themes.estimate.agreement import ALL_CODES, DRAWS, SHARES, cohens_kappa
from themes.estimate.intervals import of_draws
from themes.records.coding import Coding
from themes.records.estimate import Agreement

type Numbers = npt.NDArray[np.float64]
type Measure = Callable[[Numbers, Numbers], Numbers]

# Yes and yes, yes and no, no and yes, no and no, as two coders may judge one unit.
_PAIRS = np.array([[2.0, 0], [1, 1], [1, 1], [0, 2]])


def percentage(counts: Numbers, weights: Numbers) -> Numbers:
    """Of two coders drawn from those who judged a unit, how often both gave the same: mean over units, 0 to 1."""
    judged = counts.sum(axis=1)
    several = judged > 1
    pairs = np.where(several, judged * (judged - 1), 1.0)
    same = (counts * (counts - 1)).sum(axis=1) / pairs
    return _share(weights @ (same * several), weights @ several.astype(float))


def fleiss_kappa(counts: Numbers, weights: Numbers) -> Numbers:
    """Agreement beyond chance, where chance is that two draw from all judgements alike."""
    usual = _usual(counts, weights)
    return _beyond(percentage(counts, weights), (usual**2).sum(axis=-1))


def gwets_ac1(counts: Numbers, weights: Numbers) -> Numbers:
    """Agreement beyond chance that stays sensible where a category is rare."""
    usual = _usual(counts, weights)
    chance = (usual * (1 - usual)).sum(axis=-1) / (counts.shape[1] - 1)
    return _beyond(percentage(counts, weights), chance)


def krippendorffs_alpha(counts: Numbers, weights: Numbers) -> Numbers:
    """1 less observed over expected disagreement, for categories without an order; right for few units as well."""
    judged = counts.sum(axis=1)
    several = judged > 1
    pairable = counts * several[:, None]
    same = (pairable * (pairable - 1)).sum(axis=1) / np.where(several, judged - 1, 1.0)
    by_category = weights @ pairable
    values = by_category.sum(axis=-1)
    observed = 1 - _share(weights @ same, values)
    alike = (by_category * (by_category - 1)).sum(axis=-1)
    expected = 1 - _share(alike, values * (values - 1))
    return 1 - _share(observed, expected)


def gwets_error(counts: Numbers) -> float:
    """The standard error of `gwets_ac1` of all units, were they drawn from very many."""
    everything = np.ones(len(counts))
    usual, value = _usual(counts, everything), float(gwets_ac1(counts, everything))
    categories, judged = counts.shape[1], counts.sum(axis=1)
    chance = (usual * (1 - usual)).sum() / (categories - 1)
    several = judged > 1
    pairs = np.where(several, judged * (judged - 1), 1.0)
    same = (counts * (counts - 1)).sum(axis=1) / pairs
    own = len(counts) / several.sum() * (same - chance * several) / (1 - chance)
    own_chance = counts @ (1 - usual) / judged / (categories - 1)
    own = own - 2 * (1 - value) * (own_chance - chance) / (1 - chance)
    return float(np.sqrt(((own - value) ** 2).sum() / (len(counts) * (len(counts) - 1))))


MEASURES: Mapping[str, Measure] = {
    "Agreement": percentage,
    "Fleiss' kappa": fleiss_kappa,
    "Krippendorff's alpha": krippendorffs_alpha,
    "Gwet's AC1": gwets_ac1,
}


def between_coders(
    codings: Iterable[Coding],
    case_of: Mapping[str, str],
    *,
    seed: int,
    letters: Mapping[str, int] | None = None,
    each_code: bool = True,
) -> list[Agreement]:
    """How far coders agree, for all codes taken together and then for each, on excerpts that at least two judged.

    Only judgements that were made without a look at one another's tell of agreement: choose them before.

    Args:
        codings: Of people, or of people and the machine: of each coder one for an excerpt and a code.
        case_of: Segment id to case id.
        seed: For the intervals: 95 %, by a Bayesian bootstrap of the cases, widened for few (`of_draws`), with half an
            excerpt more for each way in which two may judge: a few excerpts without a slip do not make coders perfect.
        letters: How much each segment counts beside the others; without it, all count alike.
        each_code: Whether to take each code by itself too.

    Returns:
        Nothing for a code that no excerpt has two judgements of; no measure that says nothing.
    """
    judged: dict[str, dict[str, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    for coding in codings:
        judged[coding.code_id][coding.segment_id][coding.coder_id] = coding.applies
    rows = [
        (code_id, segment_id, said)
        for code_id, by_segment in sorted(judged.items())
        for segment_id, said in sorted(by_segment.items())
        if len(said) > 1
    ]
    found = []
    codes = sorted({row[0] for row in rows}) if each_code else []
    for code_id in [ALL_CODES, *codes] if rows else []:
        chosen = [row for row in rows if code_id in {ALL_CODES, row[0]}]
        weights = np.array([letters[row[1]] if letters else 1 for row in chosen], float)
        found += _measured(code_id, chosen, weights / weights.mean(), case_of, seed)
    return found


def _measured(
    code_id: str,
    rows: Sequence[tuple[str, str, Mapping[str, bool]]],
    weights: Numbers,
    case_of: Mapping[str, str],
    seed: int,
) -> list[Agreement]:
    counts = np.array([[sum(said.values()), len(said) - sum(said.values())] for _, _, said in rows], float)
    place = {case_id: at for at, case_id in enumerate(sorted({case_of[segment_id] for _, segment_id, _ in rows}))}
    cases = np.array([place[case_of[segment_id]] for _, segment_id, _ in rows])
    coders = tuple(sorted({coder for _, _, said in rows for coder in said}))
    random = np.random.default_rng(seed)
    drawn = random.standard_gamma(1.0, (DRAWS, len(place)))[:, cases] * weights
    beside = random.standard_gamma(0.5, (DRAWS, len(_PAIRS)))
    more = np.vstack([counts, _PAIRS])
    found = [
        (name, float(measure(counts, weights)), measure(more, np.hstack([drawn, beside])))
        for name, measure in MEASURES.items()
    ]
    if len(coders) == 2:
        table = np.array([_cell(said[coders[0]], said[coders[1]]) for _, _, said in rows])
        found.append(("Cohen's kappa", float(cohens_kappa(weights @ table)), cohens_kappa(drawn @ table + beside)))
    segments = len({segment_id for _, segment_id, _ in rows})
    told = []
    for name, value, draws in found:
        if np.isfinite(value):
            least = 0.0 if name in SHARES else -1.0
            interval = of_draws(draws, value, cases=len(place), least=least)
            told.append(Agreement(code_id, coders, segments, name, value, *interval, cases=len(place)))
    return told


def _cell(first: bool, second: bool) -> list[float]:
    """One unit in the order of `agreement.measured`: both, the second alone, the first alone, neither."""
    return [
        float(first and second),
        float(second and not first),
        float(first and not second),
        float(not (first or second)),
    ]


def _usual(counts: Numbers, weights: Numbers) -> Numbers:
    """How usual each category is: mean over units of the share of their coders who gave it."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    return _share(weights @ shares, weights.sum(axis=-1, keepdims=True))


def _beyond(agreed: Numbers, chance: Numbers) -> Numbers:
    return _share(agreed - chance, 1 - chance)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """NaN where there is nothing to share."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(np.asarray(whole) > 1e-12, part / whole, np.nan))
