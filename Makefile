# `make` alone lists what can be done. Everything is installed into this folder: .venv and node_modules.

SHELL := /bin/sh
PORT ?= 8000
export PORT
export PATH := $(CURDIR)/.venv/bin:$(PATH)

SETUP := scripts/setup.sh
FRONT_END := $(shell find static/src)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
RUN := .venv/.run node_modules/.run static/build/manifest.json $(CATALOGUES)
DEV := .venv/.dev node_modules/.dev static/build/manifest.json $(CATALOGUES)
LOCK := .venv/bin/uv --no-config pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' $(UPGRADE)

.PHONY: help run test check style bench assets translations lock format clean port
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

run: export STEPS := 5
run: port $(RUN) ## start Plaza with a demo city on http://127.0.0.1:8000 (another port: make run PORT=8001)
	@exec .venv/bin/flask serve

test: $(DEV) ## every test, on SQLite and PostgreSQL and in a browser (some of them: make test ARGS="-k poll")
	@$(SETUP) browser
	@.venv/bin/pytest --numprocesses logical --maxprocesses 4 --dist loadfile $(ARGS)

check: style test ## format, lint, types, import directions, templates, translations, then every test

style: $(DEV)
	@echo "Format, lint, types, import directions, templates, translations …"
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/python scripts/translations.py check

bench: $(DEV) ## the performance table: Plaza against bare Flask on this machine
	@.venv/bin/python -m bench

assets: $(RUN) ## build styles, scripts and icons again

translations: $(DEV) ## bring the catalogues in translations/ up to date with the texts in the code
	@.venv/bin/python scripts/translations.py update

format: $(DEV) ## put the Python code into its one form
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .

lock: .venv/.dev ## write all lock files again (with newer versions: make lock UPGRADE=--upgrade)
	@for name in run dev assets; do $(LOCK) requirements/$$name.in --output-file requirements/$$name.txt || exit; done
	@npm $(if $(UPGRADE),update,install) --package-lock-only --silent

clean: ## remove all that can be made again; data/ with its database stays
	@rm -rf .venv node_modules static/build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rm -f $(CATALOGUES)

port:
	@$(SETUP) port

.venv/bin/python:
	@$(SETUP) python_environment

.venv/.run: requirements/run.txt | .venv/bin/python
	@$(SETUP) python_packages run "Python packages"
	@touch $@

.venv/.dev: requirements/dev.txt | .venv/bin/python
	@$(SETUP) python_packages dev "Python packages, with those of the tests"
	@touch .venv/.run $@

node_modules/.run: package-lock.json requirements/assets.txt | .venv/bin/python
	@$(SETUP) front_end_packages --omit=dev
	@touch $@

node_modules/.dev: package-lock.json requirements/assets.txt | .venv/bin/python
	@$(SETUP) front_end_packages
	@touch node_modules/.run $@

static/build/manifest.json: $(FRONT_END) node_modules/.run
	@$(SETUP) front_end_files

translations/%.mo: translations/%.po | .venv/.run
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@
