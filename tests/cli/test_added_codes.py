import pytest

from themes.cli.added_codes import about_added_codes
from themes.records.codebook import Code, Codebook, RetiredCode

BOOK = Codebook(
    (Code("staff", "Staff", ""), Code("opening_hours", "When it is open", "")),
    retired=(RetiredCode(Code("old", "Old", ""), "2"),),
)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["staff", "opening_hours"], ""),
        (["old"], ""),
        (["STAFF"], "'STAFF' (did you mean 'staff'?)"),
        (["Opening hours"], "'Opening hours' (did you mean 'opening_hours'?)"),
        (["when it is open"], "'when it is open' (did you mean 'opening_hours'?)"),
        (["openning_hours"], "'openning_hours' (did you mean 'opening_hours'?)"),
        (["cars"], "'cars'"),
        (["Cars", "cars"], "'Cars' (did you mean 'cars'?), 'cars' (did you mean 'Cars'?)"),
        (["cars", "STAFF"], "'cars', 'STAFF' (did you mean 'staff'?)"),
    ],
)
def test_codes_that_the_codebook_lacks_are_named_with_what_they_may_mean(codes, said):
    told = f"Codes that the codebook lacks, learned as labelled excerpts have them: {said}." if said else ""
    assert about_added_codes(BOOK, codes) == told


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["cars", "food"], ""),
        (["Food", "cars", "food"], "Labelled excerpts take codes that may be the same: 'Food' and 'food'."),
    ],
)
def test_without_a_codebook_only_codes_worded_alike_are_named(codes, said):
    assert about_added_codes(Codebook(()), codes) == said
