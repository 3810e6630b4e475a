"""The next version of a codebook: what it would do, that it is kept once, and that nobody writes over anybody."""

import pytest

from review_study import usual_run
from themes.errors import CodebookError, WrongUse
from themes.read.codebook_versions import hash_of_file
from themes.records.review import EntryKind
from themes.review.codebook_edit import Wording, defined, retired, reworded
from themes.review.codebook_shelf import Effect, Made, again, as_read, earlier, effects, history, newest, save
from themes.review.deciding import decided
from themes.review.held import Held
from themes.review.study import Newest
from themes.store.review_log import ReviewLog
from themes.store.review_records import add_decisions

TEXT = """# Ours.
version = "1"
group = [{id = "A", name = "Days"}, {id = "B", name = "Time"}]
[[code]]
id = "food"
name = "Food"
group = "A"
definition = "What people ate."
cues = ["soup*"]
[[code]]
id = "staff"
name = "Staff \\"💔\\""
group = "A"
[[code]]
id = "waiting"
name = "Waiting times"
group = "B"
"""


@pytest.fixture
def shelf(tmp_path):
    usual_run(tmp_path / "small")
    first = tmp_path / "codebook.toml"
    first.write_text(TEXT, encoding="utf-8")
    log = ReviewLog(str(tmp_path / "small" / "review.db"), "small")
    yield first, log, Held(log, Newest(tmp_path / "small").study())
    log.close()


def kept(first, log, content, entry_id="c1", **fields):
    told = {"base": newest(first).digest, "by": "ada", "what": ["new pets"], **fields}
    return save(first, log, content, entry_id=entry_id, **told)


def with_pets(first):
    now = newest(first)
    return defined(now.content, now.codebook, "pets", Wording("Pets"))


def test_a_version_is_a_file_beside_the_other_and_an_entry_of_the_log(shelf):
    first, log, _ = shelf
    file = kept(first, log, with_pets(first))
    assert (file.number, file.path.name) == (2, "codebook.v2.toml")
    assert first.read_text(encoding="utf-8") == TEXT
    now = newest(first)
    assert (now.number, now.codebook.version) == (2, "2")
    assert [c.name for c in now.codebook.codes] == ["Food", 'Staff "💔"', "Waiting times", "Pets"]
    (entry,) = log.entries(EntryKind.CODEBOOK)
    told = {"by": "ada", "number": 2, "version": "2", "sha256": hash_of_file(file.path), "what": ["new pets"]}
    assert (entry.about, entry.content) == ("codebook", told)
    assert history(first, log) == [
        Made(2, "2", "ada", entry.written_at, ("new pets",)),
        Made(1, "1"),
    ]


def test_what_is_sent_twice_is_kept_once(shelf):
    first, log, _ = shelf
    base, content = newest(first).digest, with_pets(first)
    assert kept(first, log, content, base=base) == kept(first, log, content, base=base)
    assert len(log.entries(EntryKind.CODEBOOK)) == 1 and newest(first).number == 2


def test_nobody_writes_over_what_somebody_made_meanwhile(shelf):
    first, log, _ = shelf
    base, content = newest(first).digest, with_pets(first)
    kept(first, log, content)
    with pytest.raises(WrongUse, match="Somebody made another version meanwhile"):
        kept(first, log, content, "c2", base=base)
    assert newest(first).number == 2 and len(log.entries(EntryKind.CODEBOOK)) == 1


def test_a_file_that_is_there_at_the_last_moment_is_not_written_over(shelf, monkeypatch):
    first, log, _ = shelf
    content = with_pets(first)
    (first.parent / "taken.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr("themes.review.codebook_shelf.file_of_version", lambda *_: first.parent / "taken.toml")
    with pytest.raises(WrongUse, match="Somebody made another version meanwhile"):
        kept(first, log, content)
    assert log.entries(EntryKind.CODEBOOK) == []


def test_what_contradicts_itself_is_not_kept(shelf):
    first, log, _ = shelf
    with pytest.raises(CodebookError):
        kept(first, log, {**newest(first).content, "code": []})
    assert [path.name for path in first.parent.glob("codebook*.toml")] == ["codebook.toml"]


def test_going_back_is_another_version_that_says_what_the_earlier_one_said(shelf):
    first, log, _ = shelf
    kept(first, log, with_pets(first))
    kept(first, log, again(first, newest(first), 1), "c2")
    now = newest(first)
    assert (now.number, now.codebook.version) == (3, "3")
    assert now.codebook.codes == earlier(first, 1).codebook.codes
    with pytest.raises(WrongUse):
        earlier(first, 4)


def test_what_a_change_does_is_counted_by_what_people_hold(shelf):
    first, log, held = shelf
    for at, (segment_id, chosen, shown) in enumerate(
        [("d1:0-18", ["food"], ["food", "staff"]), ("d1:19-31", ["food"], []), ("d2:0-14", ["staff"], ["staff"])]
    ):
        add_decisions(
            log,
            decided(held.study, segment_id, chosen, shown=shown, act_id=f"a{at}" * 10, coder_id="ada", complete=False),
        )
    held.catch_up()
    now = newest(first)

    def done(content):
        return effects(now.codebook, as_read(now, content), held)

    assert done(now.content) == []
    assert done(with_pets(first)) == [Effect("pets", "Pets", "new")]
    merged = retired(now.content, now.codebook, ["food"], into="staff")
    assert done(merged) == [Effect("food", "Food", "merged", 'Staff "💔"', (), 2, 0)]
    assert done(retired(now.content, now.codebook, ["staff"])) == [
        Effect("staff", 'Staff "💔"', "retired", "", (), 1, 1)
    ]
    words = Wording("Food", "Meals.", cues=("soup*",), group="A")
    (other,) = done(reworded(now.content, now.codebook, "food", words, same_meaning=False))
    assert (other.what, other.yes, other.no, other.told) == ("means something else", 2, 0, "means something else food")
    assert other.fields == (("definition", "What people ate.", "Meals."),)
    (same,) = done(reworded(now.content, now.codebook, "food", words, same_meaning=True))
    assert same.what == "reworded"
