"""An invented study for exchange with other programs: emoji, overlaps, two coders, a code tree, cases and variables."""

from typing import Any

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_project, a_run, a_segment
from themes.disclosure import release
from themes.records.codebook import Claim, Question
from themes.records.coding import RiskFlag
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, Project, Release
from themes.records.span import Span

FIRST = "They were kind 👍🏽 to me.\n\nThen “they” sanctioned me 😡 twice & laughed <loudly>.\nÉtait-ce juste? e\u0301"
SECOND = "Nobody asked.\tI took all of them at once. Then help came 🙂."
THIRD = "We help people into work."
MADE = "2026-01-06T09:12:00+00:00"

CLAIM = Claim("Q1.1", "It does.", {("sanctions", "negative"): "for"})
BOOK = a_codebook(
    a_code("sanctions", parent_id="A", questions=("Q1",), cues=("sanction*",), include=("stopped money",)),
    a_code("kindness", parent_id="B", name="Kindness & help", polarity="negative_only"),
    a_code("kindness_of_staff", parent_id="kindness", name="Kindness of staff"),
    groups={"A": "Compulsion", "B": "Support"},
    questions=(Question("Q1", "Does it make people ill?", claims=(CLAIM,)),),
    version="2",
)  # fmt: skip


def at(document_id: str, text: str, words: str) -> Any:
    start = text.index(words)
    span = Span(start, start + len(words))
    return a_segment(f"{document_id}:{span.start}-{span.end}", words, document_id=document_id, span=span,
                     case_id="c0" if document_id != "d3" else "c3")  # fmt: skip


KIND = at("d1", FIRST, "They were kind 👍🏽 to me.")
SANCTIONED = at("d1", FIRST, "Then “they” sanctioned me 😡 twice & laughed <loudly>.")
OVERLAP = at("d1", FIRST, "sanctioned me 😡 twice & laughed <loudly>.\nÉtait-ce juste?")
RISK = at("d2", SECOND, "I took all of them at once.")
HELP = at("d2", SECOND, "Then help came 🙂.")
ARTICLE = at("d3", THIRD, "We help people into work.")
SEGMENTS = (KIND, SANCTIONED, OVERLAP, RISK, HELP, ARTICLE)

CODINGS = (
    a_coding(KIND.segment_id, "kindness_of_staff", polarity="positive"),
    a_coding(SANCTIONED.segment_id, "sanctions", probability=0.9, polarity="negative"),
    a_coding(SANCTIONED.segment_id, "kindness", applies=False, probability=0.1),
    a_coding(SANCTIONED.segment_id, "kindness_of_staff", probability=0.6),
    a_coding(RISK.segment_id, "sanctions"),
    a_coding(HELP.segment_id, "kindness", coder_id="language model: small"),
    a_coding(ARTICLE.segment_id, "kindness"),
    a_coding(KIND.segment_id, "kindness_of_staff", coder_id="A1", probability=None, made_at=MADE),
    a_coding(SANCTIONED.segment_id, "kindness_of_staff", coder_id="A1", applies=False, probability=None, made_at=MADE),
    a_coding(OVERLAP.segment_id, "sanctions", coder_id="A2", probability=None, made_at=MADE),
    a_coding(KIND.segment_id, "kindness", coder_id="A2", probability=None, made_at=MADE),
)
GIVEN = [
    (KIND, "kindness", "A2"), (KIND, "kindness_of_staff", "A1"), (SANCTIONED, "sanctions", "machine"),
    (OVERLAP, "sanctions", "A2"), (RISK, "sanctions", "machine"), (ARTICLE, "kindness", "machine"),
]  # fmt: skip
"""What other programs are to see: the yeses; of the machine, those that no person has decided on."""


def study(**fields: Any) -> Project:
    """Two people with texts, one of them with a copy of the other's; an article; ten people more, for the numbers."""
    documents = (
        a_document("d1", FIRST, case_id="c0", speaker="claimant", prompt="What happened?"),
        a_document("d2", SECOND, case_id="c0"),
        a_document("d3", THIRD, case_id="c3", kind=DocumentKind.ARTICLE),
        a_document("d4", FIRST, case_id="c1", duplicate_of="d1"),
        *(a_document(f"e{n}", f"Nothing to say, number {n}.", case_id=f"c{n}") for n in range(10, 20)),
    )
    defaults: dict[str, Any] = {
        "run": a_run(corpus="invented"),
        "codebook": BOOK,
        "cases": tuple(a_case(d.case_id, region="Wales") for d in documents if d.document_id not in ("d2", "d3")),
        "documents": documents,
        "segments": SEGMENTS,
        "codings": CODINGS,
        "flags": (RiskFlag(RISK.segment_id, "d2", 0.9, "overdose"),),
    }
    return a_project(**{**defaults, **fields})


def study_release(audience: Audience = Audience.TEAM, **fields: Any) -> Release:
    return release(study(**fields), audience)
