"""Our own prose in the report, and how hard it is to read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

import themes.report

REPORT = Path(themes.report.__path__[0])
FEWEST_WORDS = 7
"""Shorter ones are headings and labels, of which a formula for sentences tells nothing."""


def in_template(template: str) -> list[str]:
    """What a template says by itself, placeholders taken out."""
    text = re.sub(r"{{.*?}}", "something", template)
    text = re.sub(r"{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL)
    nodes = LexborHTMLParser(text).css("p, li, figcaption, dd")
    return _long_enough(" ".join(node.text().split()) for node in nodes)


def in_module(source: str) -> list[str]:
    """The sentences in a module's code, without its docstrings; what is filled in stands as "something"."""
    tree = ast.parse(source)
    for node in ast.walk(tree):  # a string by itself is a docstring: of a module, a class, a function, a field
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""
    found: list[str] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.JoinedStr):
            found.append(" ".join("".join(map(_words_of, node.values)).split()))
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(tree)
    found = [re.sub(r" (?=[,.;:!?])", "", text) for text in found]
    return [text for text in _long_enough(found) if not re.search(r"[\\<>{}|]|\(\?", text)]


def _words_of(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else " something "


def _long_enough(texts: Iterator[str] | list[str]) -> list[str]:
    return [text for text in texts if own_words(text) >= FEWEST_WORDS]


def own_words(text: str) -> int:
    """How many words are ours, and not filled in."""
    return len([word for word in re.findall(r"[A-Za-z’']+", text) if word != "something"])


def all_prose() -> dict[str, list[str]]:
    """Paragraphs by the file they stand in."""
    found = {path.name: in_template(path.read_text(encoding="utf-8")) for path in (REPORT / "templates").glob("*.html")}
    found |= {path.name: in_module(path.read_text(encoding="utf-8")) for path in REPORT.glob("*.py")}
    return {name: paragraphs for name, paragraphs in sorted(found.items()) if paragraphs}


def syllables(word: str) -> int:
    """Syllables of an English word, about: groups of vowels, without a mute ending.

    >>> [syllables(word) for word in ("people", "made", "table", "stopped", "needed", "experience", "idea")]
    [2, 1, 2, 1, 2, 4, 3]
    """
    word = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", word))
    count += len(re.findall("i[ao]|[^q]ua|eo(?!u|p)|ie[nt]", word)) - len(re.findall("[cgst]i(?:a|o|en)", word))
    if re.search("[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouycgsxz]es$", word):
        count -= 1
    if re.search("(?<=[aeiouy])le$", word):
        count -= 1
    return max(1, count)


def grade(text: str) -> float:
    """Flesch-Kincaid grade: years at school of who reads it with ease. Five more are an age in years.

    Source: Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75. As Flesch (1949, The Art of
    Readable Writing) has it, a colon and a semicolon end a unit of thought as a full stop does.
    """
    units = len(re.findall(r"[.!?:;](?:[”’)]|\s|$)", text.strip() + "\n")) or 1
    words = re.findall(r"[A-Za-z][A-Za-z’'-]*", text)
    return 0.39 * len(words) / units + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
