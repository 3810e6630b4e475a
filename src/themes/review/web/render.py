"""Pages out of templates: everything that is put in is escaped, and what is missing is an error."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from themes.review.reasons import TOLD
from themes.review.web.static_files import address_of
from themes.review.web.words import percent, plain_words, polarity_word

TEMPLATES = Path(__file__).parent / "templates"


def renderer() -> Callable[[str, Mapping[str, Any]], str]:
    """A function that lays a page out: a template's name and what it needs."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"percent": percent, "plain": plain_words, "polarity": polarity_word}
    environment.globals |= {"static": address_of, "reasons": TOLD}

    def render(template: str, values: Mapping[str, Any]) -> str:
        return environment.get_template(template).render(values)

    return render
