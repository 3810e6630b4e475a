import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from planted_vectors import SUBJECTS, planted
from themes.cli.discover import discover
from themes.errors import StoreError, WrongUse
from themes.records.theme import ThemeDecision, What
from themes.theme.decisions import add_decision
from themes.theme.leaning import COMPLAINT, POLES

VECTORS, SUBJECT = planted([45, 32, 23])
TEXTS = [f"They went on about the {SUBJECTS[group]} again, text {n}." for n, group in enumerate(SUBJECT)]
VECTOR_OF = dict(zip(TEXTS, VECTORS, strict=True))


def stand_in(texts):
    """Planted vectors; praise and complaint point along two axes."""
    axes = {text: np.eye(48, dtype=np.float32)[int(text in COMPLAINT)] for text in POLES}
    return np.array([(axes | VECTOR_OF)[text] for text in texts], np.float32).reshape(-1, 48)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Call the command on lines; gives (exit code, rows out, themes out, standard error)."""
    monkeypatch.setattr("themes.embedding.embed", stand_in)
    app = typer.Typer()
    app.command()(discover)

    def call(lines, *options):
        (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
        out = tmp_path / "out.jsonl"
        result = CliRunner().invoke(app, [str(tmp_path / "in.jsonl"), str(out), *options])
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        return result.exit_code, rows, json.loads((tmp_path / "out.themes.json").read_text()), result.stderr

    return call


def lines_of(texts):
    return [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]


def test_each_text_gets_its_theme_in_the_order_given(run):
    code, rows, themes, error = run(lines_of(TEXTS))
    assert code == 0
    assert [row["id"] for row in rows] == list(range(100))
    assert [theme["name"] for theme in themes["themes"]] == ["Letters", "Money", "Placement"]
    assert themes["texts"] == 100
    assert themes["unclear"] == sum(row["theme"] is None for row in rows) < 15
    for theme in themes["themes"]:
        assert theme["texts"] == sum(row["theme"] == theme["theme"] for row in rows)
        assert all(e["text"] == TEXTS[e["id"]] and rows[e["id"]]["theme"] == theme["theme"] for e in theme["excerpts"])
        assert theme["words"][0] == theme["name"].lower()
    assert error.startswith("3 themes in 100 texts;")


@pytest.mark.parametrize(("read", "written"), [("in.jsonl", "in.jsonl"), ("in.themes.json", "in.jsonl")])
def test_the_file_that_is_read_is_not_written_over(tmp_path, read, written):
    source = tmp_path / read
    source.write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    before = source.read_bytes()
    with pytest.raises(WrongUse, match="is a file that is read"):
        discover(source, tmp_path / written)
    assert source.read_bytes() == before


def test_a_folder_in_place_of_the_file_to_write_is_refused_before_anything_is_done(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    for name in (".", str(tmp_path)):
        with pytest.raises(WrongUse, match="is a folder, and a file is needed"):
            discover(tmp_path / "in.jsonl", Path(name))
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("name", ["theme-decisions.jsonl", "registry.json", "new.jsonl"])
def test_nothing_is_written_into_the_folder_of_the_registry(run, tmp_path, name):
    registry = tmp_path / "registry"
    run(lines_of(TEXTS), "--registry", str(registry))
    theme = json.loads((registry / "registry.json").read_text(encoding="utf-8"))["themes"][0]["theme_id"]
    add_decision(registry, ThemeDecision("d1", What.RENAME, theme, "ann", "2026-01-01", name="Fear of the post"))
    before = {path.name: path.read_bytes() for path in registry.iterdir()}
    with pytest.raises(WrongUse, match="is inside"):
        discover(tmp_path / "in.jsonl", registry / name, registry)
    assert {path.name: path.read_bytes() for path in registry.iterdir()} == before


@pytest.mark.parametrize("name", ["registry.json", "history.tsv", "encoder.json"])
def test_texts_under_a_name_that_the_registry_writes_are_spared(tmp_path, name):
    (tmp_path / "registry").mkdir()
    source = tmp_path / "registry" / name
    source.write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    with pytest.raises(WrongUse, match="is a file that is read"):
        discover(source, tmp_path / "out.jsonl", tmp_path / "registry")


def test_the_files_of_an_encoder_are_not_written_over(tmp_path):
    (tmp_path / "in.jsonl").write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    (tmp_path / "model" / "onnx").mkdir(parents=True)
    (tmp_path / "model" / "onnx" / "model.onnx").write_text("weights")
    with pytest.raises(WrongUse, match="is a file that is read"):
        discover(tmp_path / "in.jsonl", tmp_path / "model" / "onnx" / "model.onnx", encoder=str(tmp_path / "model"))


def test_a_registry_that_is_a_file_is_refused_before_anything_is_written(tmp_path):
    source, file = tmp_path / "in.jsonl", tmp_path / "codebook.toml"
    source.write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    file.write_text("version = '1'\n")
    with pytest.raises(WrongUse, match="is a file, and a folder is needed"):
        discover(source, tmp_path / "out.jsonl", file)
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "codebook.toml"}


def test_fewer_than_fifty_texts_get_none_and_it_says_so(run):
    code, rows, themes, error = run(lines_of(TEXTS[:49]))
    assert code == 0
    assert rows == [{"id": n, "theme": None} for n in range(49)]
    assert themes["themes"] == []
    assert themes["note"] == error.strip()
    assert error.startswith("Too few for themes: 49 excerpts")


def test_a_line_that_cannot_be_used_says_why_and_the_rest_goes_on(run):
    code, rows, _, _ = run([*lines_of(TEXTS), '{"id": "x"}', "not json"])
    assert code == 1
    assert rows[100:] == [
        {"id": "x", "quarantined": "line 101 has no 'text', or it is not a string"},
        {"id": None, "quarantined": "line 102 is not a JSON object"},
    ]
    assert sum(row["theme"] is not None for row in rows[:100]) > 85


def test_with_a_registry_themes_keep_their_ids_from_call_to_call(run, tmp_path):
    registry = str(tmp_path / "registry")
    early = [line for n, line in enumerate(lines_of(TEXTS)) if n % 5 < 3]
    _, before, _, _ = run(early, "--registry", registry)
    _, after, _, _ = run(lines_of(TEXTS), "--registry", registry, "--seed", "5")
    now = {row["id"]: row["theme"] for row in after}
    had_one = [row for row in before if row["theme"]]
    assert sum(now[row["id"]] == row["theme"] for row in had_one) / len(had_one) >= 0.97
    assert {row["theme"] for row in after} - {None} == {row["theme"] for row in had_one}


def test_a_registry_made_by_another_encoder_is_refused_and_left_as_it_was(run, tmp_path):
    registry = tmp_path / "registry"
    run(lines_of(TEXTS), "--registry", str(registry))
    before = {path.name: path.read_bytes() for path in registry.iterdir()}
    with pytest.raises(StoreError, match="was made by another encoder"):
        discover(tmp_path / "in.jsonl", tmp_path / "again.jsonl", registry=registry, encoder="static")
    assert {path.name: path.read_bytes() for path in registry.iterdir()} == before
    assert not (tmp_path / "again.jsonl").exists()


def test_a_call_that_is_stopped_leaves_no_registry_without_its_encoder(tmp_path, monkeypatch):
    def stopped(folder, _):
        raise KeyboardInterrupt

    monkeypatch.setattr("themes.embedding.embed", stand_in)
    monkeypatch.setattr("themes.theme.registry_file.write_registry", stopped)
    (tmp_path / "in.jsonl").write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        discover(tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "registry", encoder="sentence", seed=1)
    assert [path.name for path in (tmp_path / "registry").iterdir()] == ["encoder.json"]


def test_a_note_of_the_encoder_that_is_damaged_is_refused(run, tmp_path):
    registry = tmp_path / "registry"
    run(lines_of(TEXTS), "--registry", str(registry))
    (registry / "encoder.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(StoreError, match="by another encoder"):
        discover(tmp_path / "in.jsonl", tmp_path / "out.jsonl", registry)


@pytest.mark.parametrize("seed", ["-1", str(2**32)])
def test_a_seed_that_nothing_takes_is_wrong_use(tmp_path, seed):
    (tmp_path / "in.jsonl").write_text("\n".join(lines_of(TEXTS)), encoding="utf-8")
    app = typer.Typer()
    app.command()(discover)
    arguments = [str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), "--seed", seed]
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_lines_that_share_an_id_or_a_text_are_each_answered(run):
    lines = [*lines_of(TEXTS), lines_of(TEXTS)[0], json.dumps({"id": 0, "text": TEXTS[99]})]
    _, rows, themes, _ = run(lines)
    assert themes["texts"] == 102
    assert rows[100]["theme"] == rows[0]["theme"]
    assert rows[101]["theme"] == rows[99]["theme"]


def test_the_order_of_lines_changes_nothing(run):
    _, forwards, _, _ = run(lines_of(TEXTS))
    _, backwards, _, _ = run(lines_of(TEXTS)[::-1])
    assert backwards[::-1] == forwards


def test_codes_months_and_cases_on_the_lines_are_told_of_each_theme(run):
    months = ["2026-01", "2026-02-03", "2026-03"]
    lines = [
        json.dumps({"id": n, "text": text, "codes": [SUBJECTS[group]], "written": months[n % 3], "case_id": n // 2})
        for n, (text, group) in enumerate(zip(TEXTS, SUBJECT, strict=True))
    ]
    _, rows, summary, _ = run(lines)
    for theme in summary["themes"]:
        mine = [row["id"] for row in rows if row["theme"] == theme["theme"]]
        assert theme["cases"] == len({n // 2 for n in mine})
        (code,) = theme["codes"]
        assert (code["code_id"], code["share"]) == (theme["name"].lower(), 1.0)
        assert [m["period"] for m in theme["months"]] == ["2026-01", "2026-02", "2026-03"]
        assert [m["cases_with"] for m in theme["months"]] == [
            len({n // 2 for n in mine if n % 3 == month}) for month in range(3)
        ]
        assert theme["trend"] == "steady"
        assert theme["found_again"] == 1.0
        cases = [e["id"] // 2 for kind in ("excerpts", "edge", "dissenting") for e in theme[kind]]
        assert len(cases) == len(set(cases))


def test_what_analysts_decided_is_honoured_and_stands_in_the_history(run, tmp_path):
    registry = tmp_path / "registry"
    _, before, first, _ = run(lines_of(TEXTS), "--registry", str(registry))
    letters, money, _ = (theme["theme"] for theme in first["themes"])
    add_decision(registry, ThemeDecision("d1", What.RENAME, letters, "ann", "2999-01-01", name="Fear of the post"))
    add_decision(registry, ThemeDecision("d2", What.MERGE, money, "ann", "2999-01-02", other_id=letters))
    _, after, then, _ = run(lines_of(TEXTS), "--registry", str(registry))
    renamed = then["themes"][0]
    assert (renamed["theme"], renamed["name"]) == (letters, "Fear of the post")
    assert renamed["former_names"] == ["Letters", "Money"]
    assert [row["theme"] for row in after] == [letters if r["theme"] == money else r["theme"] for r in before]
    assert [e["what"] for e in then["events"]] == ["birth", "birth", "birth", "rename", "merge"]
    history = (registry / "history.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[1] for line in history] == ["what", "birth", "birth", "birth", "rename", "merge"]


def test_equal_texts_are_one_theme_and_nobody_is_lost(run):
    _, rows, themes, said = run([json.dumps({"id": n, "text": TEXTS[0]}) for n in range(60)])
    assert len({row["theme"] for row in rows} - {None}) == 1
    assert said.startswith("1 theme in 60 texts; ")
    assert themes["unclear"] <= 0.14 * 60


def test_a_decision_that_cannot_be_carried_out_is_said_and_the_rest_goes_on(run, tmp_path):
    registry = tmp_path / "registry"
    run(lines_of(TEXTS), "--registry", str(registry))
    add_decision(registry, ThemeDecision("d1", What.RENAME, "t-none", "ann", "2026-01-01", name="Fear of the post"))
    code, rows, _, error = run(lines_of(TEXTS), "--registry", str(registry))
    assert "The decision d1 (rename: t-none) was passed over: the registry has no theme t-none." in error
    assert code == 0
    assert sum(row["theme"] is not None for row in rows) > 85
