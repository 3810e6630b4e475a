"""Names told letter by letter: "that's S-I-O-B-H-A-N", "surname W R I G G"."""

import re
from collections.abc import Iterator

from themes.deidentify.wording.figures import detail
from themes.deidentify.wording.lexicon import listed_names
from themes.records.privacy import Finding

LETTERS = re.compile(
    r"(?<![\w.'’\-])(?P<spelled>[A-Za-z](?P<joint>[-.]| - |, |\. )[A-Za-z](?:(?P=joint)[A-Za-z]){2,14}"
    r"|[A-Z](?: [A-Z]){3,14})(?![\w'’]|-\w)"
)
SPELLING = re.compile(
    r"\b(?:spel(?:t|led|ling|l)s?|name(?: is| was|['’]?s)?)(?: it| is| as| out|,|:){0,2} ?[\"'“‘(]?$", re.IGNORECASE
)
"""What stands before the letters of somebody's name."""


def spelled_names_in(text: str) -> Iterator[Finding]:
    """Four letters and more, each apart, that make a name, or that the words before say are one.

    >>> text = "It is K-A-R-E-N, from the D-W-P-X"
    >>> [finding.span.of(text) for finding in spelled_names_in(text)]
    ['K-A-R-E-N']
    """
    for match in LETTERS.finditer(text):
        name = re.sub(r"[^A-Za-z]", "", match["spelled"]).casefold()
        if name in listed_names() or SPELLING.search(text, max(0, match.start() - 24), match.start()):
            yield detail("PERSON", *match.span("spelled"), 0.9)
