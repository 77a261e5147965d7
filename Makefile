# Every rule but `lock` needs only python3, git and make; what else a rule needs it fetches or names.
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types contracts migrations messages messages-check deploy-check \
        test-postgresql test-browser test-slow audit storm bench coach-score screenshots lock clean

help:  ## show these lines
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup: $(STAMP)  ## make the environment in .venv

$(STAMP): requirements/dev.lock pyproject.toml hatch_build.py $(wildcard src/tandem/locale/*/LC_MESSAGES/django.po)
	@scripts/setup $(VENV)
	@touch $@

demo: setup  ## the demo company in the browser (HOST, PORT)
	$(BIN)/tandem demo --host $(HOST) --port $(PORT)

test: setup  ## tests on SQLite, without the slow ones and the browser's
	$(BIN)/pytest -n 2 -m "not slow and not browser"

check: lint types contracts migrations messages-check deploy-check audit test test-slow test-postgresql test-browser  ## all that CI runs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

migrations: setup
	$(BIN)/python -m django makemigrations --check --dry-run --settings tandem.config.settings

deploy-check: setup
	scripts/deploy_check $(BIN)/python

audit: setup  ## ask whether a locked package is known to be vulnerable
	scripts/audit $(BIN)/python

storm: setup  ## 10 000 writes with kill -9 of server and worker, on both databases (docs/reliability.md)
	$(BIN)/python -m bench.storm --database sqlite
	$(BIN)/python -m bench.storm --database postgresql

test-slow: setup
	$(BIN)/pytest -m slow

test-postgresql: setup
	scripts/need postgresql
	$(BIN)/pytest -n 2 -m "not slow and not browser" --db=postgresql
	$(BIN)/pytest --db=postgresql tests/serving/test_backup.py tests/serving/test_crowd.py tests/serving/test_storm.py

test-browser: setup
	scripts/need chromium
	$(BIN)/pytest -m browser

messages: setup  ## collect the texts from the sources into the catalogue
	$(BIN)/python scripts/messages.py update

messages-check: setup
	$(BIN)/python scripts/messages.py check

bench: setup  ## measure speed and memory (docs/benchmarks.md)
	$(BIN)/python -m bench
	$(BIN)/python -m bench.kpi

coach-score: setup  ## how well the coach reads (LABELS=FILE, FORMAT=json; docs/coach.md)
	@$(BIN)/python scripts/coach_score.py

screenshots: setup  ## take the README's picture of the demo anew (scripts/screenshots.py --all DIR: every page)
	scripts/need chromium
	$(BIN)/python scripts/screenshots.py

lock:  ## resolve the dependencies anew
	scripts/lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
