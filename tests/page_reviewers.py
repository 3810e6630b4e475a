"""Many people at once on the page: each signs in, decides every so often, and sends again what failed."""

import asyncio
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from builders import a_coding
from review_study import sentences, write_run
from themes.records.decision import Verdict
from themes.review import accounts as accounts_module
from themes.review.accounts import Accounts
from themes.review.people import Role
from themes.store.review_check import check_log
from themes.store.review_log import ReviewLog
from themes.store.review_records import decisions_in

PASSWORD = "four words in a row"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TESTS = Path(__file__).parent


@dataclass
class Watched:
    """What came of it."""

    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    """Excerpt and the id of the form."""
    seconds: list[float] = field(default_factory=list)
    """From sending a decision to having the next excerpt on the screen."""
    sent_again: int = 0
    largest: int = 0
    """Bytes of the largest page."""

    def p95(self) -> float:
        return float(np.quantile(self.seconds, 0.95))


def a_study(outputs: Path, excerpts: int) -> None:
    """Texts of twenty excerpts, a suggestion for each excerpt."""
    texts = [
        sentences(f"d{n}", *(f"Number {n} said of {m} that it was cold." for m in range(20)))
        for n in range(-(-excerpts // 20))
    ]
    codings = [a_coding(s.segment_id, "food", probability=0.9) for _, segments in texts for s in segments]
    write_run(outputs, texts, codings)


def invited(path: Path, people: int) -> Accounts:
    """Accounts that have joined; their passwords cost little, since the test is not about them."""
    accounts, before = Accounts(path), (accounts_module.PASSES, accounts_module.KIBIBYTES)
    accounts_module.PASSES, accounts_module.KIBIBYTES = 1, 64
    try:
        for number in range(people):
            name, now = f"p{number}", datetime.now(UTC)
            accounts.join(name, accounts.invite(name, Role.ANALYST, now=now), PASSWORD, now=now)
    finally:
        accounts_module.PASSES, accounts_module.KIBIBYTES = before
    return accounts


@contextmanager
def page_on(outputs: Path, address: str, accounts: Path) -> Iterator[str]:
    """The page in a process of its own; gives its address."""
    command = [sys.executable, str(TESTS / "page_server.py"), str(outputs), address, str(accounts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TESTS) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()
            process.wait(timeout=30)


def review(
    page: str, *, people: int, every: float, decisions: int, meanwhile: Callable[[], Any] | None = None
) -> Watched:
    """Let people decide, each so many excerpts, and `meanwhile` happen beside them.

    Args:
        page: Its address.
        people: How many.
        every: Seconds between two decisions of one.
        decisions: Of each.
        meanwhile: A function that is called in a thread of its own.
    """
    watched = Watched()

    async def one(number: int) -> None:
        async with httpx.AsyncClient(base_url=page, timeout=60) as browser:
            form = dict(HIDDEN.findall((await browser.get("/sign-in")).text))
            answer = await browser.post(
                "/sign-in", data={"token": form["token"], "name": f"p{number}", "password": PASSWORD}
            )
            assert answer.status_code == 303, answer.status_code
            answer = await browser.get("/next?reason=reading", follow_redirects=True)
            # People do not press their keys together.
            began = time.monotonic() + every * number / people
            for turn in range(decisions):
                await asyncio.sleep(max(0.0, began + turn * every - time.monotonic()))
                answer = await _decide(browser, answer, number, watched)

    async def all_of_them() -> None:
        beside = asyncio.to_thread(meanwhile) if meanwhile else asyncio.sleep(0)
        await asyncio.gather(beside, *(one(number) for number in range(people)))

    asyncio.run(all_of_them())
    return watched


async def _decide(browser: httpx.AsyncClient, answer: httpx.Response, number: int, watched: Watched) -> httpx.Response:
    """Send the form of an excerpt until it is acknowledged, and fetch what comes next."""
    where, body = answer.url.path, answer.text
    form = body[body.index('id="decide"') :]
    fields = dict(HIDDEN.findall(form[: form.index("</form>")]))
    sent = {**fields, "shown": "food", "do": "decide", "code": ["food"] if number % 2 else []}
    began = time.monotonic()
    while True:
        try:
            told = await browser.post(where, data=sent)
            if told.status_code == 303:
                break
        except httpx.HTTPError:
            pass
        watched.sent_again += 1
        await asyncio.sleep(0.1)
    watched.acknowledged.append((where.rpartition("/")[2], fields["act"]))
    while (following := await browser.get(told.headers["location"], follow_redirects=True)).status_code != 200:
        watched.sent_again += 1
        await asyncio.sleep(0.1)
    watched.seconds.append(time.monotonic() - began)
    watched.largest = max(watched.largest, len(following.content))
    return following


def nothing_lost_nothing_twice(address: str, corpus: str, watched: Watched, *, decisions: int) -> None:
    """Each acknowledged form is in the log once and whole, nothing else is, and the chain is whole."""
    log = ReviewLog(address, corpus)
    try:
        made = decisions_in(log)
        whole = Counter((d.segment_id, d.decision_id.partition(".")[0]) for d in made if d.verdict is Verdict.COMPLETE)
        assert len(watched.acknowledged) == decisions
        assert whole == Counter(watched.acknowledged)
        assert set(whole.values()) == {1}
        assert len({(d.coder_id, d.segment_id, d.code_id) for d in made}) == len(made) == 2 * decisions
        assert check_log(log) == len(made)
    finally:
        log.close()
