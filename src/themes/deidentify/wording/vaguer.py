"""Ages, dates and lengths of time, read from figures or words and made vaguer."""

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "twa": 2, "fower": 4, "sax": 6, "seeven": 7, "acht": 8}  # fmt: skip
"""As they are said in England and in Scotland."""
ONE_AFTER_TENS = {"wan": 1, "yin": 1, "ane": 1}
"""As it is said in Scotland, "thurty-wan"; alone a word like others."""
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "eleeven": 11, "twal": 12, "fowerteen": 14, "saxteen": 16,
    "seeventeen": 17,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "twinty": 20, "thurty": 30, "fowerty": 40, "fufty": 50, "saxty": 60, "seeventy": 70, "echty": 80,
}  # fmt: skip
ROUND_BIRTHDAYS = {
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
ORDINAL = (
    r"(?:(?:twenty|thirty)[ \-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
"""A day of a month in words."""
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
"""Months as some write them by hand: 4.iv.23."""
ROMAN_DATE = (
    rf"\d{{1,2}}(?P<roman_mark>[./ \-])"
    rf"(?:{'|'.join(sorted(ROMAN, key=len, reverse=True))})"
    r"(?P=roman_mark)(?:(?:19|20)\d\d|\d\d)(?!\d)"
)
FIXED_FEASTS = {
    "hogmanay": 12,
    "christmas eve": 12,
    "christmas day": 12,
    "boxing day": 12,
    "new year's eve": 12,
    "new year's day": 1,
    "twelfth night": 1,
    "burns night": 1,
    "candlemas": 2,
    "valentine's day": 2,
    "st david's day": 3,
    "st patrick's day": 3,
    "lady day": 3,
    "april fools' day": 4,
    "april fool's day": 4,
    "st george's day": 4,
    "may day": 5,
    "midsummer's day": 6,
    "midsummer day": 6,
    "st swithin's day": 7,
    "lammas day": 8,
    "michaelmas day": 9,
    "halloween": 10,
    "hallowe'en": 10,
    "all souls' day": 11,
    "bonfire night": 11,
    "guy fawkes night": 11,
    "guy fawkes": 11,
    "armistice day": 11,
    "remembrance day": 11,
    "st andrew's day": 11,
    "christmas": 12,
    "new year": 1,
    "michaelmas": 9,
}
"""Feasts that fall in the same month every year, and that month."""
MOVABLE_FEASTS = (
    "good friday",
    "easter sunday",
    "easter monday",
    "easter saturday",
    "palm sunday",
    "shrove tuesday",
    "pancake day",
    "ash wednesday",
    "maundy thursday",
    "holy saturday",
    "whit sunday",
    "whit monday",
    "ascension day",
    "trinity sunday",
    "mothering sunday",
    "mother's day",
    "father's day",
    "remembrance sunday",
    "advent sunday",
    "eid",
    "yom kippur",
    "rosh hashanah",
    "diwali",
    "chinese new year",
    "easter",
    "whitsun",
    "whit",
    "pentecost",
    "lent",
    "ramadan",
    "passover",
)
BIG = re.compile(rf"\bbig (?:(?P<figure>[2-9])|(?P<word>{'|'.join(UNITS)}))[\-. ]?(?:0|oh?)$", re.IGNORECASE)
"""A round birthday: "the big 5-0"."""
LAST_DAY = 31
"""A number after a month up to this one is a day of it, unless a day stands before the month."""
LATEST_SHORT_YEAR = 30
"""A year of two figures up to this one is of this century; "'62" is of the last."""


def _without_marks(words: str) -> str:
    """In small letters and without apostrophes, as many write: "New Years Eve"."""
    return words.casefold().replace("’", "").replace("'", "")


def month_of(words: str) -> str:
    """The month, and year where there is one, that an exact date falls in; empty where neither can be told.

    A day that its month does not have is no matter: the month is read, never the day. Figures are read as they are
    written in the UK, day first, unless the second cannot be a month.

    >>> month_of("14/02/2013"), month_of("3rd of March"), month_of("2014-05-01"), month_of("31/02/13")
    ('February 2013', 'March', 'May 2014', 'February 2013')
    """
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", words)
    if roman := re.fullmatch(ROMAN_DATE, words, re.IGNORECASE):
        short_year = re.split(r"[./ \-]", words)[2]
        month = MONTHS[ROMAN[re.split(re.escape(roman["roman_mark"]), words)[1].casefold()] - 1]
        return f"{month} {_full_year(int(short_year))}"
    plain = _without_marks(words)
    if feast := next((feast for feast in FIXED_FEASTS if _without_marks(feast) in plain), None):
        month = MONTHS[FIXED_FEASTS[feast] - 1]
        return f"{month} {year.group()}" if year else month
    named = re.search(rf"(?<![a-z]){MONTH}", words, re.IGNORECASE)
    if not named and re.search(r"\d(?:st|nd|rd|th)(?![a-z])", words, re.IGNORECASE):
        return ""  # "1st and 3rd" are days of a month that is not told
    if not named:
        return _month_in_figures([int(part) for part in re.findall(r"\d+", words)])
    number = next(i for i, month in enumerate(MONTHS) if month.casefold().startswith(named.group().casefold()[:3]))
    if year is None:
        after = words[named.end() :]
        short = re.search(r"[ \-](['’]?)(\d\d)$", after)
        told = re.search(rf"\d|\b(?:{ORDINAL})\b", words[: named.start()], re.IGNORECASE)
        if short is None or not (told or short[1] or int(short[2]) > LAST_DAY):
            return MONTHS[number]  # "June 12"
        return f"{MONTHS[number]} {_full_year(int(short[2]))}"
    return f"{MONTHS[number]} {year.group()}"


def names_a_day(words: str) -> bool:
    """Whether a date is exact to the day, not to its month or year.

    >>> names_a_day("3 May"), names_a_day("the third of May"), names_a_day("May 2014"), names_a_day("05/2014")
    (True, True, False, False)
    """
    figures = re.findall(r"\d+", words)
    if re.search(rf"\b(?:{ORDINAL})\b|day\b|\bthe week\b", words, re.IGNORECASE) or len(figures) > 2:
        return True
    plain = _without_marks(words)
    if any(_without_marks(feast) in plain for feast in (*FIXED_FEASTS, *MOVABLE_FEASTS)):
        return True
    if not re.search(r"[a-z]", words, re.IGNORECASE):
        return all(len(figure) < 3 for figure in figures)  # 14/05, not 05/2014
    # "May '14" is a month of a year; in "14 May" the day comes first, in "May 14th" it has an ending.
    return any(len(part) < 3 for part in re.findall(r"(?<!['’\d])\d+", words))


def age_band(words: str) -> str:
    """The band of ten years that an age falls in, "40–49"; empty if no number can be read from it.

    >>> age_band("forty-seven"), age_band("a 9 yr old"), age_band("93"), age_band("the big 5-0")
    ('40–49', '0–9', '90 or over', '50–59')
    """
    figures = re.search(r"\d{1,3}", words)
    number = int(figures.group()) if figures else _spelled(words.casefold())
    if big := BIG.search(words):
        number = 10 * (int(big["figure"]) if big["figure"] else UNITS[big["word"].casefold()])
    if number is None:
        return ""
    if re.search(r"week|month|day|wk|mth", words, re.IGNORECASE) and not re.search(r"year|yr", words, re.IGNORECASE):
        return "0–9"
    return "90 or over" if number >= 90 else f"{number // 10 * 10}–{number // 10 * 10 + 9}"


def sex_told(words: str) -> str:
    """The sex that a letter beside an age tells: "female" for "47F" and "f/47"; empty where none does.

    >>> sex_told("47F"), sex_told("m/52"), sex_told("forty-five")
    ('female', 'male', '')
    """
    letter = re.fullmatch(r"(?:([mf])/?)?\d{2}(?:/?([mf]))?", words.casefold())
    told = (letter[1] or letter[2]) if letter else None
    return {"f": "female", "m": "male"}.get(told or "", "")


def decade_or_unit(words: str) -> str:
    """A year alone as its decade, a length of time as its longest unit; empty if neither can be read.

    >>> decade_or_unit("1995"), decade_or_unit("four years and six months"), decade_or_unit("two-month")
    ('date: 1990s', 'some years', 'some months')
    """
    year = re.search(r"(?<!\d)(?:19|20)\d", words)
    if year:
        return f"date: {year.group()}0s"
    unit = re.search(r"year|month", words, re.IGNORECASE)
    return f"some {'years' if 'year' in words.casefold() else 'months'}" if unit else ""


def _month_in_figures(parts: list[int]) -> str:
    """From day, month, year; year, month, day; month, year; or day, month."""
    if len(parts) == 2 and parts[1] < 100:
        return MONTHS[parts[1] - 1] if 1 <= parts[1] <= 12 else ""
    if len(parts) == 2:
        parts = [0, *parts]
    if len(parts) != 3:
        return ""
    day, month, year = parts if parts[0] < 100 else reversed(parts)
    if month > 12 >= day:
        day, month = month, day
    return f"{MONTHS[month - 1]} {_full_year(year)}" if 1 <= month <= 12 else ""


def _spelled(words: str) -> int | None:
    parts = re.findall(r"[a-z]+", words)
    for i, part in enumerate(parts):
        if part in TENS:
            return TENS[part] + (UNITS.get(parts[i + 1], 0) if i + 1 < len(parts) else 0)
        if part in TEENS or part in UNITS:
            return TEENS.get(part) or UNITS[part]
        if part in ROUND_BIRTHDAYS:
            return ROUND_BIRTHDAYS[part]
    return None


def _full_year(year: int) -> int:
    return year if year > 99 else 1900 + year if year > LATEST_SHORT_YEAR else 2000 + year
