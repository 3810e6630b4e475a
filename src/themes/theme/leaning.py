"""Which way a text leans, praise or complaint, so that a theme can show those who speak of it otherwise than most.

A rough guide for choosing excerpts, and for nothing else: it is never shown, counted or stored.
"""

import numpy as np
from numpy.typing import NDArray

from themes.theme.clusters import Floats, unit

PRAISE = (
    "It went well and it helped me.",
    "They were kind, they listened, and I am grateful.",
    "I am happy with this. It was very good.",
    "Nothing needs to change; it worked for me.",
)
COMPLAINT = (
    "It went badly and it made things worse.",
    "They were rude, nobody listened, and I am angry.",
    "I am unhappy with this. It was terrible.",
    "This needs to change; it did not work for me.",
)
POLES = (*PRAISE, *COMPLAINT)


def leanings(vectors: Floats, poles: Floats) -> NDArray[np.float32]:
    """How far each text lies towards praise, above 0, or complaint, below; shape (n_texts,).

    Args:
        vectors: Shape (n_texts, n_dims).
        poles: Vectors of `POLES` by the same encoder, shape (8, n_dims).
    """
    praise, complaint = unit(poles[: len(PRAISE)].mean(axis=0)[None]), unit(poles[len(PRAISE) :].mean(axis=0)[None])
    between = (praise + complaint) / 2
    return np.asarray(((vectors - between) @ unit(praise - complaint).T)[:, 0], np.float32)
