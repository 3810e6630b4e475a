import time
import zipfile

import pytest

from themes.read.archive import office_bytes
from themes.read.files import Unreadable

BOMB = "unpacks to more than 100 times its size or 300 MB. Do not trust it, or save only the text again"


def a_zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def the_reason(path):
    with pytest.raises(Unreadable) as refused:
        office_bytes(path, member="xl/workbook.xml", what="an Excel workbook (.xlsx)")
    return str(refused.value)


def test_a_sound_file_is_given_as_it_is(tmp_path):
    path = a_zip(tmp_path / "a.xlsx", xl__workbook="x", **{"xl__workbook.xml": "<x/>" * 5_000})
    assert office_bytes(path, member="xl/workbook.xml", what="a workbook") == path.read_bytes()


def test_a_small_file_that_unpacks_to_240_mb_is_refused_in_a_moment(tmp_path):
    path = a_zip(tmp_path / "a.xlsx", **{"xl__workbook.xml": "<x/>", "big": b"\0" * 240_000_000})
    started = time.process_time()
    assert the_reason(path) == BOMB
    assert time.process_time() - started < 2


def test_a_directory_that_lies_about_sizes_does_not_help(tmp_path):
    path = a_zip(tmp_path / "a.xlsx", **{"xl__workbook.xml": "<x/>", "big": b"\0" * 50_000_000})
    content = path.read_bytes()
    claimed = (50_000_000).to_bytes(4, "little")
    assert content.count(claimed) == 2
    path.write_bytes(content.replace(claimed, (5).to_bytes(4, "little")))
    assert the_reason(path) == BOMB


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,text\n1,Kind.\n",
         "is not an Excel workbook (.xlsx), whatever its name says. Save it as that, or give it its true extension"),
        (b"PK\x03\x04 but nothing else", "is damaged: its parts cannot be listed. Save it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "is protected by a password. Save it without one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
         "is in an old Office format, not an Excel workbook (.xlsx). Save it as that"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_with_the_reason(tmp_path, content, reason):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert the_reason(tmp_path / "a.xlsx") == reason


def test_a_zip_of_something_else_and_a_zip_that_would_slip_out_are_refused(tmp_path):
    assert the_reason(a_zip(tmp_path / "a.xlsx", other="x")) == (
        "is a zip file but not an Excel workbook (.xlsx). Save it as that"
    )
    slip = a_zip(tmp_path / "b.xlsx", **{"xl__workbook.xml": "<x/>", "..__..__slip": "x"})
    assert the_reason(slip) == "holds parts that would be unpacked outside its folder. Do not trust it"
    many = a_zip(tmp_path / "c.xlsx", **{"xl__workbook.xml": "<x/>", **{f"p{n}": "x" for n in range(2_000)}})
    assert the_reason(many) == "holds more than 2,000 parts. Save only the text again"
