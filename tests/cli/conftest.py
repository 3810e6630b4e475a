"""A vault of its own for every test, and no way to the user's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from themes.deidentify.vault import Vault
from themes.records.spec import CorpusSpec


@pytest.fixture
def vault() -> Iterator[Vault]:
    with Vault.throw_away() as vault:
        yield vault


@pytest.fixture
def spec(tmp_path: Path) -> CorpusSpec:
    return CorpusSpec(tmp_path, "invented", ())
