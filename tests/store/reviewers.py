"""Many reviewers at once, each deciding every so often, as they would through several servers of the review page."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from themes.errors import StoreError
from themes.records.decision import Decision, Verdict
from themes.records.review import EntryKind
from themes.store.review_check import check_log
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_decisions, decisions_in

SERVERS = 5


@dataclass
class Session:
    """What came of it."""

    acknowledged: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Decisions that were not acknowledged at first, and were sent again under their ids."""

    def p95(self) -> float:
        return float(np.quantile(self.seconds, 0.95))


def decide(address: str, *, reviewers: int, every: float, seconds: float, meanwhile=None) -> Session:
    """Let them decide, and `meanwhile` happen; all of them do all they set out to do.

    Args:
        address: Of an empty log.
        reviewers: How many.
        every: Seconds between two decisions of one.
        seconds: For how long.
        meanwhile: A function that is called beside them.
    """
    session, lock, begin = Session(), threading.Lock(), threading.Barrier(reviewers + 1)
    logs = [ReviewLog(address, "study") for _ in range(SERVERS)]

    def review(who: int) -> None:
        log, read = logs[who % SERVERS], 0
        begin.wait()
        started = time.monotonic() + every * who / reviewers  # people do not press their keys together
        for number in range(int(seconds / every)):
            time.sleep(max(0.0, started + number * every - time.monotonic()))
            decision = Decision(
                f"{who}-{number}",
                "r1",
                f"d{number}:0-9",
                "food",
                (Verdict.ACCEPT, Verdict.REJECT)[who % 2],
                f"A{who}",
                "",
            )
            at = time.monotonic()
            while True:
                try:
                    add_decisions(log, [decision])
                    break
                except StoreError:
                    session.refused.append(decision.decision_id)
            took = time.monotonic() - at
            with lock:
                session.acknowledged.append(decision.decision_id)
                session.seconds.append(took)
            new = log.entries(EntryKind.DECISION, after=read)  # what others decided is shown with the next excerpt
            read = new[-1].number if new else read

    threads = [threading.Thread(target=review, args=(who,)) for who in range(reviewers)]
    for thread in threads:
        thread.start()
    begin.wait()
    if meanwhile is not None:
        meanwhile()
    for thread in threads:
        thread.join()
    for log in logs:
        log.close()
    return session


def nothing_lost_nothing_twice(address: str, session: Session, *, decisions: int) -> None:
    """Every decision was acknowledged, and is there once, in a chain that is whole."""
    log = ReviewLog(address, "study")
    try:
        assert len(session.acknowledged) == decisions
        assert Counter(one.decision_id for one in decisions_in(log)) == Counter(session.acknowledged)
        assert check_log(log) == decisions
    finally:
        log.close()
