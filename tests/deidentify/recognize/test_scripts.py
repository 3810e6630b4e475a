import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.scripts import strange_words_in
from themes.deidentify.replace.policy import action_for
from themes.records.spec import CorpusSpec


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.label, finding.span.of(text)) for finding in strange_words_in(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My adviser Ива\u0301н Ивано\u0301в was rude", "Ива\u0301н Ивано\u0301в"),
        ("I went with Ольга to sign on", "Ольга"),
        ("I was told by 李小龙 that I had to go", "李小龙"),
        ("Mr محمد علي sanctioned me", "محمد علي"),
        ("My friend राजेश कुमार came", "राजेश कुमार"),
        ("Παπαδόπουλος from Ingeus called", "Παπαδόπουλος"),
        ("K\u0430ren was rude", "K\u0430ren"),
        ("they made Włodzimierz go", "Włodzimierz"),
        ("I spoke to Nguyễn Văn An at the jobcentre", "Nguyễn Văn An"),
        ("Ask Łukasz about it", "Łukasz"),
        ("Anna Żo\u0301łkiewska said no", "Anna Żo\u0301łkiewska"),
        ("so Gülşah March rang", "Gülşah"),
    ],
)
def test_a_few_words_in_letters_that_english_has_not_are_a_name(text: str, name: str) -> None:
    assert found(text) == [("PERSON", name)]


def test_names_with_commas_between_them_are_several() -> None:
    assert found("with Иван, Ольга and Пётр") == [("PERSON", "Иван"), ("PERSON", "Ольга"), ("PERSON", "Пётр")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("she said спасибо and left", "спасибо"),
        ("she said Спасибо вам большое за всё and left", "Спасибо вам большое за всё"),
        ("she wrote Привет, Маша! Как дела? Напиши and left", "Привет, Маша! Как дела? Напиши"),
        ("我不知道该怎么办。 I don't know", "我不知道该怎么办"),
    ],
)
def test_other_words_in_a_script_that_nobody_reads_are_masked_for_what_they_are(text: str, words: str) -> None:
    assert found(text) == [("SCRIPT", words)]
    assert [str(action_for("SCRIPT", words, profile)) for profile in ("coding", "release")] == ["mask", "mask"]


@pytest.mark.parametrize(
    "text",
    [
        "5 μg of it, and π is 3",
        "β-blockers and α-lipoic acid",
        "¯\\_(ツ)_/¯ and ಠ_ಠ",
        "Zoë’s café, naïve Māori, Ŵyn",
        "a Škoda for 50 złoty",
        "the Łódź jobcentre, Łódź",
    ],
)
def test_signs_and_loanwords_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I went with Ольга Петрова to the jobcentre", "Ольга Петрова"),
        ("My adviser Ива\u0301н Ивано\u0301в was rude to me.", "Ива\u0301н Ивано\u0301в"),
        ("Mrs Dvořáková helped me with the form", "Dvořáková"),
    ],
)
def test_such_a_name_is_a_person_whatever_else_is_found(text: str, name: str, spec: CorpusSpec) -> None:
    details = details_of([a_raw_document(text)], spec=spec)[0]
    assert ("PERSON", name) in [(finding.label, finding.span.of(text)) for finding in details]
