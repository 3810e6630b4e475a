from itertools import pairwise

import pytest
from tokenizers import Tokenizer

from themes import models
from themes.deidentify.weigh.pieces import BATCH, LONGEST, batches, filled, windows_of
from themes.records.span import Span


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(models.pieces()[1]))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def test_every_piece_of_every_stretch_is_in_one_window(tokenizer: Tokenizer) -> None:
    texts = ["Ask Brenda. " * 300, "So. It was Quilliam."]
    stretches = [(0, Span(0, len(texts[0]))), (1, Span(4, 20))]
    windows = windows_of(tokenizer, texts, stretches)
    assert [(w.document, w.start, len(w.ids)) for w in windows] == [(1, 4, 6), (0, 0, 390), (0, 0, LONGEST)]
    said = [texts[w.document][w.start + a : w.start + b] for w in windows for a, b in w.offsets]
    assert said[:3] == ["It", "was", "Qui"]
    assert said.count("Brenda") == 300


def test_batches_hold_no_more_than_fits_unless_a_window_does_not(tokenizer: Tokenizer) -> None:
    texts = ["so " * length for length in range(1, 200, 7)]
    windows = windows_of(tokenizer, texts, [(i, Span(0, len(text))) for i, text in enumerate(texts)])
    made = list(batches(windows))
    assert [window for batch in made for window in batch] == windows
    widths = [len(batch) * (len(batch[-1].ids) + 2) for batch in made]
    assert max(widths) <= BATCH
    for batch, following in pairwise(made):  # no batch could have held one more
        assert (len(batch) + 1) * (len(following[0].ids) + 2) > BATCH
    [alone] = batches(windows_of(tokenizer, ["so " * LONGEST], [(0, Span(0, 3 * LONGEST))]))
    assert len(alone) == 1


def test_signs_that_take_no_room_have_no_pieces(tokenizer: Tokenizer) -> None:
    windows = windows_of(tokenizer, ["\u200b\u200b"], [(0, Span(0, 2))])
    assert (windows, list(batches(windows))) == ([], [])


def test_what_is_filled_up_is_marked(tokenizer: Tokenizer) -> None:
    ids, present = filled(tokenizer, [[5, 6, 7], [8]])
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    assert ids.tolist() == [[start, 5, 6, 7, end], [start, 8, end, 0, 0]]
    assert present.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
