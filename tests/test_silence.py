"""Nothing that is imported speaks to anybody: the library that runs the models would, if it were let."""

import os
import subprocess
import sys


def files_left_by(code, home):
    home.mkdir()
    told = {"ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME"}
    environment = {**{name: value for name, value in os.environ.items() if name not in told}, "HOME": str(home)}
    subprocess.run([sys.executable, "-B", "-c", code], env=environment, check=True, timeout=120)
    return [path.relative_to(home) for path in home.rglob("*") if path.is_file()]


def test_the_library_that_runs_the_models_keeps_no_report_for_its_maker(tmp_path):
    """What it would send lies in a file beside its caches from the moment it is imported."""
    assert files_left_by("import onnxruntime", tmp_path / "by-itself") != []
    assert files_left_by("import themes, onnxruntime", tmp_path / "ours") == []
    assert files_left_by("from themes.embedding import embed; embed(['It rained.'])", tmp_path / "embedding") == []
