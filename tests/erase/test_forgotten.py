"""Somebody has been forgotten: what is gone, what stayed as it was, what was worked out again."""

import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from erase.world import FORMS, NAME, QUOTED, STOPPED
from themes.deidentify.vault.vault import Vault
from themes.erase.search import Scanner
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document
from themes.records.estimate import Prevalence
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.store.run_folder import RunFolder
from themes.store.vectors import read_vectors
from themes.theme.registry_file import read_registry

RUNS = ("20260105-060000", "20260112-060000")


def run_of(place: Path, name: str = RUNS[0]) -> RunFolder:
    return RunFolder(place / "outputs/study" / name)


def ids_before(before: Path) -> set[str]:
    return {d.document_id for d in run_of(before).read(Document) if d.text in (STOPPED, FORMS)}


def reply_in(place: Path, name: str = RUNS[0]) -> Document:
    (reply,) = [d for d in run_of(place, name).read(Document) if "mine stopped too" in d.text]
    return reply


@pytest.fixture
def everything(forgotten) -> Scanner:
    """Looks for all that told of him."""
    before, _, _ = forgotten
    cases = {d.case_id for d in run_of(before).read(Document) if d.text == FORMS}
    return Scanner({NAME, *ids_before(before), *cases}, {QUOTED, FORMS, STOPPED[30:]})


def test_nothing_of_him_is_in_any_byte_that_is_left(forgotten, everything):
    before, after, _ = forgotten
    assert everything.in_places([after / "outputs", after / "private"]) == []
    found = {hit.identifier for hit in everything.in_places([before / "outputs"])}
    assert {QUOTED, FORMS, STOPPED[30:]} < found
    assert ids_before(before) < found


@pytest.mark.parametrize("name", RUNS)
def test_the_rows_of_others_are_what_they_were(forgotten, name):
    before, after, _ = forgotten
    old, new = run_of(before, name), run_of(after, name)
    gone, reply = ids_before(before), reply_in(before).document_id
    case = {d.case_id for d in old.read(Document) if d.document_id in gone}

    def theirs(rows, key):
        return [row for row in rows if key(row).split(":")[0] not in {*gone, *case, reply}]

    for record, key in [
        (Document, lambda d: d.document_id),
        (Segment, lambda s: s.segment_id),
        (Coding, lambda c: c.segment_id),
        (RiskFlag, lambda f: f.segment_id),
        (Membership, lambda m: m.segment_id),
        (Case, lambda c: c.case_id),
    ]:
        assert theirs(new.read(record), key) == theirs(old.read(record), key)
        assert not [row for row in new.read(record) if key(row).split(":")[0] in gone | case]
    wanted = [s.segment_id for s in new.read(Segment) if s.document_id != reply]
    vectors = [{i: v.tolist() for i, v in read_vectors(run.path, wanted=wanted)} for run in (old, new)]
    assert vectors[0] == vectors[1]


def test_the_reply_loses_what_was_his_and_keeps_its_own_words(forgotten):
    before, after, _ = forgotten
    old, new = reply_in(before), reply_in(after)
    assert old.reply_to in ids_before(before)
    assert new.reply_to is None
    assert new.text == old.text.replace(QUOTED, "█" * len(QUOTED))
    assert (new.replacements, new.offsets, new.fingerprint) == (old.replacements, old.offsets, old.fingerprint)
    segments = [s for s in run_of(after).read(Segment) if s.document_id == new.document_id]
    assert [(s.text, s.before) for s in segments] == [(new.text.split("\n\n")[1], "█" * len(QUOTED))]


@pytest.mark.parametrize("name", RUNS)
def test_files_without_a_row_of_his_keep_their_bytes(forgotten, name):
    before, after, _ = forgotten
    old, new = run_of(before, name).path, run_of(after, name).path
    touched = {*ids_before(before), reply_in(before).document_id}
    for table, column in [("documents", "document_id"), ("segments", "document_id"), ("codings", "segment_id")]:
        parts = sorted((old / table).glob("*.parquet"))
        assert len(parts) > 3
        for part in parts:
            ids = {
                str(value).split(":")[0] for value in pq.read_table(part, partitioning=None).column(column).to_pylist()
            }
            same = part.read_bytes() == (new / table / part.name).read_bytes()
            assert same or ids & touched
            assert not (same and ids & ids_before(before))
    for name_of_file in ("codebook.json", "coder.json", "notes.json", "work.json", "quarantine/part-00000.parquet"):
        assert (old / name_of_file).read_bytes() == (new / name_of_file).read_bytes()


@pytest.mark.parametrize("name", RUNS)
def test_the_counts_add_up_with_him_among_the_withdrawn(forgotten, name):
    before, after, _ = forgotten
    old, new = run_of(before, name).manifest, run_of(after, name).manifest
    changed = Counter(new["counts"])
    changed.subtract(old["counts"])
    assert {fate: by for fate, by in changed.items() if by} == {"withdrawn": 2, "coded": -1, "no_code": -1}
    fates = ("coded", "no_code", "empty", "quarantined", "duplicate", "withdrawn")
    assert new["counts"]["read"] == sum(new["counts"][fate] for fate in fates)
    assert new["documents"]["all"] == old["documents"]["all"] - 2
    same = set(old) - {"counts", "documents"}
    assert {key: new[key] for key in same} == {key: old[key] for key in same}


def test_people_are_counted_again(forgotten):
    before, after, _ = forgotten

    def people(place: Path, theme: str) -> list[tuple[int | None, int | None]]:
        rows = run_of(place).read(Prevalence)
        return [
            (p.cases, p.cases_with) for p in rows if (p.theme_id, p.group, p.question, p.period) == (theme, "", "", "")
        ]

    ((everyone, _),), ((sanctioned_of, sanctioned),) = people(before, ""), people(before, "sanctions")
    assert people(after, "") == [(everyone - 1, everyone - 1)]
    assert people(after, "sanctions") == [(sanctioned_of - 1, sanctioned - 1)]


@pytest.mark.parametrize("name", RUNS)
def test_no_theme_shows_him_or_keeps_what_it_learned_from_him(forgotten, name):
    before, after, _ = forgotten
    gone = ids_before(before)
    old, new = run_of(before, name), run_of(after, name)
    shown = {i.split(":")[0] for theme in new.read(Theme) for i in theme.exemplar_ids}
    assert not shown & gone
    assert {i.split(":")[0] for theme in old.read(Theme) for i in theme.exemplar_ids} & gone
    emergent = [t.theme_id for t in new.read(Theme) if t.origin is ThemeOrigin.EMERGENT]
    assert sorted(emergent) == sorted(t.theme_id for t in old.read(Theme) if t.origin is ThemeOrigin.EMERGENT)
    was, now = read_registry(old.path / "registry"), read_registry(new.path / "registry")
    assert was is not None and now is not None
    assert [(t.theme_id, t.name) for t in now.themes] == [(t.theme_id, t.name) for t in was.themes]
    assert now.groups.texts == len(list(new.read(Segment))) - 1  # the article's is no account
    assert not (now.groups.directions == was.groups.directions).all()


def test_report_and_exports_are_written_again_and_the_same_ones(forgotten, digests):
    before, after, _ = forgotten
    for name in RUNS:
        old, new = digests(run_of(before, name).path), digests(run_of(after, name).path)
        assert set(old) == set(new)
        assert old["report/index.html"] != new["report/index.html"]
    exports = {name: (run_of(after).path / "export" / name).is_file() for name in ("quotes.csv", "cases.sav")}
    projects = [path.name for path in sorted((run_of(after).path / "export").glob("*.qdpx"))]
    assert exports == {"quotes.csv": True, "cases.sav": True}
    assert projects == ["project-maxqda.qdpx", "project-nvivo.qdpx", "project.qdpx"]
    assert not (run_of(after, RUNS[1]).path / "export/quotes.csv").exists()
    assert "It was fine." in (run_of(after).path / "export/excerpts.csv").read_text(encoding="utf-8-sig")


def test_the_vault_knows_his_name_no_more_and_his_tag_stays_given(forgotten):
    before, after, _ = forgotten
    tag = reply_in(after).text.split("[person ")[1].split("]")[0]
    keys = (before / "private/key").read_bytes()
    was, now = Vault(before / "private/vault", keys), Vault(after / "private/vault", keys)
    assert (was.words_of("person", tag), now.words_of("person", tag)) == ("quilliam", None)
    for given in ids_before(before):
        assert was.rows("SELECT count(*) FROM ids WHERE given = ?", given) == [(1,)]
        assert now.rows("SELECT count(*) FROM ids WHERE given = ?", given) == [(0,)]
    assert now.rows("SELECT count(*) FROM erasures") == [(0,)]
    assert (now.surrogate("person", "person", "quilliam brockbank")) == f"[person {tag}]"
    was.close()
    now.close()


def test_what_was_said_names_rows_and_nobody(forgotten):
    _, _, said = forgotten
    assert "2 texts by 1 writer would be forgotten:" in said
    assert said.count("in 2 runs") == 2
    assert "Other people quote or repeat them" in said
    assert "proof: 5 ids, 1 names and 2 parts of names, " in said
    assert ": 0 hits" in said
    assert "  raw/pages/page.html: comment 1\n  raw/pages/page.html: comment 4\n" in said
    assert "  raw/pages/page.html: comment 2, where it is quoted\n" in said
    assert "uilliam" not in said
    assert "forms" not in said


def test_the_manifest_stays_json_with_sorted_keys(forgotten):
    text = (run_of(forgotten[1]).path / "manifest.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
