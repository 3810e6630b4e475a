"""What the three commands of JSON lines make of lines that no program should write, and some do."""

import json

import pytest
import typer
from typer.testing import CliRunner

from themes.cli.code import code
from themes.cli.deidentify import deidentify
from themes.cli.discover import discover
from themes.cli.spoiled_lines import say_spoiled_lines

COMMANDS = {"deidentify": deidentify, "code": code, "discover": discover}
LINES = [
    b'\xef\xbb\xbf{"id": "first", "text": "It rained on the way."}\r\n',
    b'{"id": 1e400, "text": "x"}\n',
    b'{"id": NaN, "text": "x"}\n',
    b'{"id": {"of": ["a", "b"]}, "text": "x"}\n',
    b'{"id": "\\ud800", "text": "x"}\n',
    b'{"id": "half", "text": "x", "prompt": "\\ud800"}\n',
    b'{"id": "twice", "text": "x", "text": "y"}\n',
    b"\r\n",
    b'{"id": "sound", "text": "It rained on the way back.", "more": {"score": 1e400}}\r\n',
    b'{"id": "cut sh',
]
ANSWERED = ["first", None, None, None, None, "half", "twice", "sound", None]


def strictly(line: str) -> dict:
    """A line's object; no program may meet NaN, or half of a character, in what we write."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    row = json.loads(line, parse_constant=refuse)
    json.dumps(row, ensure_ascii=False).encode("utf-8")
    return row


@pytest.fixture
def run(tmp_path):
    def call(name: str, content: bytes):
        app = typer.Typer()
        app.command()(COMMANDS[name])
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(content)
        options = []
        if name == "code":
            (tmp_path / "codebook.yaml").write_text("codes: [Rain and other weather, Car parking]\n")
            options = ["--codebook", str(tmp_path / "codebook.yaml")]
        result = CliRunner().invoke(app, [str(source), str(target), *options])
        return result.exit_code, [strictly(line) for line in target.read_text("utf-8").splitlines()], result.stderr

    return call


@pytest.mark.parametrize("name", COMMANDS)
def test_spoiled_lines_are_refused_with_file_line_and_reason_and_the_rest_goes_on(run, name, tmp_path):
    status, rows, said = run(name, b"".join(LINES))
    assert status == 1
    assert [row["id"] for row in rows] == ANSWERED
    assert [row["id"] for row in rows if "quarantined" not in row] == ["first", "sound"]
    for number, reason in {
        2: "has an 'id' that is too large a number to be given back",
        3: "holds NaN, which JSON does not have",
        4: "has an 'id' that is neither text nor a number",
        10: "is not a JSON object",
    }.items():
        assert f"{tmp_path / 'in.jsonl'}: line {number} {reason}" in said


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\n"])
def test_a_file_without_lines_gives_a_file_without_lines(run, name, content):
    status, rows, _ = run(name, content)
    assert (status, rows) == (0, [])


def test_ten_spoiled_lines_are_named_and_the_others_counted(tmp_path, capsys):
    say_spoiled_lines(tmp_path / "in.jsonl", [f"line {n} is not UTF-8" for n in range(1, 13)], tmp_path / "out.jsonl")
    said = capsys.readouterr().err.splitlines()
    assert said[9:] == [
        f"{tmp_path / 'in.jsonl'}: line 10 is not UTF-8",
        f"{tmp_path / 'in.jsonl'}: 2 more; {tmp_path / 'out.jsonl'} has all of them.",
    ]
    say_spoiled_lines(tmp_path / "in.jsonl", [], tmp_path / "out.jsonl")
    assert capsys.readouterr().err == ""
