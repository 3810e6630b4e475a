"""Bundles spelled out as features, for the weights that speak of features."""

from themes.deidentify.weigh.evidence import SPELLED, Bundle
from themes.deidentify.weigh.forms import Form, neighbour_features, own_features


def features_of(bundle: Bundle) -> tuple[list[str], Form | None, int]:
    """A bundle's features; the form whose vector it brings along and that form's place, 0 or ±1, if any."""
    kind, key = bundle
    if kind in {"own", "near"}:
        form, offset = key if kind == "near" else (key[0], 0)
        assert isinstance(form, Form) and isinstance(offset, int)
        features = own_features(form) if kind == "own" else neighbour_features(form, offset)
        heard = abs(offset) < 2 and not form.outside
        return list(features), form if heard else None, offset
    return list(SPELLED[kind](*key)), None, 0
