import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.wording.plain_words import plain_words
from themes.deidentify.wording.words import words_of
from themes.records.spec import CorpusSpec


def plain(text: str) -> list[str]:
    words = words_of(text)
    return [text[words[i].start : words[i].end] for i in sorted(plain_words(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mark my words", ["Mark", "my", "words"]),
        ("He said Mark My Words", ["Mark", "My", "Words"]),
        ("they gave Grace Period letters", ["Grace", "Period"]),
        ("we had faith in them and lost faith", ["had", "faith", "lost", "faith"]),
        ("we lost Faith last year", []),  # her capital says more than the phrase
        ("Faith groups, Faith Groups", ["Faith", "groups", "Faith", "Groups"]),
        ("every Tom, Dick and Harry", ["Tom", "Dick", "and", "Harry"]),
        ("remark my wordsmith", []),  # no whole words
        ("Will they ring? will you? Can I?", ["Will", "will", "Can"]),
        ("so Will I know", []),
        ("Will rang. Will is kind", []),
        ("Will be back. Will my money come?", ["Will", "Will"]),
        ("Hope it helps. Hope to hear. Hope she rings.", ["Hope", "Hope", "to", "hear", "Hope"]),
        ("Sue them. Sue the council. Sue the manager rang.", ["Sue", "Sue"]),
        ("I saw Sue them days", []),
        ("Rose by 5%. Bill of £40. Bill of Leeds.", ["Rose", "Bill"]),
    ],
)
def test_a_word_that_is_a_name_elsewhere_is_none_in_a_phrase_or_as_a_verb(text: str, names: list[str]) -> None:
    assert plain(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "in May",
        "since last june",
        "Since April",
        "5 May",
        "the 3rd of June",
        "at the end of April",
        "May 2019",
        "June, 2019",
        "May 5th",
        "by June",
        "between May and June",
        "they told me April",
        "I was told June",
        "June's rent",
        "until next May",
        "to be assessed by April at the latest",
        "it will be paid by June next year",
    ],
)
def test_what_stands_around_a_month_says_that_it_is_one(text: str) -> None:
    assert {word.casefold() for word in plain(text)} & {"april", "may", "june", "august"}


@pytest.mark.parametrize(
    "text",
    [
        "because of June",
        "a comment by June",
        "I was assessed by June",
        "I was assessed by June at the clinic",
        "I believed in June",
        "me and June",
        "I told June about it",
        "June's desk",
        "with June",
        "April",
        "They told me April was off",
    ],
)
def test_what_may_be_said_of_a_person_does_not(text: str) -> None:
    assert plain(text) == []


def test_a_phrase_names_nobody_though_the_text_names_somebody(spec: CorpusSpec) -> None:
    text = "I saw Mark and Grace there. Mark my words, Grace period or not: Mark knew. MARK MY WORDS."
    (found,) = details_of([a_raw_document(text, author="Mark")], spec=spec)
    people = [finding.span.of(text) for finding in found if finding.label == "PERSON"]
    assert people == ["Mark", "Grace", "Mark"]
