"""`python -m flows.brought_along PORT`: a Prefect server for one run, which ends with whoever started it.

Whoever starts it holds the other end of its standard input. Even killed, they let go of it.
"""

import os
import sys
import threading


def end_with_starter() -> None:
    """Wait until the other end of standard input is closed, and be gone."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serve Prefect's interface on loopback, without pages."""
    threading.Thread(target=end_with_starter, daemon=True).start()
    import uvicorn

    application = "prefect.server.api.server:create_app"
    uvicorn.run(application, factory=True, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical", lifespan="on")


if __name__ == "__main__":
    main()
