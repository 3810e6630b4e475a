import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from themes.cli.code import code
from themes.errors import CodebookError, WrongUse

app = typer.Typer()
app.command("code")(code)

EXCERPTS = [
    {"id": "a", "text": "I was sanctioned for a month.", "prompt": "What happened?"},
    {"id": 7, "text": "n/a"},
]
FOOD = ["The soup was cold", "Dinner came late", "Tasty lunch", "Stale bread", "Nice pudding", "No vegetables"]
CARS = [
    "The car park was full",
    "Nowhere to park",
    "Parking is dear",
    "Far from the car",
    "The barrier stuck",
    "Car fine",
]


def write(path: Path, rows: list) -> Path:
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def run(*arguments) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stderr


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def labelled() -> list[dict]:
    rows = [(text, ["food"]) for text in FOOD] + [(text, ["cars"]) for text in CARS] + [("It rained", [])]
    rows += [(f"{text}, {word}", codes) for word in ("again", "as usual") for text, codes in rows]
    return [{"id": f"t{at}", "text": text, "codes": codes} for at, (text, codes) in enumerate(rows)]


def test_every_code_is_given_for_every_excerpt(tmp_path):
    source, target = write(tmp_path / "in.jsonl", EXCERPTS), tmp_path / "out.jsonl"
    status, said = run(source, target)
    first, second = rows_of(target)
    assert (status, first["id"], second["id"]) == (0, "a", 7)
    assert len(first["codings"]) == len(second["codings"]) == 18
    sanctions = next(one for one in first["codings"] if one["code"] == "sanctions")
    assert sanctions["applies"] is True
    assert sanctions["probability"] >= 0.5
    assert {one["probability"] for one in second["codings"]} == {0.0}
    assert "2 excerpts, 1 with at least one code, 0 quarantined; 18 of 18 codes were learned" in said


def test_a_codebook_that_names_no_labelled_excerpts_starts_from_none(tmp_path):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("codes: [Meals and food, Car parking]\n")
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": "The soup was cold"}])
    assert "scores are suggestions" in run(source, tmp_path / "out.jsonl", "--codebook", codebook)[1]


def test_applies_is_probability_from_the_cut_off_on(tmp_path):
    source, target = (
        write(tmp_path / "in.jsonl", [{"id": n, "text": t} for n, t in enumerate(FOOD + CARS)]),
        tmp_path / "out.jsonl",
    )
    run(source, target, "--labelled", write(tmp_path / "train.jsonl", labelled()))
    pairs = [(one["probability"], one["applies"]) for row in rows_of(target) for one in row["codings"]]
    assert min(p for p, applies in pairs if applies) > max(p for p, applies in pairs if not applies)


def test_with_labels_and_no_codebook_only_their_codes_are_known(tmp_path):
    source, target = write(tmp_path / "in.jsonl", [{"id": 1, "text": "Cold soup for dinner"}]), tmp_path / "out.jsonl"
    status, said = run(source, target, "--labelled", write(tmp_path / "train.jsonl", labelled()))
    assert (status, [(one["code"], one["applies"]) for one in rows_of(target)[0]["codings"]]) == (
        0,
        [("cars", False), ("food", True)],
    )
    assert "2 of 2 codes were learned" in said


def test_codes_in_the_labels_that_the_codebook_lacks_are_learned_too(tmp_path):
    codebook = tmp_path / "codebook.toml"
    codebook.write_text("[[code]]\nid = 'food'\nname = 'Food'\n[[code]]\nid = 'noise'\nname = 'Noise at night'\n")
    source, target = write(tmp_path / "in.jsonl", [{"id": 1, "text": "No space for the car"}]), tmp_path / "out.jsonl"
    said = run(source, target, "--codebook", codebook, "--labelled", write(tmp_path / "train.jsonl", labelled()))[1]
    assert [one["code"] for one in rows_of(target)[0]["codings"]] == ["food", "noise", "cars"]
    assert "Codes that the codebook lacks, learned as labelled excerpts have them: 'cars'.\n" in said


def test_labels_of_a_code_that_was_merged_count_as_what_it_was_merged_into(tmp_path):
    codebook = tmp_path / "codebook.toml"
    merged = "[[retired]]\nid = 'meals'\nname = 'Meals'\nmerged_into = 'food'\n"
    codebook.write_text(f"[[code]]\nid = 'food'\nname = 'Food'\n[[code]]\nid = 'cars'\nname = 'Cars'\n{merged}")
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": "Cold soup for dinner"}])
    earlier = [{**row, "codes": ["meals" if code == "food" else code for code in row["codes"]]} for row in labelled()]
    said = [
        run(source, tmp_path / f"{name}.out", "--codebook", codebook, "--labelled", write(tmp_path / name, rows))
        for name, rows in (("now", labelled()), ("earlier", earlier))
    ]
    assert said[0] == said[1]
    assert (tmp_path / "earlier.out").read_bytes() == (tmp_path / "now.out").read_bytes()


def test_blanks_around_a_code_make_no_other_code_and_one_of_blanks_alone_is_not_learned_from(tmp_path):
    spaced = [{**row, "codes": [f" {code}\t" for code in row["codes"]]} for row in labelled()[:20]]
    blank = {"id": "x", "text": "The soup was warm", "codes": ["food", " "]}
    train = write(tmp_path / "train.jsonl", [*spaced, *labelled()[20:], blank])
    source, target = write(tmp_path / "in.jsonl", [{"id": 1, "text": "Cold soup"}]), tmp_path / "out.jsonl"
    status, said = run(source, target, "--labelled", train)
    assert (status, [one["code"] for one in rows_of(target)[0]["codings"]]) == (1, ["cars", "food"])
    assert f"Not learned from, in {train}: excerpt 40 has a code without a name;" in said


def test_labels_that_the_codebook_names_are_used(tmp_path):
    write(tmp_path / "labelled.jsonl", labelled())
    codebook = tmp_path / "codebook.toml"
    codebook.write_text("labelled = 'labelled.jsonl'\n[[code]]\nid = 'food'\nname = 'Food'\n")
    source, target = write(tmp_path / "in.jsonl", [{"id": 1, "text": "Cold soup"}]), tmp_path / "out.jsonl"
    assert "2 of 2 codes were learned" in run(source, target, "--codebook", codebook)[1]


def test_names_alone_are_a_codebook(tmp_path):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("codes: [Meals and food, Car parking]\n")
    source, target = write(tmp_path / "in.jsonl", [{"id": 1, "text": "The soup was cold"}]), tmp_path / "out.jsonl"
    run(source, target, "--codebook", codebook)
    food, cars = rows_of(target)[0]["codings"]
    assert food["probability"] > cars["probability"]


def test_labels_without_any_code_are_examples_of_none(tmp_path):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("codes: [Meals and food, Car parking]\n")
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": "The soup was cold"}])
    alone, beside = tmp_path / "alone.jsonl", tmp_path / "beside.jsonl"
    none = write(tmp_path / "train.jsonl", [{"id": 1, "text": "It rained", "codes": []}])
    assert run(source, alone, "--codebook", codebook)[0] == 0
    status, said = run(source, beside, "--codebook", codebook, "--labelled", none)
    assert status == 0
    assert "labelled excerpts counted as examples of their codes; from 30 on a coder is fitted on them." in said
    (before,), (after,) = rows_of(alone), rows_of(beside)
    assert [one["code"] for one in after["codings"]] == [one["code"] for one in before["codings"]]
    assert [one["probability"] for one in after["codings"]] != [one["probability"] for one in before["codings"]]
    with pytest.raises(WrongUse, match="has a code to learn"):
        run(source, beside, "--labelled", none)


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ([("Cold soup", ["food"]), ("Cold soup", ["cars"])] * 30, "all are worded alike or belong together"),
        ([(text, ["food", "cars"]) for text in (FOOD + CARS) * 3], "each takes every code"),
        ([(text, []) for text in (FOOD + CARS) * 3], "none takes a code"),
    ],
)
def test_labels_that_no_coder_can_be_fitted_on_are_examples_and_it_says_why(tmp_path, labels, why):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("codes: [food, cars]\n")
    rows = [{"id": f"t{at}", "text": text, "codes": codes} for at, (text, codes) in enumerate(labels)]
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": "The soup was cold"}])
    train = write(tmp_path / "train.jsonl", rows)
    said = run(source, tmp_path / "out.jsonl", "--labelled", train, "--codebook", codebook)[1]
    assert f"examples of their codes; no coder could be fitted on them, since {why}" in said
    assert said.startswith("1 excerpt, ")


def test_a_line_that_cannot_be_coded_comes_back_and_the_others_go_on(tmp_path):
    source = write(tmp_path / "in.jsonl", [EXCERPTS[0], "{", {"id": "b"}, EXCERPTS[1]])
    status, said = run(source, target := tmp_path / "out.jsonl")
    assert status == 1
    assert [row.get("quarantined") for row in rows_of(target)] == [
        None,
        "line 2 is not a JSON object",
        "line 3 has no 'text', or it is not a string",
        None,
    ]
    assert "2 excerpts, 1 with at least one code, 2 quarantined" in said


def test_a_label_that_cannot_be_used_is_named_without_its_words(tmp_path):
    train = write(tmp_path / "train.jsonl", [*labelled(), {"id": "x", "text": "Invented words", "codes": "food"}])
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": "Cold soup"}])
    status, said = run(source, tmp_path / "out.jsonl", "--labelled", train)
    assert status == 1
    assert f"Not learned from, in {train}: excerpt 40 has no 'codes', or it is not a list of names." in said
    assert "Invented words" not in said


def test_a_label_of_no_words_is_not_learned_from(tmp_path):
    source = write(tmp_path / "in.jsonl", EXCERPTS)
    blank = [{"id": f"b{at}", "text": text, "codes": ["food"]} for at, text in enumerate(["", " \n", "😀", "…"])]
    for name, rows in (("plain", labelled()), ("blank", labelled() + blank)):
        status, said = run(source, tmp_path / f"{name}.jsonl", "--labelled", write(tmp_path / "train.jsonl", rows))
    assert (status, said.count("has codes and no words")) == (1, 4)
    assert rows_of(tmp_path / "plain.jsonl") == rows_of(tmp_path / "blank.jsonl")


@pytest.mark.parametrize("target", ["in.jsonl", "train.jsonl", "codebook.toml", "labelled.jsonl"])
def test_a_file_that_is_read_is_not_written_over(tmp_path, target):
    source, train = write(tmp_path / "in.jsonl", EXCERPTS), write(tmp_path / "train.jsonl", labelled())
    write(tmp_path / "labelled.jsonl", labelled())
    (tmp_path / "codebook.toml").write_text("labelled = 'labelled.jsonl'\n[[code]]\nid = 'food'\nname = 'Food'\n")
    before = (tmp_path / target).read_bytes()
    with pytest.raises(WrongUse, match="is a file that is read"):
        run(source, tmp_path / target, "--labelled", train, "--codebook", tmp_path / "codebook.toml")
    assert (tmp_path / target).read_bytes() == before


def test_the_files_of_an_encoder_are_not_written_over(tmp_path):
    (tmp_path / "model").mkdir()
    weights = write(tmp_path / "model" / "model.onnx", ["weights"])
    with pytest.raises(WrongUse, match="is a file that is read"):
        run(write(tmp_path / "in.jsonl", EXCERPTS), weights, "--encoder", tmp_path / "model")
    assert weights.read_text() == "weights\n"


def test_an_empty_file_gives_an_empty_file(tmp_path):
    assert run(write(tmp_path / "in.jsonl", []), target := tmp_path / "out.jsonl")[0] == 0
    assert target.read_text() == ""


def test_two_calls_give_the_same_bytes(tmp_path):
    source, train = write(tmp_path / "in.jsonl", EXCERPTS), write(tmp_path / "train.jsonl", labelled())
    for name in ("one.jsonl", "two.jsonl"):
        run(source, tmp_path / name, "--labelled", train)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("source", "arguments"),
    [("gone.jsonl", []), ("in.jsonl", ["--labelled", "gone.jsonl"]), ("in.jsonl", ["--codebook", "gone.toml"])],
)
def test_a_missing_file_is_said_to_be_missing(tmp_path, source, arguments):
    write(tmp_path / "in.jsonl", EXCERPTS)
    with pytest.raises(WrongUse, match="There is no file"):
        run(tmp_path / source, tmp_path / "out.jsonl", *arguments)


@pytest.mark.parametrize("seed", ["-1", str(2**32)])
def test_a_seed_that_nothing_takes_is_wrong_use(tmp_path, seed):
    source = write(tmp_path / "in.jsonl", EXCERPTS)
    assert run(source, tmp_path / "out.jsonl", "--seed", seed)[0] == 2


def test_labels_without_a_code_are_refused(tmp_path):
    train = write(tmp_path / "train.jsonl", [{"id": 1, "text": "It rained", "codes": []}])
    with pytest.raises(WrongUse, match="has a code to learn"):
        run(write(tmp_path / "in.jsonl", EXCERPTS), tmp_path / "out.jsonl", "--labelled", train)


def test_labels_of_another_form_are_refused_and_it_says_what_is_wrong_with_them(tmp_path):
    train = tmp_path / "train.csv"
    train.write_text("id,text,codes\n1,It rained,weather\n")
    with pytest.raises(WrongUse, match=r"has a code to learn: line 1 is not a JSON object\. Give"):
        run(write(tmp_path / "in.jsonl", EXCERPTS), tmp_path / "out.jsonl", "--labelled", train)


def test_an_unsound_codebook_is_refused(tmp_path):
    codebook = tmp_path / "codebook.toml"
    codebook.write_text("[[code]]\nid = 'a'\n")
    with pytest.raises(CodebookError, match="has no name"):
        run(write(tmp_path / "in.jsonl", EXCERPTS), tmp_path / "out.jsonl", "--codebook", codebook)


def test_context_moves_scores_and_an_excerpt_without_one_is_coded_as_ever(tmp_path):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("codes: [Meals and food, Car parking]\n")
    said = "It was not what I had hoped for"
    rows = [
        {"id": 1, "text": said},
        {"id": 2, "text": said, "context": "The soup for dinner was cold."},
        {"id": 3, "text": said, "context": f"The soup for dinner was cold. {said}."},
        {"id": 4, "text": said, "context": 5},
    ]
    run(write(tmp_path / "in.jsonl", rows), tmp_path / "out.jsonl", "--codebook", codebook)
    alone, beside, within, no_context = (row["codings"] for row in rows_of(tmp_path / "out.jsonl"))
    assert alone == no_context
    assert beside[0]["probability"] > alone[0]["probability"]
    assert within[0]["probability"] > alone[0]["probability"]
