"""The report and its evidence packs in the formats that offices use."""

from collections.abc import Collection
from pathlib import Path

from themes.errors import StoreError
from themes.records.project import Release
from themes.report import prose
from themes.report.document import Report, compose
from themes.report.docx import write_docx
from themes.report.html import render, write_page
from themes.report.learning import write_learning_page
from themes.report.outline import outline
from themes.report.pack import MOST_QUOTES, compose_pack, theme_of, themes_for_packs
from themes.report.pdf import find_browser, pages_in, write_pdf
from themes.report.residual import write_residual_page

FORMATS = ("html", "pdf", "docx")
PACK = "pack.html"
PAGES = 2


def write_report(release: Release, folder: Path) -> Path:
    """Write `index.html`, one file that needs no network and no JavaScript; beside it two more pages for the team.

    Args:
        release: For the team or the public; the page says which. The other pages are for the team alone.
        folder: Made if it is not there.

    Returns:
        The path of `index.html`. Equal releases give equal files, byte for byte.

    Raises:
        StoreError: If the file cannot be written.
    """
    return write_report_as(release, folder, file_format="html")


def write_report_as(release: Release, folder: Path, *, file_format: str) -> Path:
    """Write the report in one of `FORMATS`.

    Raises:
        NoBrowser: If a PDF is asked for and no browser is there.
        StoreError: If the file cannot be written.
    """
    return _write(compose(release), folder, file_format)


def _write(report: Report, folder: Path, file_format: str) -> Path:
    if file_format == "docx":
        return write_docx(outline(report), folder / "report.docx")
    if file_format == "pdf":
        return write_pdf(render(report, prose=prose), folder / "report.pdf", made=report.release.run.started_at)
    write_residual_page(report.release, folder)
    write_learning_page(report.release, folder)
    return write_page(report, folder / "index.html", prose=prose)


def write_pack(report: Report, theme_id: str, folder: Path, *, file_format: str) -> Path:
    """Write the evidence pack of one theme.

    Args:
        report: Of a release for the team or the public.
        theme_id: The id of a theme, which is that of its code, or its name.
        folder: Made if it is not there.
        file_format: One of `FORMATS`. A PDF has two pages: it is printed with fewer quotes and groups if it
            would have more.

    Raises:
        WrongUse: If there is no such theme.
        NoBrowser: If a PDF is asked for and no browser is there.
        StoreError: If the file cannot be written, or has no room on two pages even without quotes.
    """
    pack = compose_pack(report, theme_id)
    path = folder / f"pack-{_safe(theme_of(report, theme_id).theme_id)}.{file_format}"
    if file_format == "html":
        return write_page(pack, path, template=PACK)
    if file_format == "docx":
        return write_docx(pack, path)
    for tighter in range(MOST_QUOTES + 1):
        shorter = compose_pack(report, theme_id, tighter=tighter)
        write_pdf(render(shorter, template=PACK), path, made=pack.moment)
        if pages_in(path) <= PAGES:
            return path
    path.unlink()
    raise StoreError(
        f"{path} was not written: it takes more than {PAGES} pages even without quotes. Shorten the definition of the "
        f"code in codebook.toml."
    )


def write_documents(release: Release, folder: Path, formats: Collection[str], *, packs: bool) -> None:
    """Write the report as `write_report` does and in each of these formats, and the pack of each theme that somebody
    speaks of.

    Raises:
        As `write_pack`.
    """
    if "pdf" in formats:
        find_browser()  # before the work, not after it
    report = compose(release)
    for name in dict.fromkeys(("html", *formats)):
        _write(report, folder, name)
    if packs:
        for theme_id in themes_for_packs(report):
            for name in formats or ("html",):
                write_pack(report, theme_id, folder / "packs", file_format=name)


def _safe(theme_id: str) -> str:
    """The id as part of a file's name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in theme_id)
