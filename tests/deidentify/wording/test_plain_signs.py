import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.wording.plain_signs import in_plain_signs
from themes.records.spec import CorpusSpec


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("０７７００ ９００１２３", "07700 900123"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "07700 900123"),
        ("०७७००", "07700"),
        ("ＱＱ１２３４５６Ｃ", "QQ123456C"),
        ("Ｋａｒｅｎ，　hi", "Karen, hi"),
        ("𝐊𝐚𝐫𝐞𝐧 𝟎𝟕", "Karen 07"),
        ("①②", "12"),
        ("07700‑900‐123", "07700-900-123"),
        ("ﬁve is as long as it was", "ﬁve is as long as it was"),
        ("ESA² is £5½ … “so”", "ESA² is £5½ … “so”"),
        ("Zoë’s café – €3", "Zoë’s café – €3"),
    ],
)
def test_signs_are_read_as_the_plain_ones_they_stand_for(text: str, plain: str) -> None:
    assert in_plain_signs(text) == plain
    assert len(in_plain_signs(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("ring me on ０７７００ ９００１２３ please", ("PHONE", "０７７００ ９００１２３")),
        ("ring me on ٠٧٧٠٠ ٩٠٠١٢٣ please", ("PHONE", "٠٧٧٠٠ ٩٠٠١٢٣")),
        ("my NI is ＱＱ １２ ３４ ５６ Ｃ", ("NINO", "ＱＱ １２ ３４ ５６ Ｃ")),
        ("𝐊𝐚𝐫𝐞𝐧 was rude to me on the phone", ("PERSON", "𝐊𝐚𝐫𝐞𝐧")),
    ],
)
def test_what_is_found_stands_where_it_was_written(text: str, detail: tuple[str, str], spec: CorpusSpec) -> None:
    found = details_of([a_raw_document(text)], spec=spec)[0]
    assert detail in [(finding.label, finding.span.of(text)) for finding in found]
