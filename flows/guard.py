"""Keeps participants' words out of what Prefect, logs and terminals see when something fails."""

import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from themes.deidentify.messages import screened_message
from themes.deidentify.vault.failures import write_failure
from themes.deidentify.vault.vault import Vault
from themes.errors import CodebookError, CorpusError, StageFailed, ThemesError
from themes.read.spec import read_spec
from themes.store.run_folder import FAILURE_NOTICE


def guarded[T](stage: str, place: str, work: Callable[[], T], *, corpus: Path) -> T:
    """The result of `work`, or an error that is safe to store.

    Our own errors quote nobody; names of files and columns in them are screened. Any other error is replaced by one
    that names the stage and the place, raised outside the handler, so that it carries neither the message nor the
    context of the first; the full traceback goes beside the vault.
    """
    try:
        return work()
    except (CorpusError, CodebookError) as error:
        # These two repeat names of files, columns and codes that somebody else gave.
        failure: ThemesError = type(error)(_screened(error, corpus))
    except ThemesError as error:
        failure = error
    except Exception as error:
        with closing(Vault.open(corpus)) as vault:
            kept = write_failure(vault, "".join(traceback.format_exception(error)))
        failure = StageFailed(
            f"'{stage}' failed on {place} ({type(error).__name__}). What happened is kept sealed, since it may quote "
            f"participants; `themes failure {corpus} {kept}` shows it. What was finished is kept; the same command "
            f"continues from there."
        )
    failure.__context__ = None
    raise failure from None


def _screened(error: ThemesError, corpus: Path) -> str:
    try:
        return screened_message(error, read_spec(corpus))
    except CorpusError:
        return str(error)  # corpus.toml itself cannot be read: there is nothing to screen by, and no text was read


def note_failure(corpus: Path, outputs: Path, error: Exception) -> None:
    """Leave a notice beside the runs of a corpus that stays until a run succeeds."""
    try:
        name = read_spec(corpus).name
    except CorpusError:
        name = corpus.name
    corpus_outputs = outputs / name
    try:
        corpus_outputs.mkdir(parents=True, exist_ok=True)
        (corpus_outputs / FAILURE_NOTICE).write_text(
            f"The run of {datetime.now(UTC):%d %B %Y, %H:%M} UTC did not finish.\n{error}\n"
            f"This notice goes when a run succeeds: themes run {corpus}\n",
            encoding="utf-8",
        )
    except OSError:
        return  # a full disk: the error itself still reaches the terminal and Prefect
