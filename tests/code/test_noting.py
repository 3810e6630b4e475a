import pytest

from builders import a_code, a_codebook, a_segment
from themes.code.noting import Noted, note
from themes.embedding import encoding_by
from themes.read.codebook import packaged_codebook, read_codebook

EVERYTHING = {
    "polarity": ("negative", "positive", "mixed", "neutral"),
    "modality": ("experienced", "witnessed", "threatened", "feared", "hypothetical", "wished_for", "argued"),
    "speaker": ("claimant", "carer_family", "provider_adviser", "health_professional", "public", "unknown"),
    "service": ("pip", "none"),
}
BIPOLAR, NEGATIVE_ONLY = a_code("trust"), a_code("sanctions", polarity="negative_only")


def noted(text: str, *, code=BIPOLAR, known=EVERYTHING, **fields) -> Noted:
    segment = a_segment(text=text, **fields)
    (one,) = note([segment], [code], a_codebook(code, dimensions=known), documents=[segment])
    return one


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("She listened to me and I trusted her from the first week.", "positive"),
        ("He shouted at me in front of everybody and sent me home.", "negative"),
    ],
)
def test_a_good_account_is_told_from_a_bad_one(text, polarity):
    assert noted(text) == Noted(polarity, "experienced", "claimant", "none")


@pytest.mark.parametrize(
    ("code_id", "text", "polarity"),
    [
        ("adviser_relationship", "He let me speak first and never rushed me.", "positive"),
        ("choice_control", "I was never asked what I wanted to do.", "negative"),
        ("work_and_recovery", "The job got me out of bed and I slept well again.", "positive"),
    ],
)
@pytest.mark.parametrize(
    "aside", ["It was on a Tuesday.", "I live in a small town.", "The office is on the high street."]
)
def test_a_sentence_about_nothing_of_the_kind_does_not_turn_an_account_over(code_id, text, polarity, aside):
    book = read_codebook(packaged_codebook())
    said = [a_segment(f"d{n}:0-9", one) for n, one in enumerate((text, f"{text} {aside}", f"{aside} {text}"))]
    assert [one.polarity for one in note(said, [book[code_id]] * 3, book, documents=said)] == [polarity] * 3


def test_a_sentence_that_says_how_it_was_counts_though_it_names_no_code():
    book = read_codebook(packaged_codebook())
    said = [a_segment("d1:0-9", "I was given another adviser. It was awful, I cried for days.")]
    (one,) = note(said, [book["adviser_relationship"]], book, documents=said)
    assert one.polarity == "negative"


@pytest.mark.parametrize(
    ("text", "modality", "speaker"),
    [
        ("I wish my adviser would listen to me for once.", "wished_for", "claimant"),
        ("My son never saw the same adviser twice and it broke him.", "witnessed", "carer_family"),
        ("As a nurse I see my patients leave that office in tears.", "witnessed", "health_professional"),
        ("Kept waiting an hour, then sent home without a word.", "experienced", "claimant"),
    ],
)
def test_how_it_is_said_and_by_whom_is_noted(text, modality, speaker):
    one = noted(text)
    assert (one.modality, one.speaker) == (modality, speaker)


def test_a_negative_only_code_is_a_bad_thing_unless_compulsion_is_argued_for():
    assert noted("They stopped my money.", code=NEGATIVE_ONLY).polarity == "negative"
    argued = noted("Anyone who can work should be made to turn up.", code=NEGATIVE_ONLY)
    assert (argued.polarity, argued.modality) == ("positive", "argued")


def test_only_values_that_the_codebook_knows_are_noted():
    known = {"polarity": ("negative",), "modality": ("argued", "feared"), "service": ("pip",)}
    one = noted("I am scared they will stop my PIP.", code=NEGATIVE_ONLY, known=known)
    assert one == Noted("negative", "feared", None, "pip")


def test_a_codebook_without_dimensions_gets_polarity_alone():
    assert noted("She listened to me and I trusted her.", known={}) == Noted("positive", None, None, None)


def test_a_dimension_whose_values_are_all_the_codebooks_own_is_left_open():
    assert noted("She listened to me.", known={"modality": ("told", "retold")}).modality is None


def test_a_writer_is_one_person_throughout_and_the_source_is_believed():
    said = [a_segment("d1:0-1", "They stopped my money."), a_segment("d1:2-3", "As an adviser I saw it daily.")]
    book = a_codebook(BIPOLAR, dimensions=EVERYTHING)
    assert [one.speaker for one in note(said[:1], [BIPOLAR], book, documents=said)] == ["provider_adviser"]
    assert noted("They stopped my money.", speaker="public").speaker == "public"


def test_nothing_is_noted_of_nothing():
    assert note([], [], a_codebook(BIPOLAR, dimensions=EVERYTHING), documents=[]) == []


@pytest.mark.long
def test_another_encoder_learns_for_itself():
    with encoding_by("static"):
        assert noted("She listened to me and I trusted her from the first week.").polarity == "positive"
