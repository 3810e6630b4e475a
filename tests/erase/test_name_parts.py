"""Which parts of a name the proof looks for."""

import pytest

from themes.deidentify.vault.vault import Vault
from themes.erase.name_parts import parts_to_look_for


@pytest.mark.parametrize(
    ("name", "parts", "left_out"),
    [
        ("Zebediah Ockenby", {"zebediah", "ockenby"}, 0),
        ("Zebediah Tate", {"zebediah"}, 1),  # too short to be told from chance
        ("Zebediah Preston", {"zebediah"}, 1),  # a place
        ("Zebediah Wilson", {"zebediah"}, 1),  # an interval in every report
        ("Anonymous", set(), 0),
        ("Zébédiah Ockenby", {"zébédiah", "zebediah", "ockenby"}, 0),
        ("Zébédéé Ockenby", {"zebedee", "ockenby"}, 1),  # too few letters of it are plain
    ],
)
def test_a_part_is_looked_for_if_it_tells(vault: Vault, name: str, parts: set[str], left_out: int) -> None:
    assert parts_to_look_for([name], [], vault) == (parts, left_out)


def test_a_part_that_somebody_else_bears_is_not_looked_for(vault: Vault) -> None:
    name = "Zebediah Ockenby"
    assert parts_to_look_for([name], ["W. Ockenby"], vault) == ({"zebediah"}, 1)
    vault.surrogate("person", "person", "zebediah ockenby", shown=name)
    assert parts_to_look_for([name], ["W. Ockenby"], vault) == ({"zebediah"}, 1)
    vault.surrogate("person", "person", "zebediah quirke", shown="Zebediah Quirke")
    assert parts_to_look_for([name], ["W. Ockenby"], vault) == (set(), 2)
