"""Prefect's settings, put in place before Prefect is imported: loopback, no telemetry, nothing kept that we pass."""

import os
import urllib.error
import urllib.request

DEFAULT_ADDRESS = "http://127.0.0.1:4200/api"

SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # none is used
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # the command line shows its own progress
}


def prepare() -> None:
    """Set what the user has not set. If a Prefect server answers at its usual address, runs are shown there."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" not in os.environ and answers(DEFAULT_ADDRESS):
        os.environ["PREFECT_API_URL"] = DEFAULT_ADDRESS


def answers(address: str, *, wait_seconds: float = 0.5) -> bool:
    """Whether a Prefect server answers at an address on this machine."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=wait_seconds) as reply:  # noqa: S310  # http, loopback
            return bool(reply.status == 200 and reply.read(5) == b"true")
    except (urllib.error.URLError, OSError, ValueError):
        return False
