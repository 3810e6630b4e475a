import pytest

from themes.deidentify.recognize.phones import extensions_in, phones_in, public_numbers


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in phones_in(text)]


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("on 07 70 09 00 45 6 after six", ["07 70 09 00 45 6"]),
        ("on 07700/900456", ["07700/900456"]),
        ("on 07700 9004566", ["07700 9004566"]),
        ("on 07700 90045", ["07700 90045"]),
        ("on 07700 900456 9 to 5", ["07700 900456"]),
        ("07700 900456 07700 900457", ["07700 900456", "07700 900457"]),
        ("0113 496 0571 ext 42", ["0113 496 0571 ext 42"]),
        ("0113 496 0571 x42", ["0113 496 0571 x42"]),
        ("(01632) 960 123", ["(01632) 960 123"]),
        ("on ward 7 07700 900456", ["07700 900456"]),
        ("00353 1 496 0571", ["00353 1 496 0571"]),
        ("+48 501 234 567", ["+48 501 234 567"]),
        ("447700900456", ["447700900456"]),
        ("ring me on 960123", ["960123"]),
        ("my number is 960 123", ["960 123"]),
        ("my mob is 7700 900123", ["7700 900123"]),
        ("my mobile is 7700900123, ring me", ["7700900123"]),
        ("ring me on 1632 960123 after six", ["1632 960123"]),
        ("phone l632960l23", ["l632960l23"]),
        ("it is 7700 900 123", ["7700 900 123"]),
        ("on +44(0)7700 900123", ["+44(0)7700 900123"]),
        ("my mob is 7700 900123 9 to 5", ["7700 900123"]),
        ("my phone when I am in a house on 960123", ["960123"]),
        ("+485012345678901", ["+485012345678901"]),
    ],
)
def test_a_phone_is_found_however_it_is_grouped(text: str, phones: list[str]) -> None:
    assert found(text) == phones


@pytest.mark.parametrize(
    "text",
    [
        "ring 0800 055 6688",
        "the 0345 608 8545 line",
        "call 116 123 or 111",
        "in 0113",
        "001,2014-01-06,London",
        "01/02/2013 09.00",
        "they rang 12 people in 2013",
        "we got 960123 answers",
        "my phone when I sit at work is on 960123",
        "account +4850123456789012",
        "071234",
    ],
)
def test_a_helpline_and_other_numbers_are_no_phones_of_a_person(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ring 0808 157 0192 or 0300-123-4567", ["0808 157 0192", "0300-123-4567"]),
        ("Samaritans: 116 123, 116123", ["116 123", "116123"]),
        ("text HELP to 85999, or text 66000", ["85999", "66000"]),
        ("Text us on 70099", ["70099"]),
        ("0808 157 0192 07700 900456", ["0808 157 0192"]),
        ("0800 0000 or 116 123 07700 900456", ["0800 0000", "116 123"]),
        ("text 85999 07700 900456", ["85999"]),
        ("0800123456789012", []),
        ("ring me on 85999", []),
        ("text me on 07700 900456", []),
        ("text me to 25999", []),
    ],
)
def test_numbers_that_everybody_may_ring_are_told(text: str, numbers: list[str]) -> None:
    assert [number.of(text) for number in public_numbers(text)] == numbers


def test_a_short_code_for_texts_is_nobodys_telephone() -> None:
    assert found("text 85999 or ring me on 85999") == ["85999"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("extension 4417 if you want to chase it", "4417"),
        ("ask for ext. 214", "214"),
        ("my ext number is 30771.", "30771"),
        ("the case worker is on ext four four seven one", "four four seven one"),
    ],
)
def test_an_extension_alone_is_somebodys_line(text: str, line: str) -> None:
    assert [(f.label, f.span.of(text)) for f in extensions_in(text)] == [("PHONE", line)]


@pytest.mark.parametrize(
    "text",
    [
        "an extension 140 days long",
        "the extension 2020 brought",
        "extension 50% of",
        "an extension of 300",
        "ext 12",
        "extension one",
    ],
)
def test_what_is_put_off_or_built_on_is_no_line(text: str) -> None:
    assert list(extensions_in(text)) == []
