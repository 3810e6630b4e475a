import io
import re

from PIL import Image

from themes.report.plots import INK, LINE, ON_PAPER, Drawing, bars, flow, heat_map, months


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_bars_write_each_number_and_hide_the_hidden():
    svg = bars(["Sanctions", "Choice"], [43, None], width=680, hidden="fewer than 10")
    assert sorted(texts(svg)) == ["43", "Choice", "Sanctions", "fewer than 10"]


def test_a_hidden_bar_has_one_length_whatever_it_hides():
    """There is nothing in the picture to measure: the number never came here."""
    one, two = (bars(["a", "b"], [20, None], width=width, hidden="hidden") for width in (680, 680))
    assert one == two


def test_a_grid_writes_shown_numbers_dots_and_nothing():
    svg = heat_map(["A", "B"], ["1", "2"], [[-1, 12], [None, 30]], width=680)
    assert sorted(texts(svg)) == ["1", "12", "2", "30", "A", "B", "·"]


def test_months_are_marked_and_counted():
    svg = months([("Everyone", [12, None, 15])], ["2023-11", "2023-12", "2024-01"], width=350)
    assert sorted(texts(svg)) == ["12", "15", "Dec 23", "Everyone", "Jan 24", "Nov 23"]


def test_a_flow_writes_what_has_room():
    assert texts(flow([("coded", 95, "#0072B2"), ("empty", 5, "#8C6D1F")], width=680)) == ["95"]


def test_a_picture_can_stand_in_any_page():
    svg = bars(["$5 & <more> $6"], [43], width=350, hidden="hidden")
    assert texts(svg)[1] == "$5 &amp; &lt;more&gt; $6"
    assert svg.startswith("<svg viewBox=") and svg.endswith("</svg>")
    assert re.findall(r" id=|<style|<defs|url\(|href|font-family|http", svg) == []
    assert "currentColor" in svg


def test_a_drawing_can_be_had_as_the_same_png_again():
    one, two = (bars(["Sanctions"], [43], width=680, hidden="hidden") for _ in range(2))
    assert isinstance(one, Drawing)
    assert one.png().startswith(b"\x89PNG")
    assert one.png() == one.png() == two.png()


def test_a_png_has_the_colours_of_paper_and_not_those_that_stand_for_the_readers():
    drawing = bars(["Sanctions", "Choice"], [43, None], width=680, hidden="hidden")
    with Image.open(io.BytesIO(drawing.png())) as image:
        found = {"#{:02x}{:02x}{:02x}".format(*pixel[:3]) for _, pixel in image.convert("RGB").getcolors(1_000_000)}
    assert {ON_PAPER[INK], ON_PAPER[LINE]} <= found
    assert found & {INK, LINE} == set()
