import pytest

from themes.deidentify.recognize.numbers import numbers_in, spoken_numbers_in
from themes.records.privacy import IdentifierKind


def found(text: str) -> set[tuple[str, str]]:
    findings = [*numbers_in(text), *spoken_numbers_in(text)]
    return {(f.label, f.span.of(text)) for f in findings if f.label != "CODE"}


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("my QQ-12-34-56-C card", ("NINO", "QQ-12-34-56-C")),
        ("it says QQ O1 23 4S", None),
        ("it says QQ O1 23 45 C", ("NINO", "QQ O1 23 45 C")),
        ("it says NO 12 34 56 C", ("NINO", "NO 12 34 56 C")),
        ("it says no 12 34 56 c", ("NINO", "no 12 34 56 c")),
        ("my nino is q q 1 2 3 4 5 6 c", ("NINO", "q q 1 2 3 4 5 6 c")),
        ("it says Q Q 1 2 3 4 5 6 C", ("NINO", "Q Q 1 2 3 4 5 6 C")),
        ("q-q-1-2-3-4-5-6-c", ("NINO", "q-q-1-2-3-4-5-6-c")),
        ("it says q.q.12.34.56.c", ("NINO", "q.q.12.34.56.c")),
        ("NI Q. Q. 12 34 56", ("NINO", "Q. Q. 12 34 56")),
        ("it says QQ l2 34 S6 C", ("NINO", "QQ l2 34 S6 C")),
        ("my lad's number is A4471CK, write", ("CASE_REF", "A4471CK")),
        ("prison number a4471ck", ("CASE_REF", "a4471ck")),
        ("NOMS A9921DX", ("CASE_REF", "A9921DX")),
        ("Leeds Crown Court, T20190412", ("CASE_REF", "T20190412")),
        ("at B1234/CD", None),
        ("model X2021AB/7", None),
        ("A201904 and T3019041", None),
        ("PIN 4471 they made me say", ("CASE_REF", "4471")),
        ("my pin number is 4471", ("CASE_REF", "4471")),
        ("the passcode was 90210", ("CASE_REF", "90210")),
        ("pin 3 on the board, in 2014", None),
        ("NHS 943 476 5919", ("NHS_NUMBER", "943 476 5919")),
        ("NHS#943 476 5919", ("NHS_NUMBER", "943 476 5919")),
        ("UC 6620 9184 77", ("CASE_REF", "UC 6620 9184 77")),
        ("case 7700 900123", ("CASE_REF", "7700 900123")),
        ("it says QQ123456 On Monday", ("NINO", "QQ123456")),
        ("my NI number is qq 12 34 56", ("NINO", "qq 12 34 56")),
        ("it says qq 12 34 56 c", ("NINO", "qq 12 34 56 c")),
        ("it says QQ 12 34 56", ("NINO", "QQ 12 34 56")),
        ("my QQ 1234 567 C", ("NINO", "QQ 1234 567 C")),
        ("given 12 A 34567 first", ("NINO", "12 A 34567")),
        ("NI QQ one two three four five six C", ("NINO", "QQ one two three four five six C")),
        ("sort code one two three four five six", ("BANK", "one two three four five six")),
        ("it was one two three four five six seven", ("PHONE", "one two three four five six seven")),
        ("NHS number 999.123.4567", ("NHS_NUMBER", "999.123.4567")),
        ("NHS 999 123 456", ("NHS_NUMBER", "999 123 456")),
        ("on 9991234567 it says", ("NHS_NUMBER", "9991234567")),
        ("to GB12 WREN 1234 5612 3456 78 they", ("BANK", "GB12 WREN 1234 5612 3456 78")),
        ("to gb12wren12345612345678", ("BANK", "gb12wren12345612345678")),
        ("it was 2O-45-45 at the bank", ("BANK", "2O-45-45")),
        ("paid into 20-45-45 55779911", ("BANK", "20-45-45 55779911")),
        ("it was 45-45-45, really", ("BANK", "45-45-45")),
        ("my account, they say, is 5577 9911", ("BANK", "5577 9911")),
        ("card 4929 l234 5678 9O12", ("BANK", "4929 l234 5678 9O12")),
        ("3712 345678 90123", ("BANK", "3712 345678 90123")),
        ("WRENT 657054 SM9IJ 35", ("CASE_REF", "WRENT 657054 SM9IJ 35")),
        ("appeal SC 242 / 13 / 08817", ("CASE_REF", "SC 242 / 13 / 08817")),
        ("my reference is ESA/YH/33820-K", ("CASE_REF", "ESA/YH/33820-K")),
        ("they closed case W-4041104", ("CASE_REF", "W-4041104")),
        ("about claim 86/47396/17", ("CASE_REF", "86/47396/17")),
        ("the letter has QA/WX/44718/09 on top", ("CASE_REF", "QA/WX/44718/09")),
        ("he wrote it down: UC 6620 9184 77. He", ("CASE_REF", "UC 6620 9184 77")),
        ("ref no. ending 4471, they said", ("CASE_REF", "4471")),
        ("the card ending in 4471 again", ("BANK", "4471")),
        ("whats my ref, he said 4417 PIP 882", ("CASE_REF", "4417 PIP 882")),
        ("Service number Q1009447, you", ("CASE_REF", "Q1009447")),
        ("ref no MR 123456", ("CASE_REF", "MR 123456")),
        ("passport, the new one, 123456789", ("CASE_REF", "123456789")),
        ("my passport AB1234567", ("CASE_REF", "AB1234567")),
        ("it said 40411049 on it", ("CASE_REF", "40411049")),
        ("it says NO 1o 34 56", ("NINO", "NO 1o 34 56")),
        ("it says NO 1O 34 56", ("NINO", "NO 1O 34 56")),
        ("banked 12-03-14", ("BANK", "12-03-14")),
        ("12-03-14 is my sort", ("BANK", "12-03-14")),
        ("12-03-14 is my a/c", ("BANK", "12-03-14")),
        ("12-03-14 is my account", ("BANK", "12-03-14")),
        ("it was 12-13-14, really", ("BANK", "12-13-14")),
        ("it was 32-12-14, really", ("BANK", "32-12-14")),
        ("NHS number 999 123 456 789", ("NHS_NUMBER", "999 123 456 789")),
        ("on 999 123 4567 it says", ("NHS_NUMBER", "999 123 4567")),
        ("it said 3712 345678 901", ("BANK", "3712 345678 901")),
        ("it said 371 234 567 890 123", ("BANK", "371 234 567 890 123")),
        ("it said 1234567890123456789", ("BANK", "1234567890123456789")),
        ("it said 12345678901234567890", ("CASE_REF", "12345678901234567890")),
        ("it said 4041104 on it", ("CASE_REF", "4041104")),
        ("my reference is ABC/D/1", ("CASE_REF", "ABC/D/1")),
        ("passport, the new one, ab1234", ("CASE_REF", "ab1234")),
        ("my card ab12345", ("BANK", "ab12345")),
        ("my card 12345/678", ("BANK", "12345/678")),
        ("my card 12345-678", ("BANK", "12345-678")),
        ("my account ab12345", ("BANK", "ab12345")),
        ("they closed case w-40411", ("CASE_REF", "w-40411")),
    ],
)
def test_a_number_is_found_by_its_form_or_by_what_it_is_called(text: str, detail: tuple[str, str] | None) -> None:
    assert detail in found(text) if detail else found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "no 12 34 56 today",
        "I, a 1 2 3 4 5 6",
        "a b 12",
        "ESA BILL SOS B",
        "of 10 20 30 a week",
        "call 0808 514 4919 free",
        "on 12-03-14 they wrote",
        "in case 12 people come",
        "the claim took 26 weeks, the appeal 2013/14",
        "reference to the 1998 Act",
        "my account of 2013",
        "1000000 people",
        "40411049 people",
        "the DS1500 and the ESA50",
        "case 99",
        "call OoIlOoIlO now",
        "QQ OO l2 ll here",
        "to GB12 WREN WREN WREN WREN WREN they",
        "still oilOIl as9oilll",
        "my SC lO/ll/OO2",
        "bank holiday 2013",
        "the case took 123456789 weeks",
        "£40411049",
        "the reference took 12345 days",
        "customer 1234 people",
        "it says qq lo 12 ol c",
        "it was 12-12-14, really",
        "it was 31-12-14, really",
        "it said 371 23 456 789 012",
        "it said 404110 on it",
        "my reference is 2013/14",
        "my reference is 126 weeks",
        "my reference is AB",
        "my reference is A1",
        "passport, the new one, abc123",
        "passport, the new one, b1234",
        "my card a12345",
        "my card abc1234",
        "on 12-MAR-2014 and 1/JUNE/2014",
    ],
)
def test_counts_years_and_forms_are_left_alone(text: str) -> None:
    assert found(text) == set()


def said_of(text: str) -> list[tuple[str, str, float]]:
    """Label, words and score of each finding; all are direct, and vouched for by their form."""
    findings = list(numbers_in(text))
    assert {(finding.kind, finding.recognizer) for finding in findings} == {(IdentifierKind.DIRECT, "patterns")}
    return [(finding.label, finding.span.of(text), finding.score) for finding in findings]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it says QQ 12 34 56 C", [("NINO", "QQ 12 34 56 C", 1.0)]),
        ("given 12 A 34567 first", [("NINO", "12 A 34567", 0.9)]),
        ("to GB12WREN1234 5678 they", [("BANK", "GB12WREN1234 5678", 1.0)]),
        ("to GB12WREN1234 567W they", []),
        ("it was 45-45-45, really", [("BANK", "45-45-45", 0.95)]),
        ("WRENT 657054 SM9IJ 35", [("CASE_REF", "WRENT 657054 SM9IJ 35", 0.9), ("CODE", "657054", 0.6)]),
        ("it says HB4471902", [("CASE_REF", "HB4471902", 0.8)]),
        ("on 9991234567 it says", [("CODE", "9991234567", 0.6), ("NHS_NUMBER", "9991234567", 0.95)]),
        ("it said 40411049 on it", [("CASE_REF", "40411049", 0.7), ("CODE", "40411049", 0.6)]),
        ("3712 345678 90123", [("BANK", "3712 345678 90123", 0.9), ("CODE", "345678", 0.6)]),
        ("passport, the new one, 12345", []),
        ("my passport AB1234567", [("CASE_REF", "AB1234567", 0.8), ("CASE_REF", "AB1234567", 0.9)]),
        ("my account AB1/234567", [("BANK", "AB1/234567", 0.9), ("CODE", "234567", 0.6)]),
        ("my card 12345678", [("CASE_REF", "12345678", 0.7), ("CODE", "12345678", 0.6)]),
        ("sort code 204545", [("BANK", "204545", 0.95), ("CODE", "204545", 0.6)]),
    ],
)
def test_a_number_says_what_it_is_and_how_sure(text: str, said: list[tuple[str, str, float]]) -> None:
    assert sorted(said_of(text)) == said if said else list(numbers_in(text)) == []


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("NI QQ one two three four five six C", "NINO", "QQ one two three four five six C"),
        ("it was one two three four five six seven", "PHONE", "one two three four five six seven"),
        ("sort code one two three four five six", "BANK", "one two three four five six"),
        ("sort code oh two three four five six", "PHONE", "oh two three four five six"),
        ("QQ one two three four five six", "NINO", "QQ one two three four five six"),
        ("QQ one two three four five six seven", "PHONE", "one two three four five six seven"),
        ("QQ one two three four five six seven C", "NINO", "QQ one two three four five six seven C"),
    ],
)
def test_a_number_in_words_is_not_quite_sure(text: str, label: str, words: str) -> None:
    (finding,) = spoken_numbers_in(text)
    assert (finding.label, finding.span.of(text), finding.score) == (label, words, 0.9)


@pytest.mark.parametrize("before", ["card ending 4471, cvv ", "CVC: ", "the security code is ", "cvv number was "])
def test_the_figures_on_the_back_of_a_card_are_a_banks(before: str) -> None:
    text = f"{before}123 I said"
    assert "123" in [found.span.of(text) for found in numbers_in(text) if found.label == "BANK"]
    assert "12" not in [found.span.of("cvv 12") for found in numbers_in("cvv 12")]
