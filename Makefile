# `make` lists the targets. `make up` and `make test` do all the set-up they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PO := $(wildcard web/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
SOURCES := config indexer crawler web tests

.DEFAULT_GOAL := help
.PHONY: help install up test lint fix real drill-kill attack start-times fresh bench bench-linear test-needs

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(VENV)/installed $(MO) ## prepare .venv: what `make up` and `make test` share

up: install ## start collector and site on the embedded defaults, with the demo campaign on first run
	@$(BIN)/carnival up

test: install $(VENV)/installed-dev test-needs ## install what tests need (Chromium included), run all of them
	$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

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

attack: install $(VENV)/installed-dev test-needs ## hostile inputs, a table tried / held; REF=commit attacks an older commit
	$(BIN)/python tests/attack/run.py $(if $(REF),--ref $(REF))

start-times: install $(VENV)/installed-dev ## measured: a fresh clone to a working site, and a later start
	$(BIN)/python tests/quality/start_times.py

fresh: ## measured: both README commands on a new minimal Debian (root; FRESH_TESTS="tests/…": these alone)
	@$(if $(SUDO),$(SUDO) --preserve-env) $(PYTHON) tests/quality/fresh.py

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

# What browser tests need beyond pip. A Chromium may be there without the rest: each need is looked for by itself.
NEEDS := chromium:/usr/bin/chromium fonts-noto-cjk:/usr/share/fonts/*/noto/NotoSansCJK* libatomic1:/usr/lib/*/libatomic.so.1
DRIVER = $(wildcard $(VENV)/lib/python*/site-packages/playwright/driver/node)
test-needs: $(VENV)/installed-dev
	@missing=; for need in $(NEEDS); do ls $${need#*:} >/dev/null 2>&1 || missing="$$missing $${need%%:*}"; done; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy --no-install-recommends $$missing; }
	@lacks=$$(ldd $(DRIVER) /usr/lib/chromium/chromium | grep 'not found' | sort -u); \
	[ -z "$$lacks" ] || { echo "Browser tests need libraries that no package above brings:"; echo "$$lacks"; exit 1; }
