"""What analysts decide about excerpts and codes: as they wrote it down, and as it stands in a run."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.anchor import Hold


class Verdict(StrEnum):
    """What one coder says of one excerpt."""

    ACCEPT = "accept"
    """The suggested code applies."""
    REJECT = "reject"
    """The suggested code does not apply."""
    ADD = "add"
    """A code applies that was not suggested."""
    COMPLETE = "complete"
    """All codes were considered: beside those that this coder gave, none applies."""
    TAKE_BACK = "take back"
    """As if this coder had not decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one coder decided about an excerpt and a code. A later one of the same coder replaces it."""

    decision_id: str
    run_id: str
    """The run whose excerpt it is."""
    segment_id: str
    """Any stretch of a text of that run, whether or not an excerpt was cut there."""
    code_id: str
    """Empty where all codes are meant: of `COMPLETE`, and where that is taken back."""
    verdict: Verdict
    coder_id: str
    made_at: str
    """ISO 8601, UTC."""
    codebook_version: str = ""
    sampling: str | None = None
    """Why the coder saw it: "probability" or "purposive"; None: not told."""
    text_hash: str = ""
    """SHA-256 of the excerpt's words as the coder saw them (`review.anchors.hash_of_words`); empty: not told."""


@dataclass(frozen=True, slots=True)
class CarriedDecision:
    """A decision as it stands in a run, which keeps them all: also those replaced, and those that hold no more."""

    decision_id: str
    made_on: str
    """The excerpt as the decision names it."""
    segment_id: str
    """The same stretch in this run; of a stale one, as the decision names it."""
    code_id: str
    verdict: Verdict
    coder_id: str
    made_at: str
    codebook_version: str
    sampling: str | None
    hold: Hold
    reason: str = ""
    """Why it is stale."""
    covers: tuple[str, ...] = ()
    """Of `COMPLETE`: the codes that were there to be considered, and mean the same today."""
    merged_into: str = ""
    """The code that counts in place of its own, which was merged into it; empty if its own still counts."""
    merged_in: str = ""
    """The version of the codebook that merged them."""

    def is_same_as(self, decision: Decision) -> bool:
        """Whether it is this decision, and nobody changed its line since."""
        mine = (self.decision_id, self.made_on, self.code_id, self.verdict, self.coder_id, self.made_at)
        return mine == (
            decision.decision_id,
            decision.segment_id,
            decision.code_id,
            decision.verdict,
            decision.coder_id,
            decision.made_at,
        )
