"""Prefect servers on loopback: the one that a single run brings along, and the one that serves schedules."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL

from flows.environment import answers
from themes.errors import StageFailed

START_SECONDS = 180


def start_beside() -> None:
    """Start the server that a run without one brings along, deaf to Ctrl-C.

    A terminal sends Ctrl-C to everything it started. If the server stopped before the run, Prefect would try for a
    minute to tell it of the end. Prefect itself stops it when the run ends.
    """
    if PREFECT_API_URL.value():
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        SubprocessASGIServer().start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def server(port: int) -> Iterator[str]:
    """A Prefect server on loopback, stopped at the end; one that answers already is used and left running.

    Raises:
        StageFailed: If it does not answer in time.
    """
    address = f"http://127.0.0.1:{port}/api"
    if answers(address):
        yield address
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        [*command, "--analytics-off"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it is stopped below, after the runs, not by the Ctrl-C that stops them
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise StageFailed(
                    f"The Prefect server did not start on port {port}. Is the port taken? Choose another with --port."
                )
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
