import numpy as np

from builders import a_code, a_codebook, a_segment
from themes.code.taught import score_taught

FOOD = a_code("food", name="Food", definition="Meals.", examples=("The soup was cold.", "Tasty dinners."))
CARS = a_code("cars", name="Parking", definition="Where to leave a car.", examples=("The car park was full.",))


def test_the_codebook_teaches_to_tell_its_codes_apart():
    scores = score_taught(
        [a_segment(text="Lunch was stone cold."), a_segment(text="No space for our car.")], a_codebook(FOOD, CARS)
    )
    assert scores.argmax(axis=1).tolist() == [0, 1]
    assert scores[0, 1] < 0 < scores[0, 0]


def test_an_exclusion_teaches_the_code_that_it_names():
    text = [a_segment(text="Petrol has gone up.")]
    strict = a_code("food", name="Food", definition="Meals.", exclude=("the price of petrol (cars)",))
    plain = a_code("food", name="Food", definition="Meals.")
    assert score_taught(text, a_codebook(strict, CARS))[0, 1] > score_taught(text, a_codebook(plain, CARS))[0, 1]


def test_uncoded_examples_teach_what_to_leave_alone():
    text = [a_segment(text="Thank you for asking.")]
    with_them = score_taught(text, a_codebook(FOOD, CARS, uncoded=("Thanks for reading.", "Thank you all.")))
    assert (with_them < score_taught(text, a_codebook(FOOD, CARS))).all()


def test_a_single_code_teaches_nothing():
    np.testing.assert_array_equal(score_taught([a_segment()], a_codebook(FOOD)), [[0.0]])
