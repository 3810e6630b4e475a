import inspect
from importlib import import_module
from pkgutil import walk_packages

import themes.deidentify
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.self_test import CANARIES


def test_every_recogniser_written_is_in_the_catalog_and_has_a_canary() -> None:
    written = set()
    for each in walk_packages(themes.deidentify.__path__, "themes.deidentify."):
        module = import_module(each.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("find_") and function.__module__ == module.__name__:
                written.add(function)
    assert set(RECOGNIZERS.values()) == written
    assert set(RECOGNIZERS) == set(CANARIES)
