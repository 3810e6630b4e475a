"""Keep the vectors of what the packaged codebook says: run it after the codebook has changed."""

import sys

from themes.code.phrase_vectors import KEPT, keep
from themes.code.phrases import phrases_of
from themes.read.codebook import read_codebook

if __name__ == "__main__":
    phrases = phrases_of(read_codebook(KEPT.with_name("codebook.toml")))
    keep([phrase.text for phrase in phrases])
    sys.stdout.write(f"Vectors of {len(phrases):,} phrases: {KEPT}, {KEPT.stat().st_size / 1e6:.1f} MB\n")
