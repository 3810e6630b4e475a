import pytest

from themes.deidentify.wording.figures import Run, detail, runs_of, spoken_in
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ring 07700 900456 now", ["07700900456"]),
        ("o77oo 9oo-456", ["07700900456"]),
        ("O 7700 900456", ["07700900456"]),
        ("07700 900456 I said", ["07700900456"]),
        ("I 07700 900456", ["07700900456"]),
        ("07700\n  900456", ["07700900456"]),
        ("on 3/5/1961 07700 900456", ["07700900456"]),
        ("on 3 May 2014 07700 900456", ["07700900456"]),
        ("£20 30 and 4,500.50 of 12kg", []),
        ("it ended in 2013. 45 of us left", ["2013", "45"]),
        ("Ill lol oil", []),
        ("only 3/5/1961", []),
        ("$20 and €30 and #40 and £ 50", []),
        ("£  20", ["20"]),
        ("07700 9004-o", ["0770090040"]),
        ("07700 9004.o", ["0770090040"]),
        ("07700 9004 o", ["077009004"]),
    ],
)
def test_a_run_of_figures_is_read_as_a_hurried_hand_meant_it(text: str, numbers: list[str]) -> None:
    assert [run.number for run in runs_of(text) if len(run.number) > 1] == numbers


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("oh seven double seven o, nine", ["077709"]),
        ("zero treble one two three", ["011123"]),
        ("07700 nine nought nought 456", ["07700900456"]),
        ("on 3 May 2014 oh seven seven oh oh nine", ["077009"]),
        ("one two three", []),
        ("one in two of three and four or five, six", []),
        ("12 34 one two", []),
        ("07700 900 one two", ["0770090012"]),
        ("it was o four o 77 o 9", ["0407709"]),
        ("double seven 45 67", []),
        ("double seven o 45 6", ["770456"]),
        ("oh seven 700 nine hundred 123", ["07700900123"]),
        ("my number is 07700 nine hundred 123", ["07700900123"]),
        ("nine hundred of 07700", []),
        ("ring 01632 960 double 0 1", ["01632960001"]),
        ("ring 1632 960 double 0 12 and so on", []),
        ("double 07 and 12", []),
        ("oh double-seven 00 nine double 0 123", ["07700900123"]),
        ("oh one four double two, thirty-five, ten, twenty three", ["01422351023"]),
        ("ten, twenty, thirty, forty, fifty, one two three", []),
    ],
)
def test_a_number_told_digit_by_digit_is_read(text: str, figures: list[str]) -> None:
    assert [number for _, _, number in spoken_in(text)] == figures


def test_parts_of_a_run_are_runs() -> None:
    (run,) = runs_of("07700 900456 12")
    assert (run.start, run.end) == (0, 15)
    assert run.first(2).number == "07700900456"
    assert run.part(1, 5).number == "90045612"
    assert run.part(1, 1) == Run(((6, 12),), ("900456",))


def test_a_detail_is_direct_and_vouched_for_by_its_form() -> None:
    assert detail("PHONE", 3, 9) == Finding(Span(3, 9), "PHONE", IdentifierKind.DIRECT, 1.0, "patterns")
    assert detail("PHONE", 3, 9, 0.4) == Finding(Span(3, 9), "PHONE", IdentifierKind.DIRECT, 0.4, "patterns")
