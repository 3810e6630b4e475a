"""Every recogniser run over a batch, and one verdict per text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.combine import combined
from themes.deidentify.doubt import doubtful_stretches
from themes.deidentify.evidence import TAGGERS
from themes.deidentify.known_names import known_in
from themes.errors import ProtectionError, ThemesError
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec


def details_of(
    documents: Sequence[RawDocument], *, spec: CorpusSpec, recognizers: Mapping[str, Recognizer] = RECOGNIZERS
) -> list[list[Finding]]:
    """The details of each document, in order and without overlap, whatever becomes of them.

    Raises:
        ProtectionError: If there is no recogniser, or one does not answer for every document.
    """
    if not recognizers:
        raise ProtectionError("There is no recogniser: nothing would be found, so nothing may pass.")
    said: list[list[Finding]] = [_listed(document.text, spec) for document in documents]
    for name, recognize in recognizers.items():
        answers = recognize(documents)
        if len(answers) != len(documents):
            raise ProtectionError(
                f"The recogniser '{name}' answered for {len(answers)} of {len(documents)} documents. Nothing passes."
            )
        for collected, answer in zip(said, answers, strict=True):
            collected.extend(answer)
    return [
        combined(
            document.text,
            findings,
            keep_words=spec.keep_words,
            strict=True,
            tagged=doubtful_stretches(document.text) if recognizers.keys() & TAGGERS else (),
        )
        for document, findings in zip(documents, said, strict=True)
    ]


def details_or_trouble(
    documents: Sequence[RawDocument], *, spec: CorpusSpec, recognizers: Mapping[str, Recognizer]
) -> Iterator[list[Finding] | str]:
    """As `details_of`, but a document that a recogniser stumbles over gives the name of the error instead.

    A batch that fails is done again one document at a time, with its thread's names still known. Errors of ours (a
    model that
    is missing, a recogniser that does not answer) are not the document's fault and are raised.
    """
    try:
        answers: list[list[Finding]] | None = details_of(documents, spec=spec, recognizers=recognizers)
    except ThemesError:
        raise
    except Exception:
        answers = None  # whichever document it was is found below
    if answers is not None:
        yield from answers
        return
    for document in documents:
        try:
            alone = [document, *_namesakes(document, documents)]
            yield details_of(alone, spec=spec, recognizers=recognizers)[0]
        except ThemesError:
            raise
        except Exception as trouble:
            yield type(trouble).__name__


def _namesakes(document: RawDocument, documents: Sequence[RawDocument]) -> list[RawDocument]:
    return [replace(other, text="") for other in documents if other is not document and other.thread == document.thread]


def _listed(text: str, spec: CorpusSpec) -> list[Finding]:
    return [
        *known_in(text, frozenset(spec.extra_names), recognizer="listed"),
        *known_in(text, frozenset(spec.extra_places), label="LOCATION", recognizer="listed"),
    ]
