"""Where texts lie close together among vectors of meaning: the arithmetic behind emergent themes.

Made so that what is found lasts: vectors are first drawn towards their neighbours, which makes two samples of one
corpus agree; what is found is kept as directions, and every text is assigned to the nearest direction afresh. As a
corpus grows, known directions move only as far as new texts weigh, and new ones are added only where texts lie far
from all known ones. No text is ever looked up by its id or its words.
"""

from dataclasses import dataclass, replace

import numpy as np

from themes.theme.clusters import MOST_GROUPS, Floats, Labels, means, ridge, unit

FEWEST_CASES = 3
"""What only one or two people say is no pattern across cases."""
UNCLEAR_SHARE = 0.03
"""So many of the texts are unclear at the time of finding: those least like their group. Over ten pairs of samples of
the NHS comments, ARI was .745 (lowest .679) with 2 %, .755 (.688) with 3 %, at the same AMI with people's codes; with
10 %, AMI falls by .01."""
MOST_UNCLEAR = 0.14
FAR_SHARE = 0.25


@dataclass(frozen=True, eq=False)
class Groups:
    """What is known of groups among vectors: enough to tell of any text which it belongs to."""

    middle: Floats
    """Mean of the vectors first seen, shape (n_dims,): taken off before anything is compared."""
    directions: Floats
    """The mean text of each group, shape (n_groups, n_dims), each of length one."""
    weights: Floats
    """Ridge regression from texts to groups, shape (n_dims, n_groups): told apart better than by the nearest mean
    (AMI with people's codes .295 against .288 on the NHS comments)."""
    offsets: Floats
    """Shape (n_groups,)."""
    reach: Floats
    """Cosine to its group's direction below which lies a group's least similar quarter, shape (n_groups,)."""
    floor: float
    """Cosine below which a text is unclear."""
    texts: int
    """How many texts stand behind all this: the most there were in one call."""
    learned_from: int
    """How many there were when the weights were last learned."""


def nearest(groups: Groups, vectors: Floats) -> tuple[Labels, Floats]:
    """The group each text belongs to, -1 where unclear, and its cosine to it; both of shape (n_texts,).

    At most 14 % are unclear: where more lie below the floor, it gives way. At most 40 groups have texts: those of the
    smallest others go to their next nearest.
    """
    units = directions_from(vectors, groups.middle)
    labels, closeness = assigned(groups, units)
    sizes = np.bincount(labels, minlength=len(groups.directions))
    if np.count_nonzero(sizes) > MOST_GROUPS:
        largest = np.sort(np.argsort(-sizes, kind="stable")[:MOST_GROUPS])
        labels = largest[(units @ groups.weights[:, largest] + groups.offsets[largest]).argmax(axis=1)]
        closeness = np.einsum("ij,ij->i", units, groups.directions[labels])
    floor = min(groups.floor, float(np.quantile(closeness, MOST_UNCLEAR)))
    return np.where(closeness < floor, -1, labels), closeness


def assigned(groups: Groups, units: Floats) -> tuple[Labels, Floats]:
    labels = (units @ groups.weights + groups.offsets).argmax(axis=1)
    return labels, np.einsum("ij,ij->i", units, groups.directions[labels])


def described(units: Floats, labels: Labels, middle: Floats) -> Groups:
    """What the texts of each group have in common; groups are numbered from 0 without gaps."""
    directions = means(units, labels)
    weights, offsets = ridge(units, labels, len(directions))
    closeness = np.einsum("ij,ij->i", units, directions[labels])
    reach = [np.quantile(closeness[labels == group], FAR_SHARE) for group in range(len(directions))]
    reaches = np.array(reach, np.float32)
    groups = Groups(middle, directions, weights, offsets, reaches, 0.0, len(units), len(units))
    return replace(groups, floor=float(np.quantile(assigned(groups, units)[1], UNCLEAR_SHARE)))


def directions_from(vectors: Floats, middle: Floats) -> Floats:
    return unit(vectors.astype(np.float32) - middle)
