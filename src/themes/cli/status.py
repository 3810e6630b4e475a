"""`themes status`: last and next run, what is new, failures, rows awaiting repair."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.errors import CorpusError, ThemesError
from themes.reader_words import number

if TYPE_CHECKING:
    from themes.records.spec import CorpusSpec
    from themes.store.run_folder import RunFolder


def status(
    corpora_dir: Annotated[Path, typer.Argument(help="The folder of the corpora, or one corpus.")] = Path("corpora"),
    outputs: Annotated[Path | None, typer.Option(help="Where runs land; default: outputs/ beside the folder.")] = None,
) -> None:
    """Say for every corpus when it ran last and runs next, what is new, what failed and what awaits repair.

    Exits with 1 if the last run of any corpus failed.

    Example: `themes status corpora`
    """
    from rich.console import Console

    from themes.cli.forget import complete_erasures
    from themes.store.run_folder import FAILURE_NOTICE

    console, failed = Console(), False
    folder = corpora_dir.resolve()
    single = (folder / "corpus.toml").is_file()
    landing = (outputs or (folder.parent.parent if single else folder.parent) / "outputs").resolve()
    for place, spec in corpora_below(folder):
        console.print(f"[bold]{place.name if isinstance(spec, ThemesError) else spec.name}[/bold]")
        if isinstance(spec, ThemesError):
            failed = True
            console.print(f"  cannot be used: {spec}", style="bold red", markup=False)
            continue
        complete_erasures(spec.folder)
        for line in described(spec, landing / spec.name):
            console.print(f"  {line}", markup=False)
        notice = landing / spec.name / FAILURE_NOTICE
        if notice.is_file():
            failed = True
            console.print("  LAST RUN FAILED", style="bold red")
            console.print("  " + notice.read_text(encoding="utf-8").strip().replace("\n", "\n  "), markup=False)
    if failed:
        raise typer.Exit(1)


def corpora_below(folder: Path) -> "list[tuple[Path, CorpusSpec | ThemesError]]":
    """The corpora in a folder, or the one that the folder is, by name; with the reason where one cannot be used.

    Raises:
        CorpusError: If there is none.
    """
    from themes.read.spec import read_spec

    def spec_or_trouble(place: Path) -> "CorpusSpec | ThemesError":
        try:
            return read_spec(place)
        except ThemesError as trouble:
            return trouble

    single = (folder / "corpus.toml").is_file()
    places = [folder] if single else sorted(path.parent for path in folder.glob("*/corpus.toml"))
    if not places:
        raise CorpusError(f"There is no corpus in {folder}. Make one: themes new {folder.name}/my-corpus --from FILES")
    return [(place, spec_or_trouble(place)) for place in places]


def described(spec: "CorpusSpec", corpus_outputs: Path) -> Iterator[str]:
    """A corpus's state, a line a fact."""
    from themes.cli.run import already_done, worrying
    from themes.records.corpus import Quarantined
    from themes.store.run_folder import IN_PROGRESS, is_busy, last_run

    last = last_run(corpus_outputs)
    if last is None:
        yield "last run    none yet"
    else:
        counts = last.manifest["counts"]
        yield f"last run    {last.manifest['started_at']}  {last.path}"
        yield f"            {number(counts['read'], 'text')} read, {counts['coded']} with codes suggested"
        yield from at_risk(last)
    yield f"next run    {next_run(spec)}"
    if is_busy(corpus_outputs):
        yield "now         a run is under way"
    elif (corpus_outputs / IN_PROGRESS).is_dir():
        yield "now         an interrupted run waits; `themes run` continues it"
    try:
        new = "nothing" if already_done(spec.folder, corpus_outputs.parent) else "there is something new to run"
    except ThemesError as error:
        new = f"cannot be told: {error}"
    yield f"new         {new}"
    if last is not None and (waiting := list(last.read(Quarantined))):
        texts = number(sum(q.candidates for q in waiting), "text is", "texts are")
        yield f"repair      {texts} set aside until repaired:"
        yield from (f"            {q.source.file} {q.source.place}: {q.reason}" for q in waiting[:10])
        if len(waiting) > 10:
            yield f"            … and {len(waiting) - 10} more, in the report"
    if last is not None and (told := worrying(last)):
        yield f"AT RISK     {told}"
    yield from _shown_since(spec, corpus_outputs)
    yield from _review(corpus_outputs, last)


def at_risk(last: "RunFolder") -> Iterator[str]:
    """How many texts a person must read before all others; this runs unattended, so it is said where people look."""
    from themes.records.coding import RiskFlag

    flags = list(last.read(RiskFlag))
    texts, plain = ({f.document_id for f in some} for some in (flags, [f for f in flags if f.is_plain]))
    if texts:
        yield (
            f"risk        {len(texts)} {'text' if len(texts) == 1 else 'texts'} may tell of a risk to life, "
            f"{len(plain)} in plain words; a person must read them: they come first in `themes review`"
        )


def _shown_since(spec: "CorpusSpec", corpus_outputs: Path) -> Iterator[str]:
    """Runs that show what people have masked since they were made: no run is rewritten for that."""
    from themes.erase.corrected import runs_that_show

    try:
        shown = runs_that_show(spec, corpus_outputs)
    except ThemesError as error:
        yield f"masked      cannot be told: {error}"
        return
    for run_id, documents in shown.items():
        texts = f"{len(documents)} {'text' if len(documents) == 1 else 'texts'}"
        yield f"masked      run {run_id} shows words in {texts} that were masked since; delete it once it is not needed"


def _review(corpus_outputs: Path, last: "RunFolder | None") -> Iterator[str]:
    """What analysts have decided, and what of it the last run has not seen."""
    from themes.read.decisions import FILE
    from themes.records.decision import CarriedDecision
    from themes.review.feeding import known_decisions

    try:
        read = known_decisions(corpus_outputs)
    except ThemesError as error:
        yield f"review      cannot be told: {error}"
        return
    seen = {one.decision_id for one in last.read(CarriedDecision)} if last else set()
    new = sum(one.decision_id not in seen for one in read.decisions)
    if not (read.decisions or read.problems):
        yield "review      no decisions yet"
        return
    yield f"review      decisions about excerpts: {len(read.decisions)}, new since the last run: {new}"
    if last is not None and (stale := last.manifest.get("decisions", {}).get("stale")):
        yield f"            hold no more: {stale}; {last.path}/report/learning.html says why"
    yield from (f"            {FILE}: {problem}" for problem in read.problems[:10])
    if len(read.problems) > 10:
        yield f"            … and {len(read.problems) - 10} lines more that cannot be used"


def next_run(spec: "CorpusSpec") -> str:
    """When the schedule says, in the corpus's own time zone; needs `themes serve` to be running."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from themes.read.spec import seconds_between

    if spec.schedule is None:
        return "when you run it; corpus.toml has no schedule"
    if seconds_between(spec.schedule) is not None:
        return f"{spec.schedule}, while `themes serve` is running"
    from cronsim import CronSim

    at = next(CronSim(spec.schedule, datetime.now(ZoneInfo(spec.timezone))))
    return f"{at:%A %d %B %Y, %H:%M} ({spec.timezone}), if `themes serve` is running"
