"""A PostgreSQL server of the tests' own, on loopback, with a folder that goes with it."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest


class Server:
    """A running server. `address` names a new, empty database each time `database` is called."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self._data, self._programs, self._databases = folder / "data", programs, 0
        # PostgreSQL does not run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-D", self._data, "-U", "themes", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=120"
        self._run(
            "pg_ctl", "-D", self._data, "-w", "-t", "110", "-l", self._data.parent / "log", "-o", options, "start"
        )

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", self._data, "-w", "-m", how, "stop")

    def restart(self) -> None:
        """As when its machine is switched off: nothing is written first that was not on the disk."""
        self.stop("immediate")
        self.start()

    def database(self) -> str:
        """The address of a new, empty database."""
        self._databases += 1
        self.query(f"CREATE DATABASE study{self._databases}", database="postgres")
        return f"postgresql://themes@127.0.0.1:{self.port}/study{self._databases}"

    def encrypt(self, certificate: bytes, key: bytes) -> None:
        """From now on it speaks TLS to whoever asks for it."""
        for name, content in (("server.crt", certificate), ("server.key", key)):
            path = self._data / name
            path.write_bytes(content)
            path.chmod(0o600)
            if self._user:
                shutil.chown(path, self._user)
        self.query("ALTER SYSTEM SET ssl = on", database="postgres")
        self._reload()

    def ask_for_password(self, user: str, password: str) -> None:
        """From now on there is a user who is let in with a password alone."""
        self.query(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{password}'", database="postgres")
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"host all {user} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        self._reload()

    def _reload(self) -> None:
        self._run("pg_ctl", "-D", self._data, "reload")

    def query(self, statement: str, *, database: str) -> str:
        """What psql says, as a keeper of the server would ask."""
        name = database.rpartition("/")[2]
        command = [
            self._programs / "psql",
            *("-h", "127.0.0.1", "-p", str(self.port), "-U", "themes", "-qAt", "-c", statement, name),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout + done.stderr

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command,
            user=self._user,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            # Not a pipe: the server would hold it open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"{program} failed; see {self._data.parent / 'log'}"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest; None if it is not installed."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/pgsql").glob("*/bin")]
    found = shutil.which("initdb")
    places += [Path(found).resolve().parent] if found else []
    whole = [place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()]
    return max(whole, key=lambda place: [int(n) for n in place.parent.name.split(".") if n.isdigit()], default=None)


def server(folder: Path) -> Server:
    """A server that runs; skips the test where there is none to be had."""
    pytest.importorskip("pg8000", reason='SKIPPED HERE: PostgreSQL, since there is no pg8000: "themes[postgresql]"')
    if (found := programs()) is None:
        pytest.skip("SKIPPED HERE: PostgreSQL is not installed. Debian, Ubuntu: sudo apt install postgresql")
    return Server(folder, found)
