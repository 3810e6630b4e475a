"""Who speaks, and what stands: articles are nobody's account, and of several codings the last one counts."""

from collections.abc import Iterable

from themes.records.coding import Coding, is_adjudicator
from themes.records.corpus import Document, DocumentKind


def people_documents(documents: Iterable[Document]) -> list[Document]:
    """The documents that are somebody's account: all but articles."""
    return [document for document in documents if document.kind is not DocumentKind.ARTICLE]


def standing(codings: Iterable[Coding]) -> list[Coding]:
    """The codings that apply once changes of mind are heeded; a language model's advice is none.

    What an adjudicator settled goes before what coders hold, whenever they said so.

    Args:
        codings: In the order made. Dated ones count as made in the order of their dates, after all undated ones.
    """
    counting = (coding for coding in codings if not coding.is_advice)
    last = {(c.segment_id, c.code_id): c for c in sorted(counting, key=_weight)}
    return [coding for coding in last.values() if coding.applies]


def _weight(coding: Coding) -> tuple[bool, str]:
    return is_adjudicator(coding.coder_id), coding.made_at or ""
