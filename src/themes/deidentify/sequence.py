"""A second hearing: what a word's neighbours, and the same word elsewhere in the text, say once each has been heard
alone."""

from collections.abc import Iterator, Sequence

from themes.deidentify.evidence import Bundle, Look
from themes.deidentify.forms import cell

JOINTS = {" ": "j", "-": "-", "\n": "n", ". ": ".", ".": ".", ", ": ",", " & ": "&", "|": "|"}


def sequence_bundles(seen: Look, odds: Sequence[float], family: str) -> Iterator[list[Bundle]]:
    """For each word, the bundle of its own log-odds and those around it and of its like.

    Args:
        odds: One per word, from the first hearing.
        family: Which family's odds these are, "person" or another: each has weights of its own.
    """
    steps = [_step(value) for value in odds]
    padded = [-9, -9, *steps, -9, -9]
    gaps = ["|", *(JOINTS.get(seen.gap(i), "x") for i in range(len(steps)))]
    best = _best(seen, steps)
    for i, form in enumerate(seen.forms):
        yield [
            ("sequence", (family, *padded[i : i + 5], gaps[i], gaps[i + 1], _elsewhere(seen, steps, best, i),
                          form.shape, cell(form.plain), seen.style)),
        ]  # fmt: skip


def sequence_features(
    family: str, far: int, left: int, here: int, right: int, beyond: int, before: str, after: str, like: int,
    shape: str, lists: str, style: str,
) -> Iterator[str]:  # fmt: skip
    say = f"{family} sequence"
    yield f"{say} {here}"
    yield f"{say} {here} {shape}"
    yield f"{say} {here} {style}"
    yield f"{say} left {left} {before}"
    yield f"{say} right {after} {right}"
    yield f"{say} left {_coarse(left)} {before} {here}"
    yield f"{say} right {here} {after} {_coarse(right)}"
    yield f"{say} left {_coarse(left)} {before} {shape} {_coarse(here)}"
    yield f"{say} right {after} {_coarse(right)} {shape} {_coarse(here)}"
    yield f"{say} both {_coarse(left)} {before} {_coarse(here)} {after} {_coarse(right)}"
    yield f"{say} far {_coarse(far)} {_coarse(left)} {before} {_coarse(here)}"
    yield f"{say} beyond {_coarse(here)} {after} {_coarse(right)} {_coarse(beyond)}"
    yield f"{say} like {_coarse(like)} {here}"
    yield f"{say} like {like}"
    yield f"{say} like {_coarse(like)} {shape} {_coarse(here)}"
    yield f"{say} list {_coarse(left)} {before} {lists}"


def _step(value: float) -> int:
    return max(-5, min(5, round(value)))


def _coarse(step: int) -> str:
    return "." if step < -8 else "-" if step < -2 else "?" if step < 1 else "+"


def _best(seen: Look, steps: Sequence[int]) -> dict[str, tuple[int, int]]:
    """The highest step of each word, and the second highest."""
    best: dict[str, tuple[int, int]] = {}
    for form, step in zip(seen.forms, steps, strict=True):
        first, second = best.get(form.plain, (-9, -9))
        best[form.plain] = (step, first) if step > first else (first, max(second, step))
    return best


def _elsewhere(seen: Look, steps: Sequence[int], best: dict[str, tuple[int, int]], i: int) -> int:
    first, second = best[seen.forms[i].plain]
    return second if steps[i] == first else first
