import random

import pytest

from themes.read.blog_page import read_blog_page
from themes.read.copied_page import read_copied_page
from themes.read.encoding import NO_TEXT, UNREADABLE, decode, encoding_of, has_unreadable, is_no_text, sound_text
from themes.read.files import Unreadable
from themes.read.guess import guess_file
from themes.read.story_file import read_story_file
from themes.read.survey_table import read_survey_table
from themes.records.spec import SourceSpec

WORDS = "It’s £20 at the café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_found(encoding):
    assert decode(WORDS.encode(encoding)) == WORDS


def test_a_big_endian_byte_order_mark_is_found():
    assert decode(b"\xfe\xff" + WORDS.encode("utf-16-be")) == WORDS


def test_a_file_may_change_its_encoding_in_the_middle():
    assert decode("“one”\n".encode() + "“two”\n".encode("cp1252") + "caf\u00e9".encode()) == "“one”\n“two”\ncafé"


def test_a_set_encoding_wins():
    assert decode("Zoë’s".encode("mac-roman"), "mac-roman") == "Zoë’s"


def test_a_nul_in_a_cell_makes_no_utf_16():
    assert encoding_of(b"id,text\n1,they\x00 stopped it\n") == "utf-8"


def test_bytes_without_meaning_are_marked():
    broken = decode("half".encode("utf-16") + b"\x00\xd8")
    assert broken == "half" + UNREADABLE
    assert has_unreadable(broken)
    assert not has_unreadable(WORDS)


NOISE = random.Random(7).randbytes(3_000)
PNG_HEADER = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x02\x00\x00\x00"


@pytest.mark.parametrize("content", [NOISE, PNG_HEADER, b"GIF89a" + NOISE[:40], b"It rained. \x00\x00\x00 " * 20])
def test_bytes_that_never_were_a_text_are_refused(content):
    with pytest.raises(Unreadable) as refused:
        sound_text(content)
    assert str(refused.value) == NO_TEXT


@pytest.mark.parametrize(
    ("name", "read", "options"),
    [
        ("b.txt", read_story_file, {}),
        ("b.txt", read_copied_page, {}),
        ("b.html", read_blog_page, {}),
        ("b.csv", read_survey_table, {"case": "id", "open": {"said": "What happened?"}}),
    ],
)
@pytest.mark.parametrize("content", [NOISE, b"\n" + PNG_HEADER])
def test_no_reader_takes_noise_for_words(tmp_path, name, read, options, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=r"^is not text, "):
        list(read(tmp_path / name, SourceSpec("s", read.__name__, "*", options)))


@pytest.mark.parametrize("name", ["b.txt", "b.html", "b.csv"])
def test_noise_is_left_out_of_a_new_corpus(tmp_path, name):
    (tmp_path / name).write_bytes(NOISE)
    guess = guess_file(tmp_path / name)
    assert (guess.reader, guess.why) == ("", f"left out: it {NO_TEXT}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_passes_in_every_encoding(encoding):
    assert sound_text(f"{WORDS}\r\n\t{WORDS}\f".encode(encoding)) == f"{WORDS}\r\n\t{WORDS}\f"


def test_mixed_twice_decoded_and_slightly_dirty_text_passes():
    twice = "It’s the café’s. " * 20
    assert sound_text("“one”\n".encode() + "“two”\n".encode("cp1252")) == "“one”\n“two”\n"
    assert not is_no_text(twice.encode().decode("latin-1"))
    assert sound_text(b"it\x00 rained\x1a") == "it\x00 rained\x1a"
