import numpy as np
import pytest

from themes.code.layer import best_cut_offs, fit_layer, log_odds_of, logistic


def invented(count=400, codes=3):
    random = np.random.default_rng(0)
    takes = random.random((count, codes)) < [0.5, 0.2, 0.1]
    clear = takes + random.normal(0, 0.5, takes.shape)
    return np.stack([clear, random.normal(0, 1, takes.shape)], axis=2), takes, np.arange(count) % 5


def test_the_layer_trusts_the_view_that_tells_and_not_the_one_that_does_not():
    features, takes, folds = invented()
    layer = fit_layer(features, takes, folds)
    assert (np.abs(layer.weights[:, 0]) > 5 * np.abs(layer.weights[:, 1])).all()


def test_probabilities_mean_what_they_say():
    features, takes, folds = invented()
    layer = fit_layer(features[:200], takes[:200], folds[:200])
    probabilities = layer.probabilities(features[200:])
    sure = probabilities > 0.5
    assert abs(probabilities[sure].mean() - takes[200:][sure].mean()) < 0.1


@pytest.mark.parametrize("seed", range(3))
def test_few_labels_make_a_view_that_tells_clearly_no_less_sure_than_it_may_be(seed):
    random = np.random.default_rng(seed)
    takes = random.random((4060, 3)) < 0.3
    features = (takes + random.normal(0, 0.3, takes.shape))[:, :, None]
    layer = fit_layer(features[:60], takes[:60], np.arange(60) % 5)
    told, right = layer.probabilities(features[60:]).ravel(), takes[60:].ravel()
    tenths = np.minimum((told * 10).astype(int), 9)
    wrong_by = [abs(told[tenths == tenth].mean() - right[tenths == tenth].mean()) for tenth in np.unique(tenths)]
    assert np.average(wrong_by, weights=np.unique(tenths, return_counts=True)[1]) < 0.05


def test_a_code_may_depart_from_the_others_the_more_the_more_labels_there_are():
    def apart(count: int) -> float:
        features, takes, folds = invented(count)
        takes = np.column_stack([takes[:, 0], takes[:, 1], features[:, 2, 0] < 0])
        layer = fit_layer(features, takes, folds)
        return float((layer.weights[0, 0] - layer.weights[2, 0]) / np.abs(layer.weights).max())

    assert 0 < apart(100) < apart(3000)


def test_what_was_reviewed_weighs_more_while_it_is_the_lesser_part():
    features, takes, folds = invented()
    reviewed = np.arange(len(takes)) < 80
    features[reviewed, :, 0] *= -1  # among these texts the view tells the opposite
    alike, heavier = (fit_layer(features, takes, folds, reviewed=each) for each in (None, reviewed))
    assert heavier.weights[:, 0].mean() < alike.weights[:, 0].mean() - 1
    for most in (np.ones(len(takes), bool), ~reviewed):
        np.testing.assert_array_equal(fit_layer(features, takes, folds, reviewed=most).weights, alike.weights)


def test_a_view_may_count_only_above_some_value():
    random = np.random.default_rng(0)
    values = random.uniform(0, 1, (3000, 2, 1))
    takes = random.random((3000, 2)) < 0.1 + 0.8 * np.maximum(values[:, :, 0] - 0.6, 0) / 0.4
    layer = fit_layer(values, takes, np.arange(3000) % 5)
    low, middle, high = layer.probabilities(np.array([[[0.05], [0.05]], [[0.55], [0.55]], [[0.95], [0.95]]]))[:, 0]
    assert abs(middle - low) < 0.1
    assert high - middle > 0.5


LIKELY = np.array([[0.9], [0.6], [0.5], [0.1]])
YES_NO = np.array([[True], [True], [False], [False]])


def test_a_single_codes_cut_off_is_half_of_the_f1_expected():
    # Three are applied, 0.9 + 0.6 + 0.5 of them rightly, and 2.1 are expected to take it: F1 is 2 * 2.0 / (3 + 2.1).
    assert best_cut_offs(LIKELY, YES_NO).tolist() == [0.392]


def test_a_rare_code_that_is_hard_to_tell_has_a_lower_cut_off():
    # The second: one applied, rightly by 0.3, and 0.7 expected: half of its F1 is 0.3 / 1.7. Of both: 2.3 / 6.8.
    # Own and common weigh 1 / (2 codes * 1.7) and 2 / 6.8, the same; of the first, 1 / (2 * 5.1) and 2 / 6.8.
    likely = np.column_stack([LIKELY, [0.3, 0.2, 0.1, 0.1]])
    assert best_cut_offs(likely, np.column_stack([YES_NO, YES_NO])).tolist() == [0.352, 0.257]


def test_a_code_that_nothing_takes_shares_the_cut_off_of_all():
    likely = np.column_stack([LIKELY, np.full(4, 0.4)])
    assert best_cut_offs(likely, np.column_stack([YES_NO, np.zeros(4, bool)])).tolist() == [0.392, 0.392]
    assert best_cut_offs(likely, np.zeros((4, 2), bool)).tolist() == [0.5, 0.5]


def test_log_odds_and_probabilities_undo_each_other():
    np.testing.assert_allclose(logistic(log_odds_of(np.array([0.01, 0.5, 0.9]))), [0.01, 0.5, 0.9])


def test_pairs_that_nobody_was_asked_about_do_not_count():
    features, takes, folds = invented()
    asked = np.ones(takes.shape, bool)
    asked[:100, 1] = False
    contrary = takes.copy()
    contrary[:100, 1] = ~takes[:100, 1]
    layer, other = (fit_layer(features, given, folds, asked) for given in (takes, contrary))
    np.testing.assert_array_equal(layer.weights, other.weights)
    np.testing.assert_array_equal(layer.cut_offs, other.cut_offs)
    np.testing.assert_array_equal(layer.constants, other.constants)
    assert fit_layer(features, contrary, folds).weights[1, 0] < layer.weights[1, 0]
