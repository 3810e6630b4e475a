import time

import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.signed_initials import signed_initials_in
from themes.records.spec import CorpusSpec


def found(text: str) -> list[str]:
    return [finding.span.of(text) for finding in signed_initials_in(text)]


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("They never rang. – D.", "D"),
        ("PIP form ordered. Review Mon. SB", "SB"),
        ("Present: P. Dolan (HR)\nPD: Adjourn for ten?", "PD"),
        ("Present: Amara J Fenwick\nAF: It's not on the report.", "AF"),
        ("They never rang – D", "D"),
        ("They never rang. -- jd", "jd"),
        ("It took six weeks.\n~ M x", "M"),
        ("By a machine. – A. W.", "A. W."),
        ("– J", "J"),
        ("I am still waiting.\n\nYours, L.", "L."),
        ("Best wishes, S.W.", "S.W."),
        ("It was good. Love, D xx", "D"),
        ("Regards\nKT (Hull)", "KT"),
        ("signed, jd", "jd"),
        ("They were rude to me.\nCB", "CB"),
        ("It took six weeks to get it\njd", "jd"),
        ("They told me to go.\n J.", "J."),
        ("A.W. from Leeds said so.", "A.W."),
        ("K.S. of Bolton wrote.", "K.S."),
        ("KT, Swansea", "KT"),
        ("It ended. J.D., Hull", "J.D."),
        ("From A.B. on the page", "A.B."),
        ("Posted by R.T. on Monday", "R.T."),
        ("Name: CB", "CB"),
    ],
)
def test_initials_sign_below_a_closing_after_a_dash_on_the_last_line_and_with_a_place(text: str, initials: str) -> None:
    assert {each.rstrip(".") for each in found(text)} == {initials.rstrip(".")}


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"It was not fine at all.\n{letters}"
            for letters in ("PS", "UK", "DWP", "OK", "x", "xx", "NB", "no", "I", "me")
        ),
        *(f"It was not fine at all. – {letters}" for letters in ("UK", "IT", "eh", "NHS", "lol")),
        "Thanks, UK",
        "It was not fine. DWP",
        "He was fine SB",
        "Present: P. Dolan (HR)\nAF: Adjourn for ten?",
        "Regards, HR",
        "Thanks all",
        "My grade was – B.",
        "I scored it 5/10 - B",
        "We were on plan – B",
        "It was here or there - jd",
        "=) , - D",
        "It cost me 5 - 10 kg",
        "I get:\nPIP\nESA\nDK",
        "What helped?\na\nB",
        "IT WAS BAD\nHELP\nCAR",
        "U.K. from Leeds",
        "P.S. from Leeds",
        "D.W.P. of Leeds",
        "KT, Quillon",
        "In plan A, Leeds did well",
        "I work by CB radio",
        "jd",
        "The receptionist was lovely.",
        "I went by taxi",
        "Closed case. NFA",
        "Yours, RCN",  # a union that stays
        "Signed off. RTW",
        "PS: I forgot\nPaul Smith rang",
        "HR: not today\nHelen Rudd rang",
        "DOB: not given\nDave Brown rang",
        "TEL: none, REF: none\nTom Lister and Ruth Fenn rang",
        "REF: 44-B\nRuth Fenn rang",
        "ID: none\nIain Dunlop rang",
        "He was on the ward. ECT",
        "They took it out of my pay. CMS",
    ],
)
def test_what_else_is_short_signs_nothing(text: str) -> None:
    assert found(text) == []


def test_a_speaker_is_somebody_whom_the_text_names() -> None:
    assert found("PD: Adjourn?\nP. Dolan agreed") == ["PD"]
    assert found("AB: yes\nAnna Jane Brock came") == ["AB"]
    assert found("AB: yes\nAnna Jane Rudd came") == []


def test_a_long_transcript_takes_time_by_its_length() -> None:
    lines = "PD: hello there, how are we all\n"
    text = "P. Dolan came.\n" + lines * 20_000
    began = time.process_time()
    assert len(found(text)) == 20_000
    assert time.process_time() - began < 10  # once more than a minute


def test_no_weight_is_asked_about_who_signs(spec: CorpusSpec) -> None:
    for text, name in (("They never rang. – D.", "D"), ("It took six weeks to get my money\njd", "jd")):
        (details,) = details_of([a_raw_document(text)], spec=spec)
        assert [finding.span.of(text) for finding in details if finding.label == "PERSON"] == [name]
