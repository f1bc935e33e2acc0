# What each target does: `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
PORT ?= 8000
DEMO_HOME ?= var/demo
CHROMIUM := chromium=chromium
export PYTHONDONTWRITEBYTECODE =

.PHONY: help setup demo demo-reset test test-quick test-e2e test-postgresql test-spark check bench lock clean

help:  ## This list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

setup: .venv/.ready src/msoko/web/ui/static/vendor/.ready  ## Install everything into .venv (the msoko command, developer tools, front-end files)

.venv/.ready: requirements/dev.txt pyproject.toml tools/venv.sh
	@echo "Installing Python packages…" >&2
	@tools/venv.sh requirements/dev.txt
	@touch $@

src/msoko/web/ui/static/vendor/.ready: package-lock.json tools/assets.mjs tools/assets.sh | .venv/.ready
	@echo "Installing front-end packages…" >&2
	@tools/assets.sh
	@touch $@

demo: setup  ## Build the demo municipality (once) and serve it on 127.0.0.1 (PORT=8000)
	@MSOKO_DEMO=1 MSOKO_HOME=$(DEMO_HOME) $(BIN)/msoko demo --port $(PORT)

demo-reset:  ## Remove the demo municipality, then build and serve it anew
	@rm -rf $(DEMO_HOME)
	@$(MAKE) --no-print-directory demo

check: setup  ## Lint, types, import contracts, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || (echo "run: .venv/bin/ruff format ." >&2; exit 1)
	@export MSOKO_HOME=$$(mktemp -d); $(BIN)/mypy && \
	  $(BIN)/django-admin makemigrations --check --dry-run --settings msoko.config.settings
	@$(BIN)/lint-imports --no-cache

test: check browser  ## Everything a change must pass: checks, tests, browser tests (SQLite)
	@$(BIN)/pytest -n 2 -m "not spark and not e2e" -q
	@$(BIN)/pytest -m "e2e" -q -p no:randomly

test-quick: setup  ## Tests without the browser
	@$(BIN)/pytest -n 2 -m "not spark and not e2e" -q

browser:
	@tools/system_packages.sh $(CHROMIUM)

test-e2e: setup browser  ## Browser tests only
	@$(BIN)/pytest -m "e2e" -q -p no:randomly

test-postgresql: setup  ## The same tests on a real PostgreSQL
	@tools/postgresql.sh $(BIN)/pytest -n 2 -m "not spark and not e2e" -q tests

test-spark: setup  ## The same statistics on a real Apache Spark
	@tools/system_packages.sh java=openjdk-17-jre-headless
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/spark.txt
	@$(BIN)/pytest -m spark -q -p no:randomly tests

bench: setup  ## Speed and memory as ratios against a baseline in the same run
	@$(BIN)/python -m benchmarks

lock:  ## Renew requirements/*.txt (needs uv)
	@tools/lock.sh

clean:  ## Remove what is built
	@rm -rf .venv node_modules var src/msoko/web/ui/static/vendor
