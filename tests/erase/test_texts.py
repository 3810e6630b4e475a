"""What others keep of their texts when somebody goes."""

from dataclasses import replace

from builders import a_document
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import BLANK, Tombstones
from themes.erase.journal import Erasure
from themes.erase.texts import left_of
from themes.records.corpus import Document, DocumentKind, SourceRef
from themes.records.privacy import Replacement
from themes.records.span import Span

GONE = a_document("dz", "They sent me home in the rain.", case_id="cz")
ERASURE = Erasure(frozenset({"dz"}), frozenset({"cz"}), {}, "token")
SAID = Span(2, 19)


def a_reply(document_id: str, **fields: object) -> Document:
    return a_document(document_id, "> they sent me home\nAwful.", **{"quotations": (SAID,), **fields})


def test_a_short_quotation_goes_from_the_same_page_alone(vault: Vault) -> None:
    elsewhere = a_reply("d2", source=SourceRef("other.html"))
    answer = a_reply("d3", kind=DocumentKind.ANSWER)  # a row of a table of the same name is no thread
    now = left_of([GONE, a_reply("d1"), elsewhere, answer], ERASURE, Tombstones(vault)).now
    assert now["d1"].text == f"> {BLANK * 17}\nAwful."
    assert (now["d2"], now["d3"]) == (elsewhere, answer)


def test_what_somebody_else_of_the_page_says_too_stays(vault: Vault) -> None:
    reply, too = a_reply("d1"), a_document("d2", "To think they sent me home!")
    now = left_of([GONE, reply, too], ERASURE, Tombstones(vault)).now
    assert now == {"d1": reply, "d2": too}


def test_a_name_that_was_shown_goes_from_the_same_thread_alone(vault: Vault) -> None:
    with vault.writing() as database:
        for name in ("ysolde quirke", "ysolde", "quirke"):
            database.execute("INSERT INTO tombstones VALUES (?)", (vault.keyed("withdrawn name", f"page\x1f{name}"),))
    masked = Replacement(Span(4, 10), "PERSON", "[person Quirke]")
    here = a_document("d1", "Ask [person Quirke] or @Ysolde, not the Quirkes' or Quirk.", replacements=(masked,))
    elsewhere = a_document("d2", "Ask Ysolde.")
    erasure = replace(ERASURE, threads={"d1": "page"})
    now = left_of([GONE, here, elsewhere], erasure, Tombstones(vault)).now
    assert now["d1"].text == f"Ask [person Quirke] or @{BLANK * 6}, not the {BLANK * 7}' or Quirk."
    assert now["d2"] == elsewhere
