"""What the pages share: made ready beforehand, and dropped when a run or an erasure changes what there is."""

import sys

import pytest

from review_study import usual_run
from themes.review.study import NothingToReview
from themes.review.web.desk import ASKED_FOR
from themes.store.run_folder import ERASING


def test_what_is_asked_for_first_is_ready_before_anybody_asks(page):
    page.desk.make_ready()
    assert page.desk.search() is page.desk.search()
    assert {"themes.code.explain", *ASKED_FOR} <= sys.modules.keys()
    assert "a word of the codebook: “soup…”" in page.get("/why/d1:0-18/food").text


def test_why_needs_no_model(page):
    """What was read of them by other tests is set aside."""
    away = [name for name in sys.modules if name.startswith(("themes.code.explain", "themes.embedding"))]
    kept = {name: sys.modules.pop(name) for name in away}
    try:
        assert page.get("/why/d1:0-18/food").status_code == 200
        assert "themes.embedding" not in sys.modules
    finally:
        sys.modules.update(kept)


def test_what_was_made_of_an_earlier_run_goes_with_it(page, tmp_path):
    earlier = page.desk.search()
    assert earlier.saying("soup") == ["d1:0-18"]
    usual_run(tmp_path / "small", run_id="20260112-060000")
    page.desk.look()
    assert page.desk._search is None and page.desk._nearest is None
    assert page.desk.search() is not earlier


def test_while_somebody_is_forgotten_nothing_that_was_made_stays(page, tmp_path):
    page.desk.make_ready()
    (tmp_path / "small" / ERASING).touch()
    with pytest.raises(NothingToReview):
        page.desk.look()
    assert (page.desk._search, page.desk._nearest, page.desk._at_hand) == (None, None, None)
    with pytest.raises(NothingToReview):
        page.desk.make_ready()
