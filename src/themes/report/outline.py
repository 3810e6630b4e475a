"""The report in blocks, for formats that have no template: the same words in the same order as the page."""

from collections.abc import Iterable, Iterator

from themes.reader_words import number
from themes.records.project import Audience
from themes.report import prose
from themes.report.blocks import (
    Block,
    Drawn,
    Heading,
    Paper,
    Points,
    Quote,
    Table,
    Words,
    as_points,
    paper,
)
from themes.report.document import Report
from themes.report.excerpts import Excerpt
from themes.report.outline_numbers import news_in_blocks, shares_in_blocks, voices_in_blocks
from themes.report.questions import QuestionPage
from themes.report.theme_parts import ThemePart
from themes.report.words import capitalize_first, listed, named


def outline(report: Report) -> Paper:
    """The whole report as one paper. Says only what the page says; what a page leads to elsewhere is left out."""
    public = report.release.audience is Audience.PUBLIC
    blocks = [
        *_short(report),
        *(news_in_blocks(report.news, report.shares) if report.news else ()),
        *(shares_in_blocks(report.shares) if report.shares else ()),
        *_sides(report),
        *_read(report),
        *_themes(report),
        *_pictures(report),
        *_questions(report),
        *(() if public else _emergent(report)),
        *_organisations(report),
        Heading("What these texts cannot tell"),
        Points(tuple(prose.limits(report).items())),
        *_of_sentences("What could still point to somebody", report.left_over),
        *_of_sentences("What was learned from decisions", report.learned),
        *_methods(report),
        *_glossary(report),
        Words(prose.ending(report), "aside"),
    ]
    kicker = "A reading edition" if report.release.reading_edition else "What people told us"
    return paper(report.release, report.release.title, kicker, prose.who_wrote(report), blocks)


def _short(report: Report) -> Iterator[Block]:
    yield Heading("In short")
    yield as_points(report.in_short)
    for note in report.release.notes:
        yield Words(note)
    yield Words(prose.caution(report))


def _sides(report: Report) -> Iterator[Block]:
    yield Heading("What went well, what went badly")
    if not report.release.reading_edition:
        yield Words(prose.SIDES)
    for side in report.sides:
        yield Heading(side.title, 2)
        for _, name, sentence in side.themes:
            yield Words(sentence, lead=name)
        yield from _quotes(side.excerpts)
        if not side.themes:
            yield Words("No excerpt was suggested here.", "gap")


def _read(report: Report) -> Iterator[Block]:
    yield Heading("What was read, and what became of it")
    if report.fates:
        yield Drawn(report.fates)
    if report.prompts:
        yield Heading("What was asked", 2)
        yield Points(tuple((f"Question {letter}.", prompt) for prompt, letter in report.prompts.items()))
    if report.who:
        yield Heading("Who spoke", 2)
    for figure in report.who:
        yield Drawn(figure)
    if report.not_heard:
        yield Words(f"Too few to show, or not heard at all: {listed(report.not_heard)}.", "gap")
    if report.release.quarantined:
        yield Heading("What could not be taken in", 2)
        yield Table(
            "",
            ("File", "Place", "Why, and what to do"),
            tuple(
                (
                    row.source.file,
                    row.source.place,
                    (f"{prose.AT_RISK} " if row.risk else "")
                    + row.reason
                    + (f" ({number(row.candidates, 'text')})" if row.candidates > 1 else ""),
                )
                for row in report.release.quarantined
            ),
        )


def _themes(report: Report) -> Iterator[Block]:
    yield Heading("The themes")
    if report.bars:
        yield Drawn(report.bars)
    for group in report.groups:
        yield Heading(group.name, 2)
        for theme in group.themes:
            yield from _theme(theme, public=report.release.audience is Audience.PUBLIC)
            if behind := report.behind.get(theme.theme_id):
                yield Words(" ".join(behind), "aside", lead=f"What stands behind it: {theme.name}")


def _theme(theme: ThemePart, *, public: bool) -> Iterator[Block]:
    yield Heading(theme.name, 3)
    yield from _people(theme.people)
    yield Words(theme.definition)
    if theme.shares:
        yield as_points([share.words for share in theme.shares])
    elif theme.people and theme.spoken_of:
        yield Words("How many people tell of good or bad experience of it cannot be shown.", "aside")
    yield from _quotes(theme.excerpts)
    if not theme.spoken_of:
        yield Words("Nobody in these texts was found to speak about this.", "gap")
    elif not theme.excerpts and public:
        yield Words("None of its excerpts may be quoted.", "gap")
    elif not theme.excerpts:
        withheld = "Its excerpts are withheld: they may tell of risk to life. A person should read them first."
        yield Words(withheld, "gap")
    for lead, rule in (("Counts:", theme.counts), ("Does not count:", theme.does_not_count)):
        if rule:
            yield Words(f"{rule}.", "aside", lead=lead)


def _pictures(report: Report) -> Iterator[Block]:
    if report.pictures:
        yield Heading("Pictures and comparisons")
    for shown in report.pictures:
        yield Heading(shown.heading, 2)
        if shown.figure:
            yield Drawn(shown.figure)
            yield Words(shown.note, "aside")
        else:
            yield Words(f"Nothing can be drawn here: each number is of too few people. {shown.note}", "gap")


def _questions(report: Report) -> Iterator[Block]:
    if report.questions:
        yield Heading("The research questions")
    for question in report.questions:
        yield from _question(question)


def _question(question: QuestionPage) -> Iterator[Block]:
    yield Heading(question.text, 2)
    if question.people:
        yield Words(f"Something on it was {question.people}.", "people")
    if question.who:
        yield Heading("Who says something on it", 3)
        yield from voices_in_blocks(question)
    if question.themes:
        yield Heading("The themes it rests on", 3)
        yield Points(tuple((name, capitalize_first(sentence)) for _, name, sentence in question.themes))
    for claim in question.claims:
        yield Heading(claim.text, 3)
        for heading, people, excerpts in (
            ("For it", claim.people_for, claim.speaks_for),
            ("Against it", claim.people_against, claim.speaks_against),
        ):
            yield Heading(heading, 4)
            yield from _people(people)
            yield from _quotes(excerpts)
            if not excerpts:
                yield Words("No excerpt to show.", "gap")
        if claim.context:
            yield Heading("Beside it: neither for nor against", 4)
            yield from _quotes(claim.context)
    yield from _quotes(question.excerpts)
    if question.gaps:
        yield Heading("What is missing", 3)
        yield as_points(question.gaps)


def _emergent(report: Report) -> Iterator[Block]:
    yield Heading("What nobody thought to look for")
    if not report.emergent:
        too_few = "Too few for themes: there are not enough excerpts to group by what they have in common."
        yield Words(too_few, "gap")
    for theme in report.emergent:
        yield Heading(theme.name, 3)
        yield from _people(theme.people)
        for note in theme.notes:
            yield Words(note)
        yield from _quotes(theme.excerpts)
        for heading, excerpts in (
            ("Some may see it otherwise", theme.dissent),
            ("At the edge: does this still belong?", theme.edge),
        ):
            if excerpts:
                yield Heading(heading, 4)
                yield from _quotes(excerpts)


def _organisations(report: Report) -> Iterator[Block]:
    if report.articles:
        yield Heading("What organisations say")
    for article in report.articles:
        yield Heading(" ".join(part for part in (article.title, article.month, article.file) if part), 3)
        if article.themes:
            yield Words(f"Themes suggested: {named(article.themes)}.")
            yield from _quotes(article.excerpts)
        else:
            yield Words("No theme was suggested.", "gap")


def _methods(report: Report) -> Iterator[Block]:
    made = report.methods
    yield Heading("How this was made")
    yield Points(tuple(prose.stages(report).items()), numbered=True)
    yield Heading("The facts of this run", 2)
    yield Table("", (), tuple((name, value) for name, value in made.facts if value))
    if made.masks.by_label:
        yield Heading("What the tags stand for", 2)
        rows = tuple((capitalize_first(name), f"{times:,}") for name, times in made.masks.by_label)
        yield Table("", ("Kind of detail", "Times replaced"), rows)
    yield Heading("Against two checklists, for whoever reviews it", 2)
    items = tuple((item.number, item.topic, item.says) for item in report.checklist)
    yield Table(
        "Items of COREQ and SRQR, and where this report answers them", ("Item", "Topic", "What this report says"), items
    )
    if made.models or made.versions:
        yield Heading("Models and versions, for whoever wants to repeat it", 2)
        yield Table("", ("Model", "SHA-256"), made.models)
        yield Table("", ("Software", "Version"), made.versions)


def _glossary(report: Report) -> Iterator[Block]:
    words = report.release.codebook.glossary
    if words:
        yield Heading("Words used here")
    for word in sorted(words, key=str.casefold):
        yield Words(words[word], lead=word)


def _of_sentences(heading: str, sentences: Iterable[str]) -> Iterator[Block]:
    said = tuple(sentences)
    if said:
        yield Heading(heading)
        yield as_points(said)


def _people(sentence: str) -> Iterator[Block]:
    if sentence:
        yield Words(capitalize_first(sentence), "people")


def _quotes(excerpts: Iterable[Excerpt]) -> Iterator[Block]:
    return (Quote(excerpt) for excerpt in excerpts)
