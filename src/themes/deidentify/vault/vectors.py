"""Where the vectors of a corpus's texts are kept: beside its vault, sealed with its secret."""

from themes.deidentify.vault.vault import Vault
from themes.encoders.kept import KeptVectors


def kept_vectors(vault: Vault) -> KeptVectors:
    """The corpus's kept vectors; the file is made when the first are kept."""
    return KeptVectors(vault.folder / "vectors.db", vault.keyed("kept vectors", ""))
