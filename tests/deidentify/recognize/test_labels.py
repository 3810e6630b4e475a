import pytest

from themes.deidentify.recognize.labels import Label, label_before


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("My NHS number is ", Label("nhs", close=True)),
        ("my debt number is ", Label("sure", close=True)),
        ("Meeting ID: ", Label("sure", close=True)),
        ("the meeting was ", None),
        ("ref no. ending in ", Label("sure", close=True)),
        ("what's my ref, he said ", Label("sure", close=True)),
        ("My NHS number, the nurse told us, was ", Label("nhs", close=False)),
        ("the passport I handed in (number ", Label("passport", close=False)),
        ("the reference they rang about is ", Label("sure", close=False)),
        ("they rang me on ", Label("phone", close=False)),
        ("they closed my claim, it was ", Label("maybe", close=True)),
        ("sort code 12-34-56 and then ", None),
        ("They lost my claim. Then I had ", None),
        ("I waited for ", None),
        ("my NHS number, which was so long ago that nobody at all remembers it, ", None),
        ("reckoned ", None),
        ("they rang me on my mobile: ", Label("phone", close=True)),
        ("NHS number" + " a" * 22 + ",", Label("nhs", close=False)),
        ("NHS number" + " a" * 22 + ", ", None),
    ],
)
def test_a_number_is_what_the_nearest_word_before_it_says(text: str, label: Label | None) -> None:
    assert label_before(text + "943", len(text)) == label
