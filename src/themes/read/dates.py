"""Dates as people and programs write them in Britain: day before month, never guessed."""

import re
from datetime import date, timedelta

EARLIEST, LATEST = date(1990, 1, 1), date(2039, 12, 31)
"""Nobody commented online before, and a later date is a slip of the keyboard."""
_EXCEL_DAY_ZERO = date(1899, 12, 30)  # counts the 29 February 1900 that Excel believes in
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_SHAPES = tuple(
    re.compile(rf"(?<![\w/.-]){shape}(?![\w/-])", re.IGNORECASE)
    for shape in (
        _ISO + r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?",
        r"(?P<day>\d{1,2})(?P<by>[/.-])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4}|\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    )
)
_AROUND = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?"
    r"|(?:at|@|-|,|\||on)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|(?:GMT|BST|UTC)|\d{1,2}\s*[ap]m|[\s,|@–-]+|at",
    re.IGNORECASE,
)


def find_date(text: str) -> date | None:
    """The first date in a line, or None when there is none, it does not exist, or it is out of range.

    >>> find_date("03/04/2012"), find_date("31/02/2012"), find_date("9 October 2013 at 10:15 am")
    (datetime.date(2012, 4, 3), None, datetime.date(2013, 10, 9))
    """
    first = min((m for shape in _SHAPES if (m := shape.search(text))), key=lambda m: m.start(), default=None)
    return _made(first) if first else None


def only_date(text: str) -> date | None:
    """The date of a line that says nothing else but a weekday and a time of day; otherwise None."""
    for shape in _SHAPES:
        match = shape.search(text)
        if match and not _AROUND.sub("", text[: match.start()] + " " + text[match.end() :]):
            return _made(match)
    return None


def date_of_cell(cell: str) -> date | None:
    """The date in a table's cell: as `find_date`, or an Excel serial (days since 1900).

    >>> date_of_cell("41556")
    datetime.date(2013, 10, 9)
    """
    if re.fullmatch(r"\d{5}(?:\.\d+)?", cell.strip()):
        return _in_range(_EXCEL_DAY_ZERO + timedelta(days=int(float(cell))))
    return find_date(cell)


def _made(match: re.Match[str]) -> date | None:
    month = match["month"]
    year = int(match["year"])
    try:
        found = date(
            year + 2000 if year < 100 else year,
            int(month) if month.isdigit() else _MONTHS[month[:3].lower()],
            int(match["day"]),
        )
    except ValueError:
        return None  # 31 February, or month before day: which one is meant cannot be known
    return _in_range(found)


def _in_range(found: date) -> date | None:
    return found if EARLIEST <= found <= LATEST else None
