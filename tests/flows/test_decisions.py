"""Decisions end to end: written down after one run, heeded and learned from by the next."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from flows.job import Job
from flows.work import learning, stages
from flows_small_corpus import make_corpus, write_survey
from one_run import run_once
from themes.cli.status import described
from themes.code import frozen
from themes.errors import StoreError, ThemesError
from themes.estimate.agreement import WITH, WITHOUT
from themes.estimate.standing import standing
from themes.read.decisions import FILE
from themes.read.spec import read_spec
from themes.records.anchor import Hold
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.coding import Coding
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.records.estimate import Agreement
from themes.records.segment import Segment
from themes.review.anchors import hash_of_words
from themes.review.codebook_edit import retired
from themes.review.codebook_shelf import again, newest, save
from themes.review.feeding import digest_of_decisions
from themes.store.files import read_json, write_json
from themes.store.moving import move
from themes.store.review_place import NOTE, review_log
from themes.store.review_records import add_decisions
from themes.store.run_folder import RunFolder

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-01-{day:02}T06:00:00+00:00" for day in (5, 6, 7, 8))

BUSES = [
    *("The bus was late again.", "No bus goes there on Sundays.", "I missed my bus home.", "A bus pass costs a lot."),
    *(
        "Two buses to get to work.",
        "The bus driver waited.",
        "They moved the bus stop.",
        "My bus broke down in the rain.",
    ),
    *("Buses are full at eight.", "I wait an hour for a bus.", "The last bus leaves at five.", "Our bus never came."),
]
GENTLE = [
    *("She was gentle with my son.", "A gentle man on the phone.", "They were so gentle.", "He spoke in a gentle way."),
    *(
        "Gentle people work there.",
        "I met a gentle nurse.",
        "Her gentle voice helped.",
        "Be gentle, I said, and he was.",
    ),
    *("It was done gently.", "A gentle hand on my arm.", "The gentle one had left.", "Both of them were gentle."),
]
MONEY = [
    *("They stopped my money in May.", "He stopped my money by mistake.", "She stopped my money without a letter."),
    *(
        "The bank stopped my money going out.",
        "A clerk stopped my money on Friday.",
        "Then it stopped my money coming.",
    ),
]
OTHER = [
    *("I live near the sea.", "My dog likes the sea.", "It rained all week.", "We had soup.", "I like to paint."),
    *("The walls are blue.", "Our street is quiet.", "I read three books.", "Winter came early.", "He plays chess."),
    *("My knee is better.", "We grow beans.", "The film was long.", "She sings on Fridays.", "I have two sisters."),
]
ANSWERS = [*BUSES, *GENTLE, *MONEY, *OTHER]
NEW = "The bus to my interview broke down."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpora" / "small", answers=ANSWERS)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    return tmp_path / "outputs"


class Analyst:
    """Writes decisions down, as the review page will."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: list[dict[str, str]] = []

    def decides(self, run: Path, words: str, verdict: str, code: str = "", coder: str = "A1", at: str = MONDAY) -> None:
        """On every excerpt with these words."""
        for segment in RunFolder(run).read(Segment):
            if words in segment.text:
                self.decides_on(run, segment.segment_id, verdict, code, coder, at)

    def decides_on(
        self, run: Path, segment_id: str, verdict: str, code: str = "", coder: str = "A1", at: str = MONDAY
    ) -> None:
        told = {"id": str(len(self.lines)), "run": run.name, "segment": segment_id, "code": code}
        self.lines.append(told | {"verdict": verdict, "coder": coder, "at": at})
        self.file.write_text("".join(json.dumps(line) + "\n" for line in self.lines), encoding="utf-8")

    def decides_on_everything(self, run: Path) -> None:
        """Buses are sanctions here, the gentle are kind, and the rest takes no code: not what the codebook says."""
        self.decides(run, "bus", "add", "sanctions")
        self.decides(run, "Bus", "add", "sanctions")
        self.decides(run, "entl", "add", "kindness")
        self.decides(run, "", "complete")


@pytest.fixture
def analyst(outputs: Path) -> Analyst:
    return Analyst(outputs / "small" / FILE)


@pytest.fixture(scope="module")
def learned(tmp_path_factory) -> tuple[Path, Path]:
    """The runs before and after decisions on everything, a text new in the second."""
    place = tmp_path_factory.mktemp("learned")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THEMES_VAULT", str(place / "vault"))
        patch.setenv("THEMES_KEY_FILE", str(place / "key"))
        return before_and_after(place / "corpora" / "small", place / "outputs")


def before_and_after(corpus: Path, outputs: Path) -> tuple[Path, Path]:
    if not corpus.exists():
        make_corpus(corpus, answers=ANSWERS)
    first = run_once(corpus, outputs, MONDAY)
    Analyst(outputs / "small" / FILE).decides_on_everything(first)
    write_survey(corpus, [*ANSWERS, NEW])
    second = run_once(corpus, outputs, TUESDAY)
    write_survey(corpus, ANSWERS)
    return first, second


def codes(run: Path, words: str) -> dict[str, set[str]]:
    """Excerpt with these words to the codes that stand."""
    texts = {s.segment_id: s.text for s in RunFolder(run).read(Segment) if words in s.text}
    found: dict[str, set[str]] = {text: set() for text in texts.values()}
    for coding in standing(RunFolder(run).read(Coding)):
        if coding.segment_id in texts:
            found[texts[coding.segment_id]].add(coding.code_id)
    return found


def carried(run: Path) -> list[tuple[str, Hold, str]]:
    return [(one.segment_id, one.hold, one.reason) for one in RunFolder(run).read(CarriedDecision)]


def manifest(run: Path) -> dict:
    return read_json(run / "manifest.json")


def coder_of(run: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((run / "coder").iterdir())}


def test_what_people_decided_stands_over_what_the_machine_suggests(learned):
    first, second = learned
    assert codes(first, "stopped my money") == {text: {"sanctions"} for text in MONEY}
    assert codes(second, "stopped my money") == {text: set() for text in MONEY}
    assert codes(second, "") == {
        **{text: {"sanctions"} for text in [*BUSES, NEW]},
        **{text: {"kindness"} for text in GENTLE},
        **{text: set() for text in [*MONEY, *OTHER]},
    }
    by = {coding.coder_id for coding in RunFolder(second).read(Coding)}
    assert by == {"machine", "A1"}


def test_a_text_without_one_that_applies_has_no_code(learned):
    assert manifest(learned[1])["counts"]["coded"] == len(BUSES) + len(GENTLE) + 1


def test_a_new_text_is_coded_as_people_coded_others_like_it(learned):
    new = {s.segment_id for s in RunFolder(learned[1]).read(Segment) if s.text == NEW}
    (coding,) = [coding for coding in RunFolder(learned[1]).read(Coding) if coding.applies and coding.segment_id in new]
    assert (coding.code_id, coding.coder_id, coding.calibrated) == ("sanctions", "machine", True)


def test_the_manifest_names_the_coder_that_coded(learned):
    first, second = learned
    assert "coder" not in manifest(first)["models"]
    (file,) = (second / "coder").glob("*.npz")
    assert manifest(second)["models"]["coder"] == read_json(file.with_suffix(".json"))["sha256"]
    assert manifest(second)["decisions"] == {
        "made": 69, "in_force": 69, "stale": 0, "excerpts": 45, "lines_not_used": 0,
    }  # fmt: skip


def test_agreement_is_told_before_and_after_for_each_code(learned):
    told = {(one.code_id, one.coders[1], one.measure): one for one in RunFolder(learned[1]).read(Agreement)}
    before, after = (told["sanctions", name, "F1"] for name in (WITHOUT, WITH))
    # The codebook gives the code to the six about money alone, people to the twelve about buses.
    assert (before.value, before.segments, before.cases) == (0.0, 45, 45)
    assert after.value > 0.5
    assert after.low < after.value <= after.high


def test_of_few_peoples_excerpts_agreement_is_not_worked_out_and_the_coder_learns_all_the_same(
    corpus, outputs, analyst, monkeypatch
):
    """It would not be told, and five more fits are most of the time of a small run."""
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "bus ", "add", "sanctions")
    analyst.decides(first, "bus ", "complete")

    def refuse(*_, **__):
        raise AssertionError("worked out though nobody would be told")

    monkeypatch.setattr(learning, "before_and_after", refuse)
    second = RunFolder(run_once(corpus, outputs, TUESDAY))
    assert list(second.read(Agreement)) == []
    assert {one.what for one in second.read(CodebookProposal)} >= {Work.TOO_NARROW}
    page = (second.path / "report" / "learning.html").read_text(encoding="utf-8")
    assert "It is too soon to say how well the computer agrees with people." in page


@pytest.mark.slow
def test_a_reflexive_study_learns_and_is_told_no_figure_of_agreement(corpus, outputs):
    file = corpus / "corpus.toml"
    file.write_text('approach = "reflexive"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    _, second = before_and_after(corpus, outputs)
    assert list(RunFolder(second).read(Agreement)) == []
    assert Work.TOO_WIDE in {one.what for one in RunFolder(second).read(CodebookProposal)}
    page = (second / "report" / "learning.html").read_text(encoding="utf-8")
    assert "does not aim for two readers to agree" in page
    shown = page + (second / "report" / "index.html").read_text(encoding="utf-8")
    assert [word for word in ("Kappa", "F1 ", "Before and after", "#agreement") if word in shown] == []
    third = run_once(corpus, outputs, WEDNESDAY)
    assert list(RunFolder(third).read(Agreement)) == []


def test_work_on_the_codebook_is_proposed(learned):
    found = {(one.what, one.code_ids): one for one in RunFolder(learned[1]).read(CodebookProposal)}
    wide = found[Work.TOO_WIDE, ("sanctions",)]
    assert (wide.excerpts, wide.out_of, wide.cases, wide.words) == (6, 6, 6, ("cue: stopped my money",))
    narrow = found[Work.TOO_NARROW, ("sanctions",)]
    assert (narrow.excerpts, narrow.out_of) == (12, 12)
    # People left the six about money and the fifteen others without a code.
    assert (found[Work.UNCOVERED, ()].excerpts, found[Work.UNCOVERED, ()].out_of) == (21, 21)


def test_the_report_for_the_team_tells_what_was_learned(learned):
    first, second = learned
    assert not (first / "report" / "learning.html").exists()
    page = (second / "report" / "learning.html").read_text(encoding="utf-8")
    assert "1 person has decided on 45 excerpts in these texts." in page
    # Six people, fewer than may be counted.
    assert "say no, in excerpts of fewer than 10 people. What spoke for it: cue: stopped my money." in page
    assert "learning.html" in (second / "report" / "index.html").read_text(encoding="utf-8")


def test_a_failure_in_learning_is_told_without_a_word_of_what_was_decided_on(corpus, learned, monkeypatch):
    def quote_everything(_excerpts, segments, _codebook):
        raise ValueError(" ".join(segment.text for segment in segments.values()))

    monkeypatch.setattr(learning, "misleading", quote_everything)
    job = Job(corpus, learned[1].parent, TUESDAY, run=learned[1].name)
    with pytest.raises(ThemesError) as failure:
        stages.run_once("say what was learned", job.as_parameters())
    told = str(failure.value)
    assert "say what was learned" in told
    assert not [text for text in ANSWERS if text in told]


def test_the_same_decisions_give_the_same_coder(corpus, tmp_path):
    one, other = (before_and_after(corpus, tmp_path / name)[1] for name in ("outputs", "elsewhere"))
    assert manifest(one)["models"]["coder"] == manifest(other)["models"]["coder"]
    assert coder_of(one) == coder_of(other)


def test_without_new_decisions_the_last_coder_and_its_figures_are_taken_over(corpus, outputs, analyst, monkeypatch):
    analyst.decides_on_everything(run_once(corpus, outputs, MONDAY))
    second = run_once(corpus, outputs, TUESDAY)
    monkeypatch.setattr(frozen, "fit", None)
    write_survey(corpus, [*ANSWERS, NEW])
    third = run_once(corpus, outputs, WEDNESDAY)
    assert coder_of(third) == coder_of(second)
    assert manifest(third)["coded_anew"] == 1
    assert list(RunFolder(third).read(Agreement)) == list(RunFolder(second).read(Agreement)) != []
    assert codes(third, "stopped my money") == {text: set() for text in MONEY}
    assert codes(third, NEW) == {NEW: {"sanctions"}}


def test_a_few_decisions_stand_and_are_examples_though_there_are_too_few_to_fit(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions")
    analyst.decides(first, "in May", "add", "kindness")
    second = run_once(corpus, outputs, TUESDAY)
    assert codes(second, "money") == {text: {"sanctions"} for text in MONEY} | {MONEY[0]: {"kindness"}}
    assert manifest(second)["coded_anew"] == 45  # all: the decided text is an example for every other
    assert "coder" not in manifest(second)["models"]
    assert list(RunFolder(second).read(Agreement)) == []
    analyst.decides(first, "in May", "take back", "sanctions", at=TUESDAY)
    third = run_once(corpus, outputs, WEDNESDAY)
    assert codes(third, "in May") == {MONEY[0]: {"sanctions", "kindness"}}
    assert manifest(run_once(corpus, outputs, THURSDAY))["coded_anew"] == 0


def test_several_people_may_decide_on_one_excerpt_and_all_of_it_is_kept(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "accept", "sanctions", "A1", MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions", "A2", TUESDAY)
    second = run_once(corpus, outputs, WEDNESDAY)
    said = [(c.coder_id, c.applies) for c in RunFolder(second).read(Coding) if c.made_at]
    assert said == [("A1", True), ("A2", False)]
    assert codes(second, "in May") == {MONEY[0]: set()}


def test_a_stretch_that_somebody_marked_is_an_excerpt_of_its_own(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    (segment,) = (s for s in RunFolder(first).read(Segment) if s.text == GENTLE[7])
    stretch = f"{segment.document_id}:4-10"
    analyst.decides_on(first, stretch, "add", "kindness")
    second = run_once(corpus, outputs, TUESDAY)
    found = {s.segment_id: s.text for s in RunFolder(second).read(Segment) if s.document_id == segment.document_id}
    assert found == {segment.segment_id: GENTLE[7], stretch: "entle,"}
    assert codes(second, "entle,")["entle,"] == {"kindness"}
    analyst.decides_on(first, stretch, "take back", "kindness", at=TUESDAY)
    third = run_once(corpus, outputs, WEDNESDAY)
    assert [s.segment_id for s in RunFolder(third).read(Segment) if s.document_id == segment.document_id] == [
        segment.segment_id
    ]


def test_decisions_that_hold_no_more_are_kept_and_told(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "accept", "sanctions")
    analyst.decides(first, "by mistake", "accept", "gone")
    analyst.decides(first, "A clerk", "reject", "sanctions")
    analyst.decides_on(Path("20250101-060000"), analyst.lines[2]["segment"], "add", "kindness")
    at = ANSWERS.index(MONEY[0])
    write_survey(corpus, [*ANSWERS[:at], "They stopped my money in June.", *ANSWERS[at + 1 :]])
    second = run_once(corpus, outputs, TUESDAY)
    assert [(hold, reason) for _, hold, reason in carried(second)] == [
        (Hold.STALE, "What was written was changed."),
        (Hold.STALE, "The codebook has no such code."),
        (Hold.SAME, ""),
        (Hold.STALE, "The run it was made on is gone, and no later one has carried it along."),
    ]
    assert read_json(second / "notes.json")["notes"][-1] == (
        "3 of 4 decisions hold no more, since a text or a code was changed. The page on what was learned says which, "
        "and why. Look at these excerpts again."
    )
    # The text comes back as it was: so does what was decided on it.
    write_survey(corpus, ANSWERS)
    third = run_once(corpus, outputs, WEDNESDAY)
    assert [hold for _, hold, _ in carried(third)] == [Hold.SAME, Hold.STALE, Hold.SAME, Hold.STALE]


def test_a_decision_outlives_the_run_it_was_made_on(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions")
    run_once(corpus, outputs, TUESDAY)
    shutil.rmtree(first)
    write_survey(corpus, [*ANSWERS, NEW])
    third = run_once(corpus, outputs, WEDNESDAY)
    assert [hold for _, hold, _ in carried(third)] == [Hold.SAME]
    assert codes(third, "in May") == {MONEY[0]: set()}


def test_a_code_that_means_something_else_needs_new_decisions(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions")
    analyst.decides(first, "in May", "add", "kindness")
    book = corpus / "codebook.toml"
    reworded = book.read_text().replace("Benefit stopped, cut", "A benefit that was stopped, cut")
    book.write_text(reworded)
    second = run_once(corpus, outputs, TUESDAY)
    assert [hold for _, hold, _ in carried(second)] == [Hold.SAME, Hold.SAME]
    book.write_text(reworded.replace("threatened", "lowered").replace("1.0.0", "2.0.0"))
    third = run_once(corpus, outputs, WEDNESDAY)
    assert [(hold, reason) for _, hold, reason in carried(third)] == [
        (Hold.STALE, "The codebook gives its code another meaning since."),
        (Hold.SAME, ""),
    ]


def test_yes_to_a_merged_code_counts_for_the_other_and_going_back_parts_them_again(corpus, outputs, analyst):
    def kept(content, entry_id):
        now = newest(corpus / "codebook.toml")
        with review_log(outputs / "small") as log:
            save(corpus / "codebook.toml", log, content, base=now.digest, entry_id=entry_id, by="A1", what=())

    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions")
    analyst.decides(first, "in May", "add", "kindness")
    now = newest(corpus / "codebook.toml")
    kept(retired(now.content, now.codebook, ["kindness"], into="sanctions"), "c1")
    second = run_once(corpus, outputs, TUESDAY)
    told = [(d.code_id, d.merged_into, d.hold) for d in RunFolder(second).read(CarriedDecision)]
    assert told == [("sanctions", "", Hold.SAME), ("kindness", "sanctions", Hold.SAME)]
    assert codes(second, "in May") == {MONEY[0]: {"sanctions"}}
    shutil.rmtree(first)
    now = newest(corpus / "codebook.toml")
    kept(again(corpus / "codebook.toml", now, 1), "c2")
    third = run_once(corpus, outputs, WEDNESDAY)
    assert [hold for _, hold, _ in carried(third)] == [Hold.SAME, Hold.SAME]
    assert codes(third, "in May") == {MONEY[0]: {"kindness"}}


def test_complete_does_not_cover_codes_that_came_later(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "complete")
    book = corpus / "codebook.toml"
    book.write_text(
        book.read_text() + '\n[[code]]\nid = "spring"\nname = "Spring"\ndefinition = "May"\ncues = ["May"]\n'
    )
    run_once(corpus, outputs, TUESDAY)
    write_survey(corpus, [*ANSWERS, NEW])
    third = run_once(corpus, outputs, WEDNESDAY)
    (one,) = RunFolder(third).read(CarriedDecision)
    assert one.covers == ("sanctions", "kindness")
    assert codes(third, "in May") == {MONEY[0]: {"spring"}}


def test_the_status_says_what_is_new_and_what_cannot_be_used(corpus, outputs, analyst):
    def review() -> list[str]:
        lines = list(described(read_spec(corpus), outputs / "small"))
        return lines[next(at for at, line in enumerate(lines) if line.startswith("review")) :]

    first = run_once(corpus, outputs, MONDAY)
    assert review() == ["review      no decisions yet"]
    analyst.decides(first, "in May", "reject", "sanctions")
    assert review() == ["review      decisions about excerpts: 1, new since the last run: 1"]
    analyst.decides(first, "in May", "add", "gone")
    second = run_once(corpus, outputs, TUESDAY)
    with analyst.file.open("a") as file:
        file.write("no decision\n")
    assert review() == [
        "review      decisions about excerpts: 2, new since the last run: 0",
        f"            hold no more: 1; {second}/report/learning.html says why",
        "            decisions.jsonl: line 3 is not a JSON object",
    ]


def test_lines_that_cannot_be_used_are_told_in_the_report_and_the_rest_goes_on(corpus, outputs, analyst):
    first = run_once(corpus, outputs, MONDAY)
    analyst.decides(first, "in May", "reject", "sanctions")
    with analyst.file.open("a") as file:
        file.write('{"id": "x"}\n')
    second = run_once(corpus, outputs, TUESDAY)
    assert read_json(second / "notes.json")["notes"][-1] == (
        "Some lines of decisions.jsonl could not be used: line 2 has no 'run', or it is not a string. "
        "Correct them, and run again."
    )
    assert codes(second, "in May") == {MONEY[0]: set()}


def test_a_run_reads_the_review_log_and_writes_down_what_it_saw_of_it(corpus, outputs):
    first = run_once(corpus, outputs, MONDAY)
    assert manifest(first)["review_log"] == {"entries": 0, "head": "0" * 64}
    decide(outputs, first, "in May", Verdict.REJECT, "1")
    second = run_once(corpus, outputs, TUESDAY)
    assert codes(second, "in May") == {MONEY[0]: set()}
    with review_log(outputs / "small") as log:
        assert manifest(second)["review_log"] == {"entries": 1, "head": log.head()[1]}


def test_a_decision_holds_where_its_text_says_what_its_coder_saw(corpus, outputs):
    first = run_once(corpus, outputs, MONDAY)
    decide(outputs, first, "in May", Verdict.REJECT, "1")
    decide(outputs, first, "by mistake", Verdict.REJECT, "2", saw="He kept my money by mistake.")
    second = run_once(corpus, outputs, TUESDAY)
    assert [(hold, reason) for _, hold, reason in carried(second)] == [
        (Hold.SAME, ""),
        (Hold.STALE, "What was written was changed."),
    ]


def test_a_decision_outlives_its_run_where_its_place_still_says_the_same(corpus, outputs):
    first = run_once(corpus, outputs, MONDAY)
    decide(outputs, first, "in May", Verdict.REJECT, "1")
    decide(outputs, first, "by mistake", Verdict.REJECT, "2")
    decide(outputs, first, "A clerk", Verdict.REJECT, "3", version="0.9.0")
    decide(outputs, first, "The bank", Verdict.REJECT, "4", saw="")
    at = ANSWERS.index(MONEY[1])
    shutil.rmtree(first)
    write_survey(corpus, [*ANSWERS[:at], "He stopped my money on purpose.", *ANSWERS[at + 1 :]])
    second = run_once(corpus, outputs, TUESDAY)
    lost = "The run it was made on is gone, and no later one has carried it along."
    assert [(hold, reason) for _, hold, reason in carried(second)] == [
        (Hold.SAME, ""),
        (Hold.STALE, lost),
        (Hold.STALE, "The codebook gives its code another meaning since."),
        (Hold.STALE, lost),
    ]
    assert codes(second, "in May") == {MONEY[0]: set()}


def test_decisions_stand_once_they_are_moved_to_a_server_and_are_missed_when_it_is_away(
    corpus, outputs, postgresql_server, monkeypatch
):
    first = run_once(corpus, outputs, MONDAY)
    decide(outputs, first, "in May", Verdict.REJECT, "1")
    work = digest_of_decisions(outputs / "small")
    move(outputs / "small", postgresql_server.database())
    assert digest_of_decisions(outputs / "small") == work
    decide(outputs, first, "by mistake", Verdict.REJECT, "2")
    second = run_once(corpus, outputs, TUESDAY)
    assert codes(second, "money") == {text: {"sanctions"} for text in MONEY} | {MONEY[0]: set(), MONEY[1]: set()}
    assert manifest(second)["review_log"]["entries"] == 2
    write_json(outputs / "small" / NOTE, {"review_log": "postgresql://themes@127.0.0.1:1/away"})
    with pytest.raises(StoreError, match="could not be reached"):
        run_once(corpus, outputs, WEDNESDAY)
    told = list(described(read_spec(corpus), outputs / "small"))
    assert any(line.startswith("review      cannot be told: The review log") for line in told)


def test_a_log_that_was_tampered_with_stops_the_run(corpus, outputs):
    first = run_once(corpus, outputs, MONDAY)
    decide(outputs, first, "in May", Verdict.REJECT, "1")
    with sqlite3.connect(outputs / "small" / "review.db") as database:
        database.execute("DROP TRIGGER review_log_is_not_rewritten")
        database.execute("UPDATE review_log SET content = replace(content, 'reject', 'accept')")
    database.close()
    with pytest.raises(StoreError, match="entry 1 of 'small' is not what was written"):
        run_once(corpus, outputs, TUESDAY)


def decide(outputs, run, words, verdict, number, *, saw=None, version="1.0.0"):
    """As the review page does."""
    (segment,) = (s for s in RunFolder(run).read(Segment) if words in s.text)
    seen = segment.text if saw is None else saw
    decision = Decision(
        *(number, run.name, segment.segment_id, "sanctions", verdict, "A1", "", version),
        text_hash=hash_of_words(seen) if seen else "",
    )
    with review_log(outputs / "small") as log:
        add_decisions(log, [decision])
