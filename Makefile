# `make` lists the targets. `make up` and `make test` do all the set-up they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PO := $(wildcard web/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
SOURCES := config indexer crawler web tests

.DEFAULT_GOAL := help
.PHONY: help install up test lint fix real drill-kill start-times bench bench-linear test-needs

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/installed $(MO) ## prepare .venv: what `make up` and `make test` share

up: install ## start collector and site on the embedded defaults, with the demo campaign on first run
	@$(BIN)/carnival up

test: install $(VENV)/installed-dev test-needs ## install what tests need (Chromium included), run all of them
	$(BIN)/python -m pytest

lint: install $(VENV)/installed-dev ## ruff, mypy --strict, import contracts, templates, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint web/templates --lint --profile jinja --quiet
	$(BIN)/codespell $(SOURCES) docs README.md Makefile

fix: install $(VENV)/installed-dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

real: install $(VENV)/installed-dev ## measured: captured pages, feeds and payloads against what is expected of each
	$(BIN)/python -m pip install --quiet 'newspaper4k[zh]' gne
	$(BIN)/python tests/quality/real.py

drill-kill: install $(VENV)/installed-dev ## measured: killed at ten moments, nothing lost, nothing doubled
	$(BIN)/python tests/quality/drill_kill.py

start-times: install $(VENV)/installed-dev ## measured: a fresh clone to a working site, and a later start
	$(BIN)/python tests/quality/start_times.py

bench: install $(VENV)/installed-dev ## measured: search and web servers
	$(BIN)/python tests/benchmarks/search.py
	$(BIN)/python tests/benchmarks/web_servers.py

bench-linear: install $(VENV)/installed-dev ## measured: hostile pages, feeds and texts, none slower than its length
	$(BIN)/python -m tests.benchmarks.linear

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy python3-venv; }
	$(PYTHON) -m venv $(VENV)
	@# pip 23, which Debian 12 ships, crashes on lxml's extras
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

%.mo: %.po $(VENV)/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

test-needs:
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy chromium fonts-noto-cjk; }
