import pytest

from themes.deidentify.wording.nicknames import (
    Likeness,
    cut_short,
    is_short_form,
    likeness,
    misspelt,
    related,
    surname_likeness,
)


@pytest.mark.parametrize(
    ("said", "name", "how"),
    [
        ("karen", "karen", Likeness.SAME),
        ("shan", "sian", Likeness.SPELLING),
        ("liz", "elizabeth", Likeness.SHORT_FORM),
        ("elizabeth", "liz", Likeness.SHORT_FORM),
        ("bill", "william", Likeness.SHORT_FORM),
        ("gaz", "gary", Likeness.SHORT_FORM),
        ("gaz", "gareth", Likeness.SHORT_FORM),
        ("shaz", "sharon", Likeness.SHORT_FORM),
        ("maz", "marilyn", Likeness.SHORT_FORM),
        ("mo", "mohammed", Likeness.SHORT_FORM),
        ("mo", "mohamad", Likeness.SHORT_FORM),
        ("dai", "david", Likeness.SHORT_FORM),
        ("steve", "stephen", Likeness.SHORT_FORM),
        ("liz", "lizzie", Likeness.SHORT_FORMS),
        ("quilliamo", "quilliam", Likeness.ENDEARMENT),
        ("quilliam", "quilliamo", Likeness.ENDEARMENT),
        ("karne", "karen", Likeness.MISSPELT),
        ("jack", "john", Likeness.NONE),
        ("carly", "carl", Likeness.NONE),
        ("mary", "mark", Likeness.NONE),
        ("karen", "sharon", Likeness.NONE),
    ],
)
def test_a_name_may_be_another(said: str, name: str, how: Likeness) -> None:
    assert likeness(said, name) is how


@pytest.mark.parametrize(
    ("said", "name", "how"),
    [
        ("smith", "smith", Likeness.SAME),
        ("smith", "smith-tarn", Likeness.SHORT_FORM),
        ("smith-tarn", "tarn", Likeness.SHORT_FORM),
        ("jonesy", "jones", Likeness.ENDEARMENT),
        ("wattsy", "watts", Likeness.ENDEARMENT),
        ("watsn", "watson", Likeness.MISSPELT),
        ("jones", "james", Likeness.NONE),
    ],
)
def test_a_surname_may_be_another(said: str, name: str, how: Likeness) -> None:
    assert surname_likeness(said, name) is how


@pytest.mark.parametrize(
    ("said", "name", "wrong"),
    [
        ("kare", "karen", True),
        ("kaaren", "karen", True),
        ("kraen", "karen", True),
        ("moh", "mohs", False),  # too short
        ("maren", "karen", False),  # the first letter is seldom wrong
        ("karenina", "karen", False),
        ("house", "hause", False),  # a word of its own
    ],
)
def test_one_letter_may_be_wrong(said: str, name: str, wrong: bool) -> None:
    assert misspelt(said, name) is wrong


def test_a_short_form_leads_to_the_full_one_alone() -> None:
    assert (is_short_form("liz", "elizabeth"), is_short_form("elizabeth", "liz")) == (True, False)


def test_related_names_are_those_worth_comparing() -> None:
    assert {"william", "will", "billy", "bill"} <= related("bill")
    assert related("quilliam") == {"quilliam"}


@pytest.mark.parametrize(
    ("said", "name"),
    [("olu", "oluwaseun"), ("chuk", "chukwuemeka"), ("abdulr", "abdulrahman")],
)
def test_the_first_letters_of_a_name_are_short_for_it(said: str, name: str) -> None:
    assert cut_short(said, name) and not cut_short(name, said)
    assert likeness(said, name) is likeness(name, said) is Likeness.CUT_SHORT


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ol", "oluwaseun"),
        ("oluwaseu", "oluwaseun"),
        ("olu", "ayooluwa"),
        ("ana", "anastasia"),
        ("liz", "lizabetta"),
        ("mark", "markovic"),
        ("oluwaseun", "oluwaseun"),
    ],
)
def test_a_name_of_its_own_and_a_letter_left_out_are_not_cut_short(said: str, name: str) -> None:
    assert not cut_short(said, name)
