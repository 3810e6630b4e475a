"""What one coder did on the page, act by act: what can be undone, and what was undone and can be done once more."""

import re
from dataclasses import dataclass

from themes.records.decision import Decision

ACT = re.compile(r"([ur]?)(a[\w-]{16,64})\.\d{1,5}")
"""The id of a decision made on the page: the act it was part of, and its place in it. "u" opens what undid that act,
"r" an act that did once more what was undone."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did at once: one excerpt decided, or many accepted together."""

    act_id: str
    coder_id: str
    decisions: tuple[Decision, ...]


class Acts:
    """The acts of one coder, in their order."""

    def __init__(self) -> None:
        self._done: dict[str, list[Decision]] = {}
        self._undone: set[str] = set()
        self._again: list[Act] = []

    def take(self, decision: Decision) -> None:
        """Follow a decision. What was undone can be done once more until something else is done."""
        if not (found := ACT.fullmatch(decision.decision_id)):
            return
        how, act_id = found.groups()
        if how == "u":
            if act_id not in self._undone and act_id in self._done:
                self._again.append(Act(act_id, decision.coder_id, tuple(self._done[act_id])))
            self._undone.add(act_id)
            return
        if act_id not in self._done:
            if how == "r" and self._again:
                self._again.pop()
            else:
                self._again.clear()
        self._done.setdefault(act_id, []).append(decision)

    def live(self) -> list[Act]:
        """All that is done and not undone, the first first."""
        return [
            Act(act_id, decisions[0].coder_id, tuple(decisions))
            for act_id, decisions in self._done.items()
            if act_id not in self._undone
        ]

    def last(self) -> Act | None:
        """What was done last and is not undone."""
        for act_id, decisions in reversed(self._done.items()):
            if act_id not in self._undone:
                return Act(act_id, decisions[0].coder_id, tuple(decisions))
        return None

    def last_undone(self) -> Act | None:
        """What was undone last and can be done once more."""
        return self._again[-1] if self._again else None
