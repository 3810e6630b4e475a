"""The report in a real browser: no network, no script, readable on a phone, printable.

With THEMES_PICTURES set to a folder, the pictures that the README shows are taken anew.
"""

import os
from pathlib import Path

import pytest

from pictures import save_small

pytestmark = [pytest.mark.browser, pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def open_report(browser, sample_run):
    """Open the sample's report in a window of a width; gives the page and the addresses that it asked for."""
    contexts = []

    def opened(width: int, height: int, name: str = "index.html"):
        address = (sample_run[0] / "report" / name).as_uri()
        context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
        contexts.append(context)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page, [url for url in asked if url != address]

    yield opened
    for context in contexts:
        context.close()


def save(page, name: str) -> None:
    if folder := os.environ.get("THEMES_PICTURES"):
        save_small(page.screenshot(), Path(folder) / name)


@pytest.mark.parametrize(("name", "width", "height"), [("desktop", 1280, 1600), ("phone", 390, 844)])
def test_the_report_needs_no_network_and_no_script_and_never_scrolls_sideways(open_report, name, width, height):
    page, asked = open_report(width, height)
    assert asked == []
    assert "not for publication" in page.inner_text("body")
    wide = page.locator("body").bounding_box()
    assert wide is not None
    assert wide["x"] + wide["width"] <= width
    if name == "phone":  # its picture is of a theme with its excerpts, as its alternative text says
        theme = page.locator("#themes .theme:has(blockquote) h4").first
        theme.evaluate("heading => heading.scrollIntoView()")
    save(page, f"report-{name}.png")


@pytest.mark.parametrize(("width", "height"), [(1280, 1600), (390, 844)])
def test_the_page_on_residual_risk_can_be_reached_and_read(open_report, width, height):
    page, asked = open_report(width, height)
    page.click("text=A page of its own")
    assert page.inner_text("h1") == "What could still point to somebody"
    assert asked == []
    page, asked = open_report(width, height, "residual-risk.html")
    assert asked == []
    assert page.locator("#main svg").count() >= 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("text=Back to the report")
    page.wait_for_selector("#left-over", state="attached")


def test_the_report_prints_on_paper(open_report, tmp_path):
    page, _ = open_report(1280, 1600)
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "report.pdf").stat().st_size > 50_000
