"""Corrections end to end: asked on one run, applied by the next, and nothing else is done again."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.plan import nothing_new, work_of
from flows.work import ingest
from flows_small_corpus import make_corpus, write_survey
from one_run import run_once
from themes.cli.status import described
from themes.deidentify.correct.corrections import ask, corrections, take_back
from themes.deidentify.vault.vault import Vault
from themes.erase.corrected import runs_that_show
from themes.read.spec import read_spec
from themes.records.anchor import Hold, SegmentMove
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.correction import CorrectionAction, Reach, Standing
from themes.records.segment import Segment
from themes.records.span import Span
from themes.review.anchors import carried_over
from themes.store.files import read_json
from themes.store.run_folder import RunFolder

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-01-{day:02}T06:00:00+00:00" for day in (5, 6, 7, 8))
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)

# "green door" is what an office is called, which nothing can know; the number is masked as a phone's, and is none.
LONG = (
    "Before, all was well. They were kind to me. Then the green door read my form aloud. The 01632 960123 form it was "
    "called. Then the green door stopped my money. In the end it was put right."
)
ANSWERS = [LONG, "I asked the green door for help.", "It rained all day.", "We like the 01632 960123 form."]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpora" / "small", answers=ANSWERS)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return tmp_path / "outputs"


def documents(run: Path) -> dict[str, Document]:
    """By the first words of each."""
    return {" ".join(d.text.split()[:2]): d for d in RunFolder(run).read(Document)}


def correct(corpus: Path, document: Document, words: str, action: CorrectionAction, **options: object) -> None:
    start = document.text.index(words)
    given = {"label": "BRANCH" if action is CorrectionAction.MASK else "", **options}
    with closing(Vault.open(corpus)) as vault:
        ask(vault, document, Span(start, start + len(words)), action, by="A. Nalyst", now=NOW, **given)


def surrogate_of(label: str, document: Document) -> str:
    return next(r.surrogate for r in document.replacements if r.label == label)


def decided(document: Document, words: str, code_id: str) -> Coding:
    start = document.text.index(words)
    segment_id = f"{document.document_id}:{start}-{start + len(words)}"
    return Coding(segment_id, code_id, "A. Nalyst", applies=True, made_at=MONDAY)


def test_what_an_analyst_marks_is_right_in_the_next_run_and_no_decision_is_lost(corpus: Path, outputs: Path) -> None:
    first = run_once(corpus, outputs, MONDAY)
    story = documents(first)["Before, all"]
    assert story.text.count("green door") == 2
    place = surrogate_of("PHONE", story)
    decisions = [
        decided(story, "They were kind to me.", "kindness"),  # before what is corrected
        decided(story, "Then the green door stopped my money.", "sanctions"),  # around a missed name
        decided(story, "een door read my form", "kindness"),  # cut by one
        decided(story, f"The {place} form it was called.", "sanctions"),  # around a wrong mask
        decided(story, "In the end it was put right.", "kindness"),  # behind
        decided(documents(first)["It rained"], "It rained all day.", "kindness"),  # another text
    ]
    correct(corpus, story, "green door", CorrectionAction.MASK)
    correct(corpus, story, place, CorrectionAction.UNMASK)

    second = run_once(corpus, outputs, TUESDAY)

    made = documents(second)
    tag = surrogate_of("BRANCH", made["Before, all"])
    assert made["Before, all"].text == LONG.replace("green door", tag)
    assert made["I asked"].text == f"I asked the {tag} for help."
    assert made["It rained"].fingerprint == documents(first)["It rained"].fingerprint
    assert made["We like"] == documents(first)["We like"]  # a wrong mask goes there alone
    manifest = RunFolder(second).manifest
    assert manifest["documents"] == {"all": 4, "taken_over": 2}
    assert manifest["corrections"] == {"in_force": 2, "without_their_place": 0}

    carried = carried_over(decisions, RunFolder(first), RunFolder(second))
    assert [each.anchor.hold for each in carried] == [
        Hold.SAME, Hold.MOVED, Hold.STALE, Hold.MOVED, Hold.MOVED, Hold.SAME,
    ]  # fmt: skip
    by_id = {d.document_id: d for d in made.values()}
    now = [each.anchor.after.of(by_id[each.anchor.document_id].text) for each in carried if each.anchor.after]
    assert now == [
        "They were kind to me.",
        f"Then the {tag} stopped my money.",
        f"{tag} read my form",
        "The 01632 960123 form it was called.",
        "In the end it was put right.",
        "It rained all day.",
    ]
    assert carried[2].coding == decisions[2]

    moves = list(RunFolder(second).read(SegmentMove))
    changed = {story.document_id, documents(first)["I asked"].document_id}
    before = [s for s in RunFolder(first).read(Segment) if s.document_id in changed]
    assert {move.segment_id for move in moves} == {segment.segment_id for segment in before}
    now_cut = {s.segment_id for s in RunFolder(second).read(Segment)}
    assert all(move.hold is not Hold.STALE and move.now in now_cut for move in moves)

    kept = b"".join(path.read_bytes() for path in second.rglob("*") if path.is_file())
    assert b"green door" not in kept


def test_ten_masks_in_one_text_lose_and_move_no_decision(corpus: Path, outputs: Path) -> None:
    colours = ("red", "blue", "black", "white", "brown", "grey", "green", "yellow", "pink", "purple")
    text = f"It began well. We saw {', '.join(f'a {c} cart' for c in colours)} there. It ended badly."
    write_survey(corpus, [text])
    first = run_once(corpus, outputs, MONDAY)
    (before,) = documents(first).values()
    assert before.text == text
    decisions = {
        "It began well.": ("It began well.", Hold.SAME),  # before
        "It ended badly.": ("It ended badly.", Hold.MOVED),  # behind
        "a red cart, a blue cart": ("a [event], a [event]", Hold.MOVED),  # around
        "black cart": ("[event]", Hold.MOVED),  # just one
        "rown ca": ("[event]", Hold.STALE),  # within one
        "cart, a green": ("[event], a [event]", Hold.STALE),  # across two
        "cart there.": ("[event] there.", Hold.STALE),  # across the last
        text: (before.text, Hold.MOVED),
    }
    for colour in colours:
        correct(corpus, before, f"{colour} cart", CorrectionAction.MASK, label="EVENT")
    second = run_once(corpus, outputs, TUESDAY)
    (after,) = documents(second).values()
    assert after.text == f"It began well. We saw {', '.join(['a [event]'] * 10)} there. It ended badly.".replace(
        "a [event]", f"a {after.replacements[0].surrogate}"
    )
    carried = carried_over(
        [decided(before, words, "kindness") for words in decisions], RunFolder(first), RunFolder(second)
    )
    assert len(carried) == len(decisions)
    for each, (now, hold) in zip(carried, [*decisions.values()], strict=True):
        place = each.anchor.after
        assert place is not None
        shown = place.of(after.text).replace(after.replacements[0].surrogate, "[event]")
        assert (shown, each.anchor.hold) == (now if now != text else shown, hold)
    assert carried[-1].anchor.after == Span(0, len(after.text))


def test_corrections_are_new_work_until_a_run_has_taken_them_up(corpus: Path, outputs: Path) -> None:
    first = run_once(corpus, outputs, MONDAY)
    spec = read_spec(corpus)

    def is_done(run: Path) -> bool:
        with closing(Vault.open(corpus)) as vault:
            return nothing_new(work_of(spec, vault, run.parent), run)

    assert is_done(first)
    correct(corpus, documents(first)["I asked"], "green door", CorrectionAction.MASK)
    assert not is_done(first)
    second = run_once(corpus, outputs, TUESDAY)
    assert is_done(second)
    with closing(Vault.open(corpus)) as vault:
        take_back(vault, corrections(vault)[0].number, by="A. Nalyst", now=NOW)
    assert not is_done(second)
    third = run_once(corpus, outputs, WEDNESDAY)
    assert documents(third)["I asked"].text == "I asked the green door for help."
    assert {d.fingerprint for d in documents(third).values()} == {d.fingerprint for d in documents(first).values()}


def test_a_correction_holds_in_rows_that_move_and_texts_that_change(corpus: Path, outputs: Path) -> None:
    first = run_once(corpus, outputs, MONDAY)
    story = documents(first)["Before, all"]
    correct(corpus, story, surrogate_of("PHONE", story), CorrectionAction.UNMASK)
    correct(corpus, documents(first)["I asked"], "green door", CorrectionAction.MASK)
    run_once(corpus, outputs, TUESDAY)
    write_survey(corpus, [f"To begin with. {LONG}", *ANSWERS[1:], "As the green door says."], order=[4, 3, 2, 1, 0])
    third = run_once(corpus, outputs, WEDNESDAY)
    made = documents(third)
    assert "The 01632 960123 form" in made["To begin"].text
    assert not any("green door" in d.text for d in made.values())
    assert RunFolder(third).manifest["corrections"] == {"in_force": 2, "without_their_place": 0}
    write_survey(corpus, ["The 01632 960123 line was another one.", *ANSWERS[1:]])
    fourth = run_once(corpus, outputs, THURSDAY)
    assert "01632" not in documents(fourth)["The [phone]"].text
    assert RunFolder(fourth).manifest["corrections"] == {"in_force": 2, "without_their_place": 1}


def test_runs_that_show_what_was_masked_since_are_told_by_status(corpus: Path, outputs: Path) -> None:
    spec = read_spec(corpus)
    first = run_once(corpus, outputs, MONDAY)
    story, other = documents(first)["Before, all"], documents(first)["I asked"]
    assert runs_that_show(spec, outputs / "small") == {}
    correct(corpus, other, "green door", CorrectionAction.MASK)
    second = run_once(corpus, outputs, TUESDAY)
    assert "green door" not in documents(second)["I asked"].text
    found = runs_that_show(spec, outputs / "small")
    assert {run: sorted(shown) for run, shown in found.items()} == {
        first.name: sorted([story.document_id, other.document_id])
    }
    told = [line for line in described(spec, outputs / "small") if line.startswith("masked")]
    assert told == [
        f"masked      run {first.name} shows words in 2 texts that were masked since; delete it once it is not needed"
    ]


def test_a_correction_for_a_text_that_was_taken_away_is_refused_and_told(corpus: Path, outputs: Path) -> None:
    first = run_once(corpus, outputs, MONDAY)
    correct(corpus, documents(first)["We like"], "form", CorrectionAction.MASK, label="EVENT", reach=Reach.HERE)
    write_survey(corpus, ANSWERS[:3])
    second = run_once(corpus, outputs, TUESDAY)
    with closing(Vault.open(corpus)) as vault:
        (correction,) = corrections(vault)
    assert (correction.standing, correction.reason) == (Standing.REFUSED, "Its text is no longer below raw/.")
    assert RunFolder(second).manifest["documents"]["taken_over"] == 3


def test_two_runs_from_the_start_give_the_same(corpus: Path, tmp_path: Path) -> None:
    first = run_once(corpus, tmp_path / "a", MONDAY)
    correct(corpus, documents(first)["I asked"], "green door", CorrectionAction.MASK)
    results = [run_once(corpus, tmp_path / name, TUESDAY) for name in ("b", "c")]
    write_survey(corpus, ANSWERS, order=[2, 0, 3, 1])
    ingest._chunks.cache_clear()  # kept per process and time, and both are the same here
    results.append(run_once(corpus, tmp_path / "d", TUESDAY))
    told = [
        {
            str(path.relative_to(run)): path.read_bytes()
            for path in run.rglob("*")
            if path.is_file() and path.name not in ("manifest.json", "work.json")
        }
        for run in results
    ]
    assert told[0] == told[1] == told[2]
    assert read_json(results[0] / "work.json") == read_json(results[1] / "work.json")
