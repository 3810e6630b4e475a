import numpy as np

from themes.embedding import embed
from themes.theme.leaning import COMPLAINT, POLES, PRAISE, leanings


def test_the_poles_lie_on_their_sides_and_plain_words_do_too():
    texts = ["The adviser was lovely and so helpful.", "The adviser was nasty and no help at all."]
    leans = leanings(embed([*PRAISE, *COMPLAINT, *texts]), embed(POLES))
    assert (leans[:4] > 0).all()
    assert (leans[4:8] < 0).all()
    assert leans[8] > leans[9]


def test_no_texts_lean_nowhere():
    assert leanings(np.zeros((0, 4), np.float32), np.eye(8, 4, dtype=np.float32)).shape == (0,)
