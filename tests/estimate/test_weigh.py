from builders import a_code, a_codebook, a_coding, a_document, a_segment
from themes.estimate.weigh import weigh_claims
from themes.records.codebook import Claim, Question
from themes.records.corpus import DocumentKind
from themes.records.estimate import ClaimWeight

CLAIM = Claim(
    "RQ6.1",
    "Being made to go puts people off.",
    {
        ("coercion", "negative"): "for",
        ("coercion", "positive"): "against",
        ("choice_control", "negative"): "for",
        ("choice_control", "neutral"): "context",
    },
)
CODEBOOK = a_codebook(
    a_code("coercion"), a_code("choice_control"), questions=(Question("RQ6", "What can choice do?", claims=(CLAIM,)),)
)
SEGMENTS = [a_segment("d1:0-15"), a_segment("d1:16-30"), a_segment("d2:0-15"), a_segment("d3:0-15")]
DOCUMENTS = [
    a_document("d1"),
    a_document("d2"),
    a_document("d3", kind=DocumentKind.ARTICLE),
    a_document("d4", duplicate_of="d1"),
]


def test_what_speaks_for_and_against_a_claim_is_counted_by_people():
    codings = [
        a_coding("d1:0-15", "coercion", polarity="negative", probability=0.6),
        a_coding("d1:0-15", "choice_control", polarity="negative", probability=0.9),
        a_coding("d2:0-15", "choice_control", polarity="negative", probability=0.7),
        a_coding("d2:0-15", "coercion", polarity="positive", probability=0.7),
        a_coding("d3:0-15", "coercion", polarity="negative"),
        a_coding("d1:16-30", "coercion", polarity="mixed"),
        a_coding("d1:16-30", "choice_control", polarity=None),
    ]
    # For: d1, its duplicate d4, and d2. Against: d2 too. d3 is an article; mixed and unknown bear on nothing here.
    assert weigh_claims(CODEBOOK, SEGMENTS, codings, DOCUMENTS) == [
        ClaimWeight("RQ6", "RQ6.1", "for", 3, ("d1:0-15", "d2:0-15")),
        ClaimWeight("RQ6", "RQ6.1", "against", 1, ("d2:0-15",)),
        ClaimWeight("RQ6", "RQ6.1", "context", 0, ()),
    ]


def test_a_coding_taken_back_no_longer_speaks():
    codings = [
        a_coding("d1:0-15", "coercion", polarity="negative"),
        a_coding("d1:0-15", "coercion", polarity="negative", applies=False, made_at="2024-01-02T09:00:00Z"),
    ]
    assert [(w.stance, w.cases) for w in weigh_claims(CODEBOOK, SEGMENTS, codings, DOCUMENTS)] == [
        ("for", 0),
        ("against", 0),
        ("context", 0),
    ]


def test_a_polarity_changed_by_an_analyst_speaks_as_changed():
    codings = [
        a_coding("d1:0-15", "coercion", polarity="negative"),
        a_coding("d1:0-15", "coercion", polarity="positive", made_at="2024-01-02T09:00:00Z"),
    ]
    assert [(w.stance, w.cases) for w in weigh_claims(CODEBOOK, SEGMENTS, codings, DOCUMENTS)][:2] == [
        ("for", 0),
        ("against", 2),
    ]


def test_a_codebook_without_claims_weighs_nothing():
    assert weigh_claims(a_codebook(), SEGMENTS, [], DOCUMENTS) == []
