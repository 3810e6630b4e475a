"""`themes review`: the page on which analysts decide about excerpts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from themes.deidentify.vault.vault import Vault
    from themes.records.corpus import Document
    from themes.records.correction import Correction, CorrectionAction, Reach
    from themes.records.span import Span
    from themes.review.web.desk import Masks

PORT = 8010


def review(
    corpus_dir: Annotated[Path, typer.Argument(help="The corpus folder.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = PORT,
    host: Annotated[
        str, typer.Option(help="An address of this machine; on a network only with accounts and TLS.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name, with port if needed, under which browsers ask for it: reviews.example.org"),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(help="A certificate (PEM), with which the page speaks TLS.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Its private key (PEM).")] = None,
    behind_tls: Annotated[
        bool,
        typer.Option("--behind-tls", help="A proxy in front speaks TLS, and nobody reaches the page past it."),
    ] = False,
    outputs: Annotated[
        Path | None,
        typer.Option(help="Where its runs land; default: outputs/ beside the folder that holds the corpus."),
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Hide what the machine and other people say.")] = False,
    open_browser: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open a browser; default: if this is a terminal.")
    ] = None,
) -> None:
    """Open the review page of a corpus: its newest run, excerpt by excerpt.

    On this machine alone, unless people have accounts and TLS is spoken. Prints the address. What is decided is kept at
    once, and survives every run. Stop with Ctrl-C.

    Examples: `themes review corpora/my-study`, `themes review corpora/my-study --port 8020 --blind`,
    `themes review corpora/my-study --host 10.0.0.5 --name reviews.example.org:8010 --certificate c.pem --key k.pem`
    """
    import sys
    import webbrowser
    from functools import partial

    from themes.cli.forget import complete_erasures
    from themes.cli.run import default_outputs
    from themes.cli.user import accounts_file
    from themes.deidentify.vault.key import key_file
    from themes.erase.belonging import vault_for_runs
    from themes.read.spec import read_spec
    from themes.review.accounts import Accounts
    from themes.review.feeding import feed
    from themes.review.people import CODERS
    from themes.review.study import Newest
    from themes.review.web.desk import Desk
    from themes.review.web.gate import AccountGate
    from themes.review.web.server import Serving, listen, serve
    from themes.review.web.sessions import Sessions, secret_beside
    from themes.store.review_place import review_log

    accounts = Accounts(accounts_file())
    serving = Serving(bool(accounts.all()), certificate, key, behind_tls, tuple(each.lower() for each in name or ()))
    listening = listen(host, port, serving)
    try:
        spec = read_spec(corpus_dir.resolve())
        complete_erasures(spec.folder)
        corpus_outputs = (outputs or default_outputs(corpus_dir)).resolve() / spec.name
        newest = Newest(corpus_outputs)
        newest.study()
        vault = partial(vault_for_runs, spec.folder, corpus_outputs)
        vault().close()
        sessions = Sessions(secret_beside(key_file()))
        for problem in feed(corpus_outputs):
            typer.secho(f"decisions.jsonl: {problem}", err=True, fg="yellow")

        def coders() -> list[str]:
            return [each.coder_id for each in accounts.all().values() if each.role in CODERS]

        def ready(address: str) -> None:
            typer.echo(address)
            who = "to everybody with an account who can reach it" if serving.is_secure else "to this machine alone"
            typer.echo(f"The review page is open {who}. Ctrl-C stops it.", err=True)
            if sys.stdout.isatty() if open_browser is None else open_browser:
                webbrowser.open(address)

        with review_log(corpus_outputs) as log:
            desk = Desk(
                newest,
                log,
                masks_of(vault),
                draw_secret=draw_secret_of(vault),
                blind=blind,
                codebook=spec.folder / spec.codebook,
                coders=coders,
            )
            # As `listen` was told: an account that is removed meanwhile opens the page to nobody.
            gate = AccountGate(accounts) if serving.accounts else None
            serve(desk, sessions, listening, ready=ready, gate=gate, serving=serving)
    finally:
        listening.close()
    typer.echo("Stopped. Everything that was decided is kept.", err=True)


def masks_of(vault: "Callable[[], Vault]") -> "Masks":
    """The queue of corrections of a corpus; its vault is open only meanwhile."""
    return _Masks(vault)


class _Masks:
    def __init__(self, vault: "Callable[[], Vault]") -> None:
        self._vault = vault

    def __call__(
        self,
        document: "Document",
        span: "Span",
        action: "CorrectionAction",
        *,
        label: str,
        reach: "Reach | None",
        by: str,
    ) -> int:
        from contextlib import closing
        from datetime import UTC, datetime

        from themes.deidentify.correct.corrections import ask

        with closing(self._vault()) as opened:
            asked = ask(opened, document, span, action, label=label, reach=reach, by=by, now=datetime.now(UTC))
        return asked.number

    def asked(self, document_id: str) -> "list[Correction]":
        from contextlib import closing

        from themes.deidentify.correct.corrections import corrections
        from themes.records.correction import Standing

        gone = {Standing.REFUSED, Standing.TAKEN_BACK}
        with closing(self._vault()) as opened:
            return [c for c in corrections(opened) if c.document_id == document_id and c.standing not in gone]

    def take_back(self, number: int, *, by: str) -> None:
        from contextlib import closing
        from datetime import UTC, datetime

        from themes.deidentify.correct.corrections import take_back

        with closing(self._vault()) as opened:
            take_back(opened, number, by=by, now=datetime.now(UTC))


def draw_secret_of(vault: "Callable[[], Vault]") -> "Callable[[], bytes]":
    """What gives the secret by which the cases of a corpus are drawn."""
    from contextlib import closing

    def draw_secret() -> bytes:
        with closing(vault()) as opened:
            return opened.keyed("sample", "")

    return draw_secret
