"""A real server with an interface like OpenAI's, on loopback, for as long as a test wants it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What the server sends back."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds_before: float = 0.0
    seconds_between_bytes: float = 0.0


def saying(content: object, **how) -> Reply:
    """An answer in a completion: an object as JSON, a string as it is."""
    text = content if isinstance(content, str) else json.dumps(content)
    return Reply(json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode(), **how)


def codings(*pairs: tuple[str, str]) -> dict:
    return {"codings": [{"code": code, "quote": quote} for code, quote in pairs]}


@dataclass
class Served:
    """A server that is running."""

    address: str
    asked: list[dict] = field(default_factory=list)
    """The bodies of the requests, in order."""
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def excerpts(self) -> list[str]:
        return [json.loads(body["messages"][1]["content"])["excerpt"] for body in self.asked]


@contextmanager
def serving(answer: Callable[[dict, int], Reply]) -> Iterator[Served]:
    """A server whose replies a function makes of (body of the request, how many came before it)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.asked.append(body)
            served.headers.append(dict(self.headers))
            reply = answer(body, len(served.asked) - 1)
            time.sleep(reply.seconds_before)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if not reply.seconds_between_bytes:
                    self.wfile.write(reply.body)
                for at in range(len(reply.body) if reply.seconds_between_bytes else 0):
                    self.wfile.write(reply.body[at : at + 1])
                    self.wfile.flush()
                    time.sleep(reply.seconds_between_bytes)
            except OSError:  # whoever asked has gone
                return

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Served(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
