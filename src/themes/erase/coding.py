"""Texts that were copies of one that goes are coded in its place, as the run would have coded them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from themes.code.risk import flag_risk
from themes.code.segments import code
from themes.embedding import embed, encoder_identity, encoding_by
from themes.encoders.catalog import ENCODERS, SENTENCE
from themes.errors import ModelError, ThemesError
from themes.read.codebook import read_codebook
from themes.read.codebook_versions import codebook_file
from themes.read.labelled import examples_for, read_labelled, with_codes
from themes.records.codebook import Codebook
from themes.records.coding import Coding, LabelledSegment, RiskFlag
from themes.records.corpus import Document
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.segment import segment
from themes.store.files import read_json
from themes.store.run_folder import RunFolder
from themes.store.tables import from_plain, to_plain
from themes.store.vectors import read_vectors
from themes.theme.leaning import POLES


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

    With the codebook's labelled examples, if it is still the same; else from the codebook alone. Without decisions:
    those on the texts that go are forgotten, and the next run codes all texts by what is left.
    """
    segments = [each for document in documents for each in segment(document)]
    if not segments:
        return Coded()
    codebook = codebook_of(run)
    taught: Sequence[LabelledSegment] = ()
    now = _codebook_now(spec)
    if now is not None and now.labelled is not None and to_plain(replace(now, labelled=None)) == to_plain(codebook):
        taught = examples_for(now)
    with encoding_by(encoder_of_run(run, spec) or spec.encoder):
        codings = code(segments, codebook, labelled=taught, seed=spec.seed)
        flags = flag_risk(segments, codings, codebook)
    return Coded(segments, codings, flags, vectors_for_run(segments, run, spec))


def vectors_for_run(segments: Sequence[Segment], run: Path, spec: CorpusSpec) -> dict[str, npt.NDArray[np.float32]]:
    """Vectors by segment id, of the encoder that a run had.

    Where that is no longer here they are zero, which lies near nothing: nobody stays in a run for want of an encoder.
    """
    encoder = encoder_of_run(run, spec)
    if encoder is not None:
        with encoding_by(encoder):
            vectors = embed([s.text for s in segments])
    else:
        _, one = next(read_vectors(run, wanted={s.segment_id for s in RunFolder(run).read(Segment)}))
        vectors = np.zeros((len(segments), len(one)), np.float32)
    return dict(zip((s.segment_id for s in segments), vectors, strict=True))


def poles_for_run(run: Path, spec: CorpusSpec) -> npt.NDArray[np.float32] | None:
    """Vectors of `theme.leaning.POLES` by the encoder that a run had; None where that is no longer here."""
    encoder = encoder_of_run(run, spec)
    if encoder is None:
        return None
    with encoding_by(encoder):
        return embed(POLES)


def encoder_of_run(run: Path, spec: CorpusSpec) -> str | None:
    """The encoder that a run's vectors are by; None if it is neither one of ours nor the corpus's present one."""
    told = run / "coder.json"
    models = read_json(told)["models"] if told.is_file() else {}
    if "chosen_encoder" not in models:
        return SENTENCE
    for encoder in dict.fromkeys([*ENCODERS, spec.encoder]):
        with suppress(ModelError):
            if encoder_identity(encoder) == models["chosen_encoder"]:
                return encoder
    return None


def _codebook_now(spec: CorpusSpec) -> Codebook | None:
    try:
        codebook = read_codebook(codebook_file(spec))
        return with_codes(codebook, read_labelled(codebook.labelled).codes) if codebook.labelled else codebook
    except ThemesError:
        return None
