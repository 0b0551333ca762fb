# Everything a person does with this repository. `make` alone prints the targets.
# Needs Python 3.11 or newer (with venv) and make; the rest is installed into .venv from the locked lists.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two workers: what a small machine has.
WORKERS ?= 2
# Tests that ask every address: they are run with the others, and are no look at the source.
WALKS := $(patsubst %,--ignore=tests/architecture/test_%.py,outsider sites matrix own_canaries)
CATALOGUES := $(wildcard src/skillmark/locale/*/LC_MESSAGES/*.po)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-emit-options --strip-extras --allow-unsafe --no-header

.DEFAULT_GOAL := help
.PHONY: help run test check bench fuzz faults docs messages lock clean test-sqlite test-postgres journeys journeys-all browser device

help: ## print this list
	@echo "Skillmark. The targets of this Makefile:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1 ~\2/p' Makefile | awk -F'~' '{ printf "%-21s %s\n", $$1, $$2 }'

run: $(VENV)/.project ## install what is needed and start Skillmark (PORT=8000)
	@exec $(BIN)/skillmark up $(if $(PORT),--port $(PORT)) $(if $(DEMO),--demo $(DEMO))

test: $(VENV)/.dev ## run every test: on SQLite, in a real browser, and on PostgreSQL
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory journeys
	@$(MAKE) --no-print-directory test-postgres
	@echo "All tests passed."

test-sqlite: $(VENV)/.dev device ## run the tests that need no browser, on SQLite
	$(BIN)/python -m pytest -n $(WORKERS) -m "not journey"

journeys: $(VENV)/.dev browser ## walk through the product in a real browser
	$(BIN)/python -m pytest -n $(WORKERS) -m journey tests/journeys

journeys-all: $(VENV)/.dev browser ## the same, every page in both languages at both widths
	SKILLMARK_TEST_EVERY=1 $(BIN)/python -m pytest -n $(WORKERS) -m journey tests/journeys

# Rooms, desks and the interface ask everything that pages ask; commands start processes of their own, on SQLite.
test-postgres: $(VENV)/.dev device ## run the layers that touch the database again, on a real PostgreSQL
	SKILLMARK_TEST_POSTGRES=1 $(BIN)/python -m pytest -n $(WORKERS) -m "not journey" \
		$(wildcard tests/house tests/api tests/fault)

browser: $(VENV)/.dev
	@sh tests/journeys/get-chromium.sh $(BIN)/playwright

device:
	@sh tests/get-softhsm.sh

check: $(VENV)/.dev ## look without running: style, types, directions, pages, translations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet src
	$(BIN)/python -m pytest -q -n $(WORKERS) tests/architecture $(WALKS)

bench: $(VENV)/.dev ## measure, and write benchmarks/results.md
	@found=0; for file in benchmarks/*.py; do \
		[ -f "$$file" ] || continue; found=1; echo "$$file"; $(BIN)/python "$$file" || exit 1; \
	done; [ $$found = 1 ] || echo "No benchmark has been written yet: see benchmarks/README.md."

fuzz: $(VENV)/.dev ## look for inputs that break the readers, or that two engines read differently (SECONDS=60)
	$(BIN)/python -m tests.fuzz.atheris_readers $(or $(SECONDS),60)
	SKILLMARK_TEST_FUZZ_SECONDS=$(or $(SECONDS),60) SKILLMARK_TEST_FUZZ_SEED=$$(date +%s) \
		$(BIN)/python -m pytest tests/fuzz/test_canonical.py -q

faults: $(VENV)/.dev ## kill processes that give 10,000 proofs, and lose no cancellation of 1,000 (on both databases)
	$(BIN)/python -m tests.fault.every
	SKILLMARK_TEST_POSTGRES=1 $(BIN)/python -m tests.fault.every

docs: $(VENV)/.dev ## check the documentation: links, commands, codes and the tutorial
	$(BIN)/python -m pytest tests/docs

messages: $(VENV)/.dev ## bring the Spanish catalogue up to date, and compile it
	$(BIN)/python tests/translations.py

lock: $(VENV)/.dev ## choose the versions of all dependencies anew
	$(LOCK) --upgrade --extra build --output-file requirements/run.txt pyproject.toml
	$(LOCK) --upgrade --extra build --extra dev -c requirements/run.txt --output-file requirements/dev.txt pyproject.toml

clean: ## remove what was installed and made here; your data folder stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tests/interop/node/node_modules
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -type f -exec rm -f {} +

# Stamps in .venv tell what is installed, so that the second run starts at once.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Skillmark needs Python 3.11 or newer. Install it, or name it: make run PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; exit 2; }
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.txt
	@echo "Installing what Skillmark needs. The first time, this takes a minute or two."
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.project: $(VENV)/.run pyproject.toml hatch_build.py $(CATALOGUES)
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/run.txt requirements/dev.txt | $(VENV)/.project
	@echo "Installing what the tests need."
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@
