"""Themes as a report shows them: under their groups, and by what went well and badly."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.reader_words import number
from themes.records.codebook import Codebook
from themes.records.coding import LIVED_THROUGH, Polarity
from themes.records.project import Release
from themes.records.theme import Theme, ThemeOrigin
from themes.report.counts import Counts
from themes.report.excerpts import EXPERIENCE, Excerpt, Said, choose
from themes.report.words import listed, month_name

EXCERPTS_A_THEME = 4
EXCERPTS_A_SIDE = 4

type Show = Callable[[Said], Excerpt]


@dataclass(frozen=True, slots=True)
class Share:
    """One side of a theme: how many people have had good, bad or mixed experience of it."""

    polarity: str
    words: str
    people: int | None
    width: float
    """Of the bar, 0 to 100; 0 where hidden."""


@dataclass(frozen=True, slots=True)
class ThemePart:
    """A theme as the report shows it."""

    theme_id: str
    name: str
    definition: str
    people: str
    shares: tuple[Share, ...]
    excerpts: tuple[Excerpt, ...]
    spoken_of: bool = True
    """Whether anything was found, even if no excerpt of it may be shown."""
    counts: str = ""
    """What counts as this theme, and what does not, in the codebook's words."""
    does_not_count: str = ""
    words: tuple[str, ...] = ()
    edge: tuple[Excerpt, ...] = ()
    """Of a theme that nobody asked for: what hardly belongs to it, so that a reader sees where it stops."""
    dissent: tuple[Excerpt, ...] = ()
    """Of such a theme: what seems to speak of it in the other way than most."""
    notes: tuple[str, ...] = ()
    """Of such a theme: how well it holds, where it meets the codes, how it moves over months, earlier names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Themes that belong together."""

    group_id: str
    name: str
    themes: tuple[ThemePart, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What went well, or badly: the themes people speak of most, each with an excerpt."""

    polarity: str
    title: str
    themes: tuple[tuple[str, str, str], ...]
    """(theme_id, name, how many people)"""
    excerpts: tuple[Excerpt, ...]


def _said_of(theme: Theme, spoken_of: Mapping[str, Sequence[Said]]) -> list[Said]:
    return [one for code_id in theme.code_ids for one in spoken_of.get(code_id, ())]


def groups_of_themes(
    book: Codebook,
    themes: Sequence[Theme],
    spoken_of: Mapping[str, Sequence[Said]],
    counts: Counts,
    show: Show,
) -> tuple[Group, ...]:
    """The guided themes under the codebook's groups. `spoken_of`: what people said, by code."""
    shown: set[str] = set()
    parts: dict[str, list[ThemePart]] = defaultdict(list)
    for theme in themes:
        code = book[theme.code_ids[0]] if theme.code_ids and theme.code_ids[0] in book else None
        said = _said_of(theme, spoken_of)
        chosen = choose(said, EXCERPTS_A_THEME, shown=shown)
        shown.update(one.segment.segment_id for one in chosen)
        parts[(code and code.parent_id) or ""].append(
            ThemePart(
                theme.theme_id,
                theme.name,
                code.definition if code else theme.summary,
                counts.suggested(theme.theme_id, found=bool(said)),
                _shares(theme.theme_id, counts, _negative_only(theme.theme_id, book)),
                tuple(show(one) for one in chosen),
                bool(said),
                _in_names(code.include, book) if code else "",
                _in_names(code.exclude, book) if code else "",
            )
        )
    order = [*book.groups, *sorted(set(parts) - set(book.groups))]
    return tuple(
        Group(group_id or "other", book.groups.get(group_id, "Other themes"), tuple(parts[group_id]))
        for group_id in order
        if parts[group_id]
    )


def _in_names(rules: Iterable[str], book: Codebook) -> str:
    """The codebook's rules as one sentence, with the names of codes where it has their ids."""

    def name(match: re.Match[str]) -> str:
        return book[match[0]].name if match[0] in book else match[0]

    return re.sub(r"[a-z]+(?:_[a-z]+)+|(?<=\()[a-z]+(?=\))", name, "; ".join(rules))


def _shares(theme_id: str, counts: Counts, negative_only: bool) -> tuple[Share, ...]:
    """A code that is for bad experience alone has one side."""
    sides = [Polarity.NEGATIVE] if negative_only else list(EXPERIENCE)
    people = {side: counts.people(theme_id, group=f"experience={side}") for side in sides}
    largest = max((shown for shown in people.values() if shown), default=0)
    if not largest:
        return ()
    return tuple(
        Share(
            side,
            f"{EXPERIENCE[side]}: {number(shown, 'person', 'people') if shown else 'number hidden'}",
            shown,
            100 * (shown or 0) / largest,
        )
        for side, shown in people.items()
    )


def sides_of_experience(
    book: Codebook,
    themes: Sequence[Theme],
    spoken_of: Mapping[str, Sequence[Said]],
    counts: Counts,
    show: Show,
) -> tuple[Side, ...]:
    """What went well and what went badly, in the same form and at the same length.

    Only what somebody lived through or saw. A wish, a fear or an argument is neither; and who speaks well of a code
    that is for bad experience alone argues for it.
    """
    sides = []
    for polarity, title in ((Polarity.POSITIVE, "What went well"), (Polarity.NEGATIVE, "What went badly")):
        group = f"experience={polarity}"
        said_of = {
            theme.theme_id: [
                one
                for one in _said_of(theme, spoken_of)
                if one.polarity == polarity and one.modality in LIVED_THROUGH and not one.withheld
                if not (polarity == Polarity.POSITIVE and _negative_only(one.code_id, book))
            ]
            for theme in themes
        }
        with_any = [theme for theme in themes if said_of[theme.theme_id]]
        names = {theme.theme_id: theme.name for theme in with_any}
        order = counts.largest_first(names, group=group)[:EXCERPTS_A_SIDE]
        # One excerpt a theme, so that four excerpts tell of four things; and nobody twice.
        chosen: dict[str, Said] = {}
        for theme_id in order:
            fresh = [s for s in said_of[theme_id] if s.segment.case_id not in chosen]
            chosen |= {one.segment.case_id: one for one in choose(fresh, 1)}
        sides.append(
            Side(
                polarity,
                title,
                tuple((i, names[i], counts.suggested(i, group=group)) for i in order),
                tuple(show(one) for one in chosen.values()),
            )
        )
    return tuple(sides)


def _negative_only(code_id: str, book: Codebook) -> bool:
    return code_id in book and book[code_id].polarity == "negative_only"


def emergent_themes(release: Release, counts: Counts, show: Show) -> tuple[ThemePart, ...]:
    """Themes that no code stood for, with their words and the excerpts that show them best."""
    segments = {segment.segment_id: segment for segment in release.segments}
    documents = {document.document_id: document for document in release.documents}
    members = defaultdict(list)
    for membership in release.memberships:
        segment = segments.get(membership.segment_id)
        if segment is not None and membership.segment_id not in release.withheld:
            said = Said(segment, documents[segment.document_id], probability=membership.weight)
            members[membership.theme_id].append(said)

    def shown(theme: Theme, ids: Sequence[str]) -> tuple[Excerpt, ...]:
        by_id = {said.segment.segment_id: said for said in members[theme.theme_id]}
        return tuple(show(by_id[segment_id]) for segment_id in ids if segment_id in by_id)

    def typical(theme: Theme) -> tuple[Excerpt, ...]:
        best = shown(theme, theme.exemplar_ids[:EXCERPTS_A_THEME])
        return best or tuple(show(said) for said in choose(members[theme.theme_id], EXCERPTS_A_THEME))

    guided = {t.theme_id: t.name for t in release.themes if t.origin is ThemeOrigin.GUIDED}
    themes = {
        t.theme_id: t
        for t in release.themes
        # One that an analyst made a code of is shown as that code.
        if t.origin is ThemeOrigin.EMERGENT and not any(code_id in release.codebook for code_id in t.code_ids)
    }
    return tuple(
        ThemePart(
            theme_id,
            themes[theme_id].name,
            themes[theme_id].summary,
            counts.suggested(theme_id),
            (),
            typical(themes[theme_id]),
            words=themes[theme_id].words,
            edge=shown(themes[theme_id], themes[theme_id].edge_ids),
            dissent=shown(themes[theme_id], themes[theme_id].dissent_ids),
            notes=tuple(_notes(themes[theme_id], guided, counts)),
        )
        for theme_id in counts.largest_first(themes)
    )


def _notes(theme: Theme, guided: Mapping[str, str], counts: Counts) -> Iterator[str]:
    """Sentences about an emergent theme. Numbers of people are those that may be shown, and no others."""
    if theme.found_again is not None:
        times = round(10 * theme.found_again)
        holds = "it holds" if times >= 8 else "it may not hold" if times >= 5 else "it hardly holds: read it with care"
        yield f"Found again in {times} of 10 samples of the texts: {holds}."
    together = {i: counts.people(theme.theme_id, group=f"theme={i}") for i in guided}
    with_most = sorted((i for i in together if together[i]), key=lambda i: (-(together[i] or 0), i))[:3]
    if with_most:
        yield "The same people speak of " + listed([f"“{guided[i]}” ({together[i]})" for i in with_most]) + "."
    months = [(m, people) for m in counts.periods() if (people := counts.people(theme.theme_id, period=m))]
    if len(months) > 1:
        yield "By month: " + ", ".join(f"{month_name(m)} {people:,}" for m, people in months) + "."
    if theme.former_names:
        yield "Called before: " + "; ".join(theme.former_names) + "."
