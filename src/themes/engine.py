"""Map a function over partitions: in this process, in a pool of processes, or on many machines through Dask."""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from multiprocessing import active_children, connection, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from themes.errors import StageFailed, ThemesError, WrongUse
from themes.settings import settings

SECONDS_TO_REACH_DASK = 10
SECONDS_WITHOUT_A_WORKER = 60
"""So long a Dask run waits while no worker is there: time for one to be started again, not for nobody to notice."""
SECONDS_BETWEEN_LOOKS = 1.0

# Each child is one worker: a numeric library that starts a thread per core in each of them makes all slower.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class _Outcome[R]:
    """What became of a partition, made where it was worked on: an exception that travels by itself would carry its
    traceback along, and Dask would log it, words and all.
    """

    result: R | None = None
    failed: bool = False
    error: ThemesError | None = None
    """Why it failed, if that is an error of our own."""


def map_partitions[P, R](
    function: Callable[[P], R],
    partitions: Sequence[P],
    *,
    workers: int = 1,
    engine: str = "local",
) -> list[R]:
    """What `function` gives for each partition, in the order of the partitions.

    Args:
        function: Importable by name when workers > 1 or on Dask, since processes are started fresh. It is called once
            per partition, and models that it keeps in module caches are loaded once per worker.
        partitions: Small things that can be pickled: numbers, paths. Texts stay on disk.
        workers: Processes on this machine, at least 1; with 1, all is done in this process. Dask brings its own.
        engine: "local", or "dask://host:port" of a running scheduler, whose workers see the same files.

    Raises:
        WrongUse: If the engine is unknown or there is less than one worker.
        ThemesError: The error of a partition, as it is, if it is one of our own. Partitions already being worked on
            are finished, none is begun after it.
        StageFailed: If a partition fails in any other way, naming its number and nothing else, or if a process was
            killed. Results must be kept by `function` itself: what it saved before a failure stays saved.
        KeyboardInterrupt: On Ctrl-C, after every process was ended.
    """
    if workers < 1:
        raise WrongUse(f"There must be at least 1 worker, not {workers}.")
    if engine == "local":
        outcomes = _in_process if workers == 1 else _in_pool
    elif engine.startswith("dask://"):
        outcomes = _on_dask
    else:
        raise WrongUse(f"There is no engine '{engine}': it is 'local' or 'dask://host:port'.")
    results: dict[int, Any] = {}
    failure: ThemesError | None = None
    with closing(outcomes(function, partitions, workers, engine)) as numbered:
        for number, outcome in numbered:
            if outcome.failed:
                failure = failure or outcome.error or StageFailed(f"Partition {number} failed.")
            else:
                results[number] = outcome.result
    if failure:
        failure.__context__ = None
        raise failure from None
    return [results[number] for number in range(len(partitions))]


type _Numbered = Generator[tuple[int, _Outcome[Any]]]


def _attempt(function: Callable[[Any], Any], partition: Any) -> _Outcome[Any]:
    try:
        return _Outcome(function(partition))
    except ThemesError as error:
        return _Outcome(failed=True, error=error.with_traceback(None))
    except Exception:
        return _Outcome(failed=True)


def _in_process(function: Callable[[Any], Any], partitions: Sequence[Any], workers: int, engine: str) -> _Numbered:
    for number, partition in enumerate(partitions):
        outcome = _attempt(function, partition)
        yield number, outcome
        if outcome.failed:
            return


def _in_pool(function: Callable[[Any], Any], partitions: Sequence[Any], workers: int, engine: str) -> _Numbered:
    """Spawned, not forked: models and threads of this process do not survive a fork."""
    before = set(active_children())
    pool = ProcessPoolExecutor(
        min(workers, max(1, len(partitions))), mp_context=get_context("spawn"), initializer=_end_with_parent
    )
    children: set[BaseProcess] = set()
    done = 0
    try:
        with _environment_of_children():
            numbers = {pool.submit(_attempt, function, partition): n for n, partition in enumerate(partitions)}
            children = set(active_children()) - before
        for future in as_completed(numbers):
            outcome = _outcome_of(future, done, len(partitions))
            if outcome is None:
                continue
            if outcome.failed:
                pool.shutdown(wait=False, cancel_futures=True)
            done += not outcome.failed
            yield numbers[future], outcome
    except BaseException:
        for child in children:
            child.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _outcome_of(future: Future[_Outcome[Any]], done: int, partitions: int) -> _Outcome[Any] | None:
    """None for a partition that was never begun, because an earlier one failed."""
    try:
        return future.result()
    except CancelledError:
        return None
    except BrokenProcessPool:
        pass
    except Exception:  # the function, its argument or its result cannot be pickled
        return _Outcome(failed=True)
    raise StageFailed(
        f"A worker process was killed, perhaps for want of memory, when {done} of {partitions} partitions were done. "
        f"What was finished is kept: run again, with fewer --workers if memory was short."
    )


@contextmanager
def _environment_of_children() -> Iterator[None]:
    """What children inherit when they start: one thread each, and deaf to Ctrl-C, which is this process's to handle."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _end_with_parent() -> None:
    """Run in each child: should the parent be killed, the child ends too, and does not write into a later run."""
    parent = parent_process()
    if parent is None:
        return

    def wait_for_its_end() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    Thread(target=wait_for_its_end, daemon=True).start()


def _on_dask(function: Callable[[Any], Any], partitions: Sequence[Any], workers: int, engine: str) -> _Numbered:
    address = _dask_address(engine)
    try:
        from distributed import Client
        from distributed import as_completed as as_completed_there
    except ImportError:
        raise WrongUse(
            "--engine dask://… needs the package 'distributed', an extra of this one: themes[dask]."
        ) from None
    try:
        client = Client(address, timeout=SECONDS_TO_REACH_DASK, set_as_default=False)
    except OSError:
        raise StageFailed(f"No Dask scheduler answers at {address}. Start it with `dask scheduler`.") from None
    done = 0
    with client:
        # Not pure: the same partition of a later run is another one, though it has the same number.
        numbers = {
            client.submit(_attempt, function, partition, pure=False): n for n, partition in enumerate(partitions)
        }
        try:
            there = as_completed_there(numbers, loop=client.loop)
            for future in _as_they_are_done(there, client):
                if future.status != "finished":
                    if future.status == "cancelled":
                        continue
                    raise StageFailed(
                        f"A Dask worker was lost when {done} of {len(partitions)} partitions were done. "
                        f"What was finished is kept: run again."
                    )
                outcome = future.result()
                done += not outcome.failed
                yield numbers[future], outcome
                if outcome.failed:
                    return
        except _NoWorker:
            raise StageFailed(
                f"For {SECONDS_WITHOUT_A_WORKER:.0f} seconds no Dask worker was there at {address}, or the scheduler "
                f"did not answer, when {done} of {len(partitions)} partitions were done. What was finished is kept: "
                f"start workers with `dask worker {address}`, and run again."
            ) from None
        finally:
            with suppress(OSError, TimeoutError):  # a scheduler that is gone has nothing left to cancel
                client.cancel(list(numbers))


class _NoWorker(Exception):
    """Nobody works on what is left."""


def _as_they_are_done(there: Any, client: Any) -> Iterator[Any]:
    """Futures as they are done. By itself Dask would wait for ever for a worker that never comes back.

    Raises:
        _NoWorker: If none was there for `SECONDS_WITHOUT_A_WORKER`.
    """
    seen = looked = time.monotonic()
    while not there.is_empty():
        if there.has_ready():
            yield next(there)
            seen = time.monotonic()
            continue
        now = time.monotonic()
        if now - looked >= SECONDS_BETWEEN_LOOKS:
            looked = now
            if _workers_of(client):
                seen = now
            elif now - seen >= SECONDS_WITHOUT_A_WORKER:
                raise _NoWorker
        time.sleep(0.01)


def _workers_of(client: Any) -> int:
    """How many workers the scheduler knows; none if it does not answer."""
    try:
        return len(client.nthreads(callback_timeout=SECONDS_TO_REACH_DASK))
    except (OSError, TimeoutError):
        return 0


def _dask_address(engine: str) -> str:
    """Where the scheduler listens. Off this machine only if the environment says so: results cross the network."""
    try:
        parts = urlsplit(engine)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise WrongUse(f"The engine '{engine}' names no scheduler: write dask://host:port.")
    if not is_this_machine(host) and not settings().remote_dask:
        raise WrongUse(
            f"The Dask scheduler at {host} is not on this machine. If its machines and the network between are yours "
            f"to trust with participants' words, set THEMES_REMOTE_DASK=1."
        )
    return f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}"


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine by its name or address, which is not asked for on any network."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
