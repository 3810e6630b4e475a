import pytest

from builders import a_code, a_codebook, a_segment
from themes.code.explain import Explanation, Near, explain
from themes.code.stack import fit
from themes.records.coding import LabelledSegment

SANCTIONS = a_code(
    "sanctions", cues=("sanction*", "stopped * money"), polarity="negative_only", close_codes={"coercion": "see it"}
)
COERCION = a_code("coercion", cues=("forced",))
CODEBOOK = a_codebook(SANCTIONS, COERCION)


def explained(text, **fields):
    return explain(a_segment(text=text), SANCTIONS, CODEBOOK, **fields)


def test_cues_speak_for_a_code_and_those_of_close_codes_against_it():
    assert explained("I was forced to go and they stopped my money, a sanction.") == Explanation(
        "sanctions", ("stopped … money", "sanction…"), ("speaks for Coercion: forced",), ()
    )


def test_neither_ids_nor_signs_of_searching_are_shown():
    benefits = a_code("access_bureaucracy", name="Forms and waiting", cues=("late?", "lost * form*"))
    code = a_code("sanctions", close_codes={"access_bureaucracy": "see it"}, polarity="negative_only")
    text = "I was late and they lost the forms."
    told = explain(a_segment(text=text), code, a_codebook(code, benefits))
    assert told.against == ("speaks for Forms and waiting: lost … form…", "speaks for Forms and waiting: late")


def test_what_is_denied_speaks_against_it():
    assert explained("I was never sanctioned.") == Explanation("sanctions", (), ("denied: sanction…",), ())
    assert explained("Nobody stopped me.").against == ("the writer denies something",)


def test_what_others_said_speaks_against_it():
    assert explained('The minister said "sanctions work" on the radio.').against == ("in part another's words",)


def test_the_nearest_reviewed_excerpts_are_shown_whether_they_take_the_code_or_not():
    texts = ["They cut my benefit", "My benefit came on time", "The soup was cold", "It rained in May"]
    rows = [a_segment(f"d{at}:0-9", f"{texts[at % 4]} {at}") for at in range(36)]
    labelled = [LabelledSegment(one, frozenset({"sanctions"} if at % 4 == 0 else ())) for at, one in enumerate(rows)]
    stack = fit(labelled, CODEBOOK, seed=1)
    near = explained("They cut my benefit 8", labelled=labelled, stack=stack).near
    assert near[0] == Near(8, "d8:0-9", 1.0, True)
    assert [one.takes for one in near] == [True] * 3
    assert sorted((one.likeness for one in near), reverse=True) == [one.likeness for one in near]
    turned = explained("They cut my benefit 8", labelled=labelled[::-1], stack=stack).near
    assert [(35 - one.row, one.segment_id) for one in turned] == [(one.row, one.segment_id) for one in near]
    with pytest.raises(ValueError, match="36 segments, not 1"):
        explained("They cut my benefit", labelled=labelled[:1], stack=stack)
