"""What could still point to somebody: the recognisers once more over each partition, then the corpus as a whole."""

from collections.abc import Iterator, Sequence

from flows.job import Job
from themes.deidentify.second_pass import second_pass, second_pass_of_words
from themes.publication.quotes import agreed_to_be_quoted
from themes.read.spec import read_spec
from themes.records.corpus import Case, Document
from themes.records.residual import Measure, Residual
from themes.residual.measures import corpus_findings, published_words, with_ids
from themes.store.files import read_json
from themes.store.run_folder import RunFolder


def look_again(job: Job, number: int) -> int:
    """The second pass over one partition. Returns how many details it found; done once.

    What it found in documents that have not changed since the last run is taken over.
    """
    run = job.folder
    if run.part(Residual, number).is_file():
        return len(run.read_part(Residual, number))
    spec, documents = read_spec(job.corpus), run.read_part(Document, number)
    unchanged = _looked_through(job.previous_folder, run, documents)
    new = [document for document in documents if document.document_id not in unchanged]
    found = with_ids(second_pass(new, spec=spec)) + _found_then(job.previous_folder, unchanged)
    run.write(Residual, number, sorted(found, key=lambda f: (f.document_id, f.span, f.kind)))
    return len(found)


def _looked_through(previous: RunFolder | None, run: RunFolder, documents: Sequence[Document]) -> set[str]:
    """The documents that the last run made of exactly the same, by the same program, and looked through."""
    if previous is None or not previous.parts(Residual):
        return set()
    if _program(previous) != _program(run):
        return set()
    prints = {d.document_id: d.fingerprint for d in documents}
    before = previous.read(Document, where={"document_id": prints})
    return {d.document_id for d in before if d.fingerprint == prints[d.document_id]}


def _program(run: RunFolder) -> list[object]:
    """What finds details: neither the codebook nor what the coder learned from has a part in it."""
    told = read_json(run.path / "coder.json")
    return [told["code"], told.get("models")]


def _found_then(previous: RunFolder | None, document_ids: set[str]) -> list[Residual]:
    if previous is None or not document_ids:
        return []
    found = previous.read(Residual, where={"document_id": document_ids})
    return [finding for finding in found if finding.measure is Measure.SECOND_LOOK]


def weigh_what_is_left(job: Job) -> int:
    """What can only be said of the corpus as a whole. Returns how many findings there are.

    Of the texts, one partition is in memory at a time; of the cases, their closed answers.
    """
    spec, run = read_spec(job.corpus), job.folder

    def partitions() -> Iterator[list[Document]]:
        return (run.read_part(Document, number) for number in run.parts(Document))

    def quotable() -> Iterator[list[Document]]:
        return ([d for d in part if agreed_to_be_quoted(d, spec.consent_to_quote)] for part in partitions())

    cases = list(run.read(Case))
    words = published_words(cases, partitions, spec.fewest_cases)
    again = second_pass_of_words(words, spec=spec)
    whole = corpus_findings(partitions, cases, quotable=quotable, fewest_cases=spec.fewest_cases, seed=spec.seed)
    found = with_ids([*again, *whole])
    run.write(Residual, len(run.parts(Document)), found)
    return len(found)
