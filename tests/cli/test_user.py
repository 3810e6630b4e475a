"""`themes user`: invitations, the list, and taking an account away."""

import pytest
from typer.testing import CliRunner

from themes.cli.main import app
from themes.review.accounts import Accounts


def run(*words):
    return CliRunner().invoke(app, ["user", *words])


def test_somebody_is_invited_listed_and_taken_away(own_places):
    done = run("add", "sam", "--role", "analyst")
    assert done.exit_code == 0
    code = done.stdout.strip()
    assert len(code) == 24
    assert "coder 1" in done.stderr
    accounts = Accounts(own_places / "review-accounts.json")
    assert code not in accounts.path.read_text()
    assert run("list").stdout == "sam\tanalyst\tcoder 1\tinvited\n"
    assert run("remove", "sam").exit_code == 0
    assert (run("list").stdout, accounts.all()) == ("", {})


@pytest.mark.parametrize(
    "words",
    [
        ("add", "sam", "--role", "god"),
        ("add", "a b", "--role", "viewer"),
        ("remove", "kim"),
        ("add", "sam", "--role", "nobody"),
    ],
)
def test_wrong_use_is_told(words):
    done = run(*words)
    assert done.exit_code == 2
