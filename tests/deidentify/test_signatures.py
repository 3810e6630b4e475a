import pytest

from builders import a_raw_document
from themes.deidentify.signatures import find_signatures, signatures_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It rained.\nKind regards,\nQuilliam", ["Quilliam"]),
        ("It rained. Thanks, karen xyzzy", ["karen"]),
        ("It rained. - Karen Tarn", ["Karen", "Tarn"]),
        ("By Karen Tarn\nIt rained.", ["Karen", "Tarn"]),
        ("karen says: it rained", ["karen"]),
        ("It was signed off by KW", ["KW"]),
        ("It was signed off by UN", []),
        ("K.W. was late", ["K.W."]),
        ("It rained. Thanks", []),
        ("It rained. Love from Leeds", []),
        ("the UK, the M.E. clinic", []),
    ],
)
def test_a_signature_names_somebody_and_a_closing_alone_does_not(text: str, names: list[str]) -> None:
    assert [finding.span.of(text) for finding in signatures_in(text)] == names
    assert find_signatures([a_raw_document(text)]) == [list(signatures_in(text))]
