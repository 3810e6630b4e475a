"""A guess at what each column of a survey table is, from its name and from what kind of values it holds.

The reasons name kinds and counts of values, never a value: they are shown on screens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from themes.read.dates import date_of_cell

FEWEST_WORDS_LONG = 5
"""Words from which an answer is taken for a sentence of somebody's own."""
FEWEST_LONG, FEWEST_SHARE_LONG = 10, 0.2
"""So many such answers, or this share of them, make a column open: "Anything else?" is mostly answered "no"."""
MOST_ANSWERS_CLOSED = 25
"""Different answers a closed question may have; the longest pick-lists in surveys (regions, schemes) stay below."""
LONGEST_ID = 40
WORDS_OF_A_HEADING = 3

CASE_NAMES = re.compile(
    r"(?:respond(?:ent|ant)|response|participant|person|case|record|user|submission|entry|row)?\s*"
    r"(?:id|ref(?:erence)?|no|number|num|code|key|#)\.?|respondent|participant|uuid|guid",
    re.IGNORECASE,
)
DATE_NAMES = re.compile(r"\b(?:date|submitted|timestamp|completed|received|time|started|ended)\b", re.IGNORECASE)
CONSENT_NAMES = re.compile(r"\b(?:consent|permission|may we|can we|happy for us|agree)\b", re.IGNORECASE)
HIDDEN_NAMES = re.compile(r"\b(?:anonym\w*|hide|hidden|withh[oe]ld)\b", re.IGNORECASE)
AUTHOR_NAMES = re.compile(r"(?:your |full |first |last |sur|fore|contact |respondent )?name", re.IGNORECASE)
SPEAKER_NAMES = re.compile(r"(?:your )?(?:role|speaker)|i am an?\b.*|are you an?\b.*|answering as\b.*", re.IGNORECASE)
CONTACT_NAMES = re.compile(
    r"\b(?:e-?mail|phone|telephone|mobile|address|post\s?code|ip|twitter|facebook|d\.?o\.?b|date of birth|birthday"
    r"|national insurance|ni number|nhs number|latitude|longitude)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column is taken for, and why. `taken_for` is an option of the survey reader, or "" if it is not read."""

    column: str
    taken_for: str
    why: str


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    place: int
    values: Sequence[str]

    @property
    def different(self) -> int:
        return len({value.casefold() for value in self.values})

    @property
    def is_open(self) -> bool:
        """Some people wrote a sentence, and not all the same one, as they would by picking it from a list."""
        long = [value.casefold() for value in self.values if len(value.split()) >= FEWEST_WORDS_LONG]
        return (
            bool(long)
            and len(long) >= min(FEWEST_LONG, FEWEST_SHARE_LONG * len(self.values))
            and len(set(long)) > len(long) / 2
        )

    @property
    def is_few_answers(self) -> bool:
        """Answers come again and again, as those of a pick-list do."""
        return 2 <= self.different <= min(MOST_ANSWERS_CLOSED, max(2, len(self.values) // 2))

    @property
    def is_id(self) -> bool:
        return self.different == len(self.values) and max(map(len, self.values)) <= LONGEST_ID

    @property
    def is_date(self) -> bool:
        return sum(date_of_cell(value) is not None for value in self.values) >= 0.8 * len(self.values)


SINGLE = ("case", "written", "consent", "name_hidden", "author", "speaker")
"""Options that take one column."""


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[ColumnGuess]:
    """What each column is taken for, in the order of the header.

    Args:
        header: Column names, tidied; blank ones are passed over, as are names that stand there twice.
        rows: Cells of the rows below it, as strings. A few hundred are enough.

    >>> rows = [["1", "They rang me twice a day", "yes"], ["2", "Nobody asked what I can do", "no"]]
    >>> [guess.taken_for for guess in guess_columns(["id", "What happened?", "In work"], rows)]
    ['case', 'open', 'closed']
    """
    guesses: list[ColumnGuess] = []
    taken: set[str] = set()
    for place, name in enumerate(header):
        if not name or header.count(name) > 1:
            continue
        values = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        guess = _guess(_Column(name, place, values))
        if guess.taken_for in SINGLE and guess.taken_for in taken:
            guess = ColumnGuess(name, "", f"not read: another column is already taken for `{guess.taken_for}`")
        taken.add(guess.taken_for)
        guesses.append(guess)
    return guesses


def _guess(column: _Column) -> ColumnGuess:
    name, values = re.sub(r"[\s_-]+", " ", column.name), column.values

    def taken(taken_for: str, why: str) -> ColumnGuess:
        return ColumnGuess(column.name, taken_for, why)

    if not values:
        return taken("", "not read: it is empty")
    if CASE_NAMES.fullmatch(name) and column.is_id:
        return taken("case", "its name speaks of an id, and every row has its own short value")
    # A question may speak of an address or a name; a heading that is only that holds one, however long.
    if CONTACT_NAMES.search(name) and (len(name.split()) <= WORDS_OF_A_HEADING or not column.is_open):
        return taken("", "not read: by its name it holds contact details, which the analysis has no use for")
    if AUTHOR_NAMES.fullmatch(name):
        return taken("author", "its name says that people's names stand in it; they are looked for and taken out")
    if HIDDEN_NAMES.search(name) and column.different <= 3:
        return taken("name_hidden", "its name speaks of hiding, and it has at most three different answers")
    if CONSENT_NAMES.search(name) and column.different <= 6:
        return taken("consent", "its name speaks of permission, and it has few different answers")
    if DATE_NAMES.search(name) and column.is_date:
        return taken("written", "its name speaks of a time, and its values are dates")
    if SPEAKER_NAMES.fullmatch(name) and column.different <= MOST_ANSWERS_CLOSED:
        return taken("speaker", "its name asks who is speaking, and it has few different answers")
    if column.is_open:
        return taken("open", f"long, varied text: {column.different} different answers in {len(values)} rows")
    if column.is_few_answers:
        return taken("closed", f"{column.different} different answers in {len(values)} rows")
    if column.different == 1:
        return taken("", "not read: every row says the same")
    return taken("", f"not read: {column.different} different short values in {len(values)} rows")
