"""A page of ours as PDF, printed by a browser of this machine: no network, no path in it, nothing left behind."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from themes.errors import StoreError, ThemesError
from themes.store.files import whole_file

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)  # fmt: skip
"""Looked for in this order, on the path or where macOS keeps them."""

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-breakpad", "--no-pings",
    # No name resolves and every other connection goes to a port that nobody serves.
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
    "--no-pdf-header-footer",  # else the page's path is printed on every sheet
    "--generate-pdf-document-outline", "--export-tagged-pdf",
)  # fmt: skip

ELSEWHERE = re.compile(r' href="(?!#|https?://)[^"]*"')
"""A link to a file beside the page: on paper it would become a full path of this machine."""

# From the clock, in the file's trailer; as long as what takes its place, so that no offset in the file moves.
CLOCK = re.compile(rb"(?<=Date \(D:)\d{14}(?=\+00'00'\))")


class NoBrowser(ThemesError):
    """There is no browser on this machine that prints."""


def find_browser(environment: Mapping[str, str] | None = None) -> str:
    """The path of the browser that prints.

    Raises:
        NoBrowser: If none is found; says what to install.
    """
    path = (os.environ if environment is None else environment).get("PATH", "")
    found = next((at for name in BROWSERS if (at := shutil.which(name, path=path))), None)
    if found is None:
        raise NoBrowser(
            "A PDF is printed by a browser, and none was found on this machine. Install Chromium (Debian, Ubuntu: "
            "`sudo apt install chromium`), Google Chrome or Microsoft Edge, or open the HTML report in any browser and "
            "print it."
        )
    return found


def write_pdf(page: str, path: Path, *, made: str = "", wait_seconds: float = 300) -> Path:
    """Print a page on A4, with the page numbers that its style sheet asks for, and put it in place whole.

    Args:
        page: One whole HTML page that needs no other file and forbids itself all scripts. Its links to files beside
            it are left out.
        path: The PDF to write. A private folder beside it holds page and profile while the browser prints.
        made: ISO 8601: what the file says of when it was made; empty: the clock.
        wait_seconds: After so long the browser is stopped.

    Raises:
        NoBrowser: If there is no browser.
        StoreError: If the file cannot be written, or the browser fails or takes too long.
    """
    browser = find_browser()
    # Its own folder, for it alone (mode 0700): a browser writes profiles, caches and crash reports wherever it can.
    with whole_file(path) as partial, _private_folder(path.parent) as folder:
        source, printed = folder / "page.html", folder / "page.pdf"
        source.write_text(ELSEWHERE.sub("", page), encoding="utf-8")
        _print(browser, source, printed, folder, wait_seconds)
        if not (printed.is_file() and printed.read_bytes().startswith(b"%PDF")):
            raise StoreError(f"{path} was not written: the browser {browser} printed nothing. Print the HTML page.")
        partial.write_bytes(_dated(printed.read_bytes(), made))
    return path


@contextmanager
def _private_folder(beside: Path) -> Iterator[Path]:
    """Whatever becomes of the profile, which a dying browser may still write to, no page stays."""
    with TemporaryDirectory(prefix="printing-", dir=beside, ignore_cleanup_errors=True) as private:
        folder = Path(private).resolve()
        try:
            yield folder
        finally:
            for words in folder.glob("page.*"):
                words.unlink()


def pages_in(pdf: Path) -> int:
    """How many pages a PDF has that a browser printed."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def _print(browser: str, source: Path, printed: Path, folder: Path, wait_seconds: float) -> None:
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    arguments = [browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}", source.as_uri()]
    with subprocess.Popen(  # noqa: S603  # a browser that was found, and no words of anybody in its arguments
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # it tells of paths
        env=environment,
        start_new_session=True,
    ) as running:
        try:
            running.wait(timeout=wait_seconds)
        except subprocess.TimeoutExpired:
            raise StoreError(
                f"The browser {browser} had not printed after {wait_seconds:.0f} seconds and was stopped. Try again "
                f"when the machine is less busy, or print the HTML page."
            ) from None
        finally:
            _stop_all(running)


def _stop_all(running: "subprocess.Popen[bytes]") -> None:
    """The browser with all that it started: else they would write into a folder that goes."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(running.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:  # pragma: no cover  # Windows
        running.kill()
    running.wait()


def _dated(pdf: bytes, made: str) -> bytes:
    digits = re.sub(r"\D", "", made)[:14].ljust(14, "0").encode()
    return CLOCK.sub(digits, pdf) if made else pdf
