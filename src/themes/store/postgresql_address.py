"""What an address of a PostgreSQL server says: which server, as whom, and how what goes to it stays private.

Options, the file of passwords and what `sslmode` means are PostgreSQL's own: see "Connection Strings", "The Password
File" and "SSL Support" in its documentation of libpq. An option that is not known here is refused, not passed over.
"""

import getpass
import os
import re
import ssl
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from themes.errors import StoreError

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_OPTIONS = frozenset({"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey"})
_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_FIELD = r"((?:[^:\\]|\\.)*)"
_LINE = re.compile(":".join([_FIELD] * 4) + ":(.*)")


def guarded(address: URL) -> URL:
    """The address; what goes to another machine is encrypted on the way, unless the address says how.

    Raises:
        StoreError: If it holds an option that is not known, or says something twice. The address is not repeated: it
            may hold a password.
    """
    query = address.query
    if not query.keys() <= _OPTIONS or not all(isinstance(value, str) for value in query.values()):
        known = ", ".join(sorted(_OPTIONS))
        raise StoreError(f"The address of the review log may hold these options, each once: {known}.")
    if (address.host and "host" in query) or (address.port and "port" in query) or "," in host_of(address):
        raise StoreError("The address of the review log names more than one server.")
    if not str(query.get("port", "5432")).isdecimal():
        raise StoreError("The port in the address of the review log is not a number.")
    if query.get("sslmode", "require") not in _MODES:
        known = ", ".join(sorted(_MODES))
        raise StoreError(f"The sslmode in the address of the review log is not one of these: {known}.")
    host = host_of(address)
    if host in _HERE or host.startswith("/") or "sslmode" in query:
        return address
    return address.update_query_dict({"sslmode": "require"})


def host_of(address: URL) -> str:
    """The name of the server, or the folder of its Unix socket; "localhost" if none is named."""
    return address.host or str(address.query.get("host", "")) or "localhost"


def arguments_of(address: URL) -> dict[str, Any]:
    """What pg8000 is told of a guarded address: the keyword arguments of its `connect`.

    Without a password in the address it is the one of the first line of `~/.pgpass` (or PGPASSFILE) that fits.

    Raises:
        StoreError: If a certificate cannot be read, or others could read that file.
    """
    host, port = host_of(address), int(address.port or str(address.query.get("port", "5432")))
    user, database = address.username or getpass.getuser(), str(address.database)
    told: dict[str, Any] = {
        "user": user,
        "database": database,
        "password": address.password or _from_file(host, port, database, user),
        "application_name": "themes",
        "startup_params": {"client_encoding": "UTF8"},  # whatever the database is kept in
    }
    if host.startswith("/"):
        return {**told, "unix_sock": f"{host}/.s.PGSQL.{port}", "ssl_context": False}
    return {**told, "host": host, "port": port, "ssl_context": _tls(address)}


def _tls(address: URL) -> ssl.SSLContext | bool | None:
    """How to encrypt, as pg8000 has it: a context, False for not at all, None for only if the server can."""
    query = address.query
    mode = str(query.get("sslmode", "prefer"))
    if mode == "disable":
        return False
    if mode in {"allow", "prefer"} and not query.keys() & {"sslrootcert", "sslcert"}:
        return None
    root, usual = query.get("sslrootcert"), Path("~/.postgresql/root.crt").expanduser()
    file = str(usual) if root is None and usual.is_file() else None if root == "system" else root
    try:
        context = ssl.create_default_context(cafile=str(file) if file else None)
        if "sslcert" in query:
            context.load_cert_chain(str(query["sslcert"]), str(query.get("sslkey", "")) or None, password="")
    except OSError:  # as are those of TLS
        raise StoreError(
            "A certificate or its key, which the address of the review log names by sslrootcert, sslcert or sslkey, "
            "cannot be read."
        ) from None
    if file:  # whoever trusts one authority alone may do without the name
        context.check_hostname = mode == "verify-full"
    elif root is None and not mode.startswith("verify"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _from_file(host: str, port: int, database: str, user: str) -> str:
    path = Path(os.environ.get("PGPASSFILE") or "~/.pgpass").expanduser()
    try:
        lines, open_to = path.read_text(encoding="utf-8").splitlines(), path.stat().st_mode & 0o077
    except OSError:
        return ""
    names = {host, "localhost"} if host.startswith("/") else {host}
    for line in lines:
        if line.startswith("#") or not (fields := _LINE.fullmatch(line)):
            continue
        *wanted, password = (re.sub(r"\\(.)", r"\1", field) for field in fields.groups())
        if all(
            one in {"*", *meant} for one, meant in zip(wanted, (names, {str(port)}, {database}, {user}), strict=True)
        ):
            if open_to:
                raise StoreError(f"Others can read the passwords in {path}. Close it: chmod 600 {path}")
            return password
    return ""
