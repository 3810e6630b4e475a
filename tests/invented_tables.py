"""Invented studies that grow from release to release: codes, questions, groups and months at random."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_prevalence, a_project, a_segment, a_theme
from themes.disclosure import bearing_of
from themes.estimate.breakdowns import count_breakdowns
from themes.records.codebook import Claim, Codebook, Question
from themes.records.coding import Coding
from themes.records.corpus import Case, Document
from themes.records.estimate import Difference, Prevalence
from themes.records.project import Project

POLARITIES = ("negative", "positive", "mixed", "neutral")


def three_times(seed: int) -> list[Project]:
    """One study at three times, counted as runs count; every other one reviewed in full, so that it has exact shares.

    People join, and in half of the studies some write again. Of two attributes a few may leave out one. Excerpts and
    codings are left out: nothing is quoted.
    """
    random = np.random.default_rng(seed)
    people = int(random.integers(40, 300))
    book = _codebook(random)
    regions, ages = int(random.integers(2, 6)), random.dirichlet([1.5] * 3)
    leaves_out = random.choice((0.0, 0.1))
    cases = []
    for n in range(people):
        region = {} if random.random() < leaves_out else {"region": str(random.integers(regions))}
        cases.append(a_case(f"c{n:03}", age=str(random.choice(3, p=ages)), **region))
    joined = np.sort(random.choice(3, people, p=(0.7, 0.2, 0.1)))
    wrote_once = bool(random.random() < 0.5)
    texts = [(case, int(at)) for case, at in zip(cases, joined, strict=True)]
    if not wrote_once:
        texts += [(case, int(random.integers(at, 3))) for case, at in texts if random.random() < 0.3]
    months, questions = int(random.integers(1, 4)), int(random.integers(1, 3))
    rates = random.uniform(0.03, 0.6, len(book.codes))
    documents, codings = [], []
    for n, (case, at) in enumerate(texts):
        document = a_document(
            f"d{n:03}",
            case_id=case.case_id,
            written=f"2013-{1 + 3 * at + random.integers(months):02}" if months > 1 else None,
            prompt=f"question {random.integers(questions)}" if questions > 1 else None,
        )
        documents.append((document, at))
        for code, rate in zip(book.codes, rates, strict=True):
            if random.random() < rate:
                said = str(random.choice(POLARITIES, p=(0.5, 0.3, 0.1, 0.1)))
                codings.append(a_coding(f"d{n:03}:0-15", code.code_id, polarity=said))
    is_census = bool(random.random() < 0.5)
    studies = []
    for number in range(3):
        there = [document for document, at in documents if at <= number]
        wrote = {document.case_id for document in there}
        here = [case for case in cases if case.case_id in wrote]
        studies.append(_study(here, there, codings, book, is_census=is_census))
    return studies


def _codebook(random: np.random.Generator) -> Codebook:
    codes = [f"theme {k}" for k in range(int(random.integers(2, 5)))]
    asked = [f"Q{k}" for k in range(int(random.integers(0, 3)))]
    bearing = {code: tuple(q for q in asked if random.random() < 0.6) for code in codes}
    weighs = {
        (code, polarity): "for" if polarity == "positive" else "against"
        for code in codes
        for polarity in POLARITIES[:2]
    }
    questions = tuple(Question(q, q, claims=(Claim(f"{q}.1", q, weighs),)) for q in asked)
    return a_codebook(*(a_code(code, questions=bearing[code]) for code in codes), questions=questions)


def _study(
    cases: Sequence[Case],
    documents: Sequence[Document],
    codings: Sequence[Coding],
    book: Codebook,
    *,
    is_census: bool,
) -> Project:
    segments = [a_segment(f"{d.document_id}:0-15", case_id=d.case_id) for d in documents]
    themes = [a_theme(code.code_id) for code in book.codes]
    counts = count_breakdowns(cases, documents, segments, codings, themes=themes, memberships=(), codebook=book)
    shares = _census(cases, documents, codings, book) if is_census else []
    return a_project(
        cases=tuple(cases),
        documents=tuple(documents),
        codebook=book,
        themes=tuple(themes),
        prevalences=(*counts, *shares),
        differences=tuple(_differences(shares)),
    )


def _census(
    cases: Sequence[Case], documents: Sequence[Document], codings: Sequence[Coding], book: Codebook
) -> list[Prevalence]:
    """What `estimate.all_shares` gives where everybody was drawn for certain and reviewed: exact shares."""
    codes_of = {code.code_id: [code.code_id] for code in book.codes} | bearing_of(book)
    writer = {d.document_id: d.case_id for d in documents}
    attributes = {case.case_id: case.attributes for case in cases}
    said: dict[str, set[str]] = {d.document_id: set() for d in documents}
    for coding in codings:
        if (document_id := coding.segment_id.partition(":")[0]) in said:
            said[document_id].add(coding.code_id)
    members: dict[str, set[str]] = {}
    for case_id, each in attributes.items():
        for name, value in each.items():
            members.setdefault(f"{name}={value}", set()).add(case_id)
    for d in documents:
        members.setdefault(f"kind={d.kind}", set()).add(d.case_id)
    everywhere = set(writer)
    tables = [
        ("", "", "", everywhere, set(attributes)),
        *((g, "", "", everywhere, who) for g, who in sorted(members.items())),
    ]
    for field in ("prompt", "written"):
        for value in sorted({getattr(d, field) for d in documents if getattr(d, field)}):
            among = {d.document_id for d in documents if getattr(d, field) == value}
            place = (value, "") if field == "prompt" else ("", value)
            tables.append(("", *place, among, {writer[i] for i in among}))
    rows = []
    for group, question, period, among, who in tables:
        for theme_id, codes in codes_of.items():
            with_it = {writer[i] for i in among if said[i] & set(codes)} & who
            share = len(with_it) / len(who)
            told = {"group": group, "question": question, "period": period, "cases": len(who)}
            method = f"estimated from {len(who)} reviewed by chance"
            rows.append(a_prevalence(theme_id, len(with_it), **told, share=share, low=share, high=share, method=method))
    return rows


def _differences(shares: Sequence[Prevalence]) -> list[Difference]:
    by_theme: dict[str, list[Prevalence]] = {}
    for row in shares:
        if row.group.startswith(("age=", "region=")):
            by_theme.setdefault(row.theme_id, []).append(row)
    return [
        Difference(theme_id, one.group, other.group, *((one.share - other.share,) * 3), 0.0, planned=False)
        for theme_id, rows in by_theme.items()
        for one, other in pairwise(rows)
        if one.group.partition("=")[0] == other.group.partition("=")[0]
    ]
