"""Our own prose is for a reader of twelve or thirteen, and our colours for one who does not see well."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import themes.report

TEMPLATES = Path(themes.report.__path__[0]) / "templates"
STYLE = (TEMPLATES / "report.css").read_text(encoding="utf-8")


def prose() -> list[str]:
    """What the templates say by themselves, placeholders taken out."""
    paragraphs = []
    for template in TEMPLATES.glob("*.html"):
        text = re.sub(r"{{.*?}}", "something", template.read_text(encoding="utf-8"))
        text = re.sub(r"{%.*?%}|{#.*?#}", "", text, flags=re.DOTALL)
        tree = LexborHTMLParser(text)
        paragraphs += [" ".join(node.text().split()) for node in tree.css("p, li, figcaption")]
    return [paragraph for paragraph in paragraphs if paragraph.count(" ") > 6]


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))
    return max(1, len(groups))


def grade(text: str) -> float:
    """Flesch–Kincaid grade level (Kincaid et al., 1975): years at school; add five for an age."""
    sentences = len(re.findall(r"[.!?:;](?:\s|$)", text)) or 1
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_tells_plain_from_heavy():
    plain = "They read each text. Then they put it in a pile. Each pile has a name."
    heavy = (
        "Operationalisation of the deductive categorisation necessitates comprehensive methodological justification."
    )
    assert grade(plain) < 3
    assert grade(heavy) > 15


def test_our_prose_can_be_read_at_twelve():
    assert len(prose()) > 25
    assert grade(" ".join(prose())) <= 7.5
    assert [paragraph for paragraph in prose() if grade(paragraph) > 11] == []


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))


LIGHT = colours(STYLE[: STYLE.index("@media")])
DARK = LIGHT | colours(STYLE[STYLE.index("@media") : STYLE.index("*, *::before")])


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(palette):
    inks = ("ink", "soft", "link", "good-ink", "bad-ink", "mixed-ink")
    pairs = [(ink, ground) for ink in inks for ground in ("paper", "card", "wash")]
    pairs.append(("edition", "edition-paper"))
    assert [pair for pair in pairs if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []


def test_contrast_is_as_defined():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777", "#fff"), 2) == 4.48
