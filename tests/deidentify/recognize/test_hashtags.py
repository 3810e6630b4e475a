import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.hashtags import hashtags_in
from themes.records.spec import CorpusSpec


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.label, finding.span.of(text)) for finding in hashtags_in(text)]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("#JusticeForDaveHolt was trending", [("PERSON", "DaveHolt")]),
        ("they used #JusticeForKaren", [("PERSON", "Karen")]),
        ("#Karen_McBride_82 #RIPDave", [("PERSON", "Karen_McBride"), ("PERSON", "Dave")]),
        ("#justicefordaveholt #daveholt #karen", [("PERSON", "daveholt"), ("PERSON", "daveholt"), ("PERSON", "karen")]),
        ("#GraceHolloway rang", [("PERSON", "GraceHolloway")]),
        ("#savehalifax #HaworthJobcentre", [("LOCATION", "halifax"), ("LOCATION", "Haworth")]),
    ],
)
def test_names_and_small_places_are_found_in_hashtags(text: str, details: list[tuple[str, str]]) -> None:
    assert found(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "#DWP #BackToWork #PIP #UniversalCredit",
        "#BorisJohnson #IDanielBlake",
        "#MayDay #graceful #hopeful #GraceAndFavour #reading #BigDeal",
        "#London #leedsjobcentre",
        "Karen Holt &#82; no hashtag",
        "no 5 # Karen",
        "#ukc2024 #àbientôt #esa_appeal",
    ],
)
def test_other_hashtags_stay(text: str) -> None:
    assert found(text) == []


def test_a_name_in_a_hashtag_stands_in_the_middle_of_its_word(spec: CorpusSpec) -> None:
    text = "They used #JusticeForDaveHolt and #savehalifax."
    details = details_of([a_raw_document(text)], spec=spec)[0]
    masked = [(f.label, f.span.of(text)) for f in details if f.label in {"PERSON", "LOCATION"}]
    assert masked == [("PERSON", "DaveHolt"), ("LOCATION", "halifax")]
