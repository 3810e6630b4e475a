"""A fitted coder as one file of plain arrays, frozen before it codes: what coded is kept, and is not fitted again.

The file holds numbers alone: weights by place and vectors, no words. Its SHA-256 and the
fingerprint of all that it was fitted on stand beside it; a file that is not the one it says is fitted anew.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from themes.code.labels import content_of
from themes.code.layer import Layer
from themes.code.ridge import Weights
from themes.code.rounding import each_once, in_columns, in_steps, of_length_one
from themes.code.stack import VERSION, Stack, fit
from themes.embedding import encoder_identity
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment

_PACKAGED = Path(__file__).parents[1] / "codebooks" / "back-to-work"
STARTERS: Mapping[str, Path] = {"sentence": _PACKAGED / "starter.npz", "static": _PACKAGED / "starter_static.npz"}
"""The packaged codebook's frozen coder for each encoder; the report beside it says what it was fitted on."""


def fitted(
    labelled: Sequence[LabelledSegment],
    codebook: Codebook,
    *,
    seed: int,
    folder: Path | None = None,
    earlier: Path | None = None,
) -> Stack | None:
    """The coder that was frozen for these labels and codebook, or else one fitted now, and frozen in the folder.

    Args:
        labelled: Segments that people have coded.
        codebook: The codes.
        seed: For the folds; the coder that comes with the program was fitted with seed 1, and serves for any.
        folder: Where coders are frozen; None: this one is not.
        earlier: The last run's folder of frozen coders; one that serves is taken over from it.
    """
    name = fingerprint(labelled, codebook)
    file = f"{name}-{seed}.npz"
    if folder and earlier and not (folder / file).is_file() and thaw(earlier / file, fitted_on=name) is not None:
        _take_over(earlier / file, folder / file)
    for place in (*STARTERS.values(), folder and folder / file):
        if place is not None and (thawed := thaw(place, fitted_on=name)) is not None:
            return thawed
    stack = fit(labelled, codebook, seed=seed)
    if stack is not None:
        stack = _from_arrays(_arrays(stack))  # as the file would give it back, whether or not there is one
        if folder is not None:
            freeze(stack, folder / file, fitted_on=name)
    return stack


def digest_of(labelled: Sequence[LabelledSegment], codebook: Codebook, *, seed: int, folder: Path | None = None) -> str:
    """SHA-256 of the frozen coder that `fitted` gives; empty if there are too few labels to fit one."""
    name = fingerprint(labelled, codebook)
    for place in (*STARTERS.values(), folder and folder / f"{name}-{seed}.npz"):
        if place is not None and thaw(place, fitted_on=name) is not None:
            return str(json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))["sha256"])
    return ""


def fingerprint(labelled: Sequence[LabelledSegment], codebook: Codebook) -> str:
    """Sixteen letters and digits that tell what a coder is fitted on: texts, codes, codebook, method and encoder."""
    told: list[object] = [VERSION, encoder_identity(), codebook.uncoded]
    told += [[asdict(code)[key] for key in _TOLD] for code in codebook.codes]
    told += sorted(content_of(one) for one in labelled)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


_TOLD = ("code_id", "name", "label", "definition", "include", "exclude", "examples", "cues", "polarity")


def freeze(stack: Stack, file: Path, *, fitted_on: str, report: Mapping[str, object] | None = None) -> str:
    """Write a coder and, beside it as JSON, its SHA-256, which is returned, and what is reported of it."""
    held = io.BytesIO()
    np.savez_compressed(held, **_arrays(stack))
    digest = hashlib.sha256(held.getvalue()).hexdigest()
    told = {"sha256": digest, "fitted_on": fitted_on, **(report or {})}
    _put(file, held.getvalue(), json.dumps(told, indent=1) + "\n")
    return digest


def _take_over(source: Path, target: Path) -> None:
    _put(target, source.read_bytes(), source.with_suffix(".json").read_text(encoding="utf-8"))


def _put(file: Path, content: bytes, told: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for place, held in ((file, content), (file.with_suffix(".json"), told.encode())):
        partial = place.with_name(f".{place.name}.partial")
        partial.write_bytes(held)
        partial.replace(place)


def thaw(file: Path, *, fitted_on: str) -> Stack | None:
    """The coder in a file; None if there is none, it was fitted on something else, its SHA-256 is another, or what
    stands beside it is damaged."""
    try:
        told = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        changed = file.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    match told:
        case {"sha256": str(digest), "fitted_on": str(name)} if name == fitted_on:
            return _thawed(file, changed, digest)
    return None


@cache
def _thawed(file: Path, _changed: int, digest: str) -> Stack | None:
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return _from_arrays({name: kept[name] for name in kept.files})


def _arrays(stack: Stack) -> dict[str, Any]:
    """Half precision, three digits, for the weights of vectors, whose errors would add up; steps for all else."""
    arrays: dict[str, Any] = {
        "taken": stack.taken,
        "layer/weights": stack.layer.weights,
        "layer/constants": stack.layer.constants,
        "layer/knots": stack.layer.knots,
        "layer/bends": stack.layer.bends,
        "layer/cut_offs": stack.layer.cut_offs,
    }
    if not stack.decided.all():
        arrays["decided"] = stack.decided
    for name, view in stack.views.items():
        arrays[f"view/{name}/usual"] = view.usual
        for space, weights in view.place.items():
            arrays[f"view/{name}/place/{space}"], arrays[f"view/{name}/step/{space}"] = in_columns(weights)
        arrays |= {f"view/{name}/vector/{space}": np.float16(weights) for space, weights in view.vector.items()}
    arrays |= {f"rarity/{space}": np.float16(rarity) for space, rarity in stack.rarity.items()}
    known = each_once({space: in_steps(vectors) for space, vectors in stack.known.items()})
    return arrays | {f"known/{space}": held for space, held in known.items()}


def _from_arrays(arrays: dict[str, Any]) -> Stack:
    views: dict[str, dict[str, Any]] = {}
    for key, held in arrays.items():
        match key.split("/"):
            case ["view", name, "usual"]:
                views.setdefault(name, {"place": {}, "vector": {}})["usual"] = held
            case ["view", name, "place", space]:
                views[name]["place"][space] = held * arrays[f"view/{name}/step/{space}"]
            case ["view", name, "vector", space]:
                views[name]["vector"][space] = held.astype(float)
    rows = of_length_one(arrays["known/rows"])
    known = {
        key.split("/")[1]: rows[held]
        for key, held in arrays.items()
        if key.startswith("known/") and key != "known/rows"
    }
    weights, constants, knots, bends = (arrays[f"layer/{name}"] for name in ("weights", "constants", "knots", "bends"))
    layer = Layer(weights, constants, knots, bends, arrays["layer/cut_offs"])
    rarity = {key.split("/")[1]: held.astype(float) for key, held in arrays.items() if key.startswith("rarity/")}
    taken = arrays["taken"]
    decided = arrays.get("decided", np.ones_like(taken))
    return Stack({name: Weights(**view) for name, view in views.items()}, rarity, known, taken, decided, layer)
