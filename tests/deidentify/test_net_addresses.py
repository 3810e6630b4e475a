import pytest

from themes.deidentify.net_addresses import emails_in, machines_in, web_addresses_in


def found(text: str) -> set[str]:
    findings = [*emails_in(text), *web_addresses_in(text), *machines_in(text)]
    return {finding.span.of(text).strip() for finding in findings}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wren @ example.org", "wren @ example.org"),
        ("wren@hotmail", "wren@hotmail"),
        ("wren.t@here", "wren.t@here"),
        ("wren@gmail,com", "wren@gmail,com"),
        ("wren@yahoo. co.uk", "wren@yahoo. co.uk"),
        ("wren@@gmail..com", "wren@@gmail..com"),
        ('wren_t"gmail.com', 'wren_t"gmail.com'),
        ("wren underscore t at example dot org", "wren underscore t at example dot org"),
        ("wren[at]example[dot]org[dot]uk", "wren[at]example[dot]org[dot]uk"),
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
        "it is on gov.uk and www.nhs.uk, they say",
        "it was late.it rained and/or snowed",
        'She said "hello" to me.co',
    ],
)
def test_what_looks_like_an_address_is_left_alone(text: str) -> None:
    labels = {finding.label for finding in [*emails_in(text), *machines_in(text)]}
    assert labels <= {"HANDLE"}
