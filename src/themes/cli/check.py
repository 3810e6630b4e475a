"""`themes check`: is the corpus readable, the codebook sound?"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from themes.reader_words import number

if TYPE_CHECKING:
    from themes.deidentify.vault.vault import Vault
    from themes.records.codebook import Codebook
    from themes.records.spec import CorpusSpec

MOST_REASONS_SHOWN = 50


def check(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
) -> None:
    """Read everything once, without coding it, and say what would be read, what set aside and why.

    Holds what people decided in review against its chain of hashes. Exits with 1 if the corpus or its codebook cannot
    be used, nothing in it can be read, or that log was tampered with.

    Example: `themes check corpora/back-to-work-sample`
    """
    from rich.console import Console
    from rich.table import Table

    from themes.clean.document import clean
    from themes.cli.forget import about_keep_words, about_listed_names, complete_erasures
    from themes.deidentify.messages import screened_quarantine, vault_to_look
    from themes.errors import CorpusError
    from themes.read.codebook import read_codebook
    from themes.read.codebook_versions import codebook_file
    from themes.read.corpus import chunks, read_chunk
    from themes.read.spec import read_spec
    from themes.records.corpus import Empty, Quarantined

    console = Console()
    spec = read_spec(corpus_dir.resolve())
    complete_erasures(spec.folder)
    refuse_wrong_vault(spec)
    codebook = read_codebook(codebook_file(spec))
    console.print(
        f"{spec.name}: {number(len(codebook.codes), 'code')}, {number(len(codebook.questions), 'question')} "
        f"(codebook {codebook.version}); {spec.language}; schedule: {spec.schedule or 'none'}"
    )
    for line in (*_about_labelled(codebook), *_about_language_model(spec)):
        console.print(line, markup=False, soft_wrap=True)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reasons: list[Quarantined] = []
    threads: set[str] = set()
    for chunk in chunks(spec):
        for item in read_chunk(spec, chunk):
            text = item if isinstance(item, Empty | Quarantined) else clean(item)
            if isinstance(text, Quarantined):
                reasons.append(text)
                counts[chunk.source]["set aside"] += text.candidates
            else:
                counts[chunk.source]["empty" if isinstance(text, Empty) else text.kind.value] += 1
                threads |= set() if isinstance(text, Empty) else {text.thread}
    kinds = ("article", "comment", "story", "answer", "empty", "set aside")
    table = Table("source", *kinds)
    for source in spec.sources:
        table.add_row(source.name, *(str(counts[source.name][kind] or "") for kind in kinds))
    console.print(table)
    with vault_to_look(spec.folder) as vault:
        for q in screened_quarantine(reasons[:MOST_REASONS_SHOWN], spec=spec, vault=vault):
            console.print(
                f"set aside: {' '.join(filter(None, (q.source.file, q.source.place)))}: {q.reason}", markup=False
            )
        for line in (
            *_about_review_logs(spec, vault),
            *about_keep_words(spec, vault, threads),
            *about_listed_names(spec, vault, threads),
        ):
            console.print(line, markup=False, soft_wrap=True)
    if len(reasons) > MOST_REASONS_SHOWN:
        console.print(f"… and {len(reasons) - MOST_REASONS_SHOWN} more")
    if not any(count[kind] for count in counts.values() for kind in kinds[:4]):
        raise CorpusError(f"Nothing in {spec.raw} could be read. Check `files` of each [[source]] in corpus.toml.")


def refuse_wrong_vault(spec: "CorpusSpec") -> None:
    """Stop at what a run would stop at: a vault that is an older copy, or not the one the corpus's runs were made with.

    Raises:
        VaultError: As a run does.
    """
    from contextlib import closing

    from themes.cli.run import default_outputs
    from themes.deidentify.vault.vault import Vault
    from themes.deidentify.withdraw.tombstones import Tombstones
    from themes.erase.belonging import refuse_runs_of_another_vault, refuse_runs_without_vault

    runs = default_outputs(spec.folder) / spec.name
    vault = Vault.find(spec.folder)
    if vault is None:
        refuse_runs_without_vault(runs, spec.folder)
        return
    with closing(vault):
        refuse_runs_of_another_vault(runs, vault)
        Tombstones(vault)


def _about_review_logs(spec: "CorpusSpec", vault: "Vault") -> Iterator[str]:
    """That each log of what people decided is what was written.

    Raises:
        StoreError: If one is not.
    """
    from themes.cli.run import default_outputs
    from themes.store.review_check import check_log, heads_seen
    from themes.store.review_place import review_log_if_any

    for outputs in sorted({*vault.outputs(), default_outputs(spec.folder)}):
        if (folder := outputs / spec.name).is_dir():
            with review_log_if_any(folder) as log:
                if log is not None:
                    entries = number(check_log(log, heads_seen(folder)), "entry", "entries")
                    yield f"Review log {log.place}: {entries}, the chain is whole"


def _about_labelled(codebook: "Codebook") -> list[str]:
    """Codes that the labelled excerpts of a codebook add to it, some perhaps by a slip, and which are not learned from.

    Raises:
        WrongUse: If none has a code: a run would not begin.
    """
    from themes.cli.added_codes import about_added_codes
    from themes.cli.spoiled_lines import about_labelled_lines
    from themes.read.labelled import read_labelled

    if codebook.labelled is None:
        return []
    labelled = read_labelled(codebook.labelled)
    told = about_added_codes(codebook, labelled.codes)
    return [*([told] if told else []), *about_labelled_lines(codebook.labelled, labelled.problems)]


def _about_language_model(spec: "CorpusSpec") -> list[str]:
    """What a reader should know before texts go to a language model; nothing where there is none."""
    import os

    chosen = spec.language_model
    if chosen is None:
        return []
    lines = [
        (
            f"Language model: each new excerpt will be sent to {chosen.address} ({chosen.model}), de-identified as in "
            f"the run, but not anonymous. Its suggestions count for nothing until a person agrees."
        )
    ]
    if chosen.elsewhere:
        lines.append(
            "WARNING: that address may be on ANOTHER MACHINE: what people wrote leaves this one. Do you have leave to "
            "send it there, and is it in your data protection assessment? Take [language_model] out if not."
        )
    if chosen.key_variable and not os.environ.get(chosen.key_variable):
        lines.append(f"WARNING: {chosen.key_variable}, which is to hold its key, is not set.")
    return lines
