"""What `make bench` counts must be all there is; a client that is not installed is passed over and named."""

import pytest

from benchmarks.exchange_peers import CLIENTS, is_installed, result_of, rows, study
from themes.export.catalog import REFI_PROFILES
from themes.export.refi_project import exchanged_project
from themes.read.refi import read_refi_project


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_a_client_reads_or_writes_every_coding_and_code(client, tmp_path):
    if not is_installed(client):
        pytest.skip(f"{client.name} is not installed: `python -m benchmarks.exchange_peers` in tests/ does it")
    result = result_of(client, tmp_path, texts=15)
    assert result.given > 0
    assert result.right == result.given
    assert all(part.split()[1] == part.split()[3] for part in result.also.split(", ") if part)


def test_the_study_has_what_is_asked_of_it(tmp_path):
    cleared = study(15)
    for write in REFI_PROFILES.values():
        write(cleared, tmp_path)
    wanted = rows(exchanged_project(cleared))
    assert len(wanted) == 15 * 7
    assert {coder for *_, coder in wanted} == {"machine", "A1", "A2"}
    for name in ("project", "project-nvivo", "project-maxqda"):
        assert rows(read_refi_project(tmp_path / f"{name}.qdpx").content) == wanted
