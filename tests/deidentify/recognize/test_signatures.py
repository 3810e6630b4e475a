import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.recognize.form_names import form_names_in
from themes.deidentify.recognize.signatures import (
    INITIALS_SURE,
    SURE_AT_THE_END,
    find_signatures,
    letter_ends_in,
    signatures_in,
)
from themes.deidentify.recognize.signed_initials import signed_initials_in
from themes.records.spec import CorpusSpec


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rained.\nKind regards,\nQuilliam", ["Quilliam"]),
        ("It rained. Thanks, karen xyzzy", ["karen"]),
        ("It rained. - Karen Tarn", ["Karen", "Tarn"]),
        ("It rained. Thanks, Zorbo", ["Zorbo"]),
        ("It rained.\nKind regards,\nMouse", ["Mouse"]),
        ("It rained. Thanks, Mouse", []),
        ("It rained. Thanks, Haworth", []),
        ("It rained. Thanks, Benidorm", []),
        ("xyzzy says: it rained", ["xyzzy"]),
        ("By Karen Tarn\nIt rained.", ["Karen", "Tarn"]),
        ("karen says: it rained", ["karen"]),
        ("[12/05/2016, 14:22:01] Lindz: he was late\n[12/05/2016, 14:23:07] Gav T: again", ["Lindz", "Gav", "T"]),
        ("12/05/2016, 14:22 - Lindz Mc: he was late", ["Lindz", "Mc"]),
        ("12/05/2016, 14:22 - Mum: he was late", []),
        ("12/05/2016, 14:22 - Adviser: he was late", []),
        ("12/05/2016, 14:22 - Caseworker: he was late", []),
        ("On 12/05/2016 at 14:22 I noted: he was late", []),
        ("It was signed off by KW", ["KW"]),
        ("It was signed off by UN", []),
        ("K.W. was late", ["K.W."]),
        ("It rained. Thanks", []),
        ("It rained. Lovely Quilliam", []),
        ("It rained. Love from Leeds", []),
        ("the UK, the M.E. clinic", []),
    ],
)
def test_a_signature_names_somebody_and_a_closing_alone_does_not(text: str, names: list[str]) -> None:
    assert [finding.span.of(text) for finding in signatures_in(text)] == names
    assert all(finding.score in (*INITIALS_SURE.values(), SURE_AT_THE_END) for finding in signatures_in(text))
    assert find_signatures([a_raw_document(text)]) == [
        [*signatures_in(text), *letter_ends_in(text), *signed_initials_in(text), *form_names_in(text)]
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Yours sincerely,\nD. P. Wetherby\nDecision Maker\n\nThat is what they sent me.", "D. P. Wetherby"),
        ("Your claim is closed.\nRegards\nP Wetherby", "P Wetherby"),
        ("I got this. Kind regards, Pat. That was all it said.", "Pat"),
        ("Yours sincerely\nJ. Halifax\nWork Coach\n\nI was shocked.", "J. Halifax"),
        ("YOURS SINCERELY\nJ HALIFAX\nDECISION MAKER\nTHAT IS WHAT I GOT THIS MORNING", "J HALIFAX"),
        ("Yours faithfully,\n\nS Bentham\nOn behalf of the Secretary of State\n\nSo I rang.", "S Bentham"),
        ("Kind regards\nGrace\n\nThis was the email.", "Grace"),
        ("yours faithfully\n\njohn smith\nwork coach\n\nand that was that", "john smith"),
        ("Yours sincerely,\n\n\nMrs A. Bath-Jones, Team Leader\nDWP\n\nSo there.", "Mrs A. Bath-Jones"),
        ("Warm regards Tomasz Nowak\nIngeus", "Tomasz Nowak"),
        ("Thanks,\nGrace Holloway\n\nThis was the email.", "Grace Holloway"),
        ("Thanks,\nJ Holloway\n\nThis was the email.", "J Holloway"),
        ("Yours sincerely,\nMrs A. Halifax\nDWP\n\nSo there.", "Mrs A. Halifax"),
        ("with best wishes\nOriel Quilliam (adviser)\nIngeus", "Oriel Quilliam"),
    ],
)
def test_who_signs_a_letter_that_is_pasted_into_a_text_is_found(text: str, name: str) -> None:
    assert [finding.span.of(text) for finding in letter_ends_in(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Best wishes,\nThe Decision Making Team\n\nIt was signed like this.",
        "Kind regards\n\nHalifax Jobcentre\n\nThat was the email",
        "Regards\nHalifax",
        "Regards,\nWest Yorkshire",
        "Regards,\nDWP",
        "Kind regards to all of you and good luck. I hope it gets better.",
        "Kind regards, everyone. See you",
        "Thanks\nHope it helps\n\nBye",
        "Thanks\nJune came and went",
        "Regards\nA Concerned Citizen",
        "Regards\nThat is all they wrote",
        "Regards, so it said.",
        "thanks\nquilliam\n",
        "Yours sincerely, zorb quillo\n",
        "Yours faithfully, Zorb Quillo\n",
    ],
)
def test_an_office_or_a_sentence_below_a_closing_signs_nothing(text: str) -> None:
    assert list(letter_ends_in(text)) == []


@pytest.mark.parametrize("name", ["D. P. Wetherby", "P Wetherby", "J. Halifax", "P. Reading"])
def test_who_signs_a_letter_is_a_person_though_the_surname_is_a_place(name: str, spec: CorpusSpec) -> None:
    text = f"They wrote this.\n\nYours sincerely,\n{name}\nDecision Maker\n\nI cried all day."
    details = details_of([a_raw_document(text)], spec=spec)[0]
    assert ("PERSON", name) in [(finding.label, finding.span.of(text)) for finding in details]
