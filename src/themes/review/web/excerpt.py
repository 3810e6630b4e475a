"""The loop: an excerpt in its text, what is suggested, one answer, and on to the next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from themes.errors import EntryTaken, WrongUse
from themes.records.coding import Memo
from themes.records.corpus import Document
from themes.records.segment import Segment
from themes.records.span import Span
from themes.review.acts import Act
from themes.review.anchors import hash_of_words, span_of
from themes.review.deciding import decided, new_act_id, redone, undone
from themes.review.held import Held
from themes.review.passage import nudged, passage
from themes.review.queue import next_open
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.filters import fields_of, query_of, wanted_of
from themes.review.web.keys import keys_of
from themes.review.web.overview import codes_by_group, filtered
from themes.review.web.ticks import carried, choices_of, ticked_in
from themes.store.review_records import add_decisions, add_memo

LONGEST_MEMO = 10_000
TOO_LONG = f"A memo can have {LONGEST_MEMO:,} characters. Nothing was kept."
NEW_VERSION = (
    "The codebook has another version since you opened this: its codes may mean something else. Nothing was decided. "
    "Open it again."
)
NUDGES = ("start-back", "start-on", "end-back", "end-on")
GONE = "The newest run has no such excerpt. Its text may have changed, or been withdrawn: open the queue again."


@dataclass(frozen=True, slots=True)
class Marked:
    """Another stretch of the same text on which somebody decided."""

    segment_id: str
    words: str
    codes: tuple[str, ...]
    overlaps: bool


def excerpt(ask: Ask) -> Response:
    """An excerpt, or a stretch that somebody marked, ready to be decided on."""
    study, held, queue = ask.desk.look()
    segment_id = ask.path["segment_id"]
    place = study.stretch(segment_id)
    if place is None:
        return not_here(ask, GONE)
    document, span = place
    wanted = wanted_of(study, ask.query)
    found = filtered(ask, held, queue, wanted)
    done = held.completed(ask.person.coder_id)
    said = held.by_coder(segment_id, ask.person.coder_id)
    blind = ask.desk.hides(held, segment_id)
    choices = choices_of(study, segment_id, said, blind=blind, ticked=ticked_in(study, ask.query))
    marked = _marked(study, held, document, span, segment_id, ask)
    of = ask.query.get("of", "") if study.stretch(ask.query.get("of", "")) else ""
    query, ticks = query_of(study, wanted), carried(study, ask.query)
    return ask.page(
        "excerpt.html",
        study=study,
        segment_id=segment_id,
        cut_out=study.segments.get(segment_id),
        document=document,
        case=study.cases.get(document.case_id),
        passage=passage(document, span, (span_of(m.segment_id)[1] for m in marked), whole="whole" in ask.query),
        words=span.of(document.text),
        blind=blind,
        # Not "hidden": the template has a macro of that name, which is always there.
        waits=held.is_hidden(segment_id),
        choices=choices,
        chosen_ids=[c.code.code_id for c in choices],
        groups=codes_by_group(study),
        marked=marked,
        said=said,
        is_complete=held.is_complete(segment_id, ask.person.coder_id),
        flag=study.flags.get(segment_id),
        concern=held.concerns.get(segment_id),
        memos=held.memos.get(segment_id, []),
        own_memo=(noted := _own_memo(held.memos.get(segment_id, []), ask.person.coder_id)),
        noted=hash_of_words(noted),
        why=[] if blind else queue.reasons_for(segment_id),
        nudges=_nudges(document, span, {**fields_of(study, wanted), "of": of or segment_id, **ticks}),
        along=query_of(study, wanted, **ticks),
        act=new_act_id(),
        hash=hash_of_words(span.of(document.text)),
        fields=fields_of(study, wanted),
        query=query,
        of=of,
        left=sum(each not in done for each in found),
        total=len(found),
        keys=keys_of(ask.keys),
        may_decide=ask.person.role != "viewer",
        drawn=document.case_id in held.sample,
        last=held.last_act(ask.person.coder_id),
        undone=held.last_undone(ask.person.coder_id),
    )


def decide(ask: Ask) -> Response:
    """Write down what somebody decided about an excerpt, and send them on."""
    study, held, queue = ask.desk.look()
    segment_id, form = ask.path["segment_id"], ask.form
    words = study.words(segment_id)
    if not words:
        return not_here(ask, GONE)
    if form.one("hash") != hash_of_words(words):
        return not_here(ask, "This excerpt has changed since you opened it. Open it again.", status=409)
    if form.one("version") not in {"", study.codebook.version}:
        return not_here(ask, NEW_VERSION, status=409)
    coder_id, act_id = ask.person.coder_id, form.one("act")
    said = held.by_coder(segment_id, coder_id)
    memo = new_memo(ask, segment_id)
    if memo is not None and len(memo.text) > LONGEST_MEMO:
        return not_here(ask, TOO_LONG, status=400)
    offered = [] if ask.desk.hides(held, segment_id) else [c.code_id for c in study.suggested(segment_id)]
    try:
        decisions = decided(
            study,
            segment_id,
            () if form.one("do") == "none" else list(dict.fromkeys(form.all("code"))),
            shown=[code_id for code_id in offered if code_id in form.all("shown")],
            held=[code_id for code_id, applies in said.items() if applies],
            act_id=act_id,
            coder_id=coder_id,
            sampling=held.sampling_of(segment_id),
        )
        add_decisions(ask.desk.log, decisions)
        if memo is not None:
            add_memo(ask.desk.log, f"md{act_id}", memo)
    except EntryTaken:
        return not_here(
            ask, "This form was already sent, with another answer. Undo that one, or decide again.", status=409
        )
    held.catch_up()
    wanted = wanted_of(study, {name: form.one(name) for name in form.values})
    of = form.one("of") or segment_id
    following = next_open(filtered(ask, held, queue, wanted), held.completed(coder_id), of)
    if following is None:
        return go_to(f"/next{query_of(study, wanted)}")
    return go_to(f"/excerpt/{following}{query_of(study, wanted)}")


def undo(ask: Ask) -> Response:
    """Take back what this person did last, and show it to them again."""
    study, held, _ = ask.desk.look()
    act = held.last_act(ask.person.coder_id)
    if act is None:
        return not_here(ask, "There is nothing to undo.", status=200)
    # A form that is sent twice undoes one thing: it names what it meant.
    if ask.form.one("act") != act.act_id:
        raise WrongUse("That was undone already, or you have decided something since. Nothing was undone.")
    add_decisions(ask.desk.log, undone(study, held, act))
    return _back_to(ask, study, held, act)


def redo(ask: Ask) -> Response:
    """Do once more what this person undid last."""
    study, held, _ = ask.desk.look()
    act = held.last_undone(ask.person.coder_id)
    if act is None:
        return not_here(ask, "There is nothing to do once more.", status=200)
    # A form that is sent twice does one thing: it names what it meant.
    if ask.form.one("undone") != act.act_id:
        raise WrongUse("That was done once more already.")
    add_decisions(ask.desk.log, redone(act, ask.form.one("act")))
    return _back_to(ask, study, held, act)


def _back_to(ask: Ask, study: Study, held: Held, act: Act) -> Response:
    """Show the excerpt that an act was about; of many, the queue."""
    held.catch_up()
    wanted = wanted_of(study, {name: ask.form.one(name) for name in ask.form.values})
    first = act.decisions[0].segment_id
    if len({one.segment_id for one in act.decisions}) > 1 or study.stretch(first) is None:
        return go_to(f"/queue{query_of(study, wanted)}")
    return go_to(f"/excerpt/{first}{query_of(study, wanted)}")


def _marked(study: Study, held: Held, document: Document, span: Span, segment_id: str, ask: Ask) -> list[Marked]:
    found = []
    for each in held.marked(document.document_id):
        place = study.stretch(each)
        if place is None or each == segment_id:
            continue
        opinions = held.opinions_on(each)
        if ask.desk.hides(held, each):
            opinions = [o for o in opinions if o.coder_id == ask.person.coder_id]
        names = dict.fromkeys(study.codebook[o.code_id].name for o in opinions if o.applies)
        if names:
            found.append(Marked(each, place[1].of(document.text), tuple(names), place[1].overlaps(span)))
    return sorted(found, key=lambda m: span_of(m.segment_id)[1])


def _nudges(document: Document, span: Span, fields: dict[str, str]) -> dict[str, str]:
    """Where the stretch with one end moved by a word is; empty where it cannot be."""
    found = dict.fromkeys(NUDGES, "")
    for which in NUDGES:
        moved = nudged(document.text, span, which)
        if moved is not None:
            found[which] = f"/excerpt/{document.document_id}:{moved.start}-{moved.end}?{urlencode(fields, safe=':')}"
    return found


def new_memo(ask: Ask, segment_id: str) -> Memo | None:
    """The memo that was sent along with something else; None if it says what the page showed."""
    form = ask.form
    text = form.one("memo").strip()
    if "memo" not in form.values or hash_of_words(text) == form.one("noted"):
        return None
    return Memo(segment_id, ask.person.coder_id, text, "")


def _own_memo(memos: list[Memo], author: str) -> str:
    return next((memo.text for memo in memos if memo.author == author), "")


def segment_or_stretch(study: Study, segment_id: str) -> Segment | None:
    """The excerpt of that id; of a stretch that somebody marked, one like it."""
    if (place := study.stretch(segment_id)) is None:
        return None
    document, span = place
    return study.segments.get(segment_id) or Segment(
        segment_id, document.document_id, document.case_id, span, span.of(document.text), document.prompt
    )
