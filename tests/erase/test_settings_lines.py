"""The lines of corpus.toml on which somebody is named, whatever the form of the file."""

import pytest

from themes.erase.settings_lines import lines_that_repeat, lines_with
from themes.records.spec import CorpusSpec

TOLD = """\ufeffname = "study"
# Zebedee Wren asked us.
[deidentify]
names = ["Ann \\"Nan\\" Poole", 'Zebedee Wren',
  "Ren\\u00e9e Poole"]
keep = ["Wren"]
"""


class Theirs:
    def are_in(self, text: str) -> bool:
        return "Zebedee" in text


@pytest.fixture
def spec(tmp_path):
    (tmp_path / "corpus.toml").write_text(TOLD, encoding="utf-8")
    return CorpusSpec(tmp_path, "study", ())


def test_values_and_remarks_are_found_by_line(spec):
    assert lines_that_repeat(spec, Theirs()) == (2, 4)


@pytest.mark.parametrize(
    ("name", "lines"), [("Zebedee Wren", (4,)), ('Ann "Nan" Poole', (4,)), ("Renée Poole", (5,)), ("Zebedee", ())]
)
def test_a_name_is_found_however_it_is_written(spec, name, lines):
    assert lines_with(spec, {name}) == lines


def test_what_is_no_value_hides_none_beside_it(tmp_path):
    (tmp_path / "corpus.toml").write_text('names = ["Ann Poole"]  # "\\Wren"\n', encoding="utf-8")
    assert lines_with(CorpusSpec(tmp_path, "study", ()), {"Ann Poole"}) == (1,)


def test_without_the_file_there_are_no_lines(tmp_path):
    assert lines_that_repeat(CorpusSpec(tmp_path, "study", ()), Theirs()) == ()
