"""What every step of a run is told: paths and a time, nothing else. Prefect stores what it sees."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from themes.store.run_folder import RunFolder


@dataclass(frozen=True, slots=True)
class Job:
    """One run in the making."""

    corpus: Path
    """The corpus folder."""
    outputs: Path
    """`outputs/<corpus>`."""
    now: str
    """When the run began, ISO 8601 with zone. A continued run keeps the time of its first beginning."""
    previous: str | None = None
    """The id of the last whole run, whose unchanged results are taken over."""
    run: str = ".in-progress"
    workers: int = 1
    engine: str = "local"

    @property
    def folder(self) -> RunFolder:
        return RunFolder(self.outputs / self.run)

    @property
    def previous_folder(self) -> RunFolder | None:
        return RunFolder(self.outputs / self.previous) if self.previous else None

    def as_parameters(self) -> dict[str, str | int | None]:
        """For Prefect, which keeps parameters as JSON."""
        return {
            "corpus": str(self.corpus),
            "outputs": str(self.outputs),
            "now": self.now,
            "previous": self.previous,
            "run": self.run,
            "workers": self.workers,
            "engine": self.engine,
        }

    @staticmethod
    def from_parameters(parameters: Mapping[str, str | int | None]) -> "Job":
        values = dict(parameters)
        job = Job(Path(str(values.pop("corpus"))), Path(str(values.pop("outputs"))), str(values.pop("now")))
        return replace(job, **values)  # type: ignore[arg-type]  # as_parameters put them there
