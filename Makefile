# `make` lists the targets. Two are enough to begin: `make run` and `make test`.
PY := .venv/bin/python
FLASK := $(PY) -m flask --app wsgi
.DEFAULT_GOAL := help
.PHONY: help embed setup setup-dev run test browser lint format types contracts strings strings-check lock screenshots bench bench-text torture sure clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/ready: requirements.lock .ci/environment
	@sh .ci/environment requirements.lock
	@touch $@

.venv/ready-dev: requirements-dev.lock .ci/environment
	@sh .ci/environment requirements-dev.lock
	@touch $@ .venv/ready

setup: .venv/ready ## make the environment (.venv) from the lock file, and the compiled catalogues
	@$(PY) -m survey.translations.compiled

setup-dev: .venv/ready-dev ## the same with the tools for development

embed: .venv/ready ## add the embedding for comments (optional; 32 MB, 140 MB more memory in the worker)
	@sh .ci/environment requirements-embed.lock

run: .venv/ready ## start the server and the worker, with a demonstration when the database is empty
	@$(PY) -m flask --app wsgi up --demo

browser: ## find Chromium for the browser tests, or say how to get it
	@sh .ci/browser

test: .venv/ready-dev browser ## run the tests
	@$(PY) -m pytest -n $${TEST_PROCESSES:-2} --dist loadgroup $(ARGS)

lint: .venv/ready-dev ## style, import contracts, lock files
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && sh .ci/house
	@.venv/bin/lint-imports --no-cache

format: .venv/ready-dev ## put the code into the project's form
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

types: .venv/ready-dev ## check the types
	@.venv/bin/mypy

strings: .venv/ready-dev ## collect the texts of the interface into the catalogues
	@$(PY) -m survey.translations.collect

strings-check: .venv/ready-dev ## fail when a catalogue is stale or incomplete
	@$(PY) -m survey.translations.collect --check

screenshots: .venv/ready-dev ## make the README's pictures from the demonstration
	@$(PY) -m tests.screenshots

bench: .venv/ready-dev ## measure the speed (ratios; loopback only)
	@$(PY) -m tests.bench

bench-text: .venv/ready-dev ## how well and how fast comments are read (reads ../shared/data)
	@$(PY) -m tests.bench.comments $(ARGS)
	@OMP_NUM_THREADS=1 $(PY) -m tests.bench.learning $(ARGS)
	@$(PY) -m analysis.topics.evaluate ../shared/data/sentiment

torture: .venv/ready-dev ## kill, cut and fill up what can be while people submit, then count (ARGS="kills --size 1")
	@$(PY) -m tests.bench.torture $(ARGS)

sure: lint types strings-check test ## everything that must hold before a commit

lock: ## make the lock files anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q --extra embed pyproject.toml -o requirements-embed.lock

clean: ## remove the environment and caches; data in var/ stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
