import inspect
from importlib import import_module
from pathlib import Path

from themes.code import catalog, learned
from themes.code.ridge import Recipe

FOLDER = Path(catalog.__file__).parent


def functions_named(beginning: str) -> set[str]:
    found = set()
    for path in FOLDER.glob("*.py"):
        module = import_module(f"themes.code.{path.stem}")
        own = (name for name, it in inspect.getmembers(module, inspect.isfunction) if it.__module__ == module.__name__)
        found |= {name for name in own if name.startswith(beginning)}
    return found


def test_every_view_is_in_the_catalog():
    assert {view.__name__ for view in catalog.CODERS.values()} == functions_named("score_")
    recipes = {id(it) for _, it in inspect.getmembers(learned) if isinstance(it, Recipe)}
    assert {id(recipe) for recipe in catalog.LEARNERS.values()} == recipes


def test_every_module_has_its_test():
    tests = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {f"test_{path.stem}" for path in FOLDER.glob("*.py") if path.stem != "__init__"} <= tests
