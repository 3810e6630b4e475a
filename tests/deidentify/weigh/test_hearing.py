"""What the weights make of a text: with taggers, without, and where they are asked."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from builders import a_raw_document
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.decide.combine import combined
from themes.deidentify.findings import details_of
from themes.deidentify.weigh.doubt import doubtful_stretches
from themes.deidentify.weigh.evidence import look
from themes.deidentify.weigh.hearing import first_odds, last_odds
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.sums import Sums
from themes.deidentify.weigh.tagger import find_entities
from themes.deidentify.weigh.weights import FAMILIES, shipped
from themes.records.span import Span
from themes.records.spec import CorpusSpec

SPEC = CorpusSpec(Path("nowhere"), "invented", ())
TEXTS = [
    "My adviser Sadiqa never looked up, and her boss Mr Quillon was worse.",
    "i told shaz at the front desk that i cant lift",
    "They were late. It was fine. Nobody said why.",
    "We live in Haworth and she was sectioned at The Limes.",
    "MY SON WENT TO BRACKENFIELD PRIMARY SCHOOL WITH DARREN",
    "Sent by Oriel Pemble, thanks. oriel rang again.",
    "@wren It 's off , says Tarn Wexcombe",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_has_log_odds_for_each_family(text: str) -> None:
    seen = look(text)
    assert (
        first_odds(text).shape
        == last_odds(seen, [], [True] * len(seen.words)).shape
        == (len(seen.words), len(FAMILIES))
    )


def test_a_name_stands_out_in_any_case() -> None:
    for text in ("my adviser karen said so", "My adviser Karen said so", "MY ADVISER KAREN SAID SO"):
        person = first_odds(text)[:, 0]
        assert person.argmax() == 2
        assert person[2] > 2
        assert sorted(person)[-2] < -2


def test_a_text_without_words_has_no_odds() -> None:
    assert first_odds(" … ").shape == (0, len(FAMILIES))
    assert doubtful_stretches(" … ") == ()


def test_what_was_heard_of_one_text_does_not_change_another() -> None:
    before = first_odds(TEXTS[0]).tolist()
    first_odds(TEXTS[5])
    first_odds.__globals__["_heard"].cache_clear()
    assert first_odds(TEXTS[0]).tolist() == before


@pytest.mark.parametrize("text", TEXTS)
def test_taggers_asked_only_where_there_is_doubt_find_the_same(text: str) -> None:
    (gated,) = details_of([a_raw_document(text)], spec=SPEC)
    everywhere = [Span(0, len(text))]
    said = [f for name, find in RECOGNIZERS.items() if name not in {"spacy", "own-tagger"}
            for f in find([a_raw_document(text)])[0]]  # fmt: skip
    for tag in (find_entities, find_with_own_tagger):
        said += tag([a_raw_document(text)], stretches_of=lambda _: everywhere)[0]
    asked = combined(text, said, tagged=everywhere)
    masked = {"PERSON", "LOCATION", "HOSPITAL", "SCHOOL", "BRANCH"}
    assert [(f.label, f.span) for f in gated if f.label in masked] == [
        (f.label, f.span) for f in asked if f.label in masked
    ]


def test_weights_without_trees_stop_at_the_second_hearing() -> None:
    seen = look(TEXTS[0])
    asked = [True] * len(seen.words)
    without = last_odds(seen, [], asked, heard=Sums(replace(shipped(), forest=None)))
    with_trees = last_odds(seen, [], asked, heard=Sums(shipped()))
    assert without.shape == with_trees.shape
    assert not np.array_equal(without, with_trees)
    assert np.array_equal(with_trees, last_odds(seen, [], asked))
