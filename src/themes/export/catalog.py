"""Every exporter by the name it is asked for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from themes.export.spreadsheets import write_csv, write_public, write_quotes, write_xlsx
from themes.records.project import Release

EXPORTERS: Mapping[str, Callable[[Release, Path], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "quotes": write_quotes,
}
"""Each writes its files into the folder it is given."""

PUBLIC: Mapping[str, Callable[[Release, Path], None]] = {"csv": write_public}
"""What a public edition holds besides its report, written once it is approved."""
