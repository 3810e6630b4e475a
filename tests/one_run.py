"""A run of a corpus as the pipeline makes it, in this process and without Prefect: for tests of what comes out."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from flows.job import Job
from flows.plan import plan_of_run, screened_inputs, work_of
from flows.work import analyse, decisions, ingest, learning, publish, residual, shares
from themes.deidentify.vault.vault import Vault
from themes.read.spec import read_spec
from themes.store.run_folder import begin_run, corpus_lock, last_run


def run_once(corpus: Path, outputs: Path, now: str = "2026-01-05T06:00:00+00:00", *, measured: bool = False) -> Path:
    """The run folder. Only if it is measured what could still point to somebody may it be published."""
    ingest._chunks.cache_clear()  # another test may have run this corpus at this time of day, with other files
    spec = read_spec(corpus)
    corpus_outputs = outputs / spec.name
    with corpus_lock(corpus_outputs):
        with closing(Vault.open(corpus)) as vault:
            vault.remember_outputs(outputs)
            work, inputs = work_of(spec, vault, corpus_outputs), screened_inputs(spec, vault)
        previous = last_run(corpus_outputs)
        _, plan = begin_run(corpus_outputs, plan_of_run(work, inputs, previous, datetime.fromisoformat(now)))
        job = Job(corpus, corpus_outputs, plan["started_at"], plan["previous"])
        for number in range(ingest.chunk_count(job)):
            ingest.ingest_chunk(job, number)
        ingest.arrange(job)
        decisions.take_up_decisions(job)
        partitions = analyse.fit_coder(job)
        coded = sum(analyse.code_partition(job, n) for n in range(partitions))
        analyse.find_themes(job)
        analyse.count_people(job)
        shares.estimate_shares(job)
        if measured:
            for number in range(partitions):
                residual.look_again(job, number)
            residual.weigh_what_is_left(job)
        learning.say_what_was_learned(job)
        publish.publish_team_edition(job)
        return publish.close(job, {}, coded)
