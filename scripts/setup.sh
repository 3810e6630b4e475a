#!/usr/bin/env bash
# Installs the locked dependencies into .venv. Needs Python 3.12 or 3.13 with venv, and a package registry.
set -euo pipefail
cd "$(dirname "$0")/.."
uv_version=$1

find_python() {
	local candidate
	for candidate in "${PYTHON:-}" python3 python3.12 python3.13; do
		[ -n "$candidate" ] || continue
		if "$candidate" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 14))' 2>/dev/null; then
			echo "$candidate"
			return
		fi
	done
	echo "themes needs Python 3.12 or 3.13, and found $(python3 --version 2>&1 || echo none)." >&2
	echo "Install one (Debian, Ubuntu: sudo apt install python3.12 python3.12-venv; macOS: brew install python@3.12)," >&2
	echo "or name one: make setup PYTHON=/path/to/python3.12" >&2
	exit 1
}

# An office's proxy has a certificate of its own, which this machine knows and the installer's own list does not.
for known in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
	[ ! -r "$known" ] || export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
done

python=$(find_python)
if [ ! -x .bootstrap/bin/uv ] || [ "$(.bootstrap/bin/uv --version | cut -d' ' -f2)" != "$uv_version" ]; then
	echo "Fetching the installer (uv $uv_version) …" >&2
	rm -rf .bootstrap
	if ! "$python" -m venv .bootstrap 2>/dev/null; then
		rm -rf .bootstrap
		echo "$python cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2
		exit 1
	fi
	if ! .bootstrap/bin/pip install --quiet --disable-pip-version-check "uv==$uv_version"; then
		rm -rf .bootstrap
		echo "The installer could not be fetched. If your network has a certificate of its own, name the file that holds it:" >&2
		echo "PIP_CERT=/etc/ssl/certs/ca-certificates.crt make setup" >&2
		exit 1
	fi
fi
[ "${2:-}" = "--only-uv" ] && exit 0

echo "Installing about 200 packages, 1.9 GB: this takes some minutes …" >&2
[ -x .venv/bin/python ] || .bootstrap/bin/uv venv --quiet --python "$("$python" -c 'import sys; print(sys.executable)')" .venv
# Compiled now and not at the first import: where Python may not write beside a package, every start would compile anew.
VIRTUAL_ENV=.venv .bootstrap/bin/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
VIRTUAL_ENV=.venv .bootstrap/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
# BERTopic's libraries compile some of their functions at their first import, and keep them: now, and not in the first run.
.venv/bin/python -W ignore -c "import bertopic"
# Prefect's own database, in the user's Prefect folder: made now, and not during the first run.
if [ -z "${PREFECT_API_URL:-}" ]; then
	DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false .venv/bin/prefect server database upgrade --yes >/dev/null
fi
echo "Ready: .venv/bin/themes --help" >&2
