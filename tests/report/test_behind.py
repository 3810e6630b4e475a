from builders import a_case, a_coding, a_document, a_masked_document, a_prevalence, a_project, a_run, a_segment, a_theme
from themes.disclosure import release
from themes.records.corpus import DocumentKind
from themes.records.project import Audience
from themes.records.span import Span
from themes.report.behind import what_stands_behind
from themes.report.counts import Counts

FOOD, RAIN = a_theme("food"), a_theme("rain")
MASKED = a_masked_document("d0", ("Ann", "PERSON", "[adviser K7]"), " fed us")
DECIDED = (
    a_coding("d1:0-12", "food", coder_id="A1", applies=False, probability=None),
    a_coding("d2:0-12", "food", coder_id="A1", probability=None),
)


def stands(*, people=True, **fields):
    project = a_project(
        run=a_run(models={"coder": "0123456789abcdef"}),
        cases=tuple(a_case(f"c{n}") for n in range(30)),
        documents=(
            MASKED,
            *(a_document(f"d{n}", "They fed us.", case_id=f"c{n}") for n in range(1, 30)),
            a_document("art", "They fed us.", case_id="", kind=DocumentKind.ARTICLE),
        ),
        segments=(
            a_segment("d0:0-19", MASKED.text, case_id="c1", span=Span(0, 19)),
            *(a_segment(f"d{n}:0-12", "They fed us.", case_id=f"c{n}") for n in range(1, 30)),
            a_segment("art:0-12", "They fed us.", case_id=""),
        ),
        codings=(
            a_coding("d0:0-19", "food"),
            a_coding("art:0-12", "food"),
            *(a_coding(f"d{n}:0-12", "food") for n in range(1, 20)),
            *(DECIDED if people else ()),
            a_coding("d3:0-12", "rain"),
        ),
        themes=(FOOD, RAIN),
        prevalences=(a_prevalence("", 30), a_prevalence("food", 19), a_prevalence("rain", 1)),
    )
    cleared = release(project, Audience.TEAM, **fields)
    return what_stands_behind(cleared, (FOOD, RAIN), Counts(cleared))


def test_who_coded_what_people_turned_down_and_what_was_masked_is_told():
    """20 of people by the machine: of one a person said no, of one yes. The organisation's is in no number."""
    assert stands(fewest_cases=1)["food"] == (
        "A computer read each excerpt. Its version is 0123456789ab. Where a person decided, that counts instead.",
        "Excerpts it rests on: 18 by the computer alone, 1 by people.",
        "People turned down 1.",
        "A tag stands for a personal detail in 1 of them.",
        "All of them are in export/excerpts.csv, under the code food.",
        "Who coded what is in export/codings.csv.",
    )


def test_where_nobody_has_decided_no_decision_is_hinted_at():
    assert (
        stands(people=False)["food"][1] == "Excerpts it rests on: 20, all by the computer. Nobody has checked one yet."
    )


def test_a_small_number_of_excerpts_is_hidden_as_one_of_people_is():
    assert stands()["food"][1:4] == (
        "Excerpts it rests on: 18 by the computer alone, fewer than 10 by people.",
        "People turned down fewer than 10.",
        "A tag stands for a personal detail in fewer than 10 of them.",
    )


def test_of_a_hidden_number_no_excerpts_are_counted():
    """One excerpt would say: one person."""
    assert not any("rests on" in sentence or "A tag" in sentence for sentence in stands()["rain"])
    assert not any("rests on" in sentence for sentence in stands(fewest_cases=31)["food"])
