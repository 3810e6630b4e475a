"""The review page in a process of its own, for tests of many people at once: prints its address, serves until killed.

Run as a script: outputs, address of the log, file of accounts.
"""

import sys
from pathlib import Path

from review_study import SECRET, AskedMasks
from themes.review.accounts import Accounts
from themes.review.study import Newest
from themes.review.web.desk import Desk
from themes.review.web.gate import AccountGate
from themes.review.web.server import Serving, listen, serve
from themes.review.web.sessions import Sessions
from themes.store.review_log import ReviewLog

if __name__ == "__main__":
    outputs, address, accounts = Path(sys.argv[1]), sys.argv[2], Accounts(Path(sys.argv[3]))
    serving = Serving(accounts=True)
    with listen("127.0.0.1", 0, serving) as listening:
        log = ReviewLog(address, outputs.name)
        coders = [each.coder_id for each in accounts.all().values()]
        desk = Desk(Newest(outputs), log, AskedMasks(), draw_secret=lambda: SECRET, coders=lambda: coders)

        def ready(told: str) -> None:
            print(told, flush=True)

        serve(desk, Sessions(SECRET), listening, ready=ready, gate=AccountGate(accounts), serving=serving)
        log.close()
