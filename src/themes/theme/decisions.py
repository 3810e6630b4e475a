"""What analysts decide about themes: kept as a file of decisions, and honoured by every later run.

The review page adds a line; a run reads them all and carries out those that it has not carried out yet. A decision
that was carried out stands in the registry's history with its id.
"""

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from themes.errors import StoreError
from themes.records.theme import ThemeDecision, ThemeEvent, What
from themes.theme.identity import Registry, changed, rename
from themes.theme.merge import merge

FILE = "theme-decisions.jsonl"
NOT_KNOWN = "the registry has no theme {}"
OLDER = "it is older than theme {}, which another registry had called so"
TOO_FEW = "its texts are too few to be two themes, or too much alike"
TOO_LATE = "a run has carried out what it takes back"
CIRCLE = "they were merged the other way round before, or are one theme"
DECIDED = frozenset({What.RENAME, What.MERGE, What.SPLIT, What.PROMOTE, What.KEEP_APART, What.TAKE_BACK})


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A decision that could not be carried out, and why: a clause for people, of ids alone."""

    decision: ThemeDecision
    why: str

    def __str__(self) -> str:
        made = self.decision
        themes = " and ".join(each for each in (made.theme_id, made.other_id) if each)
        told = f"The decision {made.decision_id} ({made.what.value}: {themes}) was passed over: {self.why}. "
        if made.what is What.TAKE_BACK:
            return f"{told}Take its line out of {FILE}."
        return f"{told}Take it back on the page of its theme, or take its line out of {FILE}."


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of decisions about themes."""

    registry: Registry
    splits: list[ThemeDecision]
    """Still to be made: they need the texts (`emergent_themes` makes them)."""
    passed_over: list[PassedOver]


def decided(registry: Registry, decisions: Iterable[ThemeDecision], *, run_id: str, on: str) -> Decided:
    """The registry after all decisions that it has not carried out yet, in the order in which they were made.

    One about a theme that the registry does not have is passed over, and said so: the theme may have gone with the
    people it was about. So is one that merges a theme into itself, one that takes back what a run has carried out
    already, and one that is older than its theme: ids come again where a registry is begun anew. One that was taken
    back is not looked at.

    Args:
        registry: Says in its history which decisions were carried out.
        decisions: All that were ever made, in any order.
        run_id: The run that carries them out.
        on: Its date.
    """
    made = list(decisions)
    done = {event.decision_id for event in registry.events}
    known = {theme.theme_id for theme in registry.themes}
    born = _born_on(registry.events)
    splits: list[ThemeDecision] = []
    passed_over = _taken_back_in_vain(made, done)
    for decision in sorted(standing(made), key=lambda d: (d.made_at, d.decision_id)):
        if decision.decision_id in done:
            continue
        done.add(decision.decision_id)
        if missing := {decision.theme_id, decision.other_id} - {""} - known:
            passed_over.append(PassedOver(decision, NOT_KNOWN.format(" and no ".join(sorted(missing)))))
            continue
        if younger := [each for each in (decision.theme_id, decision.other_id) if _is_older(decision, born.get(each))]:
            passed_over.append(PassedOver(decision, OLDER.format(younger[0])))
            continue
        if decision.what is What.SPLIT:
            splits.append(decision)
            continue
        try:
            registry = _carried_out(registry, decision)
        except ValueError:
            passed_over.append(PassedOver(decision, CIRCLE))
            continue
        registry = with_event(registry, decision, run_id=run_id, on=on)
    return Decided(registry, splits, passed_over)


def _born_on(events: Iterable[ThemeEvent]) -> dict[str, str]:
    """The date of each theme: of its birth, or of the split, found or decided, that it came from."""
    born: dict[str, str] = {}
    for event in events:
        newborn = {What.BIRTH: (event.theme_id,), What.SPLIT: event.others}.get(event.what, ())
        born.update(dict.fromkeys(newborn, event.on))
    return born


def _is_older(decision: ThemeDecision, born: str | None) -> bool:
    """Whether a decision was made before a theme was born, by more than what clocks of two places may differ in."""
    try:
        return date.fromisoformat(decision.made_at[:10]) < date.fromisoformat((born or "")[:10]) - timedelta(days=1)
    except ValueError:
        return False


def _taken_back_in_vain(made: Iterable[ThemeDecision], done: Collection[str | None]) -> list[PassedOver]:
    """Takings back that change nothing: the run had begun when somebody took its decision back."""
    return [PassedOver(each, TOO_LATE) for each in made if each.what is What.TAKE_BACK and each.takes_back in done]


def standing(decisions: Iterable[ThemeDecision]) -> list[ThemeDecision]:
    """Those that nobody took back, in the order given."""
    made = list(decisions)
    gone = {each.takes_back for each in made if each.what is What.TAKE_BACK}
    return [each for each in made if each.what is not What.TAKE_BACK and each.decision_id not in gone]


def _carried_out(registry: Registry, decision: ThemeDecision) -> Registry:
    match decision.what:
        case What.RENAME:
            return rename(registry, decision.theme_id, decision.name, by=decision.by)
        case What.MERGE:
            return merge(registry, decision.theme_id, into=decision.other_id)
        case What.PROMOTE:
            return changed(registry, decision.theme_id, code_id=decision.code_id)
        case _:
            return registry


def with_event(
    registry: Registry,
    decision: ThemeDecision,
    *,
    run_id: str,
    on: str,
    texts: int | None = None,
    others: tuple[str, ...] = (),
) -> Registry:
    """The registry, whose history says that the decision was carried out."""
    event = ThemeEvent(
        decision.what,
        decision.theme_id,
        run_id,
        on,
        texts,
        others or tuple(i for i in (decision.other_id,) if i),
        decision.by,
        decision.decision_id,
    )
    return replace(registry, events=(*registry.events, event))


def add_decision(folder: Path, decision: ThemeDecision) -> None:
    """Add a decision to the file of a folder; for a corpus, `outputs/<corpus>`, else that of the registry.

    Raises:
        StoreError: If it lacks what it needs, or the file cannot be written.
    """
    if problem := _problem(decision):
        raise StoreError(f"The decision {decision.decision_id} about theme {decision.theme_id} {problem}.")
    path = folder / FILE
    line = json.dumps(asdict(decision), ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Somebody may have taken a line out by hand, and a line may have been cut short: neither takes this one along.
        begins = not path.exists() or path.read_bytes()[-1:] in {b"", b"\n"}
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line if begins else "\n" + line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as trouble:
        raise StoreError(f"The decision could not be written to {path}: {trouble.strerror}.") from None


def read_decisions(folder: Path) -> list[ThemeDecision]:
    """All decisions in the file of a folder, in the order made; none if there is no file.

    Raises:
        StoreError: If a line is not a decision, or has the id of another: an analyst's word must not be passed over in
            silence.
    """
    path = folder / FILE
    if not path.exists():
        return []
    try:
        # At line feeds alone: a name may hold what Unicode calls the end of a line as well.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"The decisions about themes in {path} cannot be read.") from None
    decisions: list[ThemeDecision] = []
    by_id: dict[str, ThemeDecision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            decision = ThemeDecision(**{**fields, "what": What(fields["what"])})
            problem = _problem(decision)
            if not problem and by_id.setdefault(decision.decision_id, decision) != decision:
                problem = f"has the decision_id {decision.decision_id} of another decision"
        except (ValueError, KeyError, TypeError):
            problem = "is not a decision about a theme"
        if problem:
            raise StoreError(f"Line {number} of {path} {problem}. Correct the line, or take it out.")
        decisions.append(decision)
    return decisions


def _problem(decision: ThemeDecision) -> str:
    if decision.what not in DECIDED:
        return f"cannot be to {decision.what.value}: that is found, not decided"
    needs = {
        What.RENAME: "name",
        What.MERGE: "other_id",
        What.PROMOTE: "code_id",
        What.KEEP_APART: "other_id",
        What.TAKE_BACK: "takes_back",
    }
    for field in ("decision_id", "theme_id", "by", "made_at", needs.get(decision.what, "theme_id")):
        if not isinstance(getattr(decision, field), str) or not getattr(decision, field).strip():
            return f"has no '{field}'"
    for field in ("name", "other_id", "code_id", "takes_back"):
        if not isinstance(getattr(decision, field), str):
            return f"has a '{field}' that is not text"
    return ""
