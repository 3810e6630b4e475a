"""Whether a code means the same in two versions of a codebook."""

import pytest

from builders import a_code, a_codebook
from themes.code.meaning import hash_of_meaning, means_the_same
from themes.records.codebook import RetiredCode

CODE = a_code("waiting", name="Waiting", definition="Long waits.", include=("queues",))


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({}, True),
        ({"cues": ("wait*",)}, True),
        ({"parent_id": "B"}, True),
        ({"examples": ("We waited.",)}, True),
        ({"label": "Waits"}, True),
        ({"name": "Waits"}, False),
        ({"definition": "Any waits."}, False),
        ({"clarification": "Not buses."}, False),
        ({"include": ("queues", "lists")}, False),
        ({"exclude": ("buses",)}, False),
        ({"polarity": "negative_only"}, False),
    ],
)
def test_name_definition_limits_and_polarity_are_what_a_code_means(fields, same):
    then = a_codebook(CODE, version="1")
    told = {"name": "Waiting", "definition": "Long waits.", "include": ("queues",), **fields}
    assert means_the_same("waiting", then, a_codebook(a_code("waiting", **told), version="2")) is same


def test_within_a_version_the_wording_is_only_put_better():
    assert means_the_same("waiting", a_codebook(CODE), a_codebook(a_code("waiting", name="Queues")))


def test_who_words_it_anew_can_say_that_it_means_the_same():
    then, new = a_codebook(CODE, version="1"), a_code("waiting", name="Waits")
    told = {"waiting": (hash_of_meaning(CODE),)}
    assert means_the_same("waiting", then, a_codebook(new, version="2", same_meaning=told))
    assert not means_the_same("waiting", then, a_codebook(new, version="2", same_meaning={"food": told["waiting"]}))


def test_a_retired_code_means_what_it_meant_and_one_that_never_was_nothing():
    then = a_codebook(CODE, a_code("food"), version="1")
    now = a_codebook(a_code("food"), version="2", retired=(RetiredCode(CODE, "2"),))
    assert means_the_same("waiting", then, now) and means_the_same("waiting", now, then)
    assert not means_the_same("other", then, now)
