# The commands a newcomer needs: make run, make test. Everything else is for developers.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:

UV_VERSION := 0.13.9
UV := .bootstrap/bin/uv
BIN := .venv/bin
STAMP := .venv/.made-from
CORPUS ?= corpora/back-to-work-sample
export OMP_NUM_THREADS ?= 1

.PHONY: help setup run test bench lint format lock clean

help:  ## say what can be made
	grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*##/\t/' | expand -t 12

setup: $(STAMP)  ## install everything into .venv (done again only when the lock changes)

$(STAMP): requirements.lock pyproject.toml scripts/setup.sh
	scripts/setup.sh $(UV_VERSION)
	touch $(STAMP)

run: setup  ## run the sample corpus end to end; the last line is the path of the report
	$(BIN)/themes run $(CORPUS) | tail -n 1 | sed 's|$$|/report/index.html|'

test: setup  ## all checks: lint, types, import contracts, tests
	$(MAKE) lint
	scripts/say-what-is-skipped.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q -rs -m "not long" $(PYTEST)

bench: setup  ## the benchmarks, beside peers; THEMES_BENCH_DATA names a folder laid out like the development sets
	$(BIN)/python tests/benchmarks/run_all.py
	$(BIN)/python -m pytest -q -s -m long tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:  ## choose versions anew and write requirements.lock, with hashes and without addresses
	scripts/setup.sh $(UV_VERSION) --only-uv
	$(UV) pip compile --universal --generate-hashes --no-annotate --no-header --upgrade \
		--group dev --extra dask --extra postgresql --extra presidio pyproject.toml -o requirements.lock

clean:  ## take away what was installed; corpora, outputs and the vault stay
	rm -rf .venv .bootstrap .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
