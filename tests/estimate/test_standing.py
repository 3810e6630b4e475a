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


def test_what_was_settled_goes_before_what_a_coder_says_later():
    settled = a_coding("d1:0-15", applies=True, coder_id="adjudicator: ada", made_at="2024-01-01T09:00:00Z")
    later = a_coding("d1:0-15", applies=False, coder_id="ben", made_at="2024-01-02T09:00:00Z")
    assert standing([settled, later]) == [settled]


def test_what_a_language_model_advises_does_not_stand():
    advice = a_coding("d1:0-15", applies=True, coder_id="language model: little")
    assert standing([advice]) == []
