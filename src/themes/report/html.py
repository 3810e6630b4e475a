"""A report as one HTML file: style and pictures inside, nothing fetched, everything escaped."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from themes.reader_words import number
from themes.report.words import capitalize_first, listed, named, plain
from themes.store.files import whole_file

TEMPLATES = Path(__file__).parent / "templates"
STYLES = ("report.css", "print.css")


def write_page(report: object, path: Path, *, template: str = "report.html", **more: object) -> Path:
    """Lay the report out and put it in place whole.

    Args:
        report: What the template calls `report`.
        path: The file to write.
        template: A file of the folder `templates`.
        **more: What else the template asks for, by name.

    Raises:
        StoreError: If the file cannot be written.
    """
    page = render(report, template=template, **more)
    with whole_file(path) as partial:
        partial.write_text(page, encoding="utf-8")
    return path


def render(report: object, *, template: str = "report.html", **more: object) -> str:
    """The page. Whatever is not a picture of ours or our own style sheet is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "listed": listed, "named": named, "capitalize_first": capitalize_first}
    environment.filters["with_links"] = with_links
    environment.globals |= {"number": number}
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    values: dict[str, Any] = {"report": report, "style": Markup(style), **more}  # noqa: S704  # our own file
    return environment.get_template(template).render(values) + "\n"


def with_links(sentence: str, links: Mapping[str, str]) -> str:
    """A sentence as HTML, in which each name in quotes that has a place in the page leads there.

    >>> str(with_links("Most of “Food & rent”.", {"Food & rent": "#theme-food"}))
    'Most of “<a href="#theme-food">Food &amp; rent</a>”.'
    """
    from markupsafe import Markup, escape

    parts = re.split("“([^”]*)”", sentence)
    written = Markup()
    for place, part in enumerate(parts):
        if place % 2 == 0:
            written += part
        elif part in links:
            written += Markup("“") + Markup('<a href="{}">{}</a>').format(links[part], part) + Markup("”")
        else:
            written += escape(f"“{part}”")
    return written
