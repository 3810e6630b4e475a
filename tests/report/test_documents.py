import docx
import pytest

from report_study import a_study
from themes.disclosure import release
from themes.errors import StoreError, WrongUse
from themes.records.project import Audience
from themes.report import documents
from themes.report.document import compose
from themes.report.documents import write_documents, write_pack, write_report_as
from themes.report.pdf import NoBrowser


@pytest.fixture(scope="module")
def team():
    return release(a_study(), Audience.TEAM)


@pytest.fixture
def press(monkeypatch):
    """Prints what it is told with so many pages as a list says, one after the other."""

    def prints(pages: list[int]) -> list[str]:
        printed: list[str] = []

        def write_pdf(page, path, **_):
            printed.append(page)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%PDF" + b" /Type /Page" * pages[len(printed) - 1])
            return path

        monkeypatch.setattr(documents, "find_browser", lambda: "a browser")
        monkeypatch.setattr(documents, "write_pdf", write_pdf)
        return printed

    return prints


def test_a_pack_that_runs_over_is_printed_with_fewer_quotes(team, press, tmp_path):
    printed = press([3, 3, 2])
    path = write_pack(compose(team), "sanctions", tmp_path, file_format="pdf")
    assert path == tmp_path / "pack-sanctions.pdf"
    assert [page.count("<blockquote>") for page in printed] == [5, 4, 3]


def test_a_pack_that_never_fits_is_not_written(team, press, tmp_path):
    press([3] * 5)
    with pytest.raises(StoreError, match=r"more than 2 pages even without quotes"):
        write_pack(compose(team), "sanctions", tmp_path, file_format="pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_pack_says_the_same_as_page_and_as_docx(team, tmp_path):
    report = compose(team)
    page = write_pack(report, "sanctions", tmp_path, file_format="html").read_text(encoding="utf-8")
    opened = docx.Document(write_pack(report, "sanctions", tmp_path, file_format="docx"))
    assert "Team edition – not for publication" in page
    headings = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "What people say", "How many, and who", "What helps", "In their own words", "What it bears on",
        "Over time", "How this was made", "What it cannot show",
    ]  # fmt: skip
    assert [f"<h2>{heading}</h2>" in page for heading in headings] == [True] * 8
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == [
        "Everyone who wrote", "30", "27 people, unchecked",
    ]  # fmt: skip
    assert "<td>27 people, unchecked</td>" in page


def test_the_page_of_a_pack_fetches_nothing_and_runs_nothing(team, tmp_path):
    page = write_pack(compose(team), "sanctions", tmp_path, file_format="html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert [word for word in ("<script", "src=", "http://", "https://", "<link") if word in page] == []


def test_a_theme_that_is_not_there_is_refused_before_anything_is_written(team, tmp_path):
    with pytest.raises(WrongUse):
        write_pack(compose(team), "weather", tmp_path, file_format="docx")
    assert list(tmp_path.iterdir()) == []


def test_an_id_becomes_a_name_that_any_system_takes():
    assert documents._safe("a/b ö.c-1_d") == "a-b---c-1_d"


def test_all_that_is_asked_for_is_written(team, press, tmp_path):
    press([40, 2, 2])
    write_documents(team, tmp_path, ("docx", "pdf"), packs=True)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == [
        "index.html",
        "packs/pack-sanctions.docx",
        "packs/pack-sanctions.pdf",
        "packs/pack-support.docx",
        "packs/pack-support.pdf",
        "report.docx",
        "report.pdf",
    ]


def test_packs_are_pages_where_no_other_format_is_asked_for(team, tmp_path):
    write_documents(team, tmp_path, (), packs=True)
    assert sorted(path.name for path in tmp_path.glob("packs/*")) == ["pack-sanctions.html", "pack-support.html"]


def test_a_report_is_composed_once_for_all_formats_and_packs(team, press, tmp_path, monkeypatch):
    press([40, 2, 2])
    composed = []
    monkeypatch.setattr(documents, "compose", lambda edition: composed.append(compose(edition)) or composed[-1])
    write_documents(team, tmp_path, ("docx", "pdf"), packs=True)
    assert len(composed) == 1


def test_without_a_browser_nothing_is_written_at_all(team, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("themes.report.pdf.BROWSERS", ("invented-browser",))
    with pytest.raises(NoBrowser):
        write_documents(team, tmp_path, ("docx", "pdf"), packs=True)
    with pytest.raises(NoBrowser):
        write_report_as(team, tmp_path, file_format="pdf")
    assert list(tmp_path.iterdir()) == []
