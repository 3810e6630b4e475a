"""Every error raised on purpose. Its message says what is wrong, where, and what to do, and quotes nobody.

Messages end up in logs, terminals and Prefect's database: name the file, the row or the id, never the words in it.
"""


class ThemesError(Exception):
    """Something a reader of the message can act on; the command line prints it and exits with `exit_code`."""

    exit_code = 1


class WrongUse(ThemesError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class CorpusError(ThemesError):
    """A corpus folder, its corpus.toml or one of its sources cannot be used."""


class CodebookError(ThemesError):
    """A codebook is unreadable or contradicts itself."""


class ModelError(ThemesError):
    """A model file is missing, empty or not the one that was pinned. Nothing may pass without it."""


class ProtectionError(ThemesError):
    """Something that protects people failed: the run stops, and no document passes."""


class VaultError(ThemesError):
    """The vault or its key cannot be used."""


class VaultLost(VaultError):
    """The corpus had a vault, and the one that would be used is none, is empty, or is another."""


class StoreError(ThemesError):
    """A file of a run could not be written or read back."""


class EntryTaken(StoreError):
    """The review log has an entry with this id that says something else: somebody reused the id."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(
            "An entry of the review log has the id of an earlier one that says something else. Nothing was written."
        )
        self.entry_id = entry_id


class RunBusy(ThemesError):
    """Another run of the same corpus holds the lock."""


class StageFailed(ThemesError):
    """A stage failed on a partition. Carries the stage's name and ids only: Prefect stores messages."""
