"""The catalog of exporters: what it says of their files is so."""

from fnmatch import fnmatch

import pytest

from exchange_study import study_release
from themes.export.catalog import EXPORTERS, REFI_PROFILES, WRITES

EVERY = {**EXPORTERS, **{f"refi-project {name}": each for name, each in REFI_PROFILES.items()}}


def test_every_exporter_and_profile_says_what_its_files_are_called():
    assert WRITES.keys() == EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_an_exporter_writes_files_called_so(tmp_path, name):
    EVERY[name](study_release(), tmp_path)
    written = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert written and all(fnmatch(each, WRITES[name]) for each in written)
