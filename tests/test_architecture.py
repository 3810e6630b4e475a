"""What imports cannot see: plug-ins are in their catalog and tested, modules are short, nothing unpickles."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])
MOST_LINES = 300

# stage, what the first parameters are annotated with, what must be part of the annotation of the result
PLUG_INS = [
    ("read", ("Path", "SourceSpec"), "RawDocument"),
    ("deidentify", ("Sequence[RawDocument]",), "list[list[Finding]]"),
    ("code", ("Sequence[Segment]", "Codebook"), "NDArray"),
    ("export", ("Release", "Path"), "None"),
]

LOADERS_THAT_RUN_CODE = {
    "pickle",
    "cPickle",
    "_pickle",
    "joblib",
    "dill",
    "cloudpickle",
    "marshal",
    "shelve",
    "jsonpickle",
}
CALLS_THAT_RUN_CODE = {"eval", "exec", "compile", "__import__"}


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Public functions at the top of a module."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _is_plug_in(function: ast.FunctionDef, parameters: tuple[str, ...], result: str) -> bool:
    """Whether a catalog could call it: with these arguments and no others."""
    annotations = tuple(ast.unparse(each.annotation) for each in function.args.args if each.annotation)
    returned = ast.unparse(function.returns) if function.returns else ""
    return (
        annotations == parameters
        and None not in function.args.kw_defaults
        and (returned == result if result == "None" else result in returned)
    )


def _plug_ins() -> list[tuple[str, str, str]]:
    """Stage, module and function of every plug-in."""
    return [
        (stage, ".".join(path.relative_to(ROOT / "src/themes" / stage).with_suffix("").parts), function.name)
        for stage, parameters, result in PLUG_INS
        for path in sorted((ROOT / "src/themes" / stage).rglob("*.py"))
        if path.stem != "catalog"
        for function in _functions(path)
        if _is_plug_in(function, parameters, result)
    ]


@pytest.mark.parametrize(("stage", "module", "function"), _plug_ins())
def test_a_plug_in_is_in_its_catalog(stage: str, module: str, function: str) -> None:
    catalog = ast.parse((ROOT / "src/themes" / stage / "catalog.py").read_text(encoding="utf-8"))
    entries = {
        node.id if isinstance(node, ast.Name) else node.attr
        for table in ast.walk(catalog)
        if isinstance(table, ast.Dict)
        for node in ast.walk(table)
        if isinstance(node, ast.Name | ast.Attribute)
    }

    assert function in entries, f"{function} of {stage}.{module} is in no dictionary of {stage}/catalog.py"


@pytest.mark.parametrize(("stage", "module", "function"), _plug_ins())
def test_a_plug_in_has_a_test(stage: str, module: str, function: str) -> None:
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / stage).rglob("test_*.py")]

    assert any(f"themes.{stage}.{module}" in text for text in tests), f"no test in tests/{stage} imports {module}"


@pytest.mark.parametrize("stage", [stage for stage, _, _ in PLUG_INS])
def test_every_stage_with_plug_ins_has_some(stage: str) -> None:
    """Were a signature changed, the two tests above would find nothing to check."""
    assert stage in {found for found, _, _ in _plug_ins()}


@pytest.mark.parametrize("path", SOURCES, ids=_named)
def test_a_module_is_short_enough_to_be_read_at_once(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= MOST_LINES, f"{_named(path)} has {lines} lines: split it along the sentence that describes it"


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=_named)
def test_a_name_is_imported_from_the_module_that_defines_it(path: Path) -> None:
    """All are empty but the first, which is read before any library and keeps one of them from reporting."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    if path.parent == ROOT / "src" / "themes":
        assert ast.unparse(body[-1]) == "os.environ['ORT_DISABLE_TELEMETRY'] = '1'"
        assert [type(part).__name__ for part in body] == ["Expr", "Import", "Assign"]
    else:
        assert body == []


@pytest.mark.parametrize("path", SOURCES, ids=_named)
def test_nothing_is_loaded_that_could_run_code(path: Path) -> None:
    assert list(_dangers(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import pickle",
        "from joblib import load",
        "import concurrent.futures, dill",
        "eval('1')",
        "exec(text)",
        "numpy.load(path, allow_pickle=True)",
        "numpy.load(path, allow_pickle=chosen)",
        "pandas.read_pickle(path)",
        "torch.load(path)",
        "yaml.load(text)",
        "yaml.unsafe_load(text)",
    ],
)
def test_what_could_run_code_is_recognised(planted: str) -> None:
    assert len(list(_dangers(ast.parse(planted)))) == 1


@pytest.mark.parametrize(
    "harmless", ["re.compile('a')", "numpy.load(path)", "json.load(file)", "yaml.load(t, Loader=L)"]
)
def test_what_runs_no_code_is_let_pass(harmless: str) -> None:
    assert list(_dangers(ast.parse(harmless))) == []


def _dangers(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name.split(".")[0] in LOADERS_THAT_RUN_CODE)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in LOADERS_THAT_RUN_CODE:
                yield module
            case ast.Call(func=ast.Name(id=name)) if name in CALLS_THAT_RUN_CODE:
                yield name
            case ast.Call(func=ast.Attribute(attr="read_pickle" | "unsafe_load" | "full_load" as name)):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr="load")):
                yield "torch.load"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr="load"), keywords=[]):
                yield "yaml.load without a loader"
            case ast.keyword(arg="allow_pickle", value=value) if not (
                isinstance(value, ast.Constant) and value.value is False
            ):
                yield "allow_pickle"


# Each has a bracket in it, so that this file does not find itself.
TRACES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.]org|--(?:extra-)?index[-]url"
    r"|/(?:home|Users)[/][a-z]|[A-Z]:\\[U]sers|(?<![\w.-])/(?:work|root|tmp/wt)[/]"
)


def test_no_tracked_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    found = [
        f"{name}: {match.group()}"
        for name in filter(None, listed.split("\0"))
        if (ROOT / name).is_file() and (match := TRACES.search((ROOT / name).read_bytes().decode("utf-8", "ignore")))
    ]

    assert found == []
