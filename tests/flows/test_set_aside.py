"""Who wrote of wanting to die in a text that is set aside still comes to somebody's eyes: by place, without words."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows_small_corpus import make_corpus
from one_run import run_once
from themes.cli.main import app
from themes.erase.search import Scanner
from themes.records.corpus import Quarantined
from themes.report.prose import AT_RISK
from themes.store.run_folder import RunFolder

SAID = "I took an overdose after the third letter came"
IN_FRENCH = (
    "Je suis allé au bureau avec ma fille et ils ne voulaient pas nous écouter, alors nous sommes rentrés à la maison."
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A run in which a row with a cell too many, another, and a text half in French are set aside; two tell of it."""
    place = tmp_path_factory.mktemp("aside")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THEMES_VAULT", str(place / "vault"))
        patch.setenv("THEMES_KEY_FILE", str(place / "key"))
        corpus = make_corpus(place / "corpora/small", answers=["They were kind.", f"{IN_FRENCH}\n\n{SAID}."])
        with (corpus / "raw/survey.csv").open("a", encoding="utf-8") as survey:
            survey.write(f"090,2014-01-03,North,{SAID}, and then,another\n")
            survey.write("091,2014-01-03,North,The form was long, and,dull\n")
        return run_once(corpus, place / "outputs")


def test_a_text_that_is_set_aside_is_looked_at_for_risk_and_its_words_are_not_kept(ran):
    told = {q.source.place: q.risk for q in RunFolder(ran).read(Quarantined)}
    assert told == {"row 3, column 4": "overdose", "row 4": "overdose", "row 5": ""}
    assert Scanner([], [SAID]).in_places([ran, ran.parent.parent.parent / "vault"]) == []


def test_the_report_and_the_status_say_where_it_stands(ran, monkeypatch):
    place = ran.parent.parent.parent
    assert (ran / "report/index.html").read_text("utf-8").count(AT_RISK) == 2
    monkeypatch.setenv("THEMES_VAULT", str(place / "vault"))
    monkeypatch.setenv("THEMES_KEY_FILE", str(place / "key"))
    told = " ".join(CliRunner().invoke(app, ["status", str(place / "corpora/small")]).stdout.split())
    assert (
        "2 texts that were set aside may tell of a risk to life. A person must read them in the raw files now: "
        "survey.csv row 3, column 4; survey.csv row 4."
    ) in told
