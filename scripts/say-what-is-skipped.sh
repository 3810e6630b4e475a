#!/usr/bin/env bash
# Says before the tests run which of them this machine cannot run, and how to make it able to.
set -euo pipefail
if ! command -v chromium >/dev/null; then
	echo "SKIPPED HERE: the browser tests, since there is no 'chromium'. Debian, Ubuntu: sudo apt install chromium"
fi
