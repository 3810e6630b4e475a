import os
import stat

import pytest

from themes.errors import StoreError
from themes.report import pdf
from themes.report.pdf import NoBrowser, find_browser, pages_in, write_pdf

PAGE = '<a href="#here">a</a> <a href="other.html">b</a> <a href="https://ico.org.uk/">c</a>'

# Says what it was asked for and prints two pages; $HOME is a folder that goes.
PRINTS = """
for word in "$@"; do case "$word" in --print-to-pdf=*) out="${word#*=}";; file:*) page="${word#file://}";; esac; done
{ printf '%%PDF-1.4 /Type /Pages /Type /Page /Type /Page\\n'; cat "$page"; printf '\\n%s\\n' "$HOME" "$@"
  printf "/CreationDate (D:20990101000000+00'00')"; } > "$out"
"""


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """A function that puts a browser of a few lines on the path, and nothing else that could be one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(pdf, "BROWSERS", ("invented-browser",))

    def put(script: str) -> str:
        path = folder / "invented-browser"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return put


def test_without_a_browser_it_is_said_what_to_install(tmp_path):
    with pytest.raises(NoBrowser, match=r"sudo apt install chromium.*Google Chrome or Microsoft Edge"):
        find_browser({"PATH": str(tmp_path)})


def test_a_browser_on_the_path_is_found(browser):
    path = browser("exit 0")
    assert find_browser() == path


def test_links_to_files_beside_the_page_are_left_out_and_others_stay(browser, tmp_path):
    browser(PRINTS)
    printed = write_pdf(PAGE, tmp_path / "out" / "report.pdf").read_text()
    assert '<a href="#here">a</a> <a>b</a> <a href="https://ico.org.uk/">c</a>' in printed


def test_the_browser_is_told_to_print_no_path_and_to_write_nowhere_else(browser, tmp_path):
    browser(PRINTS)
    said = write_pdf(PAGE, tmp_path / "out" / "report.pdf").read_text().splitlines()
    home = next(line for line in said if line.startswith(str(tmp_path / "out" / "printing-")))
    assert {"--headless", "--no-pdf-header-footer", f"--user-data-dir={home}/profile"} <= set(said)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.pdf"]


def test_the_file_says_when_the_run_was_and_its_pages_are_counted(browser, tmp_path):
    browser(PRINTS)
    printed = write_pdf(PAGE, tmp_path / "report.pdf", made="2026-01-05T06:00:00+00:00")
    assert b"/CreationDate (D:20260105060000+00'00')" in printed.read_bytes()
    assert pages_in(printed) == 2


@pytest.mark.parametrize(
    ("script", "says"), [("exit 0", "printed nothing"), ("sleep 600", "had not printed after 1 seconds")]
)
def test_a_browser_that_fails_leaves_the_earlier_file_and_nothing_else(browser, tmp_path, script, says):
    browser(script)
    earlier = tmp_path / "out" / "report.pdf"
    earlier.parent.mkdir()
    earlier.write_bytes(b"earlier")
    with pytest.raises(StoreError, match=says):
        write_pdf(PAGE, earlier, wait_seconds=1)
    assert earlier.read_bytes() == b"earlier"
    assert [path.name for path in earlier.parent.iterdir()] == ["report.pdf"]
