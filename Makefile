MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON := .venv/bin/python
RUN := .venv/.run
DEV := .venv/.dev
FILES := web/static/dist/manifest.json
TEMPLATES := web/pages web/ui
OURS := $(wildcard kit services web deploy demo bench look proof migrations docs tests)
WORKERS := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
TYPED := $(filter-out tests,$(patsubst %/__init__.py,%,$(wildcard */__init__.py))) $(wildcard migrations/env.py)
CATALOGUES := $(shell find web services -path '*/LC_MESSAGES/*.po' 2>/dev/null)
STATIC := $(shell find web/static -type f -not -path '*/dist/*' -not -path '*/dist.new/*' 2>/dev/null)

.PHONY: help setup run opening coordinator unlock test slow score branches proof check fmt bench bench-data look demo migration migrate docs journeys messages lock clean \
        format templates lint types imports migrations catalogues printed locks

help: ## show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: $(DEV) $(FILES) .venv/.messages ## install everything that running, checking and testing need

run: $(RUN) $(FILES) .venv/.messages ## start Staffroom on this machine (STAFFROOM_PORT=8010 make run for another port)
	@$(PYTHON) -m deploy.local

demo: $(RUN) $(FILES) .venv/.messages ## start with a fresh demonstration year in var/demo, beside your own data
	@STAFFROOM_HOME=var/demo $(PYTHON) -m deploy.local --fresh

opening: $(RUN) .venv/.messages ## print the set-up link of a house without a coordinator (file=house.toml does without the link)
	@$(PYTHON) -m deploy.local.opening open-house $(if $(file),--file "$(file)")

coordinator: $(RUN) .venv/.messages ## print a new link for a programme coordinator whom no mail reaches: mail=eva@school.example
	@$(PYTHON) -m deploy.local.opening coordinator --mail "$(mail)"

unlock: $(RUN) .venv/.messages ## take the second step and the passkeys from somebody who lost their device and their codes: mail=eva@school.example
	@$(PYTHON) -m deploy.local.opening unlock --mail "$(mail)"

test: setup ## run the quick tests (ARGS='-k name' for some of them, ARGS='-n 0' without workers of their own)
	@$(PYTHON) -m pytest $(WORKERS) --durations 5 --durations-min 10 -m "not proof" $(ARGS)

slow: setup ## run the tests that take long, which test leaves out
	@$(PYTHON) -m pytest $(WORKERS) -m proof $(ARGS)

score: setup ## break every pure decision in small ways, and count how often a test goes red (ARGS=planning for some)
	@$(PYTHON) -m proof.score $(ARGS)

branches: setup ## count the branches of the code that the tests in process take
	@$(PYTHON) -m proof.branches $(ARGS)

proof: setup ## slow, score and branches: how much the tests would notice
	@$(MAKE) slow && $(MAKE) score ARGS= && $(MAKE) branches ARGS=

journeys: setup ## run the story in a real browser
	@$(PYTHON) -m pytest tests/journeys $(ARGS)

check: format templates lint types imports migrations catalogues printed locks ## everything that is checked without running a test
	@echo "All checks passed."

fmt: $(DEV) ## format the code and mend what can be mended
	@.venv/bin/ruff check --quiet --fix $(OURS) || true
	@.venv/bin/ruff format --quiet $(OURS)
	@said=$$(.venv/bin/djangofmt $(TEMPLATES) 2>&1) || { echo "$$said"; exit 1; }

bench: setup ## measure speed and size into bench/results
	@$(PYTHON) -m bench $(ARGS)

bench-data: setup ## seed a house of the size that is to come in var/bench-data; ARGS=--full make bench measures it too
	@$(PYTHON) -m bench.data

look: setup ## take a picture of every page as every role into var/look (ARGS=--changed, ARGS='--only events')
	@$(PYTHON) -m look $(ARGS)

migration: $(DEV) ## write a migration from the models: service=events name='what it does'
	@$(PYTHON) -m deploy.schema new "$(service)" "$(name)"
	@.venv/bin/ruff check --quiet --fix migrations || true
	@.venv/bin/ruff format --quiet migrations

migrate: $(RUN) ## bring the databases to the newest migration, then stop
	@$(PYTHON) -m deploy.local --prepare

docs: $(DEV) ## print what docs/ shows of the code
	@$(PYTHON) -m docs.printed

messages: $(DEV) ## bring new texts into the catalogues
	@$(PYTHON) -m deploy.catalogues update

lock: $(DEV) ## lock the dependencies anew (UPGRADE=1 for newer versions)
	@for name in uv run dev build generators; do \
	    echo "Locking requirements/$$name.in"; \
	    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	        --no-emit-index-url $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	@$(PYTHON) -m deploy.assets --lock

clean: ## remove what was built; data in var/ stays
	rm -rf .venv node_modules tests/openapi/node_modules web/static/dist web/static/dist.new .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find kit services web deploy demo bench look proof migrations docs tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	find web services -name '*.mo' -delete 2>/dev/null || true

format: $(DEV)
	@echo "== format"
	@.venv/bin/ruff format --quiet --check --diff $(OURS)

templates: $(DEV)
	@echo "== templates"
	@said=$$(.venv/bin/djangofmt --check $(TEMPLATES) 2>&1) || { echo "$$said"; exit 1; }

lint: $(DEV)
	@echo "== lint"
	@.venv/bin/ruff check --quiet $(OURS)

types: $(DEV)
	@echo "== types"
	@.venv/bin/mypy --no-error-summary $(TYPED)

imports: $(DEV)
	@echo "== imports"
	@said=$$(.venv/bin/lint-imports --no-cache) || { echo "$$said"; exit 1; }

migrations: $(DEV)
	@echo "== migrations against models"
	@$(PYTHON) -m deploy.schema check

catalogues: $(DEV)
	@echo "== catalogues complete"
	@$(PYTHON) -m deploy.catalogues check

printed: $(DEV)
	@echo "== printed docs up to date"
	@$(PYTHON) -m docs.printed --check

locks: $(DEV)
	@echo "== locks"
	@$(PYTHON) -m deploy.locks

$(RUN): requirements/run.txt requirements/uv.txt deploy/install.sh
	@sh deploy/install.sh run
	@touch $@

$(DEV): requirements/dev.txt requirements/uv.txt deploy/install.sh
	@sh deploy/install.sh dev
	@touch $@ $(RUN) .venv/.build

.venv/.build: requirements/build.txt | $(RUN)
	@$(PYTHON) -m deploy.assets --has-node || sh deploy/install.sh build
	@touch $@

$(FILES): package-lock.json deploy/assets.py deploy/shapes.py deploy/node.py kit/maps/mercator.py $(STATIC) | $(RUN) .venv/.build
	@echo "Building the front-end files"
	@$(PYTHON) -m deploy.assets

.venv/.messages: deploy/catalogues.py $(CATALOGUES) | $(RUN)
	@$(PYTHON) -m deploy.catalogues compile
	@touch $@
