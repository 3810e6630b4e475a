import pytest

from builders import a_raw_document
from themes.deidentify.recognize.quantities import find_quantities, quantities_in


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("owed £14,754.20 and £ 4,000", ["£14,754.20", "£ 4,000"]),
        ("about £14k, then £2 million", ["£14k", "£2 million"]),
        ("lost 3,000 pounds sterling", ["3,000 pounds sterling"]),
        ("5000 quid gone", ["5000 quid"]),
        ("10 grand quid", ["10 grand quid"]),
        ("EUR 5,699.21", ["EUR 5,699.21"]),
        ("54,525,000 Turkish Liras (TRL)", ["54,525,000 Turkish Liras (TRL)"]),
        ("£73.10 a week, £999, 100 pounds", []),
        ("1,500 people walked 10,000 steps", []),
        ("in NJA 1981 and since 1998", []),
        ("£1,0000", []),
    ],
)
def test_a_sum_of_a_thousand_or_more_is_found(text: str, sums: list[str]) -> None:
    assert [finding.span.of(text) for finding in quantities_in(text)] == sums
    assert find_quantities([a_raw_document(text)]) == [quantities_in(text)]
