"""How many planted faults the tests of de-identification see: mutation testing by mutmut, over a sample.

    python tests/benchmarks/mutants.py                          # every module with tests of its own, 30 faults each
    python tests/benchmarks/mutants.py vault policy --each 500  # all of two modules
    python tests/benchmarks/mutants.py vault --show             # with the changed lines of what nobody saw

A module is tried against the test modules that mirror it and no others, in a copy of the tree; mutmut is installed into
the user's cache. Faults are planted in functions: what is worked out when a module is loaded (tables, expressions) is
left alone, and so are functions with a decorator and the words of errors. What is the same program after the change
(SAME, below) counts neither way. Nothing is printed but lines of our own code.
"""

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deid_peers import wilson
from platformdirs import user_cache_path
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
MODULES = "src/themes/deidentify"
MUTMUT = ("mutmut==3.8.1", "coverage==7.17.3", "libcst==1.9.0", "setproctitle==1.3.8", "textual==8.2.8")
"""mutmut, and what it needs that our environment lacks."""
SAME = Path(__file__).with_suffix(".toml")
"""Changes that make no difference, by module: [line as it is, line as changed, why]."""
IN_ANY_CASE = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|PRAGMA|BEGIN|COMMIT|ROLLBACK|VACUUM|utf-8|ascii|IGNORECASE)\b", re.IGNORECASE
)
"""SQL, names of encodings and expressions that heed no case say the same in capitals."""
BESIDES = {
    "correction_log": ("corrections",),
    "corrections_in_force": ("corrections", "corrected"),
    "doubt": ("taggers",),
    "figures": ("patterns",),
    "findings": ("combine", "fail_closed"),
    "fingerprint": ("document", "corrected"),
    "net_addresses": ("patterns",),
    "numbers": ("patterns",),
    "phones": ("patterns",),
    "postcodes": ("patterns",),
    "own_tagger": ("taggers", "fail_closed"),
    "singled_out": ("taggers",),
    "spelling": ("vault",),
    "tagger": ("taggers",),
    "units": ("places",),
    "vault": ("rotation",),
    "key": ("vault", "rotation"),
    "place": ("vault",),
    "vehicles": ("patterns",),
    "words": ("lexicon", "names"),
}
"""Test modules that look at a module beside the one of its name, or where there is none."""
KILLED = {1, 3, 24, 36, 152, 255, -24, -11}
"""mutmut's notes of a test that failed, or took too long."""
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = ["{path}"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["-p", "no:xdist", "--basetemp={scratch}/tests"]
also_copy = ["flows", "corpora", "docs"]
do_not_mutate_patterns = ['raise \\w+']
process_isolation = "forkserver"
use_git_change_detection = false
use_setproctitle = false
track_dependencies = false
"""
NAMES = """
import sys
from pathlib import Path
from mutmut.mutation.file_mutation import mutate_file_contents
path = sys.argv[1]
print("\\n".join(mutate_file_contents(path, Path(path).read_text("utf-8")).mutant_names))
"""


@dataclass(frozen=True)
class Change:
    """A planted fault: the number of the line and what it says, before and after."""

    line: int
    was: str
    now: str


@dataclass(frozen=True)
class Tried:
    """What came of the faults of one module."""

    killed: int
    same: int
    survived: tuple[Change, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("modules", nargs="*", help="names in src/themes/deidentify; all with tests if none is given")
    options.add_argument("--each", type=int, default=30, help="how many faults to plant in each module")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--show", action="store_true", help="show the changed lines of what nobody saw")
    chosen = options.parse_args()
    installed = mutmut_folder()
    table = Table("module", "seen", "of", "share", "low", "high", "same", "CPU-s", title=f"Faults, seed {chosen.seed}")
    seen = tried = 0
    print("What no test saw:")
    for module in chosen.modules or [m for m in all_modules() if judges_of(m)]:
        began = cpu_seconds()
        result = try_module(module, chosen.each, chosen.seed, installed)
        of = result.killed + len(result.survived)
        seen, tried = seen + result.killed, tried + of
        table.add_row(module, *row(result.killed, of), str(result.same), f"{cpu_seconds() - began:.0f}")
        for change in sorted(result.survived, key=lambda each: each.line):
            print(f"{path_of(module)}:{change.line}")
            if chosen.show:
                print(f"    - {change.was}\n    + {change.now}")
        print(f"{module}: {result.killed} of {of} seen", flush=True)
    table.add_section()
    table.add_row("all", *row(seen, tried), "", f"{cpu_seconds():.0f}")
    Console(width=120).print(table)


def cpu_seconds() -> float:
    """Of all that was started so far and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(seen: int, of: int) -> list[str]:
    if not of:
        return ["0", "0", "", "", ""]
    share = seen / of
    return [str(seen), str(of), *(f"{value:.3f}" for value in (share, *wilson(share, of)))]


def all_modules() -> list[str]:
    return sorted(path.stem for path in (ROOT / MODULES).rglob("*.py"))


def path_of(module: str) -> str:
    """The file of a module, from the top of the project.

    Raises:
        SystemExit: If there is none.
    """
    found = sorted((ROOT / MODULES).rglob(f"{module}.py"))
    if not found:
        sys.exit(f"There is no {module}.py in {MODULES}.")
    return str(found[0].relative_to(ROOT))


def judges_of(module: str) -> list[str]:
    """The test modules that a fault in a module is tried against."""
    tests = {path.stem: path for path in (ROOT / "tests/deidentify").rglob("test_*.py")}
    names = [f"test_{name}" for name in (module, *BESIDES.get(module, ()))]
    return [str(tests[name].relative_to(ROOT)) for name in names if name in tests]


def try_module(module: str, each: int, seed: int, installed: Path) -> Tried:
    """Plant a sample of faults in a module, each by itself.

    Raises:
        SystemExit: If its tests fail before any fault is planted, or take longer than an hour.
    """
    if not judges_of(module):
        sys.exit(f"{module} has no tests of its own; `BESIDES` in tests/benchmarks/mutants.py can name some.")
    path = path_of(module)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "tree"
        copy_tree(copy, SETTINGS.format(path=path, tests=json.dumps(judges_of(module)), scratch=scratch))
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "PYTHONPATH": str(installed),
            "OMP_NUM_THREADS": "1",
            "THEMES_VAULT": f"{scratch}/vault",
            "THEMES_KEY_FILE": f"{scratch}/key",
        }
        names = output([sys.executable, "-c", NAMES, path], copy, environment).split()
        chosen = random.Random(f"{seed} {module}").sample(names, min(each, len(names)))
        if not chosen:
            return Tried(0, 0, ())
        dotted = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
        wanted = [f"{dotted}.{name}" for name in chosen]
        said = output([sys.executable, "-m", "mutmut", "run", "--max-children", "1", *wanted], copy, environment)
        statuses = json.loads((copy / "mutants" / f"{path}.meta").read_text("utf-8"))["exit_code_by_key"]
        if any(statuses[name] is None for name in wanted):
            sys.exit(f"mutmut did not try {path}:\n{said[-2000:]}")
        killed = sum(statuses[name] in KILLED for name in wanted)
        alive = [change_of(name, path, copy) for name in wanted if statuses[name] not in KILLED]
        known = {(was, now) for was, now, _ in no_differences().get(module, ())}
        survived = tuple(c for c in alive if (c.was, c.now) not in known and not says_the_same(c))
        return Tried(killed, len(alive) - len(survived), survived)


def says_the_same(change: Change) -> bool:
    return change.was.casefold() == change.now.casefold() and IN_ANY_CASE.search(change.was) is not None


def no_differences() -> Mapping[str, Sequence[tuple[str, str, str]]]:
    return tomllib.loads(SAME.read_text("utf-8"))


def copy_tree(target: Path, settings: str) -> None:
    target.mkdir()
    for name in ("src", "flows", "tests", "corpora", "docs"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", "mutants"))
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (target / "pyproject.toml").write_text(text + settings, encoding="utf-8")


def output(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False, timeout=3600
    )
    if done.returncode:
        sys.exit(f"mutmut stopped:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def change_of(name: str, path: str, copy: Path) -> Change:
    """What a fault changes, from the copies of its function that mutmut writes side by side."""
    last = name.rpartition(".")[-1]
    stem = last.rpartition("__mutmut_")[0]
    planted = {name: source for name, (_, source) in sources((copy / "mutants" / path).read_text("utf-8")).items()}
    before, after = (planted[each].replace(each, "", 1).splitlines() for each in (f"{stem}__mutmut_orig", last))
    begins, _ = sources((ROOT / path).read_text("utf-8"))[stem.removeprefix("x_").removeprefix("xǁ")]
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    _, first, end, low, high = next(code for code in matcher.get_opcodes() if code[0] != "equal")
    was, now = (" ".join(map(str.strip, lines)) for lines in (before[first:end], after[low:high]))
    return Change(begins + first, was, now)


def sources(module: str) -> dict[str, tuple[int, str]]:
    """The number of the first line of each function of a module, and its source. A method is called ClassǁMethod, as
    mutmut names it, unless it is a copy of mutmut's, which has a name of that sort already."""
    found = {}
    for top in ast.parse(module).body:
        for node in top.body if isinstance(top, ast.ClassDef) else [top]:
            if isinstance(node, ast.FunctionDef):
                owner = f"{top.name}ǁ" if isinstance(top, ast.ClassDef) and "ǁ" not in node.name else ""
                found[owner + node.name] = (node.lineno, ast.get_source_segment(module, node) or "")
    return found


def mutmut_folder() -> Path:
    """Where mutmut is installed; it is put there first if it is not.

    Raises:
        SystemExit: If it cannot be installed.
    """
    mark = hashlib.sha256("\n".join((sys.executable, *MUTMUT)).encode()).hexdigest()[:12]
    folder = user_cache_path("themes") / "bench-peers" / f"mutmut-{mark}"
    if not (folder / "mutmut").is_dir():
        uv = ROOT / ".bootstrap" / "bin" / "uv"
        if not uv.is_file():
            sys.exit("mutmut is not installed; run `make setup` first: it brings the installer.")
        install = [
            str(uv),
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--python",
            sys.executable,
            "--target",
            str(folder),
        ]
        if subprocess.run([*install, *MUTMUT], check=False).returncode:
            sys.exit(f"{MUTMUT[0]} could not be installed into {folder}.")
    return folder


if __name__ == "__main__":
    main()
