from typing import Any

import pytest

from themes.deidentify.decide.combine import combined
from themes.deidentify.recognize.dates import dates_in
from themes.deidentify.recognize.names import names_in
from themes.deidentify.recognize.places import places_in
from themes.deidentify.recognize.units import units_in
from themes.deidentify.replace.persons import Cast, said
from themes.deidentify.replace.surrogates import cast_of, plain_form, surrogates
from themes.deidentify.vault.vault import Vault
from themes.deidentify.wording.traits import traits_in
from themes.records.privacy import Finding, IdentifierKind
from themes.records.span import Span


def masked(text: str, vault: Vault, **options: Any) -> str:
    findings = combined(text, [*names_in(text), *units_in(text), *dates_in(text), *places_in(text)])
    written = surrogates(text, findings, vault, **{"profile": "coding", **options})
    for finding, words in reversed(list(zip(findings, written, strict=True))):
        text = text[: finding.span.start] + words + text[finding.span.end :]
    return text


def given_as(text: str, vault: Vault, *details: tuple[str, str], profile: str = "coding") -> str:
    """A text with surrogates for the details as they are said to be, whatever the recognisers find."""
    findings, at = [], 0
    for label, words in details:
        at = text.index(words, at)
        findings.append(Finding(Span(at, at + len(words)), label, IdentifierKind.QUASI, 1.0, "test"))
        at += len(words)
    written = surrogates(text, findings, vault, profile=profile)
    for finding, words in reversed(list(zip(findings, written, strict=True))):
        text = text[: finding.span.start] + words + text[finding.span.end :]
    return text


def tag(vault: Vault, words: str, family: str = "person") -> str:
    return vault.surrogate("x", family, words).removeprefix("[x ").removesuffix("]")


def test_one_person_has_one_surrogate_and_the_grammar_stays(vault: Vault) -> None:
    karen = tag(vault, "karen")
    assert masked("My adviser Karen left. KAREN! karen's desk.", vault) == (
        f"My adviser [adviser {karen}] left. [Adviser {karen}]! [adviser {karen}]'s desk."
    )


def test_a_first_name_is_completed_by_the_only_full_name_that_holds_it(vault: Vault) -> None:
    full = tag(vault, "karen smith")
    assert masked("Karen Smith rang me. I like Karen.", vault) == f"[Person {full}] rang me. I like [person {full}]."
    assert masked("I like Karen.", vault, thread=Cast([said("Karen Smith")])) == f"I like [person {full}]."
    two = Cast(map(said, ("Karen Smith", "Karen Jones")))
    assert masked("I like Karen.", vault, thread=two) == f"I like [person {tag(vault, 'karen')}]."


def test_short_forms_initials_and_misspellings_meet_in_one_surrogate(vault: Vault) -> None:
    smith = tag(vault, "elizabeth smith")
    text = "I saw Elizabeth Smith. Liz rang, then Mrs Smith, then E.S. and Elizabth, said lizzie."
    people = ("Elizabeth Smith", "Liz", "Smith", "E.S", "Elizabth", "lizzie")
    assert given_as(text, vault, *(("PERSON", name) for name in people)) == (
        f"I saw [person {smith}]. [Person {smith}] rang, then Mrs [person {smith}], then [person {smith}]. "
        f"and [person {smith}], said [person {smith}]."
    )


def test_two_people_of_one_first_name_stay_two(vault: Vault) -> None:
    smith, jones, karen = (tag(vault, name) for name in ("karen smith", "karen jones", "karen"))
    assert len({smith, jones, karen}) == 3
    text = "with Karen Smith and Karen Jones; with Karen"
    assert given_as(text, vault, *(("PERSON", name) for name in ("Karen Smith", "Karen Jones", "Karen"))) == (
        f"with [person {smith}] and [person {jones}]; with [person {karen}]"
    )


def test_a_family_is_nobody_of_it(vault: Vault) -> None:
    text = "the Smiths and Karen Smith"
    smiths, karen = (tag(vault, name) for name in ("smiths", "karen smith"))
    assert given_as(text, vault, ("PERSON", "Smiths"), ("PERSON", "Karen Smith")) == (
        f"the [family {smiths}] and [person {karen}]"
    )


def test_who_has_a_role_in_a_text_is_nobody_of_the_thread(vault: Vault) -> None:
    karen = tag(vault, "karen")
    thread = Cast([said("Karen Smith")])
    assert masked("My adviser Karen rang. I like Karen.", vault, thread=thread) == (
        f"My adviser [adviser {karen}] rang. I like [adviser {karen}]."
    )


@pytest.mark.parametrize(
    ("text", "name", "key", "written"),
    [
        ("the Smiths' house", "Smiths", "smiths", "the [family {}]' house"),
        ("the Smiths are kind", "Smiths", "smiths", "the [family {}] are kind"),
        ("James' desk", "James", "james", "[Person {}]' desk"),
        ("the James he was", "James", "james", "the [person {}] he was"),
        ("at karens desk", "karens", "karen", "at [person {}]'s desk"),
        ("so karens was late", "karens", "karen", "so [person {}] was late"),
        ("so karens.", "karens", "karen", "so [person {}]."),
        ("She is a Karen", "Karen", "karen", "She is a [person {}]"),
        ("She is an Anna", "Anna", "anna", "She is an [unnamed person {}]"),
        ("my nurse Anna", "Anna", "anna", "my nurse [nurse {}]"),
        ("Anna, my adviser", "Anna", "anna", "[Adviser {}], my adviser"),
        ("Dr. Watson", "Watson", "watson", "Dr. [doctor {}]"),
        ("\u201cAnna left\u201d", "Anna", "anna", "\u201c[Person {}] left\u201d"),
        ("the Winters are kind", "Winters", "winters", "the [person {}] are kind"),
        ("nurse who is called Anna", "Anna", "anna", "nurse who is called [nurse {}]"),
        ("nurse who I have called Anna", "Anna", "anna", "nurse who I have called [person {}]"),
    ],
)
def test_a_person_is_written_so_that_the_sentence_reads(
    vault: Vault, text: str, name: str, key: str, written: str
) -> None:
    assert given_as(text, vault, ("PERSON", name)) == written.format(tag(vault, key))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("My mum Anna came. I am Anna", "My mum [person {0}] came. I am [person {0}]"),
        ("my nurse Anna. Anna sat", "my nurse [nurse {0}]. [Nurse {0}] sat"),
    ],
)
def test_whoever_writes_is_nobodys_relative(vault: Vault, text: str, written: str) -> None:
    names = [("PERSON", "Anna")] * text.count("Anna")
    assert given_as(text, vault, *names) == written.format(tag(vault, "anna"))


def test_the_vault_keeps_a_name_as_it_was_written_first_unless_all_is_provisional(vault: Vault) -> None:
    text = "Karen of Haworth"
    details = [
        Finding(Span(0, 5), "PERSON", IdentifierKind.DIRECT, 1.0, "test"),
        Finding(Span(9, 16), "LOCATION", IdentifierKind.QUASI, 1.0, "test"),
    ]
    told = surrogates(text, details, vault, profile="coding", provisional=True)
    assert vault.rows("SELECT * FROM surrogates") == []
    assert surrogates(text, details, vault, profile="coding") == told
    tags = [each.rstrip("]").split()[-1] for each in told]
    assert (vault.words_of("person", tags[0]), vault.words_of("location", tags[1])) == ("Karen", "Haworth")


@pytest.mark.parametrize(
    ("text", "label", "words", "written"),
    [
        ("a Tesco job", "EMPLOYER", "Tesco", "a [certain employer {}] job"),
        ("near an Airedale surgery", "HOSPITAL", "Airedale surgery", "near an [unnamed surgery {}]"),
        ("on Ward 9", "HOSPITAL", "Ward 9", "on [ward {}]"),
        ("at Lingwood", "HOSPITAL", "Lingwood", "at [health service {}]"),
        ("at Wren Primary School", "HOSPITAL", "Wren Primary School", "at [school {}]"),
        ("a dinner lady at St Wren's", "HOSPITAL", "St Wren", "a dinner lady at [organisation {}]'s"),
        ("discharged from St Wren's", "HOSPITAL", "St Wren", "discharged from [health service {}]'s"),
        ("at Leeds Jobcentre", "BRANCH", "Leeds Jobcentre", "at [jobcentre {}]"),
        ("at Ingeus Leeds", "BRANCH", "Ingeus Leeds", "at [Ingeus office {}]"),
        ("at Wrenfield", "BRANCH", "Wrenfield", "at [office {}]"),
        ("in HMP Wrenfield", "BRANCH", "HMP Wrenfield", "in [prison {}]"),
        ("at Wren School", "SCHOOL", "Wren School", "at [school {}]"),
        ("in Haworth", "LOCATION", "Haworth", "in [place in West Yorkshire {}]"),
        ("in Nowheresby", "LOCATION", "Nowheresby", "in [place {}]"),
    ],
)
def test_a_place_or_office_tells_what_it_is(vault: Vault, text: str, label: str, words: str, written: str) -> None:
    assert given_as(text, vault, (label, words)) == written.format(tag(vault, words.casefold(), label.casefold()))


@pytest.mark.parametrize(
    ("text", "label", "words", "coding", "release"),
    [
        ("I am 47", "AGE", "47", "I am [age 40–49]", "I am [age 40–49]"),
        ("a 47F", "AGE", "47F", "a [40–49-year-old, female]", "a [40–49-year-old, female]"),
        ("Me (52/m)", "AGE", "52/m", "Me ([age 50–59, male])", "Me ([age 50–59, male])"),
        ("a 47 year old", "AGE", "47 year old", "a [40–49-year-old]", "a [40–49-year-old]"),
        ("an 18 year old", "AGE", "18 year old", "an [age 10–19]", "an [age 10–19]"),
        ("a 93 year old", "AGE", "93 year old", "a [ninety-or-older]", "a [ninety-or-older]"),
        ("on 3 May 2014", "DATE", "3 May 2014", "on [date: May 2014]", "on [date: 2014]"),
        ("May 3rd was", "DATE", "May 3rd", "[Date: May] was", "[Date: day and month] was"),
        ("since 1995", "DATETIME", "1995", "since 1995", "since [date: 1990s]"),
        ("a 3 year wait", "DATETIME", "3 year", "a 3 year wait", "a [some years] wait"),
        ("owed £14,754", "QUANTITY", "£14,754", "owed £14,754", "owed [amount]"),
        ("an EX12 car", "VEHICLE", "EX12", "an [unnamed vehicle] car", "an [unnamed vehicle] car"),
        ("a 10.0.0.1 thing", "IP", "10.0.0.1", "a [certain IP address] thing", "a [certain IP address] thing"),
        ("with Xs disease", "CONDITION", "Xs disease", "with [condition]", "with [condition]"),
        ("the vicar of X", "JOB", "vicar of X", "the [role]", "the [role]"),
    ],
)
def test_what_carries_no_tag(vault: Vault, text: str, label: str, words: str, coding: str, release: str) -> None:
    assert given_as(text, vault, (label, words)) == coding
    assert given_as(text, vault, (label, words), profile="release") == release


def test_an_office_keeps_its_provider_and_an_age_its_band(vault: Vault) -> None:
    office = vault.surrogate("Ingeus office", "branch", "ingeus leeds")
    assert masked("I'm 47, at Ingeus Leeds since 3 May 2014", vault) == (
        f"I'm [age 40–49], at {office} since [date: May 2014]"
    )


@pytest.mark.parametrize(
    ("words", "coding", "release"),
    [
        ("Ingeus Leeds", "Ingeus office", "provider office"),
        ("maximus hull", "Maximus office", "provider office"),
        ("Mind in Halifax", "Mind office", "charity office"),
        ("DWP Leeds", "DWP office", "DWP office"),
    ],
)
def test_an_office_is_called_by_what_it_is_where_organisations_are_masked(vault, words, coding, release) -> None:
    for profile, says in (("coding", coding), ("release", release)):
        shown = vault.surrogate(says, "branch", words.casefold())
        assert given_as(f"at {words}", vault, ("BRANCH", words), profile=profile) == f"at {shown}"


@pytest.mark.parametrize("text", ["the Maximus office", "the maximus office", "Ingeus offices", "a Scope branch"])
def test_an_organisation_with_many_offices_names_none(vault: Vault, text: str) -> None:
    assert masked(text, vault) == text


def test_an_office_without_its_town_is_masked_as_the_organisation_is(vault: Vault) -> None:
    ingeus = vault.surrogate("organisation", "org", "ingeus")
    assert masked("at the Ingeus office", vault, profile="release") == f"at the {ingeus} office"


@pytest.mark.parametrize("profile", ["coding", "release"])
def test_traits_that_single_somebody_out_are_told_by_their_kinds(vault: Vault, profile: str) -> None:
    text = "Im a deaf black lesbian and nobody asked me."
    found = list(traits_in(text))
    assert surrogates(text, found, vault, profile=profile) == ["[disability, ethnicity and sexuality]"]


def test_what_else_singles_somebody_out_is_a_personal_detail_and_a_belief_a_religion(vault: Vault) -> None:
    assert given_as("the only deaf man here", vault, ("DEMOG", "only deaf man here")) == "the [personal detail]"
    assert given_as("I am Sikh", vault, ("DEM", "Sikh"), profile="release") == "I am [religion]"
    assert given_as("my forms in Welsh", vault, ("DEM", "Welsh"), profile="release") == "my forms in [language]"
    assert given_as("I am X", vault, ("DEM", "X"), profile="release") == "I am [personal detail]"


def test_the_strict_profile_keeps_the_year_alone_and_the_region(vault: Vault) -> None:
    leeds = vault.surrogate("town in West Yorkshire", "location", "leeds")
    text = "on 3 May 2014 and in June 2013 in Leeds"
    assert masked(text, vault, profile="release") == f"on [date: 2014] and in [date: 2013] in {leeds}"


@pytest.mark.parametrize(
    ("words", "plain"),
    [("Mrs  KAREN O’Shea's", "karen o'shea"), ("Karen", "karen"), ("Dr", "dr"), ("...", "...")],
)
def test_spellings_meet_in_one_form(words: str, plain: str) -> None:
    assert plain_form(words) == plain


def test_a_cast_is_everybody_a_text_names() -> None:
    text = "Mr W and Karen in Leeds"
    findings = [
        Finding(Span(3, 4), "PERSON", IdentifierKind.DIRECT, 1.0, "test"),
        Finding(Span(9, 14), "PERSON", IdentifierKind.DIRECT, 1.0, "test"),
        Finding(Span(18, 23), "LOCATION", IdentifierKind.QUASI, 1.0, "test"),
    ]
    assert cast_of(text, findings).said == [said("Karen"), said("W", title="mr")]


def test_a_title_within_a_name_counts_where_none_stands_before_it() -> None:
    finding = Finding(Span(4, 12), "PERSON", IdentifierKind.DIRECT, 1.0, "test")
    assert cast_of("and Mrs Wren", [finding]).said == [said("Wren", title="mrs")]


def test_a_provider_is_named_with_a_straight_apostrophe(vault: Vault) -> None:
    written = given_as("at Prince\u2019s Trust Leeds", vault, ("BRANCH", "Prince\u2019s Trust Leeds"))
    assert written.startswith("at [Prince's Trust office ")


@pytest.mark.parametrize(
    ("text", "label", "written"),
    [
        ("I worked at Wrenfield", "EMPLOYER", "I worked at [employer {}]"),
        ("we meet at Wrenfield", "EMPLOYER", "we meet at [organisation {}]"),
        ("I worked. At Wrenfield", "EMPLOYER", "I worked. At [organisation {}]"),
        ("I learned it at Wrenfield", "SCHOOL", "I learned it at [school {}]"),
        ("I slept at Wrenfield", "SCHOOL", "I slept at [organisation {}]"),
        ("sectioned at Wrenfield", "HOSPITAL", "sectioned at [health service {}]"),
        ("my GP in Wrenfield", "HOSPITAL", "my GP in [organisation {}]"),
    ],
)
def test_what_the_weights_alone_hold_is_told_only_where_the_words_before_bear_it_out(
    vault: Vault, text: str, label: str, written: str
) -> None:
    start = text.index("Wrenfield")
    finding = Finding(Span(start, start + 9), label, IdentifierKind.QUASI, 1.0, "evidence")
    (surrogate,) = surrogates(text, [finding], vault, profile="coding")
    assert text[:start] + surrogate == written.format(tag(vault, "wrenfield", label.casefold()))


def test_a_spouse_and_a_shared_surname_tell_whose_title_it_is(vault: Vault) -> None:
    people = ("John Marsh", "Lynn", "Marsh")
    text = "John Marsh and his wife Lynn came. Mr Marsh was cross."
    john, lynn = tag(vault, "john marsh"), tag(vault, "lynn")
    assert given_as(text, vault, *(("PERSON", name) for name in people)) == (
        f"[Person {john}] and his wife [relative {lynn}] came. Mr [person {john}] was cross."
    )
    text = "Bob and Jean Quillon came. Mr Quillon spoke. Bob left."
    people = ("Bob", "Jean Quillon", "Quillon", "Bob")
    bob, jean, mister = (tag(vault, name) for name in ("bob quillon", "jean quillon", "quillon"))
    assert given_as(text, vault, *(("PERSON", name) for name in people)) == (
        f"[Person {bob}] and [person {jean}] came. Mr [person {mister}] spoke. [Person {bob}] left."
    )


def test_a_brother_is_a_mr_and_a_role_ends_with_its_sentence(vault: Vault) -> None:
    text = "My brother Sam Quillon and Jo Quillon moved. Mr Quillon rang. Ask Dr. Tarn."
    people = ("Sam Quillon", "Jo Quillon", "Quillon", "Tarn")
    sam, jo, tarn = (tag(vault, name) for name in ("sam quillon", "jo quillon", "tarn"))
    assert given_as(text, vault, *(("PERSON", name) for name in people)) == (
        f"My brother [relative {sam}] and [person {jo}] moved. Mr [relative {sam}] rang. Ask Dr. [doctor {tarn}]."
    )


def test_the_first_letters_of_one_name_of_the_thread_are_that_person(vault: Vault) -> None:
    whole = tag(vault, "oluwaseun adeyemi")
    text = "Oluwaseun Adeyemi rang. I like Olu."
    people = (("PERSON", "Oluwaseun Adeyemi"), ("PERSON", "Olu"))
    assert given_as(text, vault, *people) == f"[Person {whole}] rang. I like [person {whole}]."
    thread = Cast([said("Oluwaseun")])
    assert masked("I like Olu.", vault, thread=thread) == f"I like [person {tag(vault, 'oluwaseun')}]."


def test_the_first_letters_of_two_names_are_neither(vault: Vault) -> None:
    two = Cast(map(said, ("Oluwaseun", "Olumide")))
    assert masked("I like Olu.", vault, thread=two) == f"I like [person {tag(vault, 'olu')}]."


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("saw daves advisor", "daves", "dave"),
        ("saw quilliams support worker", "quilliams", "quilliam"),
        ("saw Daves Advisor", "Daves", "dave"),
    ],
)
def test_a_possessive_without_apostrophe_stays_before_whoever_is_owned(
    vault: Vault, text: str, name: str, key: str
) -> None:
    after = text.removeprefix(f"saw {name}")
    assert given_as(text, vault, ("PERSON", name)) == f"saw [person {tag(vault, key)}]'s{after}"


def test_a_possessive_stays_where_a_short_form_stands_for_a_full_name(vault: Vault) -> None:
    david = tag(vault, "david smith")
    text = "David Smith left, daves desk too"
    people = (("PERSON", "David Smith"), ("PERSON", "daves"))
    assert given_as(text, vault, *people) == f"[Person {david}] left, [person {david}]'s desk too"


@pytest.mark.parametrize("name", ["James", "Thomas", "Rees"])
def test_a_name_that_ends_in_s_owns_nothing_without_an_apostrophe(vault: Vault, name: str) -> None:
    assert given_as(f"saw {name} adviser", vault, ("PERSON", name)) == (
        f"saw [person {tag(vault, name.casefold())}] adviser"
    )


def test_a_surgery_has_one_surrogate_by_its_whole_name_and_its_first_words(vault: Vault) -> None:
    whole = tag(vault, "beech hill surgery", "hospital")
    text = "at Beech Hill Surgery: Beech Hill is full"
    assert given_as(text, vault, ("HOSPITAL", "Beech Hill Surgery"), ("HOSPITAL", "Beech Hill")) == (
        f"at [surgery {whole}]: [health service {whole}] is full"
    )


def test_the_first_words_of_two_surgeries_are_neither(vault: Vault) -> None:
    text = "Elm Surgery, Elm Ward, at Elm"
    people = (("HOSPITAL", "Elm Surgery"), ("HOSPITAL", "Elm Ward"), ("HOSPITAL", "Elm"))
    assert given_as(text, vault, *people).endswith(f" {tag(vault, 'elm', 'hospital')}]")
