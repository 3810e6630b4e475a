import pytest

from themes.deidentify.recognize.net_addresses import emails_in, machines_in, web_addresses_in
from themes.records.privacy import IdentifierKind
from themes.records.span import Span


def found(text: str) -> set[str]:
    findings = [*emails_in(text), *web_addresses_in(text), *machines_in(text)]
    return {finding.span.of(text).strip() for finding in findings}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wren @ example.org", "wren @ example.org"),
        ("wren@hotmail", "wren@hotmail"),
        ("its wren62 at hotmail", "wren62 at hotmail"),
        ("its wren.t at gmail if you like", "wren.t at gmail"),
        ("wren.t@here", "wren.t@here"),
        ('wren.t"at"example.org', 'wren.t"at"example.org'),
        ("wrentees “at” example.org", "wrentees “at” example.org"),
        ("wren dot tree at outlook, or ring", "wren dot tree at outlook"),
        ("wren underscore tree 84 at icloud dot com", "wren underscore tree 84 at icloud dot com"),
        ("wren underscore tree 84 at icloud", "wren underscore tree 84 at icloud"),
        ("wren.p83 at btinternet com", "wren.p83 at btinternet com"),
        ("wren.p83 at hotmail co uk please", "wren.p83 at hotmail co uk"),
        ("wren 83 at bt internet dot com", "wren 83 at bt internet dot com"),
        ("wren@@hotmail", "wren@@hotmail"),
        ("wren@gmail,com", "wren@gmail,com"),
        ("wren@yahoo. co.uk", "wren@yahoo. co.uk"),
        ("wren@@gmail..com", "wren@@gmail..com"),
        ('wren_t"gmail.com', 'wren_t"gmail.com'),
        ("wren underscore t at example dot org", "wren underscore t at example dot org"),
        ("wrentees at gmail full stop com", "wrentees at gmail full stop com"),
        ("info at example full stop org full stop uk", "info at example full stop org full stop uk"),
        ("wren[at]example[dot]org[dot]uk", "wren[at]example[dot]org[dot]uk"),
        ("wren{at}example dot org", "wren{at}example dot org"),
        ("wren{at}example.org", "wren{at}example.org"),
        ("wren<at>example.org", "wren<at>example.org"),
        ("wren[at]example.org", "wren[at]example.org"),
        ("wren(a)example.org", "wren(a)example.org"),
        ("wren(@)example.org", "wren(@)example.org"),
        ("wren.t at example.org", "wren.t at example.org"),
        ("shop7 at boots.com", "shop7 at boots.com"),
        ("shop at boots DOT com", "shop at boots DOT com"),
        ("xwrenx at gmail.com", "xwrenx at gmail.com"),
        ("hxxp://wren-t[.]co[.]uk/about", "hxxp://wren-t[.]co[.]uk/about"),
        ("quillcarers dot org dot uk slash forum", "quillcarers dot org dot uk slash forum"),
        ("www . quillcarers . org . uk", "www . quillcarers . org . uk"),
        ("quill.gallery/wren_t", "quill.gallery/wren_t"),
        ("ahmed(underscore)k(at)wren(dot)com", "ahmed(underscore)k(at)wren(dot)com"),
        ("wren-t dot wordpress dot com", "wren-t dot wordpress dot com"),
        ("https://example.com/in/\nwren-617a", "https://example.com/in/\nwren-617a"),
        ("https://example.com/in/\nand then", "https://example.com/in/"),
        ("on wren-t.tumblr.com, look", "wren-t.tumblr.com"),
        ("wren-t.tumblr.com, look", "wren-t.tumblr.com"),
        ("on wren(.)example(.)com", "wren(.)example(.)com"),
        ("from 86. 191. 86. 192", "86. 191. 86. 192"),
        ("from 86[.]191[.]86[.]192", "86[.]191[.]86[.]192"),
        ("from l92.168.O.999:8080", "l92.168.O.999:8080"),
        ("from 2001:db8::19", "2001:db8::19"),
        ("from 2a02:1:2:3:4:5:6:7", "2a02:1:2:3:4:5:6:7"),
    ],
)
def test_an_address_is_found_spelled_broken_or_mistyped(text: str, address: str) -> None:
    assert address in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "RT@somebody",
        "D@ck",
        'RT@a "word".',
        "...@example.org",
        "we shop at boots.com",
        "section 4.2.1.3",
        "at 10:30:15",
        "add::on",
        "the dot com boom",
        "I won't work at Tesco full stop me nerves are gone",
        "put it at rest full stop live free",
        "it was late.it rained and/or snowed",
        'She said "hello" to me.co',
    ],
)
def test_what_looks_like_an_address_is_left_alone(text: str) -> None:
    labels = {finding.label for finding in [*emails_in(text), *machines_in(text)]}
    assert labels <= {"HANDLE"}


def test_the_front_pages_of_the_state_point_at_nobody_and_what_lies_below_may() -> None:
    assert list(web_addresses_in("it is on gov.uk, www.nhs.uk. and https://www.gov.uk/, they say")) == []
    text = "on www.gov.uk/wren and gov.uk.example"
    assert {f.span.of(text) for f in web_addresses_in(text)} == {"www.gov.uk/wren", "gov.uk.example"}


def test_each_half_of_an_address_that_is_none_is_a_user_name_where_it_stands() -> None:
    text = "RT@somebody or RT@nobody"
    assert [(f.label, f.span.of(text)) for f in emails_in(text)] == [("HANDLE", "@somebody"), ("HANDLE", "@nobody")]
    assert [f.span.of("RT@four") for f in emails_in("RT@four")] == ["@four"]
    assert list(emails_in("RT@two")) == []


def test_an_address_says_what_it_is_and_how_sure() -> None:
    text = 'wren@example.org, RT@somebody, wren_t"gmail.com, wren at gmail dot com'
    findings = list(emails_in(text))
    assert [(f.label, f.span.of(text), f.score) for f in findings] == [
        ("EMAIL", "wren@example.org", 1.0),
        ("HANDLE", "@somebody", 0.9),
        ("EMAIL", 'wren_t"gmail.com', 0.9),
        ("EMAIL", "wren@example.org", 1.0),
        ("EMAIL", "wren at gmail dot com", 1.0),
    ]
    text = "http://a.b/c or wren.example.org/x or wren dot com or www.d.e/f"
    findings += (pages := list(web_addresses_in(text)))
    assert [(f.label, f.span.of(text), f.score) for f in pages] == [
        ("URL", "http://a.b/c", 1.0),
        ("URL", "www.d.e/f", 1.0),
        ("URL", "wren.example.org/x", 1.0),
        ("URL", "wren dot com", 0.9),
    ]
    findings += (machines := list(machines_in("10.0.0.1 and fe80::1")))
    assert [(f.label, f.span, f.score) for f in machines] == [("IP", Span(0, 8), 1.0), ("IP", Span(13, 20), 1.0)]
    assert {(f.kind, f.recognizer) for f in findings} == {(IdentifierKind.DIRECT, "patterns")}


@pytest.mark.parametrize("address", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7"])
def test_the_address_of_a_machine_in_its_network_is_one(address: str) -> None:
    text = f"my phone is {address}, they said"
    assert [(f.label, f.span.of(text)) for f in machines_in(text)] == [("IP", address)]
    assert list(machines_in("from 09:12:44:10 to 00:1B:44:11:3A")) == []


def test_a_mail_address_is_found_letter_by_letter() -> None:
    text = "email me q u i l l @ g m a i l . c o m please"
    assert [(f.label, f.span.of(text)) for f in emails_in(text)] == [("EMAIL", "q u i l l @ g m a i l . c o m")]
    assert list(emails_in("I was a b @ c d and so on")) == []
