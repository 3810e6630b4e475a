import os
import tracemalloc

import pytest

from themes.errors import CorpusError
from themes.read import corpus as reading
from themes.read.corpus import chunks, plan, read_chunk, read_corpus
from themes.records.corpus import Quarantined, SourceRef
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec, SourceSpec

STORIES = SourceSpec("stories", "story_file", "stories/*")
SURVEY = SourceSpec("survey", "survey_table", "survey/*", {"open": ["text"]})
PAGES = SourceSpec("pages", "copied_page", "pages/*")


def a_corpus(folder, *sources, **files):
    (folder / "raw").mkdir()
    for name, content in files.items():
        path = folder / "raw" / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return CorpusSpec(folder, "c", sources or (STORIES,))


def test_all_sources_are_read_in_order_and_refused_files_are_named_beside_them(tmp_path):
    spec = a_corpus(
        tmp_path,
        PAGES,
        STORIES,
        SURVEY,
        pages__a_dot_txt="Title\n\nAn article.",
        stories__b_dot_txt="A story.",
        stories__c_dot_txt="",
        survey__d_dot_csv="text\nAn answer.\n",
        survey__e_dot_csv="other\nAn answer.\n",
    )
    (tmp_path / "raw" / "stories" / "link.txt").symlink_to("/etc/hostname")
    found = list(read_corpus(spec))
    assert [(each.source.file, each.text if isinstance(each, RawDocument) else each.reason) for each in found] == [
        ("pages/a.txt", "Title\n\nAn article."),
        ("stories/link.txt", "The file is a link, or lies behind one. Copy the file itself into raw/."),
        ("stories/b.txt", "A story."),
        ("stories/c.txt", "The file is empty (0 bytes). Put the file there again, or remove it."),
        ("survey/d.csv", "An answer."),
        (
            "survey/e.csv",
            (
                "The file has no column 'text' among the 1 in row 1. Correct the header, or the column names of this "
                "source in corpus.toml."
            ),
        ),
    ]


def test_a_source_without_files_is_a_note_and_files_without_a_source_are_counted(tmp_path):
    spec = a_corpus(tmp_path, STORIES, SURVEY, stories__a_dot_txt="x", other_dot_txt="y", _dot_hidden="z")
    assert plan(spec).notes == (
        "The source 'survey' has no files: nothing below raw/ matches survey/*.",
        "Files below raw/ that match no source and are not read: 1.",
    )


@pytest.mark.parametrize(
    ("sources", "files", "message"),
    [
        (
            (STORIES,),
            {},
            (
                "There is nothing to read in {raw}. The source 'stories' has no files: nothing below raw/ matches "
                "stories/*. Put files there, or correct `files`."
            ),
        ),
        (
            (STORIES, SourceSpec("all", "story_file", "**/*.txt")),
            {"stories__a_dot_txt": "x"},
            (
                "corpus.toml: the sources 'stories' and 'all' both match the file stories/a.txt. Narrow `files` of one "
                "of them, so that nothing is read twice."
            ),
        ),
        (
            (SURVEY,),
            {"survey__a_dot_csv": "text\n"},
            (
                "No file of the corpus can be read. The first, survey/a.csv, has a header "
                "but no rows below it. Put the answers there, or remove the file."
            ),
        ),
    ],
)
def test_a_corpus_that_cannot_be_read_says_so(tmp_path, sources, files, message):
    spec = a_corpus(tmp_path, *sources, **files)
    with pytest.raises(CorpusError) as wrong:
        chunks(spec)
    assert str(wrong.value) == message.replace("{raw}", str(spec.raw))


def test_a_corpus_without_raw_says_so(tmp_path):
    with pytest.raises(CorpusError) as wrong:
        chunks(CorpusSpec(tmp_path, "c", (STORIES,)))
    assert str(wrong.value) == f"{tmp_path / 'raw'} is missing. Make the folder and put the texts to be read there."


def test_stories_share_chunks_and_a_new_one_changes_its_own_chunk_alone(tmp_path):
    spec = a_corpus(tmp_path, **{f"stories__{n:03}_dot_txt": "A story." for n in range(100)})
    before = chunks(spec)
    (spec.raw / "stories" / "050a.txt").write_text("New.")
    after = chunks(spec)
    names = [f"stories/{n:03}.txt" for n in range(100)]
    assert [file for chunk in after for file in chunk.files] == [*names[:51], "stories/050a.txt", *names[51:]]
    assert 3 <= len(before) <= 30
    assert len(set(after) - set(before)) <= 2


def test_a_table_is_cut_into_chunks_of_rows(tmp_path):
    spec = a_corpus(tmp_path, SURVEY, survey__a_dot_csv="text\n" + "".join(f"answer {n}\n" for n in range(10)))
    made = chunks(spec, rows_per_chunk=4)
    assert [(chunk.rows.first, chunk.rows.last) for chunk in made] == [(2, 5), (6, 9), (10, 11)]
    assert [each.text for chunk in made for each in read_chunk(spec, chunk)] == [f"answer {n}" for n in range(10)]


def test_a_file_that_changes_or_vanishes_before_its_chunk_is_read_is_quarantined(tmp_path):
    spec = a_corpus(
        tmp_path, SURVEY, STORIES, survey__a_dot_csv="text\none\n", stories__b_dot_txt="x", stories__c_dot_txt="y"
    )
    made = chunks(spec)
    (spec.raw / "survey" / "a.csv").write_text("text\none\ntwo\n")
    (spec.raw / "stories" / "b.txt").unlink()
    found = [each for chunk in made for each in read_chunk(spec, chunk)]
    assert [each if isinstance(each, Quarantined) else each.text for each in found] == [
        Quarantined(
            SourceRef("survey/a.csv", "rows 2 to 2"),
            "The file changed while it was read, so that parts of two versions may be mixed. Run again.",
        ),
        Quarantined(
            SourceRef("stories/b.txt"), "The file was deleted while it was to be read. Put it back, or run again."
        ),
        "y",
    ]


def test_nothing_is_given_of_a_file_that_changes_in_the_middle(tmp_path, monkeypatch):
    spec = a_corpus(tmp_path, STORIES, stories__b_dot_txt="x")
    (chunk,) = chunks(spec)

    def read_and_change(path, source, **where):
        yield from reading_before(path, source, **where)
        path.write_text("something else")

    reading_before = reading.READERS["story_file"]
    monkeypatch.setitem(reading.READERS, "story_file", read_and_change)
    assert [type(each) for each in read_chunk(spec, chunk)] == [Quarantined]


def test_a_file_name_of_any_kind_is_read_and_shown_in_one_line(tmp_path):
    spec = a_corpus(tmp_path)
    folder = spec.raw / "stories"
    folder.mkdir()
    for name in ("a\nb.txt", '"c".txt', "x" * 251 + ".txt", os.fsdecode(b"caf\xe9.txt")):
        (folder / name).write_text("A story.")
    found = list(read_corpus(spec))
    assert sorted(each.source.file for each in found) == sorted(
        ["stories/a\\nb.txt", 'stories/"c".txt', "stories/" + "x" * 251 + ".txt", "stories/caf\\xe9.txt"]
    )
    assert all(isinstance(each, RawDocument) and each.case_key.encode() for each in found)


@pytest.mark.slow
def test_a_large_table_is_read_without_holding_it_in_memory(tmp_path):
    spec = a_corpus(tmp_path, SURVEY)
    (spec.raw / "survey").mkdir()
    with (spec.raw / "survey" / "a.csv").open("w") as file:
        file.write("id,text\n")
        file.writelines(f'{n},"They, again, did not listen to what I told them, number {n}."\n' for n in range(30_000))
    spec = CorpusSpec(
        tmp_path, "c", (SourceSpec("survey", "survey_table", "survey/*", {"case": "id", "open": ["text"]}),)
    )
    tracemalloc.start()
    count = sum(isinstance(each, RawDocument) for each in read_corpus(spec))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 30_000
    assert peak < 12_000_000
