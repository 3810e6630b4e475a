"""Why a code was suggested: the codebook's words for it, what speaks against it, and the nearest reviewed excerpts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themes.code.cues import find_cues, in_plain_words
from themes.code.denial import is_denied
from themes.code.wording import reproduced, words_of
from themes.records.codebook import Code, Codebook
from themes.records.coding import LabelledSegment
from themes.records.segment import Segment

if TYPE_CHECKING:
    from themes.code.stack import Stack

MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A reviewed excerpt of like meaning, by its place among the labelled ones."""

    row: int
    segment_id: str
    likeness: float
    """Cosine, up to 1."""
    takes: bool
    """Whether people gave it the code."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What spoke for and against a code. The words are the codebook's; `near` points to excerpts that may be shown."""

    code_id: str
    cues: tuple[str, ...]
    """Cues of the code that the writer uses and does not deny, the strongest first."""
    against: tuple[str, ...]
    """Such as "denied: sanction…", "in part another's words", "speaks for Coercion: forced"."""
    near: tuple[Near, ...]
    """The nearest reviewed excerpts, nearest first; none without labels."""


def explain(
    segment: Segment,
    code: Code,
    codebook: Codebook,
    *,
    labelled: Sequence[LabelledSegment] = (),
    stack: "Stack | None" = None,
) -> Explanation:
    """What speaks for and against a code of a segment.

    Args:
        segment: The segment.
        code: A code of the codebook.
        codebook: All codes.
        labelled: What the coder learned from.
        stack: The coder that learned from them, which holds their vectors.

    Raises:
        ValueError: If the coder has learned from another number of segments.
    """
    found = sorted(find_cues(segment, codebook), key=lambda one: -one.strength)
    own = [one for one in found if one.code_id == code.code_id]
    cues = dict.fromkeys(in_plain_words(one.cue) for one in own if not one.denied)
    against = [f"denied: {in_plain_words(one.cue)}" for one in own if one.denied]
    if reproduced(segment):
        against.append("in part another's words")
    words = words_of(segment.text)
    if not own and any(is_denied(words, at) for at in range(1, len(words))):
        against.append("the writer denies something")
    against += [
        f"speaks for {codebook[one.code_id].name}: {in_plain_words(one.cue)}"
        for one in found
        if one.code_id in code.close_codes and not one.denied
    ]
    return Explanation(code.code_id, tuple(cues), tuple(dict.fromkeys(against)), _near(segment, code, labelled, stack))


def _near(segment: Segment, code: Code, labelled: Sequence[LabelledSegment], stack: "Stack | None") -> tuple[Near, ...]:
    if stack is None or not labelled:
        return ()
    # Here, and not above: who asks for cues alone, as the review page does, need not wait for the models' libraries.
    import numpy as np

    from themes.code.labels import places_in_order
    from themes.code.learned import shares_nearby
    from themes.code.spaces import text_of
    from themes.embedding import embed

    known = stack.labelled_vectors()
    if len(known) != len(labelled):
        raise ValueError(f"the coder has learned from {len(known)} segments, not {len(labelled)}")
    vector = embed([text_of(segment)]).astype(float)
    places = places_in_order(labelled)
    takes = np.array([code.code_id in labelled[place].code_ids for place in places])
    _, nearest = shares_nearby(vector, known, takes[:, None].astype(float))
    return tuple(
        Near(
            places[row],
            labelled[places[row]].segment.segment_id,
            round(float(known[row] @ vector[0]), 3),
            bool(takes[row]),
        )
        for row in nearest[0, :MOST_NEAR].tolist()
    )
