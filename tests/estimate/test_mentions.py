from builders import a_coding, a_document, a_segment
from themes.estimate.mentions import Mention, mentions, standing
from themes.records.corpus import DocumentKind


def test_the_writer_of_a_duplicate_speaks_of_what_the_first_speaks_of():
    documents = [
        a_document("d1", written="2013-04", prompt="Why?"),
        a_document("d2", duplicate_of="d1", written="2013-05", prompt=None),
    ]
    assert mentions([("d1:0-15", "sanctions")], [a_segment("d1:0-15")], documents) == {
        Mention("sanctions", "c-d1", "d1", "2013-04", "Why?"),
        Mention("sanctions", "c-d2", "d2", "2013-05", ""),
    }


def test_an_article_speaks_for_nobody():
    documents = [a_document("d1", kind=DocumentKind.ARTICLE)]
    assert mentions([("d1:0-15", "sanctions")], [a_segment("d1:0-15")], documents) == set()


def test_a_person_who_repeats_an_article_speaks():
    documents = [a_document("d1", kind=DocumentKind.ARTICLE), a_document("d2", duplicate_of="d1", written=None)]
    assert mentions([("d1:0-15", "sanctions")], [a_segment("d1:0-15")], documents) == {
        Mention("sanctions", "c-d2", "d2", "", "")
    }


def test_a_segment_that_nobody_knows_is_passed_over():
    assert mentions([("gone:0-15", "sanctions")], [], [a_document("d1")]) == set()


def test_the_last_coding_stands_and_dated_ones_come_last():
    machine = a_coding("d1:0-15", applies=True)
    first = a_coding("d1:0-15", applies=True, made_at="2024-01-01T09:00:00Z")
    later = a_coding("d1:0-15", applies=False, made_at="2024-01-02T09:00:00Z")
    assert standing([later, first, machine]) == []
    assert standing([first, machine]) == [first]
