"""Patterns found without the codebook: renamed, merged, split, kept apart, made a code, from the next run on."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from themes.errors import WrongUse
from themes.records.coding import Memo
from themes.records.segment import Segment
from themes.records.theme import Theme, ThemeDecision, ThemeOrigin, What
from themes.review.held import Held
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.overview import codes_by_group

if TYPE_CHECKING:
    from themes.theme.identity import Registry

LONGEST_NAME = 80
MOST_LINES = 40
"""Themes on one page."""
SAID = {
    What.RENAME: "gets another name",
    What.MERGE: "is merged into another",
    What.SPLIT: "is split",
    What.PROMOTE: "becomes a code",
    What.KEEP_APART: "is kept apart from another",
}
"""What somebody may decide about a theme."""
GONE = "The newest run has no such theme."


@dataclass(frozen=True, slots=True)
class Row:
    """A theme as the page shows it."""

    theme: Theme
    size: int
    """Excerpts."""
    excerpts: list[Segment]
    decided: list[tuple[str, str, str]]
    """What was decided and no run has carried out yet: the decision's id, in words, by whom."""
    memos: list[Memo]


def themes(ask: Ask) -> Response:
    """The emergent themes, the largest first, with their excerpts and what was decided since the run."""
    study, held, _ = ask.desk.look()
    found, sizes = emergent(study), _sizes(study)
    registry, decisions = _registry(ask, study), _decisions(ask)
    settled = {
        frozenset({each.theme_id, each.other_id}) for each in decisions if each.what in {What.MERGE, What.KEEP_APART}
    }
    alike = [
        (found[one], found[other], likeness)
        for one, other, likeness in _near_doubles(registry)
        if one in found and other in found and {one, other} not in settled
    ]
    largest = sorted(found.values(), key=lambda theme: -sizes[theme.theme_id])
    told = ask.query.get("from", "")
    at = int(told) if told.isascii() and told.isdigit() and len(told) < 8 else 0
    waiting = _waiting(decisions, registry)
    return ask.page(
        "themes.html",
        study=study,
        rows=[_row(study, held, theme, sizes, waiting) for theme in largest[at : at + MOST_LINES]],
        alike=alike if at == 0 else [],
        at=at,
        total=len(largest),
        further=f"?from={at + MOST_LINES}" if at + MOST_LINES < len(largest) else "",
        earlier=f"?from={max(0, at - MOST_LINES)}" if at else "",
        what=What,
    )


def theme(ask: Ask) -> Response:
    """One theme, and what may be decided about it."""
    study, held, _ = ask.desk.look()
    found = emergent(study)
    this = found.get(ask.path["theme_id"])
    if this is None:
        return not_here(ask, GONE)
    row = _row(study, held, this, _sizes(study), _waiting(_decisions(ask), _registry(ask, study)))
    return ask.page(
        "theme.html",
        study=study,
        row=row,
        own_memo=next((memo.text for memo in row.memos if memo.author == ask.person.coder_id), ""),
        others=sorted((t for t in found.values() if t is not this), key=lambda t: t.name.casefold()),
        groups=codes_by_group(study),
        what=What,
    )


def decide(ask: Ask) -> Response:
    """Write down what somebody decided about a theme, or that they take back what nobody has carried out yet."""
    from themes.theme.decisions import add_decision, read_decisions

    study, _, _ = ask.desk.look()
    found, form = emergent(study), ask.form
    theme_id = ask.path["theme_id"]
    if theme_id not in found:
        return not_here(ask, GONE)
    what = next((each for each in (*SAID, What.TAKE_BACK) if each == form.one("do")), None)
    if what is None:
        raise WrongUse("Nothing was decided: choose what is to become of the theme.")
    back = "/themes" if form.one("at") == "list" else f"/themes/{theme_id}"
    # A form that is sent twice counts once.
    if form.one("act") in {each.decision_id for each in read_decisions(ask.desk.corpus_outputs)}:
        return go_to(back)
    if what is What.TAKE_BACK:
        waiting = _waiting(_decisions(ask), _registry(ask, study)).get(theme_id, [])
        if form.one("decision") not in {each.decision_id for each in waiting}:
            raise WrongUse("That was taken back already, or a run has carried it out. Nothing was taken back.")
        more = {"takes_back": form.one("decision")}
    else:
        more = _more(study, found, theme_id, what, {name: form.one(name) for name in ("name", "other", "code")})
    decision = ThemeDecision(
        decision_id=form.one("act"),
        what=what,
        theme_id=theme_id,
        by=ask.person.coder_id,
        made_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        **more,
    )
    add_decision(ask.desk.corpus_outputs, decision)
    return go_to(back)


def emergent(study: Study) -> Mapping[str, Theme]:
    """The themes that were found without the codebook, by id."""
    return {theme_id: t for theme_id, t in study.themes.items() if t.origin is ThemeOrigin.EMERGENT}


def _row(study: Study, held: Held, this: Theme, sizes: Counter[str], waiting: Mapping[str, list[ThemeDecision]]) -> Row:
    names = {theme_id: t.name for theme_id, t in study.themes.items()}
    return Row(
        theme=this,
        size=sizes[this.theme_id],
        excerpts=[study.segments[each] for each in this.exemplar_ids if each in study.segments],
        decided=[(each.decision_id, _in_words(each, study, names), each.by) for each in waiting.get(this.theme_id, ())],
        memos=held.memos.get(this.theme_id, []),
    )


def _in_words(decision: ThemeDecision, study: Study, names: Mapping[str, str]) -> str:
    named = decision.name or names.get(decision.other_id, "")
    if decision.code_id in study.codebook:
        named = study.codebook[decision.code_id].name
    return f"{SAID[decision.what]} (“{named}”)" if named else SAID[decision.what]


def _sizes(study: Study) -> Counter[str]:
    return Counter(membership.theme_id for membership in study.theme_of.values())


def _registry(ask: Ask, study: Study) -> "Registry | None":
    """What was known of the themes when the newest run ended."""
    from themes.theme.registry_file import read_registry

    return read_registry(ask.desk.corpus_outputs / study.run_id / "registry")


def _near_doubles(registry: "Registry | None") -> list[tuple[str, str, float]]:
    """Themes that say nearly the same, the most alike first."""
    from themes.theme.merge import near_doubles

    return [(pair.theme_id, pair.other_id, pair.likeness) for pair in near_doubles(registry)] if registry else []


def _decisions(ask: Ask) -> list[ThemeDecision]:
    """All that was decided and not taken back, in the order made."""
    from themes.theme.decisions import read_decisions, standing

    return standing(read_decisions(ask.desk.corpus_outputs))


def _waiting(decisions: Collection[ThemeDecision], registry: "Registry | None") -> dict[str, list[ThemeDecision]]:
    """Those that no run has carried out yet, by theme."""
    done = {event.decision_id for event in registry.events} if registry else set()
    found: dict[str, list[ThemeDecision]] = {}
    for each in decisions:
        if each.what in SAID and each.decision_id not in done:
            found.setdefault(each.theme_id, []).append(each)
    return found


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
