"""The first page: where the review stands. And the queue: what comes next, why, and by which filter."""

from dataclasses import replace

from starlette.responses import Response

from themes.records.corpus import DocumentKind
from themes.review.held import Held
from themes.review.queue import ALL, MINE, READING, SAMPLE, Queue, Wanted, next_open
from themes.review.reasons import REASONS, TOLD
from themes.review.study import Study
from themes.review.web.desk import Ask, go_to
from themes.review.web.filters import fields_of, query_of, speakers, wanted_of

MOST_LINES = 40
WAYS = {
    ALL: "What needs a person most",
    MINE: "What was given to you",
    SAMPLE: "Cases drawn by chance, on which figures rest",
    READING: "As the texts stand",
    **{reason: TOLD[reason].capitalize() for reason in REASONS},
}
"""Each order of the queue in words."""
RISK = "risk"
TELLING = frozenset(REASONS) - {RISK}
"""Orders that tell what the machine says. That a text may tell of a risk to life is hidden from nobody."""


def overview(ask: Ask) -> Response:
    """How many excerpts there are by reason, how many this person has decided, and where to begin."""
    study, held, queue = ask.desk.look()
    done = held.completed(ask.person.coder_id) & set(study.segments)
    rows = []
    for reason, name in WAYS.items():
        if ask.desk.blind and reason in TELLING:
            continue
        order = filtered(ask, held, queue, Wanted(reason=reason))
        if order:
            left = sum(each not in done for each in order)
            rows.append((name, len(order), left, query_of(study, Wanted(reason=reason))))
    return ask.page(
        "overview.html",
        study=study,
        rows=rows,
        done=len(done),
        total=len(study.segments),
        disputed=sum(not held.is_hidden(each) for each in held.disputed()),
        concerns=len(held.concerns),
        documents=len(study.documents),
    )


def queue(ask: Ask) -> Response:
    """The filter, and the excerpts that pass it, those that are not done first."""
    study, held, queue_ = ask.desk.look()
    wanted = wanted_of(study, ask.query)
    found = filtered(ask, held, queue_, wanted)
    done = held.completed(ask.person.coder_id)
    left = [each for each in found if each not in done]
    at = int(told) if (told := ask.query.get("from", "")).isascii() and told.isdigit() and len(told) < 8 else 0
    shown = left[at : at + MOST_LINES]
    lines = [
        {
            "segment": study.segments[each],
            "document": study.documents[study.segments[each].document_id],
            "reasons": [r for r in queue_.reasons_for(each) if r == RISK or not ask.desk.hides(held, each)],
            "codes": [] if ask.desk.hides(held, each) else study.suggested(each),
        }
        for each in shown
    ]
    return ask.page(
        "queue.html",
        study=study,
        wanted=wanted,
        query=query_of(study, wanted),
        fields=fields_of(study, wanted),
        lines=lines,
        total=len(found),
        left=len(left),
        at=at,
        further=query_of(study, wanted, **{"from": str(at + MOST_LINES)}) if at + MOST_LINES < len(left) else "",
        ways=[(w, name) for w, name in WAYS.items() if (w != SAMPLE or held.sample) and (w != MINE or held.given)],
        kinds=[kind for kind in DocumentKind if any(d.kind is kind for d in study.documents.values())],
        speakers=speakers(study),
        codes_by_group=codes_by_group(study),
    )


def next_excerpt(ask: Ask) -> Response:
    """Send somebody to the next excerpt of their queue."""
    study, held, queue_ = ask.desk.look()
    wanted = wanted_of(study, ask.query)
    found = filtered(ask, held, queue_, wanted)
    following = next_open(found, held.completed(ask.person.coder_id), ask.query.get("after", ""))
    if following is None:
        last = held.last_act(ask.person.coder_id)
        return ask.page("done.html", study=study, query=query_of(study, wanted), any=bool(found), last=last)
    return go_to(f"/excerpt/{following}{query_of(study, wanted)}")


def filtered(ask: Ask, held: Held, queue_: Queue, wanted: Wanted) -> list[str]:
    """The excerpts that pass a filter, without those that were given to others; blind, without those of which the
    filter would tell what the machine says."""
    if ask.desk.blind:
        wanted = replace(wanted, code_id="", reason=ALL if wanted.reason in TELLING else wanted.reason)
    me, given = ask.person.coder_id, held.given
    mine = [each for each, to in given.items() if me in to]
    found = queue_.found(wanted, first=list(held.concerns), cases=list(held.sample), mine=mine)
    if given:
        found = [each for each in found if me in given.get(each, (me,)) or each in held.concerns]
    if (wanted.code_id or wanted.reason in TELLING) and (hidden := held.hidden()):
        found = [each for each in found if each not in hidden]
    return found


def codes_by_group(study: Study) -> list[tuple[str, list[tuple[str, str]]]]:
    """Group name to (id, name) of its codes; codes without a group last."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in study.codebook.codes:
        name = study.codebook.groups.get(code.parent_id or "", "")
        groups.setdefault(name, []).append((code.code_id, code.name))
    return sorted(groups.items(), key=lambda group: not group[0])
