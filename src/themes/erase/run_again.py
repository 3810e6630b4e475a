"""One run made anew without those who go: the rows of others as they were, everything counted and reported again."""

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from themes.deidentify.withdraw.tombstones import Tombstones
from themes.disclosure import release
from themes.erase.codebooks import codebook_of_run_repeats, reword_codebook_of_run
from themes.erase.coding import coded, poles_for_run, vectors_for_run
from themes.erase.figures import relearned_registry, work_out_counts, work_out_residual, work_out_themes
from themes.erase.journal import Erasure
from themes.erase.parts import MADE_ANEW, MADE_ANEW_FILES, Parts, Vectors, holds, says_something
from themes.erase.releases import release_log_without
from themes.erase.repeated import TheirWords
from themes.erase.swap import exchange, kept
from themes.erase.texts import Left, left_of
from themes.erase.theme_names import names_repeat
from themes.export.catalog import ALL_EXPORTERS, WRITES
from themes.publication.log import NAME as LOG
from themes.publication.log import Keyed
from themes.records.corpus import Document
from themes.records.project import Audience, Release
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.report.documents import write_report
from themes.store.run_folder import RunFolder, finished_runs, read_project
from themes.store.vectors import read_vectors
from themes.theme.identity import Registry
from themes.theme.registry_file import read_registry, write_registry

MARK = ".made-anew-"
"""Opens the name of an empty file in runs that are done while others are not."""
PRINTED = frozenset({".pdf", ".docx"})
"""Endings of the report's other formats, which it is written in when somebody asks."""
TAKEN_AWAY = ("release", "report", "export")
"""Folders whose files are written again where the program can; what it cannot is taken away and named."""


def runs_to_make_again(corpus_outputs: Path, erasure: Erasure, theirs: TheirWords) -> list[str]:
    """The runs that `make_runs_again` would make anew, oldest first, by their names; nothing is changed."""
    runs = finished_runs(corpus_outputs)
    first = erasure.first_runs.get(str(corpus_outputs))
    for number, run in enumerate(runs):
        repeated = names_repeat(read_registry(run.path / "registry"), theirs)
        repeated |= erasure.reword and codebook_of_run_repeats(run.path, theirs)
        if run.path.name == first or repeated or holds(run, erasure):
            return [each.path.name for each in runs[number:]]
    return []


def make_runs_again(
    corpus_outputs: Path,
    erasure: Erasure,
    *,
    spec: CorpusSpec,
    tombstones: Tombstones,
    theirs: TheirWords | None = None,
    keyed: Keyed | None = None,
) -> dict[Path, list[str]]:
    """Make each run anew that holds any of it, and each later one, whose themes learned from it, oldest first.

    One holds it as well if its codebook, or the name of a theme, repeats what they said or are called (`theirs`).
    Logs of releases are sealed with `keyed`.

    Returns:
        Runs that were made anew, with the files in them that could not be made again and were taken away.
    """
    runs = finished_runs(corpus_outputs)
    first = erasure.first_runs.get(str(corpus_outputs))
    learned = False
    done: dict[Path, list[str]] = {}
    earlier: Registry | None = None
    for run in runs:
        known = read_registry(run.path / "registry")
        repeated = theirs is not None and names_repeat(known, theirs)
        if theirs is not None and erasure.reword:
            repeated |= reword_codebook_of_run(run.path, theirs)
        learned = learned or run.path.name == first or repeated or holds(run, erasure)
        if learned and not (run.path / f"{MARK}{erasure.token}").exists():
            done[run.path] = make_run_again(
                run,
                erasure,
                spec=spec,
                tombstones=tombstones,
                earlier=earlier,
                theirs=theirs,
                repeated=repeated,
                keyed=keyed,
            )
        earlier = read_registry(run.path / "registry")
    return done


def unmark(corpus_outputs: Path) -> None:
    """Take the marks away, once all runs are done and the journal says so."""
    for mark in corpus_outputs.glob(f"*/{MARK}*"):
        mark.unlink()


def make_run_again(
    run: RunFolder,
    erasure: Erasure,
    *,
    spec: CorpusSpec,
    tombstones: Tombstones,
    earlier: Registry | None = None,
    theirs: TheirWords | None = None,
    repeated: bool = False,
    keyed: Keyed | None = None,
) -> list[str]:
    """Make one run anew.

    Args:
        run: A finished run.
        erasure: What goes.
        spec: The corpus, for its labelled examples and its seed.
        tombstones: By which quotations of the texts that go are known.
        earlier: The registry of themes of the run before, already made anew.
        theirs: What those who go said and are called.
        repeated: Whether its codebook or the name of a theme repeats it, so that all that was made of them is made
            anew.
        keyed: What its log of releases is sealed with, by the vault.

    Returns:
        Files that were taken away because the program cannot write them again, such as a public edition.
    """
    left = left_of(list(run.read(Document)), erasure, tombstones)
    lost: list[str] = []

    def make(folder: Path) -> None:
        new = RunFolder(folder)
        (folder / f"{MARK}{erasure.token}").touch()
        if left.before == left.now and not repeated and not holds(run, erasure):
            lost.extend(_relearn_alone(run, new, left, earlier))
            return
        anew = coded(left.stood_in_for, run.path, spec)
        vectors = dict(read_vectors(run.path, wanted={s.segment_id for s in run.read(Segment)}))
        vectors |= anew.vectors
        vectors |= _of_blanked(run, left, spec)
        parts = Parts(run, new, left, anew, vectors)
        parts.partitions()
        parts.people(erasure)
        parts.set_aside(erasure)
        parts.everything_else(erasure, made_anew=[*MADE_ANEW, *MADE_ANEW_FILES])
        poles = poles_for_run(run.path, spec)
        work_out_themes(run, new, left, vectors, earlier=earlier, poles=poles, theirs=theirs)
        work_out_counts(run, new, left)
        work_out_residual(run, new, spec)
        release_log_without(run.path, new.path, erasure, theirs, keyed)
        lost.extend(_publish_again(run, new))

    exchange(run.path, make)
    return lost


def _relearn_alone(run: RunFolder, new: RunFolder, left: Left, earlier: Registry | None) -> list[str]:
    """A run that holds nothing of it, but whose themes go back to runs that did: all stays but registry, coder, and
    what the report says of the run before. The report in other formats is taken away; returned are those files."""
    old_reports = []
    for path in sorted(run.path.rglob("*")):
        below = path.relative_to(run.path)
        if path.is_file() and path.parent.name not in {"registry", "coder"}:
            if below.parts[0] == "report" and path.suffix in PRINTED and run.manifest.get("previous"):
                old_reports.append(below.as_posix())
            else:
                kept(path, new.path / below)
    vectors = dict(read_vectors(run.path, wanted={s.segment_id for s in run.read(Segment)}))
    registry = relearned_registry(run, left, vectors, earlier=earlier)
    if registry is not None:
        write_registry(new.path / "registry", registry)
    if run.manifest.get("previous"):
        write_report(_cleared(new), new.path / "report")
    return old_reports


def _of_blanked(run: RunFolder, left: Left, spec: CorpusSpec) -> Vectors:
    """Vectors of segments in which withdrawn words were blanked: the old ones hold what they meant."""
    changed = [
        after
        for before in run.read(Segment)
        if before.document_id in left.now
        and (after := left.segment(before)).text != before.text
        and says_something(after)
    ]
    return vectors_for_run(changed, run.path, spec) if changed else {}


def _publish_again(run: RunFolder, new: RunFolder) -> list[str]:
    """Report and exports as they were written before, from what is left."""
    cleared = _cleared(new)
    before = _files_below(run.path)
    write_report(cleared, new.path / "report")
    _write_exports(cleared, before, new.path)
    after = _files_below(new.path)
    return [name for name in before if name not in after]


def _cleared(new: RunFolder) -> Release:
    return release(read_project(new.path), Audience.TEAM, fewest_cases=int(new.manifest.get("fewest_cases", 10)))


def _write_exports(cleared: Release, before: Sequence[str], new: Path) -> None:
    """Those exporters are asked of which there were files; of what they give, the files that were there before stay."""
    for name, export in ALL_EXPORTERS.items():
        if not any(fnmatch(each, f"export/{WRITES[name]}") for each in before):
            continue
        with TemporaryDirectory(dir=new) as scratch:
            folder = Path(scratch)
            export(cleared, folder)
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                written = f"export/{path.relative_to(folder).as_posix()}"
                if written in before:
                    kept(path, new / written)


def _files_below(run: Path) -> list[str]:
    below = [path for folder in TAKEN_AWAY for path in sorted((run / folder).rglob("*"))]
    return [path.relative_to(run).as_posix() for path in [*below, run / LOG] if path.is_file()]
