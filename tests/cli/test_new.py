"""A corpus folder is made whole or not at all, and its corpus.toml says what was found in the files."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from themes.cli.new import new
from themes.errors import CodebookError, CorpusError, ThemesError, WrongUse
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.corpus import chunks, read_chunk
from themes.read.spec import read_spec

STORY = "I was told to go to a placement. Nobody asked what I could do, and I became ill.\n"
COPIED = (
    "Work that helps\nPosted on 4 March 2013\nSupport ought to help, says our new paper on it.\n\n2 comments\n\n"
    "1. Ann Example says:\n5 March 2013\nThey were kind to me.\n\n2. Bob Example says:\n6 March 2013\nNot to me.\n\n"
    "Leave a Reply\n"
)
PAGE = (
    "<html><body><article class='post'><h1>Work that helps</h1><p>Support ought to help people.</p></article>"
    "<ol class='comment-list'><li class='comment' id='comment-1'><cite class='fn'>Ann Example</cite> says:"
    "<div class='comment-content'><p>They were kind to me.</p></div></li></ol></body></html>"
)
ANSWERS = [f"They told me {number} times that I would have to go there" for number in range(12)]


@pytest.fixture
def received(tmp_path: Path) -> Path:
    folder = tmp_path / "received"
    (folder / "2023").mkdir(parents=True)
    (folder / "2024").mkdir()
    (folder / "2023/story.txt").write_text(STORY)
    (folder / "2024/story.txt").write_text(STORY.upper())
    (folder / "copied.txt").write_text(COPIED)
    (folder / "page.html").write_text(PAGE)
    rows = "".join(f"R{n},2024-05-0{n % 9 + 1},{'NS'[n % 2]},{answer}\n" for n, answer in enumerate(ANSWERS))
    (folder / "survey.csv").write_text(f"Ref,Submitted,Region,What happened?\n{rows}")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    (folder / ".DS_Store").write_bytes(b"")
    return folder


def themes_new(*arguments: str | Path) -> Result:
    app = typer.Typer()
    app.command()(new)
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=True)


def test_nobody_may_be_quoted_in_public_until_somebody_says_who(tmp_path: Path, received: Path) -> None:
    for name, more in (("with", ("--from", received)), ("without", ())):
        themes_new(tmp_path / name, *more)
        settings = tomllib.loads((tmp_path / name / "corpus.toml").read_text(encoding="utf-8"))
        assert settings["consent_to_quote"] == []
    assert "Nobody is, until `consent_to_quote` says" in " ".join(
        themes_new(tmp_path / "told", *("--from", received)).output.split()
    )


def test_files_are_copied_below_the_reader_that_suits_them_and_keep_their_folder_if_names_clash(
    tmp_path: Path, received: Path
) -> None:
    result = themes_new(tmp_path / "study", "--from", received)

    assert result.exit_code == 0, result.output
    raw = tmp_path / "study/raw"
    assert {str(path.relative_to(raw)): path.read_bytes() for path in raw.rglob("*") if path.is_file()} == {
        "stories/story.txt": (received / "2023/story.txt").read_bytes(),
        "stories/2024/story.txt": (received / "2024/story.txt").read_bytes(),
        "copied-pages/copied.txt": (received / "copied.txt").read_bytes(),
        "pages/page.html": (received / "page.html").read_bytes(),
        "survey/survey.csv": (received / "survey.csv").read_bytes(),
    }


def test_the_corpus_toml_says_what_was_found(tmp_path: Path, received: Path) -> None:
    themes_new(tmp_path / "my-study", "--from", received)

    written = tomllib.loads((tmp_path / "my-study/corpus.toml").read_text(encoding="utf-8"))
    assert written == {
        "name": "my-study",
        "title": "My study",
        "language": "en-GB",
        "codebook": "codebook.toml",
        "seed": 1,
        "consent_to_quote": [],
        "source": [
            {"name": "stories", "reader": "story_file", "files": "stories/**/*"},
            {"name": "copied-pages", "reader": "copied_page", "files": "copied-pages/**/*"},
            {"name": "pages", "reader": "blog_page", "files": "pages/**/*"},
            {
                "name": "survey",
                "reader": "survey_table",
                "files": "survey/**/*",
                "case": "Ref",
                "written": "Submitted",
                "closed": ["Region"],
                "open": {"What happened?": "What happened?"},
            },
        ],
    }


def test_what_was_guessed_is_shown_on_standard_error_without_a_word_of_the_texts(
    tmp_path: Path, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = themes_new(tmp_path / "study", "--from", received)

    assert result.stdout == f"{tmp_path / 'study/corpus.toml'}\n"
    for shown in ("2 comments", "story.txt", "What happened?", "left out: no reader for .pdf", "What to check"):
        assert shown in result.stderr
    for word in ("placement", "Example", "kind", "told me", "R11"):
        assert word not in result.stderr


def test_surveys_laid_out_alike_are_one_source_and_others_another(tmp_path: Path, received: Path) -> None:
    (received / "survey-2.csv").write_bytes((received / "survey.csv").read_bytes())
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "Your story"])
    for row in enumerate(ANSWERS):
        book.active.append(row)
    book.save(received / "forms.xlsx")

    themes_new(tmp_path / "study", "--from", received)

    raw = tmp_path / "study/raw"
    assert sorted(str(path.relative_to(raw)) for path in raw.glob("survey*/*")) == [
        "survey-2/survey-2.csv",
        "survey-2/survey.csv",
        "survey/forms.xlsx",
    ]


def test_without_files_a_corpus_toml_is_written_whose_examples_are_comments(tmp_path: Path) -> None:
    result = themes_new(tmp_path / "study")

    assert result.exit_code == 0
    assert "source" not in tomllib.loads((tmp_path / "study/corpus.toml").read_text(encoding="utf-8"))
    assert list((tmp_path / "study/raw").iterdir()) == []
    assert (tmp_path / "study/codebook.toml").read_bytes() == packaged_codebook().read_bytes()
    assert read_codebook(tmp_path / "study/codebook.toml").labelled == tmp_path / "study/labelled.jsonl"


def test_every_setting_that_stands_in_a_comment_works_once_the_sign_before_it_is_taken_away(tmp_path: Path) -> None:
    themes_new(tmp_path / "study")
    file = tmp_path / "study/corpus.toml"
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(re.sub(r"^# (?=\[|[a-z_]+ = )", "", line) for line in lines), encoding="utf-8")

    spec = read_spec(tmp_path / "study")

    assert (spec.schedule, spec.timezone, spec.fewest_cases) == ("0 6 * * 1", "Europe/London", 10)
    assert (spec.extra_names, spec.extra_places, spec.keep_words) == (("…",), ("…",), ("…",))
    assert [source.reader for source in spec.sources] == ["story_file", "survey_table"]


def test_the_corpus_toml_runs_as_it_is(tmp_path: Path, received: Path) -> None:
    themes_new(tmp_path / "a study", "--from", received)

    spec = read_spec(tmp_path / "a study")
    read = Counter(type(item).__name__ for chunk in chunks(spec) for item in read_chunk(spec, chunk))

    assert spec.name == "a-study"
    # 2 stories, 12 answers, a copied page and a web page with their articles and 2 and 1 comments
    assert read == {"RawDocument": 2 + 12 + 3 + 2}


def test_a_codebook_of_ones_own_is_taken_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("codes:\n- {id: kindness, name: Kindness, definition: Somebody was kind.}\n")

    result = themes_new(tmp_path / "study", "--codebook", own)

    assert result.exit_code == 0, result.exception
    assert tomllib.loads((tmp_path / "study/corpus.toml").read_text())["codebook"] == "codebook.yaml"
    assert [code.code_id for code in read_codebook(tmp_path / "study/codebook.yaml").codes] == ["kindness"]


def test_a_folder_that_holds_something_is_refused_and_left_as_it_is(tmp_path: Path, received: Path) -> None:
    before = sorted(tmp_path.rglob("*"))

    assert _error(themes_new(received, "--from", received), WrongUse) == (
        f"{received} is there already and is not empty. Choose another name; nothing was changed."
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_is_left_behind_when_nothing_can_be_read(tmp_path: Path, received: Path) -> None:
    result = themes_new(tmp_path / "study", "--from", received / "scan.pdf")

    assert _error(result, CorpusError) == "No file of these can be read, so no corpus was made."
    assert not (tmp_path / "study").exists()


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is nothing at" in _error(themes_new(tmp_path / "study", "--from", tmp_path / "nowhere"), WrongUse)


def test_a_broken_codebook_stops_it(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text("codes = 7")

    _error(themes_new(tmp_path / "study", "--codebook", own), CodebookError)
    assert not (tmp_path / "study").exists()


def test_a_codebook_that_is_not_there_is_a_wrong_use_as_any_missing_file(tmp_path: Path) -> None:
    said = _error(themes_new(tmp_path / "study", "--codebook", tmp_path / "gone.toml"), WrongUse)
    assert said == f"There is no file {tmp_path / 'gone.toml'}, named by --codebook."


def test_when_the_disk_is_full_nothing_is_left_behind(
    tmp_path: Path, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("themes.cli.new.shutil.copyfile", full)

    assert "No space left on device" in _error(themes_new(tmp_path / "study", "--from", received), CorpusError)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["received"]


def _error(result: Result, kind: type[ThemesError]) -> str:
    assert isinstance(result.exception, kind), result.output
    return str(result.exception)


def test_labelled_examples_outside_the_folder_of_the_codebook_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "labelled.jsonl").write_text("", encoding="utf-8")
    codebook = tmp_path / "mine/codebook.toml"
    codebook.write_text('labelled = "../labelled.jsonl"\n[[code]]\nname = "Food"\n', encoding="utf-8")

    assert "outside its folder" in _error(themes_new(tmp_path / "study", "--codebook", codebook), WrongUse)
