"""Patterns found without the codebook: renamed, merged, split, kept apart, made a code, from the next run on."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from themes.errors import WrongUse
from themes.records.theme import Theme, ThemeDecision, ThemeOrigin, What
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.overview import codes_by_group

if TYPE_CHECKING:
    from themes.theme.merge import NearDouble

LONGEST_NAME = 80
SAID = {
    What.RENAME: "gets another name",
    What.MERGE: "is merged into another",
    What.SPLIT: "is split",
    What.PROMOTE: "becomes a code",
    What.KEEP_APART: "is kept apart from another",
}
"""What somebody may decide about a theme."""


def themes(ask: Ask) -> Response:
    """All emergent themes, the largest first, with their excerpts and what was decided since the run."""
    from themes.theme.decisions import read_decisions

    study, held, _ = ask.desk.look()
    found = emergent(study)
    sizes: dict[str, int] = {}
    for membership in study.theme_of.values():
        sizes[membership.theme_id] = sizes.get(membership.theme_id, 0) + 1
    decided: dict[str, list[str]] = {}
    settled: set[frozenset[str]] = set()
    for decision in read_decisions(ask.desk.corpus_outputs):
        if decision.what in {What.MERGE, What.KEEP_APART}:
            settled.add(frozenset({decision.theme_id, decision.other_id}))
        if decision.what in SAID:
            decided.setdefault(decision.theme_id, []).append(SAID[decision.what])
    rows = [
        {
            "theme": theme,
            "size": sizes.get(theme.theme_id, 0),
            "excerpts": [study.segments[each] for each in theme.exemplar_ids if each in study.segments],
            "decided": decided.get(theme.theme_id, []),
            "memos": held.memos.get(theme.theme_id, []),
        }
        for theme in found.values()
    ]
    rows.sort(key=lambda row: -int(str(row["size"])))
    for row in rows:
        memos: Any = row["memos"]
        row["own_memo"] = next((memo.text for memo in memos if memo.author == ask.person.coder_id), "")
    alike = [
        (found[pair.theme_id], found[pair.other_id], pair.likeness)
        for pair in _near_doubles(ask.desk.corpus_outputs / study.run_id)
        if pair.theme_id in found and pair.other_id in found and {pair.theme_id, pair.other_id} not in settled
    ]
    return ask.page("themes.html", study=study, rows=rows, alike=alike, groups=codes_by_group(study), what=What)


def _near_doubles(run: Path) -> list["NearDouble"]:
    """Themes of a run that say nearly the same, the most alike first."""
    from themes.theme.merge import near_doubles
    from themes.theme.registry_file import read_registry

    registry = read_registry(run / "registry")
    return near_doubles(registry) if registry else []


def decide(ask: Ask) -> Response:
    """Write down what somebody decided about a theme."""
    from themes.theme.decisions import add_decision, read_decisions

    study, _, _ = ask.desk.look()
    found, form = emergent(study), ask.form
    theme_id = ask.path["theme_id"]
    if theme_id not in found:
        return not_here(ask, "The newest run has no such theme.")
    what = next((each for each in SAID if each == form.one("do")), None)
    if what is None:
        raise WrongUse("Nothing was decided: choose what is to become of the theme.")
    decision = ThemeDecision(
        decision_id=form.one("act"),
        what=what,
        theme_id=theme_id,
        by=ask.person.coder_id,
        made_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        **_more(study, found, theme_id, what, {name: form.one(name) for name in ("name", "other", "code")}),
    )
    # A form that is sent twice counts once.
    if decision.decision_id not in {each.decision_id for each in read_decisions(ask.desk.corpus_outputs)}:
        add_decision(ask.desk.corpus_outputs, decision)
    return go_to("/themes")


def emergent(study: Study) -> Mapping[str, Theme]:
    """The themes that were found without the codebook, by id."""
    return {theme_id: t for theme_id, t in study.themes.items() if t.origin is ThemeOrigin.EMERGENT}


def _more(
    study: Study, found: Mapping[str, Theme], theme_id: str, what: What, told: Mapping[str, str]
) -> dict[str, str]:
    """What a decision needs besides the theme.

    Raises:
        WrongUse: If it is missing, or not of this run.
    """
    match what:
        case What.RENAME:
            name = " ".join(told["name"].split())
            if not 0 < len(name) <= LONGEST_NAME:
                raise WrongUse(f"A name has 1 to {LONGEST_NAME} characters.")
            return {"name": name}
        case What.MERGE | What.KEEP_APART:
            if told["other"] not in found or told["other"] == theme_id:
                raise WrongUse("Choose another theme of this run.")
            return {"other_id": told["other"]}
        case What.PROMOTE:
            if told["code"] not in study.codebook:
                raise WrongUse("Choose a code of the codebook.")
            return {"code_id": told["code"]}
        case _:
            return {}
