"""A limit on the time a piece of work may take, in whatever thread it is done."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer, get_ident


class _OverTime(BaseException):
    """Thrown into the thread that takes too long. No `except Exception` on its way may swallow it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what is done inside after a number of seconds by the clock.

    It is stopped between two steps of Python: a library that never comes back from one call is not.

    Raises:
        TimeoutError: If it took longer.
    """
    thread, lock, over = get_ident(), Lock(), False

    def stop() -> None:
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_OverTime))

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        try:
            yield
        finally:
            with lock:
                over = True
            timer.cancel()
    except _OverTime:
        raise TimeoutError(f"more than {seconds:.0f} seconds") from None
