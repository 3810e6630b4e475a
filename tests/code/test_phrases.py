from builders import a_code, a_codebook
from themes.code.phrases import Phrase, phrases_of


def test_a_codebook_gives_what_speaks_for_each_code_and_what_against():
    waiting = a_code(
        "waiting", name="Waiting", label="Long waits", definition="Time lost.", include=("queues",),
        exclude=("rude staff (manner, staff)", "bad weather"), examples=("I waited.",),
        cues=("on hold", "wait*", "hours?"),
    )  # fmt: skip
    manner = a_code("manner", name="Manner", definition="")
    assert phrases_of(a_codebook(waiting, manner, uncoded=("Thanks.",))) == (
        Phrase("Waiting", (0,), "name"),
        Phrase("Long waits", (0,), "name"),
        Phrase("Waiting. Time lost.", (0,), "definition"),
        Phrase("queues", (0,), "include"),
        Phrase("I waited.", (0,), "example"),
        Phrase("on hold", (0,), "cue"),
        Phrase("rude staff", (1,), "exclude"),
        Phrase("bad weather", (), "exclude"),
        Phrase("Manner", (1,), "name"),
        Phrase("Thanks.", (), "uncoded"),
    )
