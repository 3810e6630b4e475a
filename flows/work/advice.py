"""A language model's advice on the excerpts of a run, where its corpus asks for one, and what the report says of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from themes.code.language_model import Advice, advise
from themes.records.codebook import Codebook
from themes.records.coding import LANGUAGE_MODEL, Coding, RiskFlag
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.store.files import read_json
from themes.store.run_folder import RunFolder

_FATES = ("answered", "refused", "unanswered", "left_out")


def advise_if_asked(
    spec: CorpusSpec, segments: Sequence[Segment], codebook: Codebook, flags: Iterable[RiskFlag]
) -> Advice:
    """What a language model says of the excerpts; nothing, and no call, where corpus.toml names none.

    Excerpts that may tell of risk to life are left to people.
    """
    if spec.language_model is None or not segments:
        return Advice()
    return advise(segments, codebook, spec.language_model, withheld={flag.segment_id for flag in flags})


def told(advice: Advice) -> dict[str, int]:
    """The counts of a partition, kept until the run is whole."""
    return {fate: getattr(advice, fate) for fate in _FATES}


def spec_digest(spec: CorpusSpec) -> str:
    """A hash of the settings, so that another model is asked about all texts; addresses stay out of the run."""
    chosen = spec.language_model
    return hashlib.sha256(repr(sorted(asdict(chosen).items())).encode()).hexdigest() if chosen else ""


def notes_on_advice(spec: CorpusSpec, run: RunFolder) -> list[str]:
    """What readers of the report are told of the advice in this run: a sentence or two, or none."""
    if spec.language_model is None:
        return []
    fates: Counter[str] = Counter()
    for done in sorted((run.path / "work").glob("coded-*.json")):
        fates.update(read_json(done)["advice"])
    made = sum(coding.coder_id.startswith(LANGUAGE_MODEL) for coding in run.read(Coding))
    name = spec.language_model.model
    notes = [
        (
            f"The language model {name} was asked for a second opinion. Its {made} suggestions stand beside ours in "
            f"the table of codings and count for nothing until a person agrees. Of the new excerpts it answered "
            f"{fates['answered']}; {fates['refused']} answers were refused, since they were not as asked for or quoted "
            f"what nobody wrote; about {fates['left_out']} excerpts it was not asked."
        )
    ]
    if fates["unanswered"]:
        notes.append(
            f"The language model {name} gave no answer about {fates['unanswered']} excerpts: it could not be reached, "
            f"or refused. The run went on without it; those excerpts have our own suggestions alone."
        )
    return notes
