import numpy as np
import pytest

from themes.deidentify.decide.left_out import NEARLY, SURER, is_a_judgment, telling
from themes.deidentify.decide.verdicts import CUTS
from themes.deidentify.decide.word_runs import likely_from
from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.weights import FAMILIES
from themes.deidentify.wording.words import words_of
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span

SURE, NOT = 5.0, -9.0
COURT = "The applicant lodged proceedings. The court heard the respondent. "
"""Makes a judgment of what follows."""


def odds(text: str, /, family: str = "strict", **graded: float) -> np.ndarray:
    """Log-odds of a family by word, all others far below every cut."""
    columns = np.full((len(look(text).words), len(FAMILIES)), NOT)
    for i, word in enumerate(look(text).words):
        columns[i, FAMILIES.index(family)] = graded.get(word.plain.replace("'", "_"), NOT)
    return columns


def all_strict(text: str) -> np.ndarray:
    columns = np.full((len(look(text).words), len(FAMILIES)), NOT)
    columns[:, FAMILIES.index("strict")] = SURE
    return columns


def told(text: str, columns: np.ndarray | None = None, *settled: Finding) -> list[str]:
    found = telling(look(text), all_strict(text) if columns is None else columns, 0.0, settled)
    return [finding.span.of(text) for finding in found]


def a_person(text: str, words: str) -> Finding:
    start = text.index(words)
    return Finding(Span(start, start + len(words)), "PERSON", IdentifierKind.DIRECT, 1.0, "evidence")


def test_a_judgment_has_many_words_of_courts() -> None:
    assert is_a_judgment(words_of(COURT))
    assert not is_a_judgment(words_of("The court heard me and the respondent, and the applicant was me."))
    assert not is_a_judgment(words_of(COURT + "so I went home and cried " * 50))


def test_schemes_stay_and_what_tells_in_a_judgment_does_not() -> None:
    text = COURT + "With Osborne"
    assert told(text, odds(text, osborne=SURE)) == []
    text = COURT + "three lawyers of ESA"
    assert told(text, odds(text, three=SURE, lawyers=SURE, esa=SURE)) == ["three lawyers"]


@pytest.mark.parametrize(
    ("text", "word", "more"), [("so 77 came", "77", SURER), ("so 777 came", "777", 0.0), ("so blue came", "blue", 0.0)]
)
def test_what_tells_is_over_its_cut_and_a_small_number_well_over_it(text: str, word: str, more: float) -> None:
    text = COURT + text
    assert telling(look(text), odds(text, **{word: 1.0 + more}), 1.0) == []
    (found,) = telling(look(text), odds(text, **{word: 1.1 + more}), 1.0)
    start = text.index(word)
    expected = Span(start, start + len(word))
    assert found == Finding(expected, "MISC", IdentifierKind.QUASI, likely_from(1.1 + more), "evidence")


def test_weekdays_titles_and_i_tell_nothing_by_themselves() -> None:
    for words in ("the", "Monday", "Fri", "Mrs", "I", "I’d", "I'd"):
        for text in (f"so, {words}, then", f"{COURT}so, {words}, then"):
            columns = np.full((len(look(text).words), len(FAMILIES)), NOT)
            columns[-2, FAMILIES.index("strict")] = SURE
            assert told(text, columns) == []
    text = COURT + "so, the lawyers, then"
    assert told(text, odds(text, lawyers=SURE)) == ["lawyers"]


@pytest.mark.parametrize(
    "text",
    [
        "the fee was £5 and £73.10",
        "she kept me two hours",
        "for 40 minutes, 12 weeks, 61 families",
        "it was a tiger",
        "summat and nowt",
        "so we had rice",
        "on Mondays and Wednesdays",
        "We've got chickens",
        "Four of us. Twelve came. Green tiles.",
        "form SR1 and Q12",
        "Q: And then?",
        "ring 0808 157 0192",
        "at 10am for 50p",
    ],
)
def test_plain_words_small_sums_and_helplines_stay_in_what_people_tell(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("before", ["", COURT])
@pytest.mark.parametrize("number", ["on 116 123 then", "on 0808 157 0192 then", "so text 85999 then"])
def test_a_helplines_number_stays_in_a_judgment_too(before: str, number: str) -> None:
    figures = {word: SURE for word in number.split() if word.isdigit()}
    assert told(before + number, odds(before + number, **figures)) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("the thing with Wrenbury", "Wrenbury"),
        ("he ran a Goal Setting class", "Goal Setting"),
        ("number 44718 it said", "44718"),
        ("they wrote on the 12th", "12th"),
        ("the blue X 52 QQD", "X 52 QQD"),
        ("allotment 31B it was", "31B"),
    ],
)
def test_what_may_point_to_somebody_is_still_masked(text: str, masked: str) -> None:
    assert told(text, odds(text, **dict.fromkeys(masked.casefold().split(), SURE))) == [masked]


def test_a_year_alone_is_made_vaguer_like_any_year() -> None:
    (found,) = telling(look("lost it 2020, then"), odds("lost it 2020, then", **{"2020": SURE}), 0.0)
    assert found.label == "DATETIME"


def test_a_word_that_is_nearly_a_name_is_masked_a_plain_one_less_readily() -> None:
    for text, word, held in (("me and coopie", "coopie", True), ("me and garden", "garden", False)):
        columns = odds(text, **{word: SURE})
        assert told(text, columns) == []
        columns[2, FAMILIES.index("person")] = CUTS["person"] - NEARLY + 0.1
        assert told(text, columns) == ([word] if held else [])
        columns[2, FAMILIES.index("person")] = CUTS["person"]
        assert told(text, columns) == [word]


def test_an_age_is_masked_where_the_weights_nearly_hold_it_for_one() -> None:
    text = "until 36 then"
    columns = odds(text, **{"36": SURE})
    assert told(text, columns) == []
    columns[1, FAMILIES.index("age")] = CUTS["age"] - NEARLY + 0.1
    assert told(text, columns) == ["36"]


def test_a_letter_that_is_somebodys_initial_is_masked() -> None:
    text = "to ask for T then"
    columns = odds(text, t=SURE)
    assert told(text, columns) == []
    columns[3, FAMILIES.index("person")] = CUTS["person"]
    assert told(text, columns) == ["T"]


def test_what_is_left_beside_a_name_is_masked_only_if_it_is_part_of_it() -> None:
    text = "Well I'm Quillon"
    assert told(text, None, a_person(text, "Quillon")) == []
    text = "Then May Quillon came"
    assert told(text, None, a_person(text, "Quillon")) == ["May"]


def test_numbers_of_few_figures_tell_nothing() -> None:
    for number, masked in (("447", []), ("4471", ["4471"])):
        text = f"it said {number} to me"
        assert told(text, odds(text, **{number: SURE})) == masked
