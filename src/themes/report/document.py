"""A release as one report: what stands in it, in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.estimate.breakdowns import EVERYONE
from themes.reader_words import number
from themes.records.codebook import Codebook
from themes.records.coding import Polarity
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, Release
from themes.records.theme import Theme, ThemeOrigin
from themes.report import figures
from themes.report.articles import Article, articles_in
from themes.report.behind import said_of_all, what_stands_behind
from themes.report.checklist import Item, checklist
from themes.report.counts import Counts
from themes.report.excerpts import Said, by_code, by_people, excerpt_maker, prompts_of, said_in
from themes.report.figures import Figure
from themes.report.learning import in_short as learned
from themes.report.methods import Methods, methods, not_heard
from themes.report.news import News, news
from themes.report.questions import QuestionPage, question_pages
from themes.report.residual import in_short as left_over
from themes.report.shares import SharesPart, most_spoken_of, saturation_in_words, shares_part
from themes.report.theme_map import theme_map
from themes.report.theme_parts import (
    Group,
    Side,
    ThemePart,
    emergent_themes,
    groups_of_themes,
    sides_of_experience,
)
from themes.report.words import day, listed, named, plain

MOST_NAMED = 3
NO_QUOTES = "Nobody is quoted here: only people who agreed to it may be, and only where it is safe."
"""Of a public edition without excerpts."""
COMPARED = {"speaker": "who speaks", "kind": "kind of text"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure under a heading, with a note below it."""

    heading: str
    figure: Figure | None
    note: str = ""


@dataclass(frozen=True)
class Report:
    """All that a report says; the templates only lay it out."""

    release: Release
    made: str
    people: int | None
    texts: int
    forms: str
    """Which kinds of text they are: "comments and stories"."""
    articles_read: int
    in_short: tuple[str, ...]
    news: News | None
    """Since the run before; None for the first, and for the public."""
    shares: SharesPart | None
    """Of a reviewed sample; None without one."""
    saturation: tuple[str, ...]
    bars: Figure | None
    """What the computer suggests; None once shares are told."""
    fates: Figure | None
    who: tuple[Figure, ...]
    groups: tuple[Group, ...]
    sides: tuple[Side, ...]
    pictures: tuple[Picture, ...]
    questions: tuple[QuestionPage, ...]
    emergent: tuple[ThemePart, ...]
    articles: tuple[Article, ...]
    not_heard: tuple[str, ...]
    left_over: tuple[str, ...]
    """What could still point to somebody, in a few sentences; empty if it was not measured, or is not for these
    readers."""
    learned: tuple[str, ...]
    """What was learned from people's decisions, in a few sentences; empty if nobody has decided anything."""
    methods: Methods
    checklist: tuple[Item, ...]
    behind: Mapping[str, tuple[str, ...]]
    """Theme id to what stands behind its number."""
    behind_all: tuple[str, ...]
    """What of that is said of every theme."""
    behind_own: bool
    """Whether more is said of any."""
    prompts: Mapping[str, str]
    """What was asked, to the letter it goes by on paper."""
    links: Mapping[str, str]
    """The name of a theme to its place in the page, for all that names it."""


def compose(release: Release) -> Report:
    """Choose what is said, counted and quoted."""
    counts = Counts(release)
    show = excerpt_maker(release)
    said = said_in(release)
    of_people = by_people(said)
    spoken_of = by_code(of_people)
    guided = [theme for theme in release.themes if theme.origin is ThemeOrigin.GUIDED]
    guided += _silent_themes(release.codebook, guided)
    sides = sides_of_experience(release.codebook, guided, spoken_of, counts, show)
    shares = None if release.reading_edition else shares_part(release, guided)
    groups = groups_of_themes(release.codebook, guided, spoken_of, counts, show)
    return Report(
        release=release,
        made=day(release.run.started_at),
        people=None if release.reading_edition else _people(release, counts),
        texts=release.run.counts.get("read", 0),
        forms=_forms(release),
        articles_read=release.run.counts.get("articles", 0),
        in_short=tuple(_in_short(release, counts, guided, sides, spoken_of, shares)),
        news=news(release, counts, guided),
        shares=shares,
        saturation=tuple(saturation_in_words(release)),
        bars=None if shares and shares.told else figures.people_by_theme(counts, guided),
        fates=figures.what_became(release.run.counts),
        who=tuple(_who_spoke(counts)),
        groups=groups,
        sides=sides,
        pictures=tuple(_pictures(release, counts, guided)),
        questions=tuple(question_pages(release.codebook, of_people, counts, show, themes=guided)),
        emergent=emergent_themes(release, counts, show),
        articles=tuple(articles_in(release, said, show)),
        not_heard=() if release.reading_edition else not_heard(release.codebook, counts),
        left_over=tuple(left_over(release)),
        learned=tuple(learned(release)),
        methods=methods(release),
        checklist=checklist(release),
        behind=(behind := what_stands_behind(release, guided, counts)),
        behind_all=(shared := said_of_all(behind)),
        behind_own=any(set(own) - set(shared) for own in behind.values()),
        prompts=prompts_of(release),
        links=_links([*guided, *release.themes]),
    )


def _links(themes: Iterable[Theme]) -> dict[str, str]:
    places: dict[str, set[str]] = defaultdict(set)
    for theme in themes:
        places[theme.name].add(f"#theme-{theme.theme_id}")
    return {name: next(iter(found)) for name, found in places.items() if len(found) == 1}


def _forms(release: Release) -> str:
    kinds = sorted({document.kind for document in release.documents if document.kind is not DocumentKind.ARTICLE})
    return listed(f"{plain(kind)}s".replace("storys", "stories") for kind in kinds)


def _people(release: Release, counts: Counts) -> int | None:
    """Everybody who wrote; in public the rounded number."""
    return len(release.cases) if release.audience is Audience.TEAM else counts.people(EVERYONE)


def _silent_themes(book: Codebook, themes: Iterable[Theme]) -> list[Theme]:
    """The codes that no excerpt was found for: a gap is shown, not left out."""
    seen = {code_id for theme in themes for code_id in theme.code_ids}
    return [
        Theme(code.code_id, code.name, code.definition, ThemeOrigin.GUIDED, (code.code_id,))
        for code in book.codes
        if code.code_id not in seen
    ]


def _in_short(
    release: Release,
    counts: Counts,
    themes: Sequence[Theme],
    sides: Sequence[Side],
    spoken_of: Mapping[str, Sequence[Said]],
    shares: SharesPart | None,
) -> Iterator[str]:
    names = {theme.theme_id: theme.name for theme in themes}
    forms = _forms(release)
    everybody = _people(release, counts)
    if not release.reading_edition:
        about = "" if release.audience is Audience.TEAM else "About "
        yield f"{about}{number(everybody or 0, 'person', 'people')} wrote the {forms or 'texts'} in this report."
    else:
        yield (
            f"Fewer than {release.fewest_cases} people wrote the {forms or 'texts'} in this report. "
            f"So nothing is counted here: this is an edition for reading."
        )
    yield from (told := most_spoken_of(shares))
    most = [theme_id for theme_id in counts.largest_first(names) if counts.people(theme_id)][:3]
    if most and not told:
        yield f"Most often suggested: {named(names[theme_id] for theme_id in most)}."
    for side in sides:
        what = "Good experiences" if side.polarity == Polarity.POSITIVE else "Bad experiences"
        best = [name for i, name, _ in side.themes if counts.people(i, group=f"experience={side.polarity}")][:2]
        if best:
            yield f"{what}, most often: {named(best)}."
        elif most:
            yield f"{what}: of no theme do enough people tell that a number can be shown."
    if release.audience is Audience.PUBLIC and all(s.segment_id in release.withheld for s in release.segments):
        yield NO_QUOTES
    silent = [theme.name for theme in themes if not any(spoken_of.get(code_id) for code_id in theme.code_ids)]
    if len(silent) > MOST_NAMED:
        yield f"Nobody was found to speak about {len(silent)} of the {len(names)} themes; each says so below."
    elif silent:
        yield f"Nobody was found to speak about {named(silent)}."


def _who_spoke(counts: Counts) -> Iterator[Figure]:
    for attribute, caption in (
        ("kind", "People by the kind of text they wrote. Small groups are left out."),
        ("speaker", "People by who they are, as far as the texts or their source say. Small groups are left out."),
    ):
        figure = figures.who_spoke(counts, attribute, caption)
        if figure is not None:
            yield figure


def _pictures(release: Release, counts: Counts, themes: Sequence[Theme]) -> Iterator[Picture]:
    if counts.reading_edition:
        return
    drawn, ties = theme_map(release.codebook, themes, release.themes, counts)
    yield Picture("A map of the themes", drawn, ties)
    yield Picture(
        "Themes that go together",
        figures.themes_together(counts, themes),
        "Two themes with the same people need not be cause and effect.",
    )
    yield Picture(
        "Compared: month by month",
        figures.by_month(counts, themes),
        "More people in a month may only mean that more were asked.",
    )
    # Programme against programme comes first: it is what people ask for; then who speaks.
    attributes = counts.attributes()
    schemes = [name for name in attributes if "scheme" in name or "programme" in name]
    others = [name for name in attributes if name not in schemes]
    for attribute in (*schemes, *(name for name in ("speaker", "kind") if counts.values(name)), *others):
        figure = figures.compared_by(counts, attribute, themes)
        note = f"Groups of fewer than {counts.fewest_cases} people are left out, and some others with them."
        yield Picture(f"Compared: {COMPARED.get(attribute, plain(attribute))}", figure, note)
