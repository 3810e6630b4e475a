from themes.deidentify.evidence import look
from themes.deidentify.forms import cell
from themes.deidentify.sequence import sequence_bundles, sequence_features


def test_a_word_hears_its_neighbours_and_the_same_word_elsewhere() -> None:
    seen = look("jo bloggs, jo")
    odds = [3.4, -0.2, -7.0]
    assert [bundle for (bundle,) in sequence_bundles(seen, odds, "person")] == [
        ("sequence", ("person", -9, -9, 3, 0, -5, "|", "j", -5, "lower", cell("jo"), "none plain")),
        ("sequence", ("person", -9, 3, 0, -5, -9, "j", ",", -9, "lower", cell("bloggs"), "none plain")),
        ("sequence", ("person", 3, 0, -5, -9, -9, ",", "|", 3, "lower", cell("jo"), "none plain")),
    ]


def test_each_family_has_features_of_its_own() -> None:
    key = (-9, -9, 3, 0, -5, "|", "j", -5, "lower", "", "none plain")
    person, place = (set(sequence_features(family, *key)) for family in ("person", "place"))
    assert not person & place
    assert "person sequence 3" in person
