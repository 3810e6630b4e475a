import hmac
import json

import pytest

from themes.errors import StoreError
from themes.publication.log import NAME, accepted, append, is_out, left_out, read_log, sealed_by, write_anew
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


def test_a_reason_may_hold_what_unicode_calls_the_end_of_a_line(tmp_path):
    append(tmp_path, {**YES, "reason": "first\u2028and\x85last"})
    append(tmp_path, {**YES, "reason": "second"})
    assert [entry["reason"] for entry in read_log(tmp_path)] == ["first\u2028and\x85last", "second"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [lines[0].replace("first", "First"), *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, json.dumps({**YES, "reason": "planted"})],
        lambda lines: [*lines, "no JSON"],
        lambda lines: [*lines, "[]"],
        lambda lines: [*lines[:-1], lines[-1].replace("third", "another")],
    ],
    ids=["changed", "beginning lost", "middle lost", "order", "added", "broken", "no entry", "last one changed"],
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


def keyed(secret):
    return lambda text: hmac.digest(secret, text.encode(), "sha256").hex()


def test_a_log_sealed_with_the_vault_is_read_with_that_vault_alone(tmp_path):
    append(tmp_path, {**YES, "reason": "first"}, keyed(b"ours"))
    append(tmp_path, {**YES, "reason": "second"}, keyed(b"ours"))
    assert [entry["reason"] for entry in read_log(tmp_path, keyed(b"ours"))] == ["first", "second"]
    with pytest.raises(StoreError, match="changed by hand: line 1"):
        read_log(tmp_path, keyed(b"theirs"))
    with pytest.raises(StoreError, match=r"Line 1 .* sealed with the vault .* --corpus"):
        read_log(tmp_path)


def test_a_line_sealed_anew_without_the_vault_is_refused(tmp_path):
    append(tmp_path, {**YES, "reason": "first"})
    with pytest.raises(StoreError, match=r"Line 1 .* without the vault .* anybody could have written it"):
        read_log(tmp_path, keyed(b"ours"))
    with pytest.raises(StoreError, match="without the vault"):
        append(tmp_path, YES, keyed(b"ours"))


def test_lines_cut_off_at_the_end_are_not_noticed_as_the_guide_says(tmp_path):
    for reason in ("first", "second"):
        append(tmp_path, {**YES, "reason": reason}, keyed(b"ours"))
    path = tmp_path / NAME
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert [entry["reason"] for entry in read_log(tmp_path, keyed(b"ours"))] == ["first"]


def test_a_log_written_anew_keeps_the_bytes_of_lines_up_to_the_first_that_differs(tmp_path):
    for reason in ("first", "second", "third"):
        append(tmp_path, {**YES, "reason": reason}, keyed(b"ours"))
    before = (tmp_path / NAME).read_text().splitlines()
    entries = read_log(tmp_path, keyed(b"ours"))
    write_anew(tmp_path, [entries[0], {**entries[1], "reason": ""}, entries[2]], keyed(b"ours"))
    after = (tmp_path / NAME).read_text().splitlines()
    assert (after[0], [entry["reason"] for entry in read_log(tmp_path, keyed(b"ours"))]) == (
        before[0],
        ["first", "", "third"],
    )
    assert after[2] != before[2]


@pytest.mark.parametrize(
    ("did", "out"),
    [([], False), (["accepted", "approved"], True), (["approved", "withdrawn", "accepted"], False),
     (["withdrawn", "approved"], True)],
)  # fmt: skip
def test_an_edition_is_out_from_its_approval_until_it_is_withdrawn(did, out):
    assert is_out([{"did": each} for each in did]) is out


def test_a_vaults_keyed_hash_seals_for_this_purpose_alone():
    assert sealed_by(lambda purpose, text: f"{purpose}:{text}".encode())("a") == b"release log:a".hex()
