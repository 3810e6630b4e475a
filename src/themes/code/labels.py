"""Labelled segments as a coder learns from them: in order of content, as a table, or as examples of their codes."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from themes.code.spaces import question_of
from themes.code.wording import own_words
from themes.records.codebook import Codebook
from themes.records.coding import LabelledSegment


def content_of(one: LabelledSegment) -> list[object]:
    """All of a labelled segment that a coder is fitted on, as JSON has it; without ids, which say when it came."""
    segment = one.segment
    return [
        segment.text,
        segment.case_id,
        segment.prompt,
        sorted(one.code_ids),
        [[span.start, span.end] for span in segment.quoted],
        *([] if one.asked is None else [sorted(one.asked)]),
        *(["a part of the answer"] if segment.prompt and not question_of(segment) else []),
        *(["reviewed"] if one.reviewed else []),
    ]


def places_in_order(labelled: Sequence[LabelledSegment]) -> list[int]:
    """The places of the segments, sorted by content, so that a fitted coder does not hang on the order they came in."""
    return sorted(range(len(labelled)), key=lambda at: json.dumps(content_of(labelled[at])))


def in_order(labelled: Sequence[LabelledSegment]) -> list[LabelledSegment]:
    """The segments sorted by content."""
    return [labelled[at] for at in places_in_order(labelled)]


def decided_of(labelled: Sequence[LabelledSegment], codebook: Codebook) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which codes people gave each segment, and which they said yes or no to; both of shape (n_labelled, n_codes)."""
    shape = (len(labelled), len(codebook.codes))
    taken = np.array([[c.code_id in one.code_ids for c in codebook.codes] for one in labelled], bool).reshape(shape)
    asked = [[one.asked is None or c.code_id in one.asked for c in codebook.codes] for one in labelled]
    return taken, np.array(asked, bool).reshape(shape) | taken


def with_examples(codebook: Codebook, labelled: Sequence[LabelledSegment]) -> Codebook:
    """The codebook with labelled segments among the examples of their codes, for when they are too few to fit a coder.

    Those of which people said that no code applies are among its uncoded examples. It is for coding alone: nobody is
    shown it, and nothing of it is kept.
    """
    texts = [(own_words(one.segment).strip(), one) for one in in_order(labelled)]
    told = [(text, one) for text, one in texts if text]
    codes = tuple(
        replace(code, examples=(*code.examples, *(text for text, one in told if code.code_id in one.code_ids)))
        for code in codebook.codes
    )
    uncoded = (text for text, one in told if not one.code_ids and one.asked is None)
    return replace(codebook, codes=codes, uncoded=(*codebook.uncoded, *uncoded))
