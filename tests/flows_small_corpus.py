"""Small corpora on disk, for tests that run the pipeline."""

from pathlib import Path

CODEBOOK = """
[meta]
name = "small"
version = "1.0.0"

[[code]]
id = "sanctions"
name = "Sanctions"
definition = "Benefit stopped, cut or threatened because a condition was not met."
polarity = "negative_only"
cues = ["sanction*", "stopped my money"]

[[code]]
id = "kindness"
name = "Kind staff"
definition = "Staff who are kind, patient and listen."
cues = ["kind", "listened", "patient"]
"""

CORPUS = """
name = "{name}"
title = "A small corpus"
language = "en-GB"
codebook = "codebook.toml"
seed = 7
{extra}
[[source]]
name = "survey"
reader = "survey_table"
files = "*.csv"
case = "respondent"
closed = ["region"]
written = "submitted"

[source.open]
experience = "What has it been like?"
"""

ANSWERS = [
    "They sanctioned me for missing one appointment.",
    "My adviser was kind and listened to me for an hour.",
    "Nothing happened for a year, then a letter came.",
    "The money was stopped again in March without a word.",
    "A patient woman at the desk explained the form twice.",
    "I moved house and nobody was told about it.",
]


def make_corpus(folder: Path, *, answers=ANSWERS, extra: str = "") -> Path:
    (folder / "raw").mkdir(parents=True)
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "corpus.toml").write_text(CORPUS.format(name=folder.name, extra=extra), encoding="utf-8")
    write_survey(folder, answers)
    return folder


def write_survey(folder: Path, answers, *, name: str = "survey.csv", order=None) -> None:
    rows = [f'{n:03},2014-0{1 + n % 9}-03,North,"{answer}"' for n, answer in enumerate(answers)]
    rows = [rows[n] for n in order] if order else rows
    (folder / "raw" / name).write_text(
        "\n".join(["respondent,submitted,region,experience", *rows]) + "\n", encoding="utf-8"
    )
