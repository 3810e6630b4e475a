"""Who says that a code applies to a segment, how sure they are, and what they noted."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.segment import Segment


class CoderKind(StrEnum):
    ANALYST = "analyst"
    MACHINE = "machine"


MACHINE_ID = "machine"
"""The id of our own coder."""
LANGUAGE_MODEL = "language model: "
"""Opens the id of a coder that is a language model; its name follows."""
ADJUDICATOR = "adjudicator: "
"""Opens the id under which somebody settles what coders differ on; their pseudonym follows. It is not their own, so
that what they held as a coder stays beside it."""


def is_machine(coder_id: str) -> bool:
    """Whether a coder is none of the people."""
    return coder_id.casefold() == MACHINE_ID or coder_id.casefold().startswith(LANGUAGE_MODEL)


def is_adjudicator(coder_id: str) -> bool:
    """Whether somebody settles under this id what others differ on: it goes before what they hold."""
    return coder_id.casefold().startswith(ADJUDICATOR)


class Polarity(StrEnum):
    NEGATIVE = "negative"
    POSITIVE = "positive"
    MIXED = "mixed"
    NEUTRAL = "neutral"


LIVED_THROUGH = frozenset({"experienced", "witnessed", None})
"""The modalities of experience: what somebody lived through or saw. A codebook need not ask for any, hence None."""


@dataclass(frozen=True, slots=True)
class Coder:
    """An analyst, or a machine with the version of its model."""

    coder_id: str
    kind: CoderKind
    version: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code applied, or looked at and not applied, by one coder to one segment.

    `probability` is 0 to 1. It is a ranked score, to be worded "suggested", until `calibrated` says that it was
    fitted on labels; then it is a probability.
    """

    segment_id: str
    code_id: str
    coder_id: str
    applies: bool
    probability: float | None = None
    calibrated: bool = False
    unclear: bool = False
    """So near the cut-off that the machine does not vouch for `applies`."""
    polarity: str | None = None
    modality: str | None = None
    speaker: str | None = None
    service: str | None = None
    made_at: str | None = None
    codebook_version: str = ""
    sampling: str | None = None
    """For an analyst's decision: "probability" or "purposive"."""
    reason: str = ""
    """The codebook's words that spoke for the code, such as "cue: sanction*"; never the participant's."""

    @property
    def is_advice(self) -> bool:
        """Whether a language model suggests it: then it counts for nothing until a person says the same."""
        return self.coder_id.startswith(LANGUAGE_MODEL)


@dataclass(frozen=True, slots=True)
class Memo:
    """An analyst's note on a document, segment, code or theme, named by its id."""

    about: str
    author: str
    text: str
    written_at: str


READS_LIKE = "reads like texts that tell of it"
"""The reason of a flag that no wording gives."""


@dataclass(frozen=True, slots=True)
class RiskFlag:
    """The machine holds that a segment may tell of risk to life: a person must read it, no report shows it raw."""

    segment_id: str
    document_id: str
    score: float
    reason: str
    """The kind of wording, from our own list ("overdose", "wanting to die"), or `READS_LIKE`; never the participant's
    words."""

    @property
    def is_plain(self) -> bool:
        """Whether the text says so in plain words; else it may be meant, and more of such flags are false."""
        return self.reason != READS_LIKE


@dataclass(frozen=True, slots=True)
class LabelledSegment:
    """A segment and all the codes that people gave it, to learn from. No codes: they looked and gave none."""

    segment: Segment
    code_ids: frozenset[str]
    asked: frozenset[str] | None = None
    """The codes that people said yes or no to; None: all there are. A code that they gave without being asked is a yes;
    of the others nothing is known."""
    reviewed: bool = False
    """Decided on in review, among the texts that are coded; else it is an example that came with the codebook."""
