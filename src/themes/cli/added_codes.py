"""What is said of codes that only labelled excerpts have: they may be meant, or mistyped."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themes.records.codebook import Codebook

_ALIKE = 0.8


def about_added_codes(codebook: "Codebook", codes: Iterable[str]) -> str:
    """That codes of labelled excerpts join those of the codebook, and which may be slips; empty if none joins.

    Args:
        codebook: As its file has it. Where it has no codes, all of them are meant to join, and only those are named
            that are worded as another one is.
        codes: Those that labelled excerpts take.
    """
    from themes.read.labelled import added_codes

    added = added_codes(codebook, codes)
    meant = {one: _meant(one, codebook, added) for one in added}
    if not codebook.codes:
        alike = [f"'{one}' and '{other}'" for one, other in meant.items() if other and one < other]
        return f"Labelled excerpts take codes that may be the same: {', '.join(alike)}." if alike else ""
    told = [f"'{one}'" + (f" (did you mean '{other}'?)" if other else "") for one, other in meant.items()]
    return f"Codes that the codebook lacks, learned as labelled excerpts have them: {', '.join(told)}." if told else ""


def _meant(code_id: str, codebook: "Codebook", added: Iterable[str]) -> str:
    """The code that this one may be a slip for: one of the codebook, by id or name, or else one worded alike."""
    known = {_plain(said): one.code_id for one in codebook.codes for said in (one.name, one.code_id)}
    near = get_close_matches(_plain(code_id), known, n=1, cutoff=_ALIKE)
    if near:
        return known[near[0]]
    return next((one for one in added if one != code_id and _plain(one) == _plain(code_id)), "")


def _plain(said: str) -> str:
    return " ".join(said.casefold().replace("_", " ").replace("-", " ").split())
