import inspect
from importlib import import_module
from pathlib import Path

import themes.deidentify
from themes.deidentify.catalog import RECOGNIZERS
from themes.deidentify.self_test import CANARIES


def test_every_recogniser_written_is_in_the_catalog_and_has_a_canary() -> None:
    written = set()
    for path in Path(themes.deidentify.__path__[0]).glob("*.py"):
        module = import_module(f"themes.deidentify.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("find_") and function.__module__ == module.__name__:
                written.add(function)
    assert set(RECOGNIZERS.values()) == written
    assert set(RECOGNIZERS) == set(CANARIES)
