"""Shares end to end: a sample drawn and reviewed after one run, estimated from by the next."""

import csv
import json
from contextlib import closing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from flows_small_corpus import make_corpus, write_survey
from one_run import run_once
from reviewers import draw, review
from themes.cli.release import release
from themes.deidentify.vault.vault import Vault
from themes.publication import obstacles
from themes.publication.ledger import in_ledger
from themes.publication.log import sealed_by
from themes.records.corpus import Document
from themes.records.estimate import Difference, DriftFigure, Prevalence, SaturationPoint
from themes.store.run_folder import RunFolder

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-01-{day:02}T06:00:00+00:00" for day in (5, 6, 7, 8))
PLACES = ("harbour", "station", "market", "library", "chapel", "mill", "quay", "school", "depot", "bridge")
FOODS = ("soup", "bread", "cheese", "apples", "porridge", "beans", "fish", "rice", "plums")
SAID = (
    "They sanctioned me at the {} and I had no {}.",
    "The man at the {} was kind and brought {}.",
    "I walked past the {} with my {}.",
    "There was rain on the {}, and {} for tea.",
)
EVERY = [SAID[n % 4].format(PLACES[n % 10], FOODS[n % 9]) for n in range(85)]
ANSWERS, MORE = EVERY[:80], EVERY[80:]
TRUE = {"sanctions": 0.25, "kindness": 0.25}


def truth(segment):
    found = {"sanctions"} if "sanction" in segment.text else set()
    return found | ({"kindness"} if "kind" in segment.text else set())


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory) -> tuple[Path, Path, Path, Path]:
    """A run, forty drawn and reviewed, the run that follows, and one after five more people wrote."""
    place = tmp_path_factory.mktemp("reviewed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THEMES_VAULT", str(place / "vault"))
        patch.setenv("THEMES_KEY_FILE", str(place / "key"))
        corpus = make_corpus(place / "corpora" / "small", answers=ANSWERS)
        first = run_once(corpus, place / "outputs", MONDAY)
        review(first, draw(first, corpus, cases=40), truth, at=MONDAY)
        second = run_once(corpus, place / "outputs", TUESDAY, measured=True)
        write_survey(corpus, [*ANSWERS, *MORE])
        third = run_once(corpus, place / "outputs", WEDNESDAY, measured=True)
    return corpus, first, second, third


def shares(run: Path, **where: str) -> dict[str, Prevalence]:
    wanted = {"group": "", "question": "", "period": "", **where}
    rows = RunFolder(run).read(Prevalence)
    return {
        p.theme_id: p
        for p in rows
        if "unchecked" not in p.method and all(getattr(p, name) == value for name, value in wanted.items())
    }


def test_without_a_sample_there_are_counts_alone(reviewed):
    _, first, _, _ = reviewed
    assert {p.method for p in RunFolder(first).read(Prevalence)} == {"machine, unchecked"}
    assert list(RunFolder(first).read(Difference)) == []


def test_the_next_run_tells_shares_that_hold_the_truth(reviewed):
    _, _, second, _ = reviewed
    found = shares(second)
    assert set(found) == {"sanctions", "kindness"}
    for theme_id, true in TRUE.items():
        row = found[theme_id]
        assert row.cases == 80
        assert row.low <= true <= row.high, row
        assert row.high - row.low < 0.3
        assert row.method.startswith("estimated from ")


def test_each_group_and_month_has_a_row_and_a_reason_where_there_is_no_share(reviewed):
    _, _, second, _ = reviewed
    assert shares(second, group="region=North")["sanctions"].share == pytest.approx(shares(second)["sanctions"].share)
    january = shares(second, period="2014-01")["sanctions"]
    assert january.share is None
    assert january.method.startswith("withheld: Too few were reviewed")


def test_a_later_run_tells_what_moved_since(reviewed):
    _, _, second, third = reviewed
    moved = {d.theme_id: d for d in RunFolder(third).read(Difference) if d.is_between_runs}
    assert {(d.one, d.other, d.planned) for d in moved.values()} == {(third.name, second.name, True)}
    assert abs(moved["sanctions"].difference) < 0.05
    assert moved["sanctions"].p > 0.05


def test_who_came_after_the_draw_is_looked_at_for_drift(reviewed):
    _, _, second, third = reviewed
    assert list(RunFolder(second).read(DriftFigure)) == []
    looks = [(d.look, d.theme_id) for d in RunFolder(third).read(DriftFigure)]
    assert looks == [
        *(("scores", t) for t in ("sanctions", "kindness")),
        ("texts", ""),
        *(("review", t) for t in ("sanctions", "kindness")),
    ]


def standing_and_approved(run: Path) -> tuple[set[str], list[str]]:
    """What stands against the public edition, by the command line; all that can be is accepted, and it is written."""
    app = typer.Typer()
    app.add_typer(release, name="release")
    checked = CliRunner().invoke(app, ["release", "check", str(run), "--json"])
    stands = json.loads(checked.stdout)["stands"]
    assert checked.exit_code == (1 if stands else 0)
    assert [each["says"] for each in stands if not each["acceptable"]] == []
    given = []
    for number, each in enumerate(stands):
        texts = f"={each['texts']}" if each["texts"] else ""
        given += ["--accept", f"{each['obstacle_id']}{texts}", "--reason", f"Reason {number}"]
    approved = CliRunner().invoke(
        app, ["release", "approve", str(run), "--by", "Ann Example", "--now", THURSDAY, *given]
    )
    assert (approved.exit_code, approved.stdout) == (0, f"{run / 'release'}\n"), approved.exception
    return {each["against"] for each in stands}, read_published(run)


def read_published(run: Path) -> list[str]:
    """The runs in the ledger, by a log that was not changed."""
    corpus = run.parent.parent.parent / "corpora" / run.parent.name
    with closing(Vault.open(corpus)) as vault:
        return [each.run_id for each in in_ledger(run.parent, sealed_by(vault.keyed))]


def test_shares_go_into_public_editions_and_the_second_is_attacked_with_the_first(reviewed, monkeypatch):
    corpus, _, second, third = reviewed
    monkeypatch.setenv("THEMES_VAULT", str(corpus.parent.parent / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(corpus.parent.parent / "key"))
    attacked, attack = [], obstacles.given_away
    monkeypatch.setattr(
        obstacles, "given_away", lambda new, ledger: attacked.append((new, *ledger)) or attack(new, ledger)
    )
    against, published = standing_and_approved(second)
    assert against == {"consent"}
    assert published == [second.name]
    told = list(csv.DictReader((second / "release" / "tables" / "shares.csv").open(encoding="utf-8-sig")))
    assert {row["of"] for row in told} == {"80"}
    page = (second / "release" / "index.html").read_text(encoding="utf-8")
    assert "in 10 people, between" in page
    assert "Public edition." in page
    _, published = standing_and_approved(third)
    assert published == [second.name, third.name]
    assert {tuple(each.run_id for each in one) for one in attacked} == {
        (second.name,),
        (third.name, second.name),
    }


def test_a_copy_sent_in_later_does_not_take_the_place_of_a_text_that_was_drawn(tmp_path):
    corpus = make_corpus(tmp_path / "corpora" / "copied", answers=ANSWERS[:40])
    first = run_once(corpus, tmp_path / "outputs", MONDAY)
    sample = draw(first, corpus, cases=20)
    review(first, sample, truth, at=MONDAY)
    written = {d.document_id: d.case_id for d in RunFolder(first).read(Document)}
    rows = [f'9{n:03},2013-12-03,North,"{answer}"' for n, answer in enumerate(ANSWERS[:40])]  # a month before all
    (corpus / "raw" / "copies.csv").write_text("\n".join(["respondent,submitted,region,experience", *rows]) + "\n")
    second = run_once(corpus, tmp_path / "outputs", TUESDAY)
    original = {d.document_id: d.duplicate_of for d in RunFolder(second).read(Document)}
    assert len(original) == 80
    assert {each: original[each] for each in written} == dict.fromkeys(written)
    assert {of for each, of in original.items() if each not in written} == set(written)
    drawn = sum(one.is_drawn for one in sample.values())
    row = shares(second)["sanctions"]
    assert (row.cases, row.method) == (80, f"estimated from {drawn} reviewed by chance")


def test_saturation_is_told_unless_the_approach_has_no_place_for_it(tmp_path):
    answers = ANSWERS[:12]
    usual = run_once(make_corpus(tmp_path / "corpora" / "usual", answers=answers), tmp_path / "outputs", MONDAY)
    points = list(RunFolder(usual).read(SaturationPoint))
    assert [point.cases for point in points] == list(range(1, 13))
    extra = 'approach = "reflexive"'
    corpus = make_corpus(tmp_path / "corpora" / "reflexive", answers=answers, extra=extra)
    assert list(RunFolder(run_once(corpus, tmp_path / "outputs", MONDAY)).read(SaturationPoint)) == []
