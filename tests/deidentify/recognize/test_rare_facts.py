import pytest

from builders import a_raw_document
from themes.deidentify.recognize.rare_facts import find_rare_facts, rare_facts_in


@pytest.mark.parametrize(
    ("text", "label", "fact"),
    [
        ("I'm six foot nine", "DEMOG", "six foot nine"),
        ("she is 7 feet tall", "DEMOG", "7 feet tall"),
        ("my brother was four foot two tall.", "DEMOG", "four foot two tall"),
        ("I have eleven children", "DEMOG", "eleven children"),
        ("a widow with nine kids", "DEMOG", "nine kids"),
        ("I am the eldest of thirteen.", "DEMOG", "eldest of thirteen"),
        ("single mother of eight and skint", "DEMOG", "single mother of eight"),
        ("I am an MBE", "DEMOG", "an MBE"),
        ("my dad was awarded the George Medal for saving a child.", "DEMOG", "the George Medal for saving a child"),
        ("I was adopted from Quilland in 1974", "DEMOG", "adopted from Quilland in 1974"),
        ("I was adopted from Romania", "DEMOG", "adopted from Romania"),
        ("I am a bell hanger by trade", "JOB", "a bell hanger by trade"),
        ("an ex-professional snooker player", "JOB", "ex-professional snooker player"),
        ("I used to be a coroner's officer", "JOB", "a coroner's officer"),
        ("My dad was the deputy chief fire officer", "JOB", "the deputy chief fire officer"),
        ("struck by lightning at work", "EVENT", "struck by lightning"),
        ("my lad was gored by a bull", "EVENT", "gored by a bull"),
        ("he lost both his legs", "EVENT", "lost both his legs"),
        ("I survived the coach crash", "EVENT", "survived the coach crash"),
        ("after the old quarry caved in", "EVENT", "after the old quarry caved in"),
        ("My son was on Mastermind in 1998", "EVENT", "Mastermind in 1998"),
        ("I gave evidence to the Work and Pensions Select Committee", "EVENT",
         "gave evidence to the Work and Pensions Select Committee"),
    ],
)  # fmt: skip
def test_what_few_can_say_of_themselves_is_found(text: str, label: str, fact: str) -> None:
    assert [(found.label, found.span.of(text)) for found in rare_facts_in(text)] == [(label, fact)]
    assert find_rare_facts([a_raw_document(text)]) == [list(rare_facts_in(text))]


@pytest.mark.parametrize(
    "text",
    [
        "The fence is 7 feet tall. It was six foot nine by four, I am six foot two",
        "I have seven kids, nine letters and ten kids' books. A class with twelve children",
        "mother of two, one of nine people, the eldest of my kids, mother of ten letters",
        "the OBE list, they gave her an MBE, I have a CBT",
        "He was a plumber by trade. I am a cleaner by trade. By trade I mean barter",
        "a professional person, professional football, the chief executive, the town hall clerk",
        "struck by the letter, hit by cuts, bitten by the bug, lost both my jobs, lost all hope",
        "I was in a car crash, in a train. when the system crashed, after the bridge closed",
        "I watched Mastermind. It was on Question Time. I was on Countdown to zero",
        "gave evidence to the tribunal, the inquiry",
        "a cat adopted from Dogs Trust, adopted from scratch",
    ],
)
def test_what_many_can_say_stays(text: str) -> None:
    assert list(rare_facts_in(text)) == []
