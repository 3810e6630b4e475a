import pytest

from themes.deidentify.wording.roles import REACH, role_beside, roles_of, tells_of_oneself
from themes.records.span import Span


def role(text: str, name: str = "Anna") -> str | None:
    start = text.index(name)
    return role_beside(text, Span(start, start + len(name)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my adviser Anna", "adviser"),
        ("an adviser called Anna", "adviser"),
        ("the nurse, a Mrs Anna", "nurse"),
        ("nurse who is called Anna", "nurse"),
        ("my adviser's name is Anna", "adviser"),
        ("my boss was Anna", "manager"),
        ("Work Coach: Anna", "adviser"),
        ("our landlord Mr Anna", "landlord"),
        ("her head teacher, Mrs Anna", "teacher"),
        ("my support worker Anna", "adviser"),
        ("my mum's adviser Anna", "adviser"),
        ("my lad Anna", "relative"),
        ("My Sister Anna", "relative"),
        ("Dr. Anna", "doctor"),
        ("Anna, my adviser, rang", "adviser"),
        ("Anna the nurse says", "nurse"),
        ("Anna was my work coach for a year", "adviser"),
        ("Anna is my dad lol", "relative"),
    ],
)
def test_a_role_right_beside_a_name_is_told(text: str, told: str | None) -> None:
    assert role(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "I told my wife. Anna left",
        "my adviser and Anna",
        "my mate bought them from Anna",
        "Sister Anna prayed",
        "Pal Anna",
        "a lad called Anna",
        "a factory worker called Anna",
        "the consultant Anna",
        "I met Anna, my adviser had gone",
        "Anna, her sister's friend",
        "I am Anna, his wife",
        "my name is Anna, my mum says",
        "Regards, Anna",
        "a nurse who I have known as Anna",
        "the mentoring of Anna",
    ],
)
def test_where_the_words_are_not_sure_nobody_has_a_role(text: str) -> None:
    assert role(text) is None


def test_a_name_in_small_letters_has_its_role_too() -> None:
    assert role("mum donna said", "donna") == "relative"


def test_who_writes_is_known_by_what_goes_before() -> None:
    for text, own in (
        ("I am Anna", True),
        ("im Anna", True),
        ("I am with Anna", False),
        ("yours sincerely\nAnna", True),
    ):
        assert tells_of_oneself(text, Span(text.index("Anna"), text.index("Anna") + 4)) is own


def test_a_role_is_looked_for_as_far_as_the_reach() -> None:
    assert role("adviser" + " " * (REACH - 1) + "Anna") is None


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Anna Wren is the manager, Bea the adviser.", ["manager", "adviser"]),
        ("Anna was my adviser, Bea was nice.", ["adviser", None]),
        ("my coach Anna, the manager, Bea said", ["adviser", None]),
        ("Anna left. The manager, Bea, stayed.", [None, "manager"]),
        ("Anna and my adviser Bea", [None, "adviser"]),
    ],
)
def test_a_role_told_of_one_is_not_the_next_ones(text: str, roles: list[str | None]) -> None:
    people = [Span(start, start + len(name)) for name in ("Anna", "Bea") for start in [text.index(name)]]
    people[0] = Span(people[0].start, text.index("Wren") + 4) if "Wren" in text else people[0]
    assert roles_of(text, people) == roles
