"""The encoder that a corpus chooses, with the vectors it has kept."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from themes.deidentify.vault.vault import Vault
from themes.deidentify.vault.vectors import kept_vectors
from themes.embedding import encoding_by
from themes.records.spec import CorpusSpec


@contextmanager
def encoder_of(spec: CorpusSpec) -> Iterator[None]:
    """Within the block, texts are encoded as corpus.toml says; vectors are kept beside the vault."""
    with closing(Vault.open(spec.folder)) as vault:
        kept = kept_vectors(vault)
    with encoding_by(spec.encoder, kept=kept):
        yield
