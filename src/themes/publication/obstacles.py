"""What stands against a public edition of a run, in plain words."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.attribution import KIND, QUESTION, may_say_of_writers
from themes.disclosure import release
from themes.publication.ledger import Given, Published, as_published, given_away
from themes.publication.quotes import agreed_to_be_quoted, is_high, quotable, searchable
from themes.records.corpus import Document, DocumentKind
from themes.records.privacy import LogEntry
from themes.records.project import Audience, Project, Release
from themes.records.release import Against, Approval, Obstacle
from themes.records.residual import Measure
from themes.records.segment import Segment
from themes.release_text import as_released
from themes.whole_numbers import Contradiction

FEWEST_IN_PUBLIC = 10
"""Counts of people below this are not for the public (evidence.md); a corpus may hide more."""
MOST_ROWS_NAMED = 5


@dataclass(frozen=True)
class Candidate:
    """A run as it might be published."""

    project: Project
    fewest_cases: int
    consent_to_quote: tuple[str, ...]
    log: Mapping[str, int]
    """Document to how many details of it the release profile had to replace (`details_to_replace`)."""
    earlier: tuple[str, ...] = ()
    """Other runs of the corpus that have a public edition of which the ledger does not know."""
    ledger: tuple[Published, ...] = ()
    left_out: frozenset[str] = frozenset()
    measured: bool = True
    """Whether what is left was measured in every part of the run."""
    corrected: frozenset[str] = frozenset()
    """Documents that show what somebody has marked as a personal detail since."""

    @property
    def quotes(self) -> tuple[Segment, ...]:
        return quotable(self.project, self.consent_to_quote, left_out=self.left_out)

    @property
    def edition(self) -> Release:
        """The public edition, as if somebody had approved it."""
        shown = frozenset(quote.segment_id for quote in self.quotes)
        approval = Approval("", "", shown)
        return release(self.project, Audience.PUBLIC, fewest_cases=self.fewest_cases, approval=approval)


def details_to_replace(log: Iterable[LogEntry]) -> dict[str, int]:
    """How many details of each document the release profile masks or makes vaguer, as de-identification logged."""
    return Counter(e.document_id for e in log if e.profile == "release" and e.action in ("masked", "generalised"))


def obstacles(candidate: Candidate) -> list[Obstacle]:
    """All that stands against publishing the candidate, what cannot be accepted first.

    Nothing here depends on what was accepted. Empty only if nothing at all was found.
    """
    project, quotes, edition = candidate.project, candidate.quotes, candidate.edition
    if not (project.residual and candidate.measured):
        return [
            _obstacle(
                Against.NOT_MEASURED,
                "What could still point to somebody was never measured in this run. Run the corpus again.",
                acceptable=False,
            )
        ]
    return [
        *_profile_not_applied(candidate),
        *_corrected_since(candidate),
        *_small_cells(candidate, edition, quotes),
        *_by_subtraction(candidate, edition),
        *_found_again(project, candidate.fewest_cases),
        *_searchable(project, quotes),
        *_picked_out(project),
        *_flagged(project),
        *_without_consent(candidate),
        *_low_threshold(candidate),
        *_earlier(candidate),
    ]


def _profile_not_applied(candidate: Candidate) -> Iterator[Obstacle]:
    short = [
        document.document_id
        for document in candidate.project.documents
        if len(as_released(document).replacements) != candidate.log.get(document.document_id, 0)
    ]
    if short:
        yield _obstacle(
            Against.PROFILE,
            f"The release profile is not applied to {_texts(len(short))}: the log of de-identification names other "
            f"details than were replaced. Run the corpus again.",
            short,
            acceptable=False,
        )


def _corrected_since(candidate: Candidate) -> Iterator[Obstacle]:
    if candidate.corrected:
        yield _obstacle(
            Against.CORRECTED,
            f"{_texts(len(candidate.corrected))} of this run {_one(candidate.corrected, 'shows', 'show')} what "
            f"somebody has marked as a personal detail since. Run the corpus again, and publish that run.",
            sorted(candidate.corrected),
            acceptable=False,
        )


def _small_cells(candidate: Candidate, edition: Release, quotes: Sequence[Segment]) -> Iterator[Obstacle]:
    """Whether the edition itself would show a group that is too small: a check on our own suppression."""
    fewest = candidate.fewest_cases
    counts = [count for p in edition.prevalences for count in (p.cases, p.cases_with) if count is not None]
    cells = sum(count < fewest for count in counts)
    few = [d.document_id for d, sharing in _said_beside(edition, quotes) if sharing < fewest]
    if cells or few:
        yield _obstacle(
            Against.SMALL_CELL,
            f"{cells:,} of the numbers {'is' if cells == 1 else 'are'} below {fewest} people, and beside quotes from "
            f"{_texts(len(few))} stands what too few people share. This is a fault in themes: report it.",
            [str(cells), *few],
            acceptable=False,
        )


def _by_subtraction(candidate: Candidate, edition: Release) -> Iterator[Obstacle]:
    """Whether hidden counts could be worked out, from this edition alone or with the earlier ones."""
    new = as_published(edition, candidate.project)
    try:
        found = given_away(new, candidate.ledger)
    except Contradiction:
        yield _obstacle(
            Against.SUBTRACTION,
            "The counts of this edition, or of an earlier one, contradict one another, so nobody can tell what they "
            "give away. This is a fault in themes: report it.",
            acceptable=False,
        )
        return
    if found:
        names = {theme.theme_id: theme.name for theme in edition.themes}
        rows = [_row(each, names) for each in found]
        more = f"; and {len(rows) - MOST_ROWS_NAMED} more" if len(rows) > MOST_ROWS_NAMED else ""
        yield _obstacle(
            Against.SUBTRACTION,
            f"Numbers that are hidden could be worked out by subtraction: {'; '.join(rows[:MOST_ROWS_NAMED])}{more}. "
            f"Set a higher `fewest_cases` in corpus.toml, or take a column out of `closed`, and run again.",
            rows,
            acceptable=False,
        )


def _row(given: Given, names: Mapping[str, str]) -> str:
    theme = f"theme “{names.get(given.theme_id, given.theme_id)}”" if given.theme_id else "everybody"
    where = [part for part in (given.group, given.question, given.period) if part]
    return f"in the counts of run {given.run_id}, {', '.join([theme, *where])}"


def _said_beside(edition: Release, quotes: Iterable[Segment]) -> Iterator[tuple[Document, int]]:
    """Each quoted document of whose writer something is said, with how many cases share all of it."""
    pairs: dict[str, set[tuple[str, str]]] = {case.case_id: set(case.attributes.items()) for case in edition.cases}
    for document in edition.documents:
        of_text = ((KIND, str(document.kind)), (QUESTION, document.prompt))
        known = (*of_text, ("speaker", document.speaker), ("month", document.written))
        pairs.setdefault(document.case_id, set()).update((name, value) for name, value in known if value)
    may_say, quoted = may_say_of_writers(edition), {quote.document_id for quote in quotes}
    sharing: dict[frozenset[tuple[str, str]], int] = {}
    for document in edition.documents:
        said = frozenset(may_say(document))
        if document.document_id in quoted and said:
            if said not in sharing:
                sharing[said] = sum(said <= known for known in pairs.values())
            yield document, sharing[said]


def _found_again(project: Project, fewest: int) -> Iterator[Obstacle]:
    for finding in project.residual:
        if finding.measure is Measure.SECOND_LOOK and is_high(finding) and finding.column:
            yield _obstacle(
                Against.SECOND_LOOK,
                f"On a second look, a {finding.kind} was found among the words under '{finding.column}' that the "
                f"edition would show: answers of at least {fewest} people, or questions (score {finding.figure:.2f}). "
                f"If it is one, add it to `names` or `places` in corpus.toml, or leave the column out, and run again.",
                [finding.finding_id],
            )
        elif finding.measure is Measure.SECOND_LOOK and is_high(finding):
            place = f"{finding.span.start}–{finding.span.end}" if finding.span else "?"
            yield _obstacle(
                Against.SECOND_LOOK,
                f"On a second look, a {finding.kind} was found in text {finding.document_id}, at characters {place} "
                f"(score {finding.figure:.2f}). If it is one, add it to `names` or `places` in corpus.toml and run "
                f"again. It is not quoted.",
                [finding.finding_id],
            )


def _searchable(project: Project, quotes: Sequence[Segment]) -> Iterator[Obstacle]:
    for segment_id, words in searchable(project, quotes).items():
        yield _obstacle(
            Against.SEARCHABLE_QUOTE,
            f"The quote {segment_id} can be found by a web search: {words} words in a row stand on a public page. "
            f"Accept it, or leave it out.",
            [segment_id],
        )


def _picked_out(project: Project) -> Iterator[Obstacle]:
    for finding in project.residual:
        if finding.measure is Measure.INTRUDER and is_high(finding):
            low, high = finding.low or 0.0, finding.high or 0.0
            yield _obstacle(
                Against.INTRUDER,
                f"A neighbour who {finding.kind.partition(': ')[0]} would pick out the right person for "
                f"{100 * finding.figure:.0f} in 100 of those who may be quoted ({100 * low:.0f} to {100 * high:.0f}). "
                f"Accept it only if they knew that people who know them might recognise them.",
                [finding.finding_id, str(finding.figure)],
            )


def _flagged(project: Project) -> Iterator[Obstacle]:
    ids = sorted({flag.document_id for flag in project.flags})
    aside = sorted(f"{q.source.file} {q.source.place}".strip() for q in project.quarantined if q.risk)
    if ids or aside:
        # Not where they stand: this goes to the log, which stays when somebody is forgotten.
        more = f" Set aside among these: {len(aside)}; `themes status` says where they stand." if aside else ""
        yield _obstacle(
            Against.RISK_TO_LIFE,
            f"{_texts(len(ids) + len(aside))} may tell of a risk to life. Such excerpts are not quoted; their ids are "
            f"in the table `risk_flags` of the run folder (document_id, segment_id). `themes release check --json` "
            f"lists the texts as well.{more} Accept once a person has read every one and done what your safeguarding "
            f"route asks.",
            [*ids, *aside],
            texts=len(ids) + len(aside),
        )


def _without_consent(candidate: Candidate) -> Iterator[Obstacle]:
    without = sorted(document.document_id for document in candidate.project.documents if _unasked(document, candidate))
    if not without:
        return
    rule = (
        "" if candidate.consent_to_quote else " (corpus.toml names no consent under `consent_to_quote`, so nobody is)"
    )
    yield _obstacle(
        Against.CONSENT,
        f"{_texts(len(without))} {_one(without, 'carries', 'carry')} no consent to be quoted. "
        f"{_one(without, 'It is not', 'None of them is')} quoted{rule}, but the counts include "
        f"{_one(without, 'its writer', 'their writers')}. Accept if what people were told covers that.",
        without,
        texts=len(without),
    )


def _unasked(document: Document, candidate: Candidate) -> bool:
    people = document.kind is not DocumentKind.ARTICLE
    return people and not agreed_to_be_quoted(document, candidate.consent_to_quote)


def _low_threshold(candidate: Candidate) -> Iterator[Obstacle]:
    if candidate.fewest_cases < FEWEST_IN_PUBLIC:
        yield _obstacle(
            Against.LOW_THRESHOLD,
            f"This corpus hides counts below {candidate.fewest_cases}; in public {FEWEST_IN_PUBLIC} is the rule. Set "
            f"`fewest_cases` in corpus.toml and run again, or accept it.",
            [str(candidate.fewest_cases)],
        )


def _earlier(candidate: Candidate) -> Iterator[Obstacle]:
    if candidate.earlier:
        yield _obstacle(
            Against.EARLIER_EDITION,
            f"Run {candidate.earlier[-1]} of this corpus is public already, and the ledger of releases lacks its "
            f"numbers. Whoever subtracts them from these may learn about single people. Compare them, then accept.",
            candidate.earlier,
        )


def _obstacle(
    against: Against, says: str, findings: Collection[str] = (), *, acceptable: bool = True, texts: int = 0
) -> Obstacle:
    digest = hashlib.sha256("\0".join((against, *findings)).encode()).hexdigest()[:8]
    return Obstacle(f"{against}-{digest}", against, says, acceptable, tuple(findings), texts)


def _one(things: Collection[str], word: str, words: str) -> str:
    return word if len(things) == 1 else words


def _texts(count: int) -> str:
    return f"{count:,} {'text' if count == 1 else 'texts'}"
