import pytest

from themes import language
from themes.language import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were kind. I went back.", ["They were kind.", "I went back."]),
        ("it was awful. no help. none", ["it was awful.", "no help.", "none"]),
        ("i cant cope\nno one rang\nlol", ["i cant cope", "no one rang", "lol"]),
        ("So I waited... and waited.", ["So I waited... and waited."]),
        ("So I waited… Nothing came.", ["So I waited…", "Nothing came."]),
        ("Saw Dr. Bell at 9.30 a.m. on Monday. Fine.", ["Saw Dr. Bell at 9.30 a.m. on Monday.", "Fine."]),
        ("Bring letters, e.g. from a G.P. or a nurse.", ["Bring letters, e.g. from a G.P. or a nurse."]),
        ("Forms, delays etc. We gave up.", ["Forms, delays etc.", "We gave up."]),
        ("Forms, letters etc. were lost.", ["Forms, letters etc. were lost."]),
        ("I met [adviser K7. Leeds] twice. Kind.", ["I met [adviser K7. Leeds] twice.", "Kind."]),
        ('She said "Sign it. Or leave." Then I left.', ['She said "Sign it. Or leave."', "Then I left."]),
        ("“Are you mad?” he asked. I was not.", ["“Are you mad?” he asked.", "I was not."]),
        ("They lost it (twice. Really.) and rang me.", ["They lost it (twice. Really.) and rang me."]),
        ("Great 😀 They helped. 👍🏽 Thanks", ["Great 😀", "They helped. 👍🏽", "Thanks"]),
        ("Why me?!! why not", ["Why me?!!", "why not"]),
        ("no help there.Then I left", ["no help there.", "Then I left"]),
        ("Look at www.some.Thing.org for it", ["Look at www.some.Thing.org for it"]),
        ("Form no. 5 was lost. No. That was it.", ["Form no. 5 was lost.", "No.", "That was it."]),
        ("1. Someone says: it helped.", ["1. Someone says: it helped."]),
        ("One.\n\n\nTwo.", ["One.", "Two."]),
        (
            "This line was broken by a program because it ran on for\ntoo long. Next.",
            ["This line was broken by a program because it ran on for\ntoo long.", "Next."],
        ),
        ("It cost £3.50 or 2.5 hours.", ["It cost £3.50 or 2.5 hours."]),
        ("  \n ", []),
        ("?!... 😀", []),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(text, expected):
    assert [span.of(text) for span in sentences(text)] == expected


def test_words_met_while_tagging_much_at_once_are_forgotten() -> None:
    words = language._entity_pipeline().vocab.strings
    language.entities(["Ask Brenda."])
    known = len(words)
    found = language.entities([f"Ask Brenda about q{n}x and w{n}z." for n in range(language.FORGETS_FROM)])
    assert {entity.span.of("Ask Brenda") for entities in found for entity in entities[:1]} == {"Brenda"}
    assert len(words) == known
