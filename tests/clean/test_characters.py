import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_raw_document
from themes.clean.characters import clean_characters, clean_line

CASES = [
    ("line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("no-break and other spaces", "John\u00a0Smith\u2009and\tI", "John Smith and I"),
    ("zero-width characters", "Jo\u200bhn\ufeff Sm\u200dith", "John Smith"),
    ("soft hyphens", "sanc\u00adtioned", "sanctioned"),
    ("control characters and NUL", "my\x00 money\x07\x1b", "my money"),
    ("a right-to-left override", "call \u202e7700\u202c now", "call 7700 now"),
    ("mojibake of quotes and accents", "itâ€™s the cafÃ©", "it’s the café"),
    ("mojibake of a pound sign", "they took Â£20", "they took £20"),
    ("letters that only look like mojibake", "PÂTÉ in Ârea 5", "PÂTÉ in Ârea 5"),
    ("decomposed letters", "Zoe\u0308 and Rene\u0301", "Zoë and René"),
    ("families and skin tones", "👩🏽\u200d🦱 👨\u200d👩\u200d👧 ❤\ufe0f", "👩🏽\u200d🦱 👨\u200d👩\u200d👧 ❤\ufe0f"),
    ("the flag of Wales", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", None),
    ("a keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"),
    ("variation selectors hidden in a number", "07\ufe0f00\ufe0f 900", "0700 900"),
    ("hidden tag characters", "ok\U000e0068\U000e0069", "ok"),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_characters_are_sound_afterwards(text, expected):
    assert clean_characters(a_raw_document(text)).text == (text if expected is None else expected)


def test_offsets_of_a_cleaned_name_lead_back_to_it():
    document = clean_characters(a_raw_document("\ufeffcafÃ©\u200b: Zoe\u0308 Example"))
    assert document.text == "café: Zoë Example"
    start = document.text.index("Example")
    received = document.offsets.received(start)
    assert "\ufeffcafÃ©\u200b: Zoe\u0308 Example"[received : received + 7] == "Example"


@given(st.text(st.sampled_from("aeq\u0301\u0308\u0307\u0323\u1100\u1161\u11a8\u09c7\u09be가각é\u0344"), max_size=12))
def test_composing_cluster_by_cluster_gives_what_unicode_defines(text):
    expected = unicodedata.normalize("NFC", text)
    assert clean_characters(a_raw_document(text)).text == expected


def test_a_line_is_one_line():
    assert clean_line(" Zoe\u0308\r\n Exam\u200bple ") == "Zoë Example"
