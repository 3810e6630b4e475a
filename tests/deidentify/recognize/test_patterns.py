import pytest

from builders import a_raw_document
from themes.deidentify.decide.combine import combined
from themes.deidentify.recognize.patterns import _outermost, _trimmed, find_patterns, patterns_in
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def found(text: str) -> list[tuple[str, str]]:
    return [
        (f.label, f.span.of(text))
        for f in combined(text, patterns_in(text), weighed=False)
        if f.label not in {"CODE", "ORG"}
    ]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("mail wren@example.com today", [("EMAIL", "wren@example.com")]),
        ("WREN.T+x@EXAMPLE.CO.UK", [("EMAIL", "WREN.T+x@EXAMPLE.CO.UK")]),
        ("wren at gmail dot com", [("EMAIL", "wren at gmail dot com")]),
        ("it is wren dot tester (at) hotmail.co.uk ok", [("EMAIL", "wren dot tester (at) hotmail.co.uk")]),
        ("ring 01632 960123.", [("PHONE", "01632 960123")]),
        ("ring (01632) 960 123", [("PHONE", "(01632) 960 123")]),
        ("on 07700900456 after six", [("PHONE", "07700900456")]),
        ("+44 (0)20 7946 0018", [("PHONE", "+44 (0)20 7946 0018")]),
        ("0044 7700 900 456", [("PHONE", "0044 7700 900 456")]),
        ("o77oo 9oo 456", [("PHONE", "o77oo 9oo 456")]),
        ("oh seven seven oh oh nine oh oh four five six", [("PHONE", "oh seven seven oh oh nine oh oh four five six")]),
        ("NI number QQ 12 34 56 C please", [("NINO", "QQ 12 34 56 C")]),
        ("qq123456c", [("NINO", "qq123456c")]),
        ("call 07700\n900456 or\n07700 900457", [("PHONE", "07700\n900456"), ("PHONE", "07700 900457")]),
        ("NHS no 999 123 4567", [("NHS_NUMBER", "999 123 4567")]),
        ("at ZZ99 3VZ now", [("POSTCODE", "ZZ99 3VZ")]),
        ("at LS1 4AP now", [("POSTCODE", "LS1 4AP")]),
        ("at ls1 4ap now", [("POSTCODE", "ls1 4ap")]),
        ("I live in BD3 with my cat", [("POSTCODE", "BD3")]),
        ("the M14 postcode", [("POSTCODE", "M14")]),
        ("see www.example.org/me?x=1", [("URL", "www.example.org/me?x=1")]),
        ("on facebook.com/some.page", [("URL", "facebook.com/some.page")]),
        ("thanks @wren_77!", [("HANDLE", "@wren_77")]),
        ("u/brokenteapot wrote", [("HANDLE", "u/brokenteapot")]),
        ("my username is quietbadger", [("HANDLE", "quietbadger")]),
        ("grumpy_badger said", [("HANDLE", "grumpy_badger")]),
        ("sort code 20-45-45 account 55779911", [("BANK", "20-45-45"), ("BANK", "55779911")]),
        ("card 4929 1234 5678 9012", [("BANK", "4929 1234 5678 9012")]),
        ("case ref SC242/13/08817", [("CASE_REF", "SC242/13/08817")]),
        ("my claim number is HB 4471902", [("CASE_REF", "HB 4471902")]),
        ("reg YK09 ZZX was towed", [("VEHICLE", "YK09 ZZX")]),
        ("from 192.0.2.44 at night", [("IP", "192.0.2.44")]),
    ],
)
def test_a_detail_is_found_by_its_form(text: str, details: list[tuple[str, str]]) -> None:
    assert found(text) == details


@pytest.mark.parametrize(
    "text",
    [
        "meet me at leeds. it rained",
        "I waited 47 weeks and got 12 letters",
        "£1,234.56 a year, 2010-2015",
        "the ESA50 and the UC50, a PIP2 and an A4E letter",
        "G4S and A4e on the M6 and the A1",
        "on twitter last night, on my facebook page",
        "98% of 2013/14 claims",
        "vitamin B12 and 100mg of C60",
        "e.g. this, i.e. that. Ok.so what",
        "section 21 of the 1998 Act",
        "10.30am to 4pm on 2 days",
        "We cut 1 in 3, or 25/75",
    ],
)
def test_a_look_alike_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_long_word_takes_no_time() -> None:
    assert found("a" * 200_000) == []
    assert found("1 " * 50_000) == []
    assert found("a." * 50_000) == []


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("at XQ7 4JV now", "XQ7 4JV"),
        ("at J12 9MK.", "J12 9MK"),
        ("at QV1A 2CC", "QV1A 2CC"),
        ("at LS14AP, then", "LS14AP"),
        ("at XQ74JV, then", "XQ74JV"),
        ("at LS1 OAP", "LS1 OAP"),
        ("at XQ7 IJV", "XQ7 IJV"),
        ("at XQ7 lJV", "XQ7 lJV"),
        ("at XQ1O 4JV", "XQ1O 4JV"),
        ("at Ls1 4ap", "Ls1 4ap"),
        ("at LS1 1ST", "LS1 1ST"),
        ("at ls1 1st", "ls1 1st"),
        ("off the M1 2nd exit, the m1 2nd exit", None),
        ("my postcode is xq7 4jv", "xq7 4jv"),
        ("my post code: xqo4jv", "xqo4jv"),
        ("my post code: xqo4 7jv", "xqo4 7jv"),
        ("postcode lsi 4ap", "lsi 4ap"),
        ("Postcode xq74jv", "xq74jv"),
        ("my postcode is xq7", "xq7"),
        ("postcode area XQ7", "XQ7"),
        ("the XQ7 postcode", "XQ7"),
        ("around LS8 somewhere", "LS8"),
        ("around XQ8 somewhere", None),
        ("my postcode is too old", None),
        ("the postcode lottery of 2012", None),
        ("an ESA50, a P45 and a UC50", None),
        ("THE ESA50 AND P45 FORMS", None),
        ("an MR1, then a DS1500", None),
        ("vitamin B12 5mg, B12 5MG", None),
        ("on form P45 1st of all", None),
        ("in room A4 2pm, in ROOM Q4 2PM", None),
        ("THE MR1 2ND TIME", None),
        ("THEY TOOK MY P45 OFF ME", None),
        ("MY UC50 IS LOST, ESA50 IN", None),
        ("at 10 5PM, AT 5PM, TWO 3RD", None),
        ("£10 4GB, £5 2for 1, 20p", None),
        ("a 4X4, an MP3 8GB, 2 3kg bags", None),
    ],
)
def test_a_postcode_is_one_by_its_form_whatever_its_area(text: str, postcode: str | None) -> None:
    said = [detail for label, detail in found(text) if label == "POSTCODE"]
    assert said == ([postcode] if postcode else [])


def of(start: int, end: int, score: float = 0.9) -> Finding:
    return Finding(Span(start, end), "URL", IdentifierKind.DIRECT, score, "patterns")


def test_marks_that_close_a_sentence_are_no_part_of_a_detail() -> None:
    assert find_patterns([a_raw_document("(see http://wren/x)?!"), a_raw_document("It rained.")]) == [
        [of(5, 18, 1.0)],
        [],
    ]


@pytest.mark.parametrize(("text", "length"), [("x", 1), ("x.", 1), ("x)?!", 1), ("...", 1), ("x.y", 3), (". x", 3)])
def test_of_marks_alone_one_stays(text: str, length: int) -> None:
    assert _trimmed(text, of(0, len(text))) == of(0, length)


@pytest.mark.parametrize(
    ("findings", "kept"),
    [
        ([of(2, 5), of(0, 10)], [of(0, 10)]),
        ([of(0, 5), of(0, 10)], [of(0, 10)]),
        ([of(0, 10, 0.7), of(2, 5)], [of(0, 10, 0.7)]),
        ([of(2, 5), of(0, 10, 0.6)], [of(0, 10, 0.6), of(2, 5)]),  # an unsure one is not believed about what it holds
        ([of(0, 5), of(3, 8)], [of(0, 5), of(3, 8)]),
        ([of(0, 5, 0.8), of(0, 5, 0.9)], [of(0, 5, 0.9), of(0, 5, 0.8)]),
        ([], []),
    ],
)
def test_of_two_forms_the_one_that_holds_the_other_counts(findings: list[Finding], kept: list[Finding]) -> None:
    assert _outermost(findings) == kept
