"""What the report says of shares, and that it can be read."""

from dataclasses import replace

from builders import a_case, a_prevalence, a_project, a_theme
from report.prose import grade
from themes.disclosure import release
from themes.records.estimate import Difference, DriftFigure, SaturationPoint
from themes.records.project import Audience
from themes.report.shares import most_spoken_of, saturation_in_words, shares_part

THEMES = (a_theme("food", name="Food"), a_theme("staff", name="Kind staff"), a_theme("rain", name="Rain"))
BY_REVIEW = "estimated from 40 reviewed by chance"


def a_share(theme_id, cases_with, low, high, cases=100, **fields):
    return a_prevalence(
        theme_id,
        cases_with,
        cases=cases,
        share=cases_with / cases,
        low=low,
        high=high,
        **{"method": BY_REVIEW, **fields},
    )


SHARES = (
    *(a_prevalence(theme.theme_id, 50) for theme in THEMES),
    *(a_prevalence("food", 20, group=f"age={age}", cases=50) for age in ("old", "young")),
    a_share("food", 30, 0.22, 0.38),
    a_share("staff", 60, 0.49, 0.7),
    a_prevalence("rain", None, method="withheld: Too few were reviewed: 4, and it takes 10."),
    a_share("food", 25, 0.36, 0.63, 50, group="age=old"),
    a_share("food", 11, 0.12, 0.36, 50, group="age=young"),
)
DIFFERENCES = (
    Difference("food", "age=old", "age=young", 0.28, 0.08, 0.47, 0.02, planned=False),
    Difference("food", "r2", "r1", 0.12, 0.02, 0.22, 0.03, planned=True),
    Difference("staff", "r2", "r1", 0.01, -0.09, 0.11, 0.9, planned=True),
    Difference(
        "rain", "r2", "r1", None, None, None, None, planned=True, reason="The codebook changed between the two."
    ),
)
DRIFT = (DriftFigure("texts", "", 0.2, 0.01, True), DriftFigure("review", "food", 0.3, 0.01, True))


def part_of(**fields):
    cases = tuple(a_case(f"c{n}", age="old" if n % 2 else "young") for n in range(100))
    given = {"cases": cases, "prevalences": SHARES, "themes": THEMES, "differences": DIFFERENCES, "drift": DRIFT}
    return shares_part(release(a_project(**{**given, **fields}), Audience.TEAM), THEMES)


def test_without_a_reviewed_sample_nothing_is_said():
    assert part_of(prevalences=SHARES[:5]) is None


def test_the_largest_share_comes_first_and_each_leads_to_its_theme():
    part = part_of()
    assert [(share.theme_id, share.says) for share in part.told] == [
        ("staff", "about 6 in 10 people, between 49 and 70 in 100"),
        ("food", "about 3 in 10 people, between 22 and 38 in 100"),
    ]
    assert most_spoken_of(part, most=1) == ["About 6 in 10 people, between 49 and 70 in 100, speak of “Kind staff”."]


def test_what_is_withheld_stands_with_its_reason():
    assert part_of().withheld == (("Too few were reviewed: 4, and it takes 10.", ("Rain",)),)


def test_the_picture_has_the_same_numbers_as_a_table():
    figure = part_of().figure
    assert figure.rows == (("Kind staff", "60", "49", "70"), ("Food", "30", "22", "38"))
    assert figure.wide.count("<svg") == figure.narrow.count("<svg") == 1


def test_groups_that_differ_are_named_and_what_luck_may_explain_is_not():
    part = part_of()
    assert part.groups == (
        (
            "“Food”: people with age “old” speak of it more than people with age “young”: about 5 in 10 people, "
            "between 36 and 63 in 100, and about 2 in 10 people, between 12 and 36 in 100."
        ),
    )
    likely = (replace(DIFFERENCES[0], p=0.2),)
    assert part_of(differences=likely).groups == ()
    assert part_of(differences=likely).compared == (
        "We compared groups 1 time. No difference is larger than luck alone could give in so many tries."
    )


def test_changes_since_the_last_run_are_told_or_why_not():
    assert part_of().changes == (
        "“Food”: more people speak of it than in the run before, by 12 in 100 (between 2 and 22).",
        "No change is told of “Rain”. The codebook changed between the two.",
    )
    assert part_of(differences=DIFFERENCES[2:3]).changes == (
        "No share has moved by more than luck may explain since the run before.",
    )


def test_drift_asks_for_a_new_sample():
    assert "Draw a new sample." in part_of().drift


def test_a_small_number_is_hidden_and_so_is_its_share():
    rows = (a_prevalence("food", 20), a_share("food", 6, 0.02, 0.12))
    part = part_of(prevalences=rows)
    assert (part.told, part.hidden, part.figure) == ((), ("Food",), None)


def test_saturation_is_said_for_the_team_and_never_as_proof():
    points = tuple(SaturationPoint(n, min(n, 18) * 1.0, 40.0, 21.0) for n in range(1, 101))
    project = a_project(cases=tuple(a_case(f"c{n}") for n in range(100)), saturation=points)
    says = saturation_in_words(release(project, Audience.TEAM))
    assert says[1] == "After about 40 people, two more brought hardly a new code."
    assert says[-1] == "This describes what was read. It is no proof that nothing is left to find."
    assert saturation_in_words(release(a_project(), Audience.TEAM)) == []


def test_what_is_said_of_shares_can_be_read_at_fourteen():
    part = part_of()
    points = tuple(SaturationPoint(n, min(n, 18) * 1.0, 40.0, 21.0) for n in range(1, 101))
    project = a_project(cases=tuple(a_case(f"c{n}") for n in range(100)), saturation=points)
    says = [
        *most_spoken_of(part),
        *part.groups,
        part.compared,
        *part.changes,
        *part.drift,
        *(reason for reason, _ in part.withheld),
        *saturation_in_words(release(project, Audience.TEAM)),
    ]
    assert len(says) >= 12
    assert grade(" ".join(says)) <= 9


def test_groups_have_a_picture_of_what_most_people_speak_of():
    """Of kind staff, of whom more speak, no group has a share."""
    (heading, picture), *others = part_of().pictures.items()
    assert (heading, picture.name, others) == ("By age", "shares-age", [])
    assert picture.columns == ("Theme", "Of 100 people", "At least", "At most")
    assert picture.rows == (("Food: old", "50", "36", "63"), ("Food: young", "22", "12", "36"))


def test_one_group_alone_has_no_picture():
    assert part_of(prevalences=SHARES[:-1]).pictures == {}
