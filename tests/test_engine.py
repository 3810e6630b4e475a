"""Partitions are mapped in order, by one process, several or many machines, and failures quote nobody."""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from themes.engine import map_partitions
from themes.errors import CorpusError, StageFailed, ThemesError, WrongUse

# Functions that worker processes look up by name.


def tenfold(number: int) -> int:
    return 10 * number


def first_last(folder: str, number: int) -> int:
    """The first partition is done when the last one is."""
    if number == 4:
        (Path(folder) / "done").touch()
    while number == 0 and not (Path(folder) / "done").exists():
        time.sleep(0.01)
    return 10 * number


def fail_on_two(number: int) -> int:
    if number == 2:
        raise ValueError("Ann Example said that they were kind")
    return number


def refuse_two(number: int) -> int:
    if number == 2:
        raise CorpusError("row 7 of survey.csv is unreadable") from ValueError("Ann Example said that they were kind")
    return number


def die_on_two(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def own_threads(_: int) -> tuple[int, str | None]:
    return os.getpid(), os.environ.get("OMP_NUM_THREADS")


def note_and_sleep(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def sleep_if_first(folder: str) -> int:
    """How many processes were asked so far; the first never comes to say so."""
    (Path(folder) / str(os.getpid())).touch()
    if len(list(Path(folder).iterdir())) == 1:
        time.sleep(60)
    return len(list(Path(folder).iterdir()))


def unpicklable(_: int) -> object:
    return lambda: None


def test_results_come_in_the_order_of_the_partitions() -> None:
    assert map_partitions(tenfold, range(5)) == [0, 10, 20, 30, 40]


def test_results_come_in_the_order_of_the_partitions_whichever_is_done_first(tmp_path: Path) -> None:
    assert map_partitions(partial(first_last, str(tmp_path)), range(5), workers=2) == [0, 10, 20, 30, 40]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_partitions_give_no_results(workers: int) -> None:
    assert map_partitions(tenfold, [], workers=workers) == []


def test_workers_are_other_processes_with_one_thread_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")

    results = map_partitions(own_threads, range(6), workers=2)

    assert {threads for _, threads in results} == {"1"}
    assert os.getpid() not in {pid for pid, _ in results}
    assert os.environ["OMP_NUM_THREADS"] == "7"


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unforeseen_failure_names_the_partition_and_nothing_else(workers: int) -> None:
    with pytest.raises(StageFailed) as raised:
        map_partitions(fail_on_two, range(4), workers=workers)

    assert str(raised.value) == "Partition 2 failed."
    assert "Ann Example" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_our_own_is_passed_on_as_it_is_without_what_led_to_it(workers: int) -> None:
    with pytest.raises(CorpusError, match=r"row 7 of survey\.csv is unreadable") as raised:
        map_partitions(refuse_two, range(4), workers=workers)

    assert "Ann Example" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


def test_after_a_failure_no_partition_is_begun() -> None:
    begun: list[int] = []

    with pytest.raises(StageFailed):
        map_partitions(lambda number: begun.append(number) or fail_on_two(number), range(9))

    assert begun == [0, 1, 2]


def test_a_result_that_cannot_travel_fails_its_partition() -> None:
    with pytest.raises(StageFailed, match=r"Partition 0 failed\."):
        map_partitions(unpicklable, [1], workers=2)


def test_a_killed_worker_is_a_failure_and_not_a_hang() -> None:
    with pytest.raises(StageFailed, match=r"A worker process was killed.*of 4 partitions were done"):
        map_partitions(die_on_two, range(4), workers=2)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_a_run_that_is_stopped(tmp_path: Path, sent: signal.Signals) -> None:
    """Ctrl-C ends the children before KeyboardInterrupt is raised; after kill -9 they end by themselves."""
    program = (
        "from test_engine import note_and_sleep\n"
        "from themes.engine import map_partitions\n"
        "if __name__ == '__main__':\n"
        f"    map_partitions(note_and_sleep, [{str(tmp_path)!r}] * 4, workers=2)\n"
    )
    script = tmp_path.parent / f"{tmp_path.name}.py"
    script.write_text(program)
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    run = subprocess.Popen(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    workers = _wait_for_two_files(tmp_path)

    # As a terminal sends it: to the whole group.
    (os.killpg if sent == signal.SIGINT else os.kill)(run.pid, sent)
    _, errors = run.communicate(timeout=20)

    _wait_until_gone(workers)
    if sent == signal.SIGINT:
        assert errors.decode().rstrip().endswith("KeyboardInterrupt")
        assert errors.count(b"Traceback") == 1


@pytest.mark.parametrize(
    ("engine", "complaint"),
    [
        ("ray", "There is no engine 'ray'"),
        ("dask://", "names no scheduler"),
        ("dask://localhost", "names no scheduler"),
        ("dask://localhost:port", "names no scheduler"),
        ("dask://192.0.2.7:8786", "THEMES_REMOTE_DASK=1"),
        ("dask://elsewhere.example:8786", "THEMES_REMOTE_DASK=1"),
    ],
)
def test_an_engine_that_cannot_be_used_is_refused(engine: str, complaint: str) -> None:
    with pytest.raises(WrongUse, match=complaint):
        map_partitions(tenfold, [1], engine=engine)


def test_less_than_one_worker_is_refused() -> None:
    with pytest.raises(WrongUse, match="at least 1 worker"):
        map_partitions(tenfold, [1], workers=0)


@pytest.fixture(scope="module")
def dask() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.mark.slow
def test_dask_gives_the_same_as_the_pool(dask: str) -> None:
    assert map_partitions(tenfold, range(5), engine=dask) == [0, 10, 20, 30, 40]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("function", "message"), [(fail_on_two, "Partition 2 failed."), (refuse_two, "row 7 of survey.csv is unreadable")]
)
def test_dask_quotes_nobody_either(dask: str, function: object, message: str) -> None:
    with pytest.raises(ThemesError) as raised:
        map_partitions(function, range(4), engine=dask)

    assert str(raised.value) == message
    assert "Ann Example" not in "".join(traceback.format_exception(raised.value))


@pytest.mark.slow
def test_a_lost_dask_worker_is_a_failure_and_not_a_hang(dask: str) -> None:
    with pytest.raises(StageFailed, match=r"A Dask worker was lost when \d of 4 partitions were done"):
        map_partitions(die_on_two, range(4), engine=dask)


def a_dask_worker(address: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"]
    return subprocess.Popen([*command, "--nthreads", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def lone_worker() -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A cluster with one worker, a process of its own that nobody starts again."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None, silence_logs=50) as cluster:
        worker = a_dask_worker(cluster.scheduler_address)
        try:
            cluster.wait_for_workers(1, timeout=60)
            yield cluster.scheduler_address.replace("tcp://", "dask://"), worker
        finally:
            worker.kill()
            worker.wait()


@pytest.mark.slow
def test_a_dask_run_with_no_worker_left_stops_and_says_what_to_do(
    lone_worker: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, worker = lone_worker
    monkeypatch.setattr("themes.engine.SECONDS_WITHOUT_A_WORKER", 3)

    def kill_once_begun() -> None:
        _wait_for_files(tmp_path, 1)
        worker.kill()

    killer = threading.Thread(target=kill_once_begun)
    killer.start()
    began = time.monotonic()
    with pytest.raises(StageFailed) as raised:
        map_partitions(note_and_sleep, [str(tmp_path)] * 3, engine=address)
    killer.join()

    assert time.monotonic() - began < 45  # of the 60 seconds that each of three partitions takes
    assert str(raised.value) == (
        f"For 3 seconds no Dask worker was there at {address.replace('dask://', 'tcp://')}, or the scheduler did not "
        f"answer, when 0 of 3 partitions were done. What was finished is kept: start workers with `dask worker "
        f"{address.replace('dask://', 'tcp://')}`, and run again."
    )


@pytest.mark.slow
def test_a_dask_run_goes_on_with_a_worker_that_takes_the_place_of_one_that_was_killed(
    lone_worker: tuple[str, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    address, worker = lone_worker
    another: list[subprocess.Popen[bytes]] = []

    def replace_once_begun() -> None:
        _wait_for_files(tmp_path, 1)
        worker.kill()
        another.append(a_dask_worker(address.replace("dask://", "tcp://")))

    replacing = threading.Thread(target=replace_once_begun)
    replacing.start()
    try:
        assert map_partitions(sleep_if_first, [str(tmp_path)] * 2, engine=address) == [2, 2]
    finally:
        replacing.join()
        another[0].kill()
        another[0].wait()


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("themes.engine.SECONDS_TO_REACH_DASK", 1)

    with pytest.raises(StageFailed, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        map_partitions(tenfold, [1], engine="dask://127.0.0.1:9")


def _wait_for_two_files(folder: Path) -> list[int]:
    return _wait_for_files(folder, 2)


def _wait_for_files(folder: Path, count: int) -> list[int]:
    for _ in range(300):
        pids = [int(path.name) for path in folder.iterdir()]
        if len(pids) == count:
            return pids
        time.sleep(0.1)
    raise AssertionError("the workers did not begin")


def _wait_until_gone(pids: list[int]) -> None:
    for _ in range(100):
        if not any(_alive(pid) for pid in pids):
            return
        time.sleep(0.1)
    raise AssertionError(f"still running: {[pid for pid in pids if _alive(pid)]}")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", maxsplit=1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
