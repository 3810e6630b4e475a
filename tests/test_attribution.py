from builders import a_case, a_document, a_project
from themes.attribution import may_say_of_writers, of_writer
from themes.disclosure import release
from themes.records.corpus import DocumentKind
from themes.records.project import Audience


def many(count: int, start: int = 0, **attributes: str):
    return tuple(a_case(f"c{n}", **attributes) for n in range(start, start + count))


def of(cases, **fields):
    return tuple(a_document(f"d-{case.case_id}", case_id=case.case_id, **fields) for case in cases)


def test_attributes_stand_together_only_if_enough_people_share_them_all():
    welsh_young = many(10, region="Wales", age="16-24")
    welsh_old = many(10, start=10, region="Wales", age="55-64")
    kent_old = many(9, start=20, region="Kent", age="55-64")
    kent_young = many(1, start=29, region="Kent", age="16-24")
    cases = welsh_young + welsh_old + kent_old + kent_young
    edition = release(a_project(cases=cases, documents=of(cases, written=None)), Audience.TEAM)
    say = may_say_of_writers(edition)
    assert [of_writer(say(edition.documents[n])) for n in (0, 10, 20, 29)] == [
        (("age", "16-24"), ("region", "Wales")),
        (("age", "55-64"), ("region", "Wales")),
        (("age", "55-64"),),
        (("age", "16-24"),),
    ]


def test_what_is_said_of_a_text_counts_beside_what_is_said_of_its_writer():
    """Ten wrote in January, three of them stories; twelve answered one question and two the other."""
    january = many(10)
    stories = of(january[:3], kind=DocumentKind.STORY, written="2014-01", prompt=None)
    comments = of(january[3:] + many(3, start=10), kind=DocumentKind.COMMENT, written="2014-01", prompt=None)
    asked, rare = many(12, start=20), many(2, start=40)
    answers = of(asked, kind=DocumentKind.ANSWER, written=None, prompt="What was it like?")
    wishes = of(rare, kind=DocumentKind.ANSWER, written=None, prompt="What else?")
    documents = stories + comments + answers + wishes
    edition = release(a_project(cases=january + asked + rare + many(3, start=10), documents=documents), Audience.TEAM)
    say = may_say_of_writers(edition)
    assert [say(each) for each in (stories[0], comments[0], answers[0], wishes[0])] == [
        (("month", "2014-01"),),
        (("kind", "comment"), ("month", "2014-01")),
        (("kind", "answer"), ("question", "What was it like?")),
        (("kind", "answer"),),
    ]


def test_nothing_is_said_of_an_organisation():
    article = a_document("a", kind=DocumentKind.ARTICLE, speaker="provider_adviser")
    assert may_say_of_writers(release(a_project(documents=(article,)), Audience.TEAM))(article) == ()
