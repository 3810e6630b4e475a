"""A surrogate is turned back for a reason, by somebody, and that stays written."""

import sqlite3
from datetime import UTC, datetime

import pytest

from themes.deidentify.vault.reveals import Reveal, Revealed, forget_in_reveals, plain_tag, reveal, reveals
from themes.deidentify.vault.vault import Vault
from themes.errors import VaultError, WrongUse

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)


def tag_of(vault: Vault, words: str) -> str:
    return plain_tag(vault.surrogate("adviser", "person", words, shown=words.title()))


def test_who_asked_when_and_why_is_kept_and_the_words_are_not(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    found = reveal(vault, f"[adviser {tag}]", reason=" A complaint ", by="A. Reader", now=NOW)
    assert found == [Revealed("person", "Zebedee Wren")]
    assert reveals(vault) == [Reveal("2026-01-05T06:00:00+00:00", "A. Reader", "A complaint", tag)]
    (sealed,) = vault.rows("SELECT sealed FROM reveals")[0]
    assert b"ebedee" not in vault.unseal(sealed)
    assert "Zebedee" not in repr(found)


@pytest.mark.parametrize(("reason", "by"), [("", "A. Reader"), ("  ", "A. Reader"), ("A complaint", " ")])
def test_without_a_reason_or_a_name_nothing_is_turned_back(vault: Vault, reason: str, by: str) -> None:
    tag = tag_of(vault, "zebedee wren")
    with pytest.raises(WrongUse, match="--reason TEXT --by NAME"):
        reveal(vault, tag, reason=reason, by=by, now=NOW)
    assert reveals(vault) == []


def test_a_tag_that_was_never_given_is_not_logged(vault: Vault) -> None:
    with pytest.raises(VaultError, match="holds no tag Z9ZZZ"):
        reveal(vault, "Z9ZZZ", reason="A complaint", by="A. Reader", now=NOW)
    assert reveals(vault) == []


@pytest.mark.parametrize("written", ["", "adviser", "[adviser]", "K7", "K7QX2 and more", "[a [adviser K7QX2]]"])
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(WrongUse, match="is no tag"):
        plain_tag(written)


@pytest.mark.parametrize("written", ["K7QX2", " k7qx2 ", "[adviser K7QX2]", "[ADVISER K7QX2]", "adviser K7QX2"])
def test_a_tag_may_be_typed_or_copied(written: str) -> None:
    assert plain_tag(written) == "K7QX2"


def test_the_log_is_only_ever_added_to(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    for reason in ("A complaint", "A second one"):
        reveal(vault, tag, reason=reason, by="A. Reader", now=NOW)
    with vault.writing() as database:
        for change in ("DELETE FROM reveals", "UPDATE reveals SET number = 7", "UPDATE reveals SET chained = x'00'"):
            with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                database.execute(change)
    assert [entry.reason for entry in reveals(vault)] == ["A complaint", "A second one"]


def test_a_changed_entry_shows(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    for reason in ("A complaint", "A second one", "A third one"):
        reveal(vault, tag, reason=reason, by="A. Reader", now=NOW)
    content = vault.unseal(vault.rows("SELECT sealed FROM reveals WHERE number = 2")[0][0])
    with vault.writing() as database:
        forged = vault.seal(content.replace(b"A. Reader", b"B. Reader"))
        database.execute("UPDATE reveals SET sealed = ? WHERE number = 2", (forged,))
    with pytest.raises(VaultError, match="entry 2 is not what was written"):
        reveals(vault)


def test_an_entry_that_was_taken_out_shows(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    for reason in ("A complaint", "A second one"):
        reveal(vault, tag, reason=reason, by="A. Reader", now=NOW)
    with vault.writing() as database:
        database.execute("DROP TRIGGER reveals_stay")
        database.execute("DELETE FROM reveals WHERE number = 1")
    with pytest.raises(VaultError, match="entry 1 is not what was written"):
        reveals(vault)


def test_who_is_forgotten_is_blanked_in_the_log_and_its_chain_holds(vault: Vault) -> None:
    tags = [tag_of(vault, name) for name in ("zebedee wren", "ann tull")]
    for tag in (*tags, tags[1]):
        reveal(vault, tag, reason="Zebedee asked", by="A. Reader", now=NOW)
    for _ in range(2):  # done twice, it does no more
        forget_in_reveals(vault, blanked=lambda said: said.replace("Zebedee", "*"), tags={tags[0]})
        at = "2026-01-05T06:00:00+00:00"
        assert reveals(vault) == [Reveal(at, "A. Reader", "* asked", tag) for tag in ("", tags[1], tags[1])]
    reveal(vault, tags[1], reason="Later", by="A. Reader", now=NOW)
    forget_in_reveals(vault, blanked=lambda said: said.replace("asked", "-"), tags=())
    assert [entry.reason for entry in reveals(vault)] == ["* -", "* -", "* -", "Later"]
    opened = b"".join(vault.unseal(sealed) for (sealed,) in vault.rows("SELECT sealed FROM reveals"))
    assert b"Zebedee" not in opened


def test_an_entry_that_was_changed_stays_changed_when_somebody_is_blanked_in_it(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    reveal(vault, tag, reason="Zebedee asked", by="A. Reader", now=NOW)
    ((sealed,),) = vault.rows("SELECT sealed FROM reveals")
    other = vault.seal(vault.unseal(sealed).replace(b"A. Reader", b"B. Other"))
    with vault.writing() as database:
        database.execute("UPDATE reveals SET sealed = ?", (other,))
    forget_in_reveals(vault, blanked=lambda said: said.replace("Zebedee", "*"), tags=())
    with pytest.raises(VaultError, match="entry 1 is not what was written"):
        reveals(vault)


def test_what_vouches_for_a_blanked_entry_vouches_for_no_other_words(vault: Vault) -> None:
    tag = tag_of(vault, "zebedee wren")
    reveal(vault, tag, reason="Zebedee asked", by="A. Reader", now=NOW)
    forget_in_reveals(vault, blanked=lambda said: said.replace("Zebedee", "*"), tags=())
    ((sealed,),) = vault.rows("SELECT sealed FROM reveals")
    with vault.writing() as database:
        other = vault.seal(vault.unseal(sealed).replace(b"A. Reader", b"B. Other"))
        database.execute("UPDATE reveals SET sealed = ?", (other,))
    with pytest.raises(VaultError, match="entry 1 is not what was written"):
        reveals(vault)
