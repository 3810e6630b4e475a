"""The loop without scripts: forms, what they write, where they lead."""

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_coding, a_masked_document, a_segment
from review_study import Page, codebook, sentences, usual_run, write_run
from themes.records.coding import READS_LIKE, RiskFlag
from themes.records.corpus import Quarantined, SourceRef
from themes.records.span import Span
from themes.review.people import Person, Role
from themes.store.files import read_json, write_json
from themes.store.review_records import concerns_in, decisions_in, memos_in
from themes.store.run_folder import ERASING, RunFolder


def tree(answer):
    return HTMLParser(answer.text)


def ticked(answer):
    return [box.attributes["value"] for box in tree(answer).css('input[name="code"][checked]')]


def test_the_first_page_says_where_the_review_stands(page):
    assert "decided <strong>0</strong> of 6 excerpts, from 2 texts" in page.get("/").text
    page.decide("d1:0-18", "food")
    assert "decided <strong>1</strong> of 6" in page.get("/").text


def test_what_needs_a_person_comes_first(page):
    assert page.get("/next").headers["location"] == "/excerpt/d2:29-43"
    answer = page.get("/excerpt/d2:29-43")
    assert "May tell of risk to life</strong>, in plain words: wanting to die. A person must read it." in answer.text


def test_what_may_be_meant_is_told_from_what_is_said_in_plain_words(tmp_path):
    write_run(
        tmp_path / "small",
        [sentences("d1", "The soup was cold.")],
        flags=[RiskFlag("d1:0-18", "d1", 0.4, READS_LIKE)],
    )
    page = Page(tmp_path / "small")
    try:
        answer = page.get("/excerpt/d1:0-18")
    finally:
        page.close()
    assert "May tell of risk to life</strong>, though not in plain words: it reads like texts" in answer.text


def test_an_excerpt_is_shown_in_its_text_with_the_question_and_what_is_suggested(page):
    answer = page.get("/excerpt/d1:0-18?reason=reading")
    assert tree(answer).css_first("mark.now").text() == "The soup was cold."
    assert tree(answer).css_first("#text").text() == "The soup was cold. Nobody came. We waited for hours."
    assert "How was it?" in tree(answer).css_first(".asked").text()
    choices = tree(answer).css(".choice")
    assert [c.css_first(".name").text() for c in choices] == ["Food", "Staff"]
    assert ["90 %" in choices[0].text(), "cue: soup*" in choices[0].text(), "40 %, unsure" in choices[1].text()] == [
        True
    ] * 3
    assert ticked(answer) == ["food"]
    assert [o.css_first("input").attributes["value"] for o in tree(answer).css(".other")] == ["waiting"]
    assert tree(answer).css_first(".picker summary").text() == "Another code /"
    assert tree(answer).css_first("title").text() == "Excerpt – themes"


def test_deciding_writes_it_down_and_brings_the_next(page):
    answer = page.decide("d1:0-18", "food", "waiting", reason="reading")
    assert answer.headers["location"] == "/excerpt/d1:19-31?reason=reading"
    assert page.verdicts() == [
        ("d1:0-18", "food", "accept"),
        ("d1:0-18", "staff", "reject"),
        ("d1:0-18", "waiting", "add"),
        ("d1:0-18", "", "complete"),
    ]
    again = page.get("/excerpt/d1:0-18")
    assert ticked(again) == ["food", "waiting"]
    assert "You have decided on this excerpt" in again.text


def test_no_code_applies_whatever_is_ticked(page):
    page.decide("d1:0-18", "food", do="none")
    assert [(code, verdict) for _, code, verdict in page.verdicts()] == [
        ("food", "reject"),
        ("staff", "reject"),
        ("", "complete"),
    ]


def test_a_form_that_is_sent_twice_counts_once_and_with_another_answer_not_at_all(page):
    fields = {**page.fields("/excerpt/d1:0-18"), "shown": ["food"], "code": ["food"], "do": "decide"}
    first = page.browser.post("/excerpt/d1:0-18", data=fields)
    head = page.log.head()
    assert page.browser.post("/excerpt/d1:0-18", data=fields).headers["location"] == first.headers["location"]
    assert page.browser.post("/excerpt/d1:0-18", data={**fields, "do": "none"}).status_code == 409
    assert page.log.head() == head


def test_words_that_changed_meanwhile_are_not_decided_on(page, tmp_path):
    fields = {**page.fields("/excerpt/d1:0-18"), "do": "none"}
    changed = sentences("d1", "The soup was warm.")
    write_run(tmp_path / "small", [changed], run_id="20260112-060000")
    answer = page.browser.post("/excerpt/d1:0-18", data=fields)
    assert (answer.status_code, "has changed since you opened it" in answer.text) == (409, True)
    assert page.verdicts() == []


def test_an_undo_that_is_sent_twice_undoes_one_thing(page):
    """As a double click does; and one that names nothing undoes nothing."""
    page.decide("d1:0-18", "food")
    page.decide("d1:19-31", do="none")
    form = page.fields("/excerpt/d1:0-18", "/undo")
    assert page.browser.post("/undo", data=form).headers["location"] == "/excerpt/d1:19-31"
    again = page.browser.post("/undo", data=form)
    assert (again.status_code, "Nothing was undone" in again.text) == (409, True)
    assert page.browser.post("/undo", data={"token": form["token"]}).status_code == 409
    assert page.undo().headers["location"] == "/excerpt/d1:0-18"


@pytest.mark.parametrize("address", ["/bulk", "/next"])
def test_every_page_that_can_undo_names_what(page, address):
    for segment_id in page.desk.look()[0].segments:
        page.decide(segment_id, do="none")
    last = page.desk.look()[1].last_act("R1" if page.person is None else page.person.coder_id)
    assert page.fields(address, "/undo")["act"] == last.act_id


def test_several_steps_are_undone_and_each_is_shown_again(page):
    page.decide("d1:0-18", "food")
    page.decide("d1:19-31", do="none")
    assert page.undo().headers["location"] == "/excerpt/d1:19-31"
    assert page.undo().headers["location"] == "/excerpt/d1:0-18"
    assert "nothing to undo" in page.undo().text
    assert "decided <strong>0</strong> of 6" in page.get("/").text


def redo(page, **sent):
    fields = page.fields("/excerpt/d1:0-18", "/redo")
    return page.browser.post("/redo", data={**fields, **sent})


def test_what_was_undone_is_done_once_more_and_can_be_undone_again(page):
    page.decide("d1:0-18", "food")
    page.decide("d1:19-31", do="none")
    _, held, _ = page.desk.look()
    before = {each: held.by_coder(each, "analyst") for each in ("d1:0-18", "d1:19-31")}
    for _ in range(2):
        page.undo()
        page.undo()
        assert held.completed("analyst") == set()
        assert redo(page).headers["location"] == "/excerpt/d1:0-18"
        assert held.completed("analyst") == {"d1:0-18"}
        assert redo(page).headers["location"] == "/excerpt/d1:19-31"
        assert {each: held.by_coder(each, "analyst") for each in before} == before
    assert tree(page.get("/excerpt/d1:0-18")).css('form[action="/redo"]') == []


def test_once_something_else_is_done_nothing_is_done_once_more(page):
    page.decide("d1:0-18", "food")
    page.undo()
    page.decide("d1:19-31", do="none")
    assert tree(page.get("/excerpt/d1:0-18")).css('form[action="/redo"]') == []
    answer = page.browser.post("/redo", data={"token": page.token(), "act": "a" * 20, "undone": "a" * 20})
    assert "nothing to do once more" in answer.text


def test_doing_once_more_sent_twice_counts_once_and_is_ones_own(page):
    page.decide("d1:0-18", "food")
    page.undo()
    fields = page.fields("/excerpt/d1:0-18", "/redo")
    page.person = Person("ben", Role.ANALYST)
    assert "nothing to do once more" in page.browser.post("/redo", data=fields).text
    page.person = Person("analyst", Role.ANALYST)
    assert page.browser.post("/redo", data={**fields, "undone": "a" * 20}).status_code == 409
    assert page.browser.post("/redo", data={**fields, "act": "x"}).status_code == 409
    head = page.log.head()[0]
    page.browser.post("/redo", data=fields)
    assert "nothing to do once more" in page.browser.post("/redo", data=fields).text
    assert page.log.head()[0] == head + 3


def test_of_a_code_that_is_not_suggested_no_reason_is_made_up(page):
    told = page.get("/why/d1:0-18/waiting").text
    assert "This is not suggested here" in told and "like excerpts that have the code" not in told
    assert "Why is this suggested?" in page.get("/why/d1:0-18/food").text


def test_skipping_leads_on_and_writes_nothing(page):
    link = tree(page.get("/excerpt/d1:0-18?reason=reading")).css_first('a[href*="after="]').attributes["href"]
    assert page.get(link).headers["location"] == "/excerpt/d1:19-31?reason=reading"
    assert page.verdicts() == []


def test_the_end_of_a_queue_is_told(page):
    for segment_id in ("d1:32-52", "d2:15-28"):
        answer = page.decide(segment_id, "waiting")
    assert "You have decided all of these" in page.get("/next?with=waiting").text
    assert "Nothing passes this filter" in page.get("/next?kind=story").text
    assert answer.status_code == 303


def test_an_end_moves_by_a_word_and_the_codes_are_then_for_the_stretch(page):
    first = tree(page.get("/excerpt/d1:0-18?reason=reading"))
    links = {a.attributes["href"] for a in first.css(".ends a")}
    assert links == {
        "/excerpt/d1:4-18?reason=reading&of=d1:0-18",
        "/excerpt/d1:0-12?reason=reading&of=d1:0-18",
        "/excerpt/d1:0-25?reason=reading&of=d1:0-18",
    }
    moved = page.get("/excerpt/d1:4-18?reason=reading&of=d1:0-18")
    assert tree(moved).css_first("mark.now").text() == "soup was cold."
    assert "You moved the ends" in moved.text
    answer = page.decide("d1:4-18", "food", of="d1:0-18", reason="reading")
    assert answer.headers["location"] == "/excerpt/d1:19-31?reason=reading"
    assert page.verdicts() == [("d1:4-18", "food", "add"), ("d1:4-18", "", "complete")]
    shown = page.get("/excerpt/d1:0-18")
    assert "overlaps" in tree(shown).css_first(".marked").text()
    assert [mark.text() for mark in tree(shown).css("mark.now.coded")] == ["soup was cold."]


def test_a_memo_is_kept_changed_and_taken_back(page):
    for number, text in enumerate(("Ask about this.", "Asked.", "")):
        act = f"a{number}" + "x" * 20
        page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": act, "memo": text})
        assert [memo.text for memo in memos_in(page.log)] == ([text] if text else [])
        assert tree(page.get("/excerpt/d1:0-18")).css_first("textarea").text() == text
    too_long = {"token": page.token(), "act": "b" * 20, "memo": "x" * 10_001}
    assert page.browser.post("/memo/d1:0-18", data=too_long).status_code == 400


def test_what_is_ticked_stays_when_a_memo_is_kept_or_the_excerpt_is_marked_as_worrying(page):
    fields = page.fields("/excerpt/d1:0-18?reason=reading", "/excerpt/")
    sent = {**fields, "shown": ["food", "staff"], "code": ["waiting", "staff"], "memo": "Ask."}
    kept = page.browser.post("/memo/d1:0-18", data=sent).headers["location"]
    assert kept == "/excerpt/d1:0-18?reason=reading&ticked=waiting%0Astaff"
    assert ticked(page.get(kept)) == ["staff", "waiting"]
    assert "ticked by you, not yet decided" in tree(page.get(kept)).css(".choice")[2].text()
    fields = page.fields(kept, "/excerpt/")
    sent = {**sent, **fields, "code": [], "memo": "Ask at once.", "do": "worrying"}
    worrying = page.browser.post("/concern/d1:0-18", data=sent).headers["location"]
    assert worrying == "/excerpt/d1:0-18?reason=reading&ticked="
    assert ticked(page.get(worrying)) == []
    assert [memo.text for memo in memos_in(page.log)] == ["Ask at once."]
    assert page.verdicts() == []
    why = tree(page.get(kept)).css_first("a[data-along]").attributes["href"]
    assert ticked(page.get(tree(page.get(why)).css_first("a.main").attributes["href"])) == ["staff", "waiting"]


def test_where_nothing_was_changed_no_address_speaks_of_ticks(page):
    fields = {**page.fields("/excerpt/d1:0-18", "/excerpt/"), "code": "food", "memo": "Ask."}
    assert page.browser.post("/memo/d1:0-18", data=fields).headers["location"] == "/excerpt/d1:0-18"


def test_a_worrying_excerpt_comes_first_for_everybody_until_somebody_has_seen_to_it(page):
    data = {"token": page.token(), "act": "a" * 20, "do": "worrying"}
    assert page.browser.post("/concern/d1:19-31", data=data).headers["location"] == "/excerpt/d1:19-31"
    page.person = Person("ben", Role.ANALYST)
    assert page.get("/next").headers["location"] == "/excerpt/d1:19-31"
    assert "marked by analyst" in page.get("/excerpt/d1:19-31").text
    page.browser.post("/concern/d1:19-31", data={**data, "act": "b" * 20, "do": "seen to"})
    assert concerns_in(page.log) == {}


def test_blind_nothing_is_shown_of_what_machines_and_others_say(tmp_path):
    usual_run(tmp_path / "small")
    page = Page(tmp_path / "small", blind=True)
    try:
        page.decide("d1:0-18", "staff")
        page.browser.post("/memo/d1:0-18", data={"token": page.token(), "act": "a" * 20, "memo": "My secret note"})
        page.person = Person("ben", Role.ANALYST)
        answer = page.get("/excerpt/d1:0-18")
        assert ticked(answer) == []
        for hidden in ("90 %", "cue: soup*", "My secret note", "the machine is unsure", "Also decided on"):
            assert hidden not in answer.text
        assert "soup…" not in page.get("/why/d1:0-18/food").text
        assert "suggested" not in page.get("/queue").text
        assert "nothing to accept" in page.get("/bulk?code=food").text
        assert page.decide("d1:0-18", "food").status_code == 303
        token = {"token": page.token(), "act": "a" + "b" * 20}
        assert page.browser.post("/bulk", data={**token, "code": "food", "excerpt": "d1:0-18"}).status_code == 400
    finally:
        page.close()


def test_many_are_accepted_after_a_preview_and_undone_at_once(page):
    preview = tree(page.get("/bulk?code=waiting&least=95"))
    assert [box.attributes["value"] for box in preview.css('input[name="excerpt"]')] == ["d1:32-52", "d2:15-28"]
    fields = page.fields("/bulk?code=waiting&least=95", "/bulk")
    answer = page.browser.post("/bulk", data={**fields, "excerpt": ["d1:32-52", "d2:15-28"]})
    assert answer.headers["location"] == "/bulk?code=waiting&least=95"
    assert page.verdicts() == [("d1:32-52", "waiting", "accept"), ("d2:15-28", "waiting", "accept")]
    assert tree(page.get("/bulk?code=waiting&least=95")).css('input[name="excerpt"]') == []
    assert page.undo().headers["location"] == "/queue"
    assert [v for *_, v in page.verdicts()] == ["accept", "accept", "take back", "take back"]
    assert len(tree(page.get("/bulk?code=waiting&least=95")).css('input[name="excerpt"]')) == 2


def test_many_are_not_accepted_by_another_codebook_or_for_other_words_and_the_way_back_is_told(page, tmp_path):
    fields = page.fields("/bulk?code=waiting&least=60", "/bulk")
    one, two = (sentences(d, *said) for d, said in (("d1", ["We waited for hours."]), ("d2", ["I waited too."])))
    codings = [a_coding("d1:0-20", "waiting", probability=0.97), a_coding("d2:0-13", "waiting", probability=0.96)]
    write_run(tmp_path / "small", [one, two], codings, run_id="20260112-060000")
    sent = page.fields("/bulk?code=waiting&least=60", "/bulk")
    write_run(tmp_path / "small", [one, sentences("d2", "I waited two.")], codings, run_id="20260119-060000")
    for changed, ids in ((fields, ["d1:32-52", "d2:15-28"]), (sent, ["d1:0-20", "d2:0-13"])):
        answer = page.browser.post("/bulk", data={**changed, "excerpt": ids})
        assert (answer.status_code, "have changed since you opened this" in answer.text) == (409, True)
        assert tree(answer).css_first("a.main").attributes["href"] == "/bulk?code=waiting&least=60"
    assert page.browser.post("/bulk", data={**sent, "excerpt": "d1:0-20"}).status_code == 303
    sent = page.fields("/bulk?code=waiting&least=60", "/bulk")
    write_run(tmp_path / "small", [one, two], codings, run_id="20260126-060000", book=codebook(version="2"))
    answer = page.browser.post("/bulk", data={**sent, "excerpt": "d2:0-13"})
    assert (answer.status_code, "another version" in answer.text) == (409, True)
    assert tree(answer).css_first("a.main").attributes["href"] == "/bulk?code=waiting&least=60"
    assert page.verdicts() == [("d1:0-20", "waiting", "accept")]


def test_what_may_tell_of_risk_to_life_is_never_accepted_with_many(tmp_path):
    one = sentences("d1", "I waited.")
    write_run(
        tmp_path / "small",
        [one],
        [a_coding("d1:0-9", "waiting", probability=0.99)],
        flags=[RiskFlag("d1:0-9", "d1", 0.9, "overdose")],
    )
    page = Page(tmp_path / "small")
    try:
        assert tree(page.get("/bulk?code=waiting&least=60")).css('input[name="excerpt"]') == []
    finally:
        page.close()


@pytest.fixture
def masked(tmp_path):
    document = a_masked_document("d1", "Then ", ("Anna", "PERSON", "[person K7]"), " and Bob came.")
    segment = a_segment("d1:0-30", document.text, span=Span(0, 30))
    write_run(tmp_path / "small", [(document, [segment])])
    opened = Page(tmp_path / "small")
    yield opened
    opened.close()


def test_a_mask_is_said_to_be_wrong_or_of_another_kind(masked):
    link = tree(masked.get("/excerpt/d1:0-30")).css_first("a.mask").attributes["href"]
    assert link == "/mask/d1:5-16?of=d1:0-30"
    assert "Is this mask wrong?" in masked.get(link).text
    told = {"token": masked.token(), "of": "d1:0-30"}
    answer = masked.browser.post("/mask/d1:5-16", data={**told, "do": "unmask", "reach": "corpus"})
    assert tree(answer).css_first("a.main").attributes["href"] == "/excerpt/d1:0-30"
    masked.browser.post("/mask/d1:5-16", data={**told, "do": "mask", "label": "EMPLOYER", "reach": ""})
    assert masked.masks.requests == [
        ("d1", "[person K7]", "unmask", "", "corpus", "analyst"),
        ("d1", "[person K7]", "mask", "EMPLOYER", None, "analyst"),
    ]


def test_a_detail_that_was_missed_is_marked_and_asked_for(masked):
    answer = masked.get("/mask/d1:21-24?of=d1:0-30")
    assert tree(answer).css_first("mark.now").text() == "Bob"
    assert "A detail that was not taken out" in answer.text
    masked.browser.post("/mask/d1:21-24", data={"token": masked.token(), "do": "mask", "label": "PERSON"})
    assert masked.masks.requests == [("d1", "Bob", "mask", "PERSON", None, "analyst")]
    wrong = {"token": masked.token(), "do": "mask", "label": "NONSENSE"}
    assert masked.browser.post("/mask/d1:21-24", data=wrong).status_code == 409
    assert len(masked.masks.requests) == 1


def test_a_mask_that_is_asked_for_twice_is_asked_for_once(masked):
    told = {"token": masked.token(), "of": "d1:0-30"}
    for sent in ({"do": "unmask", "reach": "here"}, {"do": "mask", "label": "EMPLOYER", "reach": ""}):
        one, two = (masked.browser.post("/mask/d1:5-16", data={**told, **sent}) for _ in range(2))
        numbers = [tree(each).css_first('input[name="number"]').attributes["value"] for each in (one, two)]
        assert numbers[0] == numbers[1]
    assert len(masked.masks.requests) == 2
    masked.browser.post("/mask/d1:5-16", data={**told, "do": "mask", "label": "EMPLOYER", "reach": "corpus"})
    assert len(masked.masks.requests) == 3


def test_what_was_asked_for_of_a_mask_is_taken_back(masked):
    told = {"token": masked.token(), "of": "d1:0-30"}
    asked = masked.browser.post("/mask/d1:5-16", data={**told, "do": "unmask", "reach": "here"})
    assert tree(asked).css_first('form[action="/mask/d1:5-16/take-back"]')
    masked.browser.post("/mask/d1:21-24", data={**told, "do": "mask", "label": "PERSON"})
    listed = tree(masked.get("/mask/d1:5-16?of=d1:0-30")).css('form[action$="/take-back"] > span')
    assert [each.text() for each in listed] == [
        "“[person K7]”: mask to be taken away, waiting, by analyst",
        "“Bob”: to be masked, waiting, by analyst",
    ]
    answer = masked.browser.post("/mask/d1:5-16/take-back", data={**told, "number": "1"})
    assert (answer.headers["location"], masked.masks.gone) == ("/mask/d1:5-16?of=d1:0-30", [(1, "analyst")])
    for number in ("1", "3", "x", ""):
        assert masked.browser.post("/mask/d1:5-16/take-back", data={**told, "number": number}).status_code == 409
    assert masked.browser.post("/mask/d9:0-4/take-back", data={**told, "number": "2"}).status_code == 404


def test_the_nearest_reviewed_excerpts_are_told_with_the_reasons(page, tmp_path):
    import numpy as np

    from themes.store.vectors import write_vectors

    run = tmp_path / "small" / "20260105-060000"
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    write_vectors(run, 0, ["d1:0-18", "d1:19-31", "d1:32-52"], vectors)
    assert "What people said of the like" not in page.get("/why/d1:0-18/food").text
    page.decide("d1:19-31", "staff")
    page.decide("d1:32-52", "food")
    near = tree(page.get("/why/d1:0-18/food")).css(".lines li")
    assert [" ".join(each.text().split()) for each in near] == ["Nobody came.does not have it; likeness 0.80"]


def test_why_a_code_is_suggested(page):
    answer = page.get("/why/d1:0-18/food")
    for told in ("90 %", "a word of the codebook: “soup…”", "What people ate.", "The soup was cold."):
        assert told in answer.text
    assert page.get("/why/d1:0-18/nothing").status_code == 404


def test_keys_are_shown_where_they_work_and_can_be_switched_off(page):
    boxes = tree(page.get("/excerpt/d1:0-18")).css("[data-key]")
    keys = [box.attributes["data-key"] for box in boxes]
    assert {"1", "2", "Enter", "n", "s", "/", "w", "x", "]", "{", "}", "m", "y", "q", "?"} == set(keys)
    assert len(keys) == len(set(keys))
    page.browser.post("/keys", data={"token": page.token(), "do": "off"})
    off = tree(page.get("/excerpt/d1:0-18"))
    assert {box.attributes["data-key"] for box in off.css("[data-key]")} == {"1", "2"}
    page.browser.post("/keys", data={"token": page.token(), "do": "first"})
    assert 'data-key="n"' in page.get("/excerpt/d1:0-18").text


def test_while_somebody_is_being_forgotten_no_words_are_shown(page, tmp_path):
    page.get("/queue")
    (tmp_path / "small" / ERASING).touch()
    for address in ("/", "/queue", "/next", "/excerpt/d1:0-18", "/bulk", "/why/d1:0-18/food", "/mask/d1:0-18"):
        answer = page.get(address)
        assert (answer.status_code, "soup" in answer.text) == (503, False)


def test_no_words_of_anybody_are_in_an_address_or_a_title(page):
    for address in (
        "/",
        "/queue",
        "/excerpt/d1:0-18",
        "/bulk?code=food&least=60",
        "/why/d1:0-18/food",
        "/mask/d1:0-18",
    ):
        answer = page.get(address)
        links = [a.attributes["href"] for a in tree(answer).css("a[href]")]
        links += [form.attributes["action"] for form in tree(answer).css("form")]
        assert not any(word in link for link in links for word in ("soup", "cold", "Anna", "How"))
        assert tree(answer).css_first("title").text() in {
            "Review – themes", "Queue – themes", "Excerpt – themes", "Many at once – themes",
            "Why a code is suggested – themes", "A mask – themes",
        }  # fmt: skip


def test_a_first_page_is_small(page):
    sizes = [len(page.get("/excerpt/d1:0-18").content)]
    sizes += [len(page.get(link.attributes["href"]).content) for link in tree(page.get("/")).css("link")]
    sizes += [len(page.get(s.attributes["src"]).content) for s in tree(page.get("/")).css("script")]
    assert sum(sizes) < 100_000


def many_cases(outputs, number=60):
    texts = [sentences(f"d{n}", "The soup was cold.", "Then I left.") for n in range(number)]
    codings = [a_coding(f"d{n}:0-18", "food", probability=0.2 + 0.6 * (n % 2)) for n in range(number)]
    write_run(outputs, texts, codings)
    return Page(outputs)


def test_whole_cases_are_drawn_by_chance_and_decisions_on_them_say_so(tmp_path):
    page = many_cases(tmp_path / "small")
    try:
        before = tree(page.get("/sample"))
        assert "Nothing was drawn yet" in before.text()
        assert [b.attributes["value"] for b in before.css('button[name="cases"]')] == ["20", "40"]
        token = page.token()
        for wrong in ("1000", "7", "x", ""):
            assert page.browser.post("/sample", data={"token": token, "cases": wrong}).status_code == 400
        assert page.browser.post("/sample", data={"token": token, "cases": "20"}).headers["location"] == "/sample"
        study, held, _ = page.desk.look()
        drawn = list(held.sample)
        assert 5 <= len(drawn) <= 40
        order = [each for case_id in drawn for each in study.by_case[case_id]]
        assert page.get("/next?reason=sample").headers["location"] == f"/excerpt/{order[0]}?reason=sample"
        assert page.decide(order[0], "food", reason="sample").headers["location"].startswith(f"/excerpt/{order[1]}")
        assert "drawn by chance" in page.get(f"/excerpt/{order[1]}").text
        other = next(each for each in study.segments if each not in order)
        page.decide(other, "food")
        assert [(d.segment_id, d.sampling) for d in decisions_in(page.log) if not d.code_id] == [
            (order[0], "probability"),
            (other, "purposive"),
        ]
        page.decide(order[1], do="none")
        text = tree(page.get("/sample")).css_first("main").text()
        assert f"reviewed 1 of {len(drawn)}" in " ".join(text.split())
    finally:
        page.close()


def test_what_more_cases_would_buy_is_told_before_anybody_reviews_them(tmp_path):
    page = many_cases(tmp_path / "small")
    try:
        assert "40 more cases" in page.get("/sample").text
        assert tree(page.get("/sample")).css("table.ways tbody tr")[0].css("td")[0].text().startswith("±")
    finally:
        page.close()


def test_words_are_looked_for_and_are_in_no_address(page):
    assert tree(page.get("/search")).css("ol.lines li") == []
    answer = page.browser.post("/search", data={"token": page.token(), "words": "waited", "with": ["waiting", ""]})
    assert [q.text() for q in tree(answer).css("q")] == ["I waited too.", "We waited for hours."]
    assert "2 excerpts from 2 cases" in " ".join(tree(answer).css_first('[role="status"]').text().split())
    assert tree(answer).css_first('input[name="words"]').attributes["value"] == "waited"
    nothing = page.browser.post("/search", data={"token": page.token(), "with": "__class__", "attribute": "x\ny"})
    assert "Say what to look for" in nothing.text


@pytest.fixture
def themed(tmp_path):
    from builders import a_theme
    from themes.records.theme import Membership, ThemeOrigin

    found = {"origin": ThemeOrigin.EMERGENT, "code_ids": ()}
    themes = [
        a_theme("t1", name="Soup", exemplar_ids=("d1:0-18",), words=("soup",), found_again=0.8, **found),
        a_theme("t2", name="Leaving", exemplar_ids=("d2:29-43",), **found),
        a_theme("food", name="Food"),
    ]
    usual_run(tmp_path / "small", themes=themes, memberships=[Membership("d1:0-18", "t1", 0.9)])
    opened = Page(tmp_path / "small")
    yield opened
    opened.close()


def test_themes_are_renamed_merged_split_kept_apart_and_made_codes(themed, tmp_path):
    from themes.theme.decisions import read_decisions

    shown = tree(themed.get("/themes"))
    assert [h.text() for h in shown.css("section h2")] == ["Soup", "Leaving"]
    assert "found again in 8 of 10 samples" in shown.text()
    token = themed.token()
    sent = [
        {"do": "rename", "name": "  Cold   soup "},
        {"do": "merge", "other": "t2"},
        {"do": "keep apart", "other": "t2"},
        {"do": "promote", "code": "food"},
        {"do": "split"},
    ]
    for number, each in enumerate(sent):
        for _ in range(2):
            answer = themed.browser.post("/themes/t1", data={"token": token, "act": f"a{number}", **each})
            assert answer.headers["location"] == "/themes/t1"
    made = [(d.what.value, d.theme_id, d.name, d.other_id, d.code_id, d.by) for d in read_decisions(tmp_path / "small")]
    assert made == [
        ("rename", "t1", "Cold soup", "", "", "analyst"),
        ("merge", "t1", "", "t2", "", "analyst"),
        ("keep apart", "t1", "", "t2", "", "analyst"),
        ("promote", "t1", "", "", "food", "analyst"),
        ("split", "t1", "", "", "", "analyst"),
    ]
    assert "Decided: it is split, from the next run on." in themed.get("/themes").text
    lines = [" ".join(form.css_first("span").text().split()) for form in decided_forms(themed)]
    assert lines == [
        "It gets another name (“Cold soup”), by analyst.",
        "It is merged into another (“Leaving”), by analyst.",
        "It is kept apart from another (“Leaving”), by analyst.",
        "It becomes a code (“Food”), by analyst.",
        "It is split, by analyst.",
    ]


def decided_forms(themed):
    return tree(themed.get("/themes/t1")).css('section[aria-labelledby="decided"] form')


def sent_with(form, **more):
    return {**{each.attributes["name"]: each.attributes["value"] for each in form.css("input")}, **more}


def test_what_was_decided_about_a_theme_is_taken_back_once_as_long_as_no_run_has_carried_it_out(themed, tmp_path):
    from themes.theme.decisions import read_decisions, standing

    token = themed.token()
    for number, name in enumerate(("Cold soup", "Soup again")):
        themed.browser.post("/themes/t1", data={"token": token, "act": f"a{number}", "do": "rename", "name": name})
    first, second = decided_forms(themed)
    for _ in range(2):
        answer = themed.browser.post("/themes/t1", data=sent_with(first, do="take back"))
        assert answer.headers["location"] == "/themes/t1"
    again = themed.browser.post("/themes/t1", data=sent_with(second, do="take back", decision="a0"))
    assert (again.status_code, "Nothing was taken back" in again.text) == (409, True)
    assert tree(again).css_first("a.main").attributes["href"] == "/themes/t1"
    assert [each.name for each in standing(read_decisions(tmp_path / "small"))] == ["Soup again"]
    assert len(decided_forms(themed)) == 1


def test_what_a_run_has_carried_out_is_not_said_to_wait_for_the_next(themed, monkeypatch):
    from types import SimpleNamespace

    themed.browser.post("/themes/t1", data={"token": themed.token(), "act": "a0", "do": "split"})
    ran = SimpleNamespace(events=[SimpleNamespace(decision_id="a0")])
    monkeypatch.setattr("themes.theme.registry_file.read_registry", lambda folder: ran)
    monkeypatch.setattr("themes.theme.merge.near_doubles", lambda registry: [])
    assert decided_forms(themed) == [] and "Decided:" not in themed.get("/themes").text
    sent = {"token": themed.token(), "act": "a1", "do": "take back", "decision": "a0"}
    assert themed.browser.post("/themes/t1", data=sent).status_code == 409


def test_many_themes_are_shown_a_page_at_a_time_and_weigh_little(tmp_path):
    from builders import a_theme
    from themes.records.theme import ThemeOrigin

    told = {"origin": ThemeOrigin.EMERGENT, "code_ids": (), "exemplar_ids": ("d1:0-18", "d2:29-43")}
    usual_run(tmp_path / "small", themes=[a_theme(f"t{n}", name=f"A pattern, number {n}", **told) for n in range(300)])
    page = Page(tmp_path / "small")
    try:
        answer = page.get("/themes")
        links = [a.attributes["href"] for a in tree(answer).css("section h2 a")]
        assert (links, len(answer.content) < 60_000) == ([f"/themes/t{n}" for n in range(40)], True)
        assert len(page.get("/themes/t0").content) < 60_000
        further = tree(answer).css_first('a[href="/themes?from=40"]')
        assert tree(page.get(further.attributes["href"])).css_first("section h2").text() == "A pattern, number 40"
        assert "There are no more" in page.get("/themes?from=4000").text
        assert page.get("/themes?from=-1").status_code == page.get("/themes?from=²").status_code == 200
    finally:
        page.close()


def test_memos_on_themes_are_kept(themed):
    sent = {"token": themed.token(), "act": "a" * 20, "memo": "Same as Food?"}
    assert themed.browser.post("/themes/t1/memo", data=sent).headers["location"] == "/themes/t1"
    assert tree(themed.get("/themes/t1")).css_first('form[action="/themes/t1/memo"] textarea').text() == "Same as Food?"
    assert themed.browser.post("/themes/t9/memo", data=sent).status_code == 404
    assert [(m.about, m.text) for m in memos_in(themed.log)] == [("t1", "Same as Food?")]


def test_themes_that_say_nearly_the_same_are_proposed_until_somebody_decides(themed, monkeypatch):
    from types import SimpleNamespace

    from themes.theme.merge import NearDouble

    pairs = [NearDouble("t2", "t1", 0.91), NearDouble("t1", "t7", 0.9)]
    empty = SimpleNamespace(events=())
    monkeypatch.setattr(
        "themes.theme.registry_file.read_registry", lambda folder: empty if folder.name == "registry" else None
    )
    monkeypatch.setattr("themes.theme.merge.near_doubles", lambda registry: pairs)
    form = tree(themed.get("/themes")).css_first('section[aria-labelledby="alike"] form')
    assert " ".join(form.css_first("span").text().split()) == "Leaving and Soup likeness 0.91"
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.css("input")}
    answer = themed.browser.post(form.attributes["action"], data={**sent, "do": "keep apart"})
    assert answer.headers["location"] == "/themes"
    assert tree(themed.get("/themes")).css('section[aria-labelledby="alike"]') == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"do": "rename", "name": " "},
        {"do": "rename", "name": "x" * 81},
        {"do": "merge", "other": "t1"},
        {"do": "merge", "other": "t9"},
        {"do": "promote", "code": "t2"},
        {"do": "death"},
        {},
    ],
)
def test_what_cannot_be_decided_about_a_theme_is_refused(themed, tmp_path, wrong):
    from themes.theme.decisions import read_decisions

    assert themed.browser.post("/themes/t1", data={"token": themed.token(), "act": "a", **wrong}).status_code == 409
    assert themed.browser.post("/themes/food", data={"token": themed.token(), "act": "a"}).status_code == 404
    assert read_decisions(tmp_path / "small") == []


def test_how_far_people_agree_and_where_they_do_not(page):
    assert "No excerpt was judged by two" in page.get("/agreement").text
    for coder, codes in (("ada", ("food",)), ("ben", ("food", "staff"))):
        page.person = Person(coder, Role.ANALYST)
        page.decide("d1:0-18", *codes)
        page.decide("d1:19-31", do="none")
        page.decide("d1:32-52", "waiting")
    page.person = Person("lee", Role.RESEARCHER)
    shown = tree(page.get("/agreement"))
    rows = {row.css_first("th").text(): [cell.text() for cell in row.css("td")] for row in shown.css("tbody tr")}
    # Three excerpts, three codes: nine pairs of judgements, of which one differs.
    assert rows["All codes together"][1].startswith("0.89 (")
    assert rows["Food"][1].startswith("1.00") and rows["Staff"][1].startswith("0.67")
    # Of 50 letters judged for that code, they differ on 18.
    assert rows["Staff"][4].startswith("0.64")
    assert "Month by month" not in shown.body.text()
    assert "Staff: yes by ben; no by ada" in " ".join(shown.css_first("ol.lines").text().split())
    assert "Nothing is left to settle" not in page.get("/agreement").text


def test_a_reflexive_study_shows_where_people_differ_and_no_figure(page, tmp_path):
    for coder, codes in (("ada", ("food",)), ("ben", ("food", "staff"))):
        page.person = Person(coder, Role.ANALYST)
        page.decide("d1:0-18", *codes)
    manifest = tmp_path / "small" / "20260105-060000" / "manifest.json"
    write_json(manifest, {**read_json(manifest), "approach": "reflexive"})
    page.person = Person("lee", Role.RESEARCHER)
    shown = page.get("/agreement")
    assert "no figure of agreement is told" in shown.text
    assert tree(shown).css("table") == []
    assert "Staff: yes by ben; no by ada" in " ".join(tree(shown).css_first("ol.lines").text().split())


def test_what_was_set_aside_and_may_tell_of_risk_is_on_the_first_page_by_its_place(tmp_path):
    run = usual_run(tmp_path / "small")
    aside = [
        Quarantined(SourceRef("survey.csv", "row 9"), "Unfit.", risk="overdose"),
        Quarantined(SourceRef("survey.csv", "row 10"), "Unfit."),
        Quarantined(SourceRef("story.txt"), "Unfit.", risk="wanting to die"),
    ]
    RunFolder(run).write(Quarantined, 0, aside)
    page = Page(tmp_path / "small")
    first = page.get("/").text
    page.close()
    assert "2 texts that were set aside may tell of a risk to life. They are not in the queue" in first
    assert "<li>survey.csv, row 9 (overdose)</li><li>story.txt (wanting to die)</li>" in first
    assert "row 10" not in first
