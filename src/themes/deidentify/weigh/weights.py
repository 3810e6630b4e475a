"""The learned weights: where they are, and that they are the ones that were trained."""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from themes.deidentify.weigh import trees
from themes.deidentify.weigh.forms import FEATURES
from themes.deidentify.weigh.trees import Forest
from themes.errors import ModelError
from themes.language import word_vector

FOLDER = Path(__file__).parents[1] / "weights"
WEIGHTS_FILE = FOLDER / "evidence.npz"
REPORT_FILE = FOLDER / "evidence.json"
FAMILIES = ("person", "place", "unit", "strict", "singled", "age", "address")
"""Strict: what a court leaves out of a public judgment: dates, sums, organisations, roles. For the release profile.
Singled: what singles somebody out: a rare role, event, condition, "the only ... in ...". Age: somebody's age, of
numbers alone. Address: where somebody lives, down to the house."""
VECTOR = 64
"""Dimensions a word vector is brought down to."""

type Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """`models`: what each column decides. `table`: shape (FEATURES, n_models). `vectors`: shape (3, 2 · VECTOR,
    n_models), for the word before, the word, the word after. `intercepts`: (n_models,). `centre`, `projection`: from a
    word vector of 300 to VECTOR. `forest`: the trees of the third hearing, where there is one. All in log-odds."""

    models: tuple[str, ...]
    table: Floats
    vectors: Floats
    intercepts: Floats
    centre: Floats
    projection: Floats
    forest: Forest | None = None


def word_pair(written: str, centre: Floats, projection: Floats) -> Floats:
    """The vectors of a word in small letters and with a capital, brought down: shape (2 · VECTOR,); noughts for one
    that the vectors do not hold. So that a text's case says nothing here."""
    parts = []
    for form in (written.lower(), written.capitalize()):
        vector = word_vector(form)
        parts.append(np.zeros(VECTOR, np.float32) if vector is None else (vector - centre) @ projection)
    return np.concatenate(parts).astype(np.float32)


@cache
def shipped() -> Weights:
    """The weights that come with the program, once their hash is checked.

    Raises:
        ModelError: If they are missing or not those that the report describes. Without them nothing may pass.
    """
    return unpacked(as_reported(WEIGHTS_FILE, REPORT_FILE))


def as_reported(weights: Path, report: Path) -> bytes:
    """What is in a file of weights, if it is the one whose SHA-256 the report beside it holds.

    Raises:
        ModelError: If either is missing, or it is another.
    """
    try:
        content = weights.read_bytes()
        if hashlib.sha256(content).hexdigest() == json.loads(report.read_text("utf-8"))["sha256"]:
            return content
        trouble = "it is not the one that its report describes"
    except (OSError, ValueError, KeyError, TypeError) as error:
        trouble = type(error).__name__
    raise ModelError(
        f"The weights {weights.name} cannot be used ({trouble}). Install the program again; nothing was read."
    )


def packed(weights: Weights) -> bytes:
    """A file of the weights, the same for the same weights. Half precision; features without weight are left out."""
    used = np.flatnonzero(np.abs(weights.table).max(axis=1) > 0)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        models=np.array(weights.models),
        used=used.astype(np.int32),
        table=weights.table[used].astype(np.float16),
        vectors=weights.vectors.astype(np.float16),
        intercepts=weights.intercepts.astype(np.float32),
        centre=weights.centre.astype(np.float16),
        projection=weights.projection.astype(np.float16),
        **(trees.arrays(weights.forest) if weights.forest else {}),  # type: ignore[arg-type]  # all are arrays
    )
    return file.getvalue()


def unpacked(content: bytes) -> Weights:
    """The weights of a file made by `packed`."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        table = np.zeros((FEATURES, len(kept["models"])), np.float32)
        table[kept["used"]] = kept["table"]
        forest = trees.from_arrays(kept) if any(name.startswith("trees ") for name in kept) else None
        vectors, intercepts, centre, projection = (
            kept[name].astype(np.float32) for name in ("vectors", "intercepts", "centre", "projection")
        )
        return Weights(tuple(map(str, kept["models"])), table, vectors, intercepts, centre, projection, forest)
