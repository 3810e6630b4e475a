"""Every exporter by the name it is asked for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from themes.export.cases import write_cases, write_sav
from themes.export.refi_codebook import write_refi_codebook
from themes.export.refi_project import write_for_maxqda, write_for_nvivo, write_refi_project
from themes.export.spreadsheets import write_csv, write_public, write_quotes, write_xlsx
from themes.records.project import Release

EXPORTERS: Mapping[str, Callable[[Release, Path], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "quotes": write_quotes,
    "cases": write_cases,
    "sav": write_sav,
    "refi-codebook": write_refi_codebook,
    "refi-project": write_refi_project,
}
"""Each writes its files into the folder it is given."""

REFI_PROFILES: Mapping[str, Callable[[Release, Path], None]] = {
    "spec": write_refi_project,
    "nvivo": write_for_nvivo,
    "maxqda": write_for_maxqda,
}
"""`refi-project` as other programs want it; the first is the one of `EXPORTERS`."""

ALL_EXPORTERS: Mapping[str, Callable[[Release, Path], None]] = {
    **EXPORTERS,
    **{f"refi-project {profile}": write for profile, write in REFI_PROFILES.items()},
}
"""Each exporter, and each profile of `refi-project` besides."""

WRITES: Mapping[str, str] = {
    "csv": "*.csv",
    "xlsx": "*.xlsx",
    "quotes": "quotes.csv",
    "cases": "cases*.csv",
    "sav": "cases.sav",
    "refi-codebook": "codebook.*",
    "refi-project": "project.*",
    "refi-project spec": "project.*",
    "refi-project nvivo": "project-nvivo.*",
    "refi-project maxqda": "project-maxqda.*",
}
"""What the files of each of `ALL_EXPORTERS` are called."""

PUBLIC: Mapping[str, Callable[[Release, Path], None]] = {"csv": write_public}
"""What a public edition holds besides its report, written once it is approved."""
