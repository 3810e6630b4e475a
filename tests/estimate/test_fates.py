import pytest

from builders import a_coding, a_document
from themes.errors import ProtectionError
from themes.estimate.fates import fates
from themes.records.corpus import DocumentKind

READ = {"read": 9, "empty": 1, "quarantined": 2, "withdrawn": 3, "articles": 1}
DOCUMENTS = [
    a_document("d1"),
    a_document("d2"),
    a_document("d3", duplicate_of="d1"),
    a_document("d4", kind=DocumentKind.ARTICLE),
]
CODINGS = [a_coding("d1:0-15"), a_coding("d2:0-15", applies=False), a_coding("d4:0-15")]


def test_every_candidate_text_has_one_fate_and_articles_stand_apart():
    assert fates(DOCUMENTS, CODINGS, READ) == {
        "read": 9,
        "coded": 1,
        "no_code": 1,
        "empty": 1,
        "quarantined": 2,
        "duplicate": 1,
        "withdrawn": 3,
        "articles": 1,
    }


def test_nothing_read_is_nothing_lost():
    assert set(fates([], [], {}).values()) == {0}


def test_a_text_that_is_lost_stops_the_run():
    with pytest.raises(ProtectionError, match="10 texts were read, but 9 accounted for"):
        fates(DOCUMENTS, CODINGS, {**READ, "read": 10})
