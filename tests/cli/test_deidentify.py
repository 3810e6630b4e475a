import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from themes.cli.deidentify import deidentify as command
from themes.errors import WrongUse

app = typer.Typer()
app.command("deidentify")(command)


def written(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_lines_come_back_in_order_and_a_bad_one_says_why(tmp_path: Path) -> None:
    source = written(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "Ask Tamsel.", "author": "tamsel", "name_hidden": True, "more": 5},
        {"id": "2"},
        {"id": 3, "text": ""},
        {"id": 4, "text": "x" * 5000},
        {"id": 5, "text": "It rained."},
    )
    result = CliRunner().invoke(app, [str(source), str(tmp_path / "out.jsonl")])
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert result.exit_code == 1
    assert [row["id"] for row in rows] == [1, "2", 3, 4, 5]
    assert [(r["start"], r["end"], r["label"]) for r in rows[0]["replacements"]] == [(4, 10, "PERSON")]
    assert rows[0]["text"] == f"Ask {rows[0]['replacements'][0]['surrogate']}."
    assert "quarantined" in rows[1] and "quarantined" in rows[3]
    assert rows[2] == {"id": 3, "text": "", "replacements": []}
    assert rows[4] == {"id": 5, "text": "It rained.", "replacements": []}


def test_two_calls_give_the_same_spans_and_a_corpus_the_same_surrogates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEMES_VAULT", str(tmp_path / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(tmp_path / "vault.key"))
    corpus = tmp_path / "corpora" / "invented"
    corpus.mkdir(parents=True)
    (corpus / "corpus.toml").write_text(
        '[deidentify]\nnames = ["Red Kettle"]\n\n[[source]]\nname = "a"\nreader = "story_file"\nfiles = "*.txt"\n'
    )
    source = written(tmp_path / "in.jsonl", {"id": 1, "text": "Ask Karen, aged 47, or red kettle."})
    outputs = []
    for number, options in enumerate(([], [], ["--corpus", str(corpus)], ["--corpus", str(corpus)])):
        target = tmp_path / f"out{number}.jsonl"
        assert CliRunner().invoke(app, [str(source), str(target), *options]).exit_code == 0
        outputs.append(json.loads(target.read_text("utf-8"))["replacements"])
    spans = [[(r["start"], r["end"], r["label"]) for r in rows] for rows in outputs]
    assert spans[0] == spans[1] == [(4, 9, "PERSON"), (16, 18, "AGE")]
    assert spans[2] == [(4, 9, "PERSON"), (16, 18, "AGE"), (23, 33, "PERSON")]
    assert outputs[2] == outputs[3]
    assert outputs[0] != outputs[1]


def test_an_unknown_profile_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path / "none.jsonl"), str(tmp_path / "out"), "--profile", "loose"])
    assert isinstance(result.exception, WrongUse)


@pytest.mark.parametrize("name", ["again.jsonl", "corpus.toml"])
def test_a_file_that_is_read_is_spared_by_whatever_name(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "Ann wrote."}\n', encoding="utf-8")
    (tmp_path / "again.jsonl").hardlink_to(source)  # one file by two names, as where capitals do not count
    (tmp_path / "corpus.toml").write_text("name = 'study'\n", encoding="utf-8")
    before = (tmp_path / name).read_bytes()
    result = CliRunner().invoke(app, [str(source), str(tmp_path / name), "--corpus", str(tmp_path)])
    assert isinstance(result.exception, WrongUse)
    assert "is a file that is read" in str(result.exception)
    assert (tmp_path / name).read_bytes() == before


def test_a_line_in_another_language_comes_back_without_its_text(tmp_path: Path) -> None:
    polish = (
        "Poszłam do urzędu pracy z moim doradcą Markiem i powiedział mi że muszę szukać pracy codziennie bo inaczej "
        "stracę zasiłek"
    )
    source = written(tmp_path / "in.jsonl", {"id": "a", "text": polish}, {"id": "b", "text": "It rained."})
    result = CliRunner().invoke(app, [str(source), str(tmp_path / "new" / "folder" / "out.jsonl")])
    rows = [json.loads(line) for line in (tmp_path / "new" / "folder" / "out.jsonl").read_text("utf-8").splitlines()]
    assert result.exit_code == 1
    assert rows[1] == {"id": "b", "text": "It rained.", "replacements": []}
    assert rows[0].keys() == {"id", "quarantined"} and rows[0]["id"] == "a"
    assert "language" in rows[0]["quarantined"] and "Markiem" not in result.output
