from dataclasses import replace

from report_study import a_study
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.blocks import Heading, Table, Words
from themes.report.document import compose
from themes.report.news import Moved, News
from themes.report.outline_numbers import news_in_blocks, voices_in_blocks
from themes.report.who_says import Voices, WhoSays


def test_what_moved_is_told_as_a_table():
    news = News("1 May 2023", "r1", ("Three texts are new.",), (), (), (Moved("a", "Tea", 1200, 40),), ())
    blocks = list(news_in_blocks(news, None))
    assert blocks[:2] == [Heading("What is new since 1 May 2023"), Words("Three texts are new.")]
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.rows == (("Tea", "1,200", "40"),)


def test_who_says_it_is_told_of_how_many():
    (question,) = compose(release(a_study(), Audience.TEAM)).questions
    (table,) = voices_in_blocks(replace(question, who=WhoSays((Voices("Wrote a story", 1_200, 3_000),), ())))
    assert table.columns == ("Who", "Speak of it", "Of all who wrote")
    assert table.rows == (("Wrote a story", "1,200", "3,000"),)
