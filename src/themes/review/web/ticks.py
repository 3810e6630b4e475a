"""What is ticked on an excerpt and not yet sent: it goes along to pages from which one comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from themes.records.codebook import Code
from themes.records.coding import Coding
from themes.review.study import Study
from themes.review.web.forms import Form

TICKED = "ticked"
"""Under this name an address holds the ids of codes, one a line."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code as the form shows it."""

    code: Code
    ticked: bool
    coding: Coding | None
    """What the machine says; None if it suggests nothing, or is hidden."""


def choices_of(
    study: Study,
    segment_id: str,
    said: Mapping[str, bool],
    *,
    blind: bool,
    ticked: Collection[str] | None = None,
) -> list[Choice]:
    """What is suggested, then what this coder gave or ticked besides.

    Args:
        study: The run.
        segment_id: The excerpt, or a stretch that was marked.
        said: What this coder says of each code that they said anything of.
        blind: Whether what the machine suggests is hidden.
        ticked: What was ticked on the page before it was left; None: nothing was changed there.
    """
    suggested = [] if blind else study.suggested(segment_id)
    applies = {c.code_id: c.applies and not c.is_advice for c in suggested} | dict(said)
    if ticked is not None:
        applies = {code_id: code_id in ticked for code_id in (*applies, *ticked)}
    choices = [Choice(study.codebook[c.code_id], applies[c.code_id], c) for c in suggested]
    there = {c.code.code_id for c in choices}
    return choices + [
        Choice(study.codebook[code_id], True, None)
        for code_id, is_so in applies.items()
        if is_so and code_id not in there and code_id in study.codebook
    ]


def ticked_in(study: Study, told: Mapping[str, str]) -> list[str] | None:
    """The codes that an address says are ticked; None if it says nothing of them."""
    if TICKED not in told:
        return None
    return [code_id for code_id in dict.fromkeys(told[TICKED].split("\n")) if code_id in study.codebook]


def carried(study: Study, told: Mapping[str, str]) -> dict[str, str]:
    """What an address or a form says of ticks, checked, for the next."""
    ticked = ticked_in(study, told)
    return {} if ticked is None else {TICKED: "\n".join(ticked)}


def left_ticked(study: Study, segment_id: str, said: Mapping[str, bool], form: Form, *, blind: bool) -> dict[str, str]:
    """What the form of an excerpt has ticked, if it is not what the page would tick by itself."""
    if "hash" not in form.values:
        return {}
    ticked = [code_id for code_id in dict.fromkeys(form.all("code")) if code_id in study.codebook]
    usual = {c.code.code_id for c in choices_of(study, segment_id, said, blind=blind) if c.ticked}
    return {} if usual == set(ticked) else {TICKED: "\n".join(ticked)}
