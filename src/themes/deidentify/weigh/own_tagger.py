"""Our own tagger: MiniLM, trained further on how people in Britain write of themselves, on posts and on judgments.

For every word it says how likely it is of each family of the weights: a person, a place, a unit, what a court leaves
out, what singles somebody out, an age, an address. Written in any case: it reads small letters only. It decides
nothing; the weights hear it (own_votes.py).

What was learned is kept here, in weights/; the vectors of the pieces are those of the packaged encoder, so that no name
is learned that they do not know. Trained by tests/benchmarks/train_own_tagger.py.
"""

import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from themes import models
from themes.deidentify.weigh.doubt import doubtful_stretches
from themes.deidentify.weigh.own_graph import graph_of
from themes.deidentify.weigh.own_votes import LEAST, OWN_TAGGER
from themes.deidentify.weigh.pieces import Window, batches, filled, windows_of
from themes.deidentify.weigh.weights import FAMILIES, as_reported
from themes.errors import ModelError, ProtectionError
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

WEIGHTS_FILE = Path(__file__).parents[1] / "weights" / "own_tagger.npz"
REPORT_FILE = WEIGHTS_FILE.with_suffix(".json")
CANARY, IN_CANARY = "yesterday i met margaret wainwright in sheffield", "margaret wainwright"
"""Tagged after the texts of every call: a model that dies raises nothing."""
SURELY = 0.5
"""Probability at which the canary's name counts as found."""


@dataclass(frozen=True, slots=True)
class Model:
    """The loaded tagger. `words`: the vectors of pieces; `places`: those of their places in the text; `continuing`: the
    numbers of pieces that go on with a word."""

    session: Any
    tokenizer: Any
    words: Any
    places: Any
    continuing: frozenset[int]


def find_with_own_tagger(
    documents: Sequence[RawDocument], *, stretches_of: Callable[[str], Sequence[Span]] = doubtful_stretches
) -> list[list[Finding]]:
    """What the tagger says of each word: one finding for each family that is likely at all. The label is the family,
    the score its probability.

    Raises:
        ModelError: If the model cannot be loaded.
        ProtectionError: If it does not find, after all texts, the name that it is known to find.
    """
    found: list[list[Finding]] = [[] for _ in documents]
    stretches = [(i, span) for i, document in enumerate(documents) for span in stretches_of(document.text)]
    if not stretches:
        return found
    model = _model()
    windows = windows_of(model.tokenizer, [document.text for document in documents], stretches)
    for batch in batches(windows):
        for window, likely in zip(batch, _likely(model, [window.ids for window in batch]), strict=True):
            found[window.document].extend(_findings(model, window, likely))
    _ask_canary(model)
    return found


def _findings(model: Model, window: Window, likely: Any) -> Iterator[Finding]:
    """A word that was taken apart, "wain", "##wright", is as likely as the likeliest of its pieces."""
    import numpy as np

    starts = [0, *(n for n in range(1, len(window.ids)) if window.ids[n] not in model.continuing)]
    words = np.maximum.reduceat(likely, starts, axis=0)
    ends = [*starts[1:], len(window.ids)]
    for word, family in zip(*(each.tolist() for each in (words >= LEAST).nonzero()), strict=True):
        first, last = window.offsets[starts[word]], window.offsets[ends[word] - 1]
        span = Span(window.start + first[0], window.start + last[1])
        score = round(float(words[word, family]), 4)
        yield Finding(span, FAMILIES[family], IdentifierKind.QUASI, score, OWN_TAGGER)


def _likely(model: Model, texts: Sequence[Sequence[int]]) -> Iterator[Any]:
    """The probabilities of each text's pieces, shape (n_pieces, n_families)."""
    import numpy as np

    ids, present = filled(model.tokenizer, texts)
    states = model.words[ids] + model.places[: ids.shape[1]]
    [odds] = model.session.run(None, {"states": states, "mask": present.astype(np.int32)})
    likely = 1 / (1 + np.exp(-odds))
    return (likely[row, 1 : len(text) + 1] for row, text in enumerate(texts))


def _ask_canary(model: Model) -> None:
    encoded = model.tokenizer.encode(CANARY, add_special_tokens=False)
    [likely] = _likely(model, [encoded.ids])
    start = CANARY.index(IN_CANARY)
    name = [piece for piece, (first, _) in enumerate(encoded.offsets) if start <= first < start + len(IN_CANARY)]
    if not (likely[name, FAMILIES.index("person")] > SURELY).all():
        raise ProtectionError(
            "Our own tagger no longer finds the name that it must find, so that it may have missed others in these "
            "texts. None of them was passed. Install the program again."
        )


@cache
def _model() -> Model:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime
    from tokenizers import Tokenizer

    from themes.encoders.safetensors import read_array

    vectors, tokenizer_file = models.pieces()
    arrays = _shipped()
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(graph_of(arrays), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(tokenizer_file))
        words, places, kinds = (
            read_array(vectors, f"embeddings.{kind}_embeddings.weight") for kind in ("word", "position", "token_type")
        )
    except Exception as trouble:  # each library raises its own; whatever it is, no text may pass without the model
        raise ModelError(
            f"Our own tagger could not be loaded ({type(trouble).__name__}). Run `make setup` again; nothing was read."
        ) from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    continuing = frozenset(number for piece, number in tokenizer.get_vocab().items() if piece.startswith("##"))
    return Model(session, tokenizer, words, places + kinds[0], continuing)


def _shipped() -> dict[str, Any]:
    """The arrays of `own_graph.graph_of`."""
    import numpy as np

    with np.load(io.BytesIO(as_reported(WEIGHTS_FILE, REPORT_FILE)), allow_pickle=False) as kept:
        return dict(kept)
