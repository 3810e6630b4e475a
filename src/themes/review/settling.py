"""What people differ on, and somebody settling it under an id of their own, beside which all that was decided stays."""

from collections.abc import Collection
from dataclasses import dataclass

from themes.code.decided import Opinion
from themes.records.coding import ADJUDICATOR, is_adjudicator
from themes.records.decision import Decision
from themes.review.deciding import decided, taken_back
from themes.review.held import Held
from themes.review.study import Study


@dataclass(frozen=True, slots=True)
class Difference:
    """An excerpt on which people hold different things."""

    segment_id: str
    code_ids: tuple[str, ...]
    """The codes to which one says yes and another no, in the order of the codebook."""
    settled_by: str
    """The pseudonym of whoever settled all of them last; empty: nobody has."""


def differences(study: Study, held: Held) -> list[Difference]:
    """All excerpts on which people differ, those that nobody settled first; none that two people still judge blind."""
    found = [_difference(study, held, each) for each in held.decided_on() if not held.is_hidden(each)]
    return sorted((one for one in found if one is not None), key=lambda one: bool(one.settled_by))


def difference_on(study: Study, held: Held, segment_id: str) -> Difference | None:
    """What people differ on in one excerpt; None if they do not, or it may not be seen yet."""
    return None if held.is_hidden(segment_id) else _difference(study, held, segment_id)


def _difference(study: Study, held: Held, segment_id: str) -> Difference | None:
    said = held.opinions_on(segment_id)
    if len({one.coder_id for one in said}) < 2 or not study.words(segment_id):
        return None
    yes, no = ({o.code_id for o in of_coders(said) if o.applies is answer} for answer in (True, False))
    code_ids = tuple(code.code_id for code in study.codebook.codes if code.code_id in yes & no)
    if not code_ids:
        return None
    settled = [one for one in said if is_adjudicator(one.coder_id)]
    whole = {one.code_id for one in settled}.issuperset(code_ids)
    by = max(settled, key=lambda one: one.made_at).coder_id if whole else ""
    return Difference(segment_id, code_ids, by.removeprefix(ADJUDICATOR))


def of_coders(said: Collection[Opinion]) -> list[Opinion]:
    """What people hold as coders, without what was settled."""
    return [one for one in said if not is_adjudicator(one.coder_id)]


def adjudicator_id(coder_id: str) -> str:
    """Under which id somebody settles."""
    return f"{ADJUDICATOR}{coder_id}"


def settled(
    study: Study, held: Held, segment_id: str, chosen: Collection[str], *, act_id: str, by: str
) -> list[Decision]:
    """The decisions that say: whatever anybody held, of this excerpt these codes apply, and no other.

    Args:
        study: The run that was looked at.
        held: What people hold.
        segment_id: The excerpt.
        chosen: The codes that apply.
        act_id: From `new_act_id`.
        by: The pseudonym of whoever settles.

    Raises:
        WrongUse: If there is no such excerpt, or no such code.
    """
    given = {o.code_id for o in held.opinions_on(segment_id) if o.applies and o.code_id in study.codebook}
    return decided(
        study,
        segment_id,
        chosen,
        shown=sorted(given),
        act_id=act_id,
        coder_id=adjudicator_id(by),
        sampling=held.sampling_of(segment_id),
    )


def opened_again(study: Study, held: Held, segment_id: str, *, act_id: str) -> list[Decision]:
    """The decisions that take back what was settled of an excerpt, whoever settled it.

    Raises:
        WrongUse: If there is no such excerpt.
    """
    rows: dict[str, list[str]] = {}
    for one in held.opinions_on(segment_id):
        if is_adjudicator(one.coder_id):
            rows.setdefault(one.coder_id, []).append(one.code_id)
    return [
        decision
        for number, (coder_id, code_ids) in enumerate(rows.items())
        for decision in taken_back(study, segment_id, code_ids, act_id=f"{act_id}-{number}", coder_id=coder_id)
    ]
