"""What was coded in another program, held against runs."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exchange_study import FIRST, HELP, KIND, MADE, OVERLAP, SANCTIONED, study, study_release
from themes.export.refi_project import exchanged_project, user_guid
from themes.records.anchor import Hold
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.decision import CarriedDecision, Decision, Verdict
from themes.records.exchange import ExchangedCode, ExchangedCoding, ExchangedProject, ExchangedUser, coding_guid, guid
from themes.records.span import Span
from themes.review.elsewhere import Became, people_in, taken_in
from themes.store.run_folder import RunFolder, write_codebook

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
ANN = "00000000-0000-0000-0000-00000000000a"
OURS = exchanged_project(study_release())
SANCTIONS = guid("invented", "code", "sanctions")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    return a_run_folder(tmp_path / "20260105-060000")


def a_run_folder(path: Path, **fields) -> RunFolder:
    folder, project = RunFolder(path), study(**fields)
    folder.write(Document, 0, project.documents)
    folder.write(Coding, 0, project.codings)
    folder.write(
        CarriedDecision,
        0,
        [
            CarriedDecision("1", KIND.segment_id, KIND.segment_id, "kindness_of_staff", Verdict.ACCEPT, "A1", MADE,
                            "2", None, Hold.SAME)
        ],
    )  # fmt: skip
    write_codebook(folder, project.codebook)
    return folder


def a_file(*codings: ExchangedCoding, on: str = "d1", **fields) -> ExchangedProject:
    """Our export as somebody sends it back: Ann coded one of its texts anew."""
    sources = tuple(replace(s, codings=codings if s.name == on else ()) for s in OURS.sources)
    return replace(OURS, users=(ExchangedUser(ANN, "Ann"),), **{"sources": sources, **fields})


def anns(words: str, *, text: str = FIRST, **fields) -> ExchangedCoding:
    start = text.index(words)
    defaults = {"guid": "x", "code_guid": SANCTIONS, "span": Span(start, start + len(words)), "user_guid": ANN}
    return ExchangedCoding(**{**defaults, **fields})


def take(project: ExchangedProject, *runs: RunFolder, **fields):
    defaults = {"corpus": "invented", "coder_of": str.lower, "known": (), "now": NOW}
    return taken_in(project, runs, **{**defaults, **fields})


def test_a_coding_becomes_a_yes_of_that_person_on_that_stretch(run):
    found = take(a_file(anns("sanctioned me 😡", made_at="2026-01-20T10:00:00+01:00")), run)
    start = FIRST.index("sanctioned me 😡")
    (decision,) = found.decisions
    assert decision == Decision(
        decision_id=decision.decision_id,
        run_id="20260105-060000",
        segment_id=f"d1:{start}-{start + 15}",
        code_id="sanctions",
        verdict=Verdict.ADD,
        coder_id="ann",
        made_at="2026-01-20T09:00:00+00:00",
        codebook_version="2",
    )
    assert (found.became, found.coders, found.repeats) == ({Became.NEW: 1}, ("ann",), 0)


@pytest.mark.parametrize("coder_of", [str, lambda _: "A3"], ids=["as in the file", "as somebody else"])
def test_our_own_file_brings_nothing_whoever_it_is_said_to_be_from(run, coder_of):
    found = take(OURS, run, coder_of=coder_of)
    assert (found.became, found.decisions) == (Counter({Became.MACHINE: 3, Became.THERE: 3}), ())


def test_what_a_person_decided_since_the_run_is_there_already_and_what_differs_is_not(run):
    """Also once they took it back: the file is older. A coding of theirs that nobody here knows comes in."""
    said = Decision("9", "20260105-060000", SANCTIONED.segment_id, "kindness", Verdict.ADD, "A4", MADE)
    back = replace(said, decision_id="10", verdict=Verdict.TAKE_BACK, made_at=NOW.isoformat())
    coding = ExchangedCoding(
        coding_guid("invented", SANCTIONED.segment_id, "kindness", "A4"),
        guid("invented", "code", "kindness"),
        SANCTIONED.span,
        ANN,
    )
    for known in ([said], [said, back]):
        assert take(a_file(coding), run, known=known).became == {Became.THERE: 1}
    assert take(a_file(coding), run).became == {Became.NEW: 1}


def test_a_coder_here_is_known_by_name_where_a_program_gives_codings_ids_of_its_own(run):
    sources = tuple(
        replace(s, codings=tuple(replace(c, guid=f"new-{c.guid}") for c in s.codings)) for s in OURS.sources
    )
    found = take(replace(OURS, sources=sources), run, coder_of=lambda _: "A3")
    assert found.became == Counter({Became.MACHINE: 3, Became.THERE: 3})


def test_a_coding_that_came_from_here_is_known_whoever_a_program_gives_it_to(run):
    sources = tuple(replace(s, codings=tuple(replace(c, user_guid=ANN) for c in s.codings)) for s in OURS.sources)
    found = take(replace(OURS, sources=sources, users=(ExchangedUser(ANN, "Ann"),)), run)
    assert found.became == Counter({Became.MACHINE: 3, Became.THERE: 3})


def test_repeats_of_what_was_suggested_or_decided_are_told_and_can_be_left_out(run):
    project = a_file(anns(SANCTIONED.text), anns("laughed"), anns(OVERLAP.text))
    assert take(project, run).repeats == 2
    found = take(project, run, without_repeats=True)
    assert (found.became, found.repeats) == ({Became.REPEATED: 2, Became.NEW: 1}, 0)


def test_the_same_file_twice_adds_nothing(run):
    project = a_file(anns("laughed"), anns("laughed", guid="y"))
    first = take(project, run)
    assert first.became == {Became.NEW: 1, Became.THERE: 1}
    again = take(project, run, known=first.decisions, now=NOW.replace(month=3))
    assert (again.became, again.decisions) == ({Became.THERE: 2}, ())


@pytest.mark.parametrize("how", ["guid", "name", "words"])
def test_a_text_is_known_by_its_id_its_name_or_its_words(run, how):
    names = {"name": "d1.txt", "words": "Interview 1"}
    ids = {} if how == "guid" else {"guid": ANN, "name": names[how]}
    sources = (replace(OURS.sources[0], codings=(anns("laughed"),), **ids),)
    found = take(a_file(sources=sources), run)
    assert [decision.segment_id for decision in found.decisions] == [
        f"d1:{FIRST.index('laughed')}-{FIRST.index('laughed') + 7}"
    ]


def test_a_text_that_was_changed_or_is_none_of_ours_is_passed_over(run):
    changed = replace(OURS.sources[0], text="x" + FIRST, codings=(anns("laughed"),))
    other = replace(changed, guid=ANN, name="Interview", text="Somebody else's.")
    assert take(a_file(sources=(changed, other)), run).became == {Became.NO_TEXT: 2}


def test_a_text_is_taken_from_the_newest_run_that_has_it_word_for_word(tmp_path):
    before = a_run_folder(tmp_path / "20260105-060000")
    documents = tuple(replace(d, text="[masked] " + d.text) if d.document_id == "d1" else d for d in study().documents)
    after = a_run_folder(tmp_path / "20260112-060000", documents=documents)
    project = a_file(anns("laughed"))
    both = replace(
        project,
        sources=tuple(
            replace(s, codings=(anns("help", text="Then help"),)) if s.name == "d2" else s for s in project.sources
        ),
    )
    runs = {decision.segment_id[:2]: decision.run_id for decision in take(both, before, after).decisions}
    assert runs == {"d1": before.path.name, "d2": after.path.name}


def test_a_text_with_a_withheld_excerpt_is_known_by_the_rest(run):
    (blocked,) = (source for source in OURS.sources if source.name == "d2")
    assert "█" in blocked.text
    found = take(a_file(ExchangedCoding("x", SANCTIONS, HELP.span, ANN), on="d2"), run)
    assert [decision.segment_id for decision in found.decisions] == [HELP.segment_id]


def test_what_is_coded_in_a_copy_counts_for_the_text_that_is_coded(run):
    assert take(a_file(anns("laughed"), on="d4"), run).decisions[0].segment_id.startswith("d1:")


def test_codes_are_known_by_id_or_by_name_and_others_are_counted(run):
    codes = (
        ExchangedCode("c1", " sanctions "),
        ExchangedCode("c2", "Folder", is_codable=False, children=(ExchangedCode("c3", "Kindness  OF staff"),)),
        ExchangedCode("c4", "Something new"),
    )
    codings = [anns("laughed", code_guid=code) for code in ("c1", "c3", "c4", "c4", "gone")]
    found = take(a_file(*codings, codes=codes), run)
    assert [decision.code_id for decision in found.decisions] == ["sanctions", "kindness_of_staff"]
    assert found.unknown_codes == {"c4": 2, "gone": 1}


def test_codes_on_whole_texts_and_places_outside_are_passed_over(run):
    found = take(a_file(anns("laughed", span=None), anns("laughed", span=Span(0, 999))), run)
    assert found.became == {Became.WHOLE_TEXT: 1, Became.NO_TEXT: 1}


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ("2026-01-20T10:00:00Z", "2026-01-20T10:00:00+00:00"),
        ("2026-01-20T10:00:00", "2026-01-20T10:00:00+00:00"),
        ("2099-01-01T00:00:00Z", NOW.isoformat()),  # would outlast every change of mind
        ("yesterday", NOW.isoformat()),
        ("", NOW.isoformat()),
    ],
)
def test_times_are_utc_and_none_is_to_come(run, told, taken):
    assert take(a_file(anns("laughed", made_at=told)), run).decisions[0].made_at == taken


def test_every_coding_is_counted_once(run):
    project = a_file(anns("laughed"), anns("kind", code_guid="?"), anns("kind", span=None), anns(OVERLAP.text))
    assert sum(take(project, run).became.values()) == 4


def test_people_who_coded_are_told_apart_from_machines():
    assert people_in(OURS) == {"A1", "A2"}
    assert user_guid("invented", "machine") in {user.guid for user in OURS.users}
