"""Texts that were copies of one that goes are coded in its place, as the run would have coded them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from themes.code.risk import flag_risk
from themes.code.segments import code
from themes.embedding import embed
from themes.errors import ThemesError
from themes.read.codebook import read_codebook
from themes.read.labelled import read_labelled, with_codes
from themes.records.codebook import Codebook
from themes.records.coding import Coding, LabelledSegment, RiskFlag
from themes.records.corpus import Document
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.segment import segment
from themes.store.files import read_json
from themes.store.tables import from_plain, to_plain


@dataclass(frozen=True)
class Coded:
    """Segments with all that is said of them."""

    segments: Sequence[Segment] = ()
    codings: Sequence[Coding] = ()
    flags: Sequence[RiskFlag] = ()
    vectors: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)


def codebook_of(run: Path) -> Codebook:
    """The codebook that a run coded by."""
    return from_plain(Codebook, read_json(run / "codebook.json"))


def coded(documents: Sequence[Document], run: Path, spec: CorpusSpec) -> Coded:
    """The documents, segmented and coded by the codebook of a run.

    With the labelled examples it learned from, if the corpus's codebook is still the same; else from the codebook
    alone.
    """
    segments = [each for document in documents for each in segment(document)]
    if not segments:
        return Coded()
    codebook = codebook_of(run)
    taught: Sequence[LabelledSegment] = ()
    now = _codebook_now(spec)
    if now is not None and now.labelled is not None and to_plain(replace(now, labelled=None)) == to_plain(codebook):
        taught = read_labelled(now.labelled).examples
    codings = code(segments, codebook, labelled=taught, seed=spec.seed)
    vectors = dict(zip((s.segment_id for s in segments), embed([s.text for s in segments]), strict=True))
    return Coded(segments, codings, flag_risk(segments, codings, codebook), vectors)


def _codebook_now(spec: CorpusSpec) -> Codebook | None:
    try:
        codebook = read_codebook(spec.folder / spec.codebook)
        return with_codes(codebook, read_labelled(codebook.labelled).codes) if codebook.labelled else codebook
    except ThemesError:
        return None
