"""`themes new`: a corpus folder with a corpus.toml and a codebook.toml to start from."""

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import CorpusError, WrongUse

if TYPE_CHECKING:
    from themes.read.guess import FileGuess

FOLDERS = {"blog_page": "pages", "copied_page": "copied-pages", "story_file": "stories", "survey_table": "survey"}
"""Where below raw/ the files of each reader are put."""

HEAD = """\
# The corpus: which texts it is made of, and how they are read. `themes check` on this folder says whether all is well.

name = {name}
title = {title}
language = "en-GB"
codebook = {codebook}

# Runs with the same seed, texts and codebook give the same themes.
seed = 1

# When `themes serve` runs it by itself: minute, hour, day, month, weekday. This one is Mondays at six.
# schedule = "0 6 * * 1"
# timezone = "Europe/London"

# How meanings are compared: "sentence", or "static" for large corpora: many times faster, a little less well.
# encoder = "sentence"

# A number of people below this is hidden in reports.
# fewest_cases = 10

# Who may be quoted in what you publish: the words of `consent` by which people agreed to it, such as ["yes"]. With
# none, a public edition has numbers and no excerpt. The report for the team shows excerpts in any case.
consent_to_quote = []

# A language model of your own that is asked for a second opinion; docs/researcher.md says what is sent and counted.
# [language_model]
# address = "http://127.0.0.1:11434/v1"
# model = "…"

# Names and places of your corpus that the search for personal details may miss, and words it must not take for one.
# [deidentify]
# names = ["…"]
# places = ["…"]
# keep = ["…"]
"""

NO_SOURCES = """
# One [[source]] for each kind of file below raw/. Take the # away from what you need.
#
# [[source]]
# name = "stories"
# reader = "story_file"            # or "blog_page", "copied_page", "survey_table"
# files = "stories/*"              # below raw/
# consent = "analysis"             # what the writers agreed to, if they were asked
# promises = ["…"]                 # what they were promised, such as "your email address will not appear"
#
# [[source]]
# name = "survey"
# reader = "survey_table"
# files = "survey/*.csv"
# case = "respondent"              # the column that tells people apart
# written = "submitted"            # the column with the date
# open = { "Q1" = "What happened?" }   # columns people wrote in, and the question each answers
# closed = ["region", "in work"]   # columns to compare people by
"""


def new(
    corpus_dir: Annotated[Path, typer.Argument(help="The folder to make, such as corpora/my-study.")],
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", help="A file or folder to take texts from; may be given several times."),
    ] = None,
    codebook: Annotated[
        Path | None, typer.Option(help="A codebook (TOML or YAML); default: the back-to-work codebook.")
    ] = None,
) -> None:
    """Make a corpus folder: corpus.toml, codebook.toml and raw/, with comments that say what to change.

    With `--from`, the files are looked at and copied to raw/, and what each was taken for, and why, is shown. The
    corpus.toml written runs as it is; look through it first.

    Example: `themes new corpora/my-study --from ~/answers.csv --from ~/stories`
    """
    from themes.read.codebook import packaged_codebook, read_codebook

    if corpus_dir.is_symlink() or (corpus_dir.exists() and not corpus_dir.is_dir()):
        raise WrongUse(f"{corpus_dir} is there already and is not a folder. Choose another name.")
    if corpus_dir.exists() and any(corpus_dir.iterdir()):
        raise WrongUse(f"{corpus_dir} is there already and is not empty. Choose another name; nothing was changed.")
    chosen = codebook or packaged_codebook()
    if not chosen.is_file():
        raise WrongUse(f"There is no file {chosen}, named by --codebook.")
    labelled = read_codebook(chosen).labelled
    if labelled is not None and not labelled.resolve().is_relative_to(chosen.parent.resolve()):
        raise WrongUse(
            f"{chosen.name} names labelled examples outside its folder. Put them beside it, and name them so."
        )
    guesses = _guesses(from_ or [])
    if guesses and not any(guess.reader for guess in guesses):
        _show(guesses)
        raise CorpusError("No file of these can be read, so no corpus was made.")
    _make(corpus_dir, chosen, labelled, guesses)
    if guesses:
        _show(guesses)
    typer.echo(f"Next: look through {corpus_dir / 'corpus.toml'}, then `themes check {corpus_dir}`.", err=True)
    typer.echo(corpus_dir / "corpus.toml")


def _guesses(places: Iterable[Path]) -> "list[FileGuess]":
    """What each file is taken for; files below a folder in the order of their names, hidden ones and links apart."""
    from rich.console import Console
    from rich.progress import track

    from themes.read.guess import guess_file

    paths: list[Path] = []
    for place in places:
        if not place.exists():
            raise WrongUse(f"There is nothing at {place}, named by --from.")
        below = sorted(place.rglob("*")) if place.is_dir() else [place]
        paths += [
            path
            for path in below
            if path.is_file()
            and not path.is_symlink()
            and not any(part.startswith((".", "~$")) for part in path.relative_to(place.parent).parts)
        ]
    console = Console(stderr=True)
    return [
        guess_file(path)
        for path in track(
            list(dict.fromkeys(paths)), "Looking at files", console=console, disable=not console.is_terminal
        )
    ]


def _make(corpus_dir: Path, codebook: Path, labelled: Path | None, guesses: "Sequence[FileGuess]") -> None:
    """The folder, whole or not at all: it is built under another name and renamed."""
    partial = corpus_dir.with_name(f".{corpus_dir.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        (partial / "raw").mkdir(parents=True)
        codebook_name = f"codebook{codebook.suffix.lower()}"
        shutil.copyfile(codebook, partial / codebook_name)
        if labelled is not None:
            beside = partial / labelled.resolve().relative_to(codebook.parent.resolve())
            beside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(labelled, beside)
        # Folders of runs are named after the corpus, so its name is kept to plain letters.
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", corpus_dir.resolve().name).strip("-_")[:80] or "corpus"
        text = HEAD.format(
            name=_toml(name),
            title=_toml(name.replace("-", " ").replace("_", " ").capitalize()),
            codebook=_toml(codebook_name),
        )
        sources = _sources(guesses)
        for name, group in sources.items():
            _copy(group, partial / "raw" / name)
            text += _source(name, group)
        (partial / "corpus.toml").write_text(text if sources else text + NO_SOURCES, encoding="utf-8")
        partial.rename(corpus_dir)
    except OSError as trouble:
        raise CorpusError(f"{corpus_dir} could not be made: {trouble.strerror}. Nothing was left behind.") from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _sources(guesses: "Iterable[FileGuess]") -> "dict[str, list[FileGuess]]":
    """Files that are read alike, under a name that is also their folder: two surveys are two sources."""
    alike: defaultdict[object, list[FileGuess]] = defaultdict(list)
    for guess in guesses:
        if guess.reader:
            layout = tuple((column.column, column.taken_for) for column in guess.columns)
            alike[guess.reader, layout, guess.sheet].append(guess)
    named: dict[str, list[FileGuess]] = {}
    for group in alike.values():
        name = FOLDERS[group[0].reader]
        number = 1 + sum(other.startswith(name) for other in named)
        named[name if number == 1 else f"{name}-{number}"] = group
    return named


def _copy(group: "Iterable[FileGuess]", folder: Path) -> None:
    """Copies; a file whose name is taken keeps as many of its folders as it needs to have one of its own."""
    for guess in group:
        parts = guess.path.resolve().parts[1:]
        target = next(
            candidate
            for kept in range(1, len(parts) + 1)
            if not (candidate := folder.joinpath(*parts[-kept:])).exists()
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(guess.path, target)


def _source(name: str, group: "Sequence[FileGuess]") -> str:
    guess = group[0]
    lines = ["", "[[source]]", f"name = {_toml(name)}", f"reader = {_toml(guess.reader)}", f'files = "{name}/**/*"']
    if guess.sheet:
        lines.append(f"sheet = {_toml(guess.sheet)}")
    if guess.reader == "survey_table":
        lines += _survey_options(guess)
    else:
        lines += [
            '# consent = "analysis"     # what the writers agreed to, if they were asked',
            '# promises = ["…"]         # what they were promised, such as "your email address will not appear"',
        ]
    return "\n".join(lines) + "\n"


def _survey_options(guess: "FileGuess") -> list[str]:
    from themes.read.guess_columns import SINGLE

    def columns(option: str) -> list[str]:
        return [each.column for each in guess.columns if each.taken_for == option]

    lines = [f"{option} = {_toml(column)}" for option in SINGLE for column in columns(option)]
    if not columns("case"):
        lines.append('# case = "…"               # no column was found to tell people apart, so each row is a person')
    return [
        *lines,
        "# Columns to compare people by.",
        f"closed = [{', '.join(map(_toml, columns('closed')))}]",
        "# Columns people wrote in, and the question each answers: write it as it was put to them.",
        "[source.open]",
        *(f"{_toml(column)} = {_toml(column)}" for column in columns("open")),
    ]


def _toml(text: str) -> str:
    """A TOML string. JSON escapes all that TOML asks for, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _show(guesses: "Sequence[FileGuess]") -> None:
    """What was guessed and why, on standard error: names of files and columns, never what stands in them."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(stderr=True)
    table = Table("file", "read as", "why", title="What the files were taken for", title_justify="left")
    for guess in guesses:
        table.add_row(escape(guess.path.name), guess.reader or "–", escape(guess.why))
    console.print(table)
    shown: list[object] = []
    for guess in guesses:
        if not guess.columns or guess.columns in shown:
            continue
        shown.append(guess.columns)
        columns = Table(
            "column", "taken for", "why", title=f"Columns of {escape(guess.path.name)}", title_justify="left"
        )
        for column in guess.columns:
            columns.add_row(escape(column.column), column.taken_for or "–", escape(column.why))
        console.print(columns)
    console.print("What to check in corpus.toml:")
    for line in _to_check(guesses):
        console.print(f"• {line}", markup=False)


def _to_check(guesses: "Sequence[FileGuess]") -> list[str]:
    readers = {guess.reader for guess in guesses}
    lines = []
    if "survey_table" in readers:
        lines += [
            "Is each open column a question, put as people read it? Its text is shown beside every answer.",
            "Would a closed column single people out? Take it from `closed`: what is not read cannot leak.",
        ]
    if "story_file" in readers:
        lines.append("Is each story one person's? A file with several stories counts as one person.")
    if {"story_file", "blog_page", "copied_page"} & readers:
        lines.append("Were writers promised anything, or asked for consent? Say so in `promises` and `consent`.")
    lines.append("May anybody be quoted in public? Nobody is, until `consent_to_quote` says which `consent` allows it.")
    if "" in readers:
        lines.append(
            "What was left out is not in raw/: save it as .html, .txt, .docx, .csv or .xlsx and name it again."
        )
    return lines
