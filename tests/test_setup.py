"""How the environment is installed: by a script that is run here with an installer that only notes what it is asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "scripts" / "setup.sh"
STORES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
NOTES = """#!/bin/sh
[ "$1" != --version ] || { echo "uv 9.9"; exit; }
echo "${UV_SYSTEM_CERTS:-unset} $*" >>asked
"""


@pytest.fixture
def place(tmp_path):
    """A folder with the script, and with an installer and an environment that are there already."""
    programs = {".bootstrap/bin/uv": NOTES, ".venv/bin/python": "#!/bin/sh\n", ".venv/bin/prefect": "#!/bin/sh\n"}
    for name, program in programs.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(program)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    return tmp_path


def set_up(place, version="9.9", **settings):
    environment = {**os.environ, "PYTHON": sys.executable, **settings}
    command = ["bash", str(place / "scripts" / "setup.sh"), version]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.skipif(not any(map(os.path.isfile, STORES)), reason="this machine keeps no list of certificates")
@pytest.mark.parametrize(("settings", "trusted"), [({}, "true"), ({"UV_SYSTEM_CERTS": "false"}, "false")])
def test_packages_are_fetched_by_the_certificates_that_the_machine_trusts(place, settings, trusted, monkeypatch):
    monkeypatch.delenv("UV_SYSTEM_CERTS", raising=False)
    done = set_up(place, **settings)
    assert done.returncode == 0, done.stderr
    asked = (place / "asked").read_text().splitlines()
    assert [line.split()[:3] for line in asked] == [[trusted, "pip", "sync"], [trusted, "pip", "install"]]


def test_an_installer_that_cannot_be_fetched_is_told_with_what_to_do_and_leaves_nothing_half_made(place):
    done = set_up(place, version="0.0.0", PIP_NO_INDEX="1", PIP_FIND_LINKS="")
    assert done.returncode == 1
    assert "PIP_CERT=/etc/ssl/certs/ca-certificates.crt make setup" in done.stderr
    assert not (place / ".bootstrap").exists()
