"""An evidence pack: one theme on two pages, for somebody who has five minutes, such as an MP's office."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from themes.errors import WrongUse
from themes.estimate.breakdowns import EVERYONE
from themes.estimate.shares import WITHHELD
from themes.reader_words import number
from themes.records.project import Audience, Release
from themes.records.theme import ThemeOrigin
from themes.report import prose
from themes.report.blocks import Block, Drawn, Heading, PageBreak, Paper, Points, Quote, Table, Words, as_points, paper
from themes.report.counts import Counts
from themes.report.document import Report
from themes.report.excerpts import EXPERIENCE, Excerpt, by_code, by_people, choose, excerpt_maker, said_in
from themes.report.figures import HIDDEN, by_month
from themes.report.questions import QuestionPage
from themes.report.share_words import estimates_in, in_words
from themes.report.theme_parts import ThemePart
from themes.report.words import capitalize_first, listed, named, plain

MOST_QUOTES = 4
MOST_WORDS = 75
"""Of a quote: four of this length leave room for the rest of the second page, and a wish for that of the first."""
MOST_GROUPS = 9
MOST_BESIDE = 3
WISHES = frozenset({"wished_for"})


def themes_for_packs(report: Report) -> list[str]:
    """Ids of the themes that anybody speaks of: those of the codebook, then those that nobody asked for."""
    return [part.theme_id for part in _parts(report) if part.spoken_of]


def compose_pack(report: Report, wanted: str, *, tighter: int = 0) -> Paper:
    """Choose what is said of one theme, on two pages.

    Args:
        report: Of a release for the team or the public; each page says which.
        wanted: The id of a theme, which is that of its code, or its name.
        tighter: 0 to `MOST_QUOTES`: so many quotes fewer, twice as many groups fewer, and no picture, where two pages
            are not enough.

    Raises:
        WrongUse: If there is no such theme; names those there are by their ids.
    """
    release, part = report.release, theme_of(report, wanted)
    counts = Counts(release)
    most_quotes = MOST_QUOTES - tighter
    wish = _wish(release, part.theme_id, most_quotes)
    quotes = _quotes(part, most_quotes, {excerpt.segment_id for excerpt in wish})
    label = _label(release, part)
    blocks: list[Block] = [
        Heading("What people say"),
        *_what_people_say(report, part, counts, label),
        Heading("How many, and who"),
        *_how_many(release, part, counts, MOST_GROUPS - 2 * tighter),
        Heading("What helps"),
        *_what_helps(report, part, wish, quotes),
        PageBreak(),
        Heading("In their own words"),
        *_in_their_words(report, part, quotes),
        *_questions(report, part),
        *([] if tighter else _over_time(release, part, counts)),
        Heading("How this was made"),
        *_how_made(report),
        Heading("What it cannot show"),
        Points(tuple(prose.limits(report).items())[: prose.FIRST_LIMITS]),
        Words(prose.ending(report), "aside"),
    ]
    return paper(release, label, f"Evidence pack: {release.title}", prose.who_wrote(report), blocks)


def _parts(report: Report) -> Iterator[ThemePart]:
    for group in report.groups:
        yield from group.themes
    yield from report.emergent


def theme_of(report: Report, wanted: str) -> ThemePart:
    """A theme by its id or its name.

    Raises:
        WrongUse: If there is none; says which there are, by id and name.
    """
    parts = list(_parts(report))
    for part in parts:
        if wanted == part.theme_id or wanted.strip().casefold() == part.name.casefold():
            return part
    there = ", ".join(f"{part.theme_id} ({part.name})" for part in parts)
    raise WrongUse(f"There is no theme with that id or name in this run. It has: {there}.")


def _label(release: Release, part: ThemePart) -> str:
    """A code's name in plain words, if the codebook has one."""
    code = release.codebook.ever(part.theme_id)
    return (code.label if code else "") or part.name


def _wish(release: Release, theme_id: str, most: int) -> list[Excerpt]:
    """One excerpt in which somebody says what they would want; none where nobody says so."""
    said = by_code(by_people(said_in(release))).get(theme_id, [])
    wishes = [s for s in said if s.modality in WISHES and len(s.segment.text.split()) <= MOST_WORDS]
    show = excerpt_maker(release)
    return [show(one) for one in choose(wishes, min(1, most))]


def _quotes(part: ThemePart, most: int, shown: Collection[str]) -> list[Excerpt]:
    """Typical excerpts, both sides in turn; of a theme that nobody asked for, one at least that sees it otherwise."""

    def short(excerpts: Iterable[Excerpt]) -> list[Excerpt]:
        return [e for e in excerpts if e.segment_id not in shown and _words_in(e) <= MOST_WORDS]

    dissent = short(part.dissent)[: max(0, most)]
    return [*short(part.excerpts)[: max(0, most - min(1, len(dissent)))], *dissent][: max(0, most)]


def _words_in(excerpt: Excerpt) -> int:
    return len("".join(part.text for part in excerpt.parts).split())


def _what_people_say(report: Report, part: ThemePart, counts: Counts, label: str) -> Iterator[Block]:
    if part.definition:
        yield Words(part.definition, lead="" if label == part.name else f"{part.name}.")
    if part.people:
        yield Words(f"{capitalize_first(part.people)}.", "people")
    elif report.release.reading_edition:
        yield Words(report.in_short[0], "people")
    if not part.spoken_of:
        yield Words("Nobody in these texts was found to speak about this.", "gap")
    if part.shares:
        yield as_points([f"{capitalize_first(share.words)}." for share in part.shares])
    elif part.people and part.spoken_of and not part.notes:
        yield Words("How many people tell of good or bad experience of it cannot be shown.", "gap")
    if part.notes:
        yield as_points(part.notes)
    else:
        yield from _beside(report.release, part, counts)
    yield Words(prose.caution(report))


def _beside(release: Release, part: ThemePart, counts: Counts) -> Iterator[Block]:
    """What else the same people speak of."""
    names = {t.theme_id: t.name for t in release.themes if t.origin is ThemeOrigin.GUIDED}
    names.pop(part.theme_id, None)
    # A pair is counted once, under either of the two.
    both = {i: counts.people(part.theme_id, group=f"theme={i}") or _under(counts, i, part.theme_id) for i in names}
    most = sorted((i for i in both if both[i]), key=lambda i: (-(both[i] or 0), names[i]))[:MOST_BESIDE]
    if most:
        yield Words("The same people speak of " + listed(f"“{names[i]}” ({both[i]})" for i in most) + ".")


def _under(counts: Counts, other: str, theme_id: str) -> int | None:
    return counts.people(other, group=f"theme={theme_id}")


def _how_many(release: Release, part: ThemePart, counts: Counts, most: int) -> Iterator[Block]:
    """Of each group that may be named: how large it is, and how many of it speak of the theme."""
    if release.reading_edition or not counts.is_counted(EVERYONE):
        yield Words("Too few people wrote for any number to be told.", "gap")
        return
    estimates = estimates_in(release)
    estimate = estimates.get((part.theme_id, "", "", ""))
    if estimate is not None and estimate.method.startswith(WITHHELD):
        yield Words(f"No share is told. {estimate.method.removeprefix(WITHHELD)}", "gap")

    def speaks(group: str) -> str:
        found = estimates.get((part.theme_id, group, "", ""))
        if found is not None and (share := in_words(found)):
            return capitalize_first(share)
        people = counts.people(part.theme_id, group=group)
        return HIDDEN if people is None else f"{number(people, 'person', 'people')}, unchecked"

    everybody = counts.people(EVERYONE)
    rows = [("Everyone who wrote", HIDDEN if everybody is None else f"{everybody:,}", speaks(""))]
    # Programme against programme comes first: it is what people ask for.
    others = sorted(counts.attributes(), key=lambda name: ("scheme" not in name and "programme" not in name, name))
    for attribute in ("speaker", *others, "kind"):
        for value in counts.values(attribute):
            group = f"{attribute}={value}"
            size = counts.people(EVERYONE, group=group)
            if size and speaks(group) != HIDDEN:
                rows.append((f"{capitalize_first(plain(attribute))}: {plain(value)}", f"{size:,}", speaks(group)))
    yield Table(
        "People who wrote, and how many of them speak of this. One person can be in many rows.",
        ("Who", "People", "Speak of it"),
        tuple(rows[:most]),
    )
    no_room = f" There is no room here for {number(len(rows) - most, 'more group')} that could be shown."
    yield Words(
        f"Groups are left out where a number would be of fewer than {release.fewest_cases} people, or would tell such "
        f"a number.{no_room if len(rows) > most else ''}",
        "aside",
    )


def _what_helps(report: Report, part: ThemePart, wish: Sequence[Excerpt], quotes: Sequence[Excerpt]) -> Iterator[Block]:
    book = report.release.codebook
    # Who speaks well of what is for bad experience alone argues for it; that is no help.
    can_help = part.theme_id not in book or book[part.theme_id].polarity != "negative_only"
    good = next((share.people for share in part.shares if share.polarity == "positive" and can_help), None)
    told = can_help and any(excerpt.polarity == "positive" for excerpt in quotes)
    if good:
        yield Words(f"People who tell of a good experience of it: {good:,}, unchecked.")
    elif told:
        yield Words("How many tell of a good experience of it is hidden.")
    if told:
        yield Words("A good experience is among the excerpts on the next page.")
    if wish:
        yield Words("What somebody would want:")
        yield from (Quote(excerpt) for excerpt in wish)
    if not (good or told or wish):
        yield Words("No excerpt to show says what would help here.", "gap")
    best = next((side for side in report.sides if side.polarity == "positive"), None)
    if best is not None and best.themes:
        names = named(name for _, name, _ in best.themes[:MOST_BESIDE])
        yield Words(f"In all these texts, good experience was found most often with {names}.")


def _in_their_words(report: Report, part: ThemePart, shown: Sequence[Excerpt]) -> Iterator[Block]:
    if not shown:
        public = report.release.audience is Audience.PUBLIC
        withheld = (
            "None of its excerpts may be quoted."
            if public
            else "None of its excerpts can be shown here: they are withheld, or too long."
        )
        yield Words(withheld if part.spoken_of else "Nobody in these texts was found to speak about this.", "gap")
        return
    yield Words("One excerpt a person. Words in square brackets stand in for details that were taken out.", "aside")
    for excerpt in shown:
        yield Quote(excerpt)
    sides = {excerpt.polarity for excerpt in shown} & set(EXPERIENCE)
    if not part.dissent and len(sides) < 2 and "mixed" not in sides:
        yield Words("No excerpt that sees it otherwise can be shown. That does not mean nobody would say it.", "gap")


def _questions(report: Report, part: ThemePart) -> Iterator[Block]:
    """The research questions that the theme bears on, with how many speak for and against their claims."""
    asked = [q for q in report.questions if part.theme_id in {theme_id for theme_id, _, _ in q.themes}]
    if asked:
        yield Heading("What it bears on")
        yield Points(
            tuple((question.text, f"Question {_place(report, question)} of the report.") for question in asked)
        )


def _place(report: Report, question: QuestionPage) -> int:
    return report.questions.index(question) + 1


def _over_time(release: Release, part: ThemePart, counts: Counts) -> Iterator[Block]:
    """People who wrote and people who speak of the theme, month by month, where two months can be shown."""
    drawn = (
        None
        if release.reading_edition
        else by_month(counts, [t for t in release.themes if t.theme_id == part.theme_id])
    )
    if drawn is not None and part.name in drawn.columns:
        yield Heading("Over time")
        yield Drawn(drawn)
        yield Words("More people in a month may only mean that more were asked.", "aside")


def _how_made(report: Report) -> Iterable[Block]:
    release = report.release
    yield Words(
        f"People wrote {report.forms or 'texts'}. Names, places and other details were replaced by tags. A "
        "computer then compared each excerpt with a list of themes and what they mean. People are counted, not "
        f"excerpts. A number of fewer than {release.fewest_cases} people is hidden. The full report says more."
    )
    version = " ".join(part for part in (release.codebook.name, release.run.codebook_version) if part)
    yield Words(f"Codebook {version}. Run of {report.made}.", "aside")
