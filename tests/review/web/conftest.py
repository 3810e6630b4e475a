"""The page on a small run, as one analyst has it open."""

import pytest

from review_study import Page, usual_run


@pytest.fixture
def page(tmp_path):
    usual_run(tmp_path / "small")
    opened = Page(tmp_path / "small")
    yield opened
    opened.close()
