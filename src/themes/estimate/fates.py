"""What became of every candidate text: the conservation law of a run."""

from collections import Counter
from collections.abc import Iterable, Mapping

from themes.errors import ProtectionError
from themes.estimate.standing import standing
from themes.records.coding import Coding
from themes.records.corpus import Document, DocumentKind, Fate


def fates(documents: Iterable[Document], codings: Iterable[Coding], read: Mapping[str, int]) -> dict[str, int]:
    """Candidate texts by what became of them: `read` first, articles apart.

    Args:
        documents: All of a run.
        codings: All of a run; a text has a code if one stands for any of its segments.
        read: What the readers counted: "read", and of these "empty", "quarantined" and "withdrawn"; "articles" beside.

    Raises:
        ProtectionError: If they do not add up to what was read: a text was lost, or counted twice.
    """
    with_code = {coding.segment_id.split(":")[0] for coding in standing(codings)}
    counted = Counter({fate.value: 0 for fate in Fate})
    for document in documents:
        if document.kind is DocumentKind.ARTICLE:
            continue
        if document.duplicate_of is not None:
            counted[Fate.DUPLICATE] += 1
        else:
            counted[Fate.CODED if document.document_id in with_code else Fate.NO_CODE] += 1
    for fate in (Fate.EMPTY, Fate.QUARANTINED, Fate.WITHDRAWN):
        counted[fate] = read.get(fate, 0)
    if counted.total() != read.get("read", 0):
        raise ProtectionError(
            f"{read.get('read', 0)} texts were read, but {counted.total()} accounted for. This is a fault in themes: "
            f"the run is not finished, and nothing is published."
        )
    return {
        "read": read.get("read", 0),
        **{str(k): v for k, v in counted.items()},
        "articles": read.get("articles", 0),
    }
