from dataclasses import replace

import numpy as np
import pytest

from builders import a_segment
from themes.code import segments
from themes.code.segments import MACHINE, MOST_UNCLEAR, UNCLEAR_WITHIN, among_its_neighbours, code, judge
from themes.code.stack import SUGGESTED_CUT_OFF, Judgement
from themes.read.codebook import packaged_codebook, read_codebook
from themes.read.labelled import read_labelled
from themes.records.coding import Coding, LabelledSegment
from themes.records.span import Span


@pytest.fixture(scope="module")
def codebook():
    return read_codebook(packaged_codebook())


@pytest.fixture(scope="module")
def examples(codebook):
    return read_labelled(codebook.labelled).examples


def applied(text, codebook, **fields):
    return {one.code_id for one in code([a_segment(text=text, **fields)], codebook, seed=1) if one.applies}


def test_a_coding_says_who_what_how_sure_and_why(codebook):
    (first, *_) = code(
        [a_segment("d1:0-9", "I was sanctioned and they stopped my money for a month.")], codebook, seed=1
    )
    assert replace(first, probability=None) == Coding(
        segment_id="d1:0-9",
        code_id="sanctions",
        coder_id=MACHINE.coder_id,
        applies=True,
        probability=None,
        calibrated=False,
        unclear=False,
        polarity="negative",
        modality="experienced",
        speaker="claimant",
        service="none",
        codebook_version=codebook.version,
        reason="cue: stopped * money, sanction*",
    )
    assert first.probability > 0.8


@pytest.mark.parametrize(
    ("text", "code_id"),
    [
        ("I was sanctioned for three months.", "sanctions"),
        ("She threatened to stop my money.", "sanctions"),
        ("I am terrified of being sanctioned again.", "sanctions"),
        ("They told me the course was mandatory.", "coercion"),
        ("Advisers get paid by results so they only help the easy ones.", "provider_incentives"),
        ("My adviser had no understanding of mental health.", "provider_understanding"),
        ("The assessor gave me zero points.", "assessment"),
        ("I had a different adviser every time and had to start again.", "adviser_relationship"),
        ("Oh brilliant, another CV workshop.", "generic_support"),
        ("They called me a scrounger.", "stigma_dignity"),
        ("My employer let me work from home.", "employer_adjustments"),
        ("I waited six months and they lost my form.", "access_bureaucracy"),
    ],
)
def test_plain_accounts_take_their_code(text, code_id, codebook):
    assert code_id in applied(text, codebook)


@pytest.mark.parametrize(
    ("text", "code_id"),
    [
        ("I have never been sanctioned.", "sanctions"),
        ("Nobody has ever forced me to do anything.", "coercion"),
        ("They have not stopped my money.", "sanctions"),
        ("The minister said “sanctions work” in the article.", "sanctions"),
        ("> they should be sanctioned", "sanctions"),
    ],
)
def test_denials_and_reproduced_words_do_not(text, code_id, codebook):
    assert code_id not in applied(text, codebook)


@pytest.mark.parametrize("text", ["n/a", "None", "See above", "Leave a Reply", "We use cookies.", "", "😀"])
def test_texts_that_say_nothing_get_no_coding(text, codebook):
    assert code([a_segment(text=text)], codebook, seed=1) == []


def test_a_segment_that_is_wholly_quotation_gets_no_coding(codebook):
    text = "I was sanctioned for three months."
    assert code([a_segment(text=text, quoted=(Span(0, len(text)),))], codebook, seed=1) == []


def test_what_is_not_kept_was_judged_not_to_apply(codebook):
    segment = a_segment(text="My adviser never listened and the form was lost.")
    judgement = judge([segment], codebook, seed=1)
    kept = code([segment], codebook, seed=1)
    likely = {
        c.code_id
        for c, p, cut_off in zip(codebook.codes, judgement.probabilities[0], judgement.cut_offs, strict=True)
        if p >= cut_off
    }
    assert {one.code_id for one in kept if one.applies} == likely
    others = [one for one in kept if not one.applies]
    assert len(others) <= MOST_UNCLEAR
    assert all(one.unclear and one.probability > SUGGESTED_CUT_OFF - UNCLEAR_WITHIN for one in others)
    assert [one.probability for one in kept] == sorted((one.probability for one in kept), reverse=True)


def test_what_is_near_its_cut_off_is_unclear_on_either_side(codebook, monkeypatch):
    """With a cut-off of .5, .66 is clear and .64 is not; below it, .36 is kept and .34 is not."""
    told = np.zeros((1, len(codebook.codes)))
    told[0, :4] = [0.66, 0.64, 0.36, 0.34]
    every = np.ones(len(codebook.codes))
    monkeypatch.setattr(segments, "judge", lambda *_, **__: Judgement(told, every > 0, every * 0.5))
    kept = code([a_segment(text="My adviser never listened.")], codebook, seed=1)
    assert [(one.code_id, one.applies, one.unclear) for one in kept] == [
        (codebook.codes[0].code_id, True, False),
        (codebook.codes[1].code_id, True, True),
        (codebook.codes[2].code_id, False, True),
    ]


def test_a_segments_codings_do_not_depend_on_the_others(codebook):
    segments = [
        a_segment(f"d{at}:0-9", text) for at, text in enumerate(("I was sanctioned.", "She listened.", "Thanks."))
    ]
    together = code(segments, codebook, seed=1)
    assert together == [one for segment in segments for one in code([segment], codebook, seed=1)]


def test_a_reason_quotes_the_codebook_and_never_the_writer(codebook):
    texts = [
        "The lady on the line filled it in with me.",
        "They docked me for a funeral.",
        "Nights at the abattoir broke him.",
    ]
    written = {text for one in codebook.codes for text in (one.name, one.label, *one.include, *one.examples, *one.cues)}
    written |= {f"{one.name}. {one.definition}" for one in codebook.codes}
    codings = code([a_segment(f"d{at}:0-9", text) for at, text in enumerate(texts)], codebook, seed=1)
    assert codings
    for one in codings:
        kind, said = one.reason.split(": ", maxsplit=1)
        assert kind in {"cue", "name", "definition", "include", "example"}
        assert said in written or set(said.split(", ")) <= written


def test_no_segments_give_no_codings(codebook):
    assert code([], codebook, seed=1) == []


def test_nothing_takes_a_code_only_where_people_gave_it_one(codebook):
    texts = ["Nothing", "None", "n/a", "They sanctioned me", "Never sanctioned", "It rained in May"] * 6
    rows = [
        a_segment(f"e{at}:0-9", f"{text}{'.' * (at // 6)}", prompt="What went wrong?") for at, text in enumerate(texts)
    ]
    gave = [LabelledSegment(one, frozenset({"choice_control"} if at % 6 < 3 else ())) for at, one in enumerate(rows)]
    gave_none = [
        LabelledSegment(one.segment, frozenset({"sanctions"} if at % 6 == 3 else ())) for at, one in enumerate(gave)
    ]
    answer = a_segment(text="Nothing", prompt="What went wrong?")
    assert judge([answer], codebook, labelled=gave, seed=1).probabilities.max() > 0.5
    assert judge([answer], codebook, labelled=gave_none, seed=1).probabilities.max() == 0


def test_what_stands_beside_a_segment_is_heard_a_little_when_asked_for_and_changes_no_other(codebook):
    alone = a_segment("d1:0-9", "It went on for three months.")
    beside = replace(alone, before="They sanctioned me and stopped my money.")
    other = a_segment("d2:0-9", "My adviser never listened.")
    column = [one.code_id for one in codebook.codes].index("sanctions")
    plain, heard = judge([alone, other], codebook, seed=1), judge([beside, other], codebook, seed=1, with_context=True)
    assert heard.probabilities[0, column] > plain.probabilities[0, column]
    assert heard.probabilities[1].tolist() == plain.probabilities[1].tolist()
    unasked = judge([beside, other], codebook, seed=1)
    assert unasked.probabilities.tolist() == plain.probabilities.tolist()


def test_a_segment_stands_among_its_neighbours_with_what_it_repeats():
    segment = a_segment(text=" They said “no”.", before="I asked.", after="So I left.", quoted=(Span(11, 15),))
    among = among_its_neighbours(segment)
    assert among.text == "I asked.  They said “no”. So I left."
    assert [span.of(among.text) for span in among.quoted] == [span.of(segment.text) for span in segment.quoted]
    assert among_its_neighbours(a_segment(text=" alone")).text == " alone"


def test_a_few_labelled_texts_count_as_examples_of_their_codes_and_are_not_shown(codebook):
    text = "The bus goes past the allotments before seven."
    few = [LabelledSegment(a_segment("d9:0-9", f"{text[:-1]} now."), frozenset({"job_fit"}), reviewed=True)]
    column = [one.code_id for one in codebook.codes].index("job_fit")
    alone, taught = (
        judge([a_segment(text=text)], codebook, labelled=labelled, seed=1).probabilities[0] for labelled in ((), few)
    )
    assert taught[column] > alone[column] + 0.1
    assert "allotments" not in str([one.reason for one in code([a_segment(text=text)], codebook, labelled=few, seed=1)])


@pytest.mark.parametrize(
    "text",
    ["They did not sanction me.", "They did not stop my money for a month.", "I didn't get sanctioned in May.",
     "I was not sanctioned.", "I wasn't sanctioned but I was bullied every week.", "Nobody I met was sanctioned."],
)  # fmt: skip
def test_what_was_learned_overrules_no_plain_denial(text, codebook, examples):
    segments = [a_segment(text=text), a_segment("d2:0-19", text="They sanctioned me.")]
    judged = judge(segments, codebook, labelled=examples, seed=1)
    column = [code.code_id for code in codebook.codes].index("sanctions")
    assert (judged.probabilities >= judged.cut_offs)[:, column].tolist() == [False, True]
