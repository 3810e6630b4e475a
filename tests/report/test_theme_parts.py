from builders import a_case, a_code, a_codebook, a_coding, a_document, a_prevalence, a_project, a_segment, a_theme
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.document import compose
from themes.report.excerpts import EXPERIENCE

CODEBOOK = a_codebook(a_code("sanctions", polarity="negative_only"), a_code("continuity"), a_code("waiting"))


def sides_of(*codings: tuple[str, str, str | None]):
    """The report's two columns, each coding (code, polarity, modality) by a person of its own."""
    ids = [f"d{n}:0-30" for n in range(len(codings))]
    project = a_project(
        codebook=CODEBOOK,
        cases=tuple(a_case(f"c-d{n}") for n in range(20)),
        documents=tuple(a_document(f"d{n}") for n in range(20)),
        segments=tuple(a_segment(i, f"An invented excerpt, number {n}.") for n, i in enumerate(ids)),
        codings=tuple(
            a_coding(i, code, polarity=polarity, modality=modality)
            for i, (code, polarity, modality) in zip(ids, codings, strict=True)
        ),
        themes=tuple(a_theme(code.code_id) for code in CODEBOOK.codes),
        prevalences=(
            a_prevalence("", 20),
            *(a_prevalence(code.code_id, 20) for code in CODEBOOK.codes),
            *(a_prevalence(code.code_id, 20, group="experience=positive") for code in CODEBOOK.codes),
        ),
    )
    return compose(release(project, Audience.TEAM))


def columns(report):
    return {
        side.title: ([name for _, name, _ in side.themes], [excerpt.segment_id for excerpt in side.excerpts])
        for side in report.sides
    }


def test_only_what_somebody_lived_through_or_saw_went_well_or_badly():
    report = sides_of(
        ("continuity", "positive", "wished_for"),
        ("continuity", "negative", "argued"),
        ("continuity", "negative", "experienced"),
        ("waiting", "positive", "witnessed"),
        ("waiting", "negative", "feared"),
        ("waiting", "negative", "hypothetical"),
        ("waiting", "neutral", "experienced"),
        ("waiting", "mixed", "experienced"),
    )
    assert columns(report) == {
        "What went well": (["Waiting"], ["d3:0-30"]),
        "What went badly": (["Continuity"], ["d2:0-30"]),
    }


def test_a_codebook_without_modalities_has_both_sides():
    report = sides_of(("continuity", "positive", None), ("waiting", "negative", None))
    assert columns(report) == {
        "What went well": (["Continuity"], ["d0:0-30"]),
        "What went badly": (["Waiting"], ["d1:0-30"]),
    }


def test_a_code_for_bad_experience_alone_never_went_well():
    """Nor is it among the good experiences of the first lines, nor is a good side of it shown, whatever was counted."""
    report = sides_of(
        ("sanctions", "positive", "experienced"),
        ("sanctions", "negative", "experienced"),
        ("continuity", "positive", "experienced"),
    )
    assert columns(report) == {
        "What went well": (["Continuity"], ["d2:0-30"]),
        "What went badly": (["Sanctions"], ["d1:0-30"]),
    }
    assert "Good experiences, most often: “Continuity”." in report.in_short
    shares = {part.theme_id: [share.polarity for share in part.shares] for g in report.groups for part in g.themes}
    assert shares == {"sanctions": [], "continuity": ["negative", "positive", "mixed"], "waiting": list(EXPERIENCE)}
