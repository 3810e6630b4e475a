"""What an erasure takes out of the vault at once, and what it writes down to be completed."""

from pathlib import Path
from typing import Any

import pytest

from builders import a_case, a_document, a_raw_document
from themes.deidentify.vault.vault import Vault
from themes.erase.forget import finish_unfinished
from themes.erase.journal import Erasure, begin, end, erasure_of, unfinished
from themes.erase.matching import Found, Text, Wanted
from themes.erase.others import Others
from themes.records.corpus import Case, Document, Quarantined, SourceRef
from themes.records.spec import CorpusSpec
from themes.store.run_folder import RunFolder


def a_run(folder: Path, *documents: Document, cases: Any = (), quarantined: Any = ()) -> Path:
    run = RunFolder(folder)
    run.write(Document, 0, documents)
    run.write(Case, 0, cases)
    run.write(Quarantined, 0, quarantined)
    (folder / "manifest.json").write_text('{"started_at": "2026"}')
    return folder.parent


def tag_of(surrogate: str) -> str:
    return surrogate.rsplit(maxsplit=1)[-1].rstrip("]")


@pytest.fixture
def found() -> Found:
    text = Text("d1", "c1", "comment", runs=[])
    return Found({"d1": text}, raw={"d1": a_raw_document("It was Wren.", author="Zebedee Wren")})


def test_words_behind_tags_of_theirs_alone_go_and_those_that_others_hold_stay(
    vault: Vault, tmp_path: Path, found: Found
) -> None:
    names = ("alone", "shared", "their answer", "quarantine", "elsewhere", "zebedee wren", "mrs zebedee wren-tull")
    given = {name: vault.surrogate("person", "person", name) for name in names}
    outputs = a_run(
        tmp_path / "outputs/study/run",
        a_document("d1", f"{given['alone']} and {given['shared']} and {given['elsewhere']}", case_id="c1"),
        a_document("d2", f"{given['shared']} said {given['zebedee wren']}"),
        cases=[a_case("c1", town=given["their answer"]), a_case("c2", town="Leeds")],
        quarantined=[Quarantined(SourceRef("a.csv"), f"The column {given['quarantine']} is empty.")],
    )
    a_run(tmp_path / "outputs/other/run", a_document("d3", given["elsewhere"]))
    erasure = erasure_of(found, Wanted(author="Zebedee Wren"), Others())
    begin(erasure, found, Others(), vault=vault, corpus_outputs=[outputs])
    known = {name for name in names if vault.words_of("person", tag_of(given[name]))}
    assert known == {"shared", "quarantine", "elsewhere", "mrs zebedee wren-tull"}
    rows = vault.rows("SELECT tag FROM surrogates")
    assert {tag for (tag,) in rows} == {tag_of(given[name]) for name in (*known, "zebedee wren")}


def test_a_name_within_a_longer_one_is_forgotten_with_it(vault: Vault, found: Found) -> None:
    tag = tag_of(vault.surrogate("person", "person", "old zebedee wren"))
    begin(erasure_of(found, Wanted(author="x"), Others()), found, Others(), vault=vault, corpus_outputs=[])
    assert vault.words_of("person", tag) is None


def test_single_texts_leave_the_name_of_their_writer(vault: Vault, found: Found) -> None:
    tag = tag_of(vault.surrogate("person", "person", "zebedee wren"))
    begin(erasure_of(found, Wanted(words="Wren"), Others()), found, Others(), vault=vault, corpus_outputs=[])
    assert vault.words_of("person", tag) == "zebedee wren"


def test_the_journal_holds_ids_and_no_words_until_it_is_ended(vault: Vault, found: Found) -> None:
    found.texts["d1"].runs.extend([Path("outputs/study/b"), Path("outputs/study/a"), Path("more/study/c")])
    erasure = erasure_of(found, Wanted(case_id="c1"), Others())
    number = begin(erasure, found, Others(), vault=vault, corpus_outputs=[])
    first = {"outputs/study": "a", "more/study": "c"}
    rows = frozenset({("page.html", "comment 1")})
    expected = Erasure(frozenset({"d1"}), frozenset({"c1"}), first, erasure.token, rows=rows)
    assert unfinished(vault) == {number: expected}
    (sealed,) = vault.rows("SELECT sealed FROM erasures")[0]
    assert b"Wren" not in vault.unseal(sealed)
    end(number, vault)
    assert unfinished(vault) == {}


def test_where_nothing_is_unfinished_nothing_is_done(vault: Vault, spec: CorpusSpec) -> None:
    assert finish_unfinished(spec, vault) == []


def test_the_rows_of_a_person_are_remembered_until_the_erasure_is_done_and_those_of_words_are_not(vault: Vault) -> None:
    raw = a_raw_document("It was Wren.", source=SourceRef("a.csv", "row 9, column 3"))
    found = Found({"d1": Text("d1", "c1", "answer", runs=[])}, raw={"d1": raw})
    erasure = erasure_of(found, Wanted(case_id="c1"), Others())
    assert erasure.rows == {("a.csv", "row 9")}
    named = erasure_of(found, Wanted(case_id="c1"), Others(), {"a.csv": "file 1.csv"})
    assert named.rows == {("file 1.csv", "row 9")}
    assert erasure_of(found, Wanted(words="It was Wren"), Others()).rows == frozenset()
    number = begin(erasure, found, Others(), vault=vault, corpus_outputs=[])
    assert unfinished(vault) == {number: erasure}
