import pytest

from builders import a_raw_document
from themes.deidentify.recognize.origins import find_origins, origins_in


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("I am Kurdish and she is Welsh", ["Kurdish", "Welsh"]),
        ("two Poles, three Romanians", ["Romanians"]),
        ("as a Jehovah’s Witness, not a Catholic", ["Jehovah’s Witness", "Catholic"]),
        ("the Turkish Government, the English language, polish the shoes", []),
    ],
)
def test_an_origin_is_somebodys(text: str, origins: list[str]) -> None:
    assert [finding.span.of(text) for finding in origins_in(text)] == origins
    assert find_origins([a_raw_document(text)]) == [origins_in(text)]
