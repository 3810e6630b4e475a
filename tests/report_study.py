"""An invented study of thirty people for tests of reports: most lost money, some found somebody kind, one wishes."""

from collections.abc import Sequence

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_project, a_run, a_segment, a_theme
from themes.estimate.breakdowns import count_breakdowns
from themes.records.codebook import Claim, Codebook, Question
from themes.records.coding import Coding
from themes.records.corpus import Case, Document, DocumentKind, Quarantined, SourceRef
from themes.records.project import Project
from themes.records.segment import Segment
from themes.records.span import Span

BAD, GOOD = "They stopped my money and I could not eat", "They were kind to me and it did help"
WISH = "I wish that they would only ask me first"
RULES_HARM = Claim("RQ2.1", "Rules harm.", {("sanctions", "negative"): "for", ("support", "positive"): "against"})

CODEBOOK = a_codebook(
    a_code("sanctions", name="Sanctions and loss", label="Money stopped", parent_id="A", questions=("RQ2",)),
    a_code("support", parent_id="B", questions=("RQ2",), include=("kind staff",)),
    a_code("assessment", parent_id="A"),
    groups={"A": "Compulsion", "B": "What helps"},
    questions=(
        Question(
            "RQ2",
            "Does support harm?",
            claims=(RULES_HARM,),
        ),
    ),
    glossary={"sanction": "A cut in benefit."},
)


def a_study(people: int = 30) -> Project:
    """All but three lost money, the first twelve found somebody kind, and the last one wishes for something.

    Three at once are of one scheme in three; all are claimants. An article stands beside.
    """
    cases = [a_case(f"c{n}", scheme="IPS" if n % 3 else "Work Programme") for n in range(people)]
    documents, segments, codings = [], [], []

    def says(n: int, text: str, sentence: str, code_id: str, **fields: str) -> str:
        start = len(text) + 1 if text else 0
        text = f"{text} {sentence}".strip()
        segment_id = f"d{n}:{start}-{len(text)}"
        segments.append(a_segment(segment_id, sentence, case_id=f"c{n}", span=Span(start, len(text))))
        codings.append(a_coding(segment_id, code_id, probability=0.5 + n / 1000, **fields))
        return text

    for n in range(people):
        text = ""
        if n >= 3:
            text = says(n, text, f"{BAD} {n}.", "sanctions", polarity="negative", modality="experienced")
        if n < 12:
            text = says(n, text, f"{GOOD} {n}.", "support", polarity="positive", modality="experienced")
        if n == people - 1:
            text = says(n, text, f"{WISH} {n}.", "sanctions", polarity="negative", modality="wished_for")
        month = f"2023-0{4 + n % 2}"
        documents.append(a_document(f"d{n}", text, case_id=f"c{n}", speaker="claimant", written=month))
    return counted(cases, documents, segments, codings, CODEBOOK)


def counted(
    cases: Sequence[Case],
    documents: Sequence[Document],
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    codebook: Codebook,
) -> Project:
    """What people wrote with an article beside it, and how many of them speak of each code."""
    documents = [*documents, a_document("art", "We reward results.", case_id="", kind=DocumentKind.ARTICLE)]
    segments = [*segments, a_segment("art:0-18", "We reward results.", case_id="")]
    codings = [*codings, a_coding("art:0-18", "sanctions", polarity="negative", probability=0.99)]
    themes = [a_theme(code.code_id, name=code.name) for code in codebook.codes]
    people = len(cases)
    return a_project(
        codebook=codebook,
        cases=tuple(cases),
        documents=tuple(documents),
        segments=tuple(segments),
        codings=tuple(codings),
        themes=tuple(themes),
        prevalences=tuple(
            count_breakdowns(cases, documents, segments, codings, themes=themes, memberships=(), codebook=codebook)
        ),
        quarantined=(Quarantined(SourceRef("survey.csv", "row 7"), "The row is too long."),),
        run=a_run(
            counts={"read": people + 5, "coded": people, "empty": 4, "quarantined": 1, "articles": 1},
            models={"spacy": "ab" * 32},
            versions={"themes": "0.1.0"},
        ),
    )
