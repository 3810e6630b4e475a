"""Who codes what: given in turn or by hand, how far everybody is, and taking back what is not done."""

from collections.abc import Sequence

from starlette.responses import Response

from themes.errors import EntryTaken, WrongUse
from themes.records.assignment import Assignment
from themes.review.assigning import add_assignments, in_turn
from themes.review.deciding import TOKEN, new_act_id
from themes.review.held import Held
from themes.review.queue import ALL, SAMPLE, Queue, Wanted
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to, not_here
from themes.review.web.overview import WAYS

HOW_MANY = (10, 20, 40, 80, 160)
SHARES = (0, 10, 20, 50, 100)
"""Of a hundred units, how many two people read."""
NOT_OFFERED = "Nothing was given: choose among what the page offers."


def assign(ask: Ask) -> Response:
    """A form to give in turn, one to give by hand, and what everybody has been given."""
    study, held, _ = ask.desk.look()
    coders = list(ask.desk.coders())
    named = dict.fromkeys((*coders, *(who for to in held.given.values() for who in to)))
    hidden = held.hidden()
    rows = []
    for who in named:
        theirs = [each for each, to in held.given.items() if who in to]
        left = _left(held, who, theirs)
        rows.append((who, len(theirs), len(left), sum(len(held.given[each]) > 1 for each in theirs)))
    asked = ask.query.get("excerpt", "")
    return ask.page(
        "assign.html",
        study=study,
        coders=coders,
        rows=rows,
        blind=len(hidden),
        ways=[(way, name) for way, name in WAYS.items() if way in _orders(held)],
        drawn=len(_sampled(study, held)),
        how_many=HOW_MANY,
        shares=SHARES,
        excerpt=asked if asked in study.segments else "",
        act=new_act_id(),
    )


def give(ask: Ask) -> Response:
    """Write down who is given what."""
    study, held, queue = ask.desk.look()
    form, act = ask.form, ask.form.one("act")
    people = [who for who in ask.desk.coders() if who in form.all("to")]
    if not TOKEN.fullmatch(act):
        raise WrongUse("The form is not one of this page.")
    if form.one("do") == "take back":
        given = _taken_back(held, form.one("from"))
    elif form.one("do") == "by hand":
        given = _by_hand(study, form.one("excerpt").strip(), people, of_case="case" in form.values)
    else:
        given = _in_turn(ask, study, held, queue, people)
    if not given:
        return not_here(ask, "There was nothing to give, or to take back.", status=200)
    try:
        add_assignments(ask.desk.log, given, act_id=act, by=ask.person.coder_id)
    except EntryTaken:
        return not_here(ask, "This form was already sent, with something else. Look at the page again.", status=409)
    held.catch_up()
    return go_to("/assign")


def _in_turn(ask: Ask, study: Study, held: Held, queue: Queue, people: Sequence[str]) -> list[Assignment]:
    way, told, share = (ask.form.one(name) for name in ("what", "many", "share"))
    if way not in _orders(held) or told not in map(str, HOW_MANY) or share not in map(str, SHARES):
        raise WrongUse(NOT_OFFERED)
    if way == SAMPLE:
        # Which cases two people read was decided by lot when they were drawn.
        cases = _sampled(study, held)[: int(told)]
        double = {each for each in cases if held.sample[each].is_double}
        return in_turn(cases, people, of_case=True, double=double)
    begun = held.begun()
    free = (each for each in queue.found(Wanted(reason=way)) if each not in held.given and each not in begun)
    ids = [each for each, _ in zip(free, range(int(told)), strict=False)]
    return in_turn(ids, people, of_case=False, double_share=int(share) / 100)


def _by_hand(study: Study, segment_id: str, people: Sequence[str], *, of_case: bool) -> list[Assignment]:
    if segment_id not in study.segments:
        raise WrongUse("The newest run has no excerpt of that id. It stands below the text of each excerpt.")
    if len(people) > 2:
        raise WrongUse("An excerpt is given to one person, or to two. Nothing was given.")
    unit_id = study.segments[segment_id].case_id if of_case else segment_id
    return [Assignment(unit_id, of_case, tuple(people))] if people else []


def _taken_back(held: Held, who: str) -> list[Assignment]:
    """Everything that somebody was given and has not decided, given to nobody, or to the other of two alone."""
    theirs = [each for each, to in held.given.items() if who in to]
    return [
        Assignment(each, of_case=False, coder_ids=tuple(other for other in held.given[each] if other != who))
        for each in _left(held, who, theirs)
    ]


def _left(held: Held, who: str, theirs: Sequence[str]) -> list[str]:
    done = held.completed(who)
    return [each for each in theirs if each not in done]


def _orders(held: Held) -> tuple[str, ...]:
    return (ALL, SAMPLE, *_REASONS) if held.sample else (ALL, *_REASONS)


def _sampled(study: Study, held: Held) -> list[str]:
    """The drawn cases of which nothing was given yet."""
    return [c for c in held.sample if study.by_case.get(c) and held.given.keys().isdisjoint(study.by_case[c])]


_REASONS = tuple(way for way in WAYS if way not in {ALL, SAMPLE, "mine"})
