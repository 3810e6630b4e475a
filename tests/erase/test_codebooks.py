"""A codebook into which somebody copied the words of one who goes: pointed out, blanked, and decisions hold."""

import tomllib

import pytest

from erase.test_repeated import RUN, THEIRS
from themes.code.meaning import hash_of_meaning, means_the_same
from themes.erase.codebooks import (
    Place,
    places_in_codebook,
    refuse_what_cannot_be_reworded,
    reword_codebook,
    reword_codebook_of_run,
)
from themes.erase.proof import Needles
from themes.erase.repeated import TheirWords
from themes.errors import ProtectionError, StoreError
from themes.read.codebook import read_codebook
from themes.read.codebook_versions import hash_of_file, version_files
from themes.records.review import EntryKind, NewEntry
from themes.records.spec import CorpusSpec
from themes.store.review_place import review_log
from themes.store.run_folder import RunFolder, write_codebook

FIRST = f"""# As Brockbank told us
version = "1"
labelled = "labelled.jsonl"

[[code]]
id = "food"
name = "Food"
definition = "What people ate.\\nNot: {RUN}."
cues = ["soup*", "brockbank*"]

[[code]]
id = "staff"
name = "Staff"
"""
PLACES = [
    Place("codebook.toml", "code 'food', definition"),
    Place("codebook.toml", "code 'food', cues 2"),
    Place("codebook.v2.toml", "code 'food', definition"),
    Place("labelled.jsonl", "line 2"),
]


@pytest.fixture
def spec(tmp_path):
    folder = tmp_path / "corpora" / "study"
    folder.mkdir(parents=True)
    (folder / "codebook.toml").write_text(FIRST, encoding="utf-8")
    lines = (
        '{"id": "1", "text": "Cold soup.", "codes": ["food"]}\n{"id": "2", "text": "Mr Brockbank left.", "codes": []}\n'
    )
    (folder / "labelled.jsonl").write_text(lines, encoding="utf-8")
    meant = hash_of_meaning(read_codebook(folder / "codebook.toml")["food"])
    second = FIRST.replace('version = "1"', f'made_of = "{hash_of_file(folder / "codebook.toml")}"\nversion = "2"')
    second = second.replace("# As Brockbank told us\n", "").replace("brockbank*", "stew*").replace("ate.", "were fed.")
    (folder / "codebook.v2.toml").write_text(second + f'\n[same_meaning]\nfood = ["{meant}"]\n', encoding="utf-8")
    return CorpusSpec(folder, "study", ())


def books(spec):
    return [read_codebook(each.path) for each in version_files(spec.folder / "codebook.toml")]


def test_each_place_is_named_by_version_and_field_and_never_by_the_words(spec):
    assert places_in_codebook(spec, THEIRS) == PLACES
    assert "brockbank" not in " ".join(map(str, PLACES)).casefold()


def test_a_remark_and_what_is_called_by_their_name_are_told_by_their_place(spec):
    (spec.folder / "codebook.v2.toml").unlink()
    (spec.folder / "labelled.jsonl").write_text('{"id": "1", "text": "Cold.", "codes": ["food"]}\n')
    plain = FIRST.replace(RUN, "money").replace('"brockbank*"', '"stew*"')
    (spec.folder / "codebook.toml").write_text(plain)
    assert list(map(str, places_in_codebook(spec, THEIRS))) == ["codebook.toml: beside or between its fields"]
    (spec.folder / "codebook.toml").write_text(plain[23:] + '[glossary]\nBrockbank = "A man."\n')
    assert list(map(str, places_in_codebook(spec, THEIRS))) == ["codebook.toml: glossary, entry 1"]


def test_words_are_blanked_in_every_version_and_the_versions_still_fit(spec, tmp_path):
    before = books(spec)
    refuse_what_cannot_be_reworded(spec, THEIRS)
    with review_log(tmp_path / "outputs") as log:
        file = spec.folder / "codebook.v2.toml"
        said = {"by": "ada", "number": 2, "version": "2", "sha256": hash_of_file(file), "what": ["reworded food"]}
        log.append([NewEntry(EntryKind.CODEBOOK, "c1", "codebook", said)])
        changed = reword_codebook(spec, THEIRS, [log])
        assert sorted(path.name for path in changed) == ["codebook.toml", "codebook.v2.toml", "labelled.jsonl"]
        assert reword_codebook(spec, THEIRS, [log]) == []
        last = log.entries(EntryKind.CODEBOOK)[-1].content
        assert (last["by"], last["sha256"]) == ("ada", hash_of_file(file))
        assert last["what"] == ["reworded food", "words of somebody taken out"]
    assert places_in_codebook(spec, THEIRS) == []
    first, second = books(spec)
    assert first["food"].definition.startswith("What people ate.\nNot: ████ ███████ ██ ")
    assert first["food"].cues == ("soup*", "█████████*")
    assert second["staff"] == before[1]["staff"]
    assert means_the_same("food", *before) and means_the_same("food", first, second)
    assert tomllib.loads((spec.folder / "codebook.v2.toml").read_text())["made_of"] == hash_of_file(
        spec.folder / "codebook.toml"
    )


@pytest.mark.parametrize("done", [0, 1, 2])
def test_what_was_interrupted_is_completed(spec, monkeypatch, done):
    from themes.erase import codebooks

    write, left = codebooks._write, [None] * done

    def fails(path, text):
        if not left:
            raise KeyboardInterrupt
        left.pop()
        write(path, text)

    monkeypatch.setattr(codebooks, "_write", fails)
    with pytest.raises(KeyboardInterrupt):
        reword_codebook(spec, THEIRS)
    monkeypatch.setattr(codebooks, "_write", write)
    reword_codebook(spec, THEIRS)
    assert places_in_codebook(spec, THEIRS) == []
    assert means_the_same("food", *books(spec))


def test_a_draft_beside_the_versions_is_none_of_them(spec):
    (spec.folder / "codebook.v2-draft.toml").write_text("Not one yet.")
    reword_codebook(spec, THEIRS)
    assert places_in_codebook(spec, THEIRS) == []


def test_an_id_is_not_reworded_and_nothing_else_is_then(spec):
    for path in (spec.folder / "codebook.v2.toml", spec.folder / "codebook.toml"):
        path.write_text(FIRST.replace('"staff"', '"brockbank"'))
    (spec.folder / "codebook.v2.toml").unlink()
    before = (spec.folder / "codebook.toml").read_bytes()
    for work in (refuse_what_cannot_be_reworded, reword_codebook):
        with pytest.raises(ProtectionError, match=r"part of an id") as told:
            work(spec, THEIRS)
        assert "brockbank" not in str(told.value).casefold()
    assert (spec.folder / "codebook.toml").read_bytes() == before


def called(name):
    """Somebody who goes and has this name."""
    return TheirWords(Needles(frozenset(), frozenset(), frozenset(), 0, frozenset({name})))


def test_a_name_in_letters_that_cannot_be_blanked_stops_it(spec):
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in "Brockbank")
    (spec.folder / "labelled.jsonl").write_text(f'{{"id": "1", "text": "{escaped} left.", "codes": []}}\n')
    with pytest.raises(ProtectionError, match=r"in labelled\.jsonl: .* Reword it by hand"):
        refuse_what_cannot_be_reworded(spec, THEIRS)


def test_somebody_called_like_a_part_of_the_file_stops_it(spec, tmp_path):
    run = RunFolder(tmp_path / "outputs" / "20260105-060000")
    write_codebook(run, books(spec)[1])
    before = {path: path.read_bytes() for path in (*spec.folder.iterdir(), run.path / "codebook.json")}
    for work in (refuse_what_cannot_be_reworded, reword_codebook):
        with pytest.raises(ProtectionError, match="the rest would not be a codebook"):
            work(spec, called("version"))
    with pytest.raises(ProtectionError, match="the rest would not be a codebook"):
        reword_codebook_of_run(run.path, called("definition"))
    assert {path: path.read_bytes() for path in before} == before


def test_an_id_in_the_codebook_of_a_run_is_not_reworded(spec, tmp_path):
    run = RunFolder(tmp_path / "outputs" / "20260105-060000")
    (spec.folder / "codebook.toml").write_text(FIRST.replace('"staff"', '"brockbank"'))
    write_codebook(run, read_codebook(spec.folder / "codebook.toml"))
    before = (run.path / "codebook.json").read_bytes()
    with pytest.raises(ProtectionError, match="part of an id"):
        reword_codebook_of_run(run.path, THEIRS)
    assert (run.path / "codebook.json").read_bytes() == before


def test_a_codebook_without_their_words_stays(spec):
    before = {path: path.read_bytes() for path in spec.folder.iterdir()}
    assert reword_codebook(spec, called("nobody")) == []
    assert {path: path.read_bytes() for path in spec.folder.iterdir()} == before


def test_without_their_words_or_a_codebook_nothing_happens(spec, tmp_path):
    reword_codebook(spec, THEIRS)
    files = {path: path.read_bytes() for path in spec.folder.iterdir()}
    assert places_in_codebook(spec, THEIRS) == reword_codebook(spec, THEIRS) == []
    assert {path: path.read_bytes() for path in spec.folder.iterdir()} == files
    assert places_in_codebook(CorpusSpec(tmp_path, "none", ()), THEIRS) == []


def test_the_codebook_of_a_run_is_blanked_and_stays_told(spec, tmp_path):
    run = RunFolder(tmp_path / "outputs" / "20260105-060000")
    assert not reword_codebook_of_run(run.path, THEIRS)
    write_codebook(run, books(spec)[1])
    assert reword_codebook_of_run(run.path, THEIRS)
    assert reword_codebook_of_run(run.path, THEIRS)
    assert not THEIRS.are_in((run.path / "codebook.json").read_text())
    other = RunFolder(tmp_path / "outputs" / "20260112-060000")
    spec.folder.joinpath("codebook.toml").write_text('version = "1"\n[[code]]\nid = "a"\nname = "A"\n')
    write_codebook(other, read_codebook(spec.folder / "codebook.toml"))
    assert not reword_codebook_of_run(other.path, THEIRS)


def test_examples_that_are_no_text_stop_it(spec):
    (spec.folder / "labelled.jsonl").write_bytes(FIRST.encode("utf-16"))
    with pytest.raises(StoreError, match="nobody can tell whose words stand in it"):
        refuse_what_cannot_be_reworded(spec, THEIRS)
