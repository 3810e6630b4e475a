"""Cut documents into the units that are coded: sentences, or an answer as a whole when it is short.

Spans keep the text as it stands: nothing is lowered, trimmed of its words or joined.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from themes.language import inside, kept_together, sentences, trimmed
from themes.records.corpus import Document, DocumentKind
from themes.records.segment import Segment
from themes.records.span import Span

SHORT_ANSWER_WORDS = 25
"""An answer of up to so many words is one segment: it makes sense as a whole, or not at all."""
LONGEST_WORDS = 40
"""A sentence with more words than this is a run-on, and is cut at the joints of its clauses."""
_FEWEST_WORDS = 8

# Where clauses join, the strongest first.
_JOINTS = (
    re.compile(r";\s|\s[-–—]+\s|\.{2,}\s*|…\s*|:\s"),
    re.compile(
        r",?\s(?=(?:but|because|cos|cause|although|though|however|and\s(?:then|so|now|i|they|he|she|we|it|my|the)"
        r"|so\s(?:i|they|he|she|we|now|then)|then\s(?:i|they|he|she|we|it|the)|when\s(?:i|they|he|she|we))\b)",
        re.IGNORECASE,
    ),
    re.compile(r",\s"),
    re.compile(r"\s(?=(?:and|or|which|who|while|until|after|before|i|they|lol)\b)", re.IGNORECASE),
)


def by_answer(document: Document) -> list[Span]:
    """The whole text as one."""
    whole = trimmed(document.text, Span(0, len(document.text)))
    return [whole] if any(map(str.isalnum, whole.of(document.text))) else []


def by_paragraph(document: Document) -> list[Span]:
    """Stretches between blank lines."""
    text = document.text
    ends = [match.start() for match in re.finditer(r"\n[^\S\n]*\n", text)] + [len(text)]
    starts = [0, *ends[:-1]]
    spans = (trimmed(text, Span(start, end)) for start, end in zip(starts, ends, strict=True))
    return [span for span in spans if any(map(str.isalnum, span.of(text)))]


def by_sentence(document: Document) -> list[Span]:
    """Sentences; an answer that is short stays whole, a run-on is cut where its clauses join."""
    if document.kind is DocumentKind.ANSWER and len(document.text.split()) <= SHORT_ANSWER_WORDS:
        return by_answer(document)
    return _cut(document.text, longest=LONGEST_WORDS)


def by_clause(document: Document) -> list[Span]:
    """Clauses of about a dozen words."""
    return _cut(document.text, longest=14, fewest=4)


SEGMENTERS: dict[str, Callable[[Document], list[Span]]] = {
    "answer": by_answer,
    "paragraph": by_paragraph,
    "sentence": by_sentence,
    "clause": by_clause,
}


def segment(document: Document, *, by: str = "sentence", also: Iterable[Span] = ()) -> list[Segment]:
    """The segments of a document, in order, without overlap; none if it has no letter or digit.

    Args:
        document: A de-identified text; its `quotations` are carried over to the segments they touch.
        by: A key of `SEGMENTERS`.
        also: Stretches that people marked: segments of their own, beside those that they overlap.
    """
    cut = SEGMENTERS[by](document)
    whole = _segments(document, cut)
    marked = [_marked(document, span, whole) for span in sorted(set(also) - set(cut))]
    return sorted([*whole, *marked], key=lambda s: s.span) if marked else whole


def _marked(document: Document, span: Span, cut: Sequence[Segment]) -> Segment:
    """A stretch with the segments around it for context."""
    (one,) = _segments(document, [span])
    before = [s.text for s in cut if s.span.end <= span.start]
    after = [s.text for s in cut if s.span.start >= span.end]
    return replace(one, before=before[-1] if before else "", after=after[0] if after else "")


def _segments(document: Document, spans: Sequence[Span]) -> list[Segment]:
    text = document.text
    words = [span.of(text) for span in spans]
    speaker = document.speaker or ("unknown" if document.kind is DocumentKind.ARTICLE else None)
    return [
        Segment(
            segment_id=f"{document.document_id}:{span.start}-{span.end}",
            document_id=document.document_id,
            case_id=document.case_id,
            span=span,
            text=words[i],
            prompt=document.prompt,
            before=words[i - 1] if i else "",
            after=words[i + 1] if i + 1 < len(words) else "",
            quoted=_within(span, document.quotations),
            speaker=speaker,
        )
        for i, span in enumerate(spans)
    ]


def _within(span: Span, quotations: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(
        Span(max(quotation.start, span.start) - span.start, min(quotation.end, span.end) - span.start)
        for quotation in quotations
        if quotation.overlaps(span)
    )


def _cut(text: str, *, longest: int, fewest: int = _FEWEST_WORDS) -> list[Span]:
    spans: list[Span] = []
    for sentence in sentences(text):
        stretch = sentence.of(text)
        if stretch.count(" ") < longest:
            spans.append(sentence)
        else:
            at = sentence.start
            spans += (Span(at + span.start, at + span.end) for span in _clauses(stretch, longest, fewest))
    return spans


def _clauses(sentence: str, longest: int, fewest: int) -> list[Span]:
    """Cut from left to right, at the strongest joint that leaves `fewest` to `longest` words before it.

    Where the clauses have no joint within twice that, any white space must do.
    """
    words = [match.start() for match in re.finditer(r"\S+", sentence)]
    together = kept_together(sentence)
    levels = [_allowed((match.end() for match in joint.finditer(sentence)), together) for joint in _JOINTS]
    spaces = _allowed(words, together)
    cuts = [0]
    first = 0
    while len(words) - first > longest:
        cut = None
        for reach in (longest, 2 * longest):
            earliest, latest = words[first + fewest], words[min(first + reach, len(words) - fewest)]
            cut = next((at for level in levels if (at := _middlemost(level, earliest, latest)) is not None), None)
            if cut is not None:
                break
        if cut is None:
            later = bisect_left(spaces, words[first + longest])
            cut = spaces[later] if later < len(spaces) else len(sentence)
        cuts.append(cut)
        first = bisect_left(words, cut)
    return [trimmed(sentence, Span(start, end)) for start, end in pairwise([*cuts, len(sentence)]) if start < end]


def _allowed(cuts: Iterable[int], together: list[Span]) -> list[int]:
    return [cut for cut in cuts if not inside(cut, together)]


def _middlemost(cuts: list[int], earliest: int, latest: int) -> int | None:
    reachable = cuts[bisect_left(cuts, earliest) : bisect_right(cuts, latest)]
    return min(reachable, key=lambda cut: abs(2 * cut - earliest - latest), default=None)
