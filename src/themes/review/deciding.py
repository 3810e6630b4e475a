"""From what somebody chose on the page to decisions in the log, and back again."""

import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace

from themes.errors import WrongUse
from themes.records.decision import Decision, Verdict
from themes.review.acts import Act
from themes.review.anchors import hash_of_words
from themes.review.held import Held
from themes.review.study import Study

TOKEN = re.compile(r"a[\w-]{16,64}")


def new_act_id() -> str:
    """For a form: whatever it is sent with counts once, however often it is sent."""
    return f"a{secrets.token_urlsafe(18)}"


def decided(
    study: Study,
    segment_id: str,
    chosen: Collection[str],
    *,
    shown: Collection[str],
    held: Collection[str] = (),
    complete: bool = True,
    act_id: str,
    coder_id: str,
    sampling: str = "purposive",
) -> list[Decision]:
    """The decisions that say: of this excerpt these codes apply, and no other.

    Args:
        study: The run that was looked at.
        segment_id: The excerpt, or a stretch that was marked.
        chosen: The codes that apply.
        shown: The codes that were suggested: accepted if chosen, else rejected.
        held: Codes that this coder gave before: taken back if they are no longer chosen.
        complete: Whether all codes were considered.
        act_id: From `new_act_id`.
        coder_id: Who decides.
        sampling: "probability" or "purposive".

    Raises:
        WrongUse: If there is no such excerpt, or no such code.
    """
    if unknown := [code_id for code_id in (*chosen, *shown) if code_id not in study.codebook]:
        raise WrongUse(f"The codebook of this run lacks {len(set(unknown))} of the codes that were sent.")
    said = [(code_id, Verdict.ACCEPT if code_id in chosen else Verdict.REJECT) for code_id in shown]
    said += [(code_id, Verdict.ADD) for code_id in chosen if code_id not in shown]
    said += [(code_id, Verdict.REJECT) for code_id in held if code_id not in {*chosen, *shown}]
    if complete:
        said.append(("", Verdict.COMPLETE))
    return _written(study, [(segment_id, *each) for each in said], act_id, coder_id, sampling)


def accepted(study: Study, segment_ids: Iterable[str], code_id: str, *, act_id: str, coder_id: str) -> list[Decision]:
    """One code accepted for many excerpts at once; of other codes nothing is said.

    Raises:
        WrongUse: If there is no such code, or no such excerpt.
    """
    if code_id not in study.codebook:
        raise WrongUse("The codebook of this run has no such code.")
    rows = [(segment_id, code_id, Verdict.ACCEPT) for segment_id in dict.fromkeys(segment_ids)]
    return _written(study, rows, act_id, coder_id, "purposive")


def taken_back(study: Study, segment_id: str, code_ids: Iterable[str], *, act_id: str, coder_id: str) -> list[Decision]:
    """The decisions after which somebody has said nothing of an excerpt: of these codes, or of all together.

    Raises:
        WrongUse: If there is no such excerpt.
    """
    rows = [(segment_id, code_id, Verdict.TAKE_BACK) for code_id in (*code_ids, "")]
    return _written(study, rows, act_id, coder_id, "purposive")


def undone(study: Study, held: Held, act: Act) -> list[Decision]:
    """The decisions that put everything back to where it stood before an act."""
    rows = []
    for one in act.decisions:
        earlier = held.before(one)
        verdict = earlier.verdict if earlier else Verdict.TAKE_BACK
        rows.append((one.segment_id, one.code_id, verdict))
    return [
        Decision(
            decision_id=f"u{act.act_id}.{number}",
            run_id=first.run_id,
            segment_id=segment_id,
            code_id=code_id,
            verdict=verdict,
            coder_id=act.coder_id,
            made_at="",
            codebook_version=first.codebook_version,
            sampling=first.sampling,
            text_hash=first.text_hash,
        )
        for number, ((segment_id, code_id, verdict), first) in enumerate(zip(rows, act.decisions, strict=True))
    ]


def redone(act: Act, act_id: str) -> list[Decision]:
    """The decisions that say once more what an undone act said.

    Raises:
        WrongUse: If the id is not from `new_act_id`.
    """
    if not TOKEN.fullmatch(act_id):
        raise WrongUse("The form is not one of this page.")
    return [replace(one, decision_id=f"r{act_id}.{number}", made_at="") for number, one in enumerate(act.decisions)]


def _written(
    study: Study, rows: Iterable[tuple[str, str, Verdict]], act_id: str, coder_id: str, sampling: str
) -> list[Decision]:
    if not TOKEN.fullmatch(act_id):
        raise WrongUse("The form is not one of this page.")
    hashes: dict[str, str] = {}
    decisions = []
    for number, (segment_id, code_id, verdict) in enumerate(rows):
        if segment_id not in hashes:
            words = study.words(segment_id)
            if not words:
                raise WrongUse("The newest run has no such excerpt. Open the queue again.")
            hashes[segment_id] = hash_of_words(words)
        decisions.append(
            Decision(
                decision_id=f"{act_id}.{number}",
                run_id=study.run_id,
                segment_id=segment_id,
                code_id=code_id,
                verdict=verdict,
                coder_id=coder_id,
                made_at="",
                codebook_version=study.codebook.version,
                sampling=sampling,
                text_hash=hashes[segment_id],
            )
        )
    return decisions
