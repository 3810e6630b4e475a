"""Check a run for publication, take down what people decide, and write the public edition."""

import hashlib
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from themes.disclosure import release
from themes.errors import ProtectionError, WrongUse
from themes.export.catalog import PUBLIC
from themes.publication.ledger import Published, as_published, in_ledger, note_published
from themes.publication.log import Keyed, accepted, append, left_out
from themes.publication.obstacles import Candidate, details_to_replace, obstacles
from themes.records.corpus import Document
from themes.records.privacy import LogEntry
from themes.records.project import Audience
from themes.records.release import Acceptance, Against, Approval, Obstacle
from themes.records.residual import Residual
from themes.report.documents import FORMATS, write_documents
from themes.report.pdf import find_browser
from themes.store.files import write_json
from themes.store.run_folder import RunFolder, finished_runs, read_project

FOLDER = "release"


@dataclass(frozen=True)
class Standing:
    """What stands against a public edition, and what somebody accepted."""

    stands: tuple[Obstacle, ...]
    accepted: tuple[tuple[Obstacle, Acceptance], ...]


def candidate_of(run_dir: Path, corrected: Collection[str] = (), keyed: Keyed | None = None) -> Candidate:
    """A run as it might be published.

    Args:
        run_dir: A finished run.
        corrected: Ids of its documents that show what somebody has marked as a personal detail since.
        keyed: By the vault of the corpus, with which the log is sealed; None where the corpus is not at hand.

    Raises:
        StoreError: If it is not a run folder, or its log of decisions was changed by hand.
    """
    project, folder = read_project(run_dir), RunFolder(run_dir)
    ledger = in_ledger(run_dir.resolve().parent, keyed)
    manifest, parts = folder.manifest, folder.parts(Document)
    return Candidate(
        project,
        int(manifest.get("fewest_cases", 10)),
        tuple(manifest.get("consent_to_quote", ())),
        details_to_replace(folder.read(LogEntry)),
        _not_in(ledger, run_dir),
        tuple(ledger),
        left_out(run_dir, keyed),
        all(folder.part(Residual, number).is_file() for number in (*parts, len(parts))),
        frozenset(corrected),
    )


def _not_in(ledger: Sequence[Published], run_dir: Path) -> tuple[str, ...]:
    """Other runs with a public edition that was made before there was a ledger."""
    known = {each.run_id for each in ledger}
    others = [run.path for run in finished_runs(run_dir.resolve().parent) if run.path != run_dir.resolve()]
    return tuple(path.name for path in others if path.name not in known and (path / FOLDER / "manifest.json").is_file())


def check(run_dir: Path, corrected: Collection[str] = (), keyed: Keyed | None = None) -> Standing:
    """What stands against a public edition of the run, and what was accepted. Arguments as of `candidate_of`.

    Raises:
        StoreError: As `candidate_of`.
    """
    return _standing(candidate_of(run_dir, corrected, keyed), accepted(run_dir, keyed))


def _standing(candidate: Candidate, yes: Mapping[str, Acceptance]) -> Standing:
    found = obstacles(candidate)
    waved = {o.obstacle_id for o in found if o.acceptable and o.obstacle_id in yes}
    return Standing(
        tuple(o for o in found if o.obstacle_id not in waved),
        tuple((o, yes[o.obstacle_id]) for o in found if o.obstacle_id in waved),
    )


def decide(
    run_dir: Path,
    *,
    by: str,
    at: str,
    accept: Mapping[str, str],
    leave_out: Mapping[str, str],
    texts: Mapping[str, int] | None = None,
    keyed: Keyed | None = None,
) -> None:
    """Take down what somebody accepts, and which quotes they leave out, each with a reason. Undone by nobody.

    Args:
        run_dir: A finished run.
        by: Their name.
        at: When, ISO 8601 with zone.
        accept: Obstacle to reason.
        leave_out: Obstacle about a quote to reason.
        texts: Obstacle to how many texts they say it is about. Asked for where it is about texts.
        keyed: As of `candidate_of`.

    Raises:
        WrongUse: If an obstacle is not there, cannot be accepted, is about another number of texts than they say, or
            is not about a quote that could be left out; if texts that may tell of a risk to life have no reason of
            their own. Then nothing is taken down.
        StoreError: As `candidate_of`; if the log cannot be written.
    """
    if not accept and not leave_out:
        return
    there = {obstacle.obstacle_id: obstacle for obstacle in obstacles(candidate_of(run_dir, keyed=keyed))}
    for obstacle_id in (*accept, *leave_out):
        if obstacle_id not in there:
            raise WrongUse(f"Nothing called '{obstacle_id}' stands against this run. `themes release check` lists all.")
    if firm := [i for i in accept if not there[i].acceptable]:
        raise WrongUse(f"'{firm[0]}' cannot be accepted, only put right: {there[firm[0]].says}")
    for obstacle_id, reason in accept.items():
        _know_what_it_is(there[obstacle_id], (texts or {}).get(obstacle_id), [*accept.values()].count(reason) > 1)
    if no_quote := [i for i in leave_out if there[i].against is not Against.SEARCHABLE_QUOTE]:
        raise WrongUse(f"'{no_quote[0]}' is not about a quote, so there is nothing to leave out.")
    for obstacle_id, reason in accept.items():
        about = {"obstacle": obstacle_id, "says": there[obstacle_id].says, "texts": there[obstacle_id].texts}
        append(run_dir, {"did": "accepted", "by": by, "at": at, "reason": reason, **about}, keyed)
    for obstacle_id, reason in leave_out.items():
        about = {"obstacle": obstacle_id, "segment": there[obstacle_id].findings[0]}
        append(run_dir, {"did": "left out", "by": by, "at": at, "reason": reason, **about}, keyed)


def _know_what_it_is(obstacle: Obstacle, texts: int | None, shared: bool) -> None:
    """Nobody lets texts through whose number they do not know, nor texts at risk by a reason given for something else.

    Raises:
        WrongUse: If they would.
    """
    if obstacle.texts and texts != obstacle.texts:
        said = "no number was given" if texts is None else f"it is not about {texts:,}"
        raise WrongUse(
            f"'{obstacle.obstacle_id}' is about texts, and {said}. Read what `themes release check` says of them, and "
            f"accept it with how many they are: --accept {obstacle.obstacle_id}=NUMBER"
        )
    if obstacle.against is Against.RISK_TO_LIFE and shared:
        raise WrongUse(
            f"'{obstacle.obstacle_id}' needs a reason of its own: who read these texts, and what was done for their "
            f"writers."
        )


def approve(
    run_dir: Path,
    *,
    by: str,
    at: str,
    corrected: Collection[str] = (),
    keyed: Keyed | None = None,
    formats: Collection[str] = (),
    packs: bool = False,
) -> Path:
    """Write the public edition, and take down who approved it.

    Args:
        run_dir: A finished run.
        by: Their name.
        at: When, ISO 8601 with zone.
        corrected: As of `candidate_of`.
        keyed: As of `candidate_of`.
        formats: Of `FORMATS`, in which the report is written besides the page. Those of an earlier edition of the
            run are written again.
        packs: Whether to write the evidence pack of each theme too, in those formats; they are if that edition has any.

    Returns:
        The folder `release`: the report, tables of counts and quotes, and a manifest with the hash of each file. It is
        put in place whole; an earlier one of the same run is replaced.

    Raises:
        ProtectionError: If something stands against it that nobody accepted. Nothing is written.
        NoBrowser: If a PDF is asked for and no browser is there. Nothing is published.
        StoreError: As `candidate_of`; if a file cannot be written.
    """
    final = run_dir / FOLDER
    formats = tuple(name for name in FORMATS if name in formats or (final / f"report.{name}").exists())
    packs = packs or (final / "packs").exists()
    if "pdf" in formats:
        find_browser()  # before the run is read
    candidate = candidate_of(run_dir, corrected, keyed)
    standing = _standing(candidate, accepted(run_dir, keyed))
    if standing.stands:
        raise ProtectionError(
            f"Things that stand against a public edition: {len(standing.stands)}. So none was written. "
            f"`themes release check` lists them; the first is: {standing.stands[0].says}"
        )
    quotable = frozenset(segment.segment_id for segment in candidate.quotes)
    edition = release(
        candidate.project,
        Audience.PUBLIC,
        fewest_cases=candidate.fewest_cases,
        approval=Approval(by, at, quotable),
    )
    partial = run_dir / f".{FOLDER}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        write_documents(edition, partial, formats, packs=packs)
        for write_tables in PUBLIC.values():
            write_tables(edition, partial / "tables")
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)  # half an edition is of no use, and holds quotes
        raise
    files = sorted(path for path in partial.rglob("*") if path.is_file())
    hashes = {path.relative_to(partial).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    write_json(
        partial / "manifest.json",
        {"run": edition.run.run_id, "corpus": edition.run.corpus, "approved_at": at, "files": hashes},
    )
    # Before the edition is in place: one that nobody knows of would be worse than one noted in vain.
    published = as_published(edition, candidate.project)
    note_published(run_dir.resolve().parent, published, at=at, keyed=keyed)
    append(run_dir, {"did": "approved", "by": by, "at": at, "files": hashes}, keyed)
    shutil.rmtree(final, ignore_errors=True)
    partial.rename(final)
    return final
