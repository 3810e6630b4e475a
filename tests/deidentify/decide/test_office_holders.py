import pytest

from themes.deidentify.decide.office_holders import office_holders
from themes.deidentify.weigh.evidence import look
from themes.deidentify.wording.words import kept_places


@pytest.mark.parametrize(
    ("text", "stay"),
    [
        ("The chancellor, Mr Osborne, cut it.", ["Osborne"]),
        ("the prime minister Mr Blair promised", ["Blair"]),
        ("the Secretary of State for Work and Pensions, Mr Duncan Smith", ["Duncan Smith"]),
        ("the minister for disabled people, Mr Penning", []),  # his surname alone is on no list
        ("Mr Cameron and his government, Mr Osborne’s cuts", ["Cameron", "Osborne"]),
        ("Iain Duncan Smith wrote it. Later Mr Duncan Smith left.", ["Duncan Smith"]),
        ("Our minister, Mr Cameron, came round.", []),
        ("The team leader, Mr Blair, was rude, and so was the school secretary, Mrs May", []),
        ("The chancellor, Mr Osborne, my neighbour, cut it.", []),
        ("Mr Cameron rang about my claim. Osborne did not.", []),
    ],
)
def test_only_who_governs_stays_behind_a_title(text: str, stay: list[str]) -> None:
    assert [span.of(text) for span in office_holders(look(text), kept_places(text))] == stay
