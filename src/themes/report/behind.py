"""What stands behind the number of a theme: whose codings, which decisions, which masks, and where all excerpts are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from themes.estimate.standing import standing
from themes.records.coding import is_machine
from themes.records.corpus import DocumentKind
from themes.records.project import Audience, Release
from themes.records.theme import Theme
from themes.release_text import surrogates_in
from themes.report.counts import Counts

SHORT_HASH = 12


@dataclass(frozen=True, slots=True)
class _Tally:
    by_machine: int
    by_people: int
    turned_down: int
    """Excerpts of which the machine thought so, and a person decided against."""
    with_tags: int


def what_stands_behind(release: Release, themes: Iterable[Theme], counts: Counts) -> Mapping[str, tuple[str, ...]]:
    """Sentences for each theme that is a code, by its id.

    Numbers of excerpts stand only where the number of people may be told, and only for the team: else they would tell
    of it. Small ones are hidden as those of people are.
    """
    tallies = _tallies(release) if release.audience is Audience.TEAM else {}
    checked = any(not is_machine(coding.coder_id) for coding in release.codings)
    return {theme.theme_id: tuple(_sentences(theme, release, counts, tallies, checked)) for theme in themes}


def said_of_all(behind: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The sentences that are the same for every theme, in their order; none if there is no theme."""
    each = list(behind.values())
    return tuple(sentence for sentence in each[0] if all(sentence in one for one in each)) if each else ()


def _tallies(release: Release) -> Mapping[str, _Tally]:
    """How many excerpts by people, not by organisations, of each code."""
    documents = {d.document_id: d for d in release.documents if d.kind is not DocumentKind.ARTICLE}
    segments = {s.segment_id: s for s in release.segments if s.document_id in documents}
    masked = {
        i for i, s in segments.items() if any(span.overlaps(s.span) for span in surrogates_in(documents[s.document_id]))
    }
    stand = [c for c in standing(release.codings) if c.segment_id in segments]
    holds = {(c.segment_id, c.code_id) for c in stand}
    of_machine, of_people, tagged = Counter[str](), Counter[str](), Counter[str]()
    for coding in stand:
        (of_machine if is_machine(coding.coder_id) else of_people)[coding.code_id] += 1
        tagged[coding.code_id] += coding.segment_id in masked
    turned_down: dict[str, set[str]] = defaultdict(set)
    for coding in release.codings:
        key = coding.segment_id, coding.code_id
        if is_machine(coding.coder_id) and coding.applies and coding.segment_id in segments and key not in holds:
            turned_down[coding.code_id].add(coding.segment_id)
    codes = {*of_machine, *of_people, *turned_down}
    return {i: _Tally(of_machine[i], of_people[i], len(turned_down[i]), tagged[i]) for i in codes}


def _sentences(
    theme: Theme, release: Release, counts: Counts, tallies: Mapping[str, _Tally], checked: bool
) -> Iterable[str]:
    coder = release.run.models.get("coder", "")[:SHORT_HASH]
    version = f" Its version is {coder}." if coder else ""
    yield f"A computer read each excerpt.{version} Where a person decided, that counts instead."
    if release.audience is not Audience.TEAM or not theme.code_ids:
        return
    code_id = theme.code_ids[0]
    tally = tallies.get(code_id)
    if tally is not None and counts.people(theme.theme_id) is not None:
        machine, people, down, tagged = (
            f"{n:,}" if n >= release.fewest_cases else f"fewer than {release.fewest_cases}"
            for n in (tally.by_machine, tally.by_people, tally.turned_down, tally.with_tags)
        )
        if checked:
            yield f"Excerpts it rests on: {machine} by the computer alone, {people} by people."
            yield f"People turned down {down}."
        else:
            yield f"Excerpts it rests on: {machine}, all by the computer. Nobody has checked one yet."
        yield f"A tag stands for a personal detail in {tagged} of them."
    yield f"All of them are in export/excerpts.csv, under the code {code_id}."
    yield "Who coded what is in export/codings.csv."
