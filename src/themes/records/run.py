"""What a run was, for the manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

REFLEXIVE = "reflexive"
"""The approach in which neither agreement nor saturation says how good a study is."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline over a corpus. `started_at` is ISO 8601 with zone."""

    run_id: str
    corpus: str
    started_at: str
    seed: int
    codebook_version: str
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Screened file name to keyed hash of its bytes."""
    models: Mapping[str, str] = field(default_factory=dict)
    """Model to SHA-256."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Candidate texts by fate, `read` first; articles apart as `articles`."""
    approach: str = "codebook"
    """codebook, reliability or reflexive, as corpus.toml says."""

    @property
    def tells_agreement(self) -> bool:
        """Whether figures of agreement belong here: a reflexive reading does not aim for two people to read alike."""
        return self.approach != REFLEXIVE
