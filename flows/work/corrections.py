"""Corrections of masks, taken up by a run: what the raw text says where an analyst marked it."""

from datetime import datetime

from flows.work.reading import read_texts
from themes.deidentify.correct.corrections import waiting
from themes.deidentify.correct.corrections_in_force import in_force, settle, take_up
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.read.corpus import chunks
from themes.records.spec import CorpusSpec


def take_up_corrections(spec: CorpusSpec, vault: Vault, *, now: datetime) -> int:
    """Put the corrections in force that wait. Returns how many are in force.

    The raw files are read up to the last text that one waits for; where none waits, not at all. What waits for a text
    that is no longer below raw/ is refused.
    """
    if waiting(vault):
        tombstones = Tombstones(vault)
        for chunk in chunks(spec):
            settle(vault, read_texts(spec, chunk, tombstones).texts, now=now)
            if not waiting(vault):
                break
    take_up(vault, now=now)
    return len(in_force(vault))
