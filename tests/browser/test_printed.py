"""What a real browser prints: a pack on two pages, a report with page numbers and structure, and no path in either."""

import re
import shutil
import subprocess

import pytest

from report_study import BAD, a_study
from themes.disclosure import release
from themes.records.project import Audience
from themes.report.document import compose
from themes.report.documents import write_pack, write_report_as
from themes.report.pdf import pages_in

CHROMIUM, TO_TEXT = shutil.which("chromium"), shutil.which("pdftotext")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: sudo apt install chromium"),
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The folder, the report and two packs."""
    team = release(a_study(), Audience.TEAM)
    folder = tmp_path_factory.mktemp("printed")
    report = compose(team)
    packs = [write_pack(report, theme_id, folder, file_format="pdf") for theme_id in ("sanctions", "assessment")]
    return folder, write_report_as(team, folder, file_format="pdf"), packs


def text_of(pdf, page: int) -> str:
    if TO_TEXT is None:
        pytest.skip("nothing here reads a PDF: sudo apt install poppler-utils")
    command = [TO_TEXT, "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_a_pack_has_two_pages_of_a4(printed):
    for pack in printed[2]:
        assert pages_in(pack) == 2
        assert set(re.findall(rb"/MediaBox \[0 0 (\d+)\.\d+ (\d+)\.\d+\]", pack.read_bytes())) == {(b"594", b"841")}


def test_no_path_of_this_machine_is_printed_and_nothing_else_is_left(printed):
    folder, report, packs = printed
    assert sorted(folder.iterdir()) == sorted([report, *packs])
    for pdf in (report, *packs):
        assert [word for word in (b"file:", b"/tmp", str(folder).encode()) if word in pdf.read_bytes()] == []


def test_what_is_printed_has_a_structure_for_screen_readers_and_the_date_of_its_run(printed):
    for pdf in (printed[1], *printed[2]):
        written = pdf.read_bytes()
        assert b"/StructTreeRoot" in written
        assert b"/Lang (en-GB)" in written
        assert b"/CreationDate (D:20240108060000+00'00')" in written
    assert b"/Outlines" in printed[1].read_bytes()


def test_each_page_has_its_number_and_edition_and_no_path(printed):
    folder, report, packs = printed
    for pdf in (report, *packs):
        for page in range(1, pages_in(pdf) + 1):
            text = text_of(pdf, page)
            last = text.split("\f")[0].rstrip().splitlines()[-1]
            assert re.fullmatch(rf"\s*Team edition – not for publication\s+{page}", last)
            assert folder.name not in text


def test_the_second_page_of_a_pack_has_the_quotes(printed):
    first, second = (text_of(printed[2][0], page) for page in (1, 2))
    words = " ".join(BAD.split()[:3])
    assert (words in first, words in second) == (False, True)
    assert "27 people, unchecked" in first
