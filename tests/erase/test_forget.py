"""Forgetting as it happens: whom it finds, what comes back, what interrupts it, what it refuses."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from erase.world import CAMPAIGN, COMMENT, FORMS, NAME, QUOTED, STOPPED, TYPICAL, page, write_survey
from one_run import run_once
from themes.deidentify.correct.corrections import REASONS, ask, corrections
from themes.deidentify.vault.failures import write_failure
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import BLANK
from themes.erase import forget, journal, run_again, swap
from themes.erase.search import Scanner
from themes.read.codebook import read_codebook
from themes.records.coding import Coding
from themes.records.corpus import Case, Document, DocumentKind
from themes.records.correction import CorrectionAction
from themes.records.replaced import ReplacementMap
from themes.records.span import Span
from themes.records.theme import Membership, Theme, ThemeDecision, ThemeOrigin, What
from themes.store.run_folder import ERASING, RunFolder
from themes.theme.decisions import add_decision
from themes.theme.identity import rename
from themes.theme.registry_file import read_registry, write_registry

FIRST, SECOND = "20260105-060000", "20260112-060000"
LATER = "2026-01-19T06:00:00+00:00"


def counts(run: Path) -> dict[str, int]:
    return dict(RunFolder(run).manifest["counts"])


def texts(run: Path) -> list[str]:
    return [document.text for document in RunFolder(run).read(Document)]


# What comes back


def test_a_later_run_withdraws_what_is_still_in_the_raw_files(study, themes):
    assert themes("forget", study / "corpora/study", "--author", NAME, "--yes").exit_code == 0
    (study / "corpora/study/raw/stories/four.txt").write_text("The form was long.", encoding="utf-8")
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    assert counts(run)["withdrawn"] == 2
    assert counts(run)["read"] == counts(study / "outputs/study" / SECOND)["read"] + 1
    assert Scanner([NAME], [QUOTED, FORMS, STOPPED[30:]]).in_places([run]) == []
    # The rest is taken over as it was; the reply, and with it its page, is made anew, since what it answers is gone.
    documents = RunFolder(run).manifest["documents"]
    (reply,) = (d for d in RunFolder(run).read(Document) if "mine stopped too" in d.text)
    of_its_page = sum(d.source.file == reply.source.file for d in RunFolder(run).read(Document))
    assert documents["all"] - documents["taken_over"] == 1 + of_its_page


def test_what_analysts_said_of_his_texts_goes_and_what_they_masked_elsewhere_stays_masked(study, themes, opened):
    corpus, outputs = study / "corpora/study", study / "outputs"
    documents = list(RunFolder(outputs / "study" / SECOND).read(Document))
    his = next(d for d in documents if d.text.startswith(FORMS[:12]))
    (other,) = (d for d in documents if "The bus took two hours" in d.text)
    for document, words in ((his, FORMS.split()[1]), (other, "bus took")):
        start = document.text.index(words)
        span, now = Span(start, start + len(words)), datetime(2026, 1, 13, tzinfo=UTC)
        ask(opened, document, span, CorrectionAction.MASK, label="EVENT", by="A. Nalyst", now=now)
    run_once(corpus, outputs, "2026-01-14T06:00:00+00:00")
    assert themes("forget", corpus, "--author", NAME, "--yes").exit_code == 0
    assert [c.document_id for c in corrections(opened)] == [other.document_id]
    last = run_once(corpus, outputs, LATER)
    assert not any("bus took" in text for text in texts(last))
    assert RunFolder(last).manifest["corrections"] == {"in_force": 1, "without_their_place": 0}


@pytest.mark.parametrize("raw_is_deleted", [False, True])
def test_a_mask_of_his_name_that_an_analyst_took_away_is_back_and_stays(study, themes, opened, raw_is_deleted):
    corpus, outputs = study / "corpora/study", study / "outputs"
    shown_name = page().replace("quilliam, mine", "@Quilliam and the Brockbanks, mine")
    (corpus / "raw/pages/page.html").write_text(shown_name, encoding="utf-8")
    before = run_once(corpus, outputs, "2026-01-13T06:00:00+00:00")
    (reply,) = (d for d in RunFolder(before).read(Document) if "mine stopped too" in d.text)
    way = ReplacementMap(reply.replacements)
    shown = [place for place in way.surrogates if place.start > reply.text.index("I agree")]
    assert len(shown) == 2
    for place in shown:
        ask(opened, reply, place, CorrectionAction.UNMASK, by="A. Nalyst", now=datetime(2026, 1, 13, tzinfo=UTC))
    lifted = run_once(corpus, outputs, "2026-01-14T06:00:00+00:00")
    assert any("Quilliam and the Brockbanks, mine" in text for text in texts(lifted))
    done = themes("forget", corpus, "--author", NAME, "--yes")
    assert done.exit_code == 0, done.output
    assert corrections(opened) == []
    if raw_is_deleted:
        without = shown_name.replace(NAME, "Somebody").replace(STOPPED, "Gone.").replace(FORMS, "Gone too.")
        (corpus / "raw/pages/page.html").write_text(without, encoding="utf-8")
    last = run_once(corpus, outputs, LATER)
    for run in (before, lifted, last):
        (text,) = [text for text in texts(run) if "mine stopped too" in text]
        assert "uilliam" not in text
        assert "rockbank" not in text
    assert Scanner(["quilliam", "brockbank"], []).in_places([outputs, study / "private"]) == []
    vault = Vault.open(corpus)
    with closing(vault):
        (reply,) = (d for d in RunFolder(last).read(Document) if "mine stopped too" in d.text)
        place = next(p for p in ReplacementMap(reply.replacements).surrogates if p.start > reply.text.index("I agree"))
        ask(vault, reply, place, CorrectionAction.UNMASK, by="A. Nalyst", now=datetime(2026, 1, 20, tzinfo=UTC))
    run_once(corpus, outputs, "2026-01-21T06:00:00+00:00")
    assert [c.reason for c in corrections(opened)] == [REASONS["withdrawn"]]


def test_his_name_stays_masked_when_the_rows_that_told_it_are_deleted(study, themes):
    assert themes("forget", study / "corpora/study", "--author", NAME, "--yes").exit_code == 0
    (study / "corpora/study/raw/pages/page.html").write_text(page(with_him=False), encoding="utf-8")
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    assert counts(run)["withdrawn"] == 0
    (reply,) = [text for text in texts(run) if "mine stopped too" in text]
    assert "I agree with [person " in reply
    assert "█" * len(QUOTED) in reply
    assert Scanner([NAME, "quilliam"], [QUOTED]).in_places([study / "outputs"]) == []


def test_a_keep_word_that_names_him_is_told_by_its_number(study, themes):
    spec = study / "corpora/study/corpus.toml"
    spec.write_text(spec.read_text("utf-8") + f'\n[deidentify]\nkeep = ["Atos", "{NAME}"]\n', encoding="utf-8")
    for done in (
        themes("forget", study / "corpora/study", "--author", NAME, "--yes"),
        themes("check", study / "corpora/study"),
    ):
        assert done.exit_code == 0, done.output
        assert "Word 2 of `keep` in corpus.toml names somebody who withdrew" in done.output
        assert "Word 1" not in done.output
        assert not set(NAME.split()) & set(re.findall(r"\w+", done.output))


def test_lines_of_corpus_toml_that_name_him_are_told_and_he_stays_masked_without_them(study, themes):
    corpus = study / "corpora/study"
    spec = corpus / "corpus.toml"
    before = spec.read_text("utf-8")
    names = f'\n[deidentify]\nnames = [\n  "Ysolde Wren",\n  "{NAME}",\n]\n# {NAME.upper()} wrote to us.\n'
    spec.write_text(before + names, encoding="utf-8")
    first = len(before.splitlines()) + 5
    told = themes("forget", corpus, "--author", NAME, "--yes")
    assert told.exit_code == 0, told.output
    lines = f"lines {first}, {first + 2}"
    assert f"names or repeats them: {lines}." in told.output
    assert f"delete them from corpus.toml, {lines}, and from your backups" in " ".join(told.output.split())
    checked = themes("check", corpus)
    assert f"Name 2 of `names` in corpus.toml (line {first}) is that of somebody who withdrew" in checked.output
    assert "Name 1" not in checked.output
    for done in (told, checked):
        assert not {each.casefold() for each in NAME.split()} & set(re.findall(r"\w+", done.output.casefold()))
    spec.write_text(before, encoding="utf-8")
    (corpus / "raw/stories/of_him.txt").write_text(f"I met {NAME} at the office, and he waited.", encoding="utf-8")
    run = run_once(corpus, study / "outputs", LATER)
    assert [text for text in texts(run) if "Brockbank" in text] == []
    assert "corpus.toml" not in themes("forget", corpus, "--words", "I met", "--yes").output


@pytest.mark.slow
def test_his_words_under_another_row_or_in_another_file_are_withdrawn(study, themes):
    assert themes("forget", study / "corpora/study", "--author", NAME, "--yes").exit_code == 0
    write_survey(study / "corpora/study", FORMS.upper())
    (study / "corpora/study/raw/stories/found.txt").write_text(STOPPED, encoding="utf-8")
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    assert counts(run)["withdrawn"] == 4
    assert Scanner([], [QUOTED, FORMS, STOPPED[30:]]).in_places([run]) == []


# Whom it finds


@pytest.mark.parametrize("later_alone", [False, True])
def test_what_is_told_of_him_without_marks_goes_and_who_may_be_him_is_pointed_out(study, themes, later_alone):
    corpus, outputs = study / "corpora/study", study / "outputs"
    told = COMMENT.format(
        number=15,
        author="Q. Brockbank",
        html=f"<p>Yes. As Quilliam says, {QUOTED.lower()}. My turn now.</p>",
        children="",
    )
    with_it = page().replace("</ol></div></main>", f"{told}</ol></div></main>")
    if not later_alone:
        (corpus / "raw/pages/page.html").write_text(with_it, encoding="utf-8")
        before = run_once(corpus, outputs, "2026-01-13T06:00:00+00:00")
        (document,) = (d for d in RunFolder(before).read(Document) if "My turn now" in d.text)
    done = themes("forget", corpus, "--author", NAME, "--yes")
    assert done.exit_code == 0, done.output
    assert "carry the tag that stands for them" in done.stdout
    assert ("nearly the same name" in done.stdout) == (not later_alone)
    if not later_alone:
        quoting = done.stdout.split("Other people quote or repeat them")[1].split("Written under")[0]
        assert f"  {document.document_id}  comment" in quoting
        assert f"  {document.document_id}  comment" in done.stdout.split("nearly the same name")[1]
    (corpus / "raw/pages/page.html").write_text(with_it, encoding="utf-8")
    last = run_once(corpus, outputs, LATER)
    for run in (last,) if later_alone else (before, last):
        (text,) = (text for text in texts(run) if "My turn now" in text)
        assert text.startswith("Yes. As [person ")
        assert text.endswith(f", {BLANK * len(QUOTED)}. My turn now.")


def test_a_case_whose_text_others_copied_leaves_them_coded_in_its_place(study, themes, case_of):
    first = study / "outputs/study" / FIRST
    (original,) = [d for d in RunFolder(first).read(Document) if d.case_id == case_of("WE CALL")]
    copies = [d for d in RunFolder(first).read(Document) if d.duplicate_of == original.document_id]
    before = counts(first)
    done = themes("forget", study / "corpora/study", original.case_id, "--yes")
    assert done.exit_code == 0, done.output
    assert "Other people's texts say the same and stay" in done.stdout
    assert "runs of words that other people say too" in done.stdout
    now = {d.document_id: d for d in RunFolder(first).read(Document)}
    assert original.document_id not in now
    assert len(copies) == 2
    assert sorted(now[d.document_id].duplicate_of is None for d in copies) == [False, True]
    (stands,) = [d for d in copies if now[d.document_id].duplicate_of is None]
    assert [c for c in RunFolder(first).read(Coding) if c.segment_id.startswith(stands.document_id)] != []
    assert [m for m in RunFolder(first).read(Membership) if m.segment_id.startswith(stands.document_id)] != []
    after = counts(first)
    assert (after["withdrawn"], after["duplicate"]) == (1, before["duplicate"] - 1)
    assert after["coded"] + after["no_code"] == before["coded"] + before["no_code"]
    # Their row may come back: the words are theirs as well.
    write_survey(study / "corpora/study", CAMPAIGN)
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    assert counts(run)["withdrawn"] == 1


def test_a_copy_that_is_coded_now_is_in_the_themes_of_both_kinds(study, themes, case_of):
    first = RunFolder(study / "outputs/study" / FIRST)
    assert themes("forget", study / "corpora/study", case_of(TYPICAL), "--yes").exit_code == 0
    (copy,) = [d for d in first.read(Document) if d.text == TYPICAL]
    assert copy.duplicate_of is None
    found = {theme.theme_id: theme.origin for theme in first.read(Theme)}
    mine = {m.theme_id for m in first.read(Membership) if m.segment_id.startswith(copy.document_id)}
    assert {found[theme_id] for theme_id in mine} == {ThemeOrigin.GUIDED, ThemeOrigin.EMERGENT}


def test_what_the_codebook_and_themes_repeat_of_him_is_pointed_out_and_blanked_when_asked(study, themes, digests):
    corpus, outputs = study / "corpora/study", study / "outputs/study"
    spoken = f'definition = "Such as: {FORMS}'
    codebook = (corpus / "codebook.toml").read_text(encoding="utf-8").replace('definition = "', spoken, 1)
    (corpus / "codebook.toml").write_text(codebook, encoding="utf-8")
    told = (outputs / SECOND / "codebook.json").read_text(encoding="utf-8").replace("Benefit stopped", FORMS)
    (outputs / SECOND / "codebook.json").write_text(told, encoding="utf-8")
    known = read_registry(outputs / SECOND / "registry")
    theme_id = known.themes[0].theme_id
    write_registry(outputs / SECOND / "registry", rename(known, theme_id, f"As {NAME} says", by="ada"))
    decision = ThemeDecision("1", What.RENAME, theme_id, "ada", "2026-01-13T09:00:00+00:00", name=f"As {NAME} says")
    add_decision(outputs, decision)
    before = digests(study)
    refused = themes("forget", corpus, "--author", NAME, "--yes")
    assert refused.exit_code == 1
    assert "codebook.toml: code 'sanctions', definition" in refused.output
    assert "Say --reword" in refused.output and "endlessly" not in refused.output
    assert {k: v for k, v in digests(study).items() if "private/" not in k} == {
        k: v for k, v in before.items() if "private/" not in k
    }
    done = themes("forget", corpus, "--author", NAME, "--yes", "--reword")
    assert done.exit_code == 0, done.output
    assert "blanked in the codebook: codebook.toml" in done.stdout
    assert "taken out: 1 decision about themes that repeated them" in done.stdout
    assert Scanner([NAME], [QUOTED, FORMS]).in_places([outputs, corpus / "codebook.toml"]) == []
    now = read_codebook(corpus / "codebook.toml")
    assert now["sanctions"].definition.startswith("Such as: ███ ████ █████, ")
    assert now["sanctions"].definition.endswith("because a condition was not met.")
    assert themes("check", corpus).exit_code == 0


def test_words_take_the_texts_that_hold_them_and_leave_their_writers(study, themes, opened):
    done = themes("forget", study / "corpora/study", "--words", "ENDLESSLY   long", "--yes")
    assert done.exit_code == 0, done.output
    assert "1 text by 1 writer would be forgotten:" in done.stdout
    assert "What else their writers wrote stays" in done.stdout
    first = RunFolder(study / "outputs/study" / FIRST)
    assert FORMS not in texts(first.path)
    assert STOPPED in texts(first.path)
    assert len(list(first.read(Case))) == 69  # two who comment, two stories, 65 rows
    tag = opened.surrogate("person", "person", "quilliam brockbank").removeprefix("[person ").removesuffix("]")
    assert opened.words_of("person", tag) == "quilliam"
    (study / "corpora/study/raw/stories/four.txt").write_text("The form was long.", encoding="utf-8")
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    assert counts(run)["withdrawn"] == 1
    assert STOPPED in texts(run)


def test_a_story_is_forgotten_with_its_file(study, themes, case_of):
    done = themes("forget", study / "corpora/study", case_of("I was sent to a warehouse"), "--yes")
    assert done.exit_code == 0, done.output
    assert "  raw/stories/one.txt: the whole file\n" in done.stdout
    for name in (FIRST, SECOND):
        manifest = RunFolder(study / "outputs/study" / name).manifest
        assert "stories/one.txt" not in manifest["inputs"]
        assert "stories/two.txt" in manifest["inputs"]
    (study / "corpora/study/raw/stories/four.txt").write_text("The form was long.", encoding="utf-8")
    from flows.plan import screened_inputs
    from themes.read.spec import read_spec

    vault = Vault.open(study / "corpora/study")
    named = screened_inputs(read_spec(study / "corpora/study"), vault)
    vault.close()
    assert ("stories/one.txt" in named, "stories/two.txt" in named) == (False, True)


def test_the_tag_that_stands_for_a_writer_finds_them(study, themes, opened):
    tag = opened.surrogate("person", "person", "quilliam brockbank")
    done = themes("forget", study / "corpora/study", "--author", tag, answer="n\n")
    assert (done.exit_code, "2 texts by 1 writer" in done.stdout) == (1, True)


@pytest.mark.slow
def test_who_is_gone_from_the_raw_files_is_still_taken_out_of_the_runs(study, themes, case_of):
    case = case_of(FORMS)
    shutil.rmtree(study / "corpora/study/raw")
    done = themes("forget", study / "corpora/study", case, "--yes")
    assert done.exit_code == 0, done.output
    assert "Nothing of it is in the raw files." in done.stdout
    assert FORMS not in texts(study / "outputs/study" / FIRST)
    assert Scanner([], [QUOTED, FORMS, STOPPED[30:]]).in_places([study / "outputs"]) == []


def test_a_later_run_that_never_held_it_keeps_all_but_what_its_themes_learned(study, themes, case_of, digests):
    case = case_of("I was sent to a warehouse")
    (study / "corpora/study/raw/stories/one.txt").unlink()
    run = run_once(study / "corpora/study", study / "outputs", LATER)
    before = digests(run)
    done = themes("forget", study / "corpora/study", case, "--yes")
    assert done.exit_code == 0, done.output
    after = digests(run)
    assert {name for name in before if before[name] != after[name]} == {
        "registry/registry.json",
        "registry/history.tsv",
        "report/index.html",  # which told how many texts the run before had held
    }
    assert set(before) == set(after)


def test_what_a_coder_learned_is_forgotten(study, themes, case_of):
    folder = study / "outputs/study"
    for run in (FIRST, SECOND):
        (folder / run / "coder").mkdir()
        (folder / run / "coder" / "fitted.npz").write_bytes(b"weights")
    done = themes("forget", study / "corpora/study", case_of("I was sent to a warehouse"), "--yes")
    assert done.exit_code == 0, done.output
    assert list(folder.glob("*/coder/*")) == []


def test_an_article_is_forgotten_and_counted_apart(study, themes):
    first = study / "outputs/study" / FIRST
    before = counts(first)
    (article,) = [d for d in RunFolder(first).read(Document) if d.kind is DocumentKind.ARTICLE]
    done = themes("forget", study / "corpora/study", article.case_id, "--yes")
    assert done.exit_code == 0, done.output
    assert counts(first) == {**before, "articles": 0}
    assert all(d.kind is not DocumentKind.ARTICLE for d in RunFolder(first).read(Document))


@pytest.mark.slow
def test_everybody_can_be_forgotten(study, themes):
    for words in ("the", "I", "It", "We", "Nobody", "fine", "kind"):
        done = themes("forget", study / "corpora/study", "--words", words, "--yes")
        assert done.exit_code == 0 or "hold a text with these words" in str(done.exception), done.output
    run = RunFolder(study / "outputs/study" / SECOND)
    assert list(run.read(Document)) == []
    assert list(run.read(Case)) == []
    assert not (run.path / "registry").exists()
    assert counts(run.path)["withdrawn"] + counts(run.path)["empty"] == counts(run.path)["read"]


# What else lies about


def test_a_table_of_another_kind_loses_the_rows_that_name_a_text(study, themes, case_of):
    first = study / "outputs/study" / FIRST
    case = case_of(FORMS)
    theirs = [d for d in RunFolder(first).read(Document) if d.case_id == case]
    other = next(d for d in RunFolder(first).read(Document) if d.case_id != case)
    (first / "added").mkdir()
    columns = {"segment_id": [f"{theirs[0].document_id}:0-4", f"{other.document_id}:0-4"], "says": ["a", "b"]}
    pq.write_table(pa.table(columns), first / "added/segments.parquet")
    pq.write_table(pa.table({"case_id": [case, other.case_id], "size": [1, 2]}), first / "added/cases.parquet")
    pq.write_table(pa.table({"size": [1, 2]}), first / "added/sizes.parquet")
    sizes = (first / "added/sizes.parquet").read_bytes()
    shutil.rmtree(first / "risk_flags")  # as in a run of an earlier version
    assert themes("forget", study / "corpora/study", case, "--yes").exit_code == 0
    assert pq.read_table(first / "added/segments.parquet").to_pylist() == [
        {"segment_id": f"{other.document_id}:0-4", "says": "b"}
    ]
    assert pq.read_table(first / "added/cases.parquet").to_pylist() == [{"case_id": other.case_id, "size": 2}]
    assert (first / "added/sizes.parquet").read_bytes() == sizes


def test_what_cannot_be_written_again_is_taken_away_and_named(study, themes):
    corpus_outputs = study / "outputs/study"
    (corpus_outputs / FIRST / "release").mkdir()
    (corpus_outputs / FIRST / "release/index.html").write_text("a public edition")
    (corpus_outputs / ".in-progress").mkdir()
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert done.exit_code == 0, done.output
    assert f"written again by itself: {corpus_outputs / FIRST}/release/index.html\n" in done.stdout
    assert f"written again by itself: {corpus_outputs / '.in-progress'}\n" in done.stdout
    assert not (corpus_outputs / FIRST / "release").exists()
    assert not (corpus_outputs / ".in-progress").exists()


def test_sealed_accounts_of_failures_go_since_they_may_quote_anybody(study, themes, opened):
    write_failure(opened, f"ValueError: {FORMS}")
    (opened.temporary_folder / "left").write_text(FORMS)
    assert themes("forget", study / "corpora/study", "--author", NAME, "--yes").exit_code == 0
    assert sorted(path.name for path in (study / "private/vault").iterdir() if path.is_dir()) == []


@pytest.mark.slow
def test_a_run_elsewhere_is_cleared_when_its_folder_is_named(study, themes):
    shutil.move(study / "outputs", study / "more")
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes", "--outputs", study / "more")
    assert done.exit_code == 0, done.output
    assert f"NOT THERE, so not cleared: {study / 'outputs'}" in done.stdout
    assert FORMS not in texts(study / "more/study" / FIRST)
    assert themes("forget", study / "corpora/study", "--author", NAME, "--yes", "--outputs", study).exit_code == 2


# The proof


@pytest.mark.parametrize(
    "copy",
    [FORMS.upper().encode("utf-16"), b"by QUILLIAM  BROCKBANK", b"ask brockbanks"],
    ids=["utf-16", "name", "plural"],
)
def test_a_copy_that_somebody_made_fails_the_proof_until_it_is_deleted(study, themes, copy):
    planted = study / "outputs/study/notes.txt"
    planted.write_bytes(copy)
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert done.exit_code == 1
    assert "  FOUND IN: study/notes.txt\n" in done.stdout
    assert "NOT FORGOTTEN" in done.stderr
    planted.unlink()
    again = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert (again.exit_code, ": 0 hits" in again.stdout, "in 0 runs" in again.stdout) == (0, True, True)


def test_what_the_vault_still_says_fails_the_proof(study, themes, opened):
    opened.surrogate("handle", "handle", "the quilliam brockbank fan", shown="x")
    opened.surrogate("person", "person", "somebody else", shown=FORMS)
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert done.exit_code == 1
    assert "  FOUND IN: the vault, opened up: surrogates\n" in done.stdout


def test_what_cannot_be_searched_is_not_called_clean(study, themes):
    (study / "outputs/study/broken.db").write_bytes(b"SQLite format 3\0" + b"x" * 200)
    done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert (done.exit_code, "nothing is proved" in done.stderr) == (1, True)


# Interruptions

Patch = Callable[[pytest.MonkeyPatch], None]


def after(calls: int, module: object, name: str) -> Patch:
    """Interrupts at a call of a function, once it has been called so many times."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        sound, made = getattr(module, name), []

        def interrupted(*arguments: object, **options: object) -> object:
            made.append(name)
            if len(made) > calls:
                raise KeyboardInterrupt
            return sound(*arguments, **options)

        monkeypatch.setattr(module, name, interrupted)

    return patch


IN_THE_FIRST_RUN = after(0, run_again, "work_out_counts")
MOMENTS = {
    "before the first run": ("vault status", after(0, forget, "make_runs_again")),
    "in the first run": ("status", IN_THE_FIRST_RUN),
    "in the second run": ("check", after(1, run_again, "work_out_themes")),
    "before the exchange of the second": ("status", after(1, swap, "complete_exchanges")),
    "at the end": ("check", after(0, forget, "end")),
}


@pytest.mark.parametrize(
    "moment", [m if m == "in the second run" else pytest.param(m, marks=pytest.mark.slow) for m in MOMENTS]
)
def test_an_interrupted_erasure_is_completed_by_the_next_command(
    study, themes, forgotten, digests, monkeypatch, moment
):
    command, interrupt = MOMENTS[moment]
    corpus = study / "corpora/study"
    with monkeypatch.context() as patch:
        interrupt(patch)
        assert themes("forget", corpus, "--author", NAME, "--yes").exit_code == 130
    assert (study / "outputs/study" / ERASING).is_file()
    done = themes(*command.split(), corpus)
    assert "Completing an erasure that was interrupted" in done.stderr
    assert ": 0 hits" in done.stderr
    assert digests(study / "outputs/study") == digests(forgotten[1] / "outputs/study")
    assert "Completing" not in themes(*command.split(), corpus).stderr


def test_an_interruption_before_anything_was_written_changes_nothing(study, themes, as_made, digests, monkeypatch):
    with monkeypatch.context() as patch:
        after(0, journal, "_forget_names")(patch)
        assert themes("forget", study / "corpora/study", "--author", NAME, "--yes").exit_code == 130
    assert digests(study / "outputs/study") == digests(as_made[1] / "outputs/study")
    assert "Completing" not in themes("check", study / "corpora/study").stderr


def test_reports_and_exports_wait_until_an_erasure_is_complete(study, themes, monkeypatch):
    with monkeypatch.context() as patch:
        IN_THE_FIRST_RUN(patch)
        themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    done = themes("report", study / "outputs/study" / SECOND)
    assert (done.exit_code, "is being forgotten" in done.stderr) == (1, True)


@pytest.mark.slow
@pytest.mark.parametrize("seen", [".erasure-unfinished", ".remaking-*", ".before-*"])
def test_kill_9_in_the_middle_loses_nothing_and_leaves_nothing(study, themes, forgotten, digests, seen):
    command = [sys.executable, "-m", "themes.cli.main", "forget", str(study / "corpora/study"), "--author", NAME]
    process = subprocess.Popen(
        [*command, "--yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    deadline = time.monotonic() + 120
    while process.poll() is None and not list((study / "outputs/study").glob(seen)) and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    themes("status", study / "corpora/study")
    assert digests(study / "outputs/study") == digests(forgotten[1] / "outputs/study")
    assert Scanner([NAME], [QUOTED, FORMS]).in_places([study / "outputs", study / "private"]) == []


# What it refuses


def test_a_run_under_way_is_left_alone(study, themes, as_made, digests):
    with (study / "outputs/study/.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = themes("forget", study / "corpora/study", "--author", NAME, "--yes")
    assert (done.exit_code, "is under way" in done.stderr) == (1, True)
    assert digests(study / "outputs/study") == digests(as_made[1] / "outputs/study")


@pytest.mark.parametrize(
    "arguments", [[], ["c7k2qx4m", "--author", "A"], ["--author", "A", "--words", "b"], ["--words", " "]]
)
def test_one_way_of_saying_whom_is_asked_for(study, themes, arguments):
    done = themes("forget", study / "corpora/study", *arguments)
    assert (done.exit_code, "in one way" in done.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [["c7k2qx4m"], ["--author", "Nobody Here"], ["--words", "words never said"]])
def test_nobody_found_is_said(study, themes, arguments):
    done = themes("forget", study / "corpora/study", *arguments, "--yes")
    assert (done.exit_code, "Nothing was forgotten" in done.stderr) == (1, True)


def test_without_a_yes_nothing_is_changed(study, themes, as_made, digests):
    for answer in ("n\n", ""):
        assert themes("forget", study / "corpora/study", "--author", NAME, answer=answer).exit_code == 1
    assert digests(study / "outputs/study") == digests(as_made[1] / "outputs/study")
