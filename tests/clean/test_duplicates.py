from itertools import permutations

from themes.clean.duplicates import exact_digest, link_duplicates, signature

LETTER = (
    "I am writing because the Work Programme has made my health worse and nobody listens to people like me when "
    "they say that the meetings are too far away and the letters come too late to do anything about them."
)
OTHER = (
    "My adviser at the library was patient, found me a course nearby, rang to ask how it went, and in the spring I "
    "began a job that I still enjoy most days of the week."
)


def an_item(document_id, text, written="", case_id=None, prompt=None):
    return document_id, written, signature(text), exact_digest(text, case_id or document_id, prompt)


def test_a_letter_with_a_word_changed_links_to_the_earliest_and_another_story_to_nothing():
    items = [
        an_item("d1", LETTER.replace("worse", "much worse"), "2014-02"),
        an_item("d2", LETTER, "2014-01"),
        an_item("d3", LETTER.upper(), ""),
        an_item("d4", OTHER, "2013-01"),
    ]
    assert link_duplicates(items) == {"d1": "d2", "d3": "d2"}


def test_the_order_in_which_texts_arrive_changes_nothing():
    items = [an_item(f"d{n}", LETTER + " Please act." * n) for n in range(3)] + [an_item("d8", OTHER)]
    assert {tuple(sorted(link_duplicates(order).items())) for order in permutations(items)} == {
        (("d1", "d0"), ("d2", "d0"))
    }


def test_two_people_with_the_same_short_answer_are_two_people():
    items = [an_item("d1", "The adviser did not listen."), an_item("d2", "the adviser did not listen")]
    assert link_duplicates(items) == {}


def test_one_person_saying_a_short_thing_twice_said_it_once_but_not_to_two_questions():
    items = [
        an_item("d1", "Not enough help.", case_id="c1", prompt="Why?"),
        an_item("d2", "not enough help", case_id="c1", prompt="Why?"),
        an_item("d3", "Not enough help.", case_id="c1", prompt="What else?"),
    ]
    assert link_duplicates(items) == {"d2": "d1"}


def test_nine_words_must_be_equal_to_be_the_same():
    nine = "they stopped my money for missing one single appointment"
    items = [an_item("d1", nine), an_item("d2", nine.title()), an_item("d3", nine + " again")]
    assert link_duplicates(items) == {"d2": "d1"}


def test_a_copy_of_a_near_copy_links_to_the_first_of_all():
    near = LETTER.replace("worse", "so much worse")
    items = [an_item("d1", LETTER, "2013-01"), an_item("d2", near, "2013-02"), an_item("d3", near, "2013-03")]
    assert link_duplicates(items) == {"d2": "d1", "d3": "d1"}


def test_what_counted_before_stays_first_and_the_longest_before_all():
    near, nearer = LETTER.replace("worse", "so much worse"), LETTER.replace("worse", "much worse")
    items = [
        an_item("d1", LETTER, "2013-01"),
        an_item("d2", near, "2013-02"),
        an_item("d3", nearer, "2013-03"),
        an_item("d4", near, "2013-04"),
    ]
    assert link_duplicates(items) == {"d2": "d1", "d3": "d1", "d4": "d1"}
    assert link_duplicates(items, counted={"d4": 0}) == {"d1": "d4", "d2": "d4", "d3": "d4"}
    assert link_duplicates(items, counted={"d4": 1, "d3": 0}) == {"d1": "d3", "d2": "d3", "d4": "d3"}


def test_nothing_given_nothing_linked():
    assert link_duplicates([]) == {}


def test_digests_and_signatures_depend_on_the_key():
    assert exact_digest(LETTER, "c1", key=b"one") != exact_digest(LETTER, "c1", key=b"two")
    assert signature(LETTER, key=b"one") != signature(LETTER, key=b"two")
    assert (len(signature(LETTER)), signature("too short to be near anything")) == (512, b"")
