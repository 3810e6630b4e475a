"""Runs the command line once for each stage, and each time that stage fails the worst way: quoting all it was given.

    python fail_in.py <folder for what is said> module:function … -- run CORPUS …

What each run says goes to a file of the stage's name, its last line the exit status.
"""

import contextlib
import importlib
import sys
from pathlib import Path


def _quote_everything(*arguments, **options):
    """Stands in for a stage: takes what it was given and tells all of it."""
    told = [list(a) if hasattr(a, "__next__") else a for a in (*arguments, *options.values())]
    words = " ".join(_texts(told))
    raise ValueError(f"cannot handle {words or told}")


def _texts(value):
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    else:
        yield " ".join(str(getattr(value, name, "")) for name in ("text", "author", "case_key", "name", "folder"))


def main(said: Path, stages: list[str], command: list[str]) -> None:
    from flows.environment import prepare

    prepare()
    from themes.cli.main import app

    for at, stage in enumerate(stages):
        module, function = stage.split(":")
        target = importlib.import_module(module)
        sound = getattr(target, function)
        setattr(target, function, _quote_everything)
        told = said / f"{at:02}-{function}.txt"
        with told.open("w") as file, contextlib.redirect_stdout(file), contextlib.redirect_stderr(file):
            try:
                app(command)
            except SystemExit as ended:
                print(ended.code)
        setattr(target, function, sound)


if __name__ == "__main__":
    split = sys.argv.index("--")
    main(Path(sys.argv[1]), sys.argv[2:split], sys.argv[split + 1 :])
