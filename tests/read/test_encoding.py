import pytest

from themes.read.encoding import UNREADABLE, decode, encoding_of, has_unreadable

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
