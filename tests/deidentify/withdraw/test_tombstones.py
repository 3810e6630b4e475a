"""What was withdrawn is known again, whatever it comes back as, and what others say is left to them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builders import a_raw_document
from themes.cli.forget import about_keep_words
from themes.deidentify.document import deidentify
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.quoted import short_runs
from themes.deidentify.withdraw.tombstones import BLANK, Tombstones, marks_of, shingles, text_mark
from themes.records.privacy import Finding, IdentifierKind
from themes.records.raw import RawDocument
from themes.records.span import Span
from themes.records.spec import CorpusSpec

LONG = "They stopped my money for nine weeks and nobody told me why."
SHORT = "Nobody ever listened."


def an_answer(text: str, row: str = "id 7", file: str = "a.csv", **fields: Any) -> RawDocument:
    key = f"{file}\x1f{row}"
    defaults: dict[str, Any] = {
        "case_key": key,
        "document_key": f"{key}\x1f{fields.get('prompt', '')}",
        "thread": key,
        "written": None,
    }
    return a_raw_document(text, **{**defaults, **fields})


def withdraw(
    vault: Vault,
    *texts: RawDocument,
    whole_rows: bool = True,
    shared: Callable[[str], bool] = lambda words: False,
    files: Iterable[str] = (),
) -> Tombstones:
    marks = marks_of(vault.keyed, texts, whole_rows=whole_rows, shared=shared, files=files)
    with vault.writing() as database:
        database.executemany("INSERT OR IGNORE INTO tombstones VALUES (?)", [(mark,) for mark in sorted(marks)])
    return Tombstones(vault)


def test_without_marks_everything_stays(vault: Vault) -> None:
    texts = [an_answer(LONG)]
    tombstones = Tombstones(vault)
    assert not tombstones
    assert tombstones.split(texts) == (texts, [])


def test_the_text_its_row_and_a_later_answer_in_it_stay_away(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG, prompt="one"))
    edited, later = an_answer("Other words now.", prompt="one"), an_answer("One more.", prompt="two")
    other = an_answer("One more.", row="id 8", prompt="two")
    assert tombstones.split([edited, other, later]) == ([other], [edited, later])


def test_a_single_text_that_was_withdrawn_stays_away_when_it_is_edited(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG, prompt="one"), whole_rows=False)
    edited, beside = an_answer("Other words now.", prompt="one"), an_answer("One more.", prompt="two")
    assert tombstones.split([edited, beside]) == ([beside], [edited])


def test_a_case_that_was_withdrawn_stays_away_with_a_text_of_another_name(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG, prompt="one"))
    assert tombstones.is_withdrawn(an_answer("Other words now.", prompt="two"))
    assert not tombstones.is_withdrawn(an_answer("Other words now.", prompt="one", case_key="x", document_key="y"))


def plainly(purpose: str, text: str) -> bytes:
    """Stands for the vault's keyed hash, and can be read."""
    return f"{purpose}: {text}".encode()


def test_a_mark_is_set_for_all_by_which_a_text_comes_back() -> None:
    """In every version alike: otherwise nothing that was withdrawn would be known again."""
    words = "they stopped my money for nine weeks and nobody told me why"
    texts = [a_raw_document(LONG, author="Mrs Jane Wren", thread="page", document_key="d", case_key="c")]
    assert marks_of(plainly, texts, whole_rows=True, shared=lambda _: False, files=["a.txt", "b.txt"]) == {
        b"withdrawn file: a.txt",
        b"withdrawn file: b.txt",
        b"id document: d",
        b"id case: c",
        f"withdrawn text, whole row: {words}".encode(),
        b"withdrawn words: they stopped my money for nine weeks and",
        b"withdrawn words: stopped my money for nine weeks and nobody",
        b"withdrawn words: my money for nine weeks and nobody told",
        b"withdrawn words: money for nine weeks and nobody told me",
        b"withdrawn words: for nine weeks and nobody told me why",
        b"withdrawn name: page\x1fjane wren",
        b"withdrawn name: page\x1fjane",
        b"withdrawn name: page\x1fwren",
        *(f"withdrawn words here: page\x1f{run}".encode() for run in short_runs(LONG)),
    }
    assert len(short_runs(LONG)) == 10


def test_of_single_texts_neither_the_row_nor_the_name_is_marked_nor_what_others_say_too() -> None:
    told = {"written": date(2014, 2, 3), "attributes": {"region": "Wales", "age": "20"}, "prompt": "How was it?"}
    short = a_raw_document(SHORT, author="Jane", thread="page", document_key="d", case_key="c", **told)
    eight = a_raw_document("One two three four five six seven eight.", document_key="e", case_key="c")
    nine = a_raw_document("All one two three four five six seven eight.", document_key="f", case_key="c")
    marks = marks_of(
        plainly,
        [short, eight, nine],
        whole_rows=False,
        shared=lambda words: words.startswith("all"),
        common={"all one two three four five six seven"},
    )
    assert marks == {
        b"id document: d",
        b"id document: e",
        b"id document: f",
        b"withdrawn answer, this text: How was it?\x1f2014-02-03\x1fage=20\x1fregion=Wales\x1fnobody ever listened",
        b"withdrawn text, this text: one two three four five six seven eight",
        b"withdrawn words: one two three four five six seven eight",
        *(
            f"withdrawn words here: {each.thread}\x1f{run}".encode()
            for each in (short, eight, nine)
            for run in short_runs(each.text)
        ),
    }


def test_an_answer_without_a_question_has_an_empty_one() -> None:
    assert text_mark(an_answer(SHORT, written=date(2014, 2, 3))) == (
        "withdrawn answer",
        "\x1f2014-02-03\x1fnobody ever listened",
    )
    assert text_mark(an_answer(SHORT, attributes={"region": "Wales"})) == (
        "withdrawn answer",
        "\x1f\x1fregion=Wales\x1fnobody ever listened",
    )


def test_the_same_words_under_another_row_or_in_another_file_take_their_row_with_them(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG))
    moved = an_answer("they STOPPED my money for nine weeks, and nobody told me why", row="id 99", prompt="one")
    beside = an_answer("Yes.", row="id 99", prompt="two")
    elsewhere = an_answer(LONG, file="b.csv")
    assert tombstones.split([moved, beside, elsewhere]) == ([], [moved, beside, elsewhere])


def test_a_short_answer_is_known_again_with_its_day_and_attributes_alone(vault: Vault) -> None:
    told = {"written": date(2014, 2, 3), "attributes": {"region": "Wales"}, "prompt": "one"}
    tombstones = withdraw(vault, an_answer(SHORT, **told))
    again = an_answer(SHORT, row="id 9", **told)
    others = [
        an_answer(SHORT, row="id 10", **{**told, "written": date(2014, 2, 4)}),
        an_answer(SHORT, row="id 11", **{**told, "attributes": {}}),
        an_answer(SHORT, row="id 12", **{**told, "prompt": "two"}),
    ]
    assert tombstones.split([again, *others]) == (others, [again])


def test_what_says_too_little_has_no_mark() -> None:
    assert text_mark(an_answer("Not really.", written=date(2014, 2, 3))) is None
    assert text_mark(an_answer(SHORT)) is None
    assert text_mark(an_answer(LONG)) == (
        "withdrawn text",
        "they stopped my money for nine weeks and nobody told me why",
    )


def test_words_that_somebody_else_says_too_do_not_withdraw_theirs(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG), shared=lambda words: words.startswith("they stopped"))
    mine, theirs = an_answer(LONG), an_answer(LONG, row="id 8")
    assert tombstones.split([mine, theirs]) == ([theirs], [mine])


def test_where_single_texts_were_withdrawn_the_writers_other_texts_stay(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG, prompt="one"), whole_rows=False)
    mine, beside = an_answer(LONG, prompt="one"), an_answer("It was fine.", prompt="two")
    moved, beside_moved = replace(mine, case_key="x", document_key="y"), replace(beside, case_key="x", document_key="z")
    stay, gone = tombstones.split([mine, beside, moved, beside_moved])
    assert (stay, gone) == ([beside, beside_moved], [mine, moved])


def test_what_stays_neither_answers_nor_quotes_what_is_gone(vault: Vault) -> None:
    gone = a_raw_document(LONG, document_key="page\x1f1", case_key="page\x1fa")
    tombstones = withdraw(vault, gone)
    quote = "stopped my money for nine weeks and nobody told me"
    text = f'"{quote}" is what they all say. "I am well" is not.'
    spans = (Span(1, 1 + len(quote)), Span(text.index("I am"), text.index("I am") + 9))
    reply = a_raw_document(text, document_key="page\x1f2", case_key="page\x1fb", reply_to="page\x1f1", quotations=spans)
    (left,), _ = tombstones.split([gone, reply])
    assert left.reply_to is None
    assert left.text == f'"{BLANK * len(quote)}" is what they all say. "I am well" is not.'
    late = replace(reply, document_key="page\x1f3", text="Agreed.", quotations=())
    assert tombstones.split([late]) == ([replace(late, reply_to=None)], [])
    other = replace(late, reply_to="page\x1f2")
    assert tombstones.split([other]) == ([other], [])


def test_a_quotation_of_seven_words_is_too_short_to_be_known(vault: Vault) -> None:
    seven = "they stopped my money for nine weeks"
    tombstones = withdraw(vault, an_answer(seven))
    assert not tombstones.repeats(seven)
    longer = withdraw(vault, an_answer(f"{seven} straight", row="id 8"))
    assert longer.repeats(f"{seven} straight")


def test_a_file_of_withdrawn_texts_alone_is_known(vault: Vault) -> None:
    tombstones = withdraw(vault, an_answer(LONG), files=["stories/one.txt"])
    assert (tombstones.is_withdrawn_file("stories/one.txt"), tombstones.is_withdrawn_file("stories/two.txt")) == (
        True,
        False,
    )


def test_the_name_stays_masked_in_the_thread_when_the_row_that_told_it_is_deleted(
    vault: Vault, spec: CorpusSpec
) -> None:
    written_by = {"author": "Quilliam Brockbank", "thread": "page.html"}
    reply = a_raw_document("i agree with quilliam brockbank and quilliam's friend there", thread="page.html")
    elsewhere = replace(reply, thread="other.html", document_key="other")
    withdraw(vault, a_raw_document(LONG, **written_by))
    made = deidentify([reply], spec=spec, vault=vault, recognizers={"none": lambda texts: [[] for _ in texts]})
    assert "uilliam" not in made.documents[0].text
    assert "rockbank" not in made.documents[0].text
    found = Tombstones(vault).find_names([reply, elsewhere])
    assert [{finding.span.of(reply.text) for finding in each} for each in found] == [
        {"quilliam brockbank", "quilliam", "brockbank"},
        set(),
    ]


def test_a_name_that_is_an_everyday_word_needs_its_capital(vault: Vault) -> None:
    tombstones = withdraw(vault, a_raw_document(LONG, author="Hope"))
    text = "I hope Hope is well"
    (found,) = tombstones.find_names([a_raw_document(text)])
    assert found == [Finding(Span(7, 11), "PERSON", IdentifierKind.DIRECT, 1.0, "known-name")]


def test_a_name_of_four_words_is_found_whole(vault: Vault) -> None:
    tombstones = withdraw(vault, a_raw_document(LONG, author="Ysolde de la Quirke"))
    text = "so ysolde de la quirke"
    (found,) = tombstones.find_names([a_raw_document(text)])
    assert [finding.span.of(text) for finding in found] == ["ysolde", "ysolde de la quirke", "quirke"]


def test_a_name_of_five_words_is_found_in_its_parts(vault: Vault) -> None:
    tombstones = withdraw(vault, a_raw_document(LONG, author="Ysolde Zibbet de la Quirke"))
    text = "so ysolde zibbet de la quirke"
    (found,) = tombstones.find_names([a_raw_document(text)])
    assert [finding.span.of(text) for finding in found] == ["ysolde", "zibbet", "quirke"]


def test_a_name_that_a_correction_masked_in_all_of_the_corpus_is_found_in_any_thread(vault: Vault) -> None:
    with vault.writing() as database:
        database.execute("INSERT INTO tombstones VALUES (?)", (vault.keyed("withdrawn name", "\x1fysolde"),))
    (found,) = Tombstones(vault).find_names([a_raw_document("Ask Ysolde.", thread="anywhere")])
    assert [finding.span for finding in found] == [Span(4, 10)]


def test_no_keep_word_brings_back_who_withdrew_and_its_number_is_told(vault: Vault, spec: CorpusSpec) -> None:
    withdraw(vault, a_raw_document(LONG, author="Quilliam Brockbank", thread="page.html"))
    keeping = replace(spec, keep_words=("Atos", "quilliam", "Wren Brockbank", "Wren"))
    says = {
        thread: a_raw_document("Ask Quilliam or Wren, then QUILLIAM'S friend.", thread=thread, document_key=thread)
        for thread in ("page.html", "other.html")
    }
    made = deidentify(list(says.values()), spec=keeping, vault=vault)
    tag = vault.surrogate("person", "person", "quilliam", provisional=True)
    assert [document.text for document in made.documents] == [
        f"Ask {tag} or Wren, then {tag}'S friend.",
        "Ask Quilliam or Wren, then QUILLIAM'S friend.",
    ]
    there, elsewhere = (list(about_keep_words(keeping, vault, {thread})) for thread in says)
    assert [line.split(" of `keep`")[0] for line in there] == ["Word 2", "Word 3"]
    assert elsewhere == []


@pytest.mark.parametrize("listed", ["Quilliam Brockbank", "Mr Brockbank", "quilliam"])
def test_a_listed_name_of_who_withdrew_is_told_and_stays_masked_in_every_thread(vault: Vault, listed: str) -> None:
    his = a_raw_document(LONG, author="Quilliam Brockbank", thread="page.html")
    names = [listed, "Wren Brockbank", "Wren"]
    with vault.writing() as database:
        marks = marks_of(vault.keyed, [his], whole_rows=True, shared=lambda _: False, listed=names)
        database.executemany("INSERT INTO tombstones VALUES (?)", [(mark,) for mark in sorted(marks)])
    tombstones = Tombstones(vault)
    assert tombstones.called(names, ["other.html"]) == [1]
    (found,) = tombstones.find_names([a_raw_document(f"I met {listed} and Wren.", thread="other.html")])
    assert listed.rsplit(maxsplit=1)[-1] in {one.span.of(f"I met {listed} and Wren.") for one in found}
    assert tombstones.find_names([a_raw_document("I met Wren.", thread="other.html")]) == [[]]


def test_a_name_that_was_not_listed_is_told_in_its_thread_alone(vault: Vault) -> None:
    tombstones = withdraw(vault, a_raw_document(LONG, author="Quilliam Brockbank", thread="page.html"))
    assert tombstones.called(["Quilliam Brockbank", "Ann Brockbank"], ["page.html"]) == [1]
    assert tombstones.called(["Quilliam Brockbank"], ["other.html"]) == []


def test_who_speaks_beside_is_looked_for_and_not_made(vault: Vault, spec: CorpusSpec) -> None:
    silent = {"none": lambda texts: [[] for _ in texts]}
    from themes.deidentify.recognize.known_names import find_known_names

    reply = a_raw_document("as zebedee says, they were kind")
    beside = a_raw_document(LONG, author="Zebedee Wren")
    made = deidentify(
        [reply], spec=spec, vault=vault, recognizers={**silent, "known": find_known_names}, beside=[beside]
    )
    assert len(made.documents) == 1
    assert "zebedee" not in made.documents[0].text
    assert vault.rows("SELECT count(*) FROM ids WHERE given LIKE 'd%'") == [(1,)]


def test_shingles_of_a_short_text_are_its_words() -> None:
    assert shingles("Nobody ever listened.") == {"nobody ever listened"}
    assert shingles("Not really.") == set()
    assert shingles("Well: one, TWO (three) four five six seven") == {"well one two three four five six seven"}
    assert shingles("All well: one, TWO (three) four five six seven") == {
        "all well one two three four five six",
        "well one two three four five six seven",
    }


def test_a_short_quotation_is_blanked_in_its_thread_and_nowhere_else(vault: Vault) -> None:
    gone = a_raw_document("They sent me home in the rain.", document_key="a", case_key="a", thread="page")
    tombstones = withdraw(vault, gone)
    quoted = "> they sent me home\nAwful."
    here, elsewhere = (
        a_raw_document(quoted, document_key=key, case_key=key, thread=thread, quotations=(Span(2, 19),))
        for key, thread in (("b", "page"), ("c", "other page"))
    )
    assert tombstones.split([gone, here, elsewhere])[0] == [
        replace(here, text=f"> {BLANK * 17}\nAwful."),
        elsewhere,
    ]
    too = a_raw_document("To think they sent me home!", document_key="d", case_key="d", thread="page")
    assert tombstones.split([here, too])[0] == [here, too]
