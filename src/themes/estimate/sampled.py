"""From the records of a run and of the sample to what the estimator is given."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from themes.estimate.reviewed import Reviewed, as_scores
from themes.estimate.standing import people_documents
from themes.records.coding import MACHINE_ID, Coding, is_machine
from themes.records.corpus import Document
from themes.records.sample import SampledCase
from themes.records.segment import Segment

BY_CHANCE = "probability"
"""The `sampling` of a decision that may estimate."""


@dataclass(frozen=True)
class Sampled:
    """What the estimator is given, and what is missing from it."""

    reviewed: Reviewed
    drawn: int
    """How many of its cases were drawn; who sent in the same text counts once, here and in the next."""
    unfinished: npt.NDArray[np.int64]
    """How many of these are not reviewed for each theme: not read yet, read before a code changed its meaning, or
    disputed; shape (n_themes,)."""
    came_later: int
    """Cases left out because they came after the last batch was drawn, so that they had no chance."""

    def of(self, case_ids: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Whether each case is one of these, as `estimate` takes a group."""
        wanted = set(case_ids)
        return np.array([case_id in wanted for case_id in self.reviewed.case_ids], bool)


def sampled(
    documents: Sequence[Document],
    segments: Iterable[Segment],
    codings: Iterable[Coding],
    sample: Mapping[str, SampledCase],
    codes_of: Mapping[str, Sequence[str]],
    *,
    among: Collection[str] | None = None,
) -> Sampled:
    """Cases, scores and outcomes of all whom the documents are from.

    A case has a theme if somebody gave one of its codes to any of its excerpts, or to another stretch of its texts. It
    is reviewed for a theme if every excerpt was judged on every one of its codes, as part of the sample, and no
    judgement is a draw between coders: a case read in part would be known only where it has the theme. Whose every text
    is somebody else's, sent in again, has that text's scores and review, and the first writer's chance; who also wrote
    something else is known by that alone.

    Args:
        documents: All of a run. Articles are passed over.
        segments: Their excerpts.
        codings: The machine's, one for each excerpt and code; and people's, of each coder one, with `applies` and
            `sampling`: those that are not "probability" do not estimate. Stale ones must not be among them.
        sample: Every case that could have been drawn, by id.
        codes_of: The codes of each theme.
        among: Ids of the documents that count, such as those that answer one question or are from one period; default:
            all do.
    """
    people = people_documents(documents)
    writer = {document.document_id: document.case_id for document in people}
    texts_of = _texts(people, writer, set(writer) if among is None else among)
    excerpts: dict[str, list[str]] = defaultdict(list)
    for segment in segments:
        excerpts[segment.document_id].append(segment.segment_id)
    texts_of = {case_id: texts for case_id, texts in texts_of.items() if any(excerpts.get(text) for text in texts)}
    drawn_with = {case_id: writer[texts[0]] for case_id, texts in texts_of.items()}
    case_ids = [c for c, first in drawn_with.items() if first in sample and sample[first].probability > 0]
    of_machine, of_people = _machines_and_peoples(codings, writer)

    probabilities = np.array([sample[drawn_with[case_id]].probability for case_id in case_ids])
    is_drawn = np.array([sample[drawn_with[case_id]].is_drawn for case_id in case_ids], bool)
    most, outcomes = np.zeros((len(case_ids), len(codes_of))), np.full((len(case_ids), len(codes_of)), np.nan)
    columns_of, rows_of = _inverted(codes_of.values()), _inverted(texts_of[case_id] for case_id in case_ids)
    for coding in of_machine:
        for row in rows_of.get(_document_of(coding.segment_id), ()):
            for column in columns_of.get(coding.code_id, ()):
                most[row, column] = max(most[row, column], coding.probability or 0.0)
    for row in np.flatnonzero(is_drawn).tolist():
        texts = texts_of[case_ids[row]]
        had_to_be = [excerpt for text in texts for excerpt in excerpts[text]]
        judged = {pair: said for text in texts for pair, said in of_people[text].items()}
        outcomes[row] = [_outcome(had_to_be, judged, codes) for codes in codes_of.values()]
    clusters = tuple(drawn_with[case_id] for case_id in case_ids)
    unfinished: dict[str, npt.NDArray[np.bool_]] = {}
    for cluster, missing in zip(np.array(clusters)[is_drawn].tolist(), np.isnan(outcomes[is_drawn]), strict=True):
        unfinished[cluster] = unfinished.get(cluster, missing) | missing
    return Sampled(
        Reviewed(tuple(case_ids), tuple(codes_of), as_scores(most), outcomes, probabilities, clusters),
        drawn=len(unfinished),
        unfinished=np.array(list(unfinished.values())).reshape(-1, len(codes_of)).sum(axis=0).astype(np.int64),
        came_later=len(texts_of) - len(case_ids),
    )


def _texts(people: Sequence[Document], writer: Mapping[str, str], among: Collection[str]) -> dict[str, list[str]]:
    """The documents by which each case is known, all by one writer: its own, or of one who has none the first writer's.

    In the order of case ids.
    """
    own: dict[str, list[str]] = defaultdict(list)
    copied: dict[str, list[str]] = defaultdict(list)
    for document in sorted(people, key=lambda d: d.document_id):
        if document.document_id in among and document.duplicate_of is None:
            own[document.case_id].append(document.document_id)
        elif document.document_id in among and document.duplicate_of is not None and document.duplicate_of in writer:
            copied[document.case_id].append(document.duplicate_of)
    for case_id, originals in copied.items():
        own.setdefault(case_id, [text for text in originals if writer[text] == writer[originals[0]]])
    return dict(sorted(own.items()))


def _inverted(lists: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """In which of the lists each thing is."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, things in enumerate(lists):
        for thing in things:
            places[thing].append(place)
    return places


def _machines_and_peoples(
    codings: Iterable[Coding], known: Collection[str]
) -> tuple[list[Coding], dict[str, dict[tuple[str, str], list[bool]]]]:
    """The machine's codings of these documents; what people said for the sample, by document, then excerpt and code."""
    of_machine: list[Coding] = []
    of_people: dict[str, dict[tuple[str, str], list[bool]]] = defaultdict(lambda: defaultdict(list))
    for coding in codings:
        document_id = _document_of(coding.segment_id)
        if document_id in known and coding.coder_id == MACHINE_ID:
            of_machine.append(coding)
        elif document_id in known and not is_machine(coding.coder_id) and coding.sampling == BY_CHANCE:
            of_people[document_id][coding.segment_id, coding.code_id].append(coding.applies)
    return of_machine, of_people


def _outcome(
    excerpts: Sequence[str], judged: Mapping[tuple[str, str], Sequence[bool]], code_ids: Sequence[str]
) -> float:
    """1 or 0 where all excerpts were judged without a draw, else NaN."""
    had_to_be = {(segment_id, code_id) for segment_id in excerpts for code_id in code_ids}
    if not had_to_be <= judged.keys():
        return float("nan")
    balances = [2 * sum(said) - len(said) for (_, code_id), said in judged.items() if code_id in code_ids]
    if 0 in balances:
        return float("nan")
    return float(max(balances, default=0) > 0)


def _document_of(segment_id: str) -> str:
    return segment_id.rpartition(":")[0]
