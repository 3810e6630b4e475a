"""Several people around a small run."""

import pytest

from review_people import Around


@pytest.fixture
def around(tmp_path):
    made = Around(tmp_path / "small")
    yield made
    made.log.close()
