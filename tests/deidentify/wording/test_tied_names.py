import pytest

from themes.deidentify.wording.tied_names import Ties

SAID = ["sarah", "rees-williams", "o'neill", "oneill", "mcdonald", "jean-paul", "jean-p-aul"]


@pytest.mark.parametrize(
    ("pieces", "tied"),
    [
        ("sarah rees williams", "sarah rees-williams"),
        ("rees williams", "rees-williams"),
        ("rees-williams", "rees-williams"),
        ("rees", "rees"),
        ("oneill", "o'neill"),
        ("o neill", "o'neill"),
        ("siobhan mc donald", "siobhan mcdonald"),
        ("mcdonald", "mcdonald"),
        ("jean paul smith", "jean-p-aul smith"),  # of several spellings the first by the alphabet
        ("williams rees", "williams rees"),
    ],
)
def test_a_name_whose_parts_are_tied_elsewhere_is_tied(pieces: str, tied: str) -> None:
    assert Ties(SAID).tied(pieces.split()) == tuple(tied.split())


def test_where_nothing_is_tied_pieces_stay() -> None:
    assert Ties(["sarah", "rees"]).tied(["rees", "williams"]) == ("rees", "williams")
