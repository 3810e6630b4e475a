"""Our own prose is for a reader of ten, and our colours for one who does not see well."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pytest

from report.prose import REPORT, all_prose, grade, in_module, in_template, own_words, syllables
from themes.read.codebook import packaged_codebook, read_codebook

STYLE = (REPORT / "templates" / "report.css").read_text(encoding="utf-8")


HARDEST = 9
"""The grade that no part of our prose may pass. Nine years at school: the reading of a fourteen-year-old."""
WHOLE = 5
"""The grade that all of it together may not pass: a reader of ten."""

HEAVY = "Operationalisation of the deductive categorisation necessitates comprehensive methodological justification."


def joined(paragraphs: Iterable[str]) -> str:
    return " ".join(text if text[-1] in ".!?:" else f"{text}." for text in paragraphs)


def too_hard(parts: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Parts, and paragraphs of at least ten words of ours, that are harder than they may be."""
    found = [(name, "as a whole") for name, paragraphs in parts.items() if grade(joined(paragraphs)) > HARDEST]
    long = [(name, text) for name, paragraphs in parts.items() for text in paragraphs if own_words(text) >= 10]
    return found + [(name, text) for name, text in long if grade(text) > HARDEST]


def test_the_measure_tells_plain_from_heavy():
    plain = "They read each text. Then they put it in a pile. Each pile has a name."
    assert grade(plain) < 3
    assert grade(HEAVY) > 15


@pytest.mark.parametrize(
    ("word", "counted"),
    [("people", 2), ("made", 1), ("stopped", 1), ("needed", 2), ("changes", 2), ("themes", 1), ("codes", 1),
     ("experience", 4), ("idea", 2), ("decision", 3), ("computer", 3), ("once", 1), ("quiet", 2), ("social", 2)],
)  # fmt: skip
def test_syllables_are_about_as_spoken(word, counted):
    assert syllables(word) == counted


def test_the_grade_is_as_defined():
    """13 words, 2 sentences, 15 syllables: .39 * 6.5 + 11.8 * 15 / 13 - 15.59."""
    text = "We read the two texts on the desk. Nobody lost a page then."
    assert grade(text) == pytest.approx(0.39 * 6.5 + 11.8 * 15 / 13 - 15.59)


def test_our_prose_can_be_read_at_ten_and_no_part_is_beyond_fourteen():
    parts = all_prose()
    assert {"opening.html", "closing.html", "shares.py", "news.py", "checklist.py"} <= set(parts)
    assert sum(len(paragraphs) for paragraphs in parts.values()) > 150
    assert grade(joined(text for paragraphs in parts.values() for text in paragraphs)) <= WHOLE
    assert too_hard(parts) == []


def test_hard_prose_is_found_wherever_it_stands():
    hard = f"{HEAVY[:-1]}, notwithstanding considerable organisational complications."
    template = in_template(
        f"<ul><li>{{{{ number }}}} {hard}</li></ul><p>{{# {HEAVY} #}}Plain words are here to stay.</p>"
    )
    module = in_module(
        f'"""{HEAVY}"""\nNAME = "{hard}"\n\ndef says(n):\n    """{HEAVY}"""\n    return f"{hard} {{n}}"\n'
    )
    assert template == [f"something {hard}"]
    assert module == [hard, f"{hard} something"]
    parts = {**all_prose(), "planted.html": template, "planted.py": module}
    assert {name for name, _ in too_hard(parts)} == {"planted.html", "planted.py"}


def test_the_packaged_glossary_explains_in_plain_words():
    """Names of benefits are long, and nobody here chose them: so the meanings are weighed together."""
    meanings = read_codebook(packaged_codebook()).glossary.values()
    assert grade(joined(meanings)) <= HARDEST


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
    lines = [(tie, ground) for tie in ("tie", "tie-unasked") for ground in ("paper", "card")]
    assert [pair for pair in lines if contrast(palette[pair[0]], palette[pair[1]]) < 3] == []
    assert [pair for pair in pairs if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []


def test_contrast_is_as_defined():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777", "#fff"), 2) == 4.48
