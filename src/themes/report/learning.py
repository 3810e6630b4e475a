"""The page on what was learned from people's decisions, for the team: agreement before and after, and codebook work."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from themes.estimate.agreement import ALL_CODES, WITH, WITHOUT
from themes.reader_words import number
from themes.records.anchor import Hold
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.coding import is_machine
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement
from themes.records.project import Audience, Release
from themes.report.excerpts import Excerpt, Said, excerpt_maker
from themes.report.html import write_page
from themes.report.words import day, named

PAGE = "learning.html"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """How well the coder agrees with people on one code, in words."""

    name: str
    excerpts: str
    f1_before: str
    f1_after: str
    kappa_before: str
    kappa_after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One piece of work on the codebook."""

    sentence: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True)
class LearningPage:
    """All that the page says; the template only lays it out."""

    release: Release
    made: str
    in_short: tuple[str, ...]
    codes: tuple[CodeRow, ...]
    silent: tuple[str, ...]
    """Codes with too few people's excerpts to say."""
    confused: tuple[Proposal, ...]
    misleading: tuple[Proposal, ...]
    uncovered: tuple[Proposal, ...]
    stale: tuple[CarriedDecision, ...]


def write_learning_page(release: Release, folder: Path) -> Path | None:
    """Write `learning.html` beside the report.

    Returns:
        Its path; None if nobody has decided anything, or the release is not for the team, who alone may see it.

    Raises:
        StoreError: If the file cannot be written.
    """
    if not release.decisions or release.audience is not Audience.TEAM:
        return None
    return write_page(compose_learning(release), folder / PAGE, template=PAGE)


def compose_learning(release: Release) -> LearningPage:
    """Choose what is said."""
    propose = _proposer(release)
    rows = tuple(_code_rows(release))
    told = {row.name for row in rows}
    return LearningPage(
        release=release,
        made=day(release.run.started_at),
        in_short=tuple(in_short(release)),
        codes=rows,
        silent=tuple(name for code in release.codebook.codes if (name := _name(release, code.code_id)) not in told),
        confused=tuple(propose(Work.CONFUSED, Work.DISPUTED)),
        misleading=tuple(propose(Work.TOO_WIDE, Work.TOO_NARROW)),
        uncovered=tuple(propose(Work.UNCOVERED)),
        stale=tuple(one for one in release.decisions if one.hold is Hold.STALE),
    )


def in_short(release: Release) -> Iterator[str]:
    """The page in a few sentences; nothing if nobody has decided anything."""
    if not release.decisions:
        return
    decided = [coding for coding in release.codings if not is_machine(coding.coder_id)]
    people = number(len({coding.coder_id for coding in decided}), "person has", "people have")
    excerpts = number(len({coding.segment_id for coding in decided}), "excerpt")
    yield f"{people} decided on {excerpts} in these texts." if decided else "No decision holds in these texts."
    together = {one.coders[1]: one for one in release.agreements if (one.code_id, one.measure) == (ALL_CODES, "F1")}
    if WITHOUT in together and WITH in together:
        before, after = together[WITHOUT], together[WITH]
        yield (
            f"The computer’s agreement with people, over all codes, is {_figure(before)} without their decisions and "
            f"{_figure(after)} with them. It was tried on excerpts that it had not seen."
        )
    elif not release.run.tells_agreement:
        yield "How far the computer and people agree is not told: this study does not aim for two readers to agree."
    else:
        yield (
            f"It is too soon to say how well the computer agrees with people. That takes excerpts of "
            f"{release.fewest_cases} people of which all has been said."
        )
    if release.codebook_work:
        yield f"The decisions point to {number(len(release.codebook_work), 'piece')} of work on the codebook."
    stale = sum(one.hold is Hold.STALE for one in release.decisions)
    if stale:
        yield f"{number(stale, 'decision holds', 'decisions hold')} no more, and should be looked at again."


def _code_rows(release: Release) -> Iterator[CodeRow]:
    found = {(one.code_id, one.coders[1], one.measure): one for one in release.agreements}
    for code_id in (ALL_CODES, *(code.code_id for code in release.codebook.codes)):
        own = [one for one in release.agreements if one.code_id == code_id]
        if own:
            f1, kappa = ([found.get((code_id, name, m)) for name in (WITHOUT, WITH)] for m in ("F1", "Cohen's kappa"))
            yield CodeRow(
                _name(release, code_id) if code_id else "All codes together",
                f"{own[0].segments:,}",
                _with_range(f1[0]),
                _with_range(f1[1]),
                _with_range(kappa[0]),
                _with_range(kappa[1]),
            )


def _proposer(release: Release) -> Callable[..., Iterable[Proposal]]:
    show = excerpt_maker(release)
    segments = {segment.segment_id: segment for segment in release.segments}
    documents = {document.document_id: document for document in release.documents}

    def propose(*kinds: Work) -> Iterator[Proposal]:
        for one in release.codebook_work:
            if one.what in kinds:
                shown = [segments[i] for i in one.segment_ids if i in segments and i not in release.withheld]
                excerpts = tuple(show(Said(segment, documents[segment.document_id])) for segment in shown)
                yield Proposal(_sentence(one, release), excerpts)

    return propose


def _sentence(proposal: CodebookProposal, release: Release) -> str:
    few = f"excerpts of fewer than {release.fewest_cases} people"
    count, out_of = proposal.excerpts, proposal.out_of
    some = few if count is None else f"{count:,} of {number(out_of or 0, 'excerpt')}"
    names = [_name(release, code_id) for code_id in proposal.code_ids]
    match proposal.what:
        case Work.CONFUSED:
            return f"The computer says {named(names[:1])} where people say {named(names[1:])}: in {some}."
        case Work.DISPUTED:
            return f"One person says {named(names[:1])} where another says {named(names[1:])}: in {some}."
        case Work.TOO_WIDE:
            spoke = f" What spoke for it: {'; '.join(proposal.words)}." if proposal.words else ""
            return (
                f"{named(names)} may be worded too widely: its own words say yes where people say no, in {some}.{spoke}"
            )
        case Work.TOO_NARROW:
            return f"{named(names)} may be worded too narrowly: its own words say no where people say yes, in {some}."
    if proposal.theme_id:
        theme = next((theme.name for theme in release.themes if theme.theme_id == proposal.theme_id), proposal.theme_id)
        return f"No code covers most of the theme {named([theme])}: {some}."
    return f"People left these without a code, and they are in no such theme: {some}."


def _name(release: Release, code_id: str) -> str:
    if code_id not in release.codebook:
        return code_id
    code = release.codebook[code_id]
    return code.label or code.name


def _figure(one: Agreement) -> str:
    return f"{one.value:.2f} (from {one.low:.2f} to {one.high:.2f})"


def _with_range(one: Agreement | None) -> str:
    return "–" if one is None else f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})"
