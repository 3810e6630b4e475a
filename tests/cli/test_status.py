"""What the status says of a run, on runs that are written here; whole runs are in tests/flows."""

from review_study import sentences, write_run
from themes.cli.status import at_risk
from themes.records.coding import READS_LIKE, RiskFlag
from themes.store.run_folder import last_run


def told(outputs, *flags):
    write_run(outputs, [sentences(f"d{n}", "Fine.", "It was.") for n in range(3)], flags=flags)
    return list(at_risk(last_run(outputs)))


def test_texts_that_may_tell_of_risk_to_life_are_counted_and_those_that_say_so_in_plain_words(tmp_path):
    overdose = RiskFlag("d0:0-5", "d0", 0.9, "overdose")
    twice, other = RiskFlag("d0:6-13", "d0", 0.4, READS_LIKE), RiskFlag("d1:0-5", "d1", 0.4, READS_LIKE)
    (line,) = told(tmp_path, overdose, twice, other)
    assert line == (
        "risk        2 texts may tell of a risk to life, 1 in plain words; a person must read them: they come first in "
        "`themes review`"
    )


def test_nothing_is_said_where_no_text_does(tmp_path):
    assert told(tmp_path) == []
