from dataclasses import replace
from pathlib import Path

from builders import a_code, a_codebook
from flows.work.codebook import notes_on_labelled


def test_labelled_examples_that_nothing_was_learned_from_are_told_in_the_report(tmp_path: Path) -> None:
    sound = '{"id": 1, "text": "It rained.", "codes": ["rain"]}\n'
    file = tmp_path / "labelled.jsonl"
    codebook = replace(a_codebook(a_code("rain")), labelled=file)
    file.write_text(sound)
    assert notes_on_labelled(codebook) == notes_on_labelled(replace(codebook, labelled=None)) == []
    file.write_text(sound + "[1]\n")
    assert notes_on_labelled(codebook) == [
        "Nothing was learned from 1 line of labelled.jsonl: line 2 is not a JSON object. Correct it, and run again."
    ]
    file.write_text(sound + "[1]\n" * 7)
    (told,) = notes_on_labelled(codebook)
    assert told.startswith("Nothing was learned from 7 lines of labelled.jsonl: line 2 is not a JSON object; line 3")
    assert told.endswith("line 6 is not a JSON object; and 2 more. Correct them, and run again.")
