"""Keep the vectors of what the packaged codebook says, and of the accounts that teach tone: run it after a change."""

import sys

from themes.code.phrase_vectors import KEPT, keep
from themes.code.phrases import phrases_of
from themes.code.tone import accounts
from themes.read.codebook import read_codebook

if __name__ == "__main__":
    phrases = phrases_of(read_codebook(KEPT.with_name("codebook.toml")))
    good, bad = accounts()
    texts = [phrase.text for phrase in phrases] + [*good, *bad]
    keep(texts)
    sys.stdout.write(f"Vectors of {len(texts):,} texts: {KEPT}, {KEPT.stat().st_size / 1e6:.1f} MB\n")
