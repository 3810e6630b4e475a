"""What spaCy's entity tagger says, sentence by sentence, where cheaper evidence leaves doubt."""

from collections.abc import Callable, Sequence

from themes.deidentify.weigh.doubt import stretches_with_doubtful_names
from themes.language import entities
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span

# spaCy's OntoNotes labels and ours. A facility may be a hospital, a school or a street: it counts as a place.
LABELS = {"PERSON": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "LOCATION", "ORG": "ORG"}


def find_entities(
    documents: Sequence[RawDocument], *, stretches_of: Callable[[str], Sequence[Span]] = stretches_with_doubtful_names
) -> list[list[Finding]]:
    """Persons, places and organisations as spaCy tags them. Evidence, not a verdict: alone it is wrong half the
    time."""
    stretches = [(i, span) for i, document in enumerate(documents) for span in stretches_of(document.text)]
    found: list[list[Finding]] = [[] for _ in documents]
    tagged = entities([span.of(documents[i].text) for i, span in stretches])
    for (i, stretch), named in zip(stretches, tagged, strict=True):
        for entity in named:
            if entity.label in LABELS:
                span = Span(stretch.start + entity.span.start, stretch.start + entity.span.end)
                label = LABELS[entity.label]
                kind = IdentifierKind.DIRECT if label == "PERSON" else IdentifierKind.QUASI
                found[i].append(Finding(span, label, kind, 1.0, "spacy"))
    return found
