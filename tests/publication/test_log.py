import json

import pytest

from themes.errors import StoreError
from themes.publication.log import NAME, accepted, append, left_out, read_log
from themes.records.release import Acceptance

YES = {"did": "accepted", "obstacle": "consent-1", "by": "Ann Example", "at": "2026-01-05T06:00:00+00:00"}


def test_what_is_added_is_read_back_in_order(tmp_path):
    assert read_log(tmp_path) == []
    append(tmp_path, {**YES, "reason": "first"})
    append(tmp_path, {**YES, "reason": "second"})
    append(tmp_path, {"did": "left out", "segment": "d1:0-4"})
    assert [entry.get("reason") for entry in read_log(tmp_path)] == ["first", "second", None]
    assert accepted(tmp_path) == {"consent-1": Acceptance("consent-1", "Ann Example", YES["at"], "second")}
    assert left_out(tmp_path) == {"d1:0-4"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0].replace("first", "First"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, json.dumps({**YES, "reason": "planted"})],
        lambda lines: [*lines, "no JSON"],
    ],
    ids=["changed", "beginning lost", "middle lost", "order", "added", "broken"],
)
def test_a_log_that_was_changed_by_hand_is_refused_with_the_line(tmp_path, spoil):
    for reason in ("first", "second", "third"):
        append(tmp_path, {**YES, "reason": reason})
    path = tmp_path / NAME
    path.write_text("\n".join(spoil(path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    with pytest.raises(StoreError, match=r"changed by hand: line \d"):
        read_log(tmp_path)
    with pytest.raises(StoreError, match="changed by hand"):
        append(tmp_path, YES)
