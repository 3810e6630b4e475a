"""Several people around a small run."""

import pytest

from review_people import Around
from review_study import usual_run
from themes.store.review_log import ReviewLog


@pytest.fixture
def log(tmp_path):
    """The review log beside a small run."""
    usual_run(tmp_path / "small")
    opened = ReviewLog(str(tmp_path / "small" / "review.db"), "small")
    yield opened
    opened.close()


@pytest.fixture
def around(tmp_path):
    made = Around(tmp_path / "small")
    yield made
    made.log.close()
