from themes.deidentify.weigh.bundles import features_of
from themes.deidentify.weigh.evidence import look, text_bundles
from themes.deidentify.weigh.forms import neighbour_features, own_features


def test_a_word_is_spelled_out_with_its_own_vector_and_those_beside_it() -> None:
    seen = look("my adviser Quillon")
    own, *near = list(text_bundles(seen))[1][:7]
    assert features_of(own) == (list(own_features(seen.forms[1])), seen.forms[1], 0)
    told = [features_of(bundle) for bundle in near]
    assert [(form and form.plain, offset) for _, form, offset in told] == [
        (None, -3), (None, -2), ("my", -1), ("quillon", 1), (None, 2), (None, 3),
    ]  # fmt: skip
    assert told[2][0] == list(neighbour_features(seen.forms[0], -1))
