"""The reviewed excerpts that lie nearest to one in meaning, by the vectors of the run: what people said of the like."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from themes.store.vectors import read_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 3
LEAST = 0.3
"""Cosines below it are between excerpts that have little in common: they would explain nothing."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An excerpt on which people decided, near another one."""

    segment_id: str
    likeness: float
    """Cosine, up to 1."""
    takes: bool
    """Whether they hold that the code applies."""


class Nearest:
    """The vectors of a run, read when they are first asked for. May be used from several threads."""

    def __init__(self, run: Path) -> None:
        """Nothing is read yet.

        Args:
            run: The run's folder.
        """
        self._run = run
        self._reading = Lock()
        self._held: Mapping[str, NDArray[np.float16]] | None = None

    def read(self) -> Mapping[str, "NDArray[np.float16]"]:
        """Segment id to its vector; at half precision, as they are kept: a hundred thousand take 80 MB. Read once."""
        import numpy as np

        with self._reading:
            if self._held is None:
                self._held = {name: vector.astype(np.float16) for name, vector in read_vectors(self._run, wanted=None)}
            return self._held

    def to(self, segment_id: str, decided: Mapping[str, bool]) -> list[Reviewed]:
        """The nearest reviewed excerpts, the nearest first; none for a stretch that was not cut by the run.

        Where nobody has decided anything no vector is read.

        Args:
            segment_id: The excerpt that is asked about; it is not near itself.
            decided: Excerpts, and whether people hold that a code applies.
        """
        if not decided:
            return []
        import numpy as np

        vectors = self.read()
        ids = [each for each in decided if each in vectors and each != segment_id]
        if segment_id not in vectors or not ids:
            return []
        own = vectors[segment_id].astype(np.float32)
        matrix = np.array([vectors[each] for each in ids], np.float32)
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(own)
        likeness = np.divide(matrix @ own, lengths, out=np.zeros(len(ids), np.float32), where=lengths > 0)
        order = np.argsort(-likeness, kind="stable")[:MOST]
        near = [Reviewed(ids[at], round(float(likeness[at]), 2), decided[ids[at]]) for at in order]
        return [one for one in near if one.likeness >= LEAST]
