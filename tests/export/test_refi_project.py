import hashlib
import json
from datetime import datetime

import pytest

from exchange_study import FIRST, GIVEN, RISK, SECOND, study, study_release
from themes.disclosure import release
from themes.errors import ProtectionError
from themes.export.catalog import REFI_PROFILES
from themes.export.refi_project import OF_TEXTS, exchanged_project, given_codings, write_refi_project
from themes.export.refi_xml import PROFILES, write_project
from themes.read.refi import read_refi_project
from themes.records.exchange import coding_guid, guid
from themes.records.project import Audience
from themes.records.release import Approval


def files(profile, folder):
    REFI_PROFILES[profile](study_release(), folder)
    stem = "project" if profile == "spec" else f"project-{profile}"
    return [folder / f"{stem}.{kind}" for kind in ("qdpx", "sidecar.json", "lost.txt")]


def test_others_are_given_each_coders_yeses_and_of_the_machine_what_nobody_decided():
    given = [(c.segment_id, c.code_id, c.coder_id) for c in given_codings(study_release())]
    assert given == [(segment.segment_id, code, coder) for segment, code, coder in GIVEN]


@pytest.mark.parametrize("profile", REFI_PROFILES)
def test_every_coding_of_every_profile_is_read_back_in_its_place(tmp_path, profile):
    path, *_ = files(profile, tmp_path)
    read = read_refi_project(path)
    assert read.notes == ()  # valid by the schema, too
    coders = {user.guid: user.name for user in read.content.users}
    names = {guid("invented", "code", code.code_id): code.code_id for code in study().codebook.codes}
    texts = {d.document_id: d.text for d in study_release().documents}
    assert [
        (source.name, coding.span.of(texts[source.name]), names[coding.code_guid], coders[coding.user_guid])
        for source in read.content.sources
        for coding in source.codings
    ] == [(s.document_id, s.span.of(texts[s.document_id]), code, coder) for s, code, coder in GIVEN]


@pytest.mark.parametrize("profile", REFI_PROFILES)
def test_our_own_file_goes_round_byte_for_byte(tmp_path, profile):
    path, *_ = files(profile, tmp_path)
    again = read_refi_project(path).content
    assert again == exchanged_project(study_release())
    moment = datetime.fromisoformat(study().run.started_at)
    write_project(again, tmp_path / "again", profile=PROFILES[profile], moment=moment)
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_equal_releases_give_equal_files_in_every_profile(tmp_path):
    for profile in REFI_PROFILES:
        digests = [
            [hashlib.sha256(path.read_bytes()).hexdigest() for path in files(profile, tmp_path / name)]
            for name in ("one", "two")
        ]
        assert digests[0] == digests[1]


def test_the_code_tree_has_groups_that_nothing_is_coded_with():
    def tree(codes):
        return [(code.name, code.is_codable, tree(code.children)) for code in codes]

    assert tree(exchanged_project(study_release()).codes) == [
        ("Compulsion", False, [("Sanctions", True, [])]),
        ("Support", False, [("Kindness & help", True, [("Kindness of staff", True, [])])]),
    ]


def test_cases_have_their_attributes_and_texts_and_texts_have_the_attributes_too():
    project = exchanged_project(study_release())
    variables = {variable.guid: variable.name for variable in project.variables}
    first = project.cases[0]
    assert (first.name, [(variables[v], value) for v, value in first.values]) == ("c0", [("region", "Wales")])
    assert first.source_guids == (guid("invented", "text", "d1"), guid("invented", "text", "d2"))
    said = {s.name: {variables[v]: value for v, value in s.values} for s in project.sources}
    assert said["d1"] == {
        "region": "Wales", OF_TEXTS["kind"]: "comment", OF_TEXTS["prompt"]: "What happened?",
        OF_TEXTS["month"]: "2013-04",
    }  # fmt: skip
    assert said["d3"] == {OF_TEXTS["kind"]: "article", OF_TEXTS["month"]: "2013-04"}  # nobody's: no attributes
    assert said["d4"][OF_TEXTS["same as"]] == "d1"


def test_what_may_tell_of_risk_to_life_is_in_no_file(tmp_path):
    path, beside, note = files("spec", tmp_path)
    texts = {source.name: source.text for source in read_refi_project(path).content.sources}
    assert texts["d1"] == FIRST
    assert texts["d2"] == SECOND.replace(RISK.text, "█" * len(RISK.text))
    assert all(RISK.text not in each.read_text("utf-8") for each in (beside, note))


def test_the_sidecar_says_what_the_file_cannot(tmp_path):
    _, beside, _ = files("spec", tmp_path)
    content = json.loads(beside.read_text("utf-8"))
    by_guid = {coding["guid"]: coding for coding in content["codings"]}
    assert (content["format"], content["run"], len(by_guid)) == ("themes project", study().run.run_id, 11)
    sanctioned = GIVEN[2][0].segment_id
    sure = by_guid[coding_guid("invented", sanctioned, "sanctions", "machine")]
    assert (sure["probability"], sure["polarity"]) == (0.9, "negative")
    assert by_guid[coding_guid("invented", sanctioned, "kindness", "machine")]["applies"] is False


def test_a_project_is_refused_to_the_public(tmp_path):
    public = release(study(), Audience.PUBLIC, approval=Approval("A. Dmin", "2026-01-06"))
    with pytest.raises(ProtectionError, match="for the public"):
        write_refi_project(public, tmp_path)
    assert list(tmp_path.iterdir()) == []
