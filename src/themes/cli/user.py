"""`themes user`: who may use the review page."""

from pathlib import Path
from typing import Annotated

import typer

from themes.errors import WrongUse

user = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Accounts for the review page. Once there is one, the page asks everybody to sign in.",
)

ROLES = ("admin", "researcher", "analyst", "viewer")


@user.command()
def add(
    name: Annotated[str, typer.Argument(help="By which they sign in.")],
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")],
    coder: Annotated[str, typer.Option(help='The pseudonym under which they code; default: "coder 1" and so on.')] = "",
) -> None:
    """Invite somebody, or give them a new role or the chance of a new password.

    Prints a code that holds for seven days, once. With it they choose a password of their own on the page; nobody else
    ever knows it, and no account comes with one.

    Example: `themes user add sam --role analyst`
    """
    from datetime import UTC, datetime

    from themes.review.accounts import Accounts
    from themes.review.people import Role

    if role not in ROLES:
        raise WrongUse(f"There is no such role. Roles: {', '.join(ROLES)}.")
    accounts = Accounts(accounts_file())
    code = accounts.invite(name, Role(role), coder_id=coder, now=datetime.now(UTC))
    typer.echo(code)
    typer.echo(f"{name} codes as “{accounts.all()[name].coder_id}”. The code holds for seven days, once.", err=True)


@user.command(name="list")
def list_() -> None:
    """List the accounts: name, role, pseudonym, and whether they have joined.

    Example: `themes user list`
    """
    from themes.review.accounts import Accounts

    for account in Accounts(accounts_file()).all().values():
        typer.echo(
            "\t".join((account.name, account.role, account.coder_id, "joined" if account.password else "invited"))
        )


@user.command()
def remove(name: Annotated[str, typer.Argument(help="The account.")]) -> None:
    """Take an account away, at once. What its coder decided stays.

    Example: `themes user remove sam`
    """
    from themes.review.accounts import Accounts

    Accounts(accounts_file()).remove(name)


def accounts_file() -> Path:
    """Where the accounts of this machine are: beside the key of the vault."""
    from themes.deidentify.vault.key import key_file

    return key_file().with_name("review-accounts.json")
