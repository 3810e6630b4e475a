"""The probability sample in the review log: batches drawn, with the chance of every case; which cases are in it."""

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np
import numpy.typing as npt

from themes.errors import StoreError
from themes.estimate.frame import Frame
from themes.estimate.precision import Promise
from themes.estimate.precision import promises as promised
from themes.estimate.sampling import drawn, inclusion_probabilities, usefulness
from themes.records.review import Entry, EntryKind, NewEntry
from themes.records.sample import Batch, SampledCase, Unit
from themes.store.review_log import ReviewLog
from themes.store.review_records import said_in

DOUBLE_SHARE = 0.2
"""The share of drawn cases that two people review: agreement has to be known, and costs a second reading."""

type Numbers = npt.NDArray[np.float64]


def draw_batch(
    log: ReviewLog,
    frame: Frame,
    *,
    budget: float,
    secret: bytes,
    run_id: str,
    codebook_version: str,
    coder: str,
    unit: Unit = Unit.EXCERPTS,
    priorities: Sequence[float] | None = None,
    double_share: float = DOUBLE_SHARE,
) -> list[SampledCase]:
    """Draw one more batch and write it down, with score and chance of all cases.

    Two who draw at once draw one batch, or the second is refused.

    Args:
        log: The corpus's.
        frame: All cases of a run.
        budget: How many excerpts, or cases, it is expected to add to the sample.
        secret: By which cases are drawn: the corpus's own, always the same, and never kept with the log.
            `Vault.keyed("sample", "")` gives one.
        run_id: Whose cases and scores they are.
        codebook_version: Of that run.
        coder: As `Batch` has it.
        unit: What the budget counts.
        priorities: As `estimate.sampling.usefulness` takes them.
        double_share: As `Batch` has it.

    Returns:
        The cases drawn in this batch, those among them that were in the sample before as well.

    Raises:
        StoreError: If an earlier batch was drawn by another secret, or the log cannot be written.
        EntryTaken: If somebody else drew a batch meanwhile.
    """
    earlier = batches_in(log)
    mark = hmac.digest(secret, b"mark", "sha256").hex()[:16]
    if any(batch.secret_mark != mark for batch in earlier):
        raise StoreError(
            "Earlier batches of this sample were drawn by another secret, so nobody could tell anyone's chance any "
            "more. Bring back the vault they were drawn with."
        )
    before = probabilities_in(log, frame.case_ids)
    useful = usefulness(frame, priorities)
    costs = (1 - before) * (frame.excerpts if unit is Unit.EXCERPTS else 1.0)
    chances = inclusion_probabilities(useful, costs, budget)
    batch = Batch(
        batch_id=f"batch {len(earlier) + 1}",
        run_id=run_id,
        codebook_version=codebook_version,
        coder=coder,
        code_ids=frame.code_ids,
        priorities=tuple(priorities or [1.0] * len(frame.code_ids)),
        budget=budget,
        unit=unit,
        double_share=double_share,
        cases=len(frame.case_ids),
        secret_mark=mark,
    )
    log.append([_batch_entry(batch), *_draws(batch, frame, useful, chances, secret)])
    return [case for case in sample_in(log).values() if batch.batch_id in case.batch_ids]


def _batch_entry(batch: Batch) -> NewEntry:
    said = {key: value for key, value in asdict(batch).items() if key not in {"batch_id", "drawn_at"}}
    said |= {"code_ids": list(batch.code_ids), "priorities": list(batch.priorities)}
    return NewEntry(EntryKind.BATCH, batch.batch_id, "", said)


def _draws(batch: Batch, frame: Frame, useful: Numbers, chances: Numbers, secret: bytes) -> Iterator[NewEntry]:
    """An entry for each case, so that one can be forgotten without the others."""
    lots = drawn(frame.case_ids, chances, secret=secret, stream=batch.batch_id)
    # A stream of its own, and one for all batches: a case is read twice, or not, in whichever batch it comes.
    shares = np.full(len(frame.case_ids), batch.double_share)
    double = drawn(frame.case_ids, shares, secret=secret, stream="double")
    for row, case_id in enumerate(frame.case_ids):
        said = {
            "batch": batch.batch_id,
            "score": float(useful[row]),
            "excerpts": int(frame.excerpts[row]),
            "probability": float(chances[row]),
            "drawn": bool(lots[row]),
            "double": bool(lots[row] and double[row]),
        }
        yield NewEntry(EntryKind.DRAW, f"{batch.batch_id} {case_id}", case_id, said)


def batches_in(log: ReviewLog) -> list[Batch]:
    """All batches, in the order in which they were drawn."""
    return [_batch(entry) for entry in log.entries(EntryKind.BATCH)]


def _batch(entry: Entry) -> Batch:
    said = said_in(entry)
    fields = {**said, "unit": Unit(said["unit"])}
    fields |= {key: tuple(said[key]) for key in ("code_ids", "priorities")}
    return Batch(batch_id=entry.entry_id, drawn_at=entry.written_at, **fields)


def sample_in(log: ReviewLog, *, until: int | None = None) -> dict[str, SampledCase]:
    """Every case that could have been drawn in any batch, by id. Cases of people who were forgotten are not there.

    Args:
        log: The corpus's.
        until: Only by entries up to this number: the sample as a run knew it.
    """
    cases: dict[str, SampledCase] = {}
    for entry in log.entries(EntryKind.DRAW):
        if until is not None and entry.number > until:
            break
        said = said_in(entry)
        known = cases.get(entry.about, SampledCase(entry.about, 0.0, is_drawn=False, is_double=False))
        cases[entry.about] = SampledCase(
            entry.about,
            1 - (1 - known.probability) * (1 - said["probability"]),
            is_drawn=known.is_drawn or said["drawn"],
            is_double=known.is_double or said["double"],
            batch_ids=(*known.batch_ids, *([said["batch"]] if said["drawn"] else [])),
        )
    return cases


def first_frame_in(log: ReviewLog) -> frozenset[str]:
    """The cases that were there when the first batch was drawn."""
    draws = [(entry.about, said_in(entry)["batch"]) for entry in log.entries(EntryKind.DRAW)]
    return frozenset(case_id for case_id, batch in draws if batch == draws[0][1])


def digest_of_sample(log: ReviewLog | None) -> str:
    """Changes whenever a batch is drawn; empty without a sample."""
    return " ".join(f"{batch.batch_id} {batch.drawn_at}" for batch in batches_in(log)) if log else ""


def probabilities_in(log: ReviewLog, case_ids: Sequence[str]) -> Numbers:
    """The chance of each case that it is in the sample by now, shape (n_cases,); 0 of one that came later."""
    cases = sample_in(log)
    return np.array([cases[case_id].probability if case_id in cases else 0.0 for case_id in case_ids])


def next_promises(log: ReviewLog, frame: Frame, *, more_cases: float = 40) -> list[Promise]:
    """What a batch of so many more cases would do for the precision of each code."""
    return promised(frame, probabilities_in(log, frame.case_ids), more_cases)
