"""The logs of releases once somebody is forgotten: who approved what stays, nothing of them does."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders import a_case
from erase.world import NAME, STOPPED, answers
from themes.deidentify.vault.reveals import reveal, reveals
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import BLANK
from themes.erase.journal import Erasure
from themes.erase.proof import Needles
from themes.erase.releases import WHY, forget_in_ledger, release_log_without
from themes.erase.repeated import TheirWords
from themes.erase.search import Scanner
from themes.publication.log import NAME as LOG
from themes.publication.log import accepted, append, left_out, read_log, sealed_by
from themes.records.corpus import Case, Document, Quarantined, SourceRef
from themes.store.run_folder import RunFolder

FIRST, SECOND = "20260105-060000", "20260112-060000"
AT = "2026-01-06T09:00:00+00:00"
BY = {"by": "Ann Example", "at": AT}
NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
GONE = Erasure(frozenset({"dgone2"}), frozenset({"cgone2"}), {}, "00")
THEIRS = TheirWords(Needles(frozenset(), frozenset({"Zebedee Wren"}), frozenset(), 0))


def seal(text: str) -> str:
    return f"{len(text)}{text[:3]}"


def write_log(folder: Path, *entries: dict[str, object]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in entries:
        append(folder, entry, seal)
    return folder


OF_OTHERS = {"did": "accepted", **BY, "reason": "A street", "obstacle": "second_pass-1", "says": "In text dstay1."}
OF_THEIRS = {"did": "left out", **BY, "reason": "Too plain", "obstacle": "quote-2", "segment": "dgone2:0-9"}
NAMED = {"did": "accepted", **BY, "reason": "I asked Zebedee Wren", "obstacle": "consent-3", "says": "Two texts."}
APPROVED = {"did": "approved", **BY, "files": {"report/index.html": "ab12"}}


def test_who_approved_what_stays_with_a_line_that_the_edition_was_withdrawn(tmp_path):
    run = write_log(tmp_path / "run", OF_OTHERS, OF_THEIRS, NAMED, APPROVED)
    new = tmp_path / "new"
    release_log_without(run, new, GONE, THEIRS, seal, now=NOW)
    blank = f"I asked {BLANK * 7} {BLANK * 4}"
    assert read_log(new, seal) == [
        OF_OTHERS,
        {**OF_THEIRS, "reason": "", "obstacle": "", "segment": "", "forgotten": True},
        {**NAMED, "reason": blank},
        APPROVED,
        {"did": "withdrawn", "by": "themes forget", "at": "2026-02-01T12:00:00+00:00", "reason": WHY},
    ]
    lines = (new / LOG).read_text().splitlines()
    assert lines[0] == (run / LOG).read_text().splitlines()[0]
    assert set(accepted(new, seal)) == {"second_pass-1", "consent-3"}
    assert left_out(new, seal) == frozenset()


def test_a_log_without_an_edition_is_kept_and_nothing_is_withdrawn(tmp_path):
    run = write_log(tmp_path / "run", OF_OTHERS)
    release_log_without(run, tmp_path / "new", GONE, None, seal)
    assert (tmp_path / "new" / LOG).read_bytes() == (run / LOG).read_bytes()
    release_log_without(tmp_path / "new", tmp_path / "again", GONE, None, None)  # sealed: not without the vault
    assert not (tmp_path / "again").exists()


def test_what_is_withdrawn_already_is_not_withdrawn_again(tmp_path):
    run = write_log(tmp_path / "run", APPROVED)
    release_log_without(run, tmp_path / "once", GONE, None, seal, now=NOW)
    release_log_without(tmp_path / "once", tmp_path / "twice", GONE, None, seal)
    assert (tmp_path / "twice" / LOG).read_bytes() == (tmp_path / "once" / LOG).read_bytes()


def test_an_edition_of_which_no_log_tells_is_withdrawn_all_the_same(tmp_path):
    (tmp_path / "run" / "release").mkdir(parents=True)
    release_log_without(tmp_path / "run", tmp_path / "new", GONE, None, seal, now=NOW)
    assert [entry["did"] for entry in read_log(tmp_path / "new", seal)] == ["withdrawn"]


def test_a_log_changed_by_hand_vouches_for_nothing_and_is_not_taken_over(tmp_path):
    run = write_log(tmp_path / "run", OF_OTHERS, APPROVED)
    (run / LOG).write_text((run / LOG).read_text().replace("street", "market"))
    release_log_without(run, tmp_path / "new", GONE, None, seal)
    assert not (tmp_path / "new" / LOG).exists()


def test_the_ledger_loses_what_nobody_else_answered_and_keeps_what_was_published(tmp_path):
    run = RunFolder(tmp_path / "run")
    run.write(Document, 0, [])
    run.write(Case, 0, [a_case("cgone2", region="Wales", faith="Jedi"), a_case("cstay1", region="Wales")])
    (run.path / "manifest.json").write_text('{"started_at": "2026"}')
    published = {
        "did": "published",
        "run": "run",
        "counts": [["t1", "region=Wales", "", "", 20, 10], ["t1", "faith=Jedi", "", "", None, None]],
        "complete": {"region": ["region=Wales"], "faith": ["faith=Jedi"]},
    }
    write_log(tmp_path, published)
    forget_in_ledger(tmp_path, GONE, THEIRS, seal)
    (entry,) = read_log(tmp_path, seal)
    assert entry == {
        **published,
        "counts": [["t1", "region=Wales", "", "", 20, 10], ["t1", f"faith={BLANK}", "", "", None, None]],
        "complete": {"region": ["region=Wales"], "faith": [f"faith={BLANK}"]},
    }
    before = (tmp_path / LOG).stat()
    forget_in_ledger(tmp_path, GONE, THEIRS, seal)
    assert (tmp_path / LOG).stat() == before


def test_the_log_outlives_the_forgotten_and_holds_by_the_vault(study, themes):
    first = study / "outputs/study" / FIRST
    gone = next(d.document_id for d in RunFolder(first).read(Document) if d.text == STOPPED)
    with closing(Vault.open(study / "corpora/study")) as vault:
        seal = sealed_by(vault.keyed)
        tag = vault.surrogate("person", "person", "somebody else").rsplit(maxsplit=1)[-1].rstrip("]")
        reveal(vault, tag, reason=f"{NAME} asked who he is", by="A. Reader", now=NOW)
        reveal(vault, tag, reason="Another asked", by="A. Reader", now=NOW)
        append(first, {**OF_THEIRS, "segment": f"{gone}:0-9"}, seal)
        append(first, {**OF_OTHERS, "reason": f"So says {NAME}"}, seal)
        append(first, APPROVED, seal)
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert (done.exit_code, ": 0 hits" in done.stdout) == (0, True), done.output
    with closing(Vault.open(study / "corpora/study")) as vault:
        told = [entry["did"] for entry in read_log(first, sealed_by(vault.keyed))]
        reasons = [(each.by, each.reason) for each in reveals(vault)]
    assert told == ["left out", "accepted", "approved", "withdrawn"]
    assert reasons == [("A. Reader", f"{BLANK * 8} {BLANK * 9} asked who he is"), ("A. Reader", "Another asked")]
    assert Scanner([NAME, gone], [STOPPED]).in_places([study / "outputs", study / "private"]) == []


@pytest.mark.parametrize(("whole", "told"), [(True, "row 2, all of it"), (False, "row 2, column 4")])
def test_of_a_person_the_whole_row_is_to_be_deleted_and_of_words_the_answer(study, themes, case_of, whole, told):
    said = answers()[0]
    whom = [case_of(said)] if whole else ["--words", said]
    done = themes("forget", study / "corpora/study", *whom, "--yes")
    assert [line for line in done.stdout.splitlines() if "row 2," in line] == [f"  raw/survey/survey.csv: {told}"]


def test_what_their_other_answers_may_tell_is_told_no_more_and_that_of_others_is(study, themes, case_of):
    first = RunFolder(study / "outputs/study" / FIRST)
    said = answers()[0]
    theirs = Quarantined(SourceRef("survey/survey.csv", "row 2, column 5"), "Unfit.", risk="overdose")
    others = Quarantined(SourceRef("survey/survey.csv", "row 20, column 5"), "Unfit.", risk="overdose")
    first.write(Quarantined, 0, [theirs, others])
    assert themes("forget", study / "corpora/study", case_of(said), "--yes").exit_code == 0
    assert list(first.read(Quarantined)) == [replace(theirs, risk=""), others]
