"""A browser for the tests of pages; without one they are skipped, and say so."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def pytest_runtest_setup():
    """Before any fixture: what the tests look at takes two minutes to make."""
    if CHROMIUM is None:
        pytest.skip("no chromium here: sudo apt install chromium")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
