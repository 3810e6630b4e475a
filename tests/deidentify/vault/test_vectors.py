import numpy as np

from themes.deidentify.vault.vault import Vault
from themes.deidentify.vault.vectors import kept_vectors


def test_vectors_lie_beside_the_vault_and_one_corpus_finds_none_of_anothers(vault: Vault) -> None:
    vector = np.array([1.0, 0.5], np.float32)
    kept_vectors(vault).keep("encoder", {"It rained": vector})
    assert kept_vectors(vault).find("encoder", ["It rained"])["It rained"].tolist() == [1.0, 0.5]
    assert kept_vectors(vault).file == vault.folder / "vectors.db"
    with Vault.throw_away() as other:
        (other.folder / "vectors.db").write_bytes((vault.folder / "vectors.db").read_bytes())
        assert kept_vectors(other).find("encoder", ["It rained"]) == {}
