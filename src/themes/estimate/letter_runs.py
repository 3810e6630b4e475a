"""How far coders agree letter by letter: on where a code begins and ends, not only on whether an excerpt has it.

The unit is a stretch of a text within which no coder begins or ends, weighed by its letters. That is how NVivo's coding
comparison counts; an excerpt that somebody made shorter or longer then counts as agreed but for its ends.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from themes.estimate.reliability import between_coders
from themes.records.coding import Coding
from themes.records.estimate import Agreement


def letter_by_letter(codings: Iterable[Coding], case_of: Mapping[str, str], *, seed: int) -> list[Agreement]:
    """As `between_coders`, with letters for units: `segments` counts the stretches.

    Args:
        codings: As of `between_coders`; of excerpts of any length, which may overlap.
        case_of: Segment id to case id, of every excerpt among them.
        seed: For the intervals.
    """
    runs = list(letter_runs(codings))
    cases = {_placed(segment_id)[0]: case_id for segment_id, case_id in case_of.items()}
    places = {run.segment_id: _placed(run.segment_id) for run in runs}
    return between_coders(
        runs,
        {segment_id: cases[document_id] for segment_id, (document_id, _, _) in places.items()},
        seed=seed,
        letters={segment_id: end - start for segment_id, (_, start, end) in places.items()},
    )


def letter_runs(codings: Iterable[Coding]) -> Iterable[Coding]:
    """The same judgements, of stretches that nobody's excerpt divides: yes where any excerpt of the coder says so.

    >>> yes, no = Coding("d1:0-9", "food", "A1", True), Coding("d1:4-12", "food", "A2", False)
    >>> [(run.segment_id, run.coder_id, run.applies) for run in letter_runs([yes, no])]
    [('d1:0-4', 'A1', True), ('d1:4-9', 'A1', True), ('d1:4-9', 'A2', False), ('d1:9-12', 'A2', False)]
    """
    judged: dict[tuple[str, str], list[tuple[int, int, Coding]]] = defaultdict(list)
    for coding in codings:
        document_id, start, end = _placed(coding.segment_id)
        judged[document_id, coding.code_id].append((start, end, coding))
    for (document_id, code_id), placed in sorted(judged.items(), key=lambda item: item[0]):
        edges = sorted({edge for start, end, _ in placed for edge in (start, end)})
        for start, end in pairwise(edges):
            said: dict[str, bool] = {}
            for first, last, coding in placed:
                if first <= start and end <= last:
                    said[coding.coder_id] = said.get(coding.coder_id, False) or coding.applies
            for coder_id, applies in sorted(said.items()):
                yield Coding(f"{document_id}:{start}-{end}", code_id, coder_id, applies)


def _placed(segment_id: str) -> tuple[str, int, int]:
    document_id, _, span = segment_id.rpartition(":")
    start, _, end = span.partition("-")
    return document_id, int(start), int(end)
