"""What is new since the run before: texts, themes, and numbers that moved. For the team, who have both reports.

A change is a number of people too: fewer than the release's threshold are not told, however large the two numbers are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from themes.coarser import is_count
from themes.estimate.standing import people_documents
from themes.reader_words import number
from themes.records.estimate import Prevalence
from themes.records.project import EarlierRun, Release
from themes.records.theme import Theme, ThemeOrigin
from themes.report.counts import Counts
from themes.report.words import day, named

MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """A theme whose number of people moved."""

    theme_id: str
    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class News:
    """What a reader of the run before needs to know."""

    since: str
    run_id: str
    texts: tuple[str, ...]
    born: tuple[tuple[str, str], ...]
    """(theme_id, name) of themes that no code stands for."""
    themes: tuple[str, ...]
    """Sentences on themes and codes that came, went or have another name."""
    moved: tuple[Moved, ...]
    """The largest change first."""
    counts: tuple[str, ...]
    """Sentences on the numbers."""
    caution: str = ""
    """Why numbers may move though people speak as they did."""


def news(release: Release, counts: Counts, themes: Sequence[Theme]) -> News | None:
    """What is new since the run before; None where there is none to compare with.

    Args:
        release: For the team; a public edition tells nothing of other runs.
        counts: Of this release.
        themes: The guided themes as the report shows them.
    """
    earlier = release.earlier
    if earlier is None:
        return None
    now = {t.theme_id: t for t in release.themes if t.origin is ThemeOrigin.EMERGENT}
    before = {t.theme_id: t for t in earlier.themes if t.origin is ThemeOrigin.EMERGENT}
    moved, said = _numbers(release, earlier, counts, [*themes, *(now[i] for i in now if i in before)])
    came, went = _texts(release, earlier)
    return News(
        since=day(earlier.started_at),
        run_id=earlier.run_id,
        texts=tuple(_of_texts(came, went)),
        born=tuple((theme_id, now[theme_id].name) for theme_id in counts.largest_first(now) if theme_id not in before),
        themes=(*_codes(themes, earlier, release.run.codebook_version), *_emergent(now, before)),
        moved=tuple(moved),
        counts=tuple(said),
        caution=" ".join(_caution(came, learned=earlier.coder != release.run.models.get("coder", ""))),
    )


def _texts(release: Release, earlier: EarlierRun) -> tuple[int, int]:
    """How many came, and how many went."""
    now = {document.document_id for document in people_documents(release.documents)}
    return len(now - earlier.documents), len(earlier.documents - now)


def _caution(came: int, *, learned: bool) -> Iterable[str]:
    yield "These are what the computer suggests, unchecked."
    if came:
        yield "More people may only mean that more were asked."
    if learned:
        yield "The computer has learned since then. So a number can move though nobody new speaks of it."


def _of_texts(came: int, went: int) -> Iterable[str]:
    yield f"{number(came, 'text')} came in since then." if came else "No text came in since then."
    if went:
        yield f"{number(went, 'text')} of then {'is' if went == 1 else 'are'} here no more."


def _codes(themes: Sequence[Theme], earlier: EarlierRun, codebook_version: str) -> Iterable[str]:
    if earlier.codebook_version == codebook_version:
        return  # a code that nobody spoke of is no theme of its run, and still in the codebook
    then = {t.theme_id: t.name for t in earlier.themes if t.origin is ThemeOrigin.GUIDED}
    now = {t.theme_id: t.name for t in themes}
    if came := [now[i] for i in now if i not in then]:
        yield f"New in the codebook, or spoken of for the first time: {_some(came)}."
    if went := [then[i] for i in then if i not in now]:
        yield f"No longer in the codebook: {_some(went)}."


def _emergent(now: Mapping[str, Theme], before: Mapping[str, Theme]) -> Iterable[str]:
    if gone := [before[i].name for i in before if i not in now]:
        yield f"Found then and not now, among themes that nobody asked for: {_some(gone)}."
    for theme_id in now:
        if theme_id in before and before[theme_id].name != now[theme_id].name:
            yield f"“{now[theme_id].name}” was called “{before[theme_id].name}”."


def _numbers(
    release: Release, earlier: EarlierRun, counts: Counts, themes: Iterable[Theme]
) -> tuple[list[Moved], list[str]]:
    if earlier.codebook_version != release.run.codebook_version:
        return [], ["The codebook has changed since then, so the two runs did not count the same things."]
    then = {p.theme_id: p.cases_with for p in earlier.prevalences if _of_everyone(p) and is_count(p)}
    names = {t.theme_id: t.name for t in themes}
    both = {i: (now, was) for i in names if (now := counts.people(i)) is not None and (was := then.get(i)) is not None}
    moved = [Moved(i, names[i], now, was) for i, (now, was) in both.items() if abs(now - was) >= release.fewest_cases]
    moved.sort(key=lambda m: (-abs(m.now - m.before), m.name))
    said = []
    if still := len(both) - len(moved):
        said.append(
            f"The numbers of {number(still, 'theme')} moved by fewer than {release.fewest_cases} people, or not at all."
        )
    if came := [names[i] for i in names if i in then and then[i] is None and counts.people(i) is not None]:
        said.append(f"Enough people speak of it now to give a number: {_some(came)}.")
    if went := [names[i] for i in names if then.get(i) is not None and counts.people(i) is None]:
        said.append(f"It had a number then, and it is hidden now: {_some(went)}.")
    return moved, said


def _of_everyone(p: Prevalence) -> bool:
    return not (p.group or p.question or p.period)


def _some(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return named(names)
    return f"{named(names[:MOST_NAMED])}, and {len(names) - MOST_NAMED} more"
