"""What analysts decided about excerpts elsewhere than on the review page, as JSON lines, one decision a line:

    {"id": "1", "run": "20260105-060000", "segment": "d7k2q:118-240", "code": "sanctions", "verdict": "accept",
     "coder": "A1", "at": "2026-01-06T09:12:00+00:00", "codebook": "1.0.0", "sampling": "purposive"}

`verdict` is accept, reject, add, complete (without a code) or take back; `codebook` and `sampling` may be left out. A
line holds ids and codes, never what somebody wrote. Runs read decisions from the review log; `review.feeding` takes
over what stands in such a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from themes.read.jsonl import read_lines
from themes.records.coding import is_machine
from themes.records.decision import Decision, Verdict

FILE = "decisions.jsonl"
"""In `outputs/<corpus>`: decisions belong to a corpus, not to a run."""

_SEGMENT = re.compile(r"[^\s:]{1,64}:(\d{1,9})-(\d{1,9})")
_STRINGS = ("id", "run", "segment", "verdict", "coder", "at")
_LONGEST = 100
"""Characters of an id or a version."""
_SAMPLINGS = ("probability", "purposive")


@dataclass(frozen=True)
class Decisions:
    """The decisions of a file, in its order, and what is wrong with the lines that were passed over."""

    decisions: tuple[Decision, ...] = ()
    problems: tuple[str, ...] = ()
    lines: tuple[int, ...] = field(default=(), compare=False)
    """The number of each decision's line."""


def read_decisions(path: Path) -> Decisions:
    """All decisions of a file; none if there is no file.

    A line that says the same again under the same id is one decision, so that writing it twice does no harm.
    """
    if not path.is_file():
        return Decisions()
    decisions: dict[str, Decision] = {}
    lines: dict[str, int] = {}
    problems: list[str] = []
    for line in read_lines(path, needs=_STRINGS):
        problem = line.problem or _problem(line.values)
        if not problem:
            decision = _decision(line.values)
            lines.setdefault(decision.decision_id, line.number)
            if decisions.setdefault(decision.decision_id, decision) != decision:
                problem = "has the 'id' of an earlier line that says something else"
        if problem:
            problems.append(problem if line.problem else f"line {line.number} {problem}")
    return Decisions(tuple(decisions.values()), tuple(problems), tuple(lines.values()))


def as_line(decision: Decision) -> dict[str, str]:
    """A decision as a line of such a file has it."""
    line = {
        "id": decision.decision_id,
        "run": decision.run_id,
        "segment": decision.segment_id,
        "code": decision.code_id,
        "verdict": str(decision.verdict),
        "coder": decision.coder_id,
        "at": decision.made_at,
        "codebook": decision.codebook_version,
        "sampling": decision.sampling or "",
    }
    return {key: value for key, value in line.items() if value}


def _problem(values: Mapping[str, Any]) -> str:
    """What is wrong with a line, without its words."""
    for key in ("id", "run", "coder", "code", "codebook"):
        if not _is_plain(values.get(key)):
            return f"has a '{key}' that is no line of up to {_LONGEST} characters"
    if values["verdict"] not in set(Verdict):
        return f"has a 'verdict' that is none of: {', '.join(Verdict)}"
    if values["verdict"] == Verdict.COMPLETE and values.get("code"):
        return "names a 'code', but its verdict is about all codes"
    if values["verdict"] not in {Verdict.COMPLETE, Verdict.TAKE_BACK} and not values.get("code"):
        return "has no 'code'"
    stretch = _SEGMENT.fullmatch(values["segment"])
    if stretch is None or int(stretch[1]) >= int(stretch[2]):
        return "has a 'segment' that is not an excerpt's id, such as d7k2q:118-240"
    if not values["id"] or not values["coder"].strip() or is_machine(values["coder"].strip()):
        return "has no 'id' of its own, or a 'coder' that is no person's"
    if _utc(values["at"]) is None:
        return "has an 'at' that is not a time with its zone, such as 2026-01-06T09:12:00+00:00"
    if values.get("sampling") not in (None, *_SAMPLINGS):
        return f"has a 'sampling' that is none of: {', '.join(_SAMPLINGS)}"
    return ""


def _is_plain(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= _LONGEST and value.isprintable())


def _decision(values: Mapping[str, Any]) -> Decision:
    return Decision(
        decision_id=values["id"],
        run_id=values["run"],
        segment_id=values["segment"],
        code_id=values.get("code") or "",
        verdict=Verdict(values["verdict"]),
        coder_id=values["coder"].strip(),
        made_at=_utc(values["at"]) or "",
        codebook_version=values.get("codebook") or "",
        sampling=values.get("sampling"),
    )


def _utc(written: str) -> str | None:
    """As all times are compared: UTC, so that the order of letters is the order of time."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC).isoformat() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
