import pytest

from builders import a_raw_document
from themes.deidentify.events import events_in, find_events


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("after the Quillon mill fire we left", "the Quillon mill fire"),
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
    ],
)
def test_what_happens_to_many_stays(text: str) -> None:
    assert list(events_in(text)) == []


def test_each_document_has_its_own() -> None:
    documents = [a_raw_document("fine"), a_raw_document("the Quillon fire")]
    assert [[f.label for f in found] for found in find_events(documents)] == [[], ["EVENT"]]
