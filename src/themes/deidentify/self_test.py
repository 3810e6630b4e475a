"""Canaries: invented texts whose details must be found before any real text may pass.

An empty model finds nothing and raises nothing, so that it is installed proves little. Each recogniser is asked about
a text of
its own, and all together about one; a single miss stops the run.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.findings import PATIENCE_SECONDS, details_of
from themes.deidentify.time_limit import at_most
from themes.errors import ProtectionError, ThemesError
from themes.records.corpus import DocumentKind, SourceRef
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

CANARIES = {
    "patterns": ("Ring 01632 960123 or write to wren.tester@example.com.", ("01632 960123", "wren.tester@example.com")),
    "births": ("DOB the third of May, 1971.", ("the third of May, 1971",)),
    "dates": ("I was born on 3 May 1971.", ("3 May 1971",)),
    "quantities": ("I owe them £14,754 now.", ("14,754",)),
    "origins": ("My mother is Kurdish.", ("Kurdish",)),
    "addresses": ("Come to 7 Wren Street.", ("7 Wren Street",)),
    "known_names": ("As zebedee said.", ("zebedee",)),
    "names": ("My adviser Zebedee was late.", ("Zebedee",)),
    "units": ("They sent me to Ingeus Hull.", ("Ingeus Hull",)),
    "places": ("We live in Haworth.", ("Haworth",)),
    "singled_out": ("I am the only deaf woman in the office.", ("only deaf woman in the office",)),
    "events": ("It was after the Quillon mill fire.", ("the Quillon mill fire",)),
    "rare_facts": ("He was struck by lightning.", ("struck by lightning",)),
    "conditions": ("She has stiff person syndrome.", ("stiff person syndrome",)),
    # Names that no list holds: only where the first look is in doubt are taggers asked.
    "spacy": ("They spoke of Oriel Pemble and Tarn Wexcombe in Sheffield.", ("Oriel Pemble", "Tarn Wexcombe")),
    "own-tagger": ("yesterday i met quilliam marbeck in sheffield", ("quilliam", "marbeck")),
    "signatures": ("It was a long day.\nKind regards,\nQuilliam", ("Quilliam",)),  # last: it closes the text
}
LOADING_SECONDS = 900.0
"""Allowed for what is asked first in a process, which loads models and lists: on a slow machine that takes minutes."""
BETWEEN_TESTS = 1000
"""Documents from one self-test to the next."""
TOGETHER = "\n".join(text for text, _ in CANARIES.values())


def canary(text: str) -> RawDocument:
    """A text in the shape the recognisers take, written by Zebedee Wren."""
    source = SourceRef("self-test")
    return RawDocument(
        source,
        DocumentKind.COMMENT,
        text,
        case_key="self-test",
        document_key=text,
        thread="self-test",
        author="Zebedee Wren",
    )


@dataclass
class LastTest:
    """What passed its self-test last in this process, and how many documents it has looked at since."""

    recognizers: tuple[tuple[str, Recognizer], ...] = ()
    documents: int = 0


_last = LastTest()
_loaded: list[object] = []
"""What has answered in time in this process: nothing is left to load for it."""


def self_test_when_due(recognizers: Mapping[str, Recognizer] = RECOGNIZERS, *, after: int = 0) -> None:
    """Self-test, unless the same recognisers passed one in this process within the last `BETWEEN_TESTS` documents.

    Args:
        after: Documents that they have just looked at, and that do not pass unless this returns.

    Raises:
        ProtectionError, ModelError: As `self_test`.
    """
    asked = tuple(recognizers.items())
    _last.documents += after
    if asked != _last.recognizers or _last.documents >= BETWEEN_TESTS:
        _last.recognizers = ()  # whatever fails below has not passed
        self_test(recognizers)
        _last.recognizers, _last.documents = asked, 0


def self_test(recognizers: Mapping[str, Recognizer] = RECOGNIZERS) -> None:
    """Ask every recogniser for its canary, and all of them for everybody's.

    Raises:
        ProtectionError: If one raises, or misses what it must find. Names the recogniser.
        ModelError: If a model cannot be loaded.
    """
    if not recognizers:
        raise ProtectionError("There is no recogniser: nothing would be found, so nothing may pass.")
    for name, recognize in recognizers.items():
        text, details = CANARIES.get(name, (TOGETHER, ()))
        found = _asked(name, recognize, text)
        missed = sum(not any(span.contains(_place(text, detail)) for span in found) for detail in details)
        if missed:
            raise ProtectionError(
                f"The recogniser '{name}' missed {missed} of {len(details)} details of the self-test. Its "
                f"model or its lists are damaged: "
                f"run `make setup` again. No document was passed."
            )
    if set(CANARIES) <= set(recognizers):
        _all_together(recognizers)


def _asked(name: str, recognize: Recognizer, text: str) -> list[Span]:
    try:
        answers = _in_time(lambda: recognize([canary(text)]), recognize)
    except ThemesError:
        raise
    except Exception as trouble:
        raise ProtectionError(
            f"The recogniser '{name}' failed in the self-test ({type(trouble).__name__}). Run `make setup` "
            f"again. No document was passed."
        ) from trouble
    if len(answers) != 1:
        raise ProtectionError(
            f"The recogniser '{name}' gave {len(answers)} answers for one document. No document was passed."
        )
    return [finding.span for finding in answers[0]]


def _in_time[Answer](ask: Callable[[], Answer], about: object) -> Answer:
    """What is answered in `PATIENCE_SECONDS`. What is asked for the first time may take `LOADING_SECONDS`; if that was
    longer, it is asked once more, now that all is loaded."""
    if any(about is each for each in _loaded):
        with at_most(PATIENCE_SECONDS):
            return ask()
    began = time.monotonic()
    with at_most(LOADING_SECONDS):
        answer = ask()
    if time.monotonic() - began > PATIENCE_SECONDS:
        with at_most(PATIENCE_SECONDS):
            answer = ask()
    _loaded.append(about)
    return answer


def _all_together(recognizers: Mapping[str, Recognizer]) -> None:
    nothing_set = CorpusSpec(Path(), "self-test", ())
    try:
        every = _in_time(
            lambda: details_of([canary(TOGETHER)], spec=nothing_set, recognizers=recognizers), _all_together
        )
    except TimeoutError as over:
        raise ProtectionError(
            f"All recognisers together took {over} for the self-test. No document was passed."
        ) from None
    found = [f.span for f in every[0]]
    for name, (_, details) in CANARIES.items():
        for detail in details:
            place = _place(TOGETHER, detail)
            if not all(any(span.start <= at < span.end for span in found) for at in (place.start, place.end - 1)):
                raise ProtectionError(
                    f"What the recogniser '{name}' finds in the self-test is lost when all are combined. No "
                    f"document was passed."
                )


def _place(text: str, detail: str) -> Span:
    start = text.index(detail)
    return Span(start, start + len(detail))
