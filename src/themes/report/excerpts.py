"""Excerpts for a reader: which ones, in which order, and how each is shown."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from themes.attribution import KIND, QUESTION, may_say_of_writers, of_writer
from themes.errors import ProtectionError
from themes.estimate.standing import standing
from themes.records.coding import LIVED_THROUGH, Polarity
from themes.records.corpus import Document, DocumentKind
from themes.records.project import Audience, Release
from themes.records.segment import Segment
from themes.records.span import Span
from themes.release_text import surrogates_in
from themes.report.words import month_name, plain

KINDS = {
    DocumentKind.ARTICLE: "article",
    DocumentKind.COMMENT: "comment",
    DocumentKind.STORY: "story",
    DocumentKind.ANSWER: "survey answer",
}

EXPERIENCE: Mapping[str, str] = {
    Polarity.NEGATIVE: "bad experience",
    Polarity.POSITIVE: "good experience",
    Polarity.MIXED: "good and bad",
}

OPINION: Mapping[str, str] = {
    Polarity.NEGATIVE: "a view against it, or a fear",
    Polarity.POSITIVE: "a view in its favour",
    Polarity.MIXED: "a view for and against it",
}
"""Of who argues, hopes or fears, or tells of threats: that is no experience."""
WISHED_FOR = "wished_for"

SIDES: Sequence[str] = (Polarity.NEGATIVE, Polarity.POSITIVE, Polarity.MIXED, Polarity.NEUTRAL, "")

# An excerpt of this many words can be understood alone and read at a glance; others come after.
READABLE_WORDS = range(6, 61)


@dataclass(frozen=True, slots=True)
class Said:
    """A segment that is held to speak of something: a code, or an emergent theme."""

    segment: Segment
    document: Document
    code_id: str = ""
    polarity: str = ""
    probability: float = 0.0
    clear: bool = True
    withheld: bool = False
    """It tells of risk to life: it counts, and is not shown."""
    modality: str | None = None
    """ "experienced", "wished_for" and so on; None where nobody said."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an excerpt. `style` is "", "surrogate" (a tag for a personal detail) or "quoted" (another's)."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A segment as a reader sees it."""

    segment_id: str
    parts: tuple[Part, ...]
    writer: str
    """ "Comment, April 2013, carer or family": what may be said of who wrote it, and no more."""
    prompt: str | None = None
    polarity: str = ""
    experience: str = ""


def prompts_of(release: Release) -> dict[str, str]:
    """Each question that was put to people, and the letter it goes by, in the order of the alphabet: A to Z, then A2.

    Empty where nobody was asked anything, as under a blog post.
    """
    asked = sorted({segment.prompt for segment in release.segments if segment.prompt})
    letters = (f"{chr(65 + place % 26)}{place // 26 + 1 if place >= 26 else ''}" for place in range(len(asked)))
    return dict(zip(asked, letters, strict=True))


def said_in(release: Release) -> list[Said]:
    """All that the release says applies, articles included; the later coding of a segment and a code stands."""
    documents = {document.document_id: document for document in release.documents}
    segments = {segment.segment_id: segment for segment in release.segments}
    return [
        Said(
            segments[coding.segment_id],
            documents[segments[coding.segment_id].document_id],
            coding.code_id,
            coding.polarity or "",
            1.0 if coding.probability is None else coding.probability,
            not coding.unclear,
            coding.segment_id in release.withheld,
            coding.modality,
        )
        for coding in standing(release.codings)
        if coding.segment_id in segments
    ]


def by_people(said: Iterable[Said]) -> list[Said]:
    """What people said, without what organisations say."""
    return [one for one in said if one.document.kind is not DocumentKind.ARTICLE]


def by_code(said: Iterable[Said]) -> Mapping[str, list[Said]]:
    """What was said, by code."""
    grouped: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        grouped[one.code_id].append(one)
    return grouped


def choose(said: Iterable[Said], most: int, *, shown: Collection[str] = ()) -> list[Said]:
    """Typical excerpts, at most one per case, no two alike, good and bad experience in turn.

    Args:
        said: Candidates, in any order; those withheld are passed over.
        most: At most so many.
        shown: Ids of segments that a reader has met already: others come first.

    Returns:
        Bad, good, mixed, bad again and so on, then others to fill up, the surest first within each: whoever reads two
        reads both sides. Ties are settled by id, so that equal input gives equal output.
    """

    def typical_first(one: Said) -> tuple[bool, bool, bool, float, str]:
        unreadable = len(one.segment.text.split()) not in READABLE_WORDS
        segment_id = one.segment.segment_id
        return segment_id in shown, unreadable, not one.clear, -one.probability, segment_id

    sides: dict[str, list[Said]] = {side: [] for side in SIDES}
    for one in sorted((one for one in said if not one.withheld), key=typical_first):
        sides.get(one.polarity, sides[""]).append(one)
    chosen: dict[str, Said] = {}
    words: set[str] = set()
    experience = [sides.pop(side) for side in EXPERIENCE]
    in_turn = [one for row in zip_longest(*experience) for one in row if one is not None]
    for one in (*in_turn, *(one for rest in sides.values() for one in rest)):
        case = one.segment.case_id or one.document.document_id
        if len(chosen) < most and case not in chosen and one.segment.text.casefold() not in words:
            chosen[case] = one
            words.add(one.segment.text.casefold())
    return list(chosen.values())


def excerpt_maker(release: Release) -> Callable[[Said], Excerpt]:
    """A function that makes what was said into what a reader sees. It refuses what is withheld."""
    may_say = may_say_of_writers(release)

    def show(said: Said) -> Excerpt:
        if said.segment.segment_id in release.withheld:
            raise ProtectionError(
                f"The excerpt {said.segment.segment_id} is withheld and was to be shown: a fault here."
            )
        told = may_say(said.document)
        # In public, what too few share is not said of a text either; the team sees what it reads.
        in_public = release.audience is Audience.PUBLIC and said.document.kind is not DocumentKind.ARTICLE
        return Excerpt(
            segment_id=said.segment.segment_id,
            parts=parts_of(said.segment, surrogates_in(said.document)),
            writer=describe(said.document, of_writer(told), unnamed=in_public and KIND not in dict(told)),
            prompt=None if in_public and QUESTION not in dict(told) else said.segment.prompt,
            polarity=said.polarity,
            experience=told_as(said),
        )

    return show


def told_as(said: Said) -> str:
    """ "bad experience" of what somebody lived through or saw, "a wish", or how else they speak of it; or nothing.

    What an organisation says is no experience either.
    """
    if said.modality == WISHED_FOR:
        return "a wish"
    lived = said.modality in LIVED_THROUGH and said.document.kind is not DocumentKind.ARTICLE
    return (EXPERIENCE if lived else OPINION).get(said.polarity, "")


def parts_of(segment: Segment, surrogates: Sequence[Span]) -> tuple[Part, ...]:
    """The segment's text in stretches of one style each."""
    text, start = segment.text, segment.span.start
    styles = [""] * len(text)
    for span in segment.quoted:
        styles[span.start : span.end] = ["quoted"] * (min(span.end, len(text)) - span.start)
    for span in surrogates:
        if span.overlaps(segment.span):
            first, last = max(span.start - start, 0), min(span.end - start, len(text))
            styles[first:last] = ["surrogate"] * max(last - first, 0)
    cuts = [0, *(i for i in range(1, len(text)) if styles[i] != styles[i - 1]), len(text)]
    return tuple(Part(text[a:b], styles[a]) for a, b in pairwise(cuts) if a < b)


def describe(document: Document, said: Iterable[tuple[str, str]], *, unnamed: bool = False) -> str:
    """What may stand below a quote: "Survey answer, April 2013, carer or family, region: Wales"; "Text" where its kind
    is not to be named."""
    words = ["Text" if unnamed else KINDS[document.kind].capitalize()]
    for name, value in said:
        if name == "speaker":
            words.append("" if value == "unknown" else plain(value))
        elif name == "month":
            words.append(month_name(value))
        else:
            words.append(f"{plain(name)}: {value}")
    if document.kind is DocumentKind.ARTICLE and document.written:
        words.append(month_name(document.written))
    return ", ".join(word for word in words if word)
