import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.said_names import said_names_in
from themes.records.spec import CorpusSpec


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("April told me to wait. And so May said I should.", ["April", "May"]),
        ("June always asked after her. April didn't tell me. May would never ring.", ["June", "April", "May"]),
        ("June's office was cold, August's new desk was not.", ["June", "August"]),
        ("June’s manager rang", ["June"]),
        ("April was so rude and June was kind to me. May seemed friendly.", ["April", "June", "May"]),
        ("May is my adviser. April from the jobcentre rang. June, my adviser, left.", ["May", "April", "June"]),
        ("June who runs the group", ["June"]),
        ("I met June at the library and spoke to May about it.", ["June", "May"]),
        ("I rang April. I told June about it. A meeting with May.", ["April", "June", "May"]),
        ("a reply to June", ["June"]),
        ("Karen and June helped. June and Karen left. Me and April. April and me.", ["June", "June", "April", "April"]),
        ("They sent April Jones. May Day, In June Jones rang.", ["April Jones"]),
        ("june told me, then may rang us back", ["june", "may"]),
        ("August did my assessment. June filled in the form, then April took my details.", ["August", "June", "April"]),
        ("June signed it. August looked at my file and May kept me waiting.", ["June", "August", "May"]),
        ("I saw April at the jobcentre. May from Restart rings. June at Seetec told me off.", ["April", "May", "June"]),
        ("April on reception is nice. August at the desk was rude to me.", ["April", "August"]),
        ("April at the jobcentre said no", ["April"]),
        ("I asked for April from the jobcentre.", ["April"]),
        ("I gave the form to April and she lost it. It went to May, who filed it.", ["April", "May"]),
        ("June says the form is lost", ["June"]),
        ("my work coach june is off sick, my adviser april rang me", ["june", "april"]),
        ("the assessor june was so rude", ["june"]),
        ("my adviser april said no", ["april"]),
        ("thats Janines handwriting and karens desk", ["Janines", "karens"]),
        ("Will rang back. Will is kind. Will's desk", ["Will", "Will", "Will"]),
        ("Faith's attitude was bad. Patience rang me.", ["Faith", "Patience"]),
        ("i saw gemmas advisor", ["gemmas"]),
        ("an adviser named will, and he rang. A bloke called hope and me", ["will", "hope"]),
        ("my coach is called may", ["may"]),
        ("Hope at the Shaw Trust rang me. Grace at Ingeus is lovely.", ["Hope", "Grace"]),
        ("Grace on reception was lovely. Hope at the jobcentre told me", ["Grace", "Hope"]),
        ("but faith told me to wait. hope rang me. so joy emailed us", ["faith", "hope", "joy"]),
    ],
)
def test_a_name_that_is_a_word_is_told_by_what_only_people_do_have_and_are(text: str, names: list[str]) -> None:
    assert [finding.span.of(text) for finding in said_names_in(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "A course called hope, the man called will not wait, somebody called will you believe it",
        "nobody knows what the man on the form was called. will, if asked",
        "Hope at Mind is what I need. Will at Mind rang. Hope rang at the office of Mind",
        "Patience on the phone is a virtue. Faith in the office was great. Hope on reception",
        "blind faith told me to wait. my hope told me. hope told of better. so will told us",
        "In May said the letter. By June told me nothing. On 5 May asked to leave.",
        "April was a bad month. June was hot. May and June were hard. It was April and I had no money.",
        "June's rent, May's phone bill, April's meeting, June's email figures",
        "May help you. May never ring. May be said. May I ask?",
        "I saw June come and go. A meeting with June deadlines. I was told April about it.",
        "Will always ring. Will just say so. Will they?",
        "june came, may said no, may tell me",
        "August was hard. August did me in. June took it out of me. April gave me hope. May let me down.",
        "by April at the latest, by June next year, June 2019",
        "June says it all. April said everything there is to say.",
        "April at the jobcentre was busy. June from start to finish. August at home",
        "my payment for April from the DWP, a letter dated May from Maximus",
        "I started in June at Seetec. From May at Ingeus we worked. It ended in August",
        "They gave an extension to April and she missed it. It was put back to June and he left.",
        "my adviser may be off. my assessment june was fine. told my coach june is no good for me",
        "Theresa May said so. May said Brexit. May's office.",
        "Kent's office. Nan rang me. Junior's",
        "MAY",
        "Roberts desk, marks desk, Karens came, kens blue boss",
    ],
)
def test_a_month_and_a_verb_are_no_names(text: str) -> None:
    assert list(said_names_in(text)) == []


def test_no_weight_is_asked_about_such_a_name(spec: CorpusSpec) -> None:
    text = "April told me to come back in May. June's rent was late."
    (found,) = details_of([a_raw_document(text)], spec=spec)
    assert [finding.span.of(text) for finding in found if finding.label == "PERSON"] == ["April"]
