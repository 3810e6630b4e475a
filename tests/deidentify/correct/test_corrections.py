"""The queue of corrections: what may be asked, what is kept of it, and who can read that."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import a_document, a_raw_document
from themes.deidentify.correct.correction_log import append, lines_of
from themes.deidentify.correct.correction_words import Around
from themes.deidentify.correct.corrections import ask, corrections, corrections_digest, take_back, waiting
from themes.deidentify.correct.corrections_in_force import copies_of, forget_corrections, in_force, settle, take_up
from themes.deidentify.vault.vault import Vault
from themes.deidentify.withdraw.tombstones import Tombstones
from themes.errors import VaultError, WrongUse
from themes.records.corpus import Document
from themes.records.correction import Correction, CorrectionAction, Reach, Standing
from themes.records.privacy import Replacement
from themes.records.raw import RawDocument
from themes.records.span import Span

NOW = datetime(2026, 1, 5, 6, tzinfo=UTC)
MASK, UNMASK = CorrectionAction.MASK, CorrectionAction.UNMASK

# Written: "Bronwen at Acme rang Karen." Karen is masked, Bronwen was missed, the release profile masks Acme besides.
RAW = "Bronwen at Acme rang Karen."
SEEN = "Bronwen at Acme rang [person K7QX2M]."
STRICT = "Bronwen at [organisation C3DEF4] rang [person K7QX2M]."


def seen(vault: Vault, **fields: Any) -> Document:
    return a_document(
        vault.keyed_id("document", "page.html\0one"),
        SEEN,
        replacements=(Replacement(Span(21, 26), "PERSON", "[person K7QX2M]"),),
        release_replacements=(Replacement(Span(11, 15), "ORG", "[organisation C3DEF4]"),),
        **fields,
    )


def written(text: str = RAW, **fields: Any) -> RawDocument:
    return a_raw_document(text, **{"document_key": "page.html\0one", **fields})


def at(words: str, text: str = SEEN) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def asked(vault: Vault, words: str, action: CorrectionAction = MASK, **options: Any) -> Correction:
    """A correction of the words as the analyst sees them."""
    text = STRICT if options.get("profile") == "release" else SEEN
    given = {"label": "PERSON" if action is MASK else "", "by": "A. Nalyst", "now": NOW, **options}
    return ask(vault, seen(vault), at(words, text), action, **given)


def taken_up(vault: Vault, *documents: RawDocument) -> Sequence[Any]:
    settle(vault, documents or [written()], now=NOW)
    take_up(vault, now=NOW)
    return in_force(vault)


def test_a_missed_name_waits_with_who_and_when_and_its_place_in_the_text_before(vault: Vault) -> None:
    asked(vault, "rang")
    correction = asked(vault, "Bronwen")
    assert correction == Correction(
        2, seen(vault).document_id, Span(0, 7), MASK, "PERSON", None, None, "A. Nalyst", "2026-01-05T06:00:00+00:00",
        Standing.WAITING,
    )  # fmt: skip
    assert waiting(vault) == {seen(vault).document_id}
    assert [c.number for c in corrections(vault)] == [1, 2]


@pytest.mark.parametrize(
    ("marked", "profile", "expected"),
    [
        ("[person K7QX2M]", "coding", Span(21, 26)),
        ("son K7", "coding", Span(21, 26)),
        ("rang [person K7QX2M].", "coding", Span(21, 26)),
        ("[person K7QX2M]", "release", Span(21, 26)),
        ("[organisation C3DEF4]", "release", Span(11, 15)),
        ("C3DEF4] rang [per", "release", Span(11, 26)),
    ],
)
def test_a_wrong_mask_is_taken_as_a_whole(vault: Vault, marked: str, profile: str, expected: Span) -> None:
    correction = asked(vault, marked, UNMASK, profile=profile)
    assert (correction.span, correction.label, correction.reach_asked) == (expected, "", Reach.HERE)


def test_a_mask_may_be_given_another_label(vault: Vault) -> None:
    assert asked(vault, "[person K7QX2M]", label="EMPLOYER").span == Span(21, 26)


@pytest.mark.parametrize(
    ("words", "action", "options", "says"),
    [
        ("Bronwen", MASK, {"by": "  "}, "name of whoever makes it"),
        ("Bronwen", MASK, {"label": "FRIEND"}, "no label 'FRIEND'"),
        ("[person K7QX2M]", MASK, {}, "masked at 21 to 36 as PERSON already"),
        ("Bronwen", UNMASK, {}, "Nothing is masked"),
        ("Acme", UNMASK, {}, "Nothing is masked"),
        ("[person K7QX2M]", UNMASK, {"reach": Reach.THREAD}, "not in a thread"),
        (" ", MASK, {}, "has no words"),
        ("Bronwen", MASK, {"profile": "public"}, "no profile 'public'"),
    ],
)
def test_what_cannot_be_corrected_is_said(
    vault: Vault, words: str, action: CorrectionAction, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(WrongUse, match=says):
        asked(vault, words, action, **options)
    assert corrections(vault) == []


@pytest.mark.parametrize(("profile", "beyond"), [("coding", len(SEEN) + 1), ("release", len(STRICT) + 1)])
def test_a_stretch_beyond_the_text_is_refused(vault: Vault, profile: str, beyond: int) -> None:
    with pytest.raises(WrongUse, match="has no characters"):
        ask(vault, seen(vault), Span(0, beyond), MASK, label="PERSON", profile=profile, by="A", now=NOW)


def test_a_document_of_another_corpus_is_refused(vault: Vault) -> None:
    with pytest.raises(WrongUse, match="knows no document dstranger"):
        ask(vault, a_document("dstranger"), Span(0, 4), MASK, label="PERSON", by="A", now=NOW)


def test_words_are_read_when_the_raw_text_is_met_and_count_when_a_run_takes_them_up(vault: Vault) -> None:
    asked(vault, "Bronwen at")  # with a word too many, and a blank at the edge of another
    asked(vault, " Acme ", label="EMPLOYER")
    assert settle(vault, [written("Elsewhere.", document_key="page.html\0two"), written()], now=NOW) == 2
    assert (in_force(vault), waiting(vault)) == ([], set())
    take_up(vault, now=NOW)
    first, second = in_force(vault)
    near = Around(0, len(" Acme rang Karen."), vault.digest("Bronwen at Acme rang Karen."))
    assert (first.words, first.near, first.reach) == ("Bronwen at", near, Reach.CORPUS)
    assert (second.words, second.span, second.thread) == ("Acme", Span(11, 15), "page.html")
    assert [c.standing for c in corrections(vault)] == [Standing.IN_FORCE, Standing.IN_FORCE]
    assert [c.reach for c in corrections(vault)] == [Reach.CORPUS, Reach.CORPUS]


def test_what_is_asked_during_a_run_waits_for_the_next(vault: Vault) -> None:
    asked(vault, "Bronwen")
    (first,) = taken_up(vault)
    asked(vault, "Acme", label="EMPLOYER")
    settle(vault, [written()], now=NOW)
    take_back(vault, first.number, by="A. Nalyst", now=NOW)
    assert in_force(vault) == [first]
    take_up(vault, now=NOW)
    assert [each.words for each in in_force(vault)] == ["Acme"]


def test_taking_up_again_adds_nothing(vault: Vault) -> None:
    take_up(vault, now=NOW)
    assert lines_of(vault) == {}
    asked(vault, "Bronwen")
    taken_up(vault)
    before = lines_of(vault)
    take_up(vault, now=NOW)
    assert lines_of(vault) == before


def test_a_text_that_is_gone_is_told(vault: Vault) -> None:
    asked(vault, "Bronwen")
    assert taken_up(vault, written("Elsewhere.", document_key="page.html\0two")) == []
    (correction,) = corrections(vault)
    assert (correction.standing, correction.reason) == (Standing.REFUSED, "Its text is no longer below raw/.")
    assert [line["at"] for line in lines_of(vault).values() if line] == ["2026-01-05T06:00:00+00:00"] * 3


def test_a_mask_whose_text_was_changed_before_a_run_cannot_be_taken_away(vault: Vault) -> None:
    asked(vault, "[person K7QX2M]", UNMASK)
    assert taken_up(vault, written("Bronwen at Acme rang Carol.".replace("rang", "met "))) == []
    assert corrections(vault)[0].reason == "Its text was changed since; mark it again in the latest run."


def test_a_stretch_with_a_mask_in_it_cannot_be_found_in_a_text_that_was_changed(vault: Vault) -> None:
    asked(vault, "rang [person K7QX2M]", label="ADDRESS")
    assert taken_up(vault, written("So Bronwen at Acme rang Karen.")) == []
    assert corrections(vault)[0].reason == "Its text was changed since; mark it again in the latest run."


def test_how_far_a_mask_goes_depends_on_what_it_masks(vault: Vault) -> None:
    asked(vault, "Acme", label="AGE")  # describes somebody: it holds here alone
    asked(vault, "Acme", label="PERSON")
    assert [each.reach for each in taken_up(vault)] == [Reach.HERE, Reach.CORPUS]


def test_copies_of_a_text_are_known_by_a_keyed_hash(vault: Vault) -> None:
    """In every version alike: otherwise no copy would be known again."""
    asked(vault, "Bronwen")
    (settled,) = taken_up(vault)
    assert settled.copies == copies_of(vault, RAW) == vault.keyed("corrected text", RAW).hex()


def test_a_missed_name_is_masked_though_its_text_was_changed(vault: Vault) -> None:
    asked(vault, "Bronwen")
    (settled,) = taken_up(vault, written("So Bronwen at Acme rang Karen."))
    assert (settled.words, settled.near) == ("Bronwen", Around(0, 0, ""))


def test_a_hidden_name_cannot_be_unmasked(vault: Vault) -> None:
    asked(vault, "[person K7QX2M]", UNMASK)
    hidden = written("I.", document_key="page.html\0two", author="Karen W", name_hidden=True)
    assert taken_up(vault, written(), hidden) == []
    assert corrections(vault)[0].reason.startswith("The writer asked for their name to be hidden")


def test_a_name_that_is_not_hidden_can(vault: Vault) -> None:
    asked(vault, "[person K7QX2M]", UNMASK)
    shown = written("I.", document_key="page.html\0two", author="Karen W")
    assert [each.words for each in taken_up(vault, written(), shown)] == ["Karen"]


@pytest.mark.parametrize("number", [1, 3])
def test_only_what_is_in_the_queue_can_be_taken_back(vault: Vault, number: int) -> None:
    asked(vault, "Bronwen")
    take_back(vault, 1, by="A. Nalyst", now=NOW)
    with pytest.raises(WrongUse, match=f"Correction {number} cannot be taken back"):
        take_back(vault, number, by="A. Nalyst", now=NOW)
    assert [c.standing for c in corrections(vault)] == [Standing.TAKEN_BACK]
    assert waiting(vault) == set()


def test_who_took_a_correction_back_and_when_is_kept(vault: Vault) -> None:
    asked(vault, "Bronwen")
    take_back(vault, 1, by=" A. Nalyst ", now=NOW)
    line = lines_of(vault)[2]
    assert line is not None
    assert {name: value for name, value in line.items() if name != "salt"} == {
        "entry": "taken back",
        "of": 1,
        "by": "A. Nalyst",
        "at": "2026-01-05T06:00:00+00:00",
    }


def test_what_was_seen_is_kept_and_never_what_a_mask_hides(vault: Vault) -> None:
    asked(vault, "Bronwen")
    asked(vault, "rang [person K7QX2M]", label="ADDRESS")
    opening = a_document(
        vault.keyed_id("document", "two"),
        "[person K7QX2M] rang.",
        replacements=(Replacement(Span(0, 4), "PERSON", "[person K7QX2M]"),),
    )
    ask(vault, opening, Span(0, 15), UNMASK, label="", by="A. Nalyst", now=NOW)

    def clear(at: int, words: str) -> list[object]:
        return [at, len(words), vault.digest(words)]

    assert [line["seen"] for line in lines_of(vault).values() if line] == [
        {"length": 27, "clear": [clear(0, "Bronwen at Acme rang "), clear(26, ".")], "words": "Bronwen"},
        {"length": 27, "clear": [clear(0, "Bronwen at Acme rang "), clear(26, ".")], "words": ""},
        {"length": 10, "clear": [clear(4, " rang.")], "words": ""},
    ]


def test_a_missed_name_after_a_mask_is_masked_though_its_text_was_changed(vault: Vault) -> None:
    document = a_document(
        vault.keyed_id("document", "page.html\0one"),
        "[person K7QX2M] told Bronwen, then [person K7QX2M].",
        replacements=(
            Replacement(Span(0, 5), "PERSON", "[person K7QX2M]"),
            Replacement(Span(25, 30), "PERSON", "[person K7QX2M]"),
        ),
    )
    ask(vault, document, at("Bronwen", document.text), MASK, label="PERSON", by="A. Nalyst", now=NOW)
    (settled,) = taken_up(vault, written("So Karen told Bronwen, then Karen."))
    assert settled.words == "Bronwen"


def test_what_the_release_masks_already_need_not_be_asked_for(vault: Vault) -> None:
    with pytest.raises(WrongUse, match="is masked at 11 to 32 as ORG already"):
        asked(vault, "[organisation C3DEF4]", label="ORG", profile="release")


def test_taking_back_needs_a_name(vault: Vault) -> None:
    asked(vault, "Bronwen")
    with pytest.raises(WrongUse, match="nobody says so"):
        take_back(vault, 1, by="", now=NOW)


def test_the_plan_sees_what_is_asked_and_not_who_asks_or_when(vault: Vault) -> None:
    nothing = corrections_digest(vault)
    asked(vault, "Bronwen")
    one = corrections_digest(vault)
    asked(vault, "Bronwen", by="Somebody Else", now=datetime(2027, 1, 1, tzinfo=UTC))
    assert (one == nothing, corrections_digest(vault)) == (False, one)
    taken_up(vault)
    assert corrections_digest(vault) == one
    asked(vault, "Acme", label="EMPLOYER")
    two = corrections_digest(vault)
    asked(vault, "Bronwen")  # now it is said last
    assert len({one, two, corrections_digest(vault)}) == 3
    for correction in corrections(vault):
        take_back(vault, correction.number, by="A", now=NOW)
    assert corrections_digest(vault) == nothing


def test_words_are_nowhere_in_the_clear(vault: Vault) -> None:
    asked(vault, "Bronwen")
    taken_up(vault)
    kept = b"".join(path.read_bytes() for path in vault.folder.glob("vault.db*"))
    assert b"Bronwen" not in kept
    assert "Bronwen" not in repr((corrections(vault), in_force(vault)))


def test_the_queue_is_only_added_to(vault: Vault) -> None:
    asked(vault, "Bronwen")
    for statement in ("DELETE FROM corrections", "UPDATE corrections SET digest = x'00'"):
        with pytest.raises(Exception, match="only ever added to"), vault.writing() as database:
            database.execute(statement)


@pytest.mark.parametrize("break_it", ["content", "order"])
def test_a_changed_line_shows(vault: Vault, break_it: str) -> None:
    append(vault, [{"entry": "one"}, {"entry": "two"}, {"entry": "three"}])
    with vault.writing() as database:
        if break_it == "content":
            sealed = vault.seal(json.dumps({"entry": "four"}).encode())
            database.execute("UPDATE corrections SET sealed = ? WHERE number = 2", (sealed,))
        else:
            database.execute("DROP TRIGGER corrections_stay")
            database.execute("DELETE FROM corrections WHERE number = 2")
    with pytest.raises(VaultError, match="line 2 is not what was written"):
        lines_of(vault)


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM corrections WHERE number = 1", "UPDATE corrections SET number = number - 1"),
        (
            "UPDATE corrections SET number = 9 WHERE number = 1",
            "UPDATE corrections SET number = 1 WHERE number = 2",
            "UPDATE corrections SET number = 2 WHERE number = 9",
        ),
    ],
)
def test_a_queue_without_its_first_line_or_in_another_order_shows(vault: Vault, statements: tuple[str, ...]) -> None:
    append(vault, [{"entry": "one"}, {"entry": "two"}, {"entry": "three"}])
    with vault.writing() as database:
        for trigger in ("corrections_stay", "corrections_are_not_rewritten"):
            database.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            database.execute(statement)
    with pytest.raises(VaultError, match="line 1 is not what was written"):
        lines_of(vault)


def test_a_line_has_salt_and_is_linked_to_the_one_before(vault: Vault) -> None:
    """In every version alike: otherwise no queue would fit."""
    assert append(vault, [{"entry": "one"}, {"entry": "two"}]) == [1, 2]
    salts = [line["salt"] for line in lines_of(vault).values() if line]
    assert [len(bytes.fromhex(salt)) for salt in {*salts}] == [16, 16]
    (first, one), (second, two) = vault.rows("SELECT digest, chained FROM corrections ORDER BY number")
    assert one == vault.keyed("correction chain", first.hex())
    assert two == vault.keyed("correction chain", one.hex() + second.hex())


def test_what_is_forgotten_leaves_a_queue_that_still_fits_and_a_name_that_stays_masked(vault: Vault) -> None:
    asked(vault, "Bronwen")
    asked(vault, "rang", label="EVENT")  # here alone
    asked(vault, "Acme rang", label="EMPLOYER", reach=Reach.THREAD)
    asked(vault, "Bronwen at Acme rang [person K7QX2M]", label="ADDRESS")  # too long to be known by a mark
    asked(vault, "[person K7QX2M]", UNMASK)
    taken_up(vault)
    asked(vault, "at", label="JOB")
    other = vault.keyed_id("document", "page.html\0two")
    ask(vault, a_document(other, "Bethan rang."), Span(0, 6), MASK, label="PERSON", by="A", now=NOW)
    assert forget_corrections(vault, [seen(vault).document_id]) == 6
    assert [c.document_id for c in corrections(vault)] == [other]
    assert in_force(vault) == []
    assert [line is None for line in lines_of(vault).values()] == [True] * 10 + [False, True, False]
    elsewhere = a_raw_document("Bronwen left; Acme rang.", thread="other.html")
    here = a_raw_document("Bronwen left; Acme rang.")
    found = Tombstones(vault).find_names([elsewhere, here])
    assert [[f.span.of(here.text) for f in each] for each in found] == [["Bronwen"], ["Bronwen", "Acme rang"]]


def test_nothing_is_forgotten_of_documents_without_corrections(vault: Vault) -> None:
    assert forget_corrections(vault, ["dnone"]) == 0


@pytest.mark.parametrize(
    ("marked", "profile", "whole"),
    [
        ("ronw", "coding", "Bronwen"),
        ("wen at Ac", "coding", "Bronwen at Acme"),
        ("cme", "coding", "Acme"),
        ("ronw", "release", "Bronwen"),
        ("nwen at [org", "release", "Bronwen at Acme"),
    ],
)
def test_a_word_that_is_cut_in_half_is_masked_whole(vault: Vault, marked: str, profile: str, whole: str) -> None:
    correction = asked(vault, marked, profile=profile)
    assert correction.span == at(whole, RAW)
    assert [settled.words for settled in taken_up(vault)] == [whole]


def standings(vault: Vault) -> list[tuple[int, Standing, int]]:
    return [(each.number, each.standing, each.by_later) for each in corrections(vault)]


def test_a_later_correction_of_the_same_words_overrules_the_earlier_which_stays_in_the_queue(vault: Vault) -> None:
    asked(vault, "Bronwen")
    asked(vault, "Bronwen", label="EMPLOYER")
    assert standings(vault) == [(1, Standing.OVERRULED, 2), (2, Standing.WAITING, 0)]
    assert [settled.label for settled in taken_up(vault)] == ["PERSON", "EMPLOYER"]  # the last one wins
    assert standings(vault) == [(1, Standing.OVERRULED, 2), (2, Standing.IN_FORCE, 0)]
    assert waiting(vault) == set()
    take_back(vault, 2, by="A. Nalyst", now=NOW)
    assert standings(vault) == [(1, Standing.IN_FORCE, 0), (2, Standing.TAKEN_BACK, 0)]


def test_an_overruled_correction_can_be_taken_back_too(vault: Vault) -> None:
    asked(vault, "Bronwen")
    asked(vault, "Bronwen", label="EMPLOYER")
    take_back(vault, 1, by="A. Nalyst", now=NOW)
    assert standings(vault) == [(1, Standing.TAKEN_BACK, 0), (2, Standing.WAITING, 0)]


def test_one_that_is_in_force_counts_until_a_run_takes_up_the_later(vault: Vault) -> None:
    asked(vault, "Bronwen", reach=Reach.HERE)
    taken_up(vault)
    asked(vault, "Bronwen", label="EMPLOYER")
    assert standings(vault) == [(1, Standing.IN_FORCE, 0), (4, Standing.WAITING, 0)]


@pytest.mark.parametrize(
    ("first", "then", "overruled"),
    [
        (("Bronwen", Reach.HERE), ("Bronwen at", Reach.HERE), True),
        (("Bronwen at", Reach.HERE), ("Bronwen", Reach.HERE), False),
        (("Bronwen", Reach.CORPUS), ("Bronwen", Reach.HERE), False),  # still masked elsewhere
        (("Bronwen", Reach.CORPUS), ("Bronwen", Reach.CORPUS), True),
        (("Bronwen", Reach.CORPUS), ("Bronwen at", Reach.CORPUS), False),
        (("Bronwen", Reach.HERE), ("rang", Reach.HERE), False),
    ],
)
def test_one_of_which_something_is_left_is_not_overruled(
    vault: Vault, first: tuple[str, Reach], then: tuple[str, Reach], overruled: bool
) -> None:
    asked(vault, first[0], reach=first[1])
    asked(vault, then[0], reach=then[1], label="EMPLOYER")
    assert (standings(vault)[0][1] is Standing.OVERRULED) == overruled


def test_what_was_said_of_a_name_in_others_texts_goes_with_its_bearer(vault: Vault) -> None:
    lift = asked(vault, "[person K7QX2M]", UNMASK)
    asked(vault, "Bronwen", reach=Reach.HERE)
    asked(vault, "Acme", label="EMPLOYER")
    words = taken_up(vault)[0].words
    assert forget_corrections(vault, ["dnone"]) == 0
    assert forget_corrections(vault, ["dnone"], frozenset({words, "Bronwen Zibbet"})) == 2
    assert [(c.document_id, c.label) for c in corrections(vault)] == [(lift.document_id, "EMPLOYER")]


def test_the_vault_keeps_no_words_that_stand_around_what_is_corrected(vault: Vault) -> None:
    asked(vault, "Bronwen")
    taken_up(vault)
    told = json.dumps([line for line in lines_of(vault).values() if line])
    assert "Bronwen" in told
    assert [word for word in ("Acme", "rang", "Karen") if word in told] == []


def test_queues_of_older_vaults_that_hold_the_words_around_still_count(vault: Vault) -> None:
    asked(vault, "Bronwen")
    line = next(line for line in lines_of(vault).values() if line)
    seen = {"length": len(RAW), "clear": [[0, RAW[:11]]], "words": "Bronwen"}
    assert append(vault, [{**line, "seen": seen}]) == [2]
    (_, settled) = taken_up(vault)
    number, end = next((n, line) for n, line in lines_of(vault).items() if line and line.get("of") == 2)
    assert settled.words == "Bronwen" and number > 2
    old = {key: value for key, value in end.items() if key not in {"around", "salt"}}
    append(vault, [{**old, "before": "", "after": " at"}, {"entry": "taken up", "at": old["at"]}])
    assert in_force(vault)[1].near == Around(0, 3, vault.digest("Bronwen at"))


def test_the_name_of_somebody_who_withdrew_is_never_shown_again(vault: Vault) -> None:
    asked(vault, "[person K7QX2M]", UNMASK)
    with vault.writing() as database:
        thread = written().thread
        database.execute("INSERT INTO tombstones VALUES (?)", (vault.keyed("withdrawn name", f"{thread}\x1fkaren"),))
    assert taken_up(vault) == []
    (correction,) = corrections(vault)
    assert correction.standing is Standing.REFUSED
