from dataclasses import replace

import pytest

from builders import a_case, a_coding, a_masked_document, a_prevalence, a_project, a_residual, a_segment
from themes.publication import obstacles as module
from themes.publication.ledger import as_published
from themes.publication.obstacles import Candidate, details_to_replace, obstacles
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind, Quarantined, SourceRef
from themes.records.privacy import LogEntry
from themes.records.release import Against
from themes.records.residual import Measure, Severity
from themes.records.span import Span
from themes.store.run_folder import FOLDERS

LOW = a_residual(Measure.MASKED, "all kinds", figure=0.04)


def a_candidate(people: int = 12, **fields):
    """People who all agreed to be quoted, of one region, each with one masked detail and a quote."""
    documents = tuple(
        a_masked_document(
            f"d{n}",
            "They sent ",
            ("Karen", "PERSON", "[person K7QX2]"),
            f" to me on day {n}.",
            case_id=f"c{n}",
            kind=DocumentKind.ANSWER,
            consent="quote",
        )
        for n in range(people)
    )
    segments = tuple(
        a_segment(f"{d.document_id}:0-{len(d.text)}", d.text, case_id=d.case_id, span=Span(0, len(d.text)))
        for d in documents
    )
    project = {
        "cases": tuple(a_case(f"c{n}", region="Wales") for n in range(people)),
        "documents": documents,
        "segments": segments,
        "codings": tuple(a_coding(segment.segment_id) for segment in segments),
        "prevalences": (a_prevalence("", people, cases=people), a_prevalence(cases_with=people, cases=people)),
        "residual": (LOW,),
    }
    options = {
        name: fields.pop(name) for name in ("fewest_cases", "earlier", "ledger", "left_out", "log") if name in fields
    }
    defaults = {"fewest_cases": 10, "consent_to_quote": ("quote",), "log": {f"d{n}": 1 for n in range(people)}}
    return Candidate(a_project(**{**project, **fields}), **{**defaults, **options})


def against(candidate):
    return [obstacle.against for obstacle in obstacles(candidate)]


def test_nothing_stands_against_a_run_in_which_nothing_was_found():
    assert obstacles(a_candidate()) == []


def test_a_run_that_was_not_measured_cannot_be_published():
    (obstacle,) = obstacles(a_candidate(residual=()))
    assert (obstacle.against, obstacle.acceptable) == (Against.NOT_MEASURED, False)


def test_a_text_from_which_not_all_was_taken_that_the_log_names_cannot_be_published():
    whole = a_candidate()
    untreated = replace(whole.project.documents[0], replacements=(), text="They sent Karen to me on day 0.")
    (obstacle,) = obstacles(
        replace(whole, project=replace(whole.project, documents=(untreated, *whole.project.documents[1:])))
    )
    assert (obstacle.against, obstacle.acceptable, obstacle.findings) == (Against.PROFILE, False, ("d0",))
    assert "1 text:" in obstacle.says


def test_only_what_the_release_profile_changes_is_counted_in_the_log():
    def entry(action, profile):
        return LogEntry("d1", Span(0, 5), "PERSON", "names", 0.9, action, profile)

    log = [
        entry("masked", "coding"),
        entry("masked", "release"),
        entry("generalised", "release"),
        entry("kept", "release"),
    ]
    assert details_to_replace(log) == {"d1": 2}


def test_a_sure_name_found_again_stands_against_the_edition_and_a_doubtful_one_does_not():
    sure = a_residual(finding_id="second_pass-1", document_id="d3", span=Span(5, 9), severity=Severity.HIGH)
    doubtful = replace(sure, finding_id="second_pass-2", severity=Severity.MEDIUM)
    (obstacle,) = obstacles(a_candidate(residual=(LOW, sure, doubtful)))
    assert (obstacle.against, obstacle.findings, obstacle.acceptable) == (Against.SECOND_LOOK, ("second_pass-1",), True)
    assert "a PERSON was found in text d3, at characters 5–9 (score 0.90)" in obstacle.says


def test_each_searchable_quote_stands_by_itself_until_it_is_left_out():
    public = a_residual(Measure.PHRASES, "also", document_id="d1", span=Span(0, 40))
    candidate = a_candidate(residual=(LOW, public))
    (obstacle,) = obstacles(candidate)
    segment_id = candidate.project.segments[1].segment_id
    assert (obstacle.against, obstacle.findings) == (Against.SEARCHABLE_QUOTE, (segment_id,))
    assert obstacles(replace(candidate, left_out=frozenset({segment_id}))) == []


def test_an_intruder_who_finds_too_many_stands_against_the_edition():
    found = a_residual(
        Measure.INTRUDER, "sees quotes and knows: rightly named", figure=0.5, low=0.4, high=0.6, severity=Severity.HIGH
    )
    (obstacle,) = obstacles(a_candidate(residual=(LOW, found)))
    assert obstacle.against is Against.INTRUDER
    assert "50 in 100 of those who may be quoted (40 to 60)" in obstacle.says


def test_texts_flagged_for_risk_and_people_who_were_not_asked_are_named():
    candidate = a_candidate()
    segment = candidate.project.segments[0]
    flagged = replace(candidate.project, flags=(RiskFlag(segment.segment_id, "d0", 0.9, "overdose"),))
    (risk,) = obstacles(replace(candidate, project=flagged))
    assert (risk.against, risk.findings, risk.texts) == (Against.RISK_TO_LIFE, ("d0",), 1)
    assert f"the table `{FOLDERS[RiskFlag]}` of the run folder (document_id, segment_id)" in risk.says
    (obstacle,) = obstacles(replace(candidate, consent_to_quote=()))
    assert obstacle.against is Against.CONSENT
    assert "12 texts carry no consent" in obstacle.says
    assert "the counts include their writers" in obstacle.says
    assert "corpus.toml names no consent under `consent_to_quote`" in obstacle.says


def test_one_text_is_told_in_the_singular():
    candidate = a_candidate()
    (first, *others) = candidate.project.documents
    asked = replace(candidate.project, documents=(replace(first, consent=None), *others))
    (obstacle,) = obstacles(replace(candidate, project=asked))
    assert obstacle.says.startswith("1 text carries no consent to be quoted.")
    assert "the counts include its writer." in obstacle.says
    (since,) = [o for o in obstacles(replace(candidate, corrected=frozenset({"d1"}))) if not o.acceptable]
    assert since.says.startswith("1 text of this run shows what somebody has marked")


def test_what_was_set_aside_and_may_tell_of_risk_is_named_by_its_place_and_counted():
    candidate = a_candidate()
    aside = (
        Quarantined(SourceRef("survey.csv", "row 9"), "Unfit.", risk="overdose"),
        Quarantined(SourceRef("survey.csv", "row 10"), "Unfit."),
    )
    segment = candidate.project.segments[0]
    flags = (RiskFlag(segment.segment_id, "d0", 0.9, "overdose"),)
    (risk,) = obstacles(replace(candidate, project=replace(candidate.project, quarantined=aside, flags=flags)))
    assert (risk.against, risk.findings, risk.texts) == (Against.RISK_TO_LIFE, ("d0", "survey.csv row 9"), 2)
    assert "2 texts may tell of a risk to life." in risk.says
    assert "Set aside among these: 1; `themes status` says where they stand." in risk.says
    assert "row 9" not in risk.says
    (alone,) = obstacles(replace(candidate, project=replace(candidate.project, quarantined=aside)))
    assert (alone.texts, alone.obstacle_id != risk.obstacle_id) == (1, True)


def test_a_low_threshold_and_an_earlier_edition_are_named():
    assert against(a_candidate(fewest_cases=5)) == [Against.LOW_THRESHOLD]
    assert against(a_candidate(earlier=("20240108-060000",))) == [Against.EARLIER_EDITION]


def test_a_yes_does_not_cover_what_has_changed_since():
    sure = a_residual(finding_id="second_pass-1", document_id="d3", span=Span(5, 9), severity=Severity.HIGH)
    (first,) = obstacles(a_candidate(residual=(LOW, sure)))
    (other,) = obstacles(a_candidate(residual=(LOW, replace(sure, finding_id="second_pass-9"))))
    assert first.obstacle_id != other.obstacle_id


def test_a_small_cell_that_slipped_through_suppression_is_noticed(monkeypatch):
    """Our own rule is switched off, as a fault in it would."""
    candidate = a_candidate(prevalences=(a_prevalence("", 12, cases=12), a_prevalence(cases_with=3, cases=12)))
    assert obstacles(candidate) == []
    sound = module.release

    def leaking(project, audience, **options):
        return replace(sound(project, audience, **options), prevalences=project.prevalences)

    monkeypatch.setattr(module, "release", leaking)
    (obstacle,) = obstacles(candidate)
    assert (obstacle.against, obstacle.acceptable) == (Against.SMALL_CELL, False)


def test_words_beside_a_quote_that_too_few_share_are_noticed(monkeypatch):
    candidate = a_candidate()
    assert obstacles(candidate) == []
    monkeypatch.setattr(
        module, "may_say_of_writers", lambda edition: lambda document: (("region", f"{document.document_id}"),)
    )
    (obstacle,) = obstacles(candidate)
    assert obstacle.against is Against.SMALL_CELL


@pytest.mark.parametrize("words", ["Karen", "They sent", "Wales"])
def test_no_obstacle_quotes_anybody(words):
    sure = a_residual(finding_id="second_pass-1", document_id="d3", span=Span(5, 9), severity=Severity.HIGH)
    public = a_residual(Measure.PHRASES, "also", document_id="d1", span=Span(0, 40))
    candidate = a_candidate(residual=(LOW, sure, public), fewest_cases=5, earlier=("r1",))
    assert [o.says for o in obstacles(candidate) if words in o.says] == []


def test_a_sure_detail_among_the_words_that_are_shown_stands_against_the_edition():
    sure = a_residual(finding_id="second_pass-1", kind="PHONE", column="adviser", severity=Severity.HIGH)
    (obstacle,) = obstacles(a_candidate(residual=(LOW, sure)))
    assert (obstacle.against, obstacle.findings) == (Against.SECOND_LOOK, ("second_pass-1",))
    assert "a PHONE was found among the words under 'adviser'" in obstacle.says
    assert "at least 10 people" in obstacle.says


def test_a_number_that_subtraction_tells_stands_against_the_edition_and_cannot_be_accepted():
    ages = [f"age={n}" for n in range(5)]
    table = [a_prevalence("sanctions", 50, cases=None)]
    table += [a_prevalence("sanctions", 15, cases=None, group=age) for age in ages[:4]]
    table.append(a_prevalence("sanctions", None, cases=None, group=ages[4]))
    candidate = a_candidate()
    cases = tuple(replace(case, attributes={"age": str(n % 5)}) for n, case in enumerate(candidate.project.cases))
    # With an edition that hides the fifth age, in which nobody can be: four times 13 are the 52 that 50 may be.
    with_ages = replace(candidate, project=replace(candidate.project, cases=cases, prevalences=tuple(table)))
    found = [o for o in obstacles(with_ages) if o.against is Against.SUBTRACTION]
    assert [(o.acceptable, len(o.findings)) for o in found] == [(False, 1)]
    assert "theme “sanctions”, age=4" in found[0].says


def test_an_earlier_edition_that_the_ledger_knows_is_held_against_this_one():
    candidate = a_candidate()
    earlier = as_published(candidate.edition, candidate.project)
    assert obstacles(replace(candidate, ledger=(earlier,))) == []
