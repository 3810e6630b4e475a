import json

import pytest

from themes.errors import WrongUse
from themes.read.jsonl import Line, read_lines


@pytest.fixture
def read(tmp_path):
    def lines_of(content: bytes, **how) -> list[Line]:
        (tmp_path / "in.jsonl").write_bytes(content)
        return list(read_lines(tmp_path / "in.jsonl", **how))

    return lines_of


@pytest.mark.parametrize(
    ("line", "given_back", "problem"),
    [
        ('{"id": 1e400, "text": "x"}', None, "line 1 has an 'id' that is too large a number to be given back"),
        ('{"id": -1e400, "text": "x"}', None, "line 1 has an 'id' that is too large a number to be given back"),
        ('{"id": NaN, "text": "x"}', None, "line 1 holds NaN, which JSON does not have"),
        ('{"id": "a", "text": "x", "more": [-Infinity]}', None, "line 1 holds -Infinity, which JSON does not have"),
        ('{"id": {"a": 1}, "text": "x"}', None, "line 1 has an 'id' that is neither text nor a number"),
        ('{"id": [1], "text": "x"}', None, "line 1 has an 'id' that is neither text nor a number"),
        ('{"id": null, "text": "x"}', None, "line 1 has an 'id' that is neither text nor a number"),
        ('{"id": true, "text": "x"}', None, "line 1 has an 'id' that is neither text nor a number"),
        (r'{"id": "\ud800", "text": "x"}', None, "line 1 has an 'id' with half of a character (a lone surrogate)"),
        (r'{"id": "a", "text": "\uDC00"}', "a", "line 1: 'text' holds half of a character (a lone surrogate)"),
        (
            r'{"id": "a", "text": "x", "codes": ["\ud800"]}',
            "a",
            "line 1: 'codes' holds half of a character (a lone surrogate)",
        ),
        ('{"id": 1, "id": 2, "text": "x"}', None, "line 1 gives 'id' twice"),
        ('{"id": 1, "text": "x", "text": "y"}', 1, "line 1 gives 'text' twice: which one counts is unclear"),
        ('{"id": 1, "text": "x", "hm": 1, "hm": 1}', 1, "line 1 gives something twice: which one counts is unclear"),
        ('{"id": 1, "text": 5}', 1, "line 1 has no 'text', or it is not a string"),
        ('{"text": "x"}', None, "line 1 has no 'id'"),
        ('{"id": 1, "text": "x"', None, "line 1 is not a JSON object"),
        ('[{"id": 1, "text": "x"}]', None, "line 1 is not a JSON object"),
        ("[" * 100_000, None, "line 1 is not a JSON object"),
        ('{"id": ' + "9" * 5_000 + ', "text": "x"}', None, "line 1 is not a JSON object"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_the_rest_goes_on(read, line, given_back, problem):
    spoiled, sound = read(f'{line}\n{{"id": 2, "text": "It rained."}}'.encode())
    assert (spoiled.id, spoiled.problem, spoiled.number) == (given_back, problem, 1)
    assert (sound.id, sound.problem, sound.values["text"], sound.number) == (2, "", "It rained.", 2)


@pytest.mark.parametrize("name", ["a", "", 7, -1.5, 10**30, "\U0001f600", "line\nbreak"])
def test_an_id_comes_back_as_it_was(read, name):
    (line,) = read(json.dumps({"id": name, "text": "x"}).encode())
    assert (line.id, type(line.id), line.problem) == (name, type(name), "")


def test_a_large_number_elsewhere_and_a_whole_pair_of_surrogates_do_no_harm(read):
    (line,) = read(rb'{"id": 1, "text": "\ud83d\ude00", "score": 1e400, "odd": "\ud800"}')
    assert (line.values["text"], line.problem) == ("\U0001f600", "")


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (b"", []),
        (b"\xef\xbb\xbf", []),
        (b"\n \r\n", []),
        (b'\xef\xbb\xbf{"id": 1, "text": "x"}\r\n\r\n{"id": 2, "text": "y"}', [1, 3]),
    ],
)
def test_marks_of_other_systems_and_blank_lines_are_passed_over(read, content, numbers):
    lines = read(content)
    assert [(line.number, line.problem) for line in lines] == [(number, "") for number in numbers]


def test_a_line_that_is_not_utf_8_spoils_no_other(read):
    spoiled, sound = read('{"id": 1, "text": "é"}\n'.encode("latin-1") + b'{"id": 2, "text": "x"}')
    assert (spoiled.problem, sound.problem) == ("line 1 is not UTF-8", "")


@pytest.mark.parametrize("key", ["text", "prompt", "context"])
def test_a_text_that_is_too_long_to_be_one_is_refused(read, key):
    long, sound = ({"id": 1, "text": "x", key: "x " * count} for count in (50_001, 50_000))
    refused, taken = read(f"{json.dumps(long)}\n{json.dumps(sound)}".encode())
    problem = f"line 1: '{key}' is longer than 100,000 characters; split it, or remove it"
    assert (refused.id, refused.problem, taken.problem) == (1, problem, "")


def test_what_is_needed_is_said_by_the_caller(read):
    (line,) = read(b'{"id": "a", "run": 5}', needs=("id", "run"))
    assert line.problem == "line 1 has no 'run', or it is not a string"


def test_keys_of_what_stands_inside_another_key_are_not_the_lines_own(read):
    (line,) = read(b'{"id": "a", "text": "x", "meta": {"id": 1, "id": 2, "text": "y", "text": "z"}}')
    assert (line.id, line.problem) == ("a", "")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WrongUse, match=r"There is no file .*gone\.jsonl"):
        list(read_lines(tmp_path / "gone.jsonl"))
