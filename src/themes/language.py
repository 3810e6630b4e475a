"""The one home of spaCy: what it tells about a text, as plain records."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from themes.errors import ModelError
from themes.models import spacy_model
from themes.records.span import Span


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing in a text. `label` is spaCy's own: PERSON, GPE, LOC, ORG, FAC, DATE, NORP …"""

    span: Span
    label: str


def entities(texts: Sequence[str]) -> list[list[Entity]]:
    """Named entities of each text, in order of appearance.

    Args:
        texts: Any number, each below a million characters; cost grows evenly with length, 10,000 words a CPU-second.

    Raises:
        ModelError: If the pipeline cannot be loaded or has no entity recogniser.
    """
    if not texts:
        return []
    tagged = _entity_pipeline().pipe(texts, batch_size=128)
    return [[Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents] for doc in tagged]


@cache
def _entity_pipeline() -> Any:
    import spacy

    model = spacy_model()
    try:
        pipeline = spacy.load(model, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    except (OSError, ValueError) as trouble:
        raise ModelError(
            f"The spaCy pipeline {model} could not be loaded ({type(trouble).__name__}). Run `make setup` again, or "
            f"unset THEMES_SPACY_MODEL; nothing was read."
        ) from None
    if "ner" not in pipeline.pipe_names or not pipeline.pipe_labels["ner"]:
        raise ModelError(f"The spaCy pipeline {model} has no entity recogniser: it would let every name pass.")
    return pipeline
