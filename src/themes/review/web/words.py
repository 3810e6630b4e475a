"""Plain words for what records hold as ids."""

from themes.reader_words import MONTHS, PLAIN


def plain_words(name: object) -> str:
    """A value as a reader would say it.

    >>> plain_words("carer_family"), plain_words("2013-04"), plain_words("wished_for")
    ('carer or family', 'April 2013', 'wished for')
    """
    told = str(name)
    year, _, number = told.partition("-")
    if year.isdigit() and len(year) == 4 and number.isdigit() and 1 <= int(number) <= 12:
        return f"{MONTHS[int(number) - 1]} {year}"
    return PLAIN.get(told, told.replace("_", " "))


def percent(share: float | None) -> str:
    """A probability as people say it; never quite certain.

    >>> percent(0.996), percent(0.004), percent(None)
    ('99 %', '1 %', '')
    """
    return "" if share is None else f"{min(99, max(1, round(share * 100)))} %"


def polarity_word(polarity: str | None) -> str:
    """How an account is meant, as people say it.

    >>> polarity_word("negative"), polarity_word("neutral")
    ('a bad experience', '')
    """
    return {"negative": "a bad experience", "positive": "a good experience", "mixed": "mixed"}.get(polarity or "", "")
