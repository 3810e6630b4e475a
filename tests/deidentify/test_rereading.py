"""What a mask lays bare is masked as well."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from builders import a_raw_document
from themes.deidentify import rereading
from themes.deidentify.correct.corrections import ask
from themes.deidentify.correct.corrections_in_force import settle, take_up
from themes.deidentify.document import Deidentified, deidentify
from themes.deidentify.replace.persons import Cast
from themes.deidentify.rereading import MOST_READINGS, before
from themes.deidentify.vault.vault import Vault
from themes.records.correction import CorrectionAction
from themes.records.privacy import Finding, IdentifierKind, Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec
from themes.release_text import released_text


def finds(form: str, label: str):
    """A recogniser that finds whatever has a form."""

    def recognizer(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        return [
            [Finding(Span(*m.span()), label, IdentifierKind.DIRECT, 0.9, "planted") for m in re.finditer(form, d.text)]
            for d in documents
        ]

    return recognizer


NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
FREE_NAMES = {"figures": finds(r"\d+", "PHONE"), "people": finds(r"\bKaren\b|(?<=\] )Wimbush", "PERSON")}
"""A name is seen where it stands free; a surname, only after a surrogate."""

WHOLE_NAMES = {**FREE_NAMES, "people": finds(r"\bKaren Wimbush\b|\bKaren\b(?! W)", "PERSON")}


def masked(spec: CorpusSpec, vault: Vault, *texts: str, recognizers=FREE_NAMES, **options) -> Deidentified:
    raw = [a_raw_document(text, document_key=str(n), case_key=str(n), thread="told") for n, text in enumerate(texts)]
    return deidentify(raw, spec=spec, vault=vault, recognizers=recognizers, **options)


def test_a_name_that_was_glued_to_a_number_is_masked_with_it(spec: CorpusSpec, vault: Vault) -> None:
    karen = vault.surrogate("Person", "person", "karen")
    [document] = masked(spec, vault, "Karen07700 rang.").documents
    assert document.text == f"{karen}[phone] rang."
    assert document.replacements == (
        Replacement(Span(0, 5), "PERSON", karen),
        Replacement(Span(5, 10), "PHONE", "[phone]"),
    )


def test_masking_the_result_changes_nothing(spec: CorpusSpec, vault: Vault) -> None:
    [once] = masked(spec, vault, "Call 12 Karen34 Karen Wimbush5 or Karen.").documents
    [twice] = masked(spec, vault, once.text).documents
    assert (twice.text, twice.replacements) == (once.text, ())


def test_a_text_in_which_nothing_was_found_is_read_once(spec: CorpusSpec, vault: Vault) -> None:
    read = []

    def counted(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        read.extend(document.text for document in documents if document.thread == "told")
        return finds(r"\d+", "PHONE")(documents)

    masked(spec, vault, "It rained.", "Ring 07700.", recognizers={"figures": counted})
    assert read == ["It rained.", "Ring 07700.", "Ring [it].", ""]  # the last: who speaks there is known


def test_a_text_is_read_again_only_when_it_changes_and_without_quotations(spec: CorpusSpec, vault: Vault) -> None:
    read = []

    def counted(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        read.extend((document.text, document.quotations) for document in documents if document.thread == "told")
        return FREE_NAMES["figures"](documents)

    raw = [
        a_raw_document("Ring 12.", document_key="1", thread="told", quotations=(Span(0, 4),)),
        a_raw_document("3 Wimbush rang.", document_key="2", thread="told"),
    ]
    deidentify(raw, spec=spec, vault=vault, recognizers={**FREE_NAMES, "figures": counted})
    *texts, _ = read  # the last: who speaks there is known
    assert texts == [
        ("Ring 12.", (Span(0, 4),)),
        ("3 Wimbush rang.", ()),
        ("Ring [it].", ()),
        ("[it] Wimbush rang.", ()),
        ("[it] [it] rang.", ()),  # that somebody is named there changes nothing in the first
    ]


def test_what_a_profile_keeps_is_no_detail_when_it_is_laid_bare(spec: CorpusSpec, vault: Vault) -> None:
    recognizers = {"figures": FREE_NAMES["figures"], "towns": finds(r"(?<=\] )(?:Leeds|Haworth)", "LOCATION")}
    towns, village = masked(spec, vault, "5 Leeds", "5 Haworth", recognizers=recognizers).documents
    assert towns.text == "[phone] Leeds"
    assert [replacement.label for replacement in village.replacements] == ["PHONE", "LOCATION"]


def test_the_vault_keeps_nothing_that_stands_nowhere(spec: CorpusSpec, vault: Vault) -> None:
    # First "Karen" alone; once her surname is laid bare, she is somebody of another tag.
    documents = masked(spec, vault, "Ask Karen.", "5Karen Wimbush rang.", recognizers=WHOLE_NAMES).documents
    given = {tag for (tag,) in vault.rows("SELECT tag FROM surrogates")}
    assert given == {tag for document in documents for tag in re.findall(r"\[person (\w+)\]", document.text)}
    assert len(given) == 1


def test_what_the_release_replaces_is_told_by_its_place_in_the_coding_text(vault: Vault) -> None:
    text = "Ask Karen (07700) of Kettle Works in 2014."
    kinds = {"Karen": "PERSON", "07700": "PHONE", "Kettle Works": "ORG", "2014": "DATETIME"}
    findings = [
        Finding(Span(text.index(words), text.index(words) + len(words)), label, IdentifierKind.DIRECT, 1.0, "planted")
        for words, label in kinds.items()
    ]
    made = rereading.replaced(a_raw_document(text), findings, vault, Cast())
    karen, works = vault.surrogate("person", "person", "karen"), vault.surrogate("organisation", "org", "kettle works")
    assert made.text == f"Ask {karen} ([phone]) of Kettle Works in 2014."
    assert [(each.span.of(text), each.label, each.surrogate) for each in made.coding] == [
        ("Karen", "PERSON", karen),
        ("07700", "PHONE", "[phone]"),
    ]
    assert [(each.span.of(made.text), each.label, each.surrogate) for each in made.release] == [
        ("Kettle Works", "ORG", works),
        ("2014", "DATETIME", "[date: 2010s]"),
    ]


def test_a_full_name_laid_bare_in_one_text_completes_a_first_name_in_another(spec: CorpusSpec, vault: Vault) -> None:
    first, second = masked(spec, vault, "Ask Karen.", "5Karen Wimbush rang.", recognizers=WHOLE_NAMES).documents
    she = vault.surrogate("person", "person", "karen wimbush")
    assert first.text == f"Ask {she}."
    assert second.text == f"[phone]{she} rang."


def test_what_the_coding_profile_keeps_gives_way_to_a_name_laid_bare(spec: CorpusSpec, vault: Vault) -> None:
    both = {**FREE_NAMES, "organisations": finds("Wimbush Trust", "ORG")}
    [document] = masked(spec, vault, "The 1 Wimbush Trust rang.", recognizers=both).documents
    she = vault.surrogate("person", "person", "wimbush")
    assert document.text == f"The [phone] {she} Trust rang."
    assert document.release_replacements == ()


def test_what_the_strict_text_lays_bare_is_masked_if_it_is_read_again(spec: CorpusSpec, vault: Vault) -> None:
    recognizers = {**FREE_NAMES, "organisations": finds("Kettle Works", "ORG")}
    text, she = "Kettle Works Wimbush rang.", vault.surrogate("person", "person", "wimbush")
    [as_coded] = masked(spec, vault, text, recognizers=recognizers).documents
    assert as_coded.text == text
    [document] = masked(spec, vault, text, recognizers=recognizers, read_as=("coding", "release")).documents
    works = vault.surrogate("Organisation", "org", "kettle works")
    assert document.text == f"Kettle Works {she} rang."
    assert released_text(document) == f"{works} {she} rang."


def test_what_an_analyst_said_is_no_detail_stays(spec: CorpusSpec, vault: Vault) -> None:
    raw = a_raw_document("Ring 07700: Karen5 Karen rang.")
    [document] = deidentify([raw], spec=spec, vault=vault, recognizers=FREE_NAMES).documents
    [karen, *_] = [replacement for replacement in document.replacements if replacement.label == "PERSON"]
    start = document.text.index(karen.surrogate)
    place = Span(start, start + len(karen.surrogate))
    ask(vault, document, place, CorrectionAction.UNMASK, label="", by="A. Nalyst", now=NOW)
    settle(vault, [raw], now=NOW)
    take_up(vault, now=NOW)
    [document] = deidentify([raw], spec=spec, vault=vault, recognizers=FREE_NAMES).documents
    assert document.text == f"Ring [phone]: Karen[phone] {karen.surrogate} rang."


def test_what_an_analyst_marked_stays_masked_when_more_is_found(spec: CorpusSpec, vault: Vault) -> None:
    raw = a_raw_document("Quill told Karen5.")
    [document] = deidentify([raw], spec=spec, vault=vault, recognizers=FREE_NAMES).documents
    ask(vault, document, Span(0, 5), CorrectionAction.MASK, label="PERSON", by="A. Nalyst", now=NOW)
    settle(vault, [raw], now=NOW)
    take_up(vault, now=NOW)
    [document] = deidentify([raw], spec=spec, vault=vault, recognizers=FREE_NAMES).documents
    assert re.fullmatch(r"\[Person \w+\] told \[person \w+\]\[phone\]\.", document.text)


def test_a_text_that_never_comes_to_rest_is_kept_out(spec: CorpusSpec, vault: Vault) -> None:
    restless = {"words": finds(r"\w+(?=(?: \[it\])*\.$)", "PHONE")}
    words = "one two three four five six seven eight nine ten eleven twelve"
    result = masked(spec, vault, f"{words}.", "It rained!", recognizers=restless)
    assert [document.text for document in result.documents] == ["It rained!"]
    assert [quarantined.reason for quarantined in result.quarantined] == [rereading.RESTLESS]
    [document] = masked(spec, vault, "one two three.", recognizers=restless).documents
    assert document.text == "[phone] [phone] [phone]."
    assert MOST_READINGS == 10


def test_a_recogniser_that_stumbles_over_surrogates_keeps_the_text_out(spec: CorpusSpec, vault: Vault) -> None:
    def stumbles(documents: Sequence[RawDocument]) -> list[list[Finding]]:
        if any("[it]" in document.text for document in documents):
            raise RecursionError
        return finds(r"\d+", "PHONE")(documents)

    result = masked(spec, vault, "Ring 07700.", "It rained.", recognizers={"figures": stumbles})
    assert [document.text for document in result.documents] == ["It rained."]
    assert ["(RecursionError)" in quarantined.reason for quarantined in result.quarantined] == [True]


def test_an_offset_leads_back_to_the_edge_of_the_detail_it_stands_at() -> None:
    # "Ask Karen07700 now" to "Ask [person K7QX2M][phone] now"
    replacements = (
        Replacement(Span(4, 9), "PERSON", "[person K7QX2M]"),
        Replacement(Span(9, 14), "PHONE", "[phone]"),
    )
    assert [before(offset, replacements) for offset in (0, 4, 19, 26, 30)] == [0, 4, 9, 14, 18]
