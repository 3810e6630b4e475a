import pytest

from builders import a_raw_document
from themes.deidentify.recognize.events import events_in, find_events


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("after the Quillon mill fire we left", "the Quillon mill fire"),
        ("since the gas explosion in our row, nothing", "the gas explosion in our row"),
        ("on the night of the blackout he fell", "on the night of the blackout"),
        ("the day the roof blew off at Quillon", "the day the roof blew off at Quillon"),
        ("it was in the Wrenby Argus, front page", "in the Wrenby Argus, front page"),
        ("My husband was the minister who went over the viaduct.", "the minister who went over the viaduct"),
        ("It is known. The headteacher who locked the gates. Me.", "The headteacher who locked the gates"),
        ("I was in the Wrenby Bight ferry accident.", "the Wrenby Bight ferry accident"),
        ("the explosion at Quillon Works, I was there", "the explosion at Quillon Works"),
        ("remember the day the crane came down at the harbour, do you", "the day the crane came down at the harbour"),
        ("Page 3 of the Wrenby Weekly Echo", "Page 3 of the Wrenby Weekly Echo"),
        ("then they sent us to see it after the Quillon\nquarry blast last year", "the Quillon\nquarry blast"),
    ],
)
def test_an_event_that_is_remembered_is_found(text: str, event: str) -> None:
    assert event in {finding.span.of(text) for finding in events_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "there was a fire, an accident and a crash",
        "House fire. Car crash. The accident happened at work.",
        "after Grenfell and the Hillsborough disaster",
        "the day the letter came",
        "the day of the interview, the night of the funeral",
        "the day the money stopped in Leeds",
        "She was the adviser who sanctioned me, he was the one who rang",
        "the kitchen fire, the accident at work",
        "It is on page one of his file, I typed it myself",
    ],
)
def test_what_happens_to_many_stays(text: str) -> None:
    assert list(events_in(text)) == []


def test_each_document_has_its_own() -> None:
    documents = [a_raw_document("fine"), a_raw_document("the Quillon fire")]
    assert [[f.label for f in found] for found in find_events(documents)] == [[], ["EVENT"]]
