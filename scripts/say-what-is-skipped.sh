#!/usr/bin/env bash
# Says before the tests run which of them this machine cannot run, and how to make it able to.
set -euo pipefail
if ! command -v chromium >/dev/null; then
	echo "SKIPPED HERE: the browser tests, since there is no 'chromium'. Debian, Ubuntu: sudo apt install chromium"
fi
if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
	echo "SKIPPED HERE: the review log in PostgreSQL, since it is not installed. Debian, Ubuntu: sudo apt install postgresql"
fi
