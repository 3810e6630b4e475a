"""A review log in SQLite and in PostgreSQL, for tests that hold of both."""

import pytest

from themes.store.review_log import ReviewLog


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "review.db")
    return request.getfixturevalue("postgresql_server").database()


@pytest.fixture
def log(address):
    opened = ReviewLog(address, "study")
    yield opened
    opened.close()
