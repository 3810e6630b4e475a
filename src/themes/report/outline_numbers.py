"""The parts of a report that are mostly numbers, in blocks: shares, what is new, who says it."""

from collections.abc import Iterator

from themes.report.blocks import Block, Drawn, Heading, Table, Words, as_points
from themes.report.news import News
from themes.report.questions import QuestionPage
from themes.report.shares import SharesPart
from themes.report.words import capitalize_first, named


def news_in_blocks(news: News, shares: SharesPart | None) -> Iterator[Block]:
    """What is new since the run before."""
    yield Heading(f"What is new since {news.since}")
    yield Words(" ".join(news.texts))
    yield Words(f"The run before: {news.run_id}", "aside")
    if news.born:
        yield Heading("New themes", 2)
        yield Words("Nobody asked for these, and the run before did not have them.")
        yield as_points([name for _, name in news.born])
    for sentence in news.themes:
        yield Words(sentence)
    if news.moved:
        yield Heading("Numbers that moved", 2)
        yield Table(
            f"Themes whose number of people moved since {news.since}",
            ("Theme", "People now", "People then"),
            tuple((row.name, f"{row.now:,}", f"{row.before:,}") for row in news.moved),
        )
        yield Words(news.caution, "aside")
    for sentence in news.counts:
        yield Words(sentence)
    if shares and shares.changes:
        yield Words("How shares moved is said with the shares.")


def voices_in_blocks(question: QuestionPage) -> Iterator[Block]:
    """Who says something on a question, of how many."""
    rows = tuple((row.who, f"{row.speak:,}", f"{row.of:,}") for row in question.who.told)
    yield Table(f"Who says something on: {question.text}", ("Who", "Speak of it", "Of all who wrote"), rows)


def shares_in_blocks(shares: SharesPart) -> Iterator[Block]:
    """How many people speak of each theme, by a reviewed sample."""
    yield Heading("How many people speak of each theme")
    if shares.figure:
        yield Drawn(shares.figure)
    for share in shares.told:
        yield Words(f"{capitalize_first(share.says)}.", lead=share.name)
        yield Words(share.figures, "aside")
    if shares.hidden:
        yield Words(f"Of too few people to give a number: {named(shares.hidden)}.")
    for reason, names in shares.withheld:
        yield Words(f"No share is told of {named(names)}. {reason}", "gap")
    if shares.compared:
        yield Heading("Who speaks of it more", 2)
        yield Words(shares.compared)
        yield as_points(shares.groups)
    for heading, sentences in (
        ("What has changed since the run before", shares.changes),
        ("Whether people of late are unlike the others", shares.drift),
    ):
        if sentences:
            yield Heading(heading, 2)
            yield as_points(sentences)
    for heading, rows in shares.tables:
        if heading in shares.pictures:
            yield Heading(heading, 2)
            yield Drawn(shares.pictures[heading])
        yield Heading(f"{heading}: all that can be told", 2)
        columns = ("Who", "Theme", "How many", "For those who calculate")
        told = [(capitalize_first(who), theme, capitalize_first(says), exact) for who, theme, says, exact in rows]
        yield Table("", columns, tuple(told))
