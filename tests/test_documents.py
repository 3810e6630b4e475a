"""What README and docs say exists does: links, paths, commands with their options, settings, hashes."""

import hashlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from themes import models
from themes.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("corpora/*/README.md")])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FOLDERS = ("src/", "flows/", "tests/", "docs/", "corpora/", "outputs/", "scripts/", ".ci/")
# Invented or made at run time: what a page tells the reader to write, and where a run puts things.
MADE_BY_THE_READER = re.compile(
    r"[<>*…{}]|my-(?:study|files)|library_cards|^outputs/.|^corpora/[^/]+/(?:raw|[.]corpus-id)", re.IGNORECASE
)


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _code(page: Path) -> Iterator[str]:
    """Every piece of code on a page: lines of fenced blocks of shell, and what stands between backticks."""
    text = page.read_text(encoding="utf-8")
    for fence in FENCE.finditer(text):
        if fence[2] in ("sh", "bash", "console"):
            yield from (line.split(" # ")[0].split("  #")[0].strip() for line in fence[3].splitlines())
    yield from INLINE.findall(FENCE.sub("", text))


def _commands(page: Path) -> list[list[str]]:
    """The words of each `themes …` on a page."""
    found = []
    for code in _code(page):
        words = shlex.split(code.replace("'", "’"), comments=False) if code else []
        if words and Path(words[0]).name == "themes" and len(words) > 1:
            found.append(words[1:])
    return found


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    from themes.cli.main import app

    return dict(typer.main.get_command(app).commands)


def _options(command: Any) -> set[str]:
    """Of a command, or of all commands of a group."""
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(*(_options(each) for each in getattr(command, "commands", {}).values()))


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not re.match(r"https?:|mailto:", link)]

    broken = [link for link in links if not _leads_somewhere(page, link)]

    assert broken == []


def _leads_somewhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = (page.parent / place).resolve() if place else page
    if not target.exists():
        return False
    return not anchor or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_paths_are_there(page: Path) -> None:
    missing = [
        word.rstrip(".,:;")
        for code in _code(page)
        for word in code.split()
        if word.startswith(FOLDERS)
        and not MADE_BY_THE_READER.search(word)
        and not (ROOT / word.rstrip(".,:;")).exists()
    ]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_commands_of_themes_are_registered_with_these_options(page: Path, commands: dict[str, Any]) -> None:
    wrong = []
    for name, *words in _commands(page):
        if name == "--help":
            continue
        command = commands.get(name)
        if hasattr(command, "commands"):  # a command of commands, such as `themes vault`
            command = command.commands.get(words[0]) if words else command
        if command is None:
            wrong.append(" ".join([name, *words[:1]]))
            continue
        options = _options(command) | {"--help"}
        wrong += [f"{name} {word}" for word in words if word.startswith("--") and word.split("=")[0] not in options]

    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_targets_of_make_are_in_the_makefile(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = {code.split()[1] for code in _code(page) if re.match(r"make [a-z]", code)}

    assert used <= targets


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_settings_of_the_environment_are_known(page: Path) -> None:
    known = {f"THEMES_{name.upper()}" for name in Settings.model_fields} | {
        "THEMES_BENCH_DATA",
        "THEMES_BENCH_SCRATCH",
        "THEMES_BENCH_TORCH",
        "THEMES_PICTURES",
    }

    assert set(re.findall(r"THEMES_[A-Z_]+", page.read_text(encoding="utf-8"))) <= known


def test_the_readme_begins_with_five_lines_at_most() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = next(fence for fence in FENCE.finditer(readme) if fence[2] == "sh")

    lines = [line for line in block[3].splitlines() if line.strip()]
    assert len(lines) <= 5
    assert "make run" in [line.split("  ")[0].strip() for line in lines]


def test_settings_shown_for_corpus_toml_are_read(tmp_path: Path) -> None:
    from themes.read.spec import read_spec

    shown = [
        fence[3] for page in PAGES for fence in FENCE.finditer(page.read_text(encoding="utf-8")) if fence[2] == "toml"
    ]
    assert shown
    for settings in shown:
        assert tomllib.loads(settings)
        source = '\n[[source]]\nname = "a"\nreader = "story_file"\nfiles = "*"\n'
        (tmp_path / "corpus.toml").write_text(f'name = "a"\n{settings}{source}', encoding="utf-8")
        read_spec(tmp_path)


def test_notice_names_every_model_with_its_pin_and_the_hash_of_each_file() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    tokenizer = models.encoder()[1]
    vectors, _ = models.pieces()
    spacy = Path(models.spacy_model())
    files = {
        **{str(path.relative_to(spacy)): path for path in spacy.rglob("*") if path.is_file()},
        "model.onnx": models.encoder()[0],
        "tokenizer.json": tokenizer,
        "model.safetensors": vectors,
    }
    lines = {f"  {hashlib.sha256(path.read_bytes()).hexdigest()}  {name}" for name, path in files.items()}

    assert lines - set(notice.splitlines()) == set()
    assert {pin for pin in models.PINNED.values() if pin not in notice} == set()


def test_the_adrs_keep_to_their_form() -> None:
    pages = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [int(page.name[:4]) for page in pages if page.name[0].isdigit()]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        headings = ["Situation", "Decision", "What we gave up", "How we would notice it was wrong"]
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == headings
        assert len(text.splitlines()) <= 60
        assert text.startswith(f"# {int(page.name[:4])}. ")


def test_an_adr_that_is_named_is_there() -> None:
    there = {int(page.name[:4]) for page in (ROOT / "docs/adr").glob("*.md") if page.name[0].isdigit()}
    texts = [*PAGES, *(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")]
    named = {
        number
        for path in texts
        for told in re.findall(r"\bADRs? (\w+(?:(?:, | and )\d+)*)", path.read_text(encoding="utf-8"))
        for number in re.split(", | and ", told)
    }
    assert len(named) > 5
    assert [number for number in sorted(named) if not number.isdigit() or int(number) not in there] == []
