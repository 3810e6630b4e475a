"""Nothing that is imported speaks to anybody: the library that runs the models would, if it were let."""

import os
import subprocess
import sys


def files_left_by(code, home):
    """Those of a program that is not told it runs in tests: there the library is silent anyway."""
    home.mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "THEMES_CACHE") if name in os.environ}
    subprocess.run([sys.executable, "-B", "-c", code], env={**kept, "HOME": str(home)}, check=True, timeout=120)
    return [path.relative_to(home) for path in home.rglob("*") if path.is_file()]


def test_the_library_that_runs_the_models_keeps_no_report_for_its_maker(tmp_path):
    """What it would send lies in a file beside its caches from the moment it is imported."""
    assert files_left_by("import themes, onnxruntime", tmp_path / "imported") == []
    assert files_left_by("from themes.embedding import embed; embed(['It rained.'])", tmp_path / "embedding") == []


def test_it_is_told_before_it_can_be_loaded(tmp_path):
    told = "import os, sys, themes; assert 'onnxruntime' not in sys.modules; assert os.environ['ORT_DISABLE_TELEMETRY']"
    assert files_left_by(told, tmp_path / "told") == []
