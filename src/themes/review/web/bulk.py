"""Many excerpts at once: one code accepted where the machine is sure of it, after a look at all of them."""

from urllib.parse import urlencode

from starlette.responses import Response

from themes.errors import EntryTaken
from themes.review.anchors import hash_of_words
from themes.review.deciding import accepted, new_act_id
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.overview import codes_by_group
from themes.store.review_records import add_decisions

MOST = 100
LEAST = (95, 90, 80, 70, 60)
"""Chances, in a hundred, from which on the machine may be followed."""
NEW_VERSION = (
    "The codebook has another version since you opened this: the code may mean something else. Nothing was accepted. "
    "Look at the excerpts again."
)
NEW_WORDS = "Some of these excerpts have changed since you opened this. Nothing was accepted. Look at them again."


def preview(ask: Ask) -> Response:
    """All excerpts for which a code would be accepted, the surest first, each with its words."""
    study, held, _ = ask.desk.look()
    code_id = ask.query.get("code", "") if ask.query.get("code", "") in study.codebook else ""
    least = _least(ask.query.get("least", ""))
    found = []
    if code_id and not ask.desk.blind:
        for segment_id in study.segments:
            # What may tell of risk to life, and what two people judge blind, is read one by one.
            if segment_id in study.flags or held.is_hidden(segment_id):
                continue
            for coding in study.suggested(segment_id):
                sure = coding.code_id == code_id and coding.applies and (coding.probability or 0) * 100 >= least
                if sure and code_id not in held.by_coder(segment_id, ask.person.coder_id):
                    found.append((coding.probability or 0, segment_id))
        found.sort(key=lambda each: -each[0])
    lines = [(chance, study.segments[each], hash_of_words(study.words(each))) for chance, each in found[:MOST]]
    return ask.page(
        "bulk.html",
        study=study,
        code=study.codebook[code_id] if code_id else None,
        least=least,
        leasts=LEAST,
        lines=lines,
        found=len(found),
        groups=codes_by_group(study),
        act=new_act_id(),
        last=held.last_act(ask.person.coder_id),
    )


def accept(ask: Ask) -> Response:
    """Accept a code for the excerpts that are ticked. One undo takes all of it back."""
    study, held, _ = ask.desk.look()
    ids, code_id = ask.form.all("excerpt"), ask.form.one("code")
    if not ids:
        return not_here(ask, "Nothing was ticked, so nothing was accepted.", status=200)
    if len(ids) > MOST or any(ask.desk.hides(held, each) for each in ids):
        return not_here(ask, "Nothing was accepted: this is not what the page offered.", status=400)
    known = {"code": code_id} if code_id in study.codebook else {}
    back = f"/bulk?{urlencode({**known, 'least': _least(ask.form.one('least'))})}"
    if ask.form.one("version") != study.codebook.version:
        return not_here(ask, NEW_VERSION, status=409, back=back)
    if not {f"{each} {hash_of_words(study.words(each))}" for each in ids} <= set(ask.form.all("read")):
        return not_here(ask, NEW_WORDS, status=409, back=back)
    try:
        add_decisions(
            ask.desk.log,
            accepted(study, ids, code_id, act_id=ask.form.one("act"), coder_id=ask.person.coder_id),
        )
    except EntryTaken:
        sentence = "This form was already sent, with other ticks. Undo that one first."
        return not_here(ask, sentence, status=409, back=back)
    held.catch_up()
    return go_to(back)


def _least(told: str) -> int:
    return int(told) if told in map(str, LEAST) else LEAST[1]
