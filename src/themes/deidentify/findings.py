"""Every recogniser run over a batch, and one verdict per text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from themes.deidentify.catalog import RECOGNIZERS, Recognizer
from themes.deidentify.decide.combine import combined
from themes.deidentify.hiding import without_surrogates
from themes.deidentify.recognize.known_names import known_in
from themes.deidentify.time_limit import at_most
from themes.deidentify.weigh.doubt import doubtful_stretches
from themes.deidentify.weigh.evidence import TAGGERS
from themes.deidentify.weigh.own_votes import OWN_TAGGER
from themes.deidentify.wording.plain_signs import in_plain_signs
from themes.errors import ProtectionError, ThemesError
from themes.records.privacy import Finding
from themes.records.raw import RawDocument
from themes.records.spec import CorpusSpec

HEARD = frozenset({"names", "signatures", "places", "units", *TAGGERS})
"""The recognisers of the catalog that the weights were trained with."""
WITHDRAWN = "forgotten_names"
"""The recogniser of the names of those who withdrew, where there is one: what it finds no keep-word keeps."""
PATIENCE_SECONDS = 60.0
"""Allowed for any batch, by the clock: a busy laptop loads its models in half of it."""
LETTERS_A_SECOND = 1500
"""And a second for so many letters besides: a tenth of the slowest that was measured."""


def details_of(
    documents: Sequence[RawDocument], *, spec: CorpusSpec, recognizers: Mapping[str, Recognizer] = RECOGNIZERS
) -> list[list[Finding]]:
    """The details of each document, in order and without overlap, whatever becomes of them.

    Surrogates that a text holds already are no details, and no recogniser sees them. What is written in other signs for
    plain letters and digits is read as these.

    Raises:
        ProtectionError: If there is no recogniser, or one does not answer for every document.
    """
    hidden = [without_surrogates(document.text) for document in documents]
    texts = [replace(document, text=in_plain_signs(h.text)) for document, h in zip(documents, hidden, strict=True)]
    found = _details(texts, spec, recognizers)
    return [each.found(findings) for each, findings in zip(hidden, found, strict=True)]


def _details(
    documents: Sequence[RawDocument], spec: CorpusSpec, recognizers: Mapping[str, Recognizer]
) -> list[list[Finding]]:
    if not recognizers:
        raise ProtectionError("There is no recogniser: nothing would be found, so nothing may pass.")
    said: list[list[Finding]] = [_listed(document.text, spec) for document in documents]
    withdrawn: list[list[Finding]] = [[] for _ in documents]
    for name, recognize in recognizers.items():
        answers = recognize(documents)
        if len(answers) != len(documents):
            raise ProtectionError(
                f"The recogniser '{name}' answered for {len(answers)} of {len(documents)} documents. Nothing passes."
            )
        for collected, answer in zip(said, answers, strict=True):
            collected.extend(answer)
        if name == WITHDRAWN:
            withdrawn = answers
    return [
        combined(
            document.text,
            findings,
            keep_words=spec.keep_words,
            strict=True,
            tagged=doubtful_stretches(document.text) if OWN_TAGGER in recognizers else (),
            weighed=bool(recognizers.keys() & HEARD),
            withdrawn=[finding.span for finding in gone],
        )
        for document, findings, gone in zip(documents, said, withdrawn, strict=True)
    ]


def details_or_trouble(
    documents: Sequence[RawDocument],
    *,
    spec: CorpusSpec,
    recognizers: Mapping[str, Recognizer],
    patience_seconds: float = PATIENCE_SECONDS,
) -> Iterator[list[Finding] | str]:
    """As `details_of`, but a document that a recogniser stumbles over, or takes too long for, gives a reason instead.

    A batch that fails is done again one document at a time, with its thread's names still known. Errors of ours (a
    model that is missing, a recogniser that does not answer) are not the document's fault and are raised.

    Args:
        patience_seconds: What is allowed for any work by the clock, besides a second for `LETTERS_A_SECOND`.
    """

    def answers(batch: Sequence[RawDocument]) -> list[list[Finding]]:
        with at_most(patience_seconds + sum(len(document.text) for document in batch) / LETTERS_A_SECOND):
            return details_of(batch, spec=spec, recognizers=recognizers)

    together: list[list[Finding]] | None
    try:
        together = answers(documents)
    except ThemesError:
        raise
    except Exception:
        together = None  # whichever document it was is found below
    if together is not None:
        yield from together
        return
    for document in documents:
        try:
            yield answers([document, *_namesakes(document, documents)])[0]
        except ThemesError:
            raise
        except TimeoutError as over:
            yield f"The recognisers took {over} for this text, so it is kept out. Shorten it, or look for what repeats."
        except Exception as trouble:
            yield (
                f"A recogniser failed on this text ({type(trouble).__name__}), so it is kept out. Repair or remove "
                f"the text, and report it."
            )


def _namesakes(document: RawDocument, documents: Sequence[RawDocument]) -> list[RawDocument]:
    return [replace(other, text="") for other in documents if other is not document and other.thread == document.thread]


def _listed(text: str, spec: CorpusSpec) -> list[Finding]:
    return [
        *known_in(text, frozenset(spec.extra_names), recognizer="listed"),
        *known_in(text, frozenset(spec.extra_places), label="LOCATION", recognizer="listed"),
    ]
