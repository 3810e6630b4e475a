"""Runs the command line with one stage that fails the worst way: with participants' words in its message.

python fail_in.py <module> <function> run CORPUS …
"""

import importlib
import sys


def _quote_everything(*arguments, **options):
    """Stands in for a stage: consumes what it was given and tells all of it."""
    told = [list(a) if hasattr(a, "__next__") else a for a in (*arguments, *options.values())]
    words = " ".join(_texts(told))
    raise ValueError(f"cannot handle {words or told}")


def _texts(value):
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    else:
        yield " ".join(str(getattr(value, name, "")) for name in ("text", "author", "case_key", "name", "folder"))


if __name__ == "__main__":
    module, function, *command = sys.argv[1:]
    from flows.environment import prepare

    prepare()
    target = importlib.import_module(module)
    assert callable(getattr(target, function)), "no such stage: the test would prove nothing"
    setattr(target, function, _quote_everything)
    from themes.cli.main import app

    app(command)
