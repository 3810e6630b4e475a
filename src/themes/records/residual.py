"""What could still point to somebody after de-identification, measured."""

from dataclasses import dataclass
from enum import StrEnum

from themes.records.span import Span


class Measure(StrEnum):
    """How it was found."""

    GROUPS = "k_anonymity"
    PHRASES = "rare_phrases"
    SECOND_LOOK = "second_pass"
    INTRUDER = "intruder"
    MASKED = "masked_share"


class Severity(StrEnum):
    """HIGH stands against a public edition; MEDIUM wants looking at; LOW is for knowing."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Residual:
    """One finding. Carries no word of a text and no closed answer: names of columns, labels, ids and figures."""

    measure: Measure
    kind: str
    """What of: a label, the columns that single people out, what an intruder sees and knows."""
    figure: float
    severity: Severity
    finding_id: str = ""
    """Readable and stable: the same finding has the same in every run."""
    document_id: str = ""
    case_id: str = ""
    span: Span | None = None
    """In the text as the release profile has it."""
    out_of: int | None = None
    """Of how many, where the figure is a count or a share."""
    low: float | None = None
    high: float | None = None
    """Ends of the 95 % interval of a share."""
    column: str = ""
    """Whose answers it is about, if it is no text: a column, "speaker" or "question"."""
