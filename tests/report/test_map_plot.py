import re

import pytest

from themes.report.map_plot import Arc, Row, arcs

ROWS = (
    Row("Compulsion", is_group=True),
    Row("Sanctions & loss", people=40),
    Row("Coercion", people=None),
    Row("Nobody asked", is_group=True),
    Row("Buses", people=10, unasked=True),
)


def drawn(ties, width=680):
    return arcs(ROWS, ties, width=width)


def strokes(svg):
    """(colour, broken, how thick) of each arc, from the thinnest, as drawn."""
    found = re.findall(r'<path d="M[^"]*C[^"]*" style="fill: none; ([^"]*)"', svg)
    return [
        (re.search(r"stroke: ([^;]+)", style)[1], "dasharray" in style, float(re.search(r"width: ([\d.]+)", style)[1]))
        for style in found
        if "rule-strong" not in style
    ]


def test_the_wider_arc_is_of_more_people_and_a_theme_nobody_asked_for_has_a_broken_one():
    assert strokes(drawn([Arc(1, 2, 20), Arc(4, 1, 5)])) == [
        ("var(--tie-unasked, #B34700)", True, 1.85),
        ("var(--tie, #0072B2)", False, 5.0),
    ]


def test_a_hidden_number_has_a_hollow_dot_of_no_size_of_its_own():
    assert drawn([]).count("stroke: var(--rule-strong)") == 1


@pytest.mark.parametrize("width", [680, 350])
def test_each_name_is_written_as_text_and_nothing_else_is(width):
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn([Arc(1, 2, 20)], width)))
    assert words == "Compulsion Sanctions &amp; loss Coercion Nobody asked Buses"


def test_it_is_drawn_alike_each_time():
    assert drawn([Arc(1, 2, 20)]) == drawn([Arc(1, 2, 20)])
    assert "id=" not in drawn([Arc(1, 2, 20)])
