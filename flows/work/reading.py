"""Raw texts of a chunk, read and cleaned, withdrawn ones apart. They stay in memory."""

from dataclasses import dataclass

from themes.clean.document import clean
from themes.code.risk import risk_told
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.read.corpus import read_chunk
from themes.records.corpus import Empty, Quarantined
from themes.records.raw import RawDocument, SetAside
from themes.records.spec import Chunk, CorpusSpec


@dataclass(frozen=True)
class Given:
    """What the readers gave of a chunk."""

    texts: list[RawDocument]
    withdrawn: list[RawDocument]
    quarantined: list[Quarantined]
    empty: int


def looked_at(quarantined: Quarantined, given: RawDocument | Quarantined | Empty) -> Quarantined:
    """A text that is set aside, as it is kept: without its words, and with whether they may tell of a risk to life."""
    words = given.text if isinstance(given, RawDocument) else given.words if isinstance(given, SetAside) else ""
    source, reason, candidates = quarantined.source, quarantined.reason, quarantined.candidates
    return Quarantined(source, reason, candidates, risk_told(words))


def read_texts(spec: CorpusSpec, chunk: Chunk, tombstones: Tombstones) -> Given:
    """The texts of a chunk, cleaned; what was withdrawn, what is unfit and what is empty beside them."""
    texts: list[RawDocument] = []
    unfit_and_withdrawn: list[RawDocument] = []
    quarantined: list[Quarantined] = []
    empty = 0
    for item in read_chunk(spec, chunk):
        cleaned = clean(item) if isinstance(item, RawDocument) else item
        match cleaned:
            case RawDocument():
                texts.append(cleaned)
            case Empty():
                empty += 1
            case Quarantined() if isinstance(item, RawDocument) and tombstones and tombstones.is_withdrawn(item):
                unfit_and_withdrawn.append(item)
            case _:
                quarantined.append(looked_at(cleaned, item))
    stay, withdrawn = tombstones.split(texts)
    return Given(stay, [*withdrawn, *unfit_and_withdrawn], quarantined, empty)
