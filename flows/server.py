"""Prefect servers on loopback: the one that a single run brings along, and the one that serves schedules."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from flows.environment import answers
from themes.errors import StageFailed

START_SECONDS = 180
FOR_ONE_RUN = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""What Prefect itself sets for a server that lasts as long as one run: no pages, and only the services it needs."""


@contextmanager
def server_beside() -> Iterator[None]:
    """The server that a run without one brings along, on a free port of loopback; stopped at the end.

    Prefect would start one by itself, but imports the whole server into the run to do so (2 CPU-s), and one that
    Ctrl-C stops before the run, which Prefect would then try for a minute to tell of its end.

    Raises:
        StageFailed: If it does not answer in time.
    """
    from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

    if PREFECT_API_URL.value():
        yield
        return
    port = _free_port()
    address = f"http://127.0.0.1:{port}/api"
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "flows.brought_along", str(port)],
        env=os.environ | FOR_ONE_RUN | get_current_settings().to_environment_variables(exclude_unset=True),
        stdin=subprocess.PIPE,
        start_new_session=True,  # deaf to Ctrl-C, but not to the end of the run
    )
    with _until_stopped(process, address), temporary_settings({PREFECT_API_URL: address}):
        yield


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
    with _until_stopped(process, address):
        yield address


@contextmanager
def _until_stopped(process: subprocess.Popen[bytes], address: str) -> Iterator[None]:
    """Wait until the server answers, and stop it at the end."""
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise StageFailed(
                    f"The Prefect server did not start at {address}. Is the port taken? `themes serve` takes another "
                    f"with --port; a run chooses a free one when it is started again."
                )
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
