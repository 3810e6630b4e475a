import pytest

from builders import a_code, a_segment
from themes.code.dimensions import modality, polarity, role_named, service, speakers

BIPOLAR = a_code("trust")
NEGATIVE_ONLY = a_code("sanctions", polarity="negative_only")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She was kind and she listened.", "positive"),
        ("He was rude and never listened.", "negative"),
        ("She was kind but the forms were confusing.", "mixed"),
        ("Oh great, another adviser who never rang.", "negative"),
        ("They should have listened.", "negative"),
        ("My adviser is not helpful.", "negative"),
        ("It made all the difference.", "positive"),
    ],
)
def test_polarity_of_a_bipolar_code_follows_the_account(text, expected):
    assert polarity(a_segment(text=text), BIPOLAR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They stopped my money.", "negative"),
        ("Anyone who can work should be made to turn up.", "positive"),
        ("I agree with sanctions for people who never try.", "positive"),
    ],
)
def test_a_negative_only_code_is_positive_only_where_compulsion_is_argued_for(text, expected):
    assert polarity(a_segment(text=text), NEGATIVE_ONLY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They stopped my money in May.", "experienced"),
        ("My brother lost his benefit.", "witnessed"),
        ("A lad at our church was left with nothing.", "witnessed"),
        ("He said I would lose my benefit if I missed it.", "threatened"),
        ("She threatened me with a sanction.", "threatened"),
        ("I am scared of losing my money.", "feared"),
        ("I lie awake in case they cut us off.", "feared"),
        ("If I took the job I would be worse off.", "hypothetical"),
        ("I wish they had asked me.", "wished_for"),
        ("Staff need to be trained.", "wished_for"),
        ("Let people choose their own coach.", "wished_for"),
        ("People should be made to work.", "argued"),
        ("Work is always good for people.", "argued"),
    ],
)
def test_modality_says_how_the_writer_stands_to_it(text, expected):
    assert modality(a_segment(text=text)) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I was sanctioned.", "It was hard."], "claimant"),
        (["My son was sanctioned.", "They stopped his money."], "carer_family"),
        (["As an adviser I was told to hurry.", "My son thinks so too."], "provider_adviser"),
        (["My clients are afraid of the letters."], "provider_adviser"),
        (["I work at the jobcentre."], "jcp_staff"),
        (["My patients get worse before each review."], "health_professional"),
        (["Our staff with depression stay for years."], "employer"),
        (["My taxes pay for this."], "public"),
        (["It was hard."], "unknown"),
    ],
)
def test_the_speaker_is_told_by_all_that_a_writer_says(texts, expected):
    segments = [a_segment(f"d1:{at}-{at + 9}", text) for at, text in enumerate(texts)]
    assert speakers(segments) == {"d1": expected}


def test_a_role_named_outright_is_told_from_claimants_and_family():
    assert (
        role_named([a_segment(text="It was hard."), a_segment(text="My patients dread it.")]) == "health_professional"
    )
    assert role_named([a_segment(text="I was sanctioned."), a_segment(text="My son was too.")]) is None


def test_the_speaker_that_the_source_names_is_believed():
    assert speakers([a_segment("d1:0-9", "I was sanctioned.", speaker="employer")]) == {"d1": "employer"}


@pytest.mark.parametrize(
    ("text", "prompt", "expected"),
    [
        ("The Work Programme was useless.", None, "work_programme"),
        ("I was put in the WRAG on ESA.", None, "wrag"),
        ("My PIP was stopped.", None, "pip"),
        ("I paid for it with Access to Work.", None, "access_to_work"),
        ("The jobcentre never rang.", None, "jobcentre_plus"),
        ("It was useless.", "What was Work Choice like?", "work_choice"),
        ("I had no work choice.", None, "none"),
        ("It was useless.", None, "none"),
    ],
)
def test_the_service_is_the_first_that_is_named_or_else_the_questions(text, prompt, expected):
    assert service(a_segment(text=text, prompt=prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "text", "how"),
    [
        ("If you could change one thing, what would it be?", "Same adviser each time.", "wished_for"),
        ("What would help you most?", "Someone who listens.", "wished_for"),
        ("If you could change one thing, what would it be?", "I was sent to six advisers.", "experienced"),
        ("What has it been like for you?", "She rang me herself.", "experienced"),
    ],
)
def test_a_bare_answer_to_what_people_want_is_a_wish(prompt, text, how):
    assert modality(a_segment("d1:0-5", text, prompt=prompt)) == how
