"""One excerpt on which people differ: what each of them held, and somebody settling it."""

from starlette.responses import Response

from themes.errors import EntryTaken
from themes.records.coding import ADJUDICATOR, is_adjudicator
from themes.review.anchors import hash_of_words
from themes.review.deciding import new_act_id
from themes.review.passage import passage
from themes.review.settling import difference_on, of_coders, opened_again, settled
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.excerpt import NEW_VERSION
from themes.review.web.overview import codes_by_group
from themes.store.review_records import add_decisions

NO_DIFFERENCE = "People do not differ on this excerpt, or have not all decided on it yet. Look at the agreement again."


def settle(ask: Ask) -> Response:
    """The excerpt in its text, code by code what each coder held, and the codes that shall apply."""
    study, held, _ = ask.desk.look()
    segment_id = ask.path["segment_id"]
    place, difference = study.stretch(segment_id), difference_on(study, held, segment_id)
    if place is None or difference is None:
        return not_here(ask, NO_DIFFERENCE)
    document, span = place
    said = [o for o in held.opinions_on(segment_id) if o.code_id in study.codebook]
    coders = sorted({o.coder_id for o in of_coders(said)})
    holds = {(o.code_id, o.coder_id): o.applies for o in said}
    final = [o for o in said if is_adjudicator(o.coder_id)]
    together = next(iter(held.together([segment_id])))
    given = [c for c in study.codebook.codes if any(o.applies for o in said if o.code_id == c.code_id)]
    return ask.page(
        "settle.html",
        study=study,
        segment_id=segment_id,
        document=document,
        passage=passage(document, span, (), whole="whole" in ask.query),
        coders=coders,
        rows=[(c, [holds.get((c.code_id, who)) for who in coders], c.code_id in difference.code_ids) for c in given],
        ticked=together.code_ids,
        settled_by=max(final, key=lambda o: o.made_at).coder_id.removeprefix(ADJUDICATOR) if final else "",
        memos=held.memos.get(segment_id, []),
        groups=codes_by_group(study),
        given_ids=[c.code_id for c in given],
        act=new_act_id(),
        hash=hash_of_words(span.of(document.text)),
    )


def decide(ask: Ask) -> Response:
    """Write down how it is settled, or that it is open again; what coders held stays as it is."""
    study, held, _ = ask.desk.look()
    segment_id, form = ask.path["segment_id"], ask.form
    if study.stretch(segment_id) is None or difference_on(study, held, segment_id) is None:
        return not_here(ask, NO_DIFFERENCE)
    if form.one("hash") != hash_of_words(study.words(segment_id)):
        return not_here(ask, "This excerpt has changed since you opened it. Open it again.", status=409)
    if form.one("version") not in {"", study.codebook.version}:
        return not_here(ask, NEW_VERSION, status=409)
    act = form.one("act")
    try:
        if form.one("do") == "open again":
            decisions = opened_again(study, held, segment_id, act_id=act)
        else:
            chosen = list(dict.fromkeys(form.all("code")))
            decisions = settled(study, held, segment_id, chosen, act_id=act, by=ask.person.coder_id)
        add_decisions(ask.desk.log, decisions)
    except EntryTaken:
        return not_here(ask, "This form was already sent, with another answer. Open the excerpt again.", status=409)
    held.catch_up()
    return go_to("/agreement")
