"""A document as the release profile has it, and where things stand in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from themes.records.corpus import Case, Document
from themes.records.privacy import Replacement
from themes.records.segment import Segment
from themes.records.span import Span


def as_released(document: Document) -> Document:
    """The document with the text, question and speaker of the release profile; what it replaces is no longer in it.

    `replacements` still have their spans in the cleaned text; `release_replacements` are empty, for they are done.
    """
    strict = {r.span: r for r in document.release_replacements}
    merged, shift = [], 0  # from the cleaned text to `text`
    at = 0
    for replacement in sorted(document.replacements, key=lambda r: r.span):
        here = Span(replacement.span.start + shift, replacement.span.start + shift + len(replacement.surrogate))
        merged += _moved_back(strict, at, here.start, shift)
        stricter = strict.pop(here, None)
        merged.append(replace(replacement, surrogate=stricter.surrogate) if stricter else replacement)
        shift += len(replacement.surrogate) - (replacement.span.end - replacement.span.start)
        at = here.end
    merged += _moved_back(strict, at, len(document.text), shift)
    quotations = tuple(in_released(span, document) for span in document.quotations)
    return replace(
        document,
        text=released_text(document),
        prompt=document.released_prompt or document.prompt,
        speaker=document.released_speaker or document.speaker,
        replacements=tuple(merged),
        release_replacements=(),
        quotations=quotations,
    )


def _moved_back(strict: dict[Span, Replacement], start: int, end: int, shift: int) -> list[Replacement]:
    """What is replaced in a stretch between two surrogates, with its span in the cleaned text."""
    here = sorted(span for span in strict if start <= span.start and span.end <= end)
    return [replace(strict.pop(span), span=Span(span.start - shift, span.end - shift)) for span in here]


def released_text(document: Document) -> str:
    """The text with the release profile's surrogates.

    >>> from themes.records.corpus import DocumentKind, SourceRef
    >>> strict = (Replacement(Span(3, 9), "ORG", "[organisation K7QX2]"),)
    >>> story = Document("d1", "c1", DocumentKind.STORY, "At Ingeus.", SourceRef("a"), release_replacements=strict)
    >>> released_text(story)
    'At [organisation K7QX2].'
    """
    parts, at = [], 0
    for replacement in sorted(document.release_replacements, key=lambda r: r.span):
        parts += [document.text[at : replacement.span.start], replacement.surrogate]
        at = replacement.span.end
    return "".join([*parts, document.text[at:]])


def in_released(span: Span, document: Document) -> Span:
    """Where a stretch of `document.text` stands in the released text. An end inside a surrogate takes all of it."""
    return Span(_moved(span.start, document, to_end=False), _moved(span.end, document, to_end=True))


def _moved(offset: int, document: Document, *, to_end: bool) -> int:
    shift = 0
    for replacement in sorted(document.release_replacements, key=lambda r: r.span):
        start, end = replacement.span.start, replacement.span.end
        if offset <= start:
            break
        if offset < end:
            return start + shift + (len(replacement.surrogate) if to_end else 0)
        shift += len(replacement.surrogate) - (end - start)
    return offset + shift


def answers_as_released(case: Case) -> dict[str, str]:
    """The closed answers of a case by the release profile."""
    pairs = (case.released.get(f"{name}={value}", f"{name}={value}") for name, value in case.attributes.items())
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def released_groups(cases: Iterable[Case], documents: Iterable[Document]) -> dict[str, str]:
    """Groups of people, "column=answer" or "speaker=…", to what the release profile calls them.

    Only those that it calls something else; "" where it calls two of them the same: their counts cannot be added up.
    """
    called: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for name, value in case.attributes.items():
            called[f"{name}={value}"].add(case.released.get(f"{name}={value}", f"{name}={value}"))
    for document in documents:
        if document.speaker:
            called[f"speaker={document.speaker}"].add(f"speaker={document.released_speaker or document.speaker}")
    times = Counter(now for calls in called.values() for now in calls)
    return {
        group: next(iter(calls)) if len(calls) == 1 and times[next(iter(calls))] == 1 else ""
        for group, calls in called.items()
        if calls != {group} or times[group] > 1
    }


def released_prompts(documents: Iterable[Document]) -> dict[str, str]:
    """Questions that were asked to what the release profile calls them, as `released_groups` does."""
    called: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.prompt:
            called[document.prompt].add(document.released_prompt or document.prompt)
    times = Counter(now for calls in called.values() for now in calls)
    return {
        prompt: next(iter(calls)) if len(calls) == 1 and times[next(iter(calls))] == 1 else ""
        for prompt, calls in called.items()
    }


def segment_as_released(segment: Segment, document: Document, released: Document) -> Segment:
    """The segment cut out of the released text, without the text around it.

    Args:
        segment: Of `document`.
        document: As it is kept.
        released: `as_released(document)`.
    """
    span = in_released(segment.span, document)
    quoted = [
        in_released(Span(part.start + segment.span.start, part.end + segment.span.start), document)
        for part in segment.quoted
    ]
    return replace(
        segment,
        span=span,
        text=span.of(released.text),
        prompt=released.prompt,
        speaker=segment.speaker and released.speaker,
        before="",
        after="",
        quoted=tuple(Span(part.start - span.start, part.end - span.start) for part in quoted),
    )


def surrogates_in(document: Document) -> list[Span]:
    """Where the surrogates of `replacements` stand in the document's text, in order.

    A replacement's span is that of the words it replaced; what stands before it has grown or shrunk.
    """
    found, moved = [], 0
    for replacement in sorted(document.replacements, key=lambda r: r.span):
        start = replacement.span.start + moved
        end = start + len(replacement.surrogate)
        moved += len(replacement.surrogate) - (replacement.span.end - replacement.span.start)
        if document.text[start:end] == replacement.surrogate:
            found.append(Span(start, end))
    return found
