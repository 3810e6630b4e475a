"""Rampart, a small tagger of personal details in any case, run on ONNX.

Model: Rampart, uncased MiniLM with 17 kinds of detail, CC BY 4.0 (see NOTICE). Batched by length; words of 512 pieces
at the most reach it, cut at sentences. It is computed in whole numbers, see eight_bits.py.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from themes import models
from themes.deidentify.doubt import doubtful_stretches
from themes.deidentify.eight_bits import with_whole_numbers
from themes.deidentify.figures import runs_of
from themes.deidentify.phones import is_national
from themes.deidentify.stretches import Stretches, outside
from themes.errors import ModelError, ProtectionError
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

THRESHOLD = 0.3
"""Least probability of a tagged piece of a word. Chosen on tweets: more recall than at .5, little precision lost."""
HINT = 0.02
"""Least probability that is passed on as a hint."""
LONGEST = 510  # pieces; with the two marks around them the model takes 512
BATCH = 512
"""Pieces of words in a batch, filling included: more no longer fits into a core's memory, and is slower (measured)."""
CANARY, IN_CANARY = "yesterday i met margaret wainwright in sheffield", "margaret wainwright"
"""Tagged after the texts of every call. Whoever does not find its name may have missed those of the others: a model
that dies raises nothing."""
LABELS = {
    "GIVEN_NAME": "PERSON", "SURNAME": "PERSON", "EMAIL": "EMAIL", "PHONE": "PHONE", "URL": "URL", "TAX_ID": "CODE",
    "BANK_ACCOUNT": "CODE", "ROUTING_NUMBER": "CODE", "GOVERNMENT_ID": "CODE", "PASSPORT": "CODE",
    "DRIVERS_LICENSE": "CODE", "BUILDING_NUMBER": "ADDRESS", "STREET_NAME": "ADDRESS", "SECONDARY_ADDRESS": "ADDRESS",
    "CITY": "LOCATION", "STATE": "LOCATION", "ZIP_CODE": "POSTCODE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """The loaded tagger. `labels`: what each column of its scores means, without the B- or I- before it."""

    session: Any
    tokenizer: Any
    labels: tuple[str, ...]


class Window(NamedTuple):
    """Pieces of words of one document, from its character `start` on; `offsets` count from there."""

    document: int
    start: int
    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


def find_with_rampart(
    documents: Sequence[RawDocument], *, stretches_of: Callable[[str], Sequence[Span]] = doubtful_stretches
) -> list[list[Finding]]:
    """Personal details as Rampart tags them; `score` is the mean probability over the pieces. National numbers are
    left out: they stay. Beside them hints, for the weights to hear: single pieces that may be of a name.

    Raises:
        ModelError: If the model cannot be loaded.
        ProtectionError: If it does not find, after all texts, the name that it is known to find.
    """
    found: list[list[Finding]] = [[] for _ in documents]
    stretches = [(i, span) for i, document in enumerate(documents) for span in stretches_of(document.text)]
    if not stretches:
        return found
    model = _model()
    encoded = model.tokenizer.encode_batch(
        [span.of(documents[i].text) for i, span in stretches], add_special_tokens=False
    )
    windows = sorted(
        (
            Window(i, span.start, text.ids[cut : cut + LONGEST], text.offsets[cut : cut + LONGEST])
            for (i, span), text in zip(stretches, encoded, strict=True)
            for cut in range(0, len(text.ids), LONGEST)
        ),
        key=lambda window: len(window.ids),
    )
    for batch in _batches(windows):
        for window, scores in zip(batch, _scores(model, [window.ids for window in batch]), strict=True):
            found[window.document].extend(_findings(scores, window.offsets, window.start, model.labels))
            found[window.document].extend(_hints(scores, window.offsets, window.start, model.labels))
    _ask_canary(model)
    return [_without_helplines(document.text, each) for document, each in zip(documents, found, strict=True)]


def _ask_canary(model: Model) -> None:
    encoded = model.tokenizer.encode(CANARY, add_special_tokens=False)
    [scores] = _scores(model, [encoded.ids])
    people = [f.span.of(CANARY) for f in _findings(scores, encoded.offsets, 0, model.labels) if f.label == "PERSON"]
    if IN_CANARY not in people:
        raise ProtectionError(
            "The tagger Rampart no longer finds the name that it must find, so that it may have missed others in these "
            "texts. None of them was passed. Run `make setup` again."
        )


def _without_helplines(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Freephone and national numbers are an organisation's, whatever a tagger holds them to be."""
    if not any(finding.label == "PHONE" for finding in findings):
        return list(findings)
    national = Stretches(Span(run.start, run.end) for run in runs_of(text) if is_national(run))
    return [
        piece
        for finding in findings
        for piece in (outside(finding, national.over(finding.span)) if finding.label == "PHONE" else [finding])
    ]


def _batches(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    """Windows, which ascend in length, in lots of `BATCH` pieces at most."""
    first = 0
    for last, window in enumerate(windows):
        if last > first and (last + 1 - first) * (len(window.ids) + 2) > BATCH:
            yield windows[first:last]
            first = last
    yield windows[first:]


def _scores(model: Model, texts: Sequence[Sequence[int]]) -> Iterator[Any]:
    """Probabilities of each text's pieces, shape (n_pieces, n_labels)."""
    import numpy as np

    width = max(map(len, texts)) + 2
    ids = np.zeros((len(texts), width), dtype=np.int64)
    attention = np.zeros_like(ids)
    start, end = model.tokenizer.token_to_id("[CLS]"), model.tokenizer.token_to_id("[SEP]")
    for row, text in enumerate(texts):
        ids[row, : len(text) + 2] = [start, *text, end]
        attention[row, : len(text) + 2] = 1
    feed = {"input_ids": ids, "attention_mask": attention, "token_type_ids": np.zeros_like(ids)}
    wanted = {entry.name for entry in model.session.get_inputs()}
    logits = model.session.run(None, {name: array for name, array in feed.items() if name in wanted})[0]
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities = shifted / shifted.sum(axis=-1, keepdims=True)
    return (probabilities[row, 1 : len(text) + 1] for row, text in enumerate(texts))


def _findings(
    scores: Any, offsets: Sequence[tuple[int, int]], shift: int, labels: tuple[str, ...]
) -> Iterator[Finding]:
    best = scores.argmax(axis=-1)
    run: list[tuple[int, int, float]] = []
    label = ""
    for piece, (start, end) in enumerate(offsets):
        here, score = LABELS.get(labels[best[piece]], ""), float(scores[piece, best[piece]])
        if score < THRESHOLD:
            here = ""
        apart = bool(run) and start - run[-1][1] > 1
        if here != label or apart:
            yield from _closed(run, label, shift)
            run, label = [], here
        if here:
            run.append((start, end, score))
    yield from _closed(run, label, shift)


def _hints(scores: Any, offsets: Sequence[tuple[int, int]], shift: int, labels: tuple[str, ...]) -> Iterator[Finding]:
    """Pieces that may be of a name: `score` is the probability, `recognizer` "rampart-hint"."""
    names = [column for column, label in enumerate(labels) if LABELS.get(label) == "PERSON"]
    likely = scores[:, names].sum(axis=-1)
    for piece in (likely >= HINT).nonzero()[0]:
        start, end = offsets[piece]
        span = Span(shift + start, shift + end)
        yield Finding(span, "PERSON", IdentifierKind.DIRECT, round(float(likely[piece]), 4), "rampart-hint")


def _closed(run: list[tuple[int, int, float]], label: str, shift: int) -> Iterator[Finding]:
    if run:
        kind = IdentifierKind.QUASI if label == "LOCATION" else IdentifierKind.DIRECT
        score = sum(score for _, _, score in run) / len(run)
        yield Finding(Span(shift + run[0][0], shift + run[-1][1]), label, kind, round(score, 4), "rampart")


@cache
def _model() -> Model:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime
    from tokenizers import Tokenizer

    folder = models.rampart()
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        weights = with_whole_numbers(folder / "onnx" / "model_q4.onnx")
        session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        names = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
    except Exception as trouble:  # each library raises its own; whatever it is, no text may pass without the model
        raise ModelError(
            f"The tagger at {folder} could not be loaded ({type(trouble).__name__}). Run `make setup` again; "
            f"nothing was read."
        ) from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(
        session, tokenizer, tuple(names[str(i)].removeprefix("B-").removeprefix("I-") for i in range(len(names)))
    )
