"""Plain words for what records hold as ids: months, speakers, lists."""

from collections.abc import Iterable
from datetime import datetime

from themes.reader_words import MONTHS, PLAIN


def plain(name: str) -> str:
    """A value as a reader would say it.

    >>> plain("carer_family"), plain("age_band")
    ('carer or family', 'age band')
    """
    return PLAIN.get(name, name.replace("_", " "))


def month_name(month: str) -> str:
    """A month in words; what is not one comes back as it is.

    >>> month_name("2013-04")
    'April 2013'
    """
    year, _, number = month.partition("-")
    if number.isdigit() and 1 <= int(number) <= 12:
        return f"{MONTHS[int(number) - 1]} {year}"
    return month


def day(moment: str) -> str:
    """An ISO 8601 time as a day in words.

    >>> day("2024-01-08T06:00:00+00:00")
    '8 January 2024'
    """
    try:
        when = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listed(["forms", "delay", "letters"])
    'forms, delay and letters'
    """
    given = list(words)
    if len(given) < 2:
        return "".join(given)
    return f"{', '.join(given[:-1])} {last} {given[-1]}"


def named(names: Iterable[str]) -> str:
    """Names of themes as a sentence lists them: in quotes, for many have commas in them.

    >>> named(["Choice, control", "Stigma"])
    '“Choice, control” and “Stigma”'
    """
    return listed(f"“{name}”" for name in names)


def capitalize_first(sentence: str) -> str:
    """The sentence with its first letter large and the others as they are.

    >>> capitalize_first("places in the UK")
    'Places in the UK'
    """
    return sentence[:1].upper() + sentence[1:]
