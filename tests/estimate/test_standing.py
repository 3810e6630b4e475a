from builders import a_coding, a_document
from themes.estimate.standing import people_documents, standing
from themes.records.corpus import DocumentKind


def test_an_article_is_nobodys_account():
    comment, article = a_document("d1"), a_document("d2", kind=DocumentKind.ARTICLE)
    assert people_documents([comment, article]) == [comment]


def test_the_last_coding_stands_and_dated_ones_come_last():
    machine = a_coding("d1:0-15", applies=True)
    first = a_coding("d1:0-15", applies=True, made_at="2024-01-01T09:00:00Z")
    later = a_coding("d1:0-15", applies=False, made_at="2024-01-02T09:00:00Z")
    assert standing([later, first, machine]) == []
    assert standing([first, machine]) == [first]
